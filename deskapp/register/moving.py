"""From a file in the clear to one under a key, and back: written anew beside it, counted, and only then put in its place.

While it goes on nobody else has the file open: what they wrote would not be in the new one. The file itself says which of the two it is,
so a power cut leaves the one or the other, whole; passwords are written before an encryption and taken away after a decryption, so that
no moment has an encrypted register without them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from deskapp.errors import DeskError, InPlace, os_reason
from deskapp.files import written
from deskapp.register import driver
from deskapp.register.driver import Connection, RegisterKey, code_of, errors, with_cipher
from deskapp.register.store import explain

BUSY_MS = 2000
PRAGMAS = ("application_id", "user_version")  # what the export leaves out


def move(path: Path, old: RegisterKey, new: RegisterKey, check: Callable[[Path], object]) -> None:
    """Write the database at ``path``, which is under ``old``, anew under ``new``; none is one in the clear. ``check`` looks at the new
    file before it takes the place and may refuse it. Raises DeskError, and everything is as it was."""
    driver.ready()
    try:
        with closing(with_cipher(path, old)) as source:
            _alone(source, path)
            with written(path, replace=True) as part:
                _export(source, part, new)
                check(part)
    except errors() as error:
        raise explain(error, path) from error
    except InPlace as error:
        raise DeskError(
            f"{path.name} 已经改写，但是{os_reason(error)}。", "里面的内容都在。", "请检查磁盘，再运行一次。"
        ) from error
    except OSError as error:
        raise DeskError(
            f"{path.name} 没有改写成：{os_reason(error)}。", "原来的还在，没有动。", "请检查磁盘，再试一次。"
        ) from error


def _alone(source: Connection, path: Path) -> None:
    """Take the file for this connection alone, with everything in its one file. Raises DeskError while others have it open."""
    source.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    source.execute("PRAGMA locking_mode = EXCLUSIVE")
    try:
        source.execute("PRAGMA journal_mode = DELETE").fetchone()
        source.execute("BEGIN EXCLUSIVE")
        source.execute("COMMIT")
    except errors() as error:
        if code_of(error) not in (driver.SQLITE_BUSY, driver.SQLITE_LOCKED):
            raise
        raise DeskError(
            f"{path.name} 正被另一个窗口占用。", "没有动它。", "请关掉所有窗口和查阅模式，再试一次。"
        ) from error


def _export(source: Connection, part: Path, new: RegisterKey) -> None:
    """Everything into ``part``, and every table counted in both."""
    source.execute("ATTACH ? AS moved KEY ?", [str(part), new.spelt])
    source.execute("SELECT sqlcipher_export('moved')")
    for pragma in PRAGMAS:
        value = source.execute(f"PRAGMA main.{pragma}").fetchone()[0]
        source.execute(f"PRAGMA moved.{pragma} = {value}")
    if _contents(source, "main") != _contents(source, "moved"):
        raise DeskError("改写前后的内容对不上。", "原来的还在，没有动。", "请运行 deskapp check，再试一次。")
    source.execute("DETACH moved")


def _contents(source: Connection, name: str) -> list[tuple[object, ...]]:
    """Every part of a database with its words, and how many rows it has where it has any of its own."""
    parts = source.execute(f"SELECT type, name, sql FROM {name}.sqlite_master ORDER BY type, name").fetchall()
    return [
        (*part, source.execute(f'SELECT count(*) FROM {name}."{part[1]}"').fetchone()[0] if _counted(part) else 0)
        for part in parts
    ]


def _counted(part: tuple[str, str, str | None]) -> bool:
    return part[0] == "table" and "VIRTUAL" not in (part[2] or "")
