"""Press: pages -> PDF bytes, the same bytes for the same facts. The only place that writes PDF."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence

from reportlab.lib.colors import Color, black
from reportlab.pdfgen.canvas import Canvas

from letters.catalogue import Template
from letters.compose import compose
from letters.document import Document, Facts, Letter, Line, Page
from letters.fonts import FontBook
from letters.grid import PAGE_HEIGHT, PAGE_WIDTH
from letters.layout import lay_out

RED = Color(0.85, 0.0, 0.0)
WATERMARK = Color(0.82, 0.82, 0.82)
PRACTICE = "练习"


def print_pages(pages: Sequence[Page], fonts: FontBook, *, title: str, author: str, practice: bool) -> bytes:
    """The PDF of laid-out pages: every font embedded, no time or random mark in it."""
    stream = io.BytesIO()
    canvas = Canvas(
        stream,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        invariant=1,
        pageCompression=1,
        initialFontName=fonts.faces["fangsong"].font.fontName,
        lang="zh-CN",
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject("政府信息公开")
    for page in pages:
        _draw(canvas, page, fonts, practice)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _draw(canvas: Canvas, page: Page, fonts: FontBook, practice: bool) -> None:
    if practice:
        canvas.saveState()
        canvas.setFillColor(WATERMARK)
        canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        canvas.rotate(45)
        canvas.setFont(fonts.faces["title"].font.fontName, 150)
        canvas.drawCentredString(0, -55, PRACTICE)
        canvas.restoreState()
    for rule in page.rules:
        canvas.setStrokeColor(RED if rule.red else black)
        canvas.setLineWidth(rule.width)
        canvas.line(rule.x0, PAGE_HEIGHT - rule.y0, rule.x1, PAGE_HEIGHT - rule.y1)
    for line in page.lines:
        _draw_line(canvas, line, fonts)


def _draw_line(canvas: Canvas, line: Line, fonts: FontBook) -> None:
    text = canvas.beginText()
    text.setFillColor(RED if line.red else black)
    for span in line.spans:
        text.setTextOrigin(span.x, PAGE_HEIGHT - line.y)
        text.setFont(fonts.faces[span.face].font.fontName, span.size)
        text.setCharSpace(span.tracking)
        text.textOut(span.text)
    canvas.drawText(text)


def print_document(document: Document, fonts: FontBook) -> Letter:
    """The finished letter of a document."""
    pages = lay_out(document, fonts)
    title = f"{document.title}（{document.number}）" if document.number else document.title
    pdf = print_pages(pages, fonts, title=title, author=document.head, practice=document.practice)
    return Letter(
        kind=document.kind,
        title=document.title,
        version=document.version,
        text=document.plain_text(),
        pages=len(pages),
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
    )


def print_letter(source: Template, facts: Facts, fonts: FontBook) -> Letter:
    """Compose, lay out and print one letter, unchecked."""
    return print_document(compose(source, facts), fonts)
