"""Reporting: the annual tables of a year, to the screen, to files, and frozen as they were handed in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.clock import Clock
from deskapp.desk.reporting.freezing import FROZEN, Freezing, FrozenYears
from deskapp.errors import DeskError
from deskapp.exchange.new_file import write_new
from deskapp.exchange.report_docx import write_docx
from deskapp.exchange.report_draft import ReportContent
from deskapp.exchange.report_form import checked, said, table_four, table_three, table_two
from deskapp.exchange.report_xlsx import write_xlsx
from deskapp.law.annual_report import ROUTES, CountedCase, FilledRow, by_month, cell_cases, cell_disputes, fill_table3
from deskapp.law.errors import LawError
from deskapp.law.report_checks import Report, build_report
from deskapp.law.table_two import Cells, lines_of, number_text
from deskapp.paths import FONTS, REPORTS, free_path, make_private
from deskapp.register.journal import Journal

if TYPE_CHECKING:
    from deskapp.desk.reporting.periods import PeriodReport

TWO = "table_two"  # the records of table two, by year


class Reporting:
    """The moment the year is counted."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        home: Path,
        figures: Callable[[str], PeriodReport],
        reading: Callable[[int], tuple[str, ...]],
        point: Callable[[int], tuple[str, ...]],
    ) -> None:
        self._journal, self._clock, self._home = journal, clock, home
        self._figures, self._reading, self._point = figures, reading, point
        self._years = FrozenYears(journal, clock)

    # -- counting ----------------------------------------------------------------------------------------------

    def report(self, year: int) -> Report:
        """Tables three and four of a year from the register, checked against last year's and against themselves as they
        were frozen. Raises DeskError for a year before the first format."""
        try:
            counted = self._journal.queries.counted()
            made = build_report(year, counted, self._journal.queries.disputes(), self._last_year(year, counted))
        except LawError as error:
            raise DeskError.of(error) from error
        frozen = self._years.check(made)
        return made.model_copy(update={"checks": (*made.checks, frozen)}) if frozen else made

    def _last_year(self, year: int, counted: list[CountedCase]) -> list[FilledRow] | None:
        """Table three of the year before: as it was frozen, else from the register; None before the first format."""
        frozen = self.frozen(year - 1)
        if frozen:
            return list(frozen.table3)
        try:
            return fill_table3(year - 1, counted)
        except LawError:
            return None

    def cell(self, year: int, row: str, column: str) -> list[str]:
        """The numbers of the cases that one cell of table three counts, or of table four where ``row`` is a route; a case with two such
        matters twice. Raises DeskError for an unknown cell."""
        route = next((route for route in ROUTES if route == row), None)
        try:
            if route:
                matters = cell_disputes(year, self._journal.queries.disputes(), route, column)
                return sorted(matter.case_no for matter in matters)
            return sorted(
                case.case_no for case in cell_cases(year, self._journal.queries.counted_each(), row, column)
            )
        except LawError as error:
            raise DeskError.of(error) from error

    def months(self, year: int) -> list[tuple[int, int]]:
        """How many applications were received and how many closed in each month of a year."""
        return by_month(year, self._journal.queries.counted_by_month())

    # -- table two ---------------------------------------------------------------------------------------------

    def table_two(self, year: int) -> Cells:
        """What was typed into table two of a year; nothing where nobody has."""
        for kept in self._journal.records.of_kind(TWO):
            if kept.key == str(year):
                with suppress(ValueError, TypeError, AttributeError):
                    return {key: tuple(map(str, values)) for key, values in json.loads(kept.body).items()}
        return {}

    def save_table_two(self, year: int, typed: Mapping[str, str]) -> Cells:
        """Keep table two of a year; ``typed`` has a number for ``line:place``. Raises DeskError for what is no number."""
        cells: Cells = {}
        for line in lines_of(year):
            try:
                cells[line.key] = tuple(
                    number_text(line, typed.get(f"{line.key}:{n}", "")) for n in range(len(line.columns))
                )
            except LawError as error:
                raise DeskError(str(error), "没有记下。", "") from error
        self._journal.records.save_record(TWO, str(year), json.dumps(cells))
        return cells

    # -- freezing ----------------------------------------------------------------------------------------------

    def frozen(self, year: int) -> Report | None:
        """The tables of a year as they were frozen last; None when they never were. Raises DeskError when damaged."""
        return self._years.last(year)

    def freezings(self, year: int) -> list[Freezing]:
        """Every time that a year was frozen, the first one first. Raises DeskError when one is damaged."""
        return self._years.all(year)

    def freeze(self, year: int, reason: str = "") -> Report:
        """Keep the tables of a year that is over as they are now, for comparison later and for next year's carry-over; once more only
        with a reason.

        Raises DeskError before its end, when a check fails, when they are frozen just so already, or without a reason for another time.
        """
        self._years.freeze(self.report(year), reason)
        return self.report(year)

    # -- files -------------------------------------------------------------------------------------------------

    def save_here(self, year: int, ending: str) -> Path:
        """Write the report into the folder 年报 of the data directory, under a name that is free; the file. Raises DeskError."""
        path = free_path(make_private(self._home / REPORTS), f"{year}年年报", ending)
        self.save_report(year, path)
        return path

    def save_report(self, year: int, path: Path) -> None:
        """Write the report as xlsx, docx (with the extra ``word``) or pdf, by the ending of the name.

        Raises DeskError for any other kind, for a file that is there, or when it cannot be written.
        """
        writers: dict[str, Callable[[ReportContent, Path], None]] = {
            ".xlsx": write_xlsx,
            ".docx": write_docx,
            ".pdf": self._write_pdf,
        }
        write_new(path, "年报", writers, lambda: self.content(year))

    def content(self, year: int) -> ReportContent:
        """All that the written report of a year is made of. Raises DeskError."""
        report, unit = self.report(year), self._journal.unit(self._clock.today())
        figures = self._figures(str(year))
        wrong = any(check.key == FROZEN and not check.ok for check in report.checks)
        differs = f"（数字和{self.freezings(year)[-1].on}冻结的不同）" if wrong else ""
        two, reading = self.table_two(year), self._reading(year)
        return ReportContent(report, unit, two, figures.now, figures.before, reading, differs, self._point(year))

    def _write_pdf(self, content: ReportContent, path: Path) -> None:
        from deskapp.ruling import Ruled, rule_tables

        report, unit = content.report, content.unit.name
        heading = f"{unit}{report.year}年{content.differs}"
        below = ("文字部分引用的数：" + "；".join(said(report)), "勾稽关系：", *checked(report))
        forms = (table_two(report.year, content.two), table_three(report), table_four(report))
        ruled = Ruled(f"{content.title}（表二至表四）", unit, heading, forms, below, self._journal.records.practice)
        path.write_bytes(rule_tables(ruled, self._home / FONTS, self._clock.today()))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
