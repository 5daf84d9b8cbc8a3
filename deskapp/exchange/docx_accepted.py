"""A docx as whoever reads it on paper sees it: tracked changes accepted, hidden and struck words gone, boxes of forms opened.

The kept library reads the paragraphs and tables that stand directly in the body, and of a paragraph the runs that stand directly in it:
what was inserted under tracking, or lies in a content control, it passes over, and what is struck it reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GONE, COME = ("del", "moveFrom"), ("ins", "moveTo")  # tracked, and what becomes of them when they are accepted
BOXES = ("sdt", "smartTag", "customXml")
UNSEEN = ("vanish", "strike", "dstrike")
OFF = ("0", "false", "off", "none")


@dataclass(frozen=True)
class Accepted:
    """How many tracked changes were taken for accepted, how many runs of hidden or struck words were left out."""

    changes: int
    unseen: int

    @property
    def sentence(self) -> str:
        """Both, for people; empty where there were none."""
        said = f"文件里有{self.changes}处修订没有接受，照接受以后的核对。" if self.changes else ""
        return said + (f"有{self.unseen}处隐藏或者划掉的字没有看。" if self.unseen else "")


def accept(body: Any) -> Accepted:
    """Change the body of a document (its XML) so; what was done."""
    changes = 0
    for tag in GONE:
        for mark in list(body.iter(W + tag)):
            changes += 1
            _drop(mark)
    unseen = [run for run in body.iter(W + "r") if _is_unseen(run)]
    for run in unseen:
        run.getparent().remove(run)
    for tag in COME:
        for mark in list(body.iter(W + tag)):
            changes += 1
            _open(mark, mark)
    for tag in BOXES:
        for box in list(body.iter(W + tag)):
            _open(box, box.find(W + "sdtContent") if tag == "sdt" else box)
    return Accepted(changes, len(unseen))


def _drop(mark: Any) -> None:
    """Take what was deleted away: of a row the whole row, of a paragraph's end only the mark."""
    parent = mark.getparent()
    if parent is None:
        return
    if parent.tag == W + "trPr":
        row = parent.getparent()
        row.getparent().remove(row)
    else:
        parent.remove(mark)


def _open(outer: Any, inner: Any) -> None:
    """Put what lies in ``inner`` in the place of ``outer``; of a mark on a row or a paragraph's end only the mark goes."""
    parent = outer.getparent()
    if parent is None:
        return
    if parent.tag in (W + "trPr", W + "rPr") or inner is None:
        parent.remove(outer)
        return
    place = parent.index(outer)
    for n, child in enumerate(list(inner)):
        parent.insert(place + n, child)
    parent.remove(outer)


def _is_unseen(run: Any) -> bool:
    of = run.find(W + "rPr")
    if of is None:
        return False
    marks = (of.find(W + name) for name in UNSEEN)
    return any(mark is not None and mark.get(W + "val", "1").lower() not in OFF for mark in marks)
