"""A report in a docx is checked as it is read on paper: changes accepted, hidden and struck words left out, boxes of forms and layouts opened."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml

from deskapp.exchange.report_pages import Pages, pages_of
from deskapp.exchange.report_tables import table_three
from tests.exchange.test_report_tables import WANTED, three, values

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TRACK = 'w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z"'


def run(text: str, of: str = "", tag: str = "t") -> str:
    return f"<w:r>{f'<w:rPr>{of}</w:rPr>' if of else ''}<w:{tag}>{text}</w:{tag}></w:r>"


def ins(inside: str) -> str:
    return f"<w:ins {TRACK}>{inside}</w:ins>"


def gone(text: str, tag: str = "del") -> str:
    return f"<w:{tag} {TRACK}>{run(text, tag='delText')}</w:{tag}>"


def box(inside: str) -> str:
    return f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def read(path: Path, *xml: str) -> Pages:
    """The pages of a document of these elements."""
    book = docx.Document()
    for each in xml:
        book.element.body.insert(len(book.element.body) - 1, parse_xml(each.replace(">", f" {W}>", 1)))
    book.save(str(path))
    found = [each for each in pages_of(path) if isinstance(each, Pages)]
    return found[0]


@pytest.mark.parametrize(
    ("inside", "shown", "said"),
    [
        (run("收到") + ins(run("1")) + run("27件"), "收到127件", "1处修订"),
        (run("收到") + gone("28") + ins(run("27")) + run("件"), "收到27件", "2处修订"),
        (run("收到") + gone("28", "moveFrom") + run("件"), "收到件", "1处修订"),
        (run("收到") + box(run("27")) + run("件"), "收到27件", ""),
        (run("收到") + ins(box(run("27"))) + run("件"), "收到27件", "1处修订"),
        (run("收到") + run("28", "<w:strike/>") + run("27件"), "收到27件", "1处隐藏或者划掉"),
        (run("收到") + run("28", "<w:vanish/>") + run("27件"), "收到27件", "1处隐藏或者划掉"),
        (run("收到") + run("27", '<w:strike w:val="0"/>') + run("件"), "收到27件", ""),
        (f"<w:pPr><w:rPr><w:ins {TRACK}/></w:rPr></w:pPr>" + run("收到27件"), "收到27件", "1处修订"),
    ],
)
def test_a_paragraph_is_read_as_it_stands_on_paper(tmp_path: Path, inside: str, shown: str, said: str) -> None:
    pages = read(tmp_path / "a.docx", f"<w:p>{inside}</w:p>")
    assert pages.text.strip() == shown
    assert said in pages.unread
    assert bool(said) is bool(pages.unread)


def row(*cells: str, of: str = "") -> str:
    return f"<w:tr>{of}{''.join(f'<w:tc><w:p>{cell}</w:p></w:tc>' for cell in cells)}</w:tr>"


def table(*rows: str) -> str:
    grid = "<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
    return f"<w:tbl><w:tblPr/>{grid}{''.join(rows)}</w:tbl>"


def test_tables_in_boxes_and_in_tables_are_tables(tmp_path: Path) -> None:
    inner = table(row(run("自然人"), run("12")))
    around = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    for n, xml in enumerate((inner, box(inner), around)):
        grids = read(tmp_path / f"{n}.docx", xml).grids
        assert ["自然人", "12"] in [list(line) for grid in grids for line in grid]


def test_rows_that_were_taken_out_or_put_in_under_tracking(tmp_path: Path) -> None:
    mark = "<w:trPr><w:{} " + TRACK + "/></w:trPr>"
    xml = table(
        row(run("甲"), run("1")),
        row(run("乙"), run("2"), of=mark.format("del")),
        row(run("丙"), run("3"), of=mark.format("ins")),
    )
    pages = read(tmp_path / "a.docx", xml)
    assert [list(line) for line in pages.grids[0]] == [["甲", "1"], ["丙", "3"]]
    assert "2处修订" in pages.unread


def book_of(
    path: Path, sheets: dict[str, list[list[str]]], hidden: tuple[str, ...] = (), rows: tuple[int, ...] = ()
) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for number in rows:
            sheet.row_dimensions[number].hidden = True
    book.save(path)
    return path


def of_sheets(path: Path) -> Pages:
    return next(each for each in pages_of(path) if isinstance(each, Pages))


def test_a_hidden_sheet_or_row_is_not_what_was_published(tmp_path: Path) -> None:
    other = [[label, *(str(int(cell) + 1) for cell in cells)] for label, *cells in three()[1:]]
    pages = of_sheets(book_of(tmp_path / "a.xlsx", {"2024": [three()[0], *other], "2025": three()}, hidden=("2024",)))
    assert values(table_three(pages.grids)[0]) == WANTED
    assert pages.unread == "隐藏的工作表【2024】没有看。"
    assert (
        of_sheets(book_of(tmp_path / "b.xlsx", {"2025": [["旧的"], *three()]}, rows=(1,))).unread
        == "隐藏的1行没有看。"
    )


def test_of_the_sheets_of_several_years_the_last_is_looked_at_first(tmp_path: Path) -> None:
    other = [[label, *(str(int(cell) + 1) for cell in cells)] for label, *cells in three()[1:]]
    pages = of_sheets(book_of(tmp_path / "a.xlsx", {"2024年": [three()[0], *other], "2025年": three()}))
    assert values(table_three(pages.grids)[0]) == WANTED


def test_a_label_that_reaches_up_to_the_first_number_without_being_merged(tmp_path: Path) -> None:
    head, *rest = three()
    lines = [["", "", "", *head[1:]], *([label, "", "", *cells] for label, *cells in rest)]
    assert values(table_three([lines])[0]) == WANTED
