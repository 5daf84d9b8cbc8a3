"""How typed words stand on paper: quotation marks alternate, a sentence ends once, digits are half-width, a sign that no
face has is spelled.

Facts stay as they were typed; what is printed is set right. GB/T 15834-2011 4.8.3.1: ‘ ’ inside “ ”, and “ ” again inside
those.
"""

from __future__ import annotations

import re

PAIRS = ("“”", "‘’")
OPENING, CLOSING = "“‘", "”’"
FULL_DIGITS = {0xFF10 + n: str(n) for n in range(10)}
SPELLED = {ord("≒"): "≈"}
_STOP_TWICE = re.compile(r"([。！？])([”’]+)。")
_STOP_INSIDE = re.compile(r"。([”’]+)(?=[，；、])")
_DIGITS_AND_HYPHEN = re.compile(r"(?<=[0-9])[－﹣](?=[0-9])")


def worded(text: str) -> str:
    """A text as it is printed."""
    text = _DIGITS_AND_HYPHEN.sub("-", text.translate(FULL_DIGITS | SPELLED))
    return _one_stop(_alternating(text)) if any(mark in text for mark in CLOSING) else text


def _one_stop(text: str) -> str:
    """。”。 ends once, and what is quoted in the middle of a sentence does not end it."""
    once = _STOP_INSIDE.sub(r"\1", _STOP_TWICE.sub(r"\1\2", text))
    return once if once == text else _one_stop(once)


def _alternating(text: str) -> str:
    """Quotation marks inside others of the same kind become the other kind; a text whose marks do not pair is left alone."""
    done: list[str] = []
    open_: list[int] = []  # the kind of each quotation that is open, the outermost first
    for at, char in enumerate(text):
        if char in OPENING:
            open_.append(1 - open_[-1] if open_ else OPENING.index(char))
            done.append(PAIRS[open_[-1]][0])
        elif char in CLOSING and not _apostrophe(text, at):
            if not open_:
                return text
            done.append(PAIRS[open_.pop()][1])
        else:
            done.append(char)
    return text if open_ else "".join(done)


def _apostrophe(text: str, at: int) -> bool:
    """Whether the mark stands inside a foreign word."""
    around = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    return text[at] == "’" and len(around) == 2 and around.isascii() and around.isalpha()
