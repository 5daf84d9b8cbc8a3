"""The draft of a letter as docx, for the leader's own word processor: 征求意见稿, never the letter.

Made of the document, not of its pages: the word processor breaks the lines. The measures are those of GB/T 9704: 22 rows of an exact height,
characters a little closer than their type, heads in the header of page one, so that nothing floats. Child elements stand in the order
of the schema (ISO/IEC 29500), without which a word processor may call the file damaged. Needs the extra ``word``.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from letters.document import Block, Document, Page, Paragraph, Role, Table
from letters.errors import PressError
from letters.typeset.grid import BODY, CELL, FOOT, LEFT, MM, PITCH, TITLE, TOP, WIDTH
from letters.typeset.page_frame import HEADS
from letters.typeset.setting import DATE_RIGHT, SEAL_ROWS
from letters.typeset.titles import break_title
from letters.typeset.typesetting import Metrics, glyphs_of, width_of

DRAFT = "征求意见稿"
PRACTICE = "练习"
FACES: dict[Role, str] = {
    "fangsong": "仿宋_GB2312", "title": "方正小标宋简体", "hei": "黑体", "song": "宋体", "kai": "楷体_GB2312",
}  # fmt: skip
STYLE_FACES: dict[str, Role] = {"body": "fangsong", "heading": "hei", "subheading": "kai"}
TALL = 1.1  # of the type of a head: the height of its line
TWIP = 20  # to the pt
ROW = round(PITCH * TWIP)
CLOSER = -4  # twentieths of a pt between characters: 28 of 16 pt are wider than the block
SLACK = MM  # that the rows, rounded to whole twips, may be higher than the block
HEADER_TOP, FOOTER_FOOT = 16 * MM, 20 * MM
RED = "FF0000"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LABEL, PADDING = 14.0, 0.25  # of the boxes of a form: type of labels, cells kept free at either side


def word_draft(document: Document, pages: Sequence[Page], metrics: Metrics, day: date) -> bytes:
    """The bytes of the draft; ``pages`` are those of the letter, whose rows may stand closer than usual. Raises PressError without the
    extra."""
    try:
        import docx
    except ImportError as error:
        raise PressError("这台机器没有装写 docx 的组件，请安装 deskapp[word]。") from error
    book: Any = docx.Document()
    properties = book.core_properties
    properties.title, properties.author, properties.comments = document.title, document.head, DRAFT
    properties.created = properties.modified = datetime(day.year, day.month, day.day)
    draft = _Draft(document, pages, metrics)
    _set_page(book, draft, len(pages) > 1)
    body = book.element.body
    for part in draft.body():
        body.insert(len(body) - 1, _element(part))  # before the measures of the page
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _element(xml: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(xml)


def _twips(points: float) -> int:
    return round(points * TWIP)


def run(text: str, role: Role = "fangsong", size: float = BODY, red: bool = False) -> str:
    """Characters of one face."""
    face = FACES[role]
    colour = f'<w:color w:val="{RED}"/>' if red else ""
    closer = f'<w:spacing w:val="{CLOSER}"/>' if size == BODY else ""
    half = round(size * 2)
    fonts = (
        f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{face}" w:cs="Times New Roman"/>'
    )
    properties = f'<w:rPr>{fonts}{colour}{closer}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def page_field() -> str:
    """The number of the page."""
    marks = (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve">PAGE</w:instrText>',
        '<w:fldChar w:fldCharType="end"/>',
    )
    half = round(FOOT * 2)
    return "".join(
        f'<w:r><w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体"/><w:sz w:val="{half}"/></w:rPr>{mark}</w:r>'
        for mark in marks
    )


def paragraph(
    runs: str,
    *,
    height: int = ROW,
    align: str = "both",
    first: float = 0,
    rest: float = 0,
    right: float = 0,
    beside: tuple[float, float] = (0, 0),
    after: float = 0,
    border: str = "",
    keep: bool = False,
    new_page: bool = False,
) -> str:
    """A paragraph of lines of an exact height (twips). Indents: ``first`` and ``rest`` in cells, ``right`` and ``beside`` (either side) in pt;
    ``border`` is the XML of its edge."""
    left = _twips(rest * CELL + beside[0])
    more = _twips((first - rest) * CELL)
    side = f'w:firstLine="{more}"' if more >= 0 else f'w:hanging="{-more}"'
    return (
        f"<w:p {W}><w:pPr>{'<w:keepNext/>' if keep else ''}{'<w:pageBreakBefore/>' if new_page else ''}"
        f'<w:widowControl w:val="0"/>{f"<w:pBdr>{border}</w:pBdr>" if border else ""}'
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="{_twips(after)}" w:line="{height}" w:lineRule="exact"/>'
        f'<w:ind w:left="{left}" w:right="{_twips(right + beside[1])}" {side}/><w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'
    )


def edge(side: str, kind: str, eighths: int, space: int = 0, colour: str = RED) -> str:
    """An edge of a paragraph, so many eighths of a pt thick."""
    return f'<w:{side} w:val="{kind}" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'


class _Draft:
    """The parts of one draft."""

    def __init__(self, document: Document, pages: Sequence[Page], metrics: Metrics) -> None:
        self.document, self._metrics = document, metrics
        self._row = _twips(pages[0].pitch or PITCH)  # of the text: closer, where that brings the letter onto one page
        self.head = HEADS[document.paper]
        self.letterhead = document.titled and self.head.mark_top_mm is not None and document.paper != "red_head"

    # -- the text ----------------------------------------------------------------------------------------------------

    def body(self) -> Iterator[str]:
        """The paragraphs and forms of the draft in their order."""
        document = self.document
        if document.titled:
            yield from self._opening()
        if document.addressee:
            yield self._line(run(f"{document.addressee}："))
        last = len(document.body) - 1
        for n, block in enumerate(document.body):
            yield from self._block(block, keep=n == last and bool(document.signature))
        if document.attachments:
            yield self._line("", keep=True)
        for item in document.attachments:
            yield self._paragraph(item, keep=True)
        if document.signature:
            yield from self._signature()
        if document.note:
            yield self._line(run(document.note), first=2, rest=2)
        if document.copies:
            yield from self._copies()
        for sheet in document.sheets:
            for n, line in enumerate(self._title(sheet.title)):
                yield paragraph(run(line, "title", TITLE), align="center", new_page=n == 0)
            yield paragraph("")
            for block in sheet.blocks:
                yield from self._block(block)

    def _opening(self) -> Iterator[str]:
        """Head, number and title, down to the empty row above the text."""
        document = self.document
        title = [paragraph(run(line, "title", TITLE), align="center") for line in self._title(document.title)]
        if document.paper == "red_head":
            yield from self._red_head()
        yield from title
        if document.paper == "plain" and document.number:
            yield paragraph(run(document.number), align="right")
        yield paragraph("")

    def _red_head(self) -> Iterator[str]:
        """The full head (7.2): the office 35 mm below the block's edge, the number, the red line 4 mm below it."""
        document, head = self.document, self.head
        above = (head.mark_top_mm or 0) * MM - TOP
        row = head.number_row or 0
        mark = row * PITCH - above
        yield paragraph("", height=_twips(above))
        size = self._mark_size()
        yield paragraph(run(document.head, "title", size, red=True), height=_twips(size * TALL), align="center")
        yield paragraph("", height=_twips(mark - size * TALL))
        yield paragraph(run(document.number), align="center", border=edge("bottom", "single", 8, space=4))
        for _ in range(head.title_row - row - 1):
            yield paragraph("")

    def _mark_size(self) -> float:
        return float(int(min(self.head.mark_pt, WIDTH / max(len(self.document.head), 1))))

    def _title(self, title: str) -> list[str]:
        return break_title(title, lambda text: width_of(text, TITLE, self._metrics), WIDTH)

    def _block(self, block: Block, keep: bool = False) -> Iterator[str]:
        if isinstance(block, Table):
            yield table(block)
            yield paragraph("", height=TWIP)  # two forms that touch would be one
        else:
            yield self._paragraph(block, keep or block.style != "body")

    def _paragraph(self, item: Paragraph, keep: bool = False) -> str:
        role = STYLE_FACES[item.style]
        return self._line(run(item.text, role) if item.text else "", first=item.first, rest=item.rest, keep=keep)

    def _line(self, runs: str, **more: Any) -> str:
        """A paragraph of the text, in its rows."""
        return paragraph(runs, height=self._row, **more)

    def _signature(self) -> Iterator[str]:
        """Signature and date for a seal (7.3.5.1): the date four cells from the right, the signature centred over it."""
        document = self.document
        day, name = (self._width(text) for text in (document.date_text, document.signature))
        middle = min(WIDTH - DATE_RIGHT * CELL - day / 2, WIDTH - name / 2)
        for _ in range(SEAL_ROWS):
            yield self._line("", keep=True)
        yield self._line(run(document.signature), align="right", right=max(0.0, WIDTH - middle - name / 2), keep=True)
        yield self._line(
            run(document.date_text), align="right", right=WIDTH - middle - day / 2, keep=bool(document.note)
        )

    def _width(self, text: str) -> float:
        return sum(glyph.width for glyph in glyphs_of(text, self._metrics, ()))

    def _copies(self) -> Iterator[str]:
        """抄送 below the text, with the full red head also who prints and when (7.4)."""
        document, black = self.document, "000000"
        if document.paper != "red_head":
            yield paragraph(run(document.copies, size=FOOT), beside=(CELL, CELL))
            return
        thick, thin = edge("top", "single", 8, 1, black), edge("bottom", "single", 6, 1, black)
        yield paragraph(run(document.copies, size=FOOT), beside=(CELL, CELL), border=thick + thin)
        issued = f"{document.signature}　{document.date_text}印发"
        yield paragraph(run(issued, size=FOOT), beside=(CELL, CELL), border=edge("bottom", "single", 8, 1, black))

    # -- what stands around the text -----------------------------------------------------------------------------------

    def header(self, first: bool) -> list[str]:
        """The header: what it is; on page one of 信函格式 also the office, the double red line and the number (10.1)."""
        said = f"{DRAFT}　{PRACTICE}" if self.document.practice else DRAFT
        mark = paragraph(run(said, "hei"), height=_twips(BODY), align="left")
        if not (first and self.letterhead):
            return [mark]
        top, size = (self.head.mark_top_mm or 0) * MM, self._mark_size()
        office = run(self.document.head if self.head.drawn else "", "title", size, red=True)
        down = self.head.mark_pt + 4 * MM
        tall = self.head.mark_pt * TALL
        space = int(down - tall)
        line = edge("bottom", "thickThinSmallGap", 18, space) if self.head.drawn else ""
        end = TOP + self.head.title_row * PITCH
        below = end - top - down
        number = paragraph(run(self.document.number), align="right", height=_twips(BODY * 2))
        return [
            mark,
            paragraph("", height=_twips(top - HEADER_TOP - BODY)),
            paragraph(
                office, height=_twips(tall), align="center", beside=_wide(), border=line, after=0 if line else space
            ),
            number,
            paragraph("", height=_twips(below - BODY * 2)),
        ]

    def footer(self, first: bool, even: bool, numbered: bool) -> list[str]:
        """The footer: the number of the page, on even pages left; on page one of 信函格式 the double red line 20 mm from the edge."""
        if first and self.letterhead:
            line = edge("bottom", "thinThickSmallGap", 18) if self.head.drawn else ""
            return [paragraph("", height=TWIP * 2, beside=_wide(), border=line)]
        if not numbered:
            return [paragraph("", height=TWIP * 2)]
        number = run("— ", "song", FOOT) + page_field() + run(" —", "song", FOOT)
        return [
            paragraph(
                number, height=_twips(FOOT), align="left" if even else "right", beside=(CELL, CELL), after=3 * MM
            )
        ]


def _wide() -> tuple[float, float]:
    """How far the lines of 信函格式 reach beyond the block: 170 mm in the middle of the paper."""
    return 20 * MM - LEFT, 20 * MM - 26 * MM


def table(form: Table) -> str:
    """A form: its boxes on the columns that all of its rows together need."""
    edges = sorted(
        {sum(cell.width for cell in row.cells[:n]) for row in form.rows for n in range(len(row.cells) + 1)}
    )
    grid = "".join(f'<w:gridCol w:w="{_twips((b - a) * CELL)}"/>' for a, b in itertools.pairwise(edges))
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    pad = _twips(PADDING * CELL)
    margins = f'<w:tblCellMar><w:left w:w="{pad}" w:type="dxa"/><w:right w:w="{pad}" w:type="dxa"/></w:tblCellMar>'
    rows = "".join(_row(row.cells, row.rows, edges, form.head and n == 0) for n, row in enumerate(form.rows))
    return (
        f'<w:tbl {W}><w:tblPr><w:tblW w:w="{_twips(WIDTH)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(cells: Any, rows: int, edges: list[int], repeated: bool) -> str:
    boxes, at = "", 0
    for cell in cells:
        span = edges.index(at + cell.width) - edges.index(at)
        at += cell.width
        text = run(cell.text, "hei", LABEL) if cell.label else run(cell.text)
        align = "center" if cell.label else "right" if cell.at_foot else "left"
        place = "center" if cell.label else "bottom" if cell.at_foot else "top"
        boxes += (
            f'<w:tc><w:tcPr><w:tcW w:w="{_twips(cell.width * CELL)}" w:type="dxa"/><w:gridSpan w:val="{span}"/>'
            f'<w:vAlign w:val="{place}"/></w:tcPr>{paragraph(text if cell.text else "", align=align)}</w:tc>'
        )
    head = "<w:tblHeader/>" if repeated else ""
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{rows * ROW}" w:hRule="atLeast"/>{head}</w:trPr>{boxes}</w:tr>'


def _set_page(book: Any, draft: _Draft, several: bool) -> None:
    """The measures of the page, headers and footers."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    section = book.sections[0]
    section.page_width, section.page_height = Pt(210 * MM), Pt(297 * MM)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Pt(v) for v in (LEFT, 26 * MM, TOP, 35 * MM - SLACK)
    )
    section.header_distance, section.footer_distance = Pt(HEADER_TOP), Pt(FOOTER_FOOT)
    section.different_first_page_header_footer = True
    book.settings.odd_and_even_pages_header_footer = True
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(_element(f'<w:docGrid {W} w:type="lines" w:linePitch="{ROW}"/>'))
    numbered = {True: several and not draft.letterhead, False: several}
    for first, even, header, footer in (
        (True, False, section.first_page_header, section.first_page_footer),
        (False, False, section.header, section.footer),
        (False, True, section.even_page_header, section.even_page_footer),
    ):
        _fill(header, draft.header(first))
        _fill(footer, draft.footer(first, even, numbered[first]))


def _fill(part: Any, paragraphs: list[str]) -> None:
    """Put paragraphs in the place of the empty one that a header or footer begins with."""
    part.is_linked_to_previous = False
    for old in list(part._element):
        part._element.remove(old)
    for item in paragraphs:
        part._element.append(_element(item))
