"""Locking: the register is encrypted or laid open again, persons get passwords, and two sheets of paper bring a lost one back.

Encrypting and laying open want the data directory for themselves: they are functions over a directory that nobody has open. What an open
desk does is in :class:`Locking`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.catalogue.entries import Entries
from deskapp.clock import Clock
from deskapp.desk.sheets.loose import LooseSheet, Sheets
from deskapp.errors import DeskError, os_reason
from deskapp.files import is_begun, write_bytes
from deskapp.papers.keeping import Shelf
from deskapp.paths import BACKUPS, CATALOGUE, CATALOGUES, LETTERS, PAPERS, REPORTS, make_private, register_file
from deskapp.register import backup
from deskapp.register.driver import IN_THE_CLEAR, KEY_BYTES, RegisterKey
from deskapp.register.hashing import digest
from deskapp.register.journal import Journal
from deskapp.register.keyring import SUFFIX, Keyring, passwords_lie_in
from deskapp.register.meta import note, set_note
from deskapp.register.moving import move
from deskapp.register.opening import KEYS_MISSING, LOCKED, open_read_only, open_store
from deskapp.register.packed import needs_key
from deskapp.register.recovery import SHEETS, split
from deskapp.register.store import DAMAGED

if TYPE_CHECKING:
    from letters.typeset.notice import Part

RECOVERY = "recovery_sheets"  # the note of the day on which the sheets of this key were made
TITLE = "登记簿恢复单"


@dataclass(frozen=True)
class Moved:
    """What was encrypted or laid open: what the register holds; how many copies of it, and whether the catalogue; how many files lie in
    the clear beside it all the same; the backups elsewhere that anybody can read; how many papers on file."""

    counts: backup.Counts
    copies: int
    catalogue: bool
    clear_files: int
    clear_backups: tuple[str, ...]
    papers: int = 0


def encrypt(home: Path, clock: Clock, name: str, password: str) -> Moved:
    """Encrypt the register of a data directory with a new key, which ``name`` opens with ``password``. Raises DeskError, also while
    anybody has the directory open, and with the code LOCKED where it is encrypted already: see :func:`encrypt_the_rest`."""
    check_open(home)
    key, ring = RegisterKey(secrets.token_bytes(KEY_BYTES)), Keyring(home)
    try:
        ring.clear()  # of an encryption that was broken off
    except OSError as error:
        raise DeskError(f"以前的钥匙清不掉：{os_reason(error)}。", "没有加密。", "请检查磁盘和权限。") from error
    ring.put(key, name, password)
    return _move_all(home, clock, IN_THE_CLEAR, key)


def check_open(home: Path) -> None:
    """Return where a data directory has a register in the clear. Raises DeskError, with the code LOCKED for an encrypted one."""
    open_store(register_file(home)).close()


def encrypt_the_rest(home: Path, clock: Clock, key: RegisterKey) -> Moved:
    """Encrypt the copies beside an encrypted register that still lie in the clear. Raises DeskError."""
    return _move_all(home, clock, IN_THE_CLEAR, key)


def decrypt(home: Path, clock: Clock, key: RegisterKey) -> Moved:
    """Lay the register of a data directory open again. Raises DeskError, also while anybody has the directory open."""
    moved = _move_all(home, clock, key, IN_THE_CLEAR)
    try:
        Keyring(home).clear()
    except OSError as error:
        raise DeskError(
            f"登记簿已经解密，钥匙文件夹清不掉：{os_reason(error)}。", "登记簿照常用，不要密码。", "请手工删去。"
        ) from error
    return moved


def check_key(home: Path, key: RegisterKey) -> None:
    """Return where a key from two sheets is that of the register. Raises DeskError."""
    try:
        store = open_store(register_file(home), key=key)
    except DeskError as error:
        if error.code not in (DAMAGED, LOCKED, KEYS_MISSING):
            raise
        raise DeskError(
            "两张恢复单打不开这个登记簿。", "没有改动。", "请核对：两张要是同一次印的，而且是这个登记簿加密以后印的。"
        ) from error
    locked = bool(store.key)
    store.close()
    if not locked:
        raise DeskError("这个登记簿没有加密。", "不用恢复单，直接打开就行。", "请核对数据文件夹。")


def recover(home: Path, key: RegisterKey, name: str, password: str) -> None:
    """Give ``name`` a new password with a key from two sheets. Raises DeskError when it is not the key of this register."""
    check_key(home, key)
    Keyring(home).put(key, name, password)


def _move_all(home: Path, clock: Clock, old: RegisterKey, new: RegisterKey) -> Moved:
    """The register, what was copied from it, and the catalogue, each whole. What is as it should be stays, so that a run that was broken
    off is taken up by the next: the register is the first to be encrypted and the last to be laid open, so that the key of the copies is
    never that of nothing. Raises DeskError."""
    register = register_file(home)

    def copies() -> int:
        done = [_moved(path, old, new, partial(_open_once, key=new)) for path in _copies(home)]
        return sum([*done, *(_catalogue_moved(path, old, new) for path in _old_catalogues(home))])

    def main() -> None:
        _moved(register, old, new, lambda path: backup.checked_counts(path, clock, name="登记簿", key=new))

    if new:
        main()
    try:
        number, with_catalogue = copies(), _catalogue_moved(home / CATALOGUE, old, new)
        papers = Shelf(home, old).sealed_anew(new)
        if not new:
            main()
    except DeskError as error:
        raise _unfinished(error, bool(new)) from error
    store = open_store(register, key=new)
    try:
        outside = backup.open_to_all(store) if new else ()
        return Moved(backup.count(store), number, with_catalogue, clear_files(home), outside, papers)
    finally:
        store.close()


def _unfinished(error: DeskError, locked: bool) -> DeskError:
    """What can be said where something was moved and something not."""
    if locked:
        what = f"登记簿已经加密，旁边的副本没有全部加密：{error.what}"
        return DeskError(what, "登记簿已经要密码才能打开。", "请检查磁盘，再运行一次 deskapp encrypt，把剩下的做完。")
    what = f"没有解密完：{error.what}"
    return DeskError(what, "登记簿还是加密的，旁边的副本可能已经解密。", "请检查磁盘，再运行一次 deskapp decrypt。")


def _catalogue_moved(path: Path, old: RegisterKey, new: RegisterKey) -> bool:
    return path.exists() and _moved(path, old, new, lambda part: Entries.open(part, new).close())


def _moved(path: Path, old: RegisterKey, new: RegisterKey, check: Callable[[Path], object]) -> bool:
    """Whether a file had to be moved; it has been. Raises DeskError."""
    try:
        if needs_key(path) == bool(new):
            return False
    except OSError as error:
        raise DeskError(f"{path.name} 读不出来：{os_reason(error)}。", "没有动它。", "请检查磁盘和权限。") from error
    move(path, old, new, check)
    return True


def _open_once(path: Path, key: RegisterKey) -> None:
    with open_read_only(path, key=key) as store:
        backup.count(store)


def _copies(home: Path) -> Iterator[Path]:
    """Whole registers beside the register: the daily backups, and those from before an upgrade."""
    yield from sorted((home / BACKUPS).glob("*.db"))
    yield from sorted(home.glob(f"{register_file(home).stem}-*.db"))


def _old_catalogues(home: Path) -> list[Path]:
    """The daily copies of the catalogue."""
    return sorted((home / BACKUPS / CATALOGUES).glob("*.db"))


def clear_copies(home: Path) -> list[Path]:
    """Whole registers and catalogues beside an encrypted one, and papers on file, that lie in the clear. Raises OSError."""
    copies = [path for path in (*_copies(home), *_old_catalogues(home)) if not needs_key(path)]
    return [*copies, *Shelf(home, IN_THE_CLEAR).in_the_clear()]


def beside_a_clear_one(home: Path) -> list[str]:
    """What is encrypted beside a register that is in the clear: the catalogue, the papers on file. Raises OSError."""
    catalogue = home / CATALOGUE
    papers = any(path.suffix == SUFFIX for path in (home / PAPERS).rglob("*"))
    locked = catalogue.exists() and catalogue.stat().st_size > 0 and needs_key(catalogue)
    return [*([CATALOGUE] if locked else []), *([PAPERS] if papers else [])]


def left_keys(home: Path) -> bool:
    """Whether passwords lie beside a register that is in the clear."""
    return passwords_lie_in(home)


def clear_files(home: Path) -> int:
    """How many letters and reports lie as files in the data directory, where an encryption of the register does not reach."""
    folders = (home / LETTERS, home / REPORTS)
    return sum(path.is_file() and not is_begun(path) for folder in folders for path in folder.rglob("*"))


class Locking:
    """The moment somebody looks after the passwords of an open register."""

    def __init__(self, journal: Journal, clock: Clock, home: Path, loose: Sheets) -> None:
        self._journal, self._clock, self._home, self._sheets = journal, clock, home, loose

    @property
    def encrypted(self) -> bool:
        """Whether the register that is open is under a key."""
        return bool(self._journal.store.key)

    @property
    def names(self) -> list[str]:
        """Who has a password; nobody where the register lies in the clear. Raises DeskError."""
        return Keyring(self._home).names() if self._journal.store.key else []

    def put(self, name: str, password: str) -> None:
        """Give a person a password, or another one. Raises DeskError."""
        Keyring(self._home).put(self._key, name, password)

    def remove(self, name: str) -> None:
        """Take a person's password away. Raises DeskError for the last one."""
        Keyring(self._home).remove(name)

    def recovery(self) -> tuple[LooseSheet, LooseSheet]:
        """The two sheets, for two persons. Raises DeskError for a register in the clear."""
        first, second = (
            self._sheets.notice(f"{TITLE}（{sheet}）", self._parts(sheet, lines))
            for sheet, lines in zip(SHEETS, split(self._key), strict=True)
        )
        return first, second

    def write_recovery(self, folder: Path) -> list[Path]:
        """Write the two sheets into a folder, which is made where it is not there, in place of earlier ones; where they are. Raises
        DeskError."""
        made = []
        for sheet in self.recovery():
            path = make_private(folder) / f"{sheet.title}.pdf"
            try:
                write_bytes(path, sheet.pdf, replace=True)
            except OSError as error:
                raise DeskError(
                    f"{path} 没有写成：{os_reason(error)}。", "恢复单没有做全。", "请换一个文件夹。"
                ) from error
            made.append(path)
        self._note_sheets()
        return made

    def _note_sheets(self) -> None:
        set_note(self._journal.store, RECOVERY, f"{self._clock.today()} {self._mark}")

    @property
    def has_recovery(self) -> bool:
        """Whether sheets of the present key were ever written out."""
        return note(self._journal.store, RECOVERY).endswith(f" {self._mark}")

    @property
    def _key(self) -> RegisterKey:
        key = self._journal.store.key
        if not key:
            raise DeskError(
                "这个登记簿没有加密。", "没有做。", "要加密的，到【登记簿加密】里按 F4，或者运行 deskapp encrypt。"
            )
        return key

    @property
    def _mark(self) -> str:
        """What tells one key from another and says nothing about it."""
        return digest(b"recovery" + self._key.raw)[:16]

    def _parts(self, sheet: str, lines: list[str]) -> list[Part]:
        from letters.typeset.notice import Part

        unit = self._journal.unit(self._clock.today()).name
        day = self._clock.today()
        other = SHEETS[1 - SHEETS.index(sheet)]
        return [
            Part(
                f"{unit}，{day.year}年{day.month}月{day.day}日印。登记簿加密以后，忘了密码，用这一张和另一张（{other}）一起才能打开。"
            ),
            Part("　"),
            *(
                Part(f"第{number}行　　{line.replace(' ', '　')}", heading=True)
                for number, line in enumerate(lines, 1)
            ),
            Part("　"),
            Part("字母是A到Z，数字只有2到7。一行抄错一个字，程序会说出是哪一行。"),
            Part(
                "这一张由一个人保管，另一张由另一个人保管，装进信封，封口上签名，放在不同的地方。单有一张打不开登记簿；两张到了一个人手里，他就能打开。"
            ),
            Part(
                "怎样用：在放登记簿的电脑上运行 deskapp recover，先照甲张、再照乙张输入，然后设一个新密码。用完把两张都销毁，重新印一次：deskapp recovery。"
            ),
            Part("密码都忘了，又少了一张的，登记簿谁也打不开，包括写这个程序的人。"),
            Part("　"),
            Part("保管人＿＿＿＿＿＿　保管的地方＿＿＿＿＿＿＿＿"),
        ]
