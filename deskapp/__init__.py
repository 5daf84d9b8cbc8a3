"""deskapp: the program on the counter where people ask their government for information.

People act at the desk; the desk asks the law, writes the register, and orders a letter from the press.
"""

import os

# It would look through every installed package for some, at each start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

__version__ = "1.0.0"
