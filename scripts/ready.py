"""Whether the Python that runs this can make the private environment; one sentence that says what to install otherwise.

Run by the Makefile before anything else, so it must be readable by Pythons that are too old as well.
"""

from __future__ import annotations

import importlib.util
import sys

LEAST = (3, 11)
NEEDED = ("venv", "ensurepip", "sqlite3", "ssl")  # Debian and its kin leave ensurepip out of python3
HOW = (
    "Debian, Ubuntu, UOS, Kylin: sudo apt install python3-venv; Fedora, openEuler: sudo dnf install python3; "
    "macOS: brew install python"
)


def lacking(version: tuple[int, int], modules: list[str]) -> str:
    """What is lacking, as one sentence; empty when nothing is. ``modules`` are the needed ones that can be imported."""
    if version < LEAST:
        wanted = ".".join(str(part) for part in LEAST)
        return f"Python {wanted} or newer is needed. Is there another? make PYTHON=python3.12 demo. {HOW}"
    missing = [name for name in NEEDED if name not in modules]
    return f"This Python lacks {', '.join(missing)}. Install it and try again: {HOW}" if missing else ""


if __name__ == "__main__":
    sys.exit(lacking(sys.version_info[:2], [name for name in NEEDED if importlib.util.find_spec(name)]) or 0)
