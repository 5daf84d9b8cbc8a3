"""Numbers as a workbook shows them, where their format adds to them what the cell itself does not hold: noughts before (031000) and words
around (12 as 柳信公〔2026〕12号)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# A section of a format: words in quotes, one sign behind a stroke; what only makes room, a colour or a language (ECMA-376, 18.8.31).
_PIECE = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[[^\]]*\]|(General|G/通用格式|@|[0#?,.]+)|([^"\\_*\[\]0#?,.@])', re.I)
_PLAIN = re.compile("General|G/通用格式", re.I)
_NOTHING_WORDS = re.compile(r"[\s¥￥$\u20ac()%+\-/:Ee]*")
MOST_NOUGHTS = 20


@dataclass(frozen=True)
class Shown:
    """What a format puts around a number, and with how many digits at least it shows it."""

    before: str = ""
    after: str = ""
    digits: int = 0

    def of(self, text: str) -> str:
        """A number, as it is written in a cell, as it is shown."""
        whole, _, part = text.partition(".")
        if text.startswith("-") or not whole.isdigit() or (part and not part.isdigit()):
            return text
        if not self.before and not self.after:
            return text if part else whole.zfill(self.digits)
        return f"{self.before}{whole.zfill(self.digits)}{f'.{part}' if part else ''}{self.after}"


@lru_cache(maxsize=256)
def shown_by(code: str) -> Shown | None:
    """What a format adds that a reader of tables must know; None for one that only sets out the number (1,200.00, 12%), and for one of
    days or of parts."""
    section = _first_section(code)
    words, numbers = ["", ""], list[str]()
    for quoted, escaped, number, other in _PIECE.findall(section):
        if number:
            numbers.append(number)
        words[bool(numbers)] += quoted or escaped or other
    if len(numbers) != 1 or _as_a_fraction(section):
        return None
    digits = 0 if _PLAIN.fullmatch(numbers[0]) else numbers[0].partition(".")[0].count("0")
    before, after = ("" if _NOTHING_WORDS.fullmatch(text) else text.strip() for text in words)
    if not before and not after and (digits < 2 or set(numbers[0]) != {"0"}):
        return None
    return Shown(before, after, min(digits, MOST_NOUGHTS))


def _as_a_fraction(section: str) -> bool:
    """Whether a section sets a number out as a part of hundred, as a power, or as a day."""
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|General|G/通用格式', "", section, flags=re.I)
    return bool(re.search("[%EeymdhsYMDHS]", bare))


def _first_section(code: str) -> str:
    """The section for numbers that are not negative; the third, of noughts, and the fourth, of texts, are not asked for."""
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)[0]
