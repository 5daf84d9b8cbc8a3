"""Backups under a password, in the open age format, through the extra ``cipher``.

age was chosen because a backup must outlive this program: any age tool opens the file with the password alone, on any
system. The password is stretched with scrypt; a changed bit is noticed on opening.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from deskapp.errors import DeskError

MAGIC = b"age-encryption.org/v1\n"
SHORTEST = 8  # characters of a password


def is_locked(path: Path) -> bool:
    """Whether a file is under a password. Raises OSError when it cannot be read."""
    with path.open("rb") as stream:
        return stream.read(len(MAGIC)) == MAGIC


def lock(plain: Path, target: Path, password: str) -> None:
    """Write ``plain`` into the file ``target``, which is there and private, under a password. Raises OSError."""
    target.write_bytes(_library().passphrase.encrypt(plain.read_bytes(), password))


def ready(password: str, what: str = "备份密码") -> None:
    """Return when something can be locked with this password, which sentences call ``what``. Raises DeskError for a short one or without
    the extra."""
    if len(password) < SHORTEST:
        raise DeskError(f"{what}太短，至少{SHORTEST}个字。", "没有做。", "请换一个长一些、自己记得住的密码。")
    _library()


def sealed_bytes(content: bytes, password: str) -> bytes:
    """A few bytes under a password. Raises DeskError without the extra."""
    return bytes(_library().passphrase.encrypt(content, password))


def opened_bytes(content: bytes, password: str) -> bytes | None:
    """What is under the password; None where it is another one, or the bytes are damaged. Raises DeskError without the extra."""
    library = _library()
    try:
        return bytes(library.passphrase.decrypt(content, password))
    except library.DecryptError:
        return None


def unlock(locked: Path, target: Path, password: str) -> None:
    """Write what is under the password to ``target``, a private file. Raises DeskError when the password is wrong or the file damaged."""
    if not password:
        raise DeskError(f"备份 {locked.name} 加了密码。", "没有密码打不开。", "请加上 --password，再输入密码。")
    library = _library()
    try:
        content = library.passphrase.decrypt(locked.read_bytes(), password)
    except library.DecryptError as error:
        raise DeskError(
            f"备份 {locked.name} 打不开。", "密码不对，或者文件已经损坏。", "请核对密码，或者换一份备份。"
        ) from error
    with suppress(FileExistsError):
        target.touch(mode=0o600, exist_ok=False)
    target.write_bytes(content)


def _library() -> Any:
    """The library of the extra. Raises DeskError when it is not installed."""
    try:
        import pyrage
    except ImportError as error:
        raise DeskError(
            "这台机器没有装用密码加密的组件。", "没有做。", "请安装 deskapp[cipher]；备份也可以不用密码。"
        ) from error
    return pyrage
