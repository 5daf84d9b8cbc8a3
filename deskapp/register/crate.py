"""Files beside a backup in one file: a zip with each of them under its name, and a list of what they are.

The list has the hash of each file, also of those that lie beside the zip and not in it. Its own hash stands in the register that the zip
goes with, so that neither a changed file nor the zip of another day is taken for the right one.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from deskapp.errors import DeskError
from deskapp.register.hashing import digest
from deskapp.zipped import ZIP_FAULTS

LIST = "清单.json"
PIECE = 1 << 20  # bytes read at a time
LARGEST_LIST = 50_000_000


@dataclass(frozen=True)
class Listed:
    """The files of a crate by their names, with their hashes: those ``inside``, those ``beside`` it; ``mark`` is the hash of the list."""

    inside: dict[str, str]
    beside: dict[str, str]
    mark: str


def pack(inside: Mapping[str, Path], beside: Mapping[str, str], target: Path) -> Listed:
    """Write the files into ``target``, which is there and private. Raises OSError."""
    hashes: dict[str, str] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as box:
        for name, source in inside.items():
            with source.open("rb") as stream, box.open(name, "w", force_zip64=True) as out:
                hashes[name] = _through(stream, out)
        text = json.dumps({"inside": hashes, "beside": dict(beside)}, ensure_ascii=False).encode()
        box.writestr(LIST, text)
    return Listed(hashes, dict(beside), digest(text))


def _through(stream: IO[bytes], out: IO[bytes] | None) -> str:
    """The hash of what was read, and written to ``out`` where there is one."""
    found = hashlib.sha256()
    while piece := stream.read(PIECE):
        found.update(piece)
        if out:
            out.write(piece)
    return found.hexdigest()


class Crate:
    """Such a file, open. Use :func:`opened_crate`."""

    def __init__(self, box: zipfile.ZipFile, shown: str) -> None:
        self._box, self._shown = box, shown
        self.listed = self._listed()

    def _listed(self) -> Listed:
        with _readable(self._shown):
            if self._box.getinfo(LIST).file_size > LARGEST_LIST:
                raise ValueError
            text = self._box.read(LIST)
            read = json.loads(text)
            inside, beside = (
                {str(name): str(value) for name, value in read[key].items()} for key in ("inside", "beside")
            )
        if not all(is_safe(name) for name in (*inside, *beside)):
            raise DeskError(f"{self._shown} 里有不该有的文件名。", "没有取用。", "请换一份备份，并报告负责人。")
        return Listed(inside, beside, digest(text))

    def take_out(self, name: str, target: Path) -> bool:
        """Write a file to ``target``; whether it is what the list says. Raises OSError."""
        try:
            with _readable(self._shown), self._box.open(name) as stream, target.open("wb") as out:
                return _through(stream, out) == self.listed.inside[name]
        except DeskError:
            return False

    def wrong(self) -> list[str]:
        """The files in it that are not what the list says. Raises OSError."""
        return [name for name in self.listed.inside if not self._is_whole(name)]

    def _is_whole(self, name: str) -> bool:
        try:
            with _readable(self._shown), self._box.open(name) as stream:
                return _through(stream, None) == self.listed.inside[name]
        except DeskError:
            return False


@contextmanager
def opened_crate(path: Path, shown: str = "") -> Iterator[Crate]:
    """The crate at ``path``, which sentences call ``shown``. Raises DeskError for what is none, OSError."""
    shown = shown or path.name
    with _readable(shown):
        box = zipfile.ZipFile(path)
    with box:
        yield Crate(box, shown)


@contextmanager
def _readable(shown: str) -> Iterator[None]:
    """A refusal in place of what the readers raise on a damaged file; what the disk says is let through."""
    try:
        yield
    except ZIP_FAULTS as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise DeskError(f"{shown} 已经损坏。", "没有取用。", "请换一份备份。") from error


def is_safe(name: str) -> bool:
    """Whether a name is one of a file below a folder, and no way out of it."""
    path = PurePosixPath(name)
    return (
        bool(path.parts)
        and not path.is_absolute()
        and not {"..", "."} & set(path.parts)
        and not set(name) & set("\\:\0")
    )


def same_content(path: Path, content: str) -> bool:
    """Whether the file at ``path`` has a hash that begins with ``content``. Raises OSError."""
    with path.open("rb") as stream:
        return _through(stream, None).startswith(content)
