"""Words of a table that are struck through are read as the others, counted and named."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from deskapp.exchange.ledger_columns import LEDGER
from deskapp.exchange.table import OpenTable
from tests.exchange.test_tables import HEAD, row

SAID = "第3行、第4行里有划掉的字（删除线），也照样读了；作废的请删去后再导入。"


def read(path: Path) -> tuple[int, tuple[str, ...]]:
    table = OpenTable(path, LEDGER)
    return len(list(table.records())), table.warnings


@pytest.mark.parametrize("inline", [False, True])
def test_a_cell_and_a_piece_of_one(tmp_path: Path, inline: bool) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": inline})
    sheet, through = book.add_worksheet("台账"), book.add_format({"font_strikeout": True})
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, row(1))
    sheet.write_row(2, 0, row(2), through)
    sheet.write_row(3, 0, row(3)[:4])
    sheet.write_rich_string(3, 4, "前", through, "作废", "后")
    sheet.write_row(4, 0, row(4))
    book.close()
    count, said = read(path)
    assert count == 4
    assert SAID in said


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("<td><del>{}</del></td>", "<td>前<s>{}</s></td>"),
        ('<td style="text-decoration: line-through">{}</td>', "<td><strike>{}</strike></td>"),
    ],
)
def test_a_page(tmp_path: Path, one: str, two: str) -> None:
    path = tmp_path / "a.html"
    lines = [HEAD, row(1), row(2), row(3), row(4)]
    forms = ["<td>{}</td>", "<td>{}</td>", one, two, "<td>{}</td>"]
    body = "".join(
        "<tr>"
        + "".join(form.format(cell) if n == 4 else f"<td>{cell}</td>" for n, cell in enumerate(cells))
        + "</tr>"
        for cells, form in zip(lines, forms, strict=True)
    )
    path.write_text(f"<html><meta charset=utf-8><table>{body}</table></html>", encoding="utf-8")
    count, said = read(path)
    assert count == 4
    assert SAID in said


def test_a_page_without_any_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<meta charset=utf-8><s>作废</s><table>"
        + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>" for cells in (HEAD, row(1)))
        + "</table>",
        encoding="utf-8",
    )
    assert not any("删除线" in x for x in read(path)[1])
