"""PINs: kept salted and stretched. Whoever guesses waits longer after each wrong one, also after a new start, and is told of."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from deskapp.clock import Clock
from deskapp.errors import DeskError
from deskapp.parsing import half_width
from deskapp.register.meta import note, set_note
from deskapp.register.store import Store

MOST_PIN = 32
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


def kept_pin(pin: str, least: int) -> str:
    """A PIN as it is kept: salt and hash; empty for none. Raises DeskError for a short or long one."""
    plain = half_width(pin)
    if not plain:
        return ""
    if not least <= len(plain) <= MOST_PIN:
        raise DeskError(f"密码要{least}到{MOST_PIN}位。", "没有改。", "请换一个。", "pin")
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}:{_hashed(plain, salt).hex()}"


def fits(pin: str, kept: str) -> bool:
    """Whether a PIN is the one that was kept; never where what was kept is damaged."""
    salt, _, wanted = kept.partition(":")
    try:
        return hmac.compare_digest(_hashed(half_width(pin), bytes.fromhex(salt)).hex(), wanted)
    except ValueError:
        return False


class Guard:
    """Who watches one PIN: wrong ones are written down in a note of the register under ``name``."""

    def __init__(self, store: Store, clock: Clock, name: str) -> None:
        self._store, self._clock, self._name = store, clock, name
        self._tried: tuple[datetime, float] | None = None  # the last wrong one here, by both clocks

    def open(self, pin: str, kept: str) -> Tried:
        """Try a PIN. A wrong one is written down before anything is said; while somebody has to wait, none is looked at."""
        wrong, now = self.wrong(), self._clock.now()
        wait = self._wait_s(wrong, now)
        if wait:
            return Tried(False, wait)
        if fits(pin, kept):
            return Tried(True)
        wrong = [*wrong, now][-REMEMBERED:]
        self._tried = now, monotonic()
        set_note(self._store, self._name, json.dumps([moment.isoformat() for moment in wrong]))
        return Tried(False, self._wait_s(wrong, now))

    def forget(self) -> None:
        """Somebody was told of the wrong ones."""
        set_note(self._store, self._name, "")

    def wrong(self) -> list[datetime]:
        """The moments of the wrong ones since somebody was told last."""
        try:
            return [datetime.fromisoformat(text) for text in json.loads(note(self._store, self._name) or "[]")]
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


def _hashed(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=COST, r=BLOCK, p=LANES)
