"""Tables three and four of the annual report, from a plain list of cases, with their checks.

Formats: 国办公开办函〔2019〕60号 for the reports on 2019 and 2020, 国办公开办函〔2021〕30号 since. A case is received in
the year of its receipt, handled in the year of its answer, and carried over while it has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from deskapp.law.dated import Frozen, LawError, Sourced, in_force, load
from deskapp.law.workdays import FIRST, LAST

Format = Literal["2019", "2021"]
Route = Literal["review", "suit_direct", "suit_after_review"]
Outcome = Literal["upheld", "corrected", "other", "pending"]
ApplicantClass = Literal["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
ROUTES: tuple[Route, ...] = ("review", "suit_direct", "suit_after_review")
OUTCOMES: tuple[Outcome, ...] = ("upheld", "corrected", "other", "pending")


class Row(Frozen):
    """One row of table three; ``group`` is empty for the rows that are not outcomes."""

    key: str
    label: str
    group: str
    label_2019: str = ""
    fold_2019: str = ""


class ReportFile(Frozen):
    """The content of annual_report.toml."""

    columns: tuple[str, ...]
    outcomes: dict[str, str]
    format: dict[Format, Sourced]
    row: tuple[Row, ...]


class CountedCase(Frozen):
    """What the table needs of a case; ``row`` is the row key of its outcome, None while it has none."""

    applicant_class: ApplicantClass
    received_on: date
    row: str | None = None
    closed_on: date | None = None


class Dispute(Frozen):
    """One 行政复议 or 行政诉讼 about an answer."""

    on: date
    route: Route
    outcome: Outcome


class TableRow(Frozen):
    """A filled row: six classes and their sum."""

    key: str
    label: str
    values: tuple[int, ...]


class Check(Frozen):
    """One identity: its name, whether it holds, and the cells that disagree."""

    name: str
    ok: bool
    detail: str


class Report(Frozen):
    """The whole answer, in the shape of ``deskapp report --json``."""

    year: int
    format: Format
    columns: tuple[str, ...]
    table3: tuple[TableRow, ...]
    table4: dict[Route, dict[str, int]]
    narrative: dict[str, int]
    checks: tuple[Check, ...]


def _file() -> ReportFile:
    file: ReportFile = load(ReportFile, "annual_report.toml")
    return file


def outcome_names() -> dict[str, str]:
    """The official names of the outcomes in table four, the sum among them."""
    names: dict[str, str] = _file().outcomes
    return names


def format_of(year: int) -> Format:
    """The official format of the report on ``year``. Raises LawError before 2019."""
    formats = _file().format
    if not FIRST.year < year < LAST.year:
        raise LawError(f"没有{year}年的年度报告，请写四位数的年份，例如 2026。")
    found = in_force(formats.values(), date(year, 1, 1), "年度报告格式")
    return next(name for name, value in formats.items() if value is found)


def rows_of(form: Format) -> list[Row]:
    """The rows of table three in that format, in official order."""
    rows = _file().row
    if form == "2021":
        return list(rows)
    return [row.model_copy(update={"label": row.label_2019 or row.label}) for row in rows if not row.fold_2019]


def row_for_label(text: str) -> str | None:
    """The outcome row that a label names, with or without its number, in either format."""
    wanted = _bare(text)
    for row in _file().row:
        if row.group and wanted in (row.key, _bare(row.label), _bare(row.label_2019 or row.label)):
            return row.key
    return None


def _bare(label: str) -> str:
    """A label without its number and without the remark in brackets."""
    label = re.sub(r"^[一二三四]?(（[一二三四五六七]）)?、?", "", label.strip())
    label = re.sub(r"^[0-9]+[.．、]", "", label)
    return re.sub(r"（.*）$", "", label)


def build_report(year: int, cases: Iterable[CountedCase], disputes: Iterable[Dispute]) -> Report:
    """Tables three and four of ``year`` with narrative figures and checks. Raises LawError before 2019."""
    form, file = format_of(year), _file()
    fold = {row.key: row.fold_2019 for row in file.row if row.fold_2019} if form == "2019" else {}
    cells: dict[tuple[str, str], int] = {}
    for case in cases:
        for key in _rows_of_case(case, year, fold):
            cells[key, case.applicant_class] = cells.get((key, case.applicant_class), 0) + 1
    classes = file.columns[:-1]
    table = []
    for row in rows_of(form):
        values = [cells.get((row.key, name), 0) for name in classes]
        table.append(TableRow(key=row.key, label=row.label, values=(*values, sum(values))))
    table4 = _table4(year, disputes)
    return Report(
        year=year, format=form, columns=file.columns, table3=tuple(table), table4=table4,
        narrative=_narrative(table), checks=tuple(check_tables(table, table4)),
    )  # fmt: skip


def _rows_of_case(case: CountedCase, year: int, fold: dict[str, str]) -> list[str]:
    """The rows of table three in which a case counts one in ``year``."""
    closed_year = case.closed_on.year if case.closed_on else None
    if case.received_on.year > year or (closed_year is not None and closed_year < year):
        return []
    rows = ["new" if case.received_on.year == year else "carried_in"]
    if closed_year == year and case.row:
        return [*rows, fold.get(case.row, case.row), "total"]
    return [*rows, "carried_out"]


def _table4(year: int, disputes: Iterable[Dispute]) -> dict[Route, dict[str, int]]:
    table: dict[Route, dict[str, int]] = {route: dict.fromkeys((*OUTCOMES, "total"), 0) for route in ROUTES}
    for dispute in disputes:
        if dispute.on.year == year:
            table[dispute.route][dispute.outcome] += 1
            table[dispute.route]["total"] += 1
    return table


def _narrative(table: Sequence[TableRow]) -> dict[str, int]:
    """The figures that the text of the report quotes."""
    values = {row.key: row.values for row in table}
    intake = [values["new"][n] + values["carried_in"][n] for n in range(len(values["new"]))]
    figures = {"intake": intake[-1], "natural_persons": intake[0], "organisations": sum(intake[1:-1])}
    for group in ("granted", "partial", "refused", "unable", "not_processed", "other"):
        keys = {row.key for row in _file().row if row.group == group}
        figures[f"group_{group}"] = sum(values[key][-1] for key in keys if key in values)
    return {**figures, "total": values["total"][-1], "carried_out": values["carried_out"][-1]}


def check_tables(
    table: Sequence[TableRow],
    table4: dict[Route, dict[str, int]],
    last_year: Sequence[TableRow] | None = None,
) -> list[Check]:
    """The official identities a to d, and e against last year's table when it is given; each names its bad cells."""
    values = {row.key: row.values for row in table}
    columns = _file().columns
    outcomes = [row.key for row in _file().row if row.group and row.key in values]
    width = range(len(columns))
    sums = [sum(values[key][n] for key in outcomes) for n in width]
    intake = [values["new"][n] + values["carried_in"][n] for n in width]
    handled = [values["total"][n] + values["carried_out"][n] for n in width]
    checks = [
        _compare("a", "各种答复之和＝（七）总计", columns, sums, values["total"]),
        _compare("b", "一＋二＝（七）总计＋四", columns, intake, handled),
        _compare("c", "六类申请人之和＝总计列", [r.label for r in table], *_row_sums(table)),
        _compare("d", "表四：四种结果之和＝总计", list(table4), *_table4_sums(table4)),
    ]
    if last_year is not None:
        carried = next(row.values for row in last_year if row.key == "carried_out")
        checks.append(_compare("e", "上年“四”＝本年“二”", columns, carried, values["carried_in"]))
    return checks


def _row_sums(table: Sequence[TableRow]) -> tuple[list[int], list[int]]:
    return [sum(row.values[:-1]) for row in table], [row.values[-1] for row in table]


def _table4_sums(table4: dict[Route, dict[str, int]]) -> tuple[list[int], list[int]]:
    return [sum(block[o] for o in OUTCOMES) for block in table4.values()], [b["total"] for b in table4.values()]


def _compare(code: str, name: str, places: Sequence[str], left: Sequence[int], right: Sequence[int]) -> Check:
    """One identity over several places; the detail names each place where the two sides differ."""
    bad = [
        f"{place}：{a} 与 {b}，差 {abs(a - b)}"
        for place, a, b in zip(places, left, right, strict=True)
        if a != b
    ]  # fmt: skip
    return Check(name=f"{code}. {name}", ok=not bad, detail="；".join(bad) or "相符")
