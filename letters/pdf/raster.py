"""Pictures as the pages of a PDF/A-2b that holds nothing else: no text, no fonts, no layers, no earlier state."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.pdfbase import pdfdoc

from letters.pdf.archive import Source, add, identifier, info_of, metadata, output_intent, stream
from letters.pdf.press import PDF_VERSION

SMALL = 9  # level of compression: a picture is made once and sent often


@dataclass(frozen=True)
class GreyPicture:
    """A page as a picture of sixteen greys: ``rows`` has two pixels a byte, rows padded to whole bytes; the size of the page is in pt."""

    columns: int
    lines: int
    rows: bytes
    width: float
    height: float


def print_pictures(pictures: Iterable[GreyPicture], *, title: str, day: date | None = None) -> bytes:
    """The bytes of the PDF, the same for the same pictures. The title and the day are all that it says of itself."""
    document: Any = pdfdoc.PDFDocument(invariant=1, pdfVersion=PDF_VERSION)
    tree = Source("")
    parent = add(document, tree)
    kids, sums = [], []
    for picture in pictures:
        sums.append(f"{zlib.crc32(picture.rows):08x}")
        kids.append(_page(document, parent, picture))
    tree.write(f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>")
    document.Catalog = Source(
        f"<< /Type /Catalog /Pages {parent} /Lang (zh-CN) /ViewerPreferences << /DisplayDocTitle true >> "
        f"/Metadata {add(document, metadata(title, '', day))} /OutputIntents [{output_intent(document)}] >>"
    )
    document.info = info_of(title, "", day)
    document._ID = identifier(title, *sums)
    return bytes(document.format())


def _page(document: Any, parent: str, picture: GreyPicture) -> str:
    entries = (
        f"/Type /XObject /Subtype /Image /Width {picture.columns} /Height {picture.lines} /ColorSpace /DeviceGray "
        "/BitsPerComponent 4 /Interpolate false /Filter /FlateDecode"
    )
    image = add(document, stream(zlib.compress(picture.rows, SMALL), entries))
    size = f"{picture.width:.2f} {picture.height:.2f}"
    drawn = f"q {picture.width:.2f} 0 0 {picture.height:.2f} 0 0 cm /P Do Q".encode("ascii")
    content = add(document, stream(drawn, ""))
    return add(
        document,
        Source(
            f"<< /Type /Page /Parent {parent} /MediaBox [0 0 {size}] /Resources << /XObject << /P {image} >> >> "
            f"/Contents {content} >>"
        ),
    )
