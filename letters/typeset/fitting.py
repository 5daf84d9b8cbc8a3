"""One page where one page will do: an ordered list of steps, of which the first that suffices is taken, and no more of it than
is needed.

(a) the row above the lower red line of 信函格式 is used; (b), (c) the rows stand closer, to 27.3 pt and then to 25.8 pt; (d) who can be
asked stands at the end of the closing paragraph. The boxes of a form give up a row each, then two. Where nothing suffices, the
letter has two pages at the usual pitch, and a short last paragraph goes to the second one whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from letters.document import Block, Document, Paragraph, Sheet, Table
from letters.typeset.grid import BODY, HEIGHT, PITCH, ROWS, TOP, row_top
from letters.typeset.limits import CLOSER, CLOSEST, LAST_ROW, LOWER_BY, LOWEST_BOX
from letters.typeset.page_frame import LOWER_RULE
from letters.typeset.setting import Setter, TextRows
from letters.typeset.typesetting import Metrics

Step = Literal["", "last_row", "closer", "closest"]
EPSILON = 0.001


@dataclass(frozen=True)
class Fit:
    """The rows of a text and how they are set: whether on ``one_page``, by which ``step``, at what ``pitch`` from which row on, with
    the note inside the closing paragraph, with boxes so many rows lower."""

    rows: TextRows
    one_page: bool
    step: Step = ""
    pitch: float = PITCH
    close_from: int = 0
    note_inside: bool = False
    lower: int = 0

    @property
    def said(self) -> str:
        """What was done, for people; empty when nothing had to be."""
        done = [f"表格里的空格各少{self.lower}行"] if self.lower else []
        done += ["联系方式接在正文末尾"] if self.note_inside else []
        if self.step == "last_row":
            done.append("末行用到红线上方")
        elif self.step:
            done.append(f"行距调到{self.pitch:.1f}磅")
        return f"{'，'.join(done)}，正好一页。" if done else ""


@dataclass(frozen=True)
class _Room:
    """Where the rows of page one may stand: from row ``first`` on, the row before it empty, above the rows of a foot; ``red`` where
    a red line ends the page."""

    first: int
    foot: int
    red: bool

    def of(self, count: int) -> tuple[Step, float] | None:
        """The step and the pitch at which so many rows fit; None where none does."""
        free = ROWS - self.first - (self.foot + 1 if self.foot else 0)
        if count <= free:
            return "", PITCH
        if self.red and count <= free + 1:
            return "last_row", PITCH
        pitch = self._pitch(count)
        if pitch < CLOSEST.pt - EPSILON:
            return None
        return ("closer" if pitch >= CLOSER.pt else "closest"), pitch

    @property
    def close_from(self) -> int:
        """The first row that stands closer: the empty one before the text."""
        return max(self.first - 1, 0)

    def _pitch(self, count: int) -> float:
        """The widest pitch at which so many rows, and the empty one before them, fit."""
        top, rows = row_top(self.close_from), count + self.first - self.close_from
        if self.red:
            return (LOWER_RULE - LAST_ROW.pt - BODY / 2 - top) / (rows - 0.5)
        if self.foot:
            return (row_top(ROWS - self.foot) - top) / (rows + 1)
        return (TOP + HEIGHT - top) / rows


def best_fit(document: Document, metrics: Metrics, first: int, foot: int) -> Fit:
    """How the main text of a document is set, its first row being ``first`` and so many rows standing at the foot of its page."""
    red = document.paper in ("letter", "preprinted") and not foot
    return _first_that_fits(_letters(document, metrics), _Room(first, foot, red))


def best_sheet(document: Document, sheet: Sheet, metrics: Metrics, first: int) -> Fit:
    """How a further sheet is set."""
    return _first_that_fits(_sheets(document, sheet, metrics), _Room(first, 0, red=False))


def _first_that_fits(tries: Iterator[tuple[Fit, Setter]], room: _Room) -> Fit:
    """The first way of setting that fits one page; else the usual one."""
    usual: Fit | None = None
    for fit, setter in tries:
        usual = usual or fit
        if not fit.rows.text:
            break
        found = room.of(fit.rows.count)
        if found is None:
            continue
        step, pitch = found
        if pitch == PITCH:
            return replace(fit, one_page=True, step=step)
        rows = setter.closer(pitch) if setter.has_boxes else fit.rows
        if rows.count == fit.rows.count:
            return replace(fit, rows=rows, one_page=True, step=step, pitch=pitch, close_from=room.close_from)
    assert usual is not None
    return usual


def _letters(document: Document, metrics: Metrics) -> Iterator[tuple[Fit, Setter]]:
    """The ways to set a document, in their order."""
    setter = Setter(document, metrics)
    usual = setter.rows()
    yield Fit(usual, one_page=False), setter
    if setter.has_boxes:
        for by in range(1, LOWER_BY + 1):
            lower = Setter(replace(document, body=_lower(document.body, by)), metrics)
            yield Fit(lower.rows(), one_page=False, lower=by), lower
    elif document.note and document.body and _is_body(document.body[-1]):
        inside = replace(setter, note_inside=True)
        rows = inside.rows()
        if rows.count < usual.count:
            yield Fit(rows, one_page=False, note_inside=True), inside


def _sheets(document: Document, sheet: Sheet, metrics: Metrics) -> Iterator[tuple[Fit, Setter]]:
    """The ways to set a further sheet: its blocks and nothing else."""
    alone = replace(document, addressee="", attachments=(), signature="", note="")
    for by in range(LOWER_BY + 1):
        setter = Setter(replace(alone, body=_lower(sheet.blocks, by)), metrics)
        yield Fit(setter.rows(), one_page=False, lower=by), setter


def _lower(blocks: tuple[Block, ...], by: int) -> tuple[Block, ...]:
    """The blocks with boxes that are higher than their text so many rows lower."""
    return tuple(
        replace(
            block, rows=tuple(replace(row, rows=max(min(row.rows, LOWEST_BOX), row.rows - by)) for row in block.rows)
        )
        if isinstance(block, Table)
        else block
        for block in blocks
    )


def _is_body(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style == "body" and bool(block.text)
