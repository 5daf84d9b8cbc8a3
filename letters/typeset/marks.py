"""What stands beside what on a line: the blank halves of marks, the room between Chinese and Latin, how far a mark is squeezed.

Shares are of one em (measured on the page by a typographer; GB/T 9704-2012 leaves them to the setter). A quotation mark is half
an em wide: the shipped 仿宋 has it so, and one of a full em gives up its blank half. Of two marks that touch one gives up the blank
half between them: ：“ and ”。 are an em and a half together.
"""

from __future__ import annotations

from typing import Literal

NO_START = frozenset("，。、；：？！”’）》〉】〕」』％℃‰…—·,.;:?!)]}%")
NO_END = frozenset("“‘（《〈【〔「『([{")
OPENING = frozenset("（《〈【〔「『")  # blank in their left half
CLOSING = frozenset("，。、；：）》〉】〕」』")  # blank in their right half
QUOTE_OPENS, QUOTE_CLOSES = frozenset("“‘"), frozenset("”’")
HALF = 0.5
NARROW = 0.75  # em; a narrower mark has no blank half
LATIN_GAP = 3 / 32
SQUEEZED, MOST_SQUEEZED = 0.25, 3  # of each mark at the most; so many marks of a line
EASY_GAP = 1 / 16  # between any two characters, to fill a line
WIDEST_GAP = 1 / 8  # where nothing else helps; a line that is still too short stays so

Sort = Literal["other", "han", "latin", "opening", "closing", "quote_opens", "quote_closes"]
LEFT_BLANK: tuple[Sort, ...] = ("opening", "quote_opens")
RIGHT_BLANK: tuple[Sort, ...] = ("closing", "quote_closes")
SORTS: tuple[Sort, ...] = ("other", "han", "latin", *LEFT_BLANK, *RIGHT_BLANK)
_LISTED: dict[str, Sort] = {
    **dict.fromkeys(OPENING, "opening"),
    **dict.fromkeys(CLOSING, "closing"),
    **dict.fromkeys(QUOTE_OPENS, "quote_opens"),
    **dict.fromkeys(QUOTE_CLOSES, "quote_closes"),
    **dict.fromkeys("〇", "han"),
}


def sort_of(char: str, width: float) -> Sort:
    """What a character so many em wide is to its neighbours."""
    listed = _LISTED.get(char)
    if listed:
        return listed if width > NARROW else "other"
    if "\u3400" <= char <= "\u9fff" or char >= "\U00020000":
        return "han"
    return "latin" if char < "\u2000" and char.isalnum() else "other"


def _join(before: Sort, after: Sort) -> float:
    if before in RIGHT_BLANK and after in RIGHT_BLANK + LEFT_BLANK:
        return -HALF
    if before in LEFT_BLANK and after in LEFT_BLANK:
        return -HALF
    if before == "quote_closes" or (after == "quote_opens" and before in ("han", *RIGHT_BLANK)):
        return -HALF
    return LATIN_GAP if {before, after} == {"han", "latin"} else 0.0


# Room between two neighbours beyond their own widths, in em; negative where a blank half goes.
JOIN: dict[tuple[Sort, Sort], float] = {(a, b): _join(a, b) for a in SORTS for b in SORTS}
