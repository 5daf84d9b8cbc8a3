"""Machine: what is set for this computer and not for the office: the usual printer, light or dark, the PIN of the curtain."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from deskapp.desk.office.startup import THEME
from deskapp.errors import DeskError
from deskapp.parsing import half_width
from deskapp.register.journal import Journal

PRINTER, PIN = "printer", "pin"  # small notes of the register
THEMES = {"light": "浅色", "dark": "深色"}
LEAST_PIN, MOST_PIN = 4, 32
COST, BLOCK, LANES = 2**14, 8, 1  # scrypt: 16 MB, about 50 ms


class Machine:
    """The moment the computer is set up for the counter."""

    def __init__(self, journal: Journal) -> None:
        self._kept = journal.records

    @property
    def printer(self) -> str:
        """The printer that stands first in the list; empty when none was chosen."""
        return self._kept.note(PRINTER)

    def choose_printer(self, name: str) -> None:
        """Put a printer first from now on."""
        self._kept.set_note(PRINTER, name)

    @property
    def theme(self) -> str:
        """``light``, ``dark``, or empty."""
        return self._kept.note(THEME)

    def choose_theme(self, name: str) -> None:
        """Light or dark. Raises DeskError for anything else."""
        if name not in THEMES:
            raise DeskError("请选浅色或者深色。", "没有改。", "")
        self._kept.set_note(THEME, name)

    # -- the curtain -------------------------------------------------------------------------------------------

    @property
    def has_pin(self) -> bool:
        """Whether coming back from the curtain takes a PIN."""
        return bool(self._kept.note(PIN))

    def set_pin(self, pin: str) -> None:
        """Set the PIN, or take it away with an empty one. Records as scrypt. Raises DeskError for a short or long one."""
        plain = half_width(pin)
        if not plain:
            self._kept.set_note(PIN, "")
            return
        if not LEAST_PIN <= len(plain) <= MOST_PIN:
            raise DeskError(f"密码要{LEAST_PIN}到{MOST_PIN}位。", "没有改。", "请换一个。")
        salt = secrets.token_bytes(16)
        self._kept.set_note(PIN, f"{salt.hex()}:{_hashed(plain, salt).hex()}")

    def opens(self, pin: str) -> bool:
        """Whether this is the PIN."""
        salt, _, wanted = self._kept.note(PIN).partition(":")
        try:
            return hmac.compare_digest(_hashed(half_width(pin), bytes.fromhex(salt)).hex(), wanted)
        except ValueError:  # the note is damaged: the curtain stays, and a new start leads to the settings
            return False


def _hashed(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=COST, r=BLOCK, p=LANES)
