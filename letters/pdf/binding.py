"""Binding: the papers of a case as one file, in their order, with the number of each page at its upper right and a mark for each paper.

The first part gives the file its metadata, its language and its output intent: it is one of the press's own, so the whole is PDF/A-2b as
long as every other part is fit for it (the press's own letters, and pictures by :mod:`letters.pdf.pictures`). Where one is not,
nothing is claimed: the metadata go. What a page of others could do by itself (actions, fields, notes laid on it) is left behind.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, ByteStringObject, NameObject

from letters.document import Line, Page, Span
from letters.errors import PressError
from letters.pdf.fonts import FontBook
from letters.pdf.press import print_pages
from letters.typeset.grid import MM, PAGE_HEIGHT, PAGE_WIDTH

SIZE, TOP_MM, RIGHT_MM = 10.5, 12.0, 15.0  # 5号, 12 mm below the upper edge, ending 15 mm from the right one
LEFT_BEHIND = (
    "/AA",
    "/Annots",
    "/B",
    "/Metadata",
    "/PieceInfo",
    "/StructParents",
    "/Tabs",
    "/Thumb",
    "/Trans",
    "/PresSteps",
    "/AF",
)
_LEFT_IN_CATALOG = ("/AcroForm", "/AA", "/OpenAction", "/Names", "/OCProperties", "/StructTreeRoot", "/MarkInfo")


@dataclass(frozen=True)
class BoundPart:
    """A paper to be bound: its title, its pages as a PDF; whether its pages are counted (a cover's are not), and whether they are fit
    for an archive's PDF."""

    title: str
    pdf: bytes
    counted: bool = True
    archival: bool = True


@dataclass(frozen=True)
class Bound:
    """The bound file, how many of its pages are counted, and whether it is PDF/A."""

    pdf: bytes
    pages: int
    archival: bool


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has. Raises PressError for what is none."""
    try:
        return len(PdfReader(io.BytesIO(pdf)).pages)
    except (PyPdfError, KeyError, ValueError, TypeError, OSError, RecursionError) as error:
        raise PressError("这份材料不是完好的 PDF。") from error


def bind(parts: Sequence[BoundPart], fonts: FontBook) -> Bound:
    """The parts as one PDF; the first must be one of the press's own. The same parts make the same bytes. Raises PressError naming the
    part that cannot be bound."""
    archival = all(part.archival for part in parts)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(parts[0].pdf)))
    counts = [page_count(part.pdf) for part in parts]
    counted = sum(count for part, count in zip(parts, counts, strict=True) if part.counted)
    stamps = iter(_stamps(counted, fonts))
    for n, part in enumerate(parts):
        try:
            _lay(writer, part, n == 0, stamps)
        except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, OSError, RecursionError) as error:
            raise PressError(f"“{part.title}”的 PDF 有毛病，不能合订。请另存一份再入卷。") from error
    for key in _LEFT_IN_CATALOG if archival else (*_LEFT_IN_CATALOG, "/Metadata"):
        writer.root_object.pop(NameObject(key), None)
    writer.compress_identical_objects()  # and nothing hides in it that no page shows
    half = ByteStringObject(hashlib.md5(b"".join(part.pdf for part in parts), usedforsecurity=False).digest())
    writer._ID = ArrayObject([half, half])
    out = io.BytesIO()
    writer.write(out)
    return Bound(out.getvalue(), counted, archival)


def _lay(writer: PdfWriter, part: BoundPart, first: bool, stamps: Iterator[PageObject]) -> None:
    """The pages of a part at the end, those of the first one being there already."""
    begin = 0 if first else len(writer.pages)
    if not first:
        for page in PdfReader(io.BytesIO(part.pdf)).pages:
            for key in LEFT_BEHIND:
                page.pop(NameObject(key), None)
            added = writer.add_page(page)
            if part.counted:
                _stamp(added, next(stamps))
    writer.add_outline_item(part.title, begin)


def _stamp(page: PageObject, stamp: PageObject) -> None:
    """The stamp at the upper right of a page, however it lies and however large it is."""
    page.transfer_rotation_to_content()
    box = page.mediabox
    shift = Transformation().translate(float(box.right) - PAGE_WIDTH, float(box.top) - PAGE_HEIGHT)
    page.merge_transformed_page(stamp, shift)


def _stamps(count: int, fonts: FontBook) -> Sequence[PageObject]:
    """A page for each number, with nothing else on it."""
    if not count:
        return ()
    pages = [Page((_number(str(n), fonts),)) for n in range(1, count + 1)]
    made = print_pages(pages, fonts, title="页号", author="")
    return PdfReader(io.BytesIO(made)).pages


def _number(text: str, fonts: FontBook) -> Line:
    face = fonts.face_for(text[0], "song")
    width = sum(fonts.advance(face, char) for char in text) * SIZE / 1000
    return Line(TOP_MM * MM, (Span(text, face, SIZE, PAGE_WIDTH - RIGHT_MM * MM - width),))
