"""How far a letter may be set closer so that one page will do, each measure with its source (GB/T 9704-2012) and whether its
wording was read or is general knowledge of the standard.

Type, margins and the head stay. The standard itself has pitch and tracking changed where seal or date find no room.
"""

from __future__ import annotations

from dataclasses import dataclass

from letters.typeset.grid import BODY


@dataclass(frozen=True)
class Limit:
    """A measure in pt: where it comes from, and whether that was read."""

    pt: float
    source: str
    read: bool


LAST_ROW = Limit(BODY * 7 / 8, "GB/T 9704-2012 10.1: from the lower red line to the row above it", read=False)  # [G]
CLOSER = Limit(27.3, "a typographer's first step of pitch, of 28.99", read=True)
CLOSEST = Limit(25.8, "a typographer's floor of pitch, 1.6 times the type", read=True)
LOWEST_BOX = 2  # rows; a place to sign and date is never lower
LOWER_BY = 2  # rows that a box of a form gives up at the most
