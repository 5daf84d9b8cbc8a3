"""A paper on file as pages that can be bound: pictures laid on pages; a PDF of others as pictures of its pages, unless it says it is
PDF/A itself; made in a process with limits."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deskapp.errors import DeskError
from deskapp.exchange.apart import Apart
from deskapp.exchange.page_pictures import can_draw, pictures_of
from deskapp.papers.looking import AGAIN

DOTS = 200  # an inch, of a page that becomes a picture
NOTHING = "案卷没有做成。"
_CLAIMS = re.compile(rb"pdfaid:part(?:>|=[\"'])\s*[123]")
PICTURES = (".jpg", ".png", ".tif")


@dataclass(frozen=True)
class Bindable:
    """The pages of a paper as a PDF, and whether an archive's PDF may hold them."""

    pdf: bytes
    archival: bool


def bindable(content: bytes, ending: str, shown: str) -> Bindable | None:
    """A paper's file as pages; None for a kind that has none (a Word file). Raises DeskError for one that cannot be read."""
    if ending not in (*PICTURES, ".pdf"):
        return None
    source = "deskapp.papers.pages:things_of"
    found: Bindable = next(
        iter(Apart(source, content, ending, shown, size=len(content), nothing=NOTHING, advice=AGAIN))
    )
    return found


def things_of(content: bytes, ending: str, shown: str) -> Iterator[Bindable]:
    """What the other process sends. Raises DeskError."""
    from letters.pdf.pictures import picture_pages

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it finds is said by us
    try:
        if ending in PICTURES:
            yield Bindable(picture_pages([content]), True)
        elif _CLAIMS.search(content) or not can_draw():
            yield Bindable(_plain(content), bool(_CLAIMS.search(content)))
        else:
            yield Bindable(picture_pages(_photographed(content)), True)
    except MemoryError:
        raise
    except Exception as error:  # the readers of damaged files raise what they happen to meet
        raise DeskError(
            f"【{shown}】的文件读不下去，多半已经损坏。", NOTHING, "请重新扫描，移出旧的再入卷。"
        ) from error


def _plain(content: bytes) -> bytes:
    """The pages of a PDF without its encryption."""
    from pypdf import PdfReader, PdfWriter

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        reader.decrypt("")
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _photographed(content: bytes) -> Iterator[bytes]:
    """Each page of a PDF as a JPEG. Raises ValueError where one cannot be drawn."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        reader.decrypt("")
    made, pages = 0, len(reader.pages)
    for picture in pictures_of(content, pages, DOTS):
        made += 1
        yield picture
    if made < pages:
        raise ValueError(f"page {made + 1} has no picture")
