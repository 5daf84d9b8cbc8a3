"""Visitors: the reading area's computer in their hands: they search, read and print what is published, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from deskapp.catalogue.asking import QueryUnit, asked
from deskapp.catalogue.entry import UNREAD, Entry
from deskapp.catalogue.lookalikes import LookAlikes
from deskapp.catalogue.terms import folded, simplified
from deskapp.clock import Clock
from deskapp.desk.reading.questions import Asked, told_outside
from deskapp.desk.reading.record_book import BookRecord, RecordBook
from deskapp.errors import DeskError
from deskapp.printing.port import Printer, PrintResult
from deskapp.register.journal import Journal

if TYPE_CHECKING:
    from deskapp.desk.reading.questions import Questions
    from deskapp.desk.sheets.loose import LooseSheet, Sheets
    from letters.typeset.notice import Part, Type

LONGEST = 20_000  # characters of a text that is printed
ANSWERS, FITS = 3, 0.6  # checked answers that are shown, and how much of the question they must hold
NOT_NOW = "现在打印不了。"
TO_THE_DESK = "请到柜台请工作人员打印。"
READER = "查阅的人"  # who notes the copies that a reader prints


class Copy(BookRecord):
    """Pages of an entry were printed for a visitor."""

    name: str
    pages: int = 1


class Visitors:
    """The moment somebody reads alone. ``printer`` is the usual one; ``text`` gives the full text of an entry; ``questions`` are those with
    checked answers; ``duty`` is what is told of who is on duty."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        loose: Sheets,
        printer: Callable[[], str],
        text: Callable[[Entry], str],
        questions: Callable[[], Questions],
        duty: Callable[[], str],
    ) -> None:
        self._journal, self._sheets, self._clock, self._printer, self._text = journal, loose, clock, printer, text
        self._questions, self._duty = questions, duty
        self._copies = RecordBook(journal, clock, "copy", Copy, by=READER)

    # -- looking -----------------------------------------------------------------------------------------------

    def answers(self, words: str, instead: dict[str, str] | None = None) -> list[Asked]:
        """Checked questions with their answers that hold most of what was typed; every one for no words, the most asked first. ``instead`` are
        the words that the catalogue took for those typed; what only looks like a word of these questions is added to it."""
        checked = [one for one in self._questions().all() if one.of.checked_on and not one.stale]
        taken = {} if instead is None else instead
        plain = simplified(words).casefold()
        for typed, written in taken.items():
            plain = plain.replace(typed, f" {written} ")
        units = [_mended(unit, checked, taken) for unit in asked(plain).units]
        if not units:
            return checked if not words.strip() else []
        total = sum(len(unit.typed) for unit in units)
        scored = []
        for one in checked:
            text = folded(one.of.question + one.of.answer)
            held = sum(len(unit.typed) for unit in units if any(way in text for way in unit.ways))
            if held / total >= FITS:
                scored.append((held / total, one))
        return [one for _, one in sorted(scored, key=lambda item: -item[0])[:ANSWERS]]

    def help(self) -> str:
        """Who can help: where the people of the desk are, who is on duty where the office says so, and their telephone."""
        unit, duty = self._journal.unit(self._clock.today()), self._duty()
        whom = f"请到柜台问工作人员{f'（值班：{duty}）' if duty else ''}"
        return f"{whom}，也可以打电话 {unit.phone}。" if unit.phone else f"{whom}。"

    # -- paper -------------------------------------------------------------------------------------------------

    def page(self, entry: Entry) -> LooseSheet:
        """An entry on paper, all of its pages."""
        return self._sheets.notice(entry.name, list(self._parts(entry)))

    def page_count(self, entry: Entry | Asked, large: bool = False) -> int:
        """How many pages an entry or an answer takes."""
        return self._sheets.notice_pages(name_of(entry), list(self._parts(entry)), _type(large))

    def print(
        self, entry: Entry | Asked, large: bool = False, first: int = 1, last: int | None = None
    ) -> PrintResult:
        """Pages ``first`` to ``last`` of an entry or an answer (all without a last one) to a printer; they are counted. Raises DeskError when there is
        none, or it does not take the job."""
        printer = self._ready()
        parts = list(self._parts(entry))
        name = name_of(entry)
        number = self._sheets.notice_pages(name, parts, _type(large))
        until = min(last or number, number)
        sheet = self._sheets.notice(name, parts, _type(large), only=range(first, until + 1))
        try:
            result = self._sheets.print(sheet, printer)
        except DeskError as error:  # what a keeper would do about it is nothing for a visitor
            raise DeskError(NOT_NOW, "", TO_THE_DESK) from error
        self._copies.put(Copy(on=self._clock.today().isoformat(), name=name, pages=until - first + 1))
        return result

    def _ready(self) -> str:
        """The printer: the usual one, else the system's, else the only one that is ready. Raises DeskError."""
        if usual := self._printer():
            return usual
        try:
            ready: list[Printer] = [printer for printer in self._sheets.printers() if printer.state == "ready"]
        except DeskError as error:
            raise DeskError(NOT_NOW, "", TO_THE_DESK) from error
        chosen = [printer for printer in ready if printer.default] or ready
        if len(chosen) == 1:
            return chosen[0].name
        if chosen:
            raise DeskError("接了几台打印机，还没有定用哪一台。", "", TO_THE_DESK)
        raise DeskError("这台电脑没有接打印机。", "", TO_THE_DESK)

    def _parts(self, entry: Entry | Asked) -> Iterator[Part]:
        """What it is, where it is, its text; of a question its answer, as it is shown."""
        from letters.typeset.notice import Part

        if not isinstance(entry, Entry):
            said = [*entry.of.answer.splitlines(), *([f"依据：{entry.of.basis}"] if entry.of.basis else [])]
            yield from (Part(line.strip()) for line in (*said, told_outside(entry.of)) if line.strip())
            return
        facts = (("文号", entry.doc_no), ("发布机构", entry.issuer), ("公开日期", entry.published_on), ("有效性", entry.validity),
                 ("在哪里", entry.where()))  # fmt: skip
        yield from (Part(f"{label}：{value}") for label, value in facts if value)
        if entry.unread:
            yield Part(f"（{UNREAD[entry.unread]}。）")
        full = self._text(entry)
        lines = [line.strip() for line in full[:LONGEST].splitlines() if line.strip()]
        if lines:
            yield Part("全文", heading=True)
            yield from (Part(line) for line in lines)
        if len(full) > LONGEST:
            yield Part("（后面还有，请到查阅点看全文。）")

    def copies(self, year: int) -> int:
        """How often something was printed for visitors in a year."""
        return len(self._copies.all(year))

    def pages_printed(self, year: int, month: int = 0) -> int:
        """How many pages were printed for visitors in a year, or a month of it."""
        start = f"{year:04d}-{month:02d}-" if month else f"{year:04d}-"
        return sum(copy.pages for copy in self._copies.all(year).values() if copy.on.startswith(start))


def _mended(unit: QueryUnit, checked: list[Asked], instead: dict[str, str]) -> QueryUnit:
    """A unit with the word that it looks like in questions that hold no way of it; ``instead`` is told."""
    texts = [folded(one.of.question + one.of.answer) for one in checked]
    if any(way in text for text in texts for way in unit.ways):
        return unit
    meant = LookAlikes(lambda word: sum(word in text for text in texts)).meant_by(unit.typed)
    if meant:
        instead.setdefault(unit.typed, meant)
    return replace(unit, others=(*unit.others, meant)) if meant else unit


def name_of(entry: Entry | Asked) -> str:
    """What is printed, by its name."""
    return entry.name if isinstance(entry, Entry) else entry.of.question


def _type(large: bool) -> Type:
    return "large" if large else "normal"
