"""The register's key on two sheets of paper, for two persons: neither sheet alone says anything about it.

One sheet has 32 random bytes, the other those bytes and the key in exclusive or. Each is printed as four lines of four groups of four
signs (base32: A to Z, 2 to 7); each line carries a check of its own, which knows the sheet and the line, so that a slip of the pen, a
line out of place or a sheet taken for the other is named at once.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress

from deskapp.errors import DeskError
from deskapp.register.driver import KEY_BYTES, RegisterKey

SHEETS = ("甲", "乙")
LINES, PART, CHECK = 4, 8, 2  # lines of a sheet; bytes of the share and of the check in a line
MISREAD = str.maketrans("018", "OIB")  # digits that base32 has not, for the letters they are mistaken for
GROUP = 4


def split(key: RegisterKey) -> tuple[list[str], list[str]]:
    """The lines of both sheets; other ones each time, and all of them stay good."""
    first = secrets.token_bytes(KEY_BYTES)
    second = bytes(a ^ b for a, b in zip(first, key.raw, strict=True))
    return _lines(SHEETS[0], first), _lines(SHEETS[1], second)


def join(first: Sequence[str], second: Sequence[str]) -> RegisterKey:
    """The key of two sheets. Raises DeskError, which names sheet and line, for one that was not copied right. Sheets of two pairs give a
    key all the same: it fits nothing."""
    shares = [
        b"".join(read_line(sheet, number, text) for number, text in enumerate(_four(sheet, lines), 1))
        for sheet, lines in zip(SHEETS, (first, second), strict=True)
    ]
    return RegisterKey(bytes(a ^ b for a, b in zip(*shares, strict=True)))


def key_of_sheets(first: str, second: str) -> RegisterKey:
    """The key of two sheets whose text is at hand, in either order. Raises DeskError."""
    try:
        return join(lines_in(SHEETS[0], first), lines_in(SHEETS[1], second))
    except DeskError as error:
        with suppress(DeskError):
            return join(lines_in(SHEETS[0], second), lines_in(SHEETS[1], first))
        raise error


def read_line(sheet: str, number: int, text: str) -> bytes:
    """What a line of a sheet says, spaces and hyphens left out, small letters and 0, 1, 8 taken for O, I, B. Raises DeskError."""
    signs = re.sub(r"[\s\-－—]", "", text).upper().translate(MISREAD)
    try:
        content = base64.b32decode(signs.encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        content = b""
    part, check = content[:PART], content[PART:]
    if len(content) != PART + CHECK or check != _check(sheet, number, part):
        raise DeskError(
            f"恢复单{sheet}的第{number}行不对。", "登记簿没有打开。", "请照纸上再抄一遍这一行，十六个字一个也不能错。"
        )
    return part


def lines_in(sheet: str, text: str) -> list[str]:
    """The lines of a sheet in a file: those that look like one. Raises DeskError when there are not four."""
    return _four(
        sheet, [line for line in text.splitlines() if re.fullmatch(r"\s*(?:[A-Za-z0-9]{4}[\s\-]*){4}", line)]
    )


def _four(sheet: str, lines: Sequence[str]) -> list[str]:
    if len(lines) != LINES:
        raise DeskError(f"恢复单{sheet}应当有{LINES}行，这里有{len(lines)}行。", "登记簿没有打开。", "请照纸上抄全。")
    return list(lines)


def _lines(sheet: str, share: bytes) -> list[str]:
    lines = []
    for number in range(1, LINES + 1):
        part = share[(number - 1) * PART : number * PART]
        signs = base64.b32encode(part + _check(sheet, number, part)).decode()
        lines.append(" ".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP)))
    return lines


def _check(sheet: str, number: int, part: bytes) -> bytes:
    return hashlib.sha256(f"{sheet}{number}".encode() + part).digest()[:CHECK]
