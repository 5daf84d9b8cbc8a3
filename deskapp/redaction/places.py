"""Where to cover, as somebody types it: lines, a part of a line, a part of the page."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from deskapp.errors import DeskError
from deskapp.redaction.deciding import NOTHING_CHANGED, Decisions

LINES = re.compile(r"([0-9]{1,4})(?: ?[-—–~至] ?([0-9]{1,4}))?")
PART = re.compile(r"([0-9]{1,4}) ?: ?([0-9]{1,4})(?: ?[-—–~至] ?([0-9]{1,4}))?")
PLACE = re.compile(r"([0-9.]{1,7})[ ,，、]+([0-9.]{1,7})[ ,，、]+([0-9.]{1,7})[ ,，、]+([0-9.]{1,7})")


@dataclass(frozen=True)
class CoverPlace:
    """What is meant: the ``kind`` is lines, part or place, with its numbers."""

    kind: str
    numbers: tuple[float, ...]

    def cover(self, decisions: Decisions, page: int, reason: str) -> None:
        """Cover it on a page. Raises DeskError where it is not there."""
        if self.kind == "place":
            left, top, right, bottom = self.numbers
            decisions.add_place(page, left, top, right, bottom, reason)
            return
        whole = [int(number) for number in self.numbers]
        if self.kind == "part":
            decisions.add_part(page, whole[0], whole[1], whole[2], reason)
        else:
            decisions.add_lines(page, whole[0], whole[1], reason)


def read_place(typed: str) -> CoverPlace:
    """A place as it is typed: 3, 3-5, 3:5-9, or four numbers in mm. Raises DeskError."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if found := LINES.fullmatch(text):
        return CoverPlace("lines", (int(found[1]), int(found[2] or found[1])))
    if found := PART.fullmatch(text):
        return CoverPlace("part", (int(found[1]), int(found[2]), int(found[3] or found[2])))
    if found := PLACE.fullmatch(text):
        try:
            return CoverPlace("place", tuple(float(number) for number in found.groups()))
        except ValueError:
            pass
    raise DeskError(
        f"看不懂【{typed.strip()}】。",
        NOTHING_CHANGED,
        "整行写 3 或者 3-5；第3行的第5至9个字写 3:5-9；页上一块写 左 上 右 下（毫米）。",
        "lines",
    )
