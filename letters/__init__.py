"""The press: kind of letter + facts + date -> a checked, typeset, frozen PDF.

It knows nothing of the desk: no register, no clock, no setting. The way of a letter is
catalogue (templates) -> compose (a document) -> preflight (findings) -> layout (pages of lines) -> press (PDF bytes).
"""
