"""The words of the papers on file, as a program reads them off: beside the papers, in the form that those have, and made again at any time.

They are in no backup, and where the register is encrypted or laid open they are taken away: the next reading makes them anew.
"""

from __future__ import annotations

from pathlib import Path

from deskapp.files import write_bytes
from deskapp.papers.keeping import SEALED, WORDS
from deskapp.paths import PAPERS, make_private
from deskapp.register import cipher
from deskapp.register.driver import RegisterKey

TEXT = ".txt"


class PaperTexts:
    """What was read off the papers of one data directory, by the names of their files."""

    def __init__(self, home: Path, key: RegisterKey) -> None:
        self._folder, self._key = home / PAPERS / WORDS, key
        self._known: dict[str, str] = {}

    def text(self, file: str) -> str | None:
        """What was read off a paper; None where nobody has read it."""
        if file not in self._known:
            path = self._path(file)
            try:
                content = path.read_bytes()
            except OSError:
                return None
            clear = cipher.from_under_key(content, self._key) if self._key else content
            if clear is None:
                return None
            self._known[file] = clear.decode("utf-8", "replace")
        return self._known[file]

    def keep(self, file: str, text: str) -> None:
        """Keep what was read; an empty text says that there is nothing. Raises OSError."""
        make_private(self._folder.parent)
        make_private(self._folder)
        content = text.encode("utf-8", "replace")
        write_bytes(self._path(file), cipher.under_key(content, self._key) if self._key else content, replace=True)
        self._known[file] = text

    def _path(self, file: str) -> Path:
        return self._folder / (file + TEXT + (SEALED if self._key else ""))
