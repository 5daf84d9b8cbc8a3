"""The copy that is given out: every page a picture, what is covered black in the picture itself, 区分处理件 on each page.

Nothing of the source but the pixels outside of the boxes comes into the copy: no text, no metadata, no layers, no comments, no thumbnails,
no earlier state. Greys are sixteen, so that paper stays small and a box is wholly black.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.errors import DeskError
from deskapp.redaction.deciding import MM, Decisions
from deskapp.redaction.pages import Area
from deskapp.redaction.reading import Drawn, draw_pages
from letters.pdf.fonts import FontBook
from letters.pdf.raster import GreyPicture, print_pictures

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

MARK, NOT_YET = "区分处理件", "待核，不得提供"
MARK_MM, MARGIN_MM, RIM_MM = (
    4.2,
    6.0,
    1.2,
)  # the height of its letters, its distance from the edge, the white around it
BLACK, WHITE, GREYS = 0, 255, 17  # 255 = 15 x 17
UNSEEN = "unseen"  # the code of a refusal to make a copy of pages that nobody confirmed
NOT_MADE = "复制件没有做成。"


@dataclass(frozen=True)
class GivenCopy:
    """A copy ready to be given out, and the sums of source and copy."""

    pdf: bytes
    pages: int
    sha256: str
    source_sha256: str


def make_copy(path: Path, decisions: Decisions, fonts: FontBook, day: date, source_sha256: str) -> GivenCopy:
    """The copy of a paper. ``source_sha256`` is the sum of the file that was looked at. Raises DeskError while a page is not confirmed, or
    when the file is another one by now."""
    waiting = [page.page.number for page in decisions.pages if not page.confirmed_by]
    if waiting or not decisions.ready:
        raise DeskError(
            f"第{'、'.join(map(str, waiting))}页还没有核定。", NOT_MADE, "逐页看过、核定以后再做。", code=UNSEEN
        )
    if sum_of(path) != source_sha256:
        raise DeskError("文件在看的时候被改过了。", NOT_MADE, "请返回，重新打开，逐页再核。", code=UNSEEN)
    numbers = decisions.numbers
    pdf = print_pictures(_covered(path, decisions, numbers, fonts), title=MARK, day=day)
    return GivenCopy(pdf, len(numbers), hashlib.sha256(pdf).hexdigest(), source_sha256)


def page_as_given(path: Path, decisions: Decisions, number: int, fonts: FontBook) -> bytes:
    """One page as it will be given out, to be looked at: a PDF that says that it is not confirmed while it is not. Raises DeskError."""
    return print_pictures(_covered(path, decisions, (number,), fonts), title=MARK)


def sum_of(path: Path) -> str:
    """The SHA-256 of a file. Raises DeskError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DeskError("文件读不出来。", NOT_MADE, "请看文件还在不在。") from error


def _covered(path: Path, decisions: Decisions, numbers: Sequence[int], fonts: FontBook) -> Iterator[GreyPicture]:
    for drawn in draw_pages(path, tuple(numbers)):
        page = decisions[drawn.number]
        mark = f"{MARK}　第{drawn.number}页，共{decisions.total}页"
        yield burnt(drawn, page.boxes(), mark if page.confirmed_by else NOT_YET, fonts)


def burnt(drawn: Drawn, boxes: Iterable[Area], mark: str, fonts: FontBook) -> GreyPicture:
    """A page with its boxes black and its mark in the upper right corner."""
    from PIL import Image, ImageDraw

    picture = Image.frombytes("L", (drawn.width, drawn.height), drawn.pixels())
    pen = ImageDraw.Draw(picture)
    k = drawn.dots / 72
    _set_mark(pen, mark, drawn, fonts)
    for box in boxes:
        corner = (int(box.left * k), int(box.top * k))
        pen.rectangle(
            (*corner, max(corner[0], int(box.right * k) + 1), max(corner[1], int(box.bottom * k) + 1)), fill=BLACK
        )
    return GreyPicture(drawn.width, drawn.height, _in_sixteen(picture), drawn.width / k, drawn.height / k)


def _set_mark(pen: ImageDraw.ImageDraw, mark: str, drawn: Drawn, fonts: FontBook) -> None:
    """The mark on white, in a thin frame; below the boxes, which nothing may lighten."""
    from PIL import ImageFont

    mm = drawn.dots / 72 * MM
    font = ImageFont.truetype(str(fonts.faces["hei"].path), max(8, round(MARK_MM * mm)))
    wide = pen.textlength(mark, font=font)
    right, top, rim = drawn.width - MARGIN_MM * mm, MARGIN_MM * mm, RIM_MM * mm
    frame = (right - wide - 2 * rim, top, right, top + MARK_MM * mm + 2 * rim)
    pen.rectangle(frame, fill=WHITE, outline=BLACK, width=max(1, round(mm / 5)))
    pen.text((frame[0] + rim, top + rim), mark, font=font, fill=BLACK, anchor="lt")


def _in_sixteen(picture: Image.Image) -> bytes:
    """The rows in four bits a pixel."""
    from PIL import Image

    wide = picture.width + picture.width % 2
    if wide != picture.width:
        even = Image.new("L", (wide, picture.height), WHITE)
        even.paste(picture)
        picture = even
    high = picture.tobytes().translate(bytes(min(15, round(grey / GREYS)) << 4 for grey in range(256)))
    low = picture.tobytes().translate(bytes(min(15, round(grey / GREYS)) for grey in range(256)))
    return (int.from_bytes(high[0::2]) | int.from_bytes(low[1::2])).to_bytes(len(high) // 2)
