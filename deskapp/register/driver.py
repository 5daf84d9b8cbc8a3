"""Which database module reads a file: Python's own, or SQLCipher's (extra ``locked``) for one under a key. Nothing else imports either.

The two are two libraries in one process. Locks of the system hold between processes, so one and the same file must not be open through
both at once: :func:`connect` closes the one before it tries the other, and whoever opens a file a second time does so with the key of the
first connection.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import (
    SQLITE_BUSY,
    SQLITE_CANTOPEN,
    SQLITE_CONSTRAINT,
    SQLITE_CORRUPT,
    SQLITE_ERROR,
    SQLITE_FULL,
    SQLITE_IOERR,
    SQLITE_LOCKED,
    SQLITE_NOMEM,
    SQLITE_NOTADB,
    SQLITE_PERM,
    SQLITE_READONLY,
)
from typing import Any

from deskapp.errors import DeskError

__all__ = (
    "SQLITE_BUSY",
    "SQLITE_CANTOPEN",
    "SQLITE_CONSTRAINT",
    "SQLITE_CORRUPT",
    "SQLITE_ERROR",
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_LOCKED",
    "SQLITE_NOMEM",
    "SQLITE_NOTADB",
    "SQLITE_PERM",
    "SQLITE_READONLY",
)

KEY_BYTES = 32
Connection = sqlite3.Connection  # SQLCipher's has the same methods
VERSION = sqlite3.sqlite_version_info


@dataclass(frozen=True)
class RegisterKey:
    """What a register is encrypted with: 32 random bytes, or none for one that lies in the clear. Never shown."""

    raw: bytes = field(default=b"", repr=False)

    def __bool__(self) -> bool:
        return bool(self.raw)

    @property
    def spelt(self) -> str:
        """As SQLCipher takes a key that is none of a password; empty for none, which it takes for a file in the clear."""
        return f"x'{self.raw.hex()}'" if self.raw else ""


IN_THE_CLEAR = RegisterKey()


def errors() -> tuple[type[Exception], ...]:
    """The errors of the modules in use, for ``except errors()``: it is asked when something was raised. Two of them are no errors of a
    database: the modules read what the library says as UTF-8, and of a damaged file it names what stands in its schema; and where the
    library gets no memory, as for a size that a damaged index names, they raise Python's own error."""
    other = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error, UnicodeDecodeError, MemoryError, *([other.Error] if other else []))


def code_of(error: BaseException | None) -> int:
    """The primary result code of an error; 0 for one that is none of a database. What the library says is no text only where it quotes a
    damaged file."""
    if isinstance(error, UnicodeDecodeError):
        return SQLITE_CORRUPT
    if isinstance(error, MemoryError):
        return SQLITE_NOMEM
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def connect(path: Path, key: RegisterKey = IN_THE_CLEAR, read_only: bool = False) -> Connection:
    """A connection to a file, under the key where there is one, else in the clear. A file in the clear is opened with a key as well: an
    encryption may have been broken off, and copies from before it may lie beside. ``read_only``: nothing is written beside it either.

    Raises an error of :func:`errors`; DeskError without the extra.
    """
    if key:
        connection = with_cipher(path, key, read_only)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return connection
        except errors() as error:
            connection.close()
            if code_of(error) != SQLITE_NOTADB:
                raise
    return _connect(sqlite3, path, read_only)


def with_cipher(path: Path, key: RegisterKey = IN_THE_CLEAR, read_only: bool = False) -> Connection:
    """A connection through SQLCipher, also to a file in the clear, for moving from the one to the other. Raises as :func:`connect`."""
    connection = _connect(_sqlcipher(), path, read_only)
    connection.execute("PRAGMA cipher_log_level = NONE")  # or it writes its own lines over the terminal
    if key:
        connection.execute(f'PRAGMA key = "{key.spelt}"')
    return connection


def is_locked(connection: Connection) -> bool:
    """Whether a connection of :func:`connect` reads a file under a key."""
    return not isinstance(connection, sqlite3.Connection)


def ready() -> None:
    """Return when registers under a key can be read here. Raises DeskError without the extra."""
    _sqlcipher()


def _connect(module: Any, path: Path, read_only: bool) -> Connection:
    name = f"{path.resolve().as_uri()}?mode=ro&immutable=1" if read_only else path
    connection: Connection = module.connect(name, uri=read_only, check_same_thread=False, isolation_level=None)
    return connection


def _sqlcipher() -> Any:
    with suppress(ImportError):
        from sqlcipher3 import dbapi2

        return dbapi2
    raise DeskError(
        "这台机器没有装登记簿加密的组件。", "加了密码的登记簿打不开，也不能加密。", "请安装 deskapp[locked]。"
    )
