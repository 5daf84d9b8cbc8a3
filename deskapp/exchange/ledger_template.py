"""An empty ledger to be filled in: the columns as text cells with their choices, and a sheet that says what belongs in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from deskapp.exchange.ledger_columns import COLUMNS, DAYS, NUMBER, REQUIRED, SHEET
from deskapp.exchange.new_book import new_book

INSTRUCTIONS = "填表说明"
HEADS = ("列", "要不要填", "怎样填")
ROWS = 2000  # that are prepared
MOST_CHOICES = 250  # characters that a table program takes in a list of choices
ABOUT = {
    NUMBER: "登记簿里的号；新的申请空着，导入的时候给号。",
    "申请人": "姓名或者名称，照申请表和证件写。",
    "证件号码": "这一列是文本，18位的号码不会变样。",
    "申请内容": "照申请表写，不要换行。",
    "文号": "写成 青政依复〔2026〕7号；〔〕或者 () 都认得。",
    "代理人": "写成 姓名｜证件号码｜电话｜地址，没有的空着。",
    "监护人": "写成 姓名｜证件号码｜电话｜地址｜与申请人关系。",
    "一起申请的人": "一人一段，用；分开，每人写成 姓名｜证件号码｜电话｜地址。",
    "推选的代表": "几个人用、分开。",
    "重作工作日数": "决定书写明的期限：几个工作日；自然日写成 30日；没有写明的不填。",
}
DAY = "日期，写成 2026-11-21。"
FREE = "文字，没有的空着。"


def write_template(path: Path, allowed: Mapping[str, Sequence[str]]) -> None:
    """Write the empty ledger; ``allowed`` are the words that a column takes. Raises OSError."""
    with new_book(path, "政府信息公开申请台账") as book:
        head, text = (
            book.add_format({"bold": True, "border": 1, "num_format": "@"}),
            book.add_format({"num_format": "@"}),
        )
        page = book.add_worksheet(SHEET)
        page.freeze_panes(1, 1)
        for column, name in enumerate(COLUMNS):
            page.set_column(column, column, 14, text)
            page.write_string(0, column, f"{name}*" if name in REQUIRED else name, head)
            choices = list(allowed.get(name, ()))
            if choices and len(",".join(choices)) <= MOST_CHOICES:
                page.data_validation(
                    1, column, ROWS, column, {"validate": "list", "source": choices, "error_type": "warning"}
                )
        notes, wrapped = book.add_worksheet(INSTRUCTIONS), book.add_format({"text_wrap": True, "valign": "top"})
        for column, width in enumerate((18, 12, 90)):
            notes.set_column(column, column, width, wrapped)
        for row, cells in enumerate([HEADS, *_instructions(allowed)]):
            for column, cell in enumerate(cells):
                notes.write_string(row, column, cell, wrapped if row else head)


def _instructions(allowed: Mapping[str, Sequence[str]]) -> list[tuple[str, str, str]]:
    """A line for each column."""
    lines = []
    for name in COLUMNS:
        words = f"写其中一个：{'、'.join(allowed[name])}。" if allowed.get(name) else ""
        about = ABOUT.get(name, "") or (DAY if name in DAYS else "") or words or FREE
        lines.append((name, "必须填" if name in REQUIRED else "有就填", about))
    return lines
