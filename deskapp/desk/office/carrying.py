"""Carrying: what belongs to a desk goes along with a backup, into one file beside it.

The catalogue as it is at that moment, the full texts and the papers go into a zip (:mod:`deskapp.register.crate`). In a folder, such as
a stick, the full texts lie beside it in the clear form instead: each is named by its content and written once for all backups. Under a
password, and of an encrypted register, everything is in the zip and the zip in an age file; what is on the way to it lies in the data
directory. The daily backup has a copy of the catalogue only where it has changed: all else lies beside it already.

The papers on file go by their hashes too: in a folder they lie beside, as they lie here (sealed, where the register is encrypted), and
only those go along that are not there yet. One whose name and size are there is not read again: restore compares each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from deskapp.catalogue.keeping import Kept, as_it_is, look_at, snapshot
from deskapp.desk.office.belongings import Beside, Figures, figures, papers, told, unknown
from deskapp.errors import DeskError, os_reason
from deskapp.files import copy_file, gone, written
from deskapp.named import is_whole
from deskapp.papers.keeping import Shelf
from deskapp.paths import CATALOGUE, CATALOGUES, PAPERS, TEXTS, free_path, make_private
from deskapp.register import backup, cipher, crate
from deskapp.register.driver import RegisterKey

NAME = "-文件"  # after the name of the backup
ENDINGS = {"plain": ".zip", "age": ".zip.age", "packed": ".zip.age"}
NONE = Kept(0, "", ())
MOST_LOCKED = 500_000_000  # bytes of papers in one age file, which is made in the memory


@dataclass(frozen=True)
class Carried:
    """What goes along: what the backup will say of it; the new file, if there is one; the folders that nobody here knows; why
    nothing goes along although there is something, and why the papers on file do not; how much of it lies in folders beside the backup
    and not in the file, and in which."""

    beside: Beside
    made: Path | None = None
    left: tuple[str, ...] = ()
    wrong: str = ""
    too_many: str = ""
    in_folders: Figures = field(default_factory=dict)
    folders: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What went along, where it lies, and what did not, in words; empty where there was nothing."""
        in_file = {key: number - self.in_folders.get(key, 0) for key, number in self.beside.figures.items()}
        places = [
            f"{what}，在旁边的{where}里"
            for what, where in (
                (told(in_file), f" {self.beside.file} "),
                (told(self.in_folders), "".join(f"【{name}】" for name in self.folders) + "文件夹"),
            )
            if what
        ]
        together = "备份拷到别处时，旁边的也要一起拷。" if self.folders else ""
        came = f"一起备份的：{'；'.join(places)}。{together}" if places else ""
        left = f"这些文件夹没有备份：{'、'.join(self.left)}。" if self.left else ""
        wrong = f"公开目录和文书、年报等文件没有备份上：{self.wrong}登记簿的备份是好的；请检查U盘，再备份一次。"
        return came + left + self.too_many + (wrong if self.wrong else "")

    def take_away(self) -> None:
        """The backup was not made: take away what was written for it."""
        if self.made:
            gone(self.made)


NOTHING = Beside(figures((), 0))


class Carrier:
    """What belongs to one data directory, on its way to a backup; ``files`` are the names of the papers on file that the register speaks
    of."""

    def __init__(self, home: Path, key: RegisterKey, files: Iterable[str] = ()) -> None:
        self._home, self._key = home, key
        self._shelf, self._files = Shelf(home, key), tuple(files)

    def into(self, target: Path, form: backup.Form, password: str, shared: bool) -> Carried:
        """Write what goes along with the backup ``target``; ``shared``: it lies in a folder where texts are written once. What cannot be
        written stops no backup: nothing is left of it, and it is said."""
        try:
            return self._into(target, form, password, shared)
        except (DeskError, OSError) as error:
            return Carried(NOTHING, wrong=_refused(error))

    def _into(self, target: Path, form: backup.Form, password: str, shared: bool) -> Carried:
        with backup.private_copy(self._home) as copy:
            kept = self._catalogue(copy)
            inside = {**({CATALOGUE: copy} if kept.mark else {}), **papers(self._home)}
            texts = self._texts(kept)
            apart = shared and form == "plain"
            if not apart:
                inside |= {f"{TEXTS}/{path.name}": path for path in texts}
            beside = self._share(texts, target.parent) if apart else {}
            too_many = ""
            if shared and form != "age":
                beside |= self._share_papers(target.parent)
            elif too_many := self._too_many(form):
                pass
            else:
                inside |= {f"{PAPERS}/{path.name}": path for path in self._papers().values()}
            counted = figures([*inside, *beside], kept.entries)
            left = unknown(self._home)
            if not inside and not beside:
                return Carried(Beside(counted), left=left, too_many=too_many)
            file = free_path(target.parent, _stem(target, form) + NAME, ENDINGS[form])
            mark = self._write(inside, beside, file, form, password)
        folders = tuple(sorted({name.split("/")[0] for name in beside}))
        return Carried(Beside(counted, file.name, mark), file, left, "", too_many, figures(beside, 0), folders)

    def _papers(self) -> dict[str, Path]:
        """The papers on file that lie here, by their names; check names the others."""
        return {file: path for file in self._files if (path := self._shelf.kept_as(file))}

    def _too_many(self, form: backup.Form) -> str:
        """Why the papers on file cannot go into the file beside a backup; empty where they can."""
        size = sum(path.stat().st_size for path in self._papers().values())
        if form == "plain" or size <= MOST_LOCKED:
            return ""
        how = "不加密码备份到加密的U盘上的文件夹" if form == "age" else "备份到文件夹"
        return f"案卷材料有{size // 1_000_000}兆，一个加密的文件放不下，没有备份：请{how}。"

    def _share_papers(self, folder: Path) -> dict[str, str]:
        """The papers on file into a folder, those that are not there yet, with the hashes of what is in them."""
        there, shared = Shelf(folder, self._key), {}
        for file, path in self._papers().items():
            copy = folder / PAPERS / path.name
            if not copy.is_file() or copy.stat().st_size != path.stat().st_size:
                if not self._shelf.is_whole(file):
                    continue
                copy_file(path, make_private(folder / PAPERS) / path.name, replace=True)
                if not there.is_whole(file):
                    raise DeskError("一份案卷材料写到U盘上以后和原来的不一样。", "", "U盘可能有坏处，请换一个。")
            shared[f"{PAPERS}/{path.name}"] = Path(file).stem
        return shared

    def of_today(self, target: Path) -> Carried:
        """The catalogue beside the daily backup ``target``, unless the newest copy there is the same."""
        try:
            return self._of_today(target)
        except (DeskError, OSError) as error:
            return Carried(NOTHING, wrong=_refused(error))

    def _of_today(self, target: Path) -> Carried:
        if not (self._home / CATALOGUE).exists():
            return Carried(Beside(figures(self._names(), 0), daily=True))
        folder = make_private(target.parent / CATALOGUES)
        copies, kept = backup.days_in(folder), as_it_is(self._home, self._key)
        newest = copies[max(copies)] if copies else None
        if newest and self._mark_of(newest) == kept.mark:
            return Carried(self._of_day(newest, kept))
        file = folder / target.name
        with written(file, replace=True) as part:
            kept = snapshot(self._home, part, self._key)
        return Carried(self._of_day(file, kept), file)

    def _of_day(self, file: Path, kept: Kept) -> Beside:
        """What a daily backup says of the copy that belongs to it."""
        counted = figures([*(f"{TEXTS}/{name}" for name in kept.texts), *self._names()], kept.entries)
        return Beside(counted, f"{CATALOGUES}/{file.name}", kept.mark, daily=True)

    def _names(self) -> list[str]:
        return [f"{PAPERS}/{path.name}" for path in self._papers().values()]

    def _mark_of(self, path: Path) -> str:
        try:
            return look_at(path, self._key).mark
        except DeskError:  # a damaged copy is the same as none
            return ""

    def _catalogue(self, copy: Path) -> Kept:
        return snapshot(self._home, copy, self._key) if (self._home / CATALOGUE).exists() else NONE

    def _texts(self, kept: Kept) -> list[Path]:
        """The full texts that the catalogue speaks of and that are whole; check names the others."""
        return [path for name in kept.texts if is_whole(path := self._home / TEXTS / name)]

    @staticmethod
    def _share(texts: list[Path], folder: Path) -> dict[str, str]:
        """The full texts into a folder, those that are not there yet, with the beginnings of their hashes."""
        for source in texts:
            there = make_private(folder / TEXTS) / source.name
            if not is_whole(there):
                copy_file(source, there, replace=True)
                if not is_whole(there):
                    raise DeskError(f"{source.name} 写到U盘上以后和原来的不一样。", "", "U盘可能有坏处，请换一个。")
        return {f"{TEXTS}/{source.name}": source.stem for source in texts}

    def _write(
        self, inside: dict[str, Path], beside: dict[str, str], file: Path, form: backup.Form, password: str
    ) -> str:
        """The zip in its form, opened again and compared; the mark of its list."""
        with written(file) as part:
            if form == "plain":
                mark = crate.pack(inside, beside, part).mark
                _compare(part, mark)
                return mark
            secret = password or secret_of(self._key)
            with backup.private_copy(self._home) as whole:
                mark = crate.pack(inside, beside, whole).mark
                cipher.lock(whole, part, secret)
            with unlocked(part, self._home, secret) as whole:
                _compare(whole, mark)
        return mark


def secret_of(key: RegisterKey) -> str:
    """What opens the age file that goes with a backup of an encrypted register: the register's key in hexadecimal signs."""
    return key.raw.hex()


@contextmanager
def unlocked(path: Path, folder: Path, secret: str) -> Iterator[Path]:
    """What is in an age file, as a private file of a private folder for as long as it takes; any other file itself. Raises DeskError,
    OSError."""
    if not cipher.is_locked(path):
        yield path
        return
    with backup.private_copy(folder) as copy:
        cipher.unlock(path, copy, secret)
        yield copy


def rotate_catalogues(folder: Path) -> None:
    """Delete the daily copies of the catalogue that no daily backup of ``folder`` needs: each needs the newest of its day or before.
    Raises OSError."""
    if not (folder / CATALOGUES).is_dir():
        return
    copies = backup.days_in(folder / CATALOGUES)
    needed = {max((day for day in copies if day <= of), default=None) for of in backup.days_in(folder)}
    for day in copies.keys() - needed:
        gone(copies[day])


def _refused(error: DeskError | OSError) -> str:
    """Why nothing could be carried."""
    return error.what if isinstance(error, DeskError) else f"{os_reason(error)}。"


def _stem(target: Path, form: backup.Form) -> str:
    """The name of a backup without the ending that its form has."""
    return target.name.removesuffix(backup.ENDINGS[form]) if target.name != backup.ENDINGS[form] else target.stem


def _compare(path: Path, mark: str) -> None:
    """Raise DeskError where the zip on the disk is not what was written."""
    with crate.opened_crate(path) as box:
        if box.listed.mark != mark or box.wrong():
            raise DeskError("写出来的文件和原来的不一样。", "", "U盘或者磁盘可能有坏处，请换一个。")
