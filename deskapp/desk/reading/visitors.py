"""Visitors: the reading area's computer in their hands: they search, read and print what is published, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from deskapp.catalogue.entry import Entry
from deskapp.clock import Clock
from deskapp.desk.reading.record_book import BookRecord, RecordBook
from deskapp.errors import DeskError
from deskapp.printing import PrintResult
from deskapp.register.journal import Journal

if TYPE_CHECKING:
    from deskapp.desk.sheets.loose import LooseSheet, Sheets

LONGEST = 1500  # characters of a text on the page that is printed: two sides of one sheet


class Copy(BookRecord):
    """A page of an entry was printed for a visitor."""

    name: str


class Visitors:
    """The moment somebody reads alone. ``printer`` is the usual one; ``text`` gives the full text of an entry."""

    def __init__(
        self, journal: Journal, clock: Clock, loose: Sheets, printer: Callable[[], str], text: Callable[[Entry], str]
    ) -> None:
        self._sheets, self._clock, self._printer, self._text = loose, clock, printer, text
        self._copies = RecordBook(journal, clock, "copy", Copy)

    def page(self, entry: Entry) -> LooseSheet:
        """An entry on paper: what it is, where it is, the beginning of its text."""
        from letters.typeset.notice import Part

        facts = (("文号", entry.doc_no), ("发布机构", entry.issuer), ("公开日期", entry.published_on), ("有效性", entry.validity),
                 ("在哪里", entry.where()))  # fmt: skip
        parts = [Part(f"{label}：{value}") for label, value in facts if value]
        full = self._text(entry)
        lines = [line.strip() for line in full[:LONGEST].splitlines() if line.strip()]
        if lines:
            more = "（后面还有，请到查阅点看全文。）" if len(full) > LONGEST else ""
            parts += [Part("全文", heading=True), *(Part(line) for line in lines), *([Part(more)] if more else [])]
        return self._sheets.notice(entry.name, parts)

    def print(self, entry: Entry) -> PrintResult:
        """A page to the usual printer; it is counted. Raises DeskError when there is none, or it does not take the job."""
        printer = self._printer()
        if not printer:
            raise DeskError("这台电脑没有接打印机。", "", "请到柜台请工作人员打印。")
        result = self._sheets.print(self.page(entry), printer)
        self._copies.put(Copy(on=self._clock.today().isoformat(), name=entry.name))
        return result

    def copies(self, year: int) -> int:
        """How many pages were printed for visitors in a year."""
        return len(self._copies.all(year))
