"""Tables two, three and four as the official form draws them: merged heads, the remark in the corner, one box a number.

The same boxes go to xlsx, docx and pdf.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from deskapp.law.annual_report import ROUTES, FilledRow, outcome_names, report_file
from deskapp.law.report_checks import Report
from deskapp.law.table_two import TITLE as TITLE2
from deskapp.law.table_two import Cells, lines_of

CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
TITLE3 = "三、收到和处理政府信息公开申请情况"
TITLE4 = "四、政府信息公开行政复议、行政诉讼情况"
TWO_COLUMNS = 4
HEAD_ROWS, LABELS = 3, 3  # rows of the head of both tables; columns of labels of table three
_LABEL = re.compile(r"三(（[一二三四五六七]）)(.*)")


@dataclass(frozen=True)
class FormBox:
    """A box: its upper left corner, its size, and a text or a number; heads stand in the middle."""

    row: int
    column: int
    rows: int
    columns: int
    value: str | int
    head: bool = False


@dataclass(frozen=True)
class Form:
    """A table: title, boxes, and the shares of its columns in the width."""

    title: str
    fields: tuple[FormBox, ...]
    shares: tuple[float, ...]


def table_three(report: Report) -> Form:
    """Table three of a report."""
    fields = [*_head_three(report.columns), *_labels(report.table3)]
    for n, row in enumerate(report.table3, HEAD_ROWS):
        fields += [FormBox(n, LABELS + column, 1, 1, value) for column, value in enumerate(row.values)]
    return Form(TITLE3, tuple(fields), (8, 18, 46, *[12] * len(report.columns)))


def _head_three(columns: Sequence[str]) -> Iterator[FormBox]:
    yield FormBox(0, 0, HEAD_ROWS, LABELS, CORNER, head=True)
    yield FormBox(0, LABELS, 1, len(columns), "申请人情况", head=True)
    yield FormBox(1, LABELS, 2, 1, columns[0], head=True)
    yield FormBox(1, LABELS + 1, 1, len(columns) - 2, "法人或其他组织", head=True)
    for n, name in enumerate(columns[1:-1], LABELS + 1):
        yield FormBox(2, n, 1, 1, name, head=True)
    yield FormBox(1, LABELS + len(columns) - 1, 2, 1, columns[-1], head=True)


def _labels(table: Sequence[FilledRow]) -> Iterator[FormBox]:
    """The labels of the rows: 三 over all of its own, each group over its items."""
    inside = [(n, found) for n, row in enumerate(table, HEAD_ROWS) if (found := _LABEL.fullmatch(row.label))]
    for n, row in enumerate(table, HEAD_ROWS):
        if not _LABEL.fullmatch(row.label):
            yield FormBox(n, 0, 1, LABELS, row.label)
    yield FormBox(inside[0][0], 0, len(inside), 1, "三、本年度办理结果", head=True)
    for number, rows in groupby(inside, key=lambda item: item[1][1]):
        group = list(rows)
        if len(group) == 1:
            yield FormBox(group[0][0], 1, 1, 2, number + group[0][1][2])
            continue
        yield FormBox(group[0][0], 1, len(group), 1, number + _group_name(table[group[0][0] - HEAD_ROWS].key))
        for n, found in group:
            yield FormBox(n, 2, 1, 1, found[2])


def _group_name(key: str) -> str:
    """What the group of a row is called: 不予公开, 无法提供 …"""
    row = next(row for row in report_file().row if row.key == key)
    return report_file().figures[f"group_{row.group}"]


def table_four(report: Report) -> Form:
    """Table four of a report."""
    names = list(outcome_names())
    width = len(names)
    fields = [
        FormBox(0, 0, 2, width, "行政复议", head=True),
        FormBox(0, width, 1, 2 * width, "行政诉讼", head=True),
        FormBox(1, width, 1, width, "未经复议直接起诉", head=True),
        FormBox(1, 2 * width, 1, width, "复议后起诉", head=True),
    ]
    for n, route in enumerate(ROUTES):
        for m, key in enumerate(names):
            fields.append(FormBox(2, n * width + m, 1, 1, outcome_names()[key], head=True))
            fields.append(FormBox(HEAD_ROWS, n * width + m, 1, 1, report.table4[route][key]))
    return Form(TITLE4, tuple(fields), (1,) * (width * len(ROUTES)))


def table_two(year: int, cells: Cells) -> Form:
    """Table two as it was typed in; a number that nobody gave stays blank."""
    fields: list[FormBox] = []
    row, block = 0, ""
    for line in lines_of(year):
        if line.block != block:
            block = line.block
            fields.append(FormBox(row, 0, 1, TWO_COLUMNS, block, head=True))
            fields += _two_row(row + 1, "信息内容", line.columns, head=True)
            row += 2
        given = cells.get(line.key) or ("",) * len(line.columns)
        fields += _two_row(row, line.name, given, head=False)
        row += 1
    return Form(TITLE2, tuple(fields), (34, 40, 40, 40))


def _two_row(row: int, name: str, values: Sequence[str], head: bool) -> Iterator[FormBox]:
    """A line of table two: what is counted, and one, two or three numbers over three columns."""
    yield FormBox(row, 0, 1, 1, name, head=head)
    room = TWO_COLUMNS - 1
    for n, value in enumerate(values):
        width = room - len(values) + 1 if n == len(values) - 1 else 1
        yield FormBox(row, 1 + n, 1, width, value, head=True)


def said(report: Report) -> list[str]:
    """The figures that the text of the report quotes, one a line."""
    return [f"{report_file().figures[key]}：{value}件" for key, value in report.narrative.items()]


def checked(report: Report) -> list[str]:
    """The checks, one a line."""
    return [f"{check.verdict}　{check.name}：{check.detail}" for check in report.checks]
