"""Tests mirror the rooms. What the program says to its library before that is read is said here too, whichever test comes first."""

import os

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
