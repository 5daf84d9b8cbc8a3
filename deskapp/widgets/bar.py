"""The bar beside what is longer than its room: which of its pieces stands in a line."""

from __future__ import annotations

from typing import Literal


def piece_of_bar(y: int, height: int, every: int, top: int) -> Literal["thumb", "bar"] | None:
    """The piece in line ``y`` of a room of ``height`` lines that shows ``every`` lines from ``top`` on; None when all are in
    sight."""
    if every <= height:
        return None
    thumb = max(height * height // every, 1)
    first = round(top / (every - height) * (height - thumb))
    return "thumb" if first <= y < first + thumb else "bar"
