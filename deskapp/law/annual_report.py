"""Tables three and four of the annual report, from a plain list of cases.

Formats: 国办公开办函〔2019〕60号 for the reports on 2019 and 2020, 国办公开办函〔2021〕30号 since. A case is received in
the year of its receipt, handled in the year of its answer, and carried over while it has none. The identities that the
tables must satisfy are in :mod:`deskapp.law.report_checks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, get_args

from deskapp.law.dated import Frozen, Sourced, in_force, load, remembered
from deskapp.law.errors import LawError
from deskapp.law.workdays import FIRST, LAST

Format = Literal["2019", "2021"]
Route = Literal["review", "suit_direct", "suit_after_review"]
Outcome = Literal["upheld", "corrected", "other", "pending"]
ApplicantClass = Literal[
    "natural_person", "enterprise", "research_institute", "public_welfare", "legal_services", "other"
]
ROUTES: tuple[Route, ...] = ("review", "suit_direct", "suit_after_review")
OUTCOMES: tuple[Outcome, ...] = ("upheld", "corrected", "other", "pending")
CLASSES: tuple[ApplicantClass, ...] = get_args(ApplicantClass)
TOTAL = "total"  # the column that sums up the classes


class ReportRow(Sourced):
    """One row of table three; ``group`` is empty for the rows that are not outcomes, ``before`` the row that took its
    cases in the formats that do not have it yet."""

    key: str
    label: str
    group: str
    before: str = ""


class Column(Frozen):
    """One column of table three: a class of applicants, or their sum; ``short`` is its name in two characters."""

    key: ApplicantClass | Literal["total"]
    name: str
    short: str


class ReportFile(Frozen):
    """The content of annual_report.toml. ``without_row`` takes a case whose outcome has no row and that was carried over."""

    column: tuple[Column, ...]
    without_row: str
    outcomes: dict[str, str]
    figures: dict[str, str]
    format: dict[Format, Sourced]
    row: tuple[ReportRow, ...]


class CountedCase(Frozen):
    """What the table needs of a case; ``row`` is the row key of its outcome, None while it has none. Cases that count
    alike may come together, ``count`` of them."""

    applicant_class: ApplicantClass
    received_on: date
    row: str | None = None
    closed_on: date | None = None
    case_no: str = ""
    count: int = 1


class Dispute(Frozen):
    """One 行政复议 or 行政诉讼 about an answer: the day it began, the day of its outcome if that is another one, and the number of its
    case where somebody may ask which it is."""

    on: date
    route: Route
    outcome: Outcome
    decided_on: date | None = None
    case_no: str = ""

    def outcome_in(self, year: int) -> Outcome | None:
        """Under which outcome the table of a year counts it: the one it had in that year, 尚未审结 while it lasts."""
        decided = self.decided_on or (None if self.outcome == "pending" else self.on)
        if decided and decided.year <= year:
            return self.outcome if decided.year == year else None
        return "pending" if self.on.year <= year else None


class FilledRow(Frozen):
    """A filled row: six classes and their sum."""

    key: str
    label: str
    values: tuple[int, ...]


Table4 = dict[Route, dict[str, int]]


def report_file() -> ReportFile:
    """The shipped rows, columns and names."""
    file: ReportFile = load(ReportFile, "annual_report.toml")
    return file


def columns() -> tuple[Column, ...]:
    """The columns of table three in official order, the sum last."""
    return report_file().column


def class_names() -> dict[ApplicantClass, str]:
    """What each class of applicants is called, in official order."""
    names = {column.key: column.name for column in columns()}
    return {key: names[key] for key in CLASSES}


def column_key(text: str) -> str:
    """The key of a column that is given by its key or by its name, as ledgers and the first registers do; anything else stays."""
    return _column_keys().get(text, text) if isinstance(text, str) else text


@remembered
def _column_keys() -> dict[str, str]:
    return {text: column.key for column in reversed(columns()) for text in (column.key, column.name)}


def outcome_names() -> dict[str, str]:
    """The official names of the outcomes in table four, the sum among them."""
    return report_file().outcomes


def format_of(year: int) -> Format:
    """The official format of the report on ``year``. Raises LawError before 2019."""
    formats = report_file().format
    if not FIRST.year < year < LAST.year:
        raise LawError(f"没有{year}年的年度报告，请写四位数的年份，例如 2026。")
    found = in_force(formats.values(), date(year, 1, 1), "年度报告格式")
    return next(name for name, value in formats.items() if value is found)


def rows_of(form: Format) -> list[ReportRow]:
    """The rows of table three in that format, in official order."""
    first_day = report_file().format[form].valid_from
    return [row for row in report_file().row if row.in_force(first_day)]


def row_for_label(text: str) -> str | None:
    """The outcome row that a label names, with or without its number, in either format. A remark in brackets is left out only where the form
    itself prints it: one of somebody's own (予以公开（部分）) may say the contrary."""
    wanted = numberless(text)
    for row in report_file().row:
        printed, remark = numberless(row.label), re.search(r"（(.*)）$", wanted)
        own = remark is not None and remark[1] not in printed
        if row.group and (wanted == row.key or (not own and bare(wanted) == bare(printed))):
            return row.key
    return None


def row_label(key: str) -> str:
    """What a row is called in the newest format; empty for an unknown one."""
    return next((row.label for row in reversed(report_file().row) if row.key == key), "")


def bare(label: str) -> str:
    """A label without its number and without the remark in brackets."""
    return re.sub(r"（.*）$", "", numberless(label))


def numberless(label: str) -> str:
    """A label without its number."""
    label = re.sub(r"^[一二三四]?(（[一二三四五六七]）)?、?", "", label.strip())
    return re.sub(r"^[0-9]+[.．、]", "", label)


def counted_row(key: str, form: Format) -> str:
    """The row that takes the cases of outcome row ``key`` in a format: itself, or the one it was split from.

    Raises LawError for a key that no format has.
    """
    if key in {row.key for row in rows_of(form)}:
        return key
    for row in report_file().row:
        if row.key == key:
            return row.before
    raise LawError(f"年报表三没有【{key}】这一行，请核对答复类型的数据。")


def fill_table3(year: int, cases: Iterable[CountedCase]) -> list[FilledRow]:
    """Table three of ``year``. Raises LawError before 2019."""
    form = format_of(year)
    cells: dict[tuple[str, str], int] = {}
    for case in cases:
        for key in _rows_of_case(case, year, form):
            cells[key, case.applicant_class] = cells.get((key, case.applicant_class), 0) + case.count
    table = []
    for row in rows_of(form):
        values = [cells.get((row.key, key), 0) for key in CLASSES]
        table.append(FilledRow(key=row.key, label=row.label, values=(*values, sum(values))))
    return table


def cell_cases(year: int, cases: Iterable[CountedCase], row: str, column: str = TOTAL) -> list[CountedCase]:
    """The cases that one cell of table three counts; ``column`` by its key or its name. Raises LawError for a row or column
    that the format lacks."""
    form = format_of(year)
    keys = [item.key for item in rows_of(form)]
    if row not in keys:
        raise LawError(f"{year}年的表三没有【{row}】这一行，可以用：" + "、".join(keys) + "。")
    wanted = column_key(column)
    if wanted not in {item.key for item in columns()}:
        raise LawError(f"表三没有【{column}】这一列，可以用：" + "、".join(item.name for item in columns()) + "。")
    return [
        case for case in cases if row in _rows_of_case(case, year, form) and wanted in (case.applicant_class, TOTAL)
    ]


def _rows_of_case(case: CountedCase, year: int, form: Format) -> list[str]:
    """The rows of table three in which a case counts one in ``year``."""
    closed_year = case.closed_on.year if case.closed_on else None
    if case.received_on.year > year or (closed_year is not None and closed_year < year):
        return []
    same_year = closed_year == case.received_on.year
    if closed_year and not case.row and same_year:  # never stood in a table
        return []
    rows = ["new" if case.received_on.year == year else "carried_in"]
    if closed_year == year:
        return [*rows, counted_row(case.row or report_file().without_row, form), "total"]
    return [*rows, "carried_out"]


def by_month(year: int, cases: Iterable[CountedCase]) -> list[tuple[int, int]]:
    """How many of the cases that table three counts were received, and how many closed, in each month of ``year``."""
    form, counts = format_of(year), [[0, 0] for _ in range(12)]
    for case in cases:
        rows = _rows_of_case(case, year, form)
        if "new" in rows:
            counts[case.received_on.month - 1][0] += case.count
        if "total" in rows and case.closed_on:
            counts[case.closed_on.month - 1][1] += case.count
    return [(received, closed) for received, closed in counts]


def fill_table4(year: int, disputes: Iterable[Dispute]) -> Table4:
    """Table four of ``year``: what was decided in it, and what was still open at its end.

    That a matter is counted as 尚未审结 again in each year it lasts is our reading; the form does not say.
    """
    table: Table4 = {route: dict.fromkeys((*OUTCOMES, "total"), 0) for route in ROUTES}
    for dispute in disputes:
        outcome = dispute.outcome_in(year)
        if outcome:
            table[dispute.route][outcome] += 1
            table[dispute.route]["total"] += 1
    return table


def cell_disputes(year: int, disputes: Iterable[Dispute], route: Route, outcome: str) -> list[Dispute]:
    """The matters that one cell of table four counts; ``outcome`` by its key or its name. Raises LawError for one that the table lacks."""
    names = outcome_names()
    key = next((key for key, name in names.items() if outcome in (key, name)), "")
    if not key:
        raise LawError(f"表四没有【{outcome}】这一列，可以用：{'、'.join(names.values())}。")
    counted = [(dispute, dispute.outcome_in(year)) for dispute in disputes if dispute.route == route]
    return [dispute for dispute, found in counted if found and key in (found, "total")]


def narrative(table: Sequence[FilledRow], table4: Table4 | None = None) -> dict[str, int]:
    """The figures that the text of the report quotes, from table three, and from table four where that is given."""
    values = {row.key: row.values for row in table}
    intake = [values["new"][n] + values["carried_in"][n] for n in range(len(values["new"]))]
    figures = {"new": values["new"][-1], "carried_in": values["carried_in"][-1]}
    figures |= {"intake": intake[-1], "natural_persons": intake[0], "organisations": sum(intake[1:-1])}
    for group in ("granted", "partial", "refused", "unable", "not_processed", "other"):
        keys = {row.key for row in report_file().row if row.group == group}
        figures[f"group_{group}"] = sum(values[key][-1] for key in keys if key in values)
    figures |= {"total": values["total"][-1], "carried_out": values["carried_out"][-1]}
    if table4:
        sums: dict[str, int] = {route: table4[route]["total"] for route in ROUTES}
        figures |= {"review": sums["review"], "suit": sums["suit_direct"] + sums["suit_after_review"], **sums}
    return figures
