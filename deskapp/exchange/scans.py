"""The words of a scan, where this computer can read one: a picture, or the first pages of a PDF without text.

What reads it is decided here and nowhere else: rapidocr where the extra ``seeing`` is installed, since it reads printed pages better; else
tesseract with simplified Chinese; the boxes of a form by tesseract where it is there (docs/register.md has the measures). What a program
reads off a picture may be wrong: it is only looked for in, or proposed, and said to be so. Nothing of it is needed: without either (for a
PDF also what draws its pages) a scan stays one whose words are not known. The pages go through pipes, so that nothing of them touches a disk.
"""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.exchange import by_models, by_tesseract
from deskapp.exchange.page_pictures import PATIENCE_S, pictures_of
from deskapp.exchange.placed import PlacedText, in_lines

if TYPE_CHECKING:
    from PIL import Image

PAGES, DOTS = 5, 200  # of a PDF that are read, and how finely
APART = 40  # white rows between pieces that are laid below each other to be read
Box = tuple[int, int, int, int]


def reader() -> str:
    """What reads scans here: rapidocr, tesseract, or nothing."""
    return "rapidocr" if by_models.is_there() else "tesseract" if by_tesseract.is_there() else ""


def can_read() -> bool:
    """Whether this computer can read scans."""
    return bool(reader())


def words_of(path: Path) -> str:
    """What stands on a scan, as far as it is read; empty where it cannot be. Never raises for what is on it."""
    try:
        return words_in(path.read_bytes(), path.suffix.lower()) if can_read() else ""
    except OSError:
        return ""


def words_in(content: bytes, ending: str, most: int = PAGES) -> str:
    """The same of the bytes of a picture, or of the first ``most`` pages of a PDF."""
    if not can_read():
        return ""
    try:
        pages = pictures_of(content, most, DOTS, gray=True) if ending == ".pdf" else iter([content])
        return "\n".join(filter(None, map(_page, pages)))
    except (OSError, subprocess.SubprocessError):
        return ""


def _page(picture: bytes) -> str:
    read: Callable[[bytes, float], str] = by_models.text_of if reader() == "rapidocr" else by_tesseract.text_of
    return read(picture, PATIENCE_S)


def placed_on(picture: bytes, dots: float, patience_s: float = PATIENCE_S) -> list[PlacedText]:
    """What is read off a picture of so many dots to the inch, piece by piece with its place. Raises OSError where the reader cannot be
    started, SubprocessError where it takes longer or gives up."""
    if reader() == "rapidocr":
        return by_models.lines_of(picture, patience_s)
    return by_tesseract.words_of(picture, dots, patience_s)


def read_boxes(page: Image.Image, boxes: Sequence[Box], dots: float, patience_s: float = PATIENCE_S) -> list[str]:
    """What stands in each of some boxes of a page, line by line. Raises as :func:`placed_on`.

    Here tesseract comes first: it reads numbers that somebody wrote into a form much better. It reads a table badly, whose lines stand at
    different heights side by side, so for it the boxes are laid below each other.
    """
    if not by_tesseract.is_there():
        pieces = by_models.lines_of(_png(page), patience_s)
        return [_joined([p for p in pieces if _inside(p.middle, box)]) for box in boxes]
    wide = max((box[2] - box[0] for box in boxes), default=1)
    high = sum(box[3] - box[1] + APART for box in boxes)
    from PIL import Image

    column, tops, at = Image.new("L", (wide + 2 * APART, high + APART), 255), [], APART
    for box in boxes:
        column.paste(page.crop(box), (APART, at))
        tops.append(at)
        at += box[3] - box[1] + APART
    pieces = by_tesseract.words_of(_png(column), dots, patience_s)
    spans = [(top - APART / 2, top + box[3] - box[1] + APART / 2) for top, box in zip(tops, boxes, strict=True)]
    return [_joined([p for p in pieces if first <= p.middle[1] < last]) for first, last in spans]


def _inside(point: tuple[float, float], box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _joined(pieces: Sequence[PlacedText]) -> str:
    return "\n".join(by_tesseract.joined(" ".join(piece.text for piece in line)) for line in in_lines(pieces))


def _png(page: Image.Image) -> bytes:
    file = io.BytesIO()
    page.save(file, "PNG")
    return file.getvalue()
