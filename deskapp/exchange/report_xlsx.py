"""The annual report as xlsx: tables two to four as the form draws them, the figures of the text, the checks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from deskapp.exchange.new_book import new_book
from deskapp.exchange.report_draft import ReportContent
from deskapp.exchange.report_form import Form, checked, said, table_four, table_three, table_two
from deskapp.law.report_checks import Report

SHEET_WIDTH = 156  # characters over all columns


def write_xlsx(content: ReportContent, path: Path) -> None:
    """Write the tables to ``path``; text stays text whatever it begins with. Raises OSError."""
    report, heading = content.report, f"{content.unit.name}{content.report.year}年{content.differs}"
    two = table_two(report.year, content.two)
    forms = (("表二", two), ("表三", table_three(report)), ("表四", table_four(report)))
    with new_book(path, f"{content.title}（表二至表四）") as book:
        for name, form in forms:
            write_form(book, book.add_worksheet(name), form, f"{heading}　{form.title}")
        write_column(book.add_worksheet("文字和核对"), figures_and_checks(report))


def figures_and_checks(report: Report) -> list[str]:
    """The figures that the text quotes and what was checked, line by line."""
    return ["文字部分引用的数", *said(report), "", "勾稽关系", *checked(report)]


def write_column(page: Any, lines: Iterable[str]) -> None:
    """Lines below each other."""
    page.set_column(0, 0, 120)
    for n, line in enumerate(lines):
        page.write_string(n, 0, line)


def write_form(book: Any, page: Any, form: Form, title: str) -> None:
    """One table below its title, boxes merged as in the form."""
    styles = {
        head: book.add_format(
            {"border": 1, "text_wrap": True, "valign": "vcenter", "align": "center" if head else "left"}
        )
        for head in (True, False)
    }
    number = book.add_format({"border": 1, "align": "center", "valign": "vcenter", "num_format": "0"})
    bold = book.add_format({"bold": True, "font_size": 14})
    for column, share in enumerate(form.shares):
        page.set_column(column, column, max(6.0, share * SHEET_WIDTH / sum(form.shares) / 1.6))
    page.write_string(0, 0, title, bold)
    for field in form.fields:
        top, left = field.row + 1, field.column
        style = number if isinstance(field.value, int) else styles[field.head]
        if field.rows * field.columns > 1:
            page.merge_range(top, left, top + field.rows - 1, left + field.columns - 1, "", style)
        if isinstance(field.value, int):
            page.write_number(top, left, field.value, style)
        else:
            page.write_string(top, left, field.value, style)
