"""Copies: a frozen letter with 副本 on every page, in a file of its own. The frozen bytes are only read."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from letters.document import Line, Page, Span
from letters.errors import PressError
from letters.pdf.fonts import FontBook
from letters.pdf.press import print_pages
from letters.typeset.grid import LEFT, MM

MARK = "副本"
SIZE, TOP_MM = 16.0, 22.0  # 3号, above the head of 信函格式


def mark_copy(pdf: bytes, fonts: FontBook) -> bytes:
    """A copy of ``pdf`` with 副本 at the upper left of every page. Raises PressError when it cannot be read."""
    mark = Page((Line(TOP_MM * MM, (Span(MARK, fonts.face_for(MARK[0], "hei"), SIZE, LEFT),)),))
    stamp = PdfReader(io.BytesIO(print_pages([mark], fonts, title=MARK, author=""))).pages[0]
    try:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
        for page in writer.pages:
            page.merge_page(stamp)
    except (PyPdfError, KeyError, ValueError, OSError) as error:
        raise PressError("这份文书不是完好的 PDF，不能出副本。请用备份找回它。") from error
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
