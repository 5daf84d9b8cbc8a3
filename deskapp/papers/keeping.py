"""Keeping: the files of papers on file, beside the register, each under its SHA-256; where the register is encrypted, each in an age file
that the register's key opens.

Nothing of a paper lies in the clear beside an encrypted register, not for a moment: its bytes are read where they came from and
written as they are to lie.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from deskapp.errors import DeskError, os_reason
from deskapp.files import gone, is_begun, write_bytes
from deskapp.papers.looking import NOTHING, LookedAt, look_at
from deskapp.paths import PAPERS, make_private
from deskapp.register import cipher
from deskapp.register.driver import RegisterKey

WORDS = "文字"  # the folder of what was read off the papers
SEALED = ".age"  # after the name of a file under the register's key
BRING_BACK = "请从最近的备份恢复到一个新文件夹，把里面【案卷材料】的文件移过来；没有备份的，请照纸质重新扫描。"


@dataclass(frozen=True)
class FileRead:
    """A file that may be kept: what it is, and its bytes."""

    looked: LookedAt
    content: bytes

    @property
    def file(self) -> str:
        """The name it is kept under."""
        return self.looked.sha256 + self.looked.ending


@dataclass(frozen=True)
class ShelfState:
    """How the files lie there: those that are wanting, those that are not what their name says, those that nobody speaks of."""

    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()


class Shelf:
    """The folder of the papers of one data directory. Names are those of :class:`FileRead`, whether the file is sealed or not."""

    def __init__(self, home: Path, key: RegisterKey) -> None:
        self.folder, self._key = home / PAPERS, key

    @staticmethod
    def read(source: Path) -> FileRead:
        """Read and look at a file. Raises DeskError for one that cannot be taken, or that is still being written."""
        looked = look_at(source)
        try:
            content = source.read_bytes()
        except OSError as error:
            raise DeskError(f"{source.name} 读不出来：{os_reason(error)}。", NOTHING, "请核对位置和权限。") from error
        if sha256(content).hexdigest() != looked.sha256:
            raise DeskError(f"{source.name} 正在改动。", NOTHING, "扫描仪可能还没有存完，请等一下再试。")
        return FileRead(looked, content)

    def put(self, taken: FileRead) -> bool:
        """Keep a file; whether it was not there before. Raises DeskError when it cannot be written."""
        if self._bytes_of(taken.file) is not None:
            return False
        target = make_private(self.folder) / (taken.file + (SEALED if self._key else ""))
        try:
            write_bytes(target, cipher.under_key(taken.content, self._key) if self._key else taken.content, True)
        except OSError as error:
            raise DeskError(f"材料没有存上：{os_reason(error)}。", NOTHING, "请检查磁盘，再试一次。") from error
        return True

    def drop(self, file: str) -> None:
        """Take a file away, and what was read off it."""
        for folder in (self.folder, self.folder / WORDS):
            for ending in ("", SEALED, ".txt", f".txt{SEALED}"):
                gone(folder / (file + ending))

    def content(self, file: str) -> bytes:
        """The bytes of a file, compared with its name. Raises DeskError for one that is wanting or was changed."""
        found = self._bytes_of(file)
        if found is None:
            there = self.kept_as(file) is not None
            raise DeskError("这份材料的文件" + ("被改动过，或者已经损坏。" if there else "不在了。"), "", BRING_BACK)
        return found

    def kept_as(self, file: str) -> Path | None:
        """The path of a file as it lies; None where it does not."""
        ways = (self.folder / (file + SEALED), self.folder / file)
        return next((path for path in ways if path.is_file()), None)

    def state(self, files: Iterable[str]) -> ShelfState:
        """How the files lie there, each read and compared. Raises DeskError without the extra for an encrypted register, OSError."""
        known = set(files)
        there = {name for name in known if self.kept_as(name)}
        changed = tuple(sorted(name for name in there if self._bytes_of(name) is None))
        lying = sorted(path.name.removesuffix(SEALED) for path in self._lying())
        strange = tuple(name for name in lying if name not in known)
        return ShelfState(tuple(sorted(known - there)), changed, strange)

    def _lying(self) -> list[Path]:
        """Every file of the folder, but for those that are only begun."""
        if not self.folder.is_dir():
            return []
        return sorted(path for path in self.folder.iterdir() if path.is_file() and not is_begun(path))

    def is_whole(self, file: str) -> bool:
        """Whether a file is there, and is what its name says. Raises DeskError without the extra for a sealed one."""
        return self._bytes_of(file) is not None

    def _bytes_of(self, file: str) -> bytes | None:
        path = self.kept_as(file)
        return None if path is None else self._opened(path)

    def _opened(self, path: Path) -> bytes | None:
        """The bytes of a file as it was taken in; None where it is not what its name says."""
        try:
            content = path.read_bytes()
        except OSError:
            return None
        clear = cipher.from_under_key(content, self._key) if path.suffix == SEALED else content
        named = Path(path.name.removesuffix(SEALED)).stem
        return clear if clear is not None and sha256(clear).hexdigest() == named else None

    def sealed_anew(self, new: RegisterKey) -> int:
        """Write every file as it lies under another key, or none; how many. What lies so already stays, so that a run that was broken off
        is taken up by the next. Raises DeskError."""
        done = 0
        try:
            for words in self._words():
                words.unlink(missing_ok=True)
            for path in self._lying():
                if (path.suffix == SEALED) != bool(new):
                    self._seal_anew(path, new)
                    done += 1
        except OSError as error:
            raise DeskError(f"案卷材料没有改写完：{os_reason(error)}。", "", "请检查磁盘，再运行一次。") from error
        return done

    def _seal_anew(self, path: Path, new: RegisterKey) -> None:
        content = self._opened(path)
        if content is None:  # a damaged file is not ours to make worse; check names it
            return
        target = self.folder / (path.name.removesuffix(SEALED) + (SEALED if new else ""))
        write_bytes(target, cipher.under_key(content, new) if new else content, True)
        gone(path)

    def in_the_clear(self) -> list[Path]:
        """The files that anybody could read. Raises OSError."""
        return [path for path in (*self._lying(), *self._words()) if path.suffix != SEALED]

    def _words(self) -> list[Path]:
        """The files of what was read off the papers."""
        return sorted((self.folder / WORDS).glob("*")) if (self.folder / WORDS).is_dir() else []
