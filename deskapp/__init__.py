"""deskapp: the program on the counter where people ask their government for information.

People act at the desk; the desk asks the law, writes the register, and orders a letter from the press.
"""

import os

# The library of models would look for plug-ins at every start, and run what else is installed on the machine within ours.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"

__version__ = "1.0.0"
