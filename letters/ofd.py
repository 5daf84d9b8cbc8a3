"""A letter as OFD (GB/T 33190-2016): a second rendering of the same pages, made on demand; the frozen PDF stays the original.

Text stands at the places that the pages give, character by character, in fonts of the glyphs in use with their character maps. The same
pages give the same bytes. No page of it has been tried in the viewers of vendors; two independent readers find text and places.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from letters.document import Document, Line, Page, Rule, Span
from letters.errors import PressError
from letters.pdf.fontfile import font_file
from letters.pdf.fonts import FontBook
from letters.pdf.press import PRACTICE, PRACTICE_DROP, PRACTICE_SIZE
from letters.typeset.grid import MM, PAGE_HEIGHT, PAGE_WIDTH

NAMESPACE = "http://www.ofdspec.org/2016"
NS = f'xmlns:ofd="{NAMESPACE}"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
RED, BLACK, GREY, DARK_GREY = "217 0 0", "0 0 0", "209 209 209", "153 153 153"
FAMILIES = {"fangsong": "FangSong", "title": "XiaoBiaoSong", "hei": "SimHei", "song": "SimSun", "kai": "KaiTi"}
ABOVE, BELOW = 0.88, 0.24  # of the type size: the box of a text over and under its baseline
IDS = uuid.UUID("6f66642d-6465-736b-8000-6c6574746572")  # from which the numbers of documents are made
COLOURS = 1  # the identifier of the colours
MAKER = "deskapp"


def print_ofd(document: Document, pages: Sequence[Page], fonts: FontBook, day: date) -> bytes:
    """The OFD of a letter's pages. Raises PressError for what it cannot hold."""
    if any(page.plots for page in pages):
        raise PressError("有图表的页不能存成 OFD，请存成 PDF。")
    writer = _Ofd(fonts)
    contents = [writer.page(page, document.practice) for page in pages]
    title = f"{document.title}（{document.number}）" if document.number else document.title
    texts = [title, document.head, day.isoformat(), *(line.text for page in pages for line in page.lines)]
    files: dict[str, bytes] = {
        "OFD.xml": _root(title, document.head, day, uuid.uuid5(IDS, "\0".join(texts)).hex),
        "Doc_0/Document.xml": writer.document(len(pages)),
        "Doc_0/PublicRes.xml": writer.resources(),
    }
    files |= {f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(contents)}
    files |= {f"Doc_0/Res/{writer.file_of(face)}": writer.font(face) for face in writer.faces}
    return _zipped(files, day)


def _zipped(files: dict[str, bytes], day: date) -> bytes:
    """The package: the root first, nothing in it that says when or where it was made but the day given."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            item = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            item.compress_type, item.create_system, item.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            packed.writestr(item, content)
    return file.getvalue()


def _root(title: str, author: str, day: date, number: str) -> bytes:
    said = (
        f"<ofd:DocID>{number}</ofd:DocID><ofd:Title>{escape(title)}</ofd:Title><ofd:Author>{escape(author)}</ofd:Author>"
        f"<ofd:CreationDate>{day.isoformat()}</ofd:CreationDate><ofd:Creator>{MAKER}</ofd:Creator>"
    )
    return (
        f'{HEAD}<ofd:OFD {NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>{said}</ofd:DocInfo>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    ).encode()


@dataclass
class _Ofd:
    """What the parts of one file share: identifiers, and the faces with the characters in use."""

    fonts: FontBook
    faces: dict[str, dict[str, None]] = field(default_factory=dict)
    _last: int = COLOURS
    _font_ids: dict[str, int] = field(default_factory=dict)
    _page_ids: list[int] = field(default_factory=list)

    def _next(self) -> int:
        self._last += 1
        return self._last

    def _font_id(self, face: str) -> int:
        if face not in self._font_ids:
            self._font_ids[face] = self._next()
            self.faces[face] = {}
        return self._font_ids[face]

    def file_of(self, face: str) -> str:
        """The name of a font in the package."""
        return f"font_{self._font_ids[face]}.ttf"

    def font(self, face: str) -> bytes:
        """A font of the characters of a face in use."""
        return font_file(self.fonts.faces[face].font, self.faces[face], FAMILIES[face])

    # -- pages -------------------------------------------------------------------------------------------------------

    def page(self, page: Page, practice: bool) -> bytes:
        """The content of a page: what lies under the text, then rules and text."""
        self._page_ids.append(self._next())
        under = f'<ofd:Layer ID="{self._next()}" Type="Background">{self._practice()}</ofd:Layer>' if practice else ""
        layer = self._next()
        parts = [
            *(self._rule(rule) for rule in page.rules),
            *(part for line in page.lines for part in self._line(line)),
        ]
        return (
            f'{HEAD}<ofd:Page {NS}><ofd:Area>{_paper()}</ofd:Area><ofd:Content>{under}<ofd:Layer ID="{layer}" Type="Body">'
            f"{''.join(parts)}</ofd:Layer></ofd:Content></ofd:Page>"
        ).encode()

    def _line(self, line: Line) -> Iterator[str]:
        colour = RED if line.red else BLACK
        for span in line.spans:
            for text, x in self._runs(span):
                yield self._text(text, span, x, line.y, colour)

    def _runs(self, span: Span) -> Iterator[tuple[str, float]]:
        """A span without its blanks, which readers may drop at an end, and divided where a character is beyond the first plane: readers
        differ in how they count such a one."""
        text, x, start = "", span.x, span.x
        for sign in span.text:
            step = self._step(span, sign)
            alone = ord(sign) > 0xFFFF or not sign.strip()
            if alone and text:
                yield text, start
            if alone and sign.strip():
                yield sign, x
            text = "" if alone else text + sign
            x += step
            if alone:
                start = x
        if text:
            yield text, start

    def _step(self, span: Span, sign: str) -> float:
        return self.fonts.advance(span.face, sign) * span.size / 1000 + span.tracking

    def _text(self, text: str, span: Span, x: float, y: float, colour: str) -> str:
        steps = [self._step(span, sign) for sign in text]
        box = f"{_mm(x)} {_mm(y - ABOVE * span.size)} {_mm(sum(steps))} {_mm((ABOVE + BELOW) * span.size)}"
        return self._object(text, span.face, span.size, steps, box, colour)

    def _object(
        self, text: str, face: str, size: float, steps: list[float], box: str, colour: str, turned: str = ""
    ) -> str:
        """A text in its box, each character its step from the one before; ``turned`` is the matrix of one that does not stand upright."""
        number = self._font_id(face)
        self.faces[face] |= dict.fromkeys(text)
        deltas = f' DeltaX="{" ".join(_mm(step) for step in steps[:-1])}"' if len(steps) > 1 else ""
        matrix = f' CTM="{turned}"' if turned else ""
        return (
            f'<ofd:TextObject ID="{self._next()}" Boundary="{box}"{matrix} Font="{number}" Size="{_mm(size)}">'
            f'<ofd:FillColor ColorSpace="{COLOURS}" Value="{colour}"/>'
            f'<ofd:TextCode X="0" Y="{_mm(ABOVE * size)}"{deltas}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
        )

    def _rule(self, rule: Rule) -> str:
        half = rule.width / 2
        left, top = min(rule.x0, rule.x1) - half, min(rule.y0, rule.y1) - half
        box = f"{_mm(left)} {_mm(top)} {_mm(abs(rule.x1 - rule.x0) + rule.width)} {_mm(abs(rule.y1 - rule.y0) + rule.width)}"
        ends = f"M {_mm(rule.x0 - left)} {_mm(rule.y0 - top)} L {_mm(rule.x1 - left)} {_mm(rule.y1 - top)}"
        colour = RED if rule.red else DARK_GREY if rule.grey else BLACK
        return (
            f'<ofd:PathObject ID="{self._next()}" Boundary="{box}" LineWidth="{_mm(rule.width)}">'
            f'<ofd:StrokeColor ColorSpace="{COLOURS}" Value="{colour}"/><ofd:AbbreviatedData>{ends}</ofd:AbbreviatedData></ofd:PathObject>'
        )

    def _practice(self) -> str:
        """练习 across the page, grey, turned about the middle."""
        steps = [self.fonts.advance("title", sign) * PRACTICE_SIZE / 1000 for sign in PRACTICE]
        wide = sum(steps)
        high = (ABOVE + BELOW) * PRACTICE_SIZE
        turn, middle = 0.70710678, (PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        down = PRACTICE_DROP - ABOVE * PRACTICE_SIZE  # of the upper edge, from the middle
        at = -wide / 2
        place = (middle[0] + turn * at + turn * down, middle[1] - turn * at + turn * down)
        side = (wide + high) * turn  # of the square in which the turned box lies
        moved = (place[0] - (middle[0] - side / 2), place[1] - (middle[1] - side / 2))
        box = f"{_mm(middle[0] - side / 2)} {_mm(middle[1] - side / 2)} {_mm(side)} {_mm(side)}"
        matrix = f"{turn} -{turn} {turn} {turn} {_mm(moved[0])} {_mm(moved[1])}"
        return self._object(PRACTICE, "title", PRACTICE_SIZE, steps, box, GREY, turned=matrix)

    # -- what belongs to no page ---------------------------------------------------------------------------------------

    def document(self, pages: int) -> bytes:
        """The parts of the document."""
        listed = "".join(
            f'<ofd:Page ID="{self._page_ids[n]}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(pages)
        )
        return (
            f"{HEAD}<ofd:Document {NS}><ofd:CommonData><ofd:MaxUnitID>{self._last}</ofd:MaxUnitID><ofd:PageArea>{_paper()}</ofd:PageArea>"
            f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        ).encode()

    def resources(self) -> bytes:
        """Colours and fonts."""
        fonts = "".join(
            f'<ofd:Font ID="{number}" FontName={quoteattr(FAMILIES[face])} FamilyName={quoteattr(FAMILIES[face])}>'
            f"<ofd:FontFile>{self.file_of(face)}</ofd:FontFile></ofd:Font>"
            for face, number in self._font_ids.items()
        )
        return (
            f'{HEAD}<ofd:Res {NS} BaseLoc="Res"><ofd:ColorSpaces><ofd:ColorSpace ID="{COLOURS}" Type="RGB" BitsPerComponent="8"/>'
            f"</ofd:ColorSpaces><ofd:Fonts>{fonts}</ofd:Fonts></ofd:Res>"
        ).encode()


def _paper() -> str:
    return "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"


def _mm(points: float) -> str:
    """A length in mm: four places are a tenth of a thousandth."""
    return f"{points / MM:.4f}".rstrip("0").rstrip(".") or "0"
