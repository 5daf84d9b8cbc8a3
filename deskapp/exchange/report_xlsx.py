"""The annual report as xlsx: tables three and four, and the checks."""

from __future__ import annotations

from pathlib import Path

from deskapp.law.annual_report import ROUTES, outcome_names
from deskapp.law.report_checks import ROUTE_NAMES, Report

CORNER = "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和"


def write_report(report: Report, unit: str, path: Path) -> None:
    """Write the report of ``unit`` to ``path``; text cells stay text whatever they begin with. Raises OSError."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        _write(report, unit, path)
    except FileCreateError as error:
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error


def _write(report: Report, unit: str, path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "align": "center", "valign": "vcenter"})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
        table3 = book.add_worksheet("表三")
        table3.set_column(0, 0, 52)
        table3.set_column(1, 7, 12)
        table3.write_string(0, 0, f"{unit}{report.year}年收到和处理政府信息公开申请情况", head)
        for column, name in enumerate((CORNER, *report.columns)):
            table3.write_string(1, column, name, head)
        for n, row in enumerate(report.table3, 2):
            table3.write_string(n, 0, row.label, cell)
            for column, value in enumerate(row.values, 1):
                table3.write_number(n, column, value, cell)
        table4 = book.add_worksheet("表四")
        table4.set_column(0, 0, 34)
        for column, name in enumerate(outcome_names().values(), 1):
            table4.write_string(0, column, name, head)
        for n, route in enumerate(ROUTES, 1):
            table4.write_string(n, 0, ROUTE_NAMES[route], cell)
            for column, key in enumerate(outcome_names(), 1):
                table4.write_number(n, column, report.table4[route][key], cell)
        checks = book.add_worksheet("核对")
        checks.set_column(0, 2, 40)
        for n, check in enumerate(report.checks):
            checks.write_row(n, 0, [check.name, "相符" if check.ok else "不符", check.detail])
