"""What the law says: dated data with its sources, and pure functions over it.

Nothing here reads a clock, a register or a setting; what a function needs is handed to it. The package imports the
standard library and pydantic only. Errors are :class:`deskapp.law.dated.LawError`.
"""
