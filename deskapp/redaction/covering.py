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
    from PIL import Image

MARK, NOT_YET = "区分处理件", "待核，不得提供"
MARK_MM, MARGIN_MM, RIM_MM = (
    4.2,
    6.0,
    1.2,
)  # the height of its letters, its distance from the edge, the white around it
EMPTY = 200  # a place with nothing darker is empty: paper is grey, and lettered through
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
    """A page with its boxes black and its mark in the upper right corner, above the page where that is not empty."""
    from PIL import Image, ImageDraw

    picture = Image.frombytes("L", (drawn.width, drawn.height), drawn.pixels())
    pen = ImageDraw.Draw(picture)
    k = drawn.dots / 72
    for box in boxes:
        corner = (int(box.left * k), int(box.top * k))
        pen.rectangle(
            (*corner, max(corner[0], int(box.right * k) + 1), max(corner[1], int(box.bottom * k) + 1)), fill=BLACK
        )
    picture = _marked(picture, mark, drawn.dots, fonts)
    return GreyPicture(picture.width, picture.height, _in_sixteen(picture), picture.width / k, picture.height / k)


def _marked(picture: Image.Image, mark: str, dots: float, fonts: FontBook) -> Image.Image:
    """The page with its mark on white in a thin frame, in the upper right corner. Where something stands there, or the page is too narrow,
    the page gets a strip above for it: the mark takes nothing away."""
    from PIL import Image, ImageDraw, ImageFont

    mm = dots / 72 * MM
    font = ImageFont.truetype(str(fonts.faces["hei"].path), max(8, round(MARK_MM * mm)))
    rim, margin = RIM_MM * mm, MARGIN_MM * mm
    wide = ImageDraw.Draw(picture).textlength(mark, font=font) + 2 * rim
    high = MARK_MM * mm + 2 * rim
    right, top = picture.width - margin, margin
    left, above = round(right - wide - rim), round(top - rim)
    place = picture.crop((left, above, round(right + rim), round(top + high + rim)))
    if left < 0 or above + place.height > picture.height or _darkest(place) < EMPTY:
        strip = round(high + 2 * rim)
        roomy = Image.new("L", (max(picture.width, round(wide + 2 * rim)), picture.height + strip), WHITE)
        roomy.paste(picture, (0, strip))
        picture, right, top = roomy, roomy.width - rim, rim
    pen = ImageDraw.Draw(picture)
    pen.rectangle((right - wide, top, right, top + high), fill=WHITE, outline=BLACK, width=max(1, round(mm / 5)))
    pen.text((right - wide + rim, top + rim), mark, font=font, fill=BLACK, anchor="lt")
    return picture


def _darkest(picture: Image.Image) -> int:
    """The darkest grey of a picture."""
    return next(grey for grey, count in enumerate(picture.histogram()) if count)


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
