"""The county's year as a workbook, official tables as docx and pdf."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from deskapp.county.summary import COLUMNS, Summary, together_cells
from deskapp.exchange.new_book import new_book
from deskapp.exchange.report_docx import write_tables_docx
from deskapp.exchange.report_form import Form, checked, said, table_four, table_three, table_two
from deskapp.exchange.report_xlsx import figures_and_checks, write_column, write_form
from deskapp.law.report_checks import ROUTE_NAMES, Report
from deskapp.law.table_two import Cells
from deskapp.ruling import Ruled, rule_tables

EACH_ITS_SHEET = 60  # points up to which each has a sheet of its own


@dataclass(frozen=True)
class CountyYear:
    """A year of a county: its tables together, by kind of point and by point (name to report), table two as far as the points typed it."""

    county: str
    whole: Report
    kinds: Mapping[str, Report]
    points: Mapping[str, Report]
    two: Cells
    summary: Summary | None = None
    notes: tuple[str, ...] = ()
    practice: bool = False

    @property
    def title(self) -> str:
        """What it is called."""
        return f"{self.county}{self.whole.year}年政府信息公开情况汇总（表二至表四）"

    @property
    def forms(self) -> tuple[Form, Form, Form]:
        """The official tables of the whole."""
        return table_two(self.whole.year, self.two), table_three(self.whole), table_four(self.whole)

    @property
    def forms_by_kind(self) -> tuple[Form, ...]:
        """The official tables of each kind of point: centres, townships, departments; none where all are of one."""
        if len(self.kinds) < 2:
            return ()
        return tuple(
            replace(form, title=f"{kind}　{form.title}")
            for kind, made in self.kinds.items()
            for form in (table_three(made), table_four(made))
        )


def write_year_xlsx(book_of: CountyYear, path: Path) -> None:
    """Write the workbook: a line a point, the official tables of the whole, table three by kind and by point. Raises OSError."""
    with new_book(path, book_of.title) as book:
        if book_of.summary:
            rows = [COLUMNS, *(line.cells for line in book_of.summary.lines), together_cells(book_of.summary)]
            _write_rows(book, "各点一览", rows)
        for name, form in zip(("表二", "表三", "表四"), book_of.forms, strict=True):
            write_form(book, book.add_worksheet(name), form, f"{book_of.county}{book_of.whole.year}年　{form.title}")
        _write_rows(book, "各类表三", _flat(book_of.kinds))
        _write_rows(book, "各点表三", _flat(book_of.points))
        _write_rows(book, "各点表四", _flat_four(book_of.points))
        if len(book_of.points) <= EACH_ITS_SHEET:
            for n, (name, made) in enumerate(book_of.points.items(), 1):
                form = table_three(made)
                write_form(book, book.add_worksheet(f"点{n}"), form, f"{name}{made.year}年　{form.title}")
        write_column(book.add_worksheet("核对"), [*figures_and_checks(book_of.whole), "", *book_of.notes])


def write_year_docx(book_of: CountyYear, path: Path) -> None:
    """Write the official tables of the whole and of each kind of point. Raises DeskError without the extra, OSError."""
    below = ["勾稽关系：", *checked(book_of.whole), *book_of.notes]
    write_tables_docx(book_of.title, book_of.county, (*book_of.forms, *book_of.forms_by_kind), below, path)


def write_year_pdf(book_of: CountyYear, path: Path, own_fonts: Path, today: date) -> None:
    """Write the same as pdf. Raises OSError."""
    heading = f"{book_of.county}{book_of.whole.year}年"
    below = (
        "文字部分引用的数：" + "；".join(said(book_of.whole)),
        "勾稽关系：",
        *checked(book_of.whole),
        *book_of.notes,
    )
    forms = (*book_of.forms, *book_of.forms_by_kind)
    ruled = Ruled(book_of.title, book_of.county, heading, forms, below, book_of.practice)
    path.write_bytes(rule_tables(ruled, own_fonts, today))


def _flat(reports: Mapping[str, Report]) -> list[Sequence[str | int]]:
    """Table three of several, a line a row."""
    lines: list[Sequence[str | int]] = []
    for name, made in reports.items():
        if not lines:
            lines.append(("名称", "项目", *made.columns))
        lines += [(name, row.label, *row.values) for row in made.table3]
    return lines or [("名称", "项目")]


def _flat_four(reports: Mapping[str, Report]) -> list[Sequence[str | int]]:
    """Table four of several, a line each."""
    lines: list[Sequence[str | int]] = [("名称", "程序", "维持", "纠正", "其他", "尚未审结", "总计")]
    for name, made in reports.items():
        for route, row in made.table4.items():
            lines.append(
                (
                    name,
                    ROUTE_NAMES[route],
                    *(row[key] for key in ("upheld", "corrected", "other", "pending", "total")),
                )
            )
    return lines


def _write_rows(book: Any, name: str, rows: Sequence[Sequence[str | int]]) -> None:
    """Lines of texts and numbers, the first as head."""
    page = book.add_worksheet(name)
    page.freeze_panes(1, 1)
    head, number = (
        book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        book.add_format({"num_format": "0"}),
    )
    page.set_column(0, 0, 32)
    page.set_column(1, max(1, len(rows[0]) - 1), 12)
    for n, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, int):
                page.write_number(n, column, value, number)
            elif value.isdigit() and n:
                page.write_number(n, column, int(value), number)
            else:
                page.write_string(n, column, value, head if n == 0 else None)
