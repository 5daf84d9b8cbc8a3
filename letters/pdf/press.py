"""Press: pages -> PDF bytes, the same bytes for the same facts. The only place that writes PDF.

The objects are the PDF library's own; the fonts are small ones of the glyphs in use, and the pieces of PDF/A-2b (ISO
19005-2) stand in :mod:`letters.pdf.archive`.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfdoc

from letters.compose import compose
from letters.document import Document, Facts, Letter, Line, Page, Plot, Rule
from letters.facts import as_json
from letters.pdf.archive import Source, add, identifier, info_of, metadata, output_intent, stream
from letters.pdf.fonts import FontBook
from letters.template import Template
from letters.typeset.grid import PAGE_HEIGHT, PAGE_WIDTH
from letters.typeset.layout import lay_out

RED, BLACK, GREY = "0.85 0 0", "0 0 0", "0.82 0.82 0.82"  # as PDF has them
DARK_GREY = "0.6 0.6 0.6"  # of bars beside black ones
PRACTICE = "练习"
PRACTICE_SIZE, PRACTICE_DROP = 150.0, 55.0  # pt
QUICK = 1  # level of compression: a letter is small, and the level that costs least time gives up a tenth of it
PDF_VERSION = (1, 7)


class _Subset:
    """The glyphs of one face that a document uses, numbered from 1 in the order they come."""

    def __init__(self, face: str, fonts: FontBook) -> None:
        self.face, self.font = face, fonts.faces[face].font
        self._cids: dict[str, str] = {}  # numbers as four hexadecimal digits

    def encode(self, text: str) -> str:
        """A text as the hexadecimal glyph numbers of a PDF string."""
        known = self._cids.get
        return "".join([known(char) or self._number(char) for char in text])

    def _number(self, char: str) -> str:
        """The number of a character that comes for the first time."""
        self._cids[char] = f"{len(self._cids) + 1:04X}"
        return self._cids[char]

    @property
    def name(self) -> str:
        """The name of the subset: its tag says which glyphs are in it."""
        sum_ = zlib.crc32("".join(self._cids).encode())
        return "".join([chr(65 + sum_ // 26**n % 26) for n in range(6)]) + f"+Press{self.face.capitalize()}"

    def add_to(self, document: Any) -> str:
        """Write the font and everything below it; the reference to it."""
        font, name = self.font, self.name
        glyphs = [font.codes.get(ord(char), 0) for char in self._cids]
        program = font.subset(glyphs)
        length = f"/Filter /FlateDecode /Length1 {program.length}"
        file = add(document, stream(program.stream, length))
        box = " ".join(map(str, font.box))
        descriptor = add(
            document,
            Source(
                f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{box}] /ItalicAngle 0 /Ascent {font.ascent} "
                f"/Descent {font.descent} /CapHeight {font.ascent} /StemV 80 /FontFile2 {file} >>"
            ),
        )
        widths = " ".join([str(font.advance(glyph)) for glyph in glyphs])
        descendant = add(
            document,
            Source(
                f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDToGIDMap /Identity /DW 1000 "
                "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
                f"/FontDescriptor {descriptor} /W [1 [{widths}]] >>"
            ),
        )
        unicode = add(document, packed(to_unicode_map(self._cids)))
        return add(
            document,
            Source(
                f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
                f"/DescendantFonts [{descendant}] /ToUnicode {unicode} >>"
            ),
        )


@cache
def _utf16(char: str) -> str:
    """A character as hexadecimal UTF-16."""
    return char.encode("utf-16-be").hex()


def to_unicode_map(cids: dict[str, str]) -> bytes:
    """The ToUnicode CMap: glyph numbers to UTF-16, right beyond the BMP too."""
    rows = [f"<{cid}> <{_utf16(char)}>" for char, cid in cids.items()]
    chunks = [rows[i : i + 100] for i in range(0, len(rows), 100)]
    body = "\n".join(f"{len(chunk)} beginbfchar\n" + "\n".join(chunk) + "\nendbfchar" for chunk in chunks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()


def packed(content: bytes) -> Source:
    """A compressed stream."""
    return stream(zlib.compress(content, QUICK), "/Filter /FlateDecode")


class _Drawing:
    """The content of pages, and the subsets of the faces that it uses."""

    def __init__(self, fonts: FontBook) -> None:
        self._fonts = fonts
        self.subsets: dict[str, _Subset] = {}

    def page(self, page: Page, practice: bool) -> bytes:
        """The content stream of a page."""
        parts = [self._practice()] if practice else []
        parts += [_rule(rule) for rule in page.rules]
        parts += [self._line(line) for line in page.lines]
        for plot in page.plots:
            parts += self._plot(plot)
        return "\n".join(parts).encode("ascii")

    def _subset(self, face: str) -> _Subset:
        if face not in self.subsets:
            self.subsets[face] = _Subset(face, self._fonts)
        return self.subsets[face]

    def _line(self, line: Line) -> str:
        shown = []
        for span in line.spans:
            text = self._subset(span.face).encode(span.text)
            at = f"{_number(span.x)} {_number(PAGE_HEIGHT - line.y)}"
            shown.append(
                f"/{span.face} {_number(span.size)} Tf {_number(span.tracking)} Tc 1 0 0 1 {at} Tm <{text}> Tj"
            )
        return f"BT {RED if line.red else BLACK} rg {' '.join(shown)} ET"

    def _plot(self, plot: Plot) -> list[str]:
        from letters.pdf.plot import drawn

        marks, lines = drawn(plot, self._fonts)
        return [*marks, *(self._line(line) for line in lines)]

    def _practice(self) -> str:
        """练习 across the page, grey, below the text."""
        text = self._subset("title").encode(PRACTICE)
        width = sum(self._fonts.advance("title", char) for char in PRACTICE) * PRACTICE_SIZE / 1000
        turn, middle = 0.70710678, f"{_number(PAGE_WIDTH / 2)} {_number(PAGE_HEIGHT / 2)}"
        return (
            f"q {turn} {turn} -{turn} {turn} {middle} cm BT {GREY} rg /title {_number(PRACTICE_SIZE)} Tf "
            f"1 0 0 1 {_number(-width / 2)} {_number(-PRACTICE_DROP)} Tm <{text}> Tj ET Q"
        )


def _rule(rule: Rule) -> str:
    ends = (
        f"{_number(rule.x0)} {_number(PAGE_HEIGHT - rule.y0)} m {_number(rule.x1)} {_number(PAGE_HEIGHT - rule.y1)} l"
    )
    return f"{RED if rule.red else DARK_GREY if rule.grey else BLACK} RG {_number(rule.width)} w {ends} S"


def _number(value: float) -> str:
    """A number of the page description: three places are less than a thousandth of a millimetre."""
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"


def print_pages(
    pages: Sequence[Page],
    fonts: FontBook,
    *,
    title: str,
    author: str,
    practice: bool = False,
    day: date | None = None,
) -> bytes:
    """The PDF of laid-out pages: PDF/A-2b, every font embedded, no time or random mark in it but the ``day`` given."""
    document: Any = pdfdoc.PDFDocument(invariant=1, pdfVersion=PDF_VERSION)
    drawing = _Drawing(fonts)
    contents = [add(document, packed(drawing.page(page, practice))) for page in pages]
    faces = " ".join(f"/{face} {subset.add_to(document)}" for face, subset in drawing.subsets.items())
    resources = add(document, Source(f"<< /Font << {faces} >> >>"))
    tree = Source("")
    parent = add(document, tree)
    kids = " ".join(
        add(document, Source(f"<< /Type /Page /Parent {parent} /Resources {resources} /Contents {content} >>"))
        for content in contents
    )
    size = f"{_number(PAGE_WIDTH)} {_number(PAGE_HEIGHT)}"
    tree.write(f"<< /Type /Pages /Count {len(pages)} /MediaBox [0 0 {size}] /Kids [{kids}] >>")
    document.Catalog = Source(
        f"<< /Type /Catalog /Pages {parent} /Lang (zh-CN) "
        "/ViewerPreferences << /DisplayDocTitle true /PrintScaling /None >> "
        f"/Metadata {add(document, metadata(title, author, day))} /OutputIntents [{output_intent(document)}] >>"
    )
    document.info = info_of(title, author, day)
    document._ID = identifier(title, author, *(line.text for page in pages for line in page.lines))
    return bytes(document.format())


def print_document(
    document: Document, pages: Sequence[Page], fonts: FontBook, day: date | None = None, facts: str = ""
) -> Letter:
    """The finished letter of a document and its pages; ``facts`` is the JSON it was made of, kept with it."""
    title = f"{document.title}（{document.number}）" if document.number else document.title
    pdf = print_pages(pages, fonts, title=title, author=document.head, practice=document.practice, day=day)
    return Letter(
        kind=document.kind,
        title=document.title,
        version=document.version,
        text=document.plain_text(),
        pages=len(pages),
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        facts=facts,
    )


def print_letter(source: Template, facts: Facts, fonts: FontBook) -> Letter:
    """Compose, lay out and print one letter, unchecked; with the facts it was made of."""
    document = compose(source, facts)
    return print_document(document, lay_out(document, fonts), fonts, facts.issued_on, as_json(facts))
