"""Opening a desk: where its register is encrypted, the password is asked for in the terminal, or read from a file that the environment
names. The one door for commands, desk and reading computer.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path

from deskapp.clock import Clock
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.register.driver import IN_THE_CLEAR, RegisterKey, ready
from deskapp.register.keyring import WRONG, Keyring, Slots, open_slots
from deskapp.register.opening import LOCKED, PASSWORD_FILE

_NO_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"PK\x03\x04", b"II*\x00", b"MM\x00*")
TRIES = 3
KEY = "DESKAPP_KEY"  # in the environment of the reader, from its guard alone: it starts again without anybody to ask


def opened_desk(home: Path, clock: Clock, key: RegisterKey = IN_THE_CLEAR) -> Desk:
    """The desk of a data directory; ``key`` where it was opened before. Raises DeskError: it cannot be opened, or nobody gave the right
    password."""
    handed = os.environ.pop(KEY, "")
    try:
        return Desk.open(home, clock, key=RegisterKey(bytes.fromhex(handed)) if handed else key)
    except DeskError as error:
        if error.code != LOCKED:
            raise
        return Desk.open(home, clock, key=asked_key(home, error))


def asked_key(home: Path, locked: DeskError) -> RegisterKey:
    """The key of an encrypted register, from a password. Raises DeskError, ``locked`` where there is nobody to ask."""
    ready()
    if named := os.environ.get(PASSWORD_FILE):
        return Keyring(home).open(password_in(Path(named)))
    if not sys.stdin.isatty():
        raise locked
    try:
        slots = _whose(Keyring(home).slots)
        with _no_echo():
            return _tried(slots)
    except EOFError:
        raise locked from None


def _whose(slots: Slots) -> Slots:
    """The persons whose password is to be tried: the one that somebody chose, all where nobody was. Each takes a second or two."""
    names = list(slots)
    if len(names) < 2:
        return slots
    listed = "　".join(f"{number} {name}" for number, name in enumerate(names, 1))
    print(f"{listed}\n谁（写号数，直接回车就挨个试）：", end="", file=sys.stderr, flush=True)  # noqa: T201  # no screen yet
    typed = input().strip()
    name = names[int(typed) - 1] if re.fullmatch("[1-9][0-9]{0,2}", typed) and int(typed) <= len(names) else typed
    return {name: slots[name]} if name in slots else slots


def _tried(slots: Slots) -> RegisterKey:
    """The key, once the right password was typed. Raises DeskError after the last wrong one."""
    for left in reversed(range(TRIES)):
        password = getpass("登记簿密码：", sys.stderr)
        print("正在核对。", file=sys.stderr)  # noqa: T201  # no screen yet
        try:
            return open_slots(slots, password)
        except DeskError as error:
            if error.code != WRONG or not left:
                raise
            print(f"密码不对，还可以试{left}次。", file=sys.stderr)  # noqa: T201  # no screen yet
    raise AssertionError("the last try raises")


@contextmanager
def _no_echo() -> Iterator[None]:
    """What is typed does not show, also while a password is being tried, which takes a second or two."""
    try:
        import termios
    except ImportError:  # Windows reads a password without the terminal's echo anyway
        yield
        return
    number = sys.stdin.fileno()
    settings = termios.tcgetattr(number)
    quiet = [*settings[:3], settings[3] & ~termios.ECHO, *settings[4:]]
    termios.tcsetattr(number, termios.TCSADRAIN, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(number, termios.TCSAFLUSH, settings)


def password_in(path: Path) -> str:
    """The first line of a file. Raises DeskError when it cannot be read or is empty."""
    try:
        line = path.read_text(encoding="utf-8-sig").partition("\n")[0].strip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise DeskError(f"密码文件 {path} 读不出来。", "", "请核对文件，编码用 UTF-8。") from error
    if not line:
        raise DeskError(f"密码文件 {path} 的第一行是空的。", "", "请把密码写在第一行。")
    return line


def text_of_sheet(path: Path) -> str:
    """What is written in a file with a recovery sheet. Raises DeskError, also for a PDF or a picture: sheets are read by eye."""
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
        if head.startswith(_NO_TEXT):
            raise DeskError(
                f"{path} 是 PDF 或者图片，不是文字。",
                "没有做。",
                "恢复单要照纸上抄：不写 --sheet，在终端里输入；或者把每张的四行抄进两个文本文件（UTF-8）。",
            )
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DeskError(f"恢复单的文件 {path} 读不出来。", "没有做。", "请核对文件，编码用 UTF-8。") from error


def handed_on(desk: Desk) -> dict[str, str]:
    """The environment for a reader that opens the same desk again and again."""
    return {**os.environ, KEY: desk.key.raw.hex()} if desk.key else {**os.environ}
