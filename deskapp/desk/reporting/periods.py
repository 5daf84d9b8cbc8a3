"""The monthly page (月报): what a month, a quarter or any span comes to, beside the same span of the year before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from deskapp.clock import Clock
from deskapp.desk.cases.afterwards import NOTHING, AfterAnswers, Afterwards
from deskapp.desk.reading.daybook import ALL_KINDS, DayBook
from deskapp.desk.reading.satisfaction import Satisfaction
from deskapp.errors import DeskError
from deskapp.exchange.new_file import write_new
from deskapp.exchange.period_files import WIDTHS, write_period
from deskapp.law.annual_report import by_month
from deskapp.law.counting import FirstDay
from deskapp.law.errors import LawError
from deskapp.law.period_figures import (
    COLUMNS,
    Late,
    Line,
    PeriodFigures,
    Worked,
    change,
    figures_of,
    lines_of,
    percent,
    points,
)
from deskapp.law.spans import DaySpan, span_of
from deskapp.law.workdays import FIRST, Calendar
from deskapp.law.worked import worked_of
from deskapp.paths import FONTS, REPORTS, free_path, make_private
from deskapp.register import events as ev
from deskapp.register.case import counting
from deskapp.register.journal import Journal
from deskapp.register.queries import CaseRow

T = TypeVar("T")
NOT_SAID = "没有记原因"
A_PAGE, LINES_A_PAGE = 30, 45  # lines of the table, of the list


@dataclass(frozen=True)
class PeriodReport:
    """The figures of a span and of the one a year before it; None where the register had nothing yet."""

    now: PeriodFigures
    before: PeriodFigures | None
    after: Afterwards = NOTHING
    after_before: Afterwards = NOTHING

    def as_contract(self) -> dict[str, Any]:
        """The document of ``deskapp report --period --json``."""
        return {**self.now.as_contract(), "before": self.before.as_contract() if self.before else None}

    @property
    def lines(self) -> list[Line]:
        """The page, line by line, with what the reading point adds."""
        lines = lines_of(self.now, self.before)
        visits, was = self.now.visits, self.before.visits if self.before else {}
        lines += [
            (
                f"阅览点：{ALL_KINDS[key]}", f"{count}人次", f"{was.get(key, 0)}人次" if self.before else "—",
                change(count, was.get(key)),
            )
            for key, count in visits.items()
            if count
        ]  # fmt: skip
        lines += self._after_lines()
        if self.now.slips:
            now, before = _satisfied(self.now), _satisfied(self.before)
            lines.append((f"满意度（问卷{self.now.slips}份）", percent(now), percent(before), points(now, before)))
        return lines

    def _after_lines(self) -> list[Line]:
        """What followed answers: releases judged for everybody, applicants asked."""
        now, was = self.after, self.after_before
        rows = (
            ("判断转主动公开", now.judged, was.judged), ("　其中宜公开", now.fit, was.fit),
            ("随访", now.asked, was.asked), ("　其中满意", now.content, was.content), ("　其中不满意", now.discontent, was.discontent),
        )  # fmt: skip
        return [
            (name, f"{n}件", f"{before}件" if self.before else "—", change(n, before if self.before else None))
            for name, n, before in rows
            if n or before
        ]

    @property
    def late_lines(self) -> list[str]:
        """The answers that were late or are overdue, with their reasons."""
        late = [f"{x.case_no}　最后一日{x.due_on}，{x.served_on}送出：{x.why or NOT_SAID}" for x in self.now.late]
        return [*late, *(f"{x.case_no}　最后一日{x.due_on}，期末还没有答复" for x in self.now.overdue)]


def _satisfied(of: PeriodFigures | None) -> float | None:
    return of.satisfied / of.slips if of and of.slips else None


class Periods:
    """The moment somebody asks how a month went."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        home: Path,
        daybook: Callable[[], DayBook],
        slips: Callable[[], Satisfaction],
    ) -> None:
        self._journal, self._clock, self._home = journal, clock, home
        self._daybook, self._slips = daybook, slips

    def report(self, asked: str) -> PeriodReport:
        """The figures of the span that a text names. Raises DeskError for no span, or one that has not begun."""
        try:
            span = span_of(asked)
        except LawError as error:
            raise DeskError.of(error) from error
        if span.first > self._clock.today():
            raise DeskError(f"{span.name}还没有到。", "", "请换一段时间。")
        first = self._journal.queries.years()
        before = span.a_year_before
        known = first is not None and first[0] <= before.last.year and before.first >= FIRST
        after = AfterAnswers(self._journal, self._clock)
        return PeriodReport(
            self._figures(span), self._figures(before) if known else None,
            after.between(span.first, span.last), after.between(before.first, before.last),
        )  # fmt: skip

    def months(self, year: int) -> list[tuple[int, int]]:
        """How many applications were received and how many closed in each month of a year."""
        try:
            return by_month(year, self._journal.queries.counted_by_month())
        except LawError:  # before the first format of the table
            return [(0, 0)] * 12

    def save_here(self, asked: str, ending: str) -> Path:
        """Write the page into the folder 年报 of the data directory, under a name that is free; the file. Raises DeskError."""
        name = self.report(asked).now.span.name
        path = free_path(
            make_private(self._home / REPORTS), f"{name}月报" if "月" not in name else f"{name}报", ending
        )
        self.save(asked, path)
        return path

    def save(self, asked: str, path: Path) -> None:
        """Write the page as xlsx or pdf, by the ending of the name. Raises DeskError for any other kind, a file that is there, or when it
        cannot be written."""
        writers = {".xlsx": self._write_xlsx, ".pdf": self._write_pdf}
        write_new(path, "月报", writers, lambda: self.report(asked))

    def _title(self, found: PeriodReport) -> str:
        return f"{self._journal.unit(self._clock.today()).name}{found.now.span.name}政府信息公开申请办理情况"

    def _write_xlsx(self, found: PeriodReport, path: Path) -> None:
        year = found.now.span.last.year
        write_period(path, self._title(found), found.lines, found.late_lines, self.months(year), year)

    def _write_pdf(self, found: PeriodReport, path: Path) -> None:
        from letters.pdf.fonts import FontBook
        from letters.pdf.plots import plot_months
        from letters.pdf.press import print_pages
        from letters.typeset.ruled import Box, RuledSheet, rule_sheet

        fonts, pages, title = FontBook(self._home / FONTS), [], self._title(found)
        for part in _parts(found.lines, A_PAGE):
            boxes = [Box(0, column, text=name) for column, name in enumerate(COLUMNS)]
            boxes += [
                Box(n, column, text=text, centred=column > 0)
                for n, line in enumerate(part, 1)
                for column, text in enumerate(line)
            ]
            pages.append(rule_sheet(RuledSheet((title,), tuple(boxes), WIDTHS), fonts))
        year = found.now.span.last.year
        pages.append(
            plot_months((title, f"{year}年每月收到和办结的件数"), ("收到", "办结"), self.months(year), fonts)
        )
        late = Box(0, 0, text="超期、逾期的答复")
        pages += [
            rule_sheet(RuledSheet((title,), (late,), (1,), below), fonts)
            for below in _parts(found.late_lines, LINES_A_PAGE)
        ]
        today, unit = self._clock.today(), self._journal.unit(self._clock.today()).name
        practice = self._journal.records.practice
        path.write_bytes(print_pages(pages, fonts, title=title, author=unit, practice=practice, day=today))

    def _figures(self, span: DaySpan) -> PeriodFigures:
        calendar, first_day = self._journal.calendar(), self._journal.unit(self._clock.today()).first_day
        until = min(span.last, self._clock.today())
        rows = list(self._journal.queries.worked_on(span.first, span.last))
        made = figures_of(
            span, (_worked(row, until, calendar, first_day) for row in rows), self._journal.queries.disputes(), until
        )
        made.late = [replace(late, why=self._why(late)) for late in made.late]
        for row in rows:
            if "fee_" in row.clock_text:
                self._add_fees(made, row.case_id)
        made.visits = self._daybook().people_between(span.first, span.last)
        made.slips, made.satisfied = self._slips().between(span.first, span.last)
        return made

    def _why(self, late: Late) -> str:
        """What was said of the reason, last."""
        case = self._journal.case_by_no(late.case_no)
        said = [event.why for event in case.told if isinstance(event, ev.LateExplained)]
        return said[-1] if said else ""

    def _add_fees(self, made: PeriodFigures, case_id: str) -> None:
        for _, event in counting(self._journal.history(case_id)):
            if made.span.first <= event.on <= made.span.last:
                made.fee_notices_fen += event.fee_fen if isinstance(event, ev.FeeNoticed) else 0
                made.fees_paid += isinstance(event, ev.FeePaid)


def _parts(lines: Sequence[T], most: int) -> Iterator[tuple[T, ...]]:
    """The lines in parts of so many."""
    for first in range(0, len(lines), most):
        yield tuple(lines[first : first + most])


def _worked(row: CaseRow, until: date, calendar: Calendar, first_day: FirstDay) -> Worked:
    """What the figures need of a case."""
    known = Worked(row.case_no, row.channel, row.applicant_class, row.received_on, row.row, row.closed_on)
    return worked_of(known, row.clock_events, until, calendar, first_day)
