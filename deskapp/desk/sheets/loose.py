"""Sheets: papers that belong to no case, made when they are wanted: the slip of the guardroom, the hand-over sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskapp.clock import Clock
from deskapp.errors import DeskError, os_reason
from deskapp.files import write_bytes
from deskapp.paths import FONTS, LETTERS, free_path, make_private
from deskapp.printing.port import Printer, PrinterPort, PrintResult
from deskapp.register.register import Register
from letters.errors import PressError

if TYPE_CHECKING:
    from letters.document import Document, Page
    from letters.pdf.fonts import FontBook
    from letters.template import Template
    from letters.typeset.notice import Part, Type
    from letters.typeset.ruled import RuledSheet


@dataclass(frozen=True)
class LooseSheet:
    """A paper: its title, its pages as a PDF."""

    title: str
    pdf: bytes


class Sheets:
    """The moment a sheet is made, saved, printed. ``press`` gives the fonts and the template of a kind."""

    def __init__(
        self,
        register: Register,
        clock: Clock,
        home: Path,
        printer: PrinterPort,
        press: Callable[[str], tuple[Template, FontBook]],
    ) -> None:
        self._register, self._clock, self._home, self._printer, self._press = register, clock, home, printer, press

    def ruled(self, title: str, sheets: Iterable[RuledSheet]) -> LooseSheet:
        """A paper of ruled tables, one a page."""
        from letters.pdf.fonts import FontBook
        from letters.typeset.ruled import rule_sheet

        fonts = FontBook(self._home / FONTS)
        return self._printed(title, [rule_sheet(sheet, fonts) for sheet in sheets], fonts)

    def document(self, document: Document) -> LooseSheet:
        """A paper that was composed elsewhere."""
        from letters.pdf.fonts import FontBook
        from letters.typeset.layout import lay_out

        fonts = FontBook(self._home / FONTS)
        return self._printed(document.title, lay_out(document, fonts), fonts)

    def notice(
        self, title: str, parts: Iterable[Part], type: Type = "normal", only: range | None = None, under: str = ""
    ) -> LooseSheet:
        """A plain paper to take home or to hang up, in normal or large type; ``only`` some of its pages, the first being 1; ``under`` is
        its title in another language."""
        fonts, pages = self._laid_out(title, parts, type, under)
        return self._printed(title, [page for n, page in enumerate(pages, 1) if only is None or n in only], fonts)

    def notice_pages(self, title: str, parts: Iterable[Part], type: Type = "normal") -> int:
        """How many pages such a paper has."""
        return len(self._laid_out(title, parts, type)[1])

    def _laid_out(
        self, title: str, parts: Iterable[Part], type: Type, under: str = ""
    ) -> tuple[FontBook, list[Page]]:
        from letters.pdf.fonts import FontBook
        from letters.typeset.notice import notice

        fonts = FontBook(self._home / FONTS)
        return fonts, notice(title, list(parts), fonts, type, under)

    def printers(self) -> list[Printer]:
        """The printers there are. Raises DeskError when the print service does not answer."""
        return self._printer.printers()

    def _printed(self, title: str, pages: list[Page], fonts: FontBook) -> LooseSheet:
        from letters.pdf.press import print_pages

        today = self._clock.today()
        unit = self._register.unit(today).name
        practice = self._register.records.practice
        return LooseSheet(title, print_pages(pages, fonts, title=title, author=unit, practice=practice, day=today))

    def form(self, kind: str, facts: dict[str, Any], into: Callable[[str], str] | None = None) -> LooseSheet:
        """A form of the press that stands for no case, with what ``into`` says of its texts below them. Raises DeskError when its facts are
        not complete."""
        from letters.bilingual import with_translation
        from letters.pdf.press import print_document
        from letters.typeset.layout import lay_out

        _, fonts = self._press(kind)
        document = self.composed(kind, facts)
        try:
            shown = with_translation(document, into) if into else document
            made = print_document(shown, lay_out(shown, fonts), fonts, self._clock.today())
        except PressError as error:
            raise DeskError(str(error), "没有印出来。", "") from error
        return LooseSheet(made.title, made.pdf)

    def composed(self, kind: str, facts: dict[str, Any]) -> Document:
        """A form of the press that stands for no case, before it is laid out. Raises DeskError when its facts are not complete."""
        from letters.compose import compose
        from letters.facts import read_facts  # a board names sheets and makes none

        source, _ = self._press(kind)
        today = self._clock.today()
        common = {
            "unit": self._register.unit(today).model_dump(), "case_no": "无", "number": "", "issued_on": today.isoformat(),
            "received_on": today.isoformat(), "channel": "当面", "applicant": {"name": "无", "class": "其他"},
            "content": "无", "practice": self._register.records.practice,
        }  # fmt: skip
        try:
            return compose(source, read_facts(source, {**common, **facts}))
        except PressError as error:
            raise DeskError(str(error), "没有印出来。", "") from error

    def save(self, sheet: LooseSheet) -> Path:
        """Write a sheet to the letters' folder under a name that is free. Raises DeskError."""
        path = free_path(make_private(self._home / LETTERS), f"{self._clock.today()} {sheet.title}", ".pdf")
        try:
            write_bytes(path, sheet.pdf)
        except OSError as error:
            raise DeskError(f"PDF没有存上：{os_reason(error)}。", "", "请检查磁盘，再存一次。") from error
        return path

    def print(self, sheet: LooseSheet, printer: str) -> PrintResult:
        """Send a sheet to a printer."""
        return self._printer.send(sheet.pdf, sheet.title, printer)


def blank_rows(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    least: int,
    shares: Sequence[float],
    title: tuple[str, ...],
    below: tuple[str, ...] = (),
) -> RuledSheet:
    """A ruled table with a head and at least ``least`` rows, the last of them empty for a pen."""
    from letters.typeset.ruled import Box, RuledSheet

    filled = [*rows, *([""] * len(columns) for _ in range(max(0, least - len(rows))))]
    boxes = [Box(0, n, text=name) for n, name in enumerate(columns)]
    boxes += [Box(m, n, text=text) for m, row in enumerate(filled, 1) for n, text in enumerate(row)]
    return RuledSheet(title, tuple(boxes), tuple(shares), below)
