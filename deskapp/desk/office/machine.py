"""Machine: what is set for this computer and not for the office: the usual printer, light or dark, the PIN of the curtain.

A PIN is kept salted and stretched. Whoever guesses waits longer after each wrong one, also after a new start, and the clerk is told.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from deskapp.clock import Clock
from deskapp.desk.office.startup import COVERED, THEME, WRONG
from deskapp.desk.opened import SCAN_FOLDER
from deskapp.errors import DeskError
from deskapp.parsing import half_width, one_line
from deskapp.paths import pasted, typed_folder
from deskapp.register.journal import Journal

PRINTER, PIN, CURTAIN, TYPE, DUTY = (
    "printer",
    "pin",
    "curtain",
    "visitors_type",
    "visitors_duty",
)  # small notes of the register
ONE, EVERY = "one", "every"
CURTAINS = {ONE: "只遮这个窗口", EVERY: "遮住这本登记簿开着的所有窗口"}
THEMES = {"light": "浅色", "dark": "深色", "contrast": "黑底白字（反差最大）"}
NORMAL, SPACED, DRAWN = "normal", "spaced", "drawn"
TYPES = {NORMAL: "普通字", SPACED: "大字（字和行都松开）", DRAWN: "特大字（一个字占十列）"}
LONGEST_DUTY = 20  # characters
LEAST_PIN, MOST_PIN = 6, 32  # shorter ones of earlier versions still open
COST, BLOCK, LANES = 2**14, 8, 1  # scrypt: 16 MB, about 50 ms
FREE = 3  # wrong PINs without a wait
FIRST_WAIT_S, LONGEST_WAIT_S = 5, 600  # then twice as long each time, up to ten minutes
REMEMBERED = 100  # moments of wrong ones that are kept


@dataclass(frozen=True)
class Tried:
    """What became of a PIN: whether it opens, else for how many seconds none is looked at."""

    opens: bool
    wait_s: int = 0

    def __str__(self) -> str:
        if self.opens:
            return ""
        return f"密码不对，请等{self.wait_s}秒再输。" if self.wait_s else "密码不对，请再输入。"


class Machine:
    """The moment the computer is set up for the counter."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._kept, self._clock = journal.records, clock
        self._tried: tuple[datetime, float] | None = (
            None  # the last wrong PIN here, by the desk's clock and by the machine's
        )

    @property
    def printer(self) -> str:
        """The printer that stands first in the list; empty when none was chosen."""
        return self._kept.note(PRINTER)

    def choose_printer(self, name: str) -> None:
        """Put a printer first from now on."""
        self._kept.set_note(PRINTER, name)

    @property
    def theme(self) -> str:
        """``light``, ``dark``, ``contrast``, or empty."""
        return self._kept.note(THEME)

    def choose_theme(self, name: str) -> None:
        """Light, dark, or of the greatest contrast. Raises DeskError for anything else."""
        if name not in THEMES:
            raise DeskError("请选浅色、深色或者反差最大的。", "没有改。", "")
        self._kept.set_note(THEME, name)

    @property
    def type(self) -> str:
        """In which type visitors begin to read: one of TYPES."""
        kept = self._kept.note(TYPE)
        return kept if kept in TYPES else NORMAL

    def choose_type(self, name: str) -> None:
        """Let visitors begin in a type. Raises DeskError for one that there is not."""
        if name not in TYPES:
            raise DeskError("没有这种字号。", "没有改。", "请从列出的里面选。")
        self._kept.set_note(TYPE, name)

    @property
    def duty(self) -> str:
        """What visitors are told of who is on duty: a post or a number; empty where they are told nothing."""
        return self._kept.note(DUTY)

    def choose_duty(self, text: str) -> None:
        """Tell visitors so from now on. Raises DeskError for too long a text."""
        line = one_line(text)
        if len(line) > LONGEST_DUTY:
            raise DeskError(f"值班的职务、工号太长，最多{LONGEST_DUTY}个字。", "没有改。", "请写短一些。", "duty")
        self._kept.set_note(DUTY, line)

    @property
    def scan_folder(self) -> str:
        """Where the scanner writes to; empty where there is none."""
        return self._kept.note(SCAN_FOLDER)

    def choose_scan_folder(self, text: str) -> None:
        """Look for scans there from now on; nowhere for nothing. Raises DeskError for a folder that is not there."""
        self._kept.set_note(SCAN_FOLDER, str(typed_folder(pasted(text))) if text.strip() else "")

    # -- the curtain -------------------------------------------------------------------------------------------

    @property
    def curtain(self) -> str:
        """``one`` or ``every``: what the curtain covers."""
        return EVERY if self._kept.note(CURTAIN) == EVERY else ONE

    def choose_curtain(self, name: str) -> None:
        """Cover one window from now on, or every one of this register. Raises DeskError for anything else."""
        if name not in CURTAINS:
            raise DeskError("请选遮一个窗口还是所有窗口。", "没有改。", "")
        self._kept.set_note(CURTAIN, name)

    def cover(self) -> str:
        """The curtain falls: where it covers every window the others are told; what they are told, empty for nothing."""
        if self.curtain == ONE:
            return ""
        told = secrets.token_hex(8)
        self._kept.set_note(COVERED, told)
        return told

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

    def open(self, pin: str) -> Tried:
        """Try a PIN. A wrong one is written down before anything is said; while somebody has to wait, none is looked at."""
        wrong, now = self._wrong(), self._clock.now()
        wait = self._wait_s(wrong, now)
        if wait:
            return Tried(False, wait)
        if self._opens(pin):
            return Tried(True)
        wrong = [*wrong, now][-REMEMBERED:]
        self._tried = now, monotonic()
        self._kept.set_note(WRONG, json.dumps([moment.isoformat() for moment in wrong]))
        return Tried(False, self._wait_s(wrong, now))

    def guesses(self) -> str:
        """A sentence about the wrong PINs since this was last asked; empty for none. They are forgotten with it."""
        wrong = self._wrong()
        if not wrong:
            return ""
        self._kept.set_note(WRONG, "")
        return f"※ 遮屏密码输错过{len(wrong)}次，最近一次{wrong[-1]:%m-%d %H:%M}。"

    def _wrong(self) -> list[datetime]:
        try:
            return [datetime.fromisoformat(text) for text in json.loads(self._kept.note(WRONG) or "[]")]
        except (ValueError, TypeError):  # damaged: nobody is kept out by it
            return []

    def _wait_s(self, wrong: list[datetime], now: datetime) -> int:
        """How many seconds from now none is looked at. A clock that was set back lets nobody wait longer than the longest time, and one that
        stands on a day no longer than it really takes, as far as this program saw the last wrong one."""
        if len(wrong) < FREE:
            return 0
        wait = min(FIRST_WAIT_S << min(len(wrong) - FREE, 20), LONGEST_WAIT_S)
        really = monotonic() - self._tried[1] if self._tried and self._tried[0] == wrong[-1] else 0.0
        left = wait - max((now - wrong[-1]).total_seconds(), really)
        return min(max(int(left + 0.999), 0), wait)

    def _opens(self, pin: str) -> bool:
        salt, _, wanted = self._kept.note(PIN).partition(":")
        try:
            return hmac.compare_digest(_hashed(half_width(pin), bytes.fromhex(salt)).hex(), wanted)
        except ValueError:  # the note is damaged: the curtain stays, and a new start leads to the settings
            return False


def _hashed(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=COST, r=BLOCK, p=LANES)
