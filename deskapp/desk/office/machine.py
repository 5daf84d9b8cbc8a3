"""Machine: what is set for this computer and not for the office: the usual printer, light or dark, the PIN of the curtain."""

from __future__ import annotations

import secrets

from deskapp.clock import Clock
from deskapp.desk.office.startup import COVERED, THEME, WRONG
from deskapp.desk.opened import SCAN_FOLDER
from deskapp.desk.pins import Guard, Tried, kept_pin
from deskapp.errors import DeskError
from deskapp.parsing import one_line
from deskapp.paths import typed_folder
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
THEMES = {"light": "浅色", "dark": "深色", "strong": "白底黑字（反差最大）", "contrast": "黑底白字（反差最大）"}
NORMAL, SPACED, DRAWN = "normal", "spaced", "drawn"
TYPES = {NORMAL: "普通字", SPACED: "大字（字和行都松开）", DRAWN: "特大字（一个字占十列）"}
LONGEST_DUTY = 20  # characters
LEAST_PIN = 6  # characters; shorter ones of earlier versions still open


class Machine:
    """The moment the computer is set up for the counter."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._kept = journal.records
        self._guard = Guard(journal.store, clock, WRONG)

    @property
    def printer(self) -> str:
        """The printer that stands first in the list; empty when none was chosen."""
        return self._kept.note(PRINTER)

    def choose_printer(self, name: str) -> None:
        """Put a printer first from now on."""
        self._kept.set_note(PRINTER, name)

    @property
    def theme(self) -> str:
        """One of THEMES, or empty."""
        return self._kept.note(THEME)

    def choose_theme(self, name: str) -> None:
        """One of THEMES. Raises DeskError for anything else."""
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
        self._kept.set_note(SCAN_FOLDER, str(typed_folder(text)) if text.strip() else "")

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
        """Set the PIN, or take it away with an empty one. Raises DeskError for a short or long one."""
        self._kept.set_note(PIN, kept_pin(pin, LEAST_PIN))

    def open(self, pin: str) -> Tried:
        """Try a PIN. A wrong one is written down before anything is said; while somebody has to wait, none is looked at."""
        return self._guard.open(pin, self._kept.note(PIN))

    def guesses(self) -> str:
        """A sentence about the wrong PINs since this was last asked; empty for none. They are forgotten with it."""
        wrong = self._guard.wrong()
        if not wrong:
            return ""
        self._guard.forget()
        return f"遮屏密码输错过{len(wrong)}次，最近一次{wrong[-1]:%m-%d %H:%M}。"
