"""``deskapp handouts``: sheets for the public as files, with another language below the Chinese."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook
from pypdf import PdfReader

from tests.cli.conftest import TODAY, Shell


def test_a_sheet_in_two_languages(unit: Shell) -> None:
    made = unit.json("handouts", "table", "英文", "-o", "t.xlsx", *TODAY)
    book = load_workbook(unit.folder / "t.xlsx")
    for row in book["译文"].iter_rows(min_row=2):
        row[3].value = "How to apply" if row[2].value == "一、怎样申请" else None
    book.save(unit.folder / "t.xlsx")
    taken = unit.json("handouts", "take", "t.xlsx", *TODAY)
    assert (taken["language"], taken["done"], taken["of"]) == ("英文", 1, made["of"])
    printed = unit.json("handouts", "print", "large", "-o", "card.pdf", "--with", "英文", *TODAY)
    assert (printed["done"], printed["of"]) == (1, 13)
    pages = PdfReader(BytesIO((unit.folder / "card.pdf").read_bytes())).pages
    assert "How to apply" in pages[0].extract_text()
    listed = unit.json("handouts", "list", *TODAY)
    assert listed["languages"] == [{"language": "英文", "done": 1, "of": made["of"]}]
    assert "只印中文" in unit("handouts", "print", "sign", "-o", "sign.pdf", "--with", "英文", *TODAY).stdout


def test_what_cannot_be_printed_is_refused(unit: Shell) -> None:
    assert "藏文这里印不了" in unit("handouts", "table", "藏文", "-o", "t.xlsx", *TODAY, expect=1).stderr
    (unit.folder / "t.csv").write_text("语言,中文,译文\n英文,申请人,ཞུ་མཁན\n", encoding="utf-8")
    assert "藏文" in unit("handouts", "take", "t.csv", *TODAY, expect=1).stderr
    unit("handouts", "print", "none", "-o", "a.pdf", *TODAY, expect=1)
    unit("handouts", "print", "card", "-o", "a.pdf", "--with", "英文", *TODAY, expect=1)
    assert not list(unit.folder.glob("*.pdf"))
