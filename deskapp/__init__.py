"""deskapp: the program on the counter where people ask their government for information.

People act at the desk; the desk asks the law, writes the register, and orders a letter from the press.
"""

__version__ = "1.0.0"
