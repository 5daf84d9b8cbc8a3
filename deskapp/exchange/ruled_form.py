"""A printed form with ruled cells, read off a scan: it is set straight, its lines are found, what stands in each cell is read, and which of its
boxes are ticked is seen.

Lengths are pixels of the straight page. A line may be broken by noise and a little aslant; a cell is what four lines enclose.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from PIL import Image, ImageFilter

from deskapp.exchange.scans import Box, read_boxes

DARK = 150  # of 255: what is darker is ink
STEPS = [step / 4 for step in range(-16, 17)]  # degrees a page may lie aslant, looked at from a quarter to a quarter
FINE = [step / 20 for step in range(-4, 5)]
SMALL = 700  # pixels across, of the copy by which the slant is found
LONG, WHOLE = 0.3, 0.8  # of the page's width, of a row's height: so long is a line at least
LOWEST_MM = 5.0  # a row is at least so high
INSET = 5  # pixels inside of the lines of a cell
ALIKE = 0.6  # how much of a label must be read right
SIDE = (0.6, 1.6)  # of the height of a character: a box to be ticked
EDGE, RIM, FULL = (
    0.75,
    0.22,
    0.1,
)  # how much of its sides is ink, how wide they are, and how much ink inside of them is a tick


@dataclass(frozen=True)
class FormCell:
    """A cell that stands right of a label: what the label is, what was read in the cell, where it is."""

    label: str
    text: str
    box: Box


class RuledForm:
    """A straight page with its cells by their labels; ``title`` is what stands above them."""

    def __init__(self, page: Image.Image, dots: float, labels: Sequence[str]) -> None:
        self.page = straight(page)
        rows = cells_of(self.page, dots)
        boxes = [box for row in rows for box in row]
        above: Box = (0, 0, self.page.width, boxes[0][1] if boxes else self.page.height // 3)
        read = read_boxes(self.page, [above, *boxes], dots) if boxes else [""]
        self.title = "".join(read[0].split())
        texts = dict(zip(boxes, read[1:], strict=True))
        self.cells = {cell.label: cell for row in rows for cell in _labelled(row, texts, labels)}

    def ticked(self, label: str, options: Sequence[str]) -> list[str]:
        """Which of the boxes in the cell of a label are ticked; none where not as many boxes are seen as there are options."""
        cell = self.cells.get(label)
        if cell is None:
            return []
        inside = list(_ticks(self.page.crop(cell.box)))
        return (
            [option for option, on in zip(options, inside, strict=True) if on] if len(inside) == len(options) else []
        )


def straight(page: Image.Image) -> Image.Image:
    """A page in grey, turned so that its lines lie level."""
    grey = page.convert("L")
    small = grey.resize((SMALL, max(1, grey.height * SMALL // grey.width)))
    coarse = max(STEPS, key=lambda angle: _levelness(small, angle))
    best = max((coarse + fine for fine in FINE), key=lambda angle: _levelness(small, angle))
    return grey.rotate(best, Image.Resampling.BICUBIC, fillcolor=255) if best else grey


def _levelness(small: Image.Image, angle: float) -> float:
    """How unevenly ink is spread over the rows of a page that is turned: most where its lines lie level."""
    turned = small.rotate(angle, Image.Resampling.BILINEAR, fillcolor=255)
    means = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    middle = sum(means) / len(means)
    return sum((mean - middle) ** 2 for mean in means)


def cells_of(page: Image.Image, dots: float) -> list[list[Box]]:
    """The cells of a straight page, row by row from the top, each from the left."""
    ink = _ink(page).filter(ImageFilter.MaxFilter(5))
    lines = _lines(ink, LONG * page.width)
    rows = []
    for (_, top, left, right), (bottom, _, _, _) in itertools.pairwise(lines):
        if bottom - top < LOWEST_MM / 25.4 * dots:
            continue
        band = ink.crop((left, top, right, bottom)).transpose(Image.Transpose.TRANSPOSE)
        across = _lines(band, WHOLE * (bottom - top))
        rows.append(
            [
                (left + end + INSET, top + INSET, left + start - INSET, bottom - INSET)
                for (_, end, _, _), (start, _, _, _) in itertools.pairwise(across)
                if start - end > 4 * INSET
            ]
        )
    return [row for row in rows if row]


def _ink(page: Image.Image) -> Image.Image:
    return page.point([1 if grey < DARK else 0 for grey in range(256)])


def _lines(ink: Image.Image, long: float) -> list[tuple[int, int, int, int]]:
    """The level lines of at least some length: first and last row, where they begin and end."""
    content, wide = ink.tobytes(), ink.width
    found: list[tuple[int, int, int, int]] = []
    for n in range(ink.height):
        row = content[n * wide : (n + 1) * wide]
        run = max(row.split(b"\0"), key=len)
        if len(run) < long:
            continue
        start = row.find(run)
        if found and n - found[-1][1] <= 2:
            first, _, left, right = found[-1]
            found[-1] = (first, n, min(left, start), max(right, start + len(run)))
        else:
            found.append((n, n, start, start + len(run)))
    return found


def _labelled(row: Sequence[Box], texts: dict[Box, str], labels: Sequence[str]) -> Iterator[FormCell]:
    """The cells of a row that stand right of a label."""
    for box, after in itertools.pairwise(row):
        if label := which(texts[box], labels):
            yield FormCell(label, texts[after], after)


def which(text: str, labels: Sequence[str]) -> str:
    """The label that a text is, or most looks like; empty for none."""
    plain = "".join(text.split())
    alike = {label: SequenceMatcher(None, plain, label).ratio() for label in labels}
    best = max(alike, key=lambda label: alike[label])
    return best if alike[best] >= ALIKE else ""


def _ticks(cell: Image.Image) -> Iterator[bool]:
    """The boxes of a cell, line by line from the left: whether each is ticked."""
    ink = _ink(cell)
    for top, bottom in _spans(_sums(ink.transpose(Image.Transpose.TRANSPOSE), cell.height), 3):
        high = bottom - top
        if high < 12:
            continue
        line = ink.crop((0, top, ink.width, bottom))
        for left, right in _spans(_sums(line, ink.width), 1):
            if SIDE[0] * high <= right - left <= SIDE[1] * high:
                piece = line.crop((left, 0, right, high))
                if (on := _box_ticked(piece)) is not None:
                    yield on


def _sums(ink: Image.Image, count: int) -> list[int]:
    """How much ink each column holds."""
    turned, high = ink.transpose(Image.Transpose.TRANSPOSE).tobytes(), ink.height
    return [turned[n * high : (n + 1) * high].count(1) for n in range(count)]


def _spans(sums: Sequence[int], gap: int) -> list[tuple[int, int]]:
    """Where there is ink, gaps of so many closed."""
    spans: list[tuple[int, int]] = []
    for n, ink in enumerate(sums):
        if ink:
            if spans and n - spans[-1][1] < gap:
                spans[-1] = (spans[-1][0], n + 1)
            else:
                spans.append((n, n + 1))
    return spans


def _box_ticked(piece: Image.Image) -> bool | None:
    """Whether a piece is a box with something in it; None for what is no box: its four sides must be ink."""
    box = piece.getbbox()
    if box is None:
        return None
    piece = piece.crop(box)
    wide, high = piece.size
    if not 0.75 <= wide / high <= 1.35:
        return None
    rim = max(2, round(RIM * min(wide, high)))
    columns, rows = _sums(piece, wide), _sums(piece.transpose(Image.Transpose.TRANSPOSE), high)
    sides = (columns[:rim], columns[-rim:], rows[:rim], rows[-rim:])
    lengths = (high, high, wide, wide)
    if any(max(side) < EDGE * length for side, length in zip(sides, lengths, strict=True)):
        return None
    inside = piece.crop((rim, rim, wide - rim, high - rim))
    return inside.tobytes().count(1) > FULL * max(1, inside.width * inside.height)
