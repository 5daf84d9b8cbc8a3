"""A paper on file for somebody's eyes: a copy under a name that people can read, in a private folder, for as long as it is looked at.

The file itself is never handed to another program, which might write to it. The copy lies in the clear also where the register is
encrypted, because the program that shows it needs it so; it goes when the desk is closed, or an hour later at the next look.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from deskapp.errors import DeskError, os_reason
from deskapp.files import STALE_S, gone, write_bytes
from deskapp.paths import VIEWED, free_path, make_private


class Looks:
    """The copies that one desk has made to be looked at."""

    def __init__(self, home: Path) -> None:
        self._folder = home / VIEWED
        self._made: list[Path] = []

    def copy(self, name: str, ending: str, content: bytes, nothing: str = "材料还在案卷里。") -> Path:
        """A copy called ``name``. Raises DeskError when it cannot be written; ``nothing`` says what then has not changed."""
        self._sweep()
        path = free_path(make_private(self._folder), name, ending)
        try:
            write_bytes(path, content)
        except OSError as error:
            raise DeskError(f"材料打不开：{os_reason(error)}。", nothing, "请检查磁盘。") from error
        self._made.append(path)
        return path

    def _sweep(self) -> None:
        """Take away what a desk that was ended by force has left."""
        with suppress(OSError):
            for path in [path for path in self._folder.iterdir() if path not in self._made]:
                if time.time() - path.stat().st_mtime > STALE_S:
                    gone(path)

    def close(self) -> None:
        """Take the copies away."""
        for path in self._made:
            gone(path)
        self._made.clear()
        with suppress(OSError):
            self._folder.rmdir()
