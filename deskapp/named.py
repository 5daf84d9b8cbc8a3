"""Files under the hash of what is in them: a name says what must be in a file, so that one that changed is found, and equal ones are one.

The full texts of the catalogue and the papers on file lie so, each in a folder of its own, and beside backups under the same names.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

SHORT = 24  # signs of the hash in the name of a full text
PIECE = 1 << 20  # bytes read at a time


def content_hash(path: Path) -> str:
    """The SHA-256 of a file, 64 signs. Raises OSError."""
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            found.update(piece)
    return found.hexdigest()


def content_name(path: Path, signs: int = SHORT) -> str:
    """The name of a file by its content. Raises OSError."""
    return content_hash(path)[:signs] + path.suffix.lower()


def is_whole(path: Path) -> bool:
    """Whether a file is there, and is what its name says. Raises OSError."""
    return path.is_file() and len(path.stem) >= SHORT and content_name(path, len(path.stem)) == path.name
