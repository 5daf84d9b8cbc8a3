"""Who can open an encrypted register: one small age file for each person's password, holding the register's key.

The files lie in the folder :data:`~deskapp.paths.KEYS` beside the register. Changing a password writes one of them anew; the register
is not touched. Whoever has the register's key from an old file of theirs has it for good: only a new key shuts them out (decrypt, then
encrypt).
"""

from __future__ import annotations

from pathlib import Path

from deskapp.errors import DeskError, os_reason
from deskapp.files import is_begun, sync_folder, write_bytes
from deskapp.paths import KEYS, file_name, make_private
from deskapp.register import cipher
from deskapp.register.driver import KEY_BYTES, RegisterKey

SUFFIX = ".age"
WRONG = "wrong_password"  # the code of a password that opens nothing
Slots = dict[str, bytes]  # the name of a person, their age file


def slots_in(folder: Path) -> Slots:
    """The age files of a folder, by their persons; none where there is no folder. Raises DeskError for one that cannot be read."""
    try:
        return {path.stem: path.read_bytes() for path in sorted(folder.glob(f"*{SUFFIX}"))}
    except OSError as error:
        raise DeskError(f"{folder} 里的钥匙读不出来：{os_reason(error)}。", "", "请检查磁盘和权限。") from error


def passwords_lie_in(home: Path) -> bool:
    """Whether a data directory holds any; their content is not read."""
    return any((home / KEYS).glob(f"*{SUFFIX}"))


def open_slots(slots: Slots, password: str) -> RegisterKey:
    """The key that one of the files gives for a password. Raises DeskError (WRONG) when none does."""
    if broken := [name for name, content in slots.items() if not content.startswith(cipher.MAGIC)]:
        sound = {name: content for name, content in slots.items() if name not in broken}
        return _open_sound(sound, broken, password)
    for content in slots.values():
        raw = cipher.opened_bytes(content, password)
        if raw is not None and len(raw) == KEY_BYTES:
            return RegisterKey(raw)
    raise DeskError(
        "登记簿密码不对。",
        "登记簿没有打开。",
        "请再输一遍；忘了的，请别的有密码的人打开，或者用两张恢复单（deskapp recover）。",
        code=WRONG,
    )


def _open_sound(sound: Slots, broken: list[str], password: str) -> RegisterKey:
    """The key from those files that are whole. Raises DeskError, which names the others: with WRONG where one of the whole may open it."""
    files = "、".join(f"{name}{SUFFIX}" for name in broken)
    try:
        if sound:
            return open_slots(sound, password)
    except DeskError as error:
        todo = f"{error.todo}钥匙文件 {files} 损坏了，用那一个人的密码打不开。"
        raise DeskError(error.what, error.meaning, todo, code=error.code) from error
    raise DeskError(
        f"钥匙文件 {files} 损坏了。",
        "登记簿没有打开，也没有坏；不是密码不对。",
        f"请从回收站、网盘或者备份里把【{KEYS}】文件夹里的这个文件放回来；找不到的，用两张恢复单运行 deskapp recover 设新密码。",
    )


class Keyring:
    """The persons of one data directory."""

    def __init__(self, home: Path) -> None:
        self._folder = home / KEYS

    @property
    def slots(self) -> Slots:
        """Their age files. Raises DeskError."""
        return slots_in(self._folder)

    def names(self) -> list[str]:
        """Who has a password. Raises DeskError."""
        return list(self.slots)

    def open(self, password: str) -> RegisterKey:
        """The register's key. Raises DeskError (WRONG)."""
        return open_slots(self.slots, password)

    def put(self, key: RegisterKey, name: str, password: str) -> None:
        """Give a person a password, or another one. Raises DeskError for a short one, for no name, or when it cannot be written."""
        cipher.ready(password, "登记簿密码")
        if not name.strip():
            raise DeskError("没有写是谁的密码。", "没有改动。", "请写姓名。")
        self.keep({file_name(name.strip(), ""): cipher.sealed_bytes(key.raw, password)})

    def keep(self, slots: Slots) -> None:
        """Write age files into the folder. Raises DeskError."""
        try:
            make_private(self._folder)
            sync_folder(self._folder.parent)
            for name, content in slots.items():
                write_bytes(self._folder / f"{name}{SUFFIX}", content, replace=True)
        except OSError as error:
            raise DeskError(f"钥匙没有写成：{os_reason(error)}。", "以前的密码照旧。", "请检查磁盘。") from error

    def remove(self, name: str) -> None:
        """Take a person's password away. Raises DeskError for a name that has none, and for the last one."""
        names = self.names()
        if name not in names:
            raise DeskError(
                f"没有【{name}】的密码。", "没有改动。", f"现在有密码的：{'、'.join(names) or '没有人'}。"
            )
        if len(names) == 1:
            raise DeskError(f"只剩【{name}】一个人有密码。", "没有改动。", "请先给别人设密码，再去掉这一个。")
        try:
            (self._folder / f"{name}{SUFFIX}").unlink()
            sync_folder(self._folder)
        except OSError as error:
            raise DeskError(f"【{name}】的密码没有去掉：{os_reason(error)}。", "", "请检查磁盘和权限。") from error

    def clear(self) -> None:
        """Take every password away, for a register that lies in the clear. Raises OSError."""
        if not self._folder.is_dir():
            return
        for path in [path for path in self._folder.iterdir() if path.suffix == SUFFIX or is_begun(path)]:
            path.unlink()
        self._folder.rmdir()
