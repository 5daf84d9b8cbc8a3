"""An annual report as somebody wrote or published it: its cells read as they are, what is blank named, and the checks that it must pass.

Besides the identities of :mod:`deskapp.law.report_checks`: f compares the figures of the text with the tables, g the period that the report
says it covers, i the form with the one of its year (国办公开办函〔2019〕60号 for 2019 and 2020, 国办公开办函〔2021〕30号 since), j its tables
with those that a register gives.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError

from deskapp.law.annual_report import (
    OUTCOMES,
    ROUTES,
    FilledRow,
    Format,
    Table4,
    columns,
    format_of,
    narrative,
    outcome_names,
    report_file,
    rows_of,
)
from deskapp.law.dated import Frozen
from deskapp.law.errors import LawError
from deskapp.law.report_checks import ROUTE_NAMES, Check, Report, ReportFault, check_tables, checked_by
from deskapp.law.report_text import NAME, check_text, period_said, year_said
from deskapp.law.table_two import lines_of
from deskapp.typed import first_fault

BLANK = ("", "-", "－", "—", "——", "–", "/", "／", "无", "空")  # how reports write nothing
MOST_DIGITS = 9
SHOWN = 5  # labels in a note
PERIOD_NAME = "g. 统计期限是当年全年"


class Published(Frozen):
    """A report as somebody wrote it: its tables with numbers for blanks, table three of the year before, the figures that its text
    quotes, the period it names, the text itself; ``notes`` say what was blank and what was taken for it, ``old_form`` that its tables
    are those of an earlier year."""

    year: int
    table3: tuple[FilledRow, ...]
    table4: Table4
    last_year: tuple[FilledRow, ...] | None = None
    quoted: dict[str, int] = {}
    period: tuple[date, date] | None = None
    text: str = ""
    notes: tuple[str, ...] = ()
    old_form: str = ""


def cell_number(cell: Any) -> int | None:
    """A cell of a table as a number: blank and its signs are None; full-width digits and commas between thousands are understood. Raises
    ValueError for what is no whole number of at most nine digits."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str | None):
        raise ValueError
    if cell is None or (isinstance(cell, int) and 0 <= cell < 10**MOST_DIGITS):
        return cell
    plain = "".join(unicodedata.normalize("NFKC", str(cell)).split())
    if plain in BLANK:
        return None
    if not re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,9}(?:\.0+)?", plain):
        raise ValueError
    return int(plain.replace(",", "").partition(".")[0])


def read_published(raw: Any, year: int) -> Published:
    """A report from decoded JSON: ``table3`` as rows of key and seven values, ``table4`` as in ``report --json``.

    Blank cells may be null, a sign for nothing, or absent. Raises LawError that names the row or the key that is missing or wrong.
    """
    if not isinstance(raw, dict) or not isinstance(raw.get("table3"), list):
        raise LawError("年报文件应当是 JSON 对象，有 table3（各行）和 table4，形状同 report --json。")
    form = format_of(year)
    notes: list[str] = []
    given, last = _given(raw["table3"], "table3"), _given(raw.get("last_year") or [], "last_year")
    old_form = _old_form(given, form)
    notes += _notes_of_two(raw.get("table2") or [], year)
    if (said := year_of(raw)) not in (None, year):
        notes.append(f"文件里写的是{said}年的年报，现在照{year}年核对：请看年份写对没有。")
    data = {
        "year": year,
        "table3": _rows(given, "2019" if old_form else form, notes),
        "table4": _table4(raw.get("table4") or {}, notes),
        "last_year": _rows(last, format_of(year - 1), []) if last else None,
        "quoted": raw.get("quoted") or {},
        "period": raw.get("period"),
        "text": raw.get("text") or "",
        "notes": tuple(notes),
        "old_form": old_form,
    }
    try:
        return Published.model_validate(data)
    except ValidationError as error:
        raise LawError(f"年报文件的【{first_fault(error).where}】不合要求，请核对。") from error


def year_of(raw: Any) -> int | None:
    """The year that a report says it is about; None where it does not."""
    if not isinstance(raw, dict):
        return None
    year = raw.get("year")
    if isinstance(year, int) and not isinstance(year, bool):
        return year
    return year_said(raw["text"]) if isinstance(raw.get("text"), str) else None


def _given(rows: Any, name: str) -> dict[str, list[Any]]:
    """The cells of rows by their keys."""
    try:
        return {str(row["key"]): list(row["values"]) for row in rows}
    except (TypeError, KeyError) as error:
        raise LawError(f"年报文件的 {name} 每一行要有 key 和 values。") from error


def _notes_of_two(given: Any, year: int) -> list[str]:
    """What table two lacks of the lines and the numbers that the form of its year has (国办公开办函〔2019〕60号、〔2021〕30号). A file without
    a table two is not asked for one. Raises LawError for rows of another shape."""
    try:
        found = {str(row["name"]): len(list(row["values"])) for row in given}
    except (TypeError, KeyError) as error:
        raise LawError("年报文件的 table2 每一行要有 name 和 values。") from error
    lines = lines_of(year) if found else ()
    lacks = [line.name for line in lines if line.name not in found]
    others = [name for name in found if name not in {line.name for line in lines}]
    said = f"表二没有【{'】【'.join(lacks)}】" + (f"，有【{'】【'.join(others)}】" if others else "") if lacks else ""
    short = [
        f"表二【{line.name}】应当有{len(line.columns)}个数，找到{found[line.name]}个"
        for line in lines
        if line.name in found and found[line.name] != len(line.columns)
    ]
    return [f"{note}，请对照当年的格式。" for note in (said, *short) if note]


def _old_form(given: dict[str, list[Any]], form: Format) -> str:
    """What shows that a table is that of 2019 in a report that must have the newer one; empty where nothing does."""
    new = [row.label for row in rows_of(form) if row.before and row.key not in given]
    olds = {row.key for row in rows_of("2019")}
    return f"表三没有【{new[0]}】等行，是2019年格式" if form != "2019" and new and olds <= given.keys() else ""


def _rows(given: dict[str, list[Any]], form: Format, notes: list[str]) -> list[FilledRow]:
    """Rows in official order. Raises LawError when one is missing, has not seven values, or a cell is no number."""
    width, blank, without_sum, rows = len(columns()), 0, [], []
    for row in rows_of(form):
        cells = given.get(row.key, [])
        if len(cells) != width:
            raise LawError(f"表三的【{row.label}】（{row.key}）应当有{width}个数，请补上。")
        values = [_cell(cell, f"表三【{row.label}】的【{columns()[n].name}】") for n, cell in enumerate(cells)]
        blank += sum(value is None for value in values[:-1])
        parts = [value or 0 for value in values[:-1]]
        if values[-1] is None and any(parts):
            without_sum.append(row.label)
        rows.append(
            FilledRow(key=row.key, label=row.label, values=(*parts, sum(parts) if values[-1] is None else values[-1]))
        )
    if blank:
        notes.append(f"表三有{blank}格是空的，按0核对。")
    if without_sum:
        more = f"等{len(without_sum)}行" if len(without_sum) > SHOWN else ""
        notes.append(f"表三的【总计】列没有填：{'、'.join(without_sum[:SHOWN])}{more}，按六类之和核对。")
    return rows


def _table4(given: Any, notes: list[str]) -> Table4:
    """The fifteen numbers, or none at all. Raises LawError for a route, an outcome or a number that is none."""
    if not given:
        return {}
    table: Table4 = {}
    if not isinstance(given, dict) or not all(isinstance(block, dict) for block in given.values()):
        raise LawError("年报文件的 table4 应当是三个途径，各有五个数，形状同 report --json。")
    names, blank = outcome_names(), 0
    if strange := [key for key in given if key not in ROUTES]:
        raise LawError(f"年报文件的 table4 没有【{str(strange[0])[:20]}】这个途径，可以用：{'、'.join(ROUTES)}。")
    for route in ROUTES:
        block = given.get(route, {})
        if strange := [key for key in block if key not in names]:
            raise LawError(
                f"表四【{ROUTE_NAMES[route]}】没有【{str(strange[0])[:20]}】这一格，可以用：{'、'.join(names)}。"
            )
        cells = {
            key: _cell(block.get(key), f"表四【{ROUTE_NAMES[route]}】的【{name}】") for key, name in names.items()
        }
        blank += sum(cells[key] is None for key in OUTCOMES)
        parts: dict[str, int] = {key: cells[key] or 0 for key in OUTCOMES}
        total = cells["total"]
        table[route] = {**parts, "total": sum(parts.values()) if total is None else total}
    if blank:
        notes.append(f"表四有{blank}格是空的，按0核对。")
    return table


def _cell(cell: Any, where: str) -> int | None:
    try:
        return cell_number(cell)
    except ValueError as error:
        raise LawError(f"{where}是【{str(cell)[:20]}】，不是数，请核对。") from error


def check_published(report: Published) -> list[Check]:
    """All checks that a written report allows: its form, its tables, its quoted figures and those in its text, its period."""
    checks = check_tables(report.table3, report.table4, report.last_year)
    if not report.table4:
        checks = [check for check in checks if check.key != "d"]
    figures = narrative(report.table3, report.table4)
    if report.quoted:
        checks.append(check_quoted(report.quoted, figures))
    if report.text:
        more, last = _of_new(report.table3), report.last_year
        before = {**narrative(last), **_of_new(last)} if last else {}
        checks.append(check_text(report.text, {**figures, **more}, before, report.year))
    if said := report.period or period_said(report.text):
        checks.append(check_no_day(report.year, said) if isinstance(said, str) else check_period(report.year, *said))
    if report.old_form:
        fault = ReportFault(
            where="表三", written_as="", written="的是2019年格式的行", expected_as="", expected="2021年格式的行",
            said=f"{report.old_form}，2021年度起要用新格式",
        )  # fmt: skip
        checks.append(checked_by("i", "i. 表格用的是当年的格式", [fault]))
    return checks


def _of_new(table: Sequence[FilledRow]) -> dict[str, int]:
    """Who sent the new applications: what texts say of persons and organisations is meant of these or of all that were worked on."""
    values = next(row.values for row in table if row.key == "new")
    return {"new_natural_persons": values[0], "new_organisations": sum(values[1:-1])}


def check_quoted(quoted: dict[str, int], figures: dict[str, int]) -> Check:
    """Identity f: the figures in the text are those of the table. Unknown names of figures are named."""
    names = report_file().figures
    faults = [
        ReportFault(
            where=f"【{key}】", written_as="文件", written=str(said), expected_as="", expected=f"这些数里的一个：{'、'.join(figures)}",
            said=f"没有【{key}】这个数",
        )
        for key, said in quoted.items()
        if key not in figures
    ]  # fmt: skip
    faults += [
        ReportFault(
            where=f"【{names[key]}】", written_as="文字", written=str(said), expected_as="表格里的", expected=str(figures[key]),
            said=f"【{names[key]}】：文字{said}，表格{figures[key]}，差{abs(said - figures[key])}",
        )
        for key, said in quoted.items()
        if key in figures and said != figures[key]
    ]  # fmt: skip
    return checked_by("f", NAME, faults)


def check_period(year: int, first: date, last: date) -> Check:
    """Identity g: the report covers 1 January to 31 December of its year."""
    whole = f"{year}-01-01至{year}-12-31"
    wrong = "截止日早于起始日" if last < first else f"应为{whole}"
    fault = ReportFault(
        where="统计期限", written_as="", written=f"{first}至{last}", expected_as="", expected=whole,
        said=f"写的是{first}至{last}，{wrong}",
    )  # fmt: skip
    right = (first, last) == (date(year, 1, 1), date(year, 12, 31))
    return checked_by("g", PERIOD_NAME, [] if right else [fault])


def check_no_day(year: int, said: str) -> Check:
    """The same for a period with a day that no calendar has."""
    fault = ReportFault(
        where="统计期限", written_as="", written=said, expected_as="", expected=f"{year}-01-01至{year}-12-31",
        said=f"写的是{said}，没有这样的日期",
    )  # fmt: skip
    return checked_by("g", PERIOD_NAME, [fault])


def check_register(report: Published, made: Report) -> Check | None:
    """Identity j: what was published is what the register gives, cell by cell. None where the register has nothing of that year, or the
    published tables are of another form."""
    told = any(any(row.values) for row in made.table3) or any(any(block.values()) for block in made.table4.values())
    if not told or report.old_form:
        return None
    now = {row.key: row.values for row in made.table3}
    faults = [
        _against(f"表三【{row.label}】的【{columns()[n].name}】", value, now[row.key][n])
        for row in report.table3
        for n, value in enumerate(row.values)
        if value != now[row.key][n]
    ]
    names = outcome_names()
    faults += [
        _against(f"表四【{ROUTE_NAMES[route]}】的【{names[key]}】", value, made.table4[route][key])
        for route, block in report.table4.items()
        for key, value in block.items()
        if value != made.table4[route][key]
    ]
    return checked_by("j", "j. 公布的数＝登记簿的数", faults)


def _against(where: str, published: int, here: int) -> ReportFault:
    return ReportFault(
        where=where, written_as="公布的", written=str(published), expected_as="", expected=str(here),
        said=f"{where}：公布的{published}，登记簿{here}", joint="登记簿里是",
    )  # fmt: skip
