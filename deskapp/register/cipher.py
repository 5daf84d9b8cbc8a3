"""Backups under a password, in the open age format, through the extra ``cipher``.

age was chosen because a backup must outlive this program: any age tool opens the file with the password alone, on any
system. The password is stretched with scrypt; a changed bit is noticed on opening.
"""

from __future__ import annotations

import hashlib
import hmac
from contextlib import suppress
from pathlib import Path
from typing import Any

from deskapp.errors import DeskError
from deskapp.register.driver import RegisterKey

MAGIC = b"age-encryption.org/v1\n"
SHORTEST = 8  # characters of a password
OF_FILES = b"deskapp: files beside the register"  # what the key of files is derived for
_SIGNS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"  # of Bech32 (BIP 173), in which age writes its keys
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


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


def under_key(content: bytes, key: RegisterKey) -> bytes:
    """Bytes as an age file that the key of an encrypted register opens: no password, so nothing to stretch. Raises DeskError without
    the extra."""
    library = _library()
    return bytes(library.encrypt(content, [library.x25519.Identity.from_str(file_identity(key)).to_public()]))


def from_under_key(content: bytes, key: RegisterKey) -> bytes | None:
    """What is in such a file; None where it is under another key, or damaged. Raises DeskError without the extra."""
    library = _library()
    try:
        return bytes(library.decrypt(content, [library.x25519.Identity.from_str(file_identity(key))]))
    except library.DecryptError:
        return None


def file_identity(key: RegisterKey) -> str:
    """The age identity of the files beside an encrypted register, derived from its key: any age tool opens them with it."""
    raw, head = hmac.digest(key.raw, OF_FILES, hashlib.sha256), "age-secret-key-"
    number = int.from_bytes(raw, "big") << 4  # 256 bits in 52 signs of 5
    signs = [number >> 5 * (51 - n) & 31 for n in range(52)]
    known = [*(ord(char) >> 5 for char in head), 0, *(ord(char) & 31 for char in head), *signs]
    check = _bech32_sum([*known, 0, 0, 0, 0, 0, 0]) ^ 1
    signs += [check >> 5 * (5 - n) & 31 for n in range(6)]
    return f"{head}1{''.join(_SIGNS[sign] for sign in signs)}".upper()


def _bech32_sum(values: list[int]) -> int:
    found = 1
    for value in values:
        top, found = found >> 25, (found & 0x1FFFFFF) << 5 ^ value
        for n, generator in enumerate(_GENERATORS):
            found ^= generator if top >> n & 1 else 0
    return found


def _library() -> Any:
    """The library of the extra. Raises DeskError when it is not installed."""
    try:
        import pyrage
    except ImportError as error:
        raise DeskError(
            "这台机器没有装用密码加密的组件。", "没有做。", "请安装 deskapp[cipher]；备份也可以不用密码。"
        ) from error
    return pyrage
