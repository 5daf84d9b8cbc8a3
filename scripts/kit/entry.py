"""Where the program of the kit begins.

The program starts parts of itself as processes of their own by ``sys.executable -P -m module``; in the kit that is the program itself, not a
Python, so the words are understood here. What shares its work out by multiprocessing (the county, whose database is not in the kit) is not: it would
have to be loaded before everything else, at every start.
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Sequence

PARTS = (
    "deskapp",
    "deskapp.exchange.apart",
    "deskapp.exchange.by_models",
)  # what is started as a process of its own; no other module, whoever asks


def part_asked(words: Sequence[str]) -> int:
    """Where in the command line the name of a part stands that is to be run; 0 for a command line of a person."""
    at = 3 if words[1:2] == ["-P"] else 2
    return at if words[at - 1 : at] == ["-m"] and words[at : at + 1] and words[at] in PARTS else 0


def main() -> None:
    """Run the part that is asked for, or the program."""
    if at := part_asked(sys.argv):
        part = sys.argv[at]
        sys.argv[1 : at + 1] = []
        runpy.run_module(part, run_name="__main__", alter_sys=False)
        return
    from deskapp.__main__ import main as program

    program()


if __name__ == "__main__":
    main()
