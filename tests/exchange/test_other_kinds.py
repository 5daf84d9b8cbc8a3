"""Files that are tables of a kind that is not read are called what they are; hidden rows are told where they can be."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.exchange.tables.ods_merges import ods_hidden
from tests.exchange.test_tables import TABLES

ODF = '<o:d xmlns:o="urn:o" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">{}</o:d>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "【XML 表格 2003】，这里读不了"),
        ('<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>', "fods"),
        ('<?xml version="1.0"?><a/>', "XML 文件，不是表格"),
        ("MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n--x\r\n", "单个文件网页"),
        ("From: <Saved by WPS>\r\nSubject: a\r\n b\r\nMIME-Version: 1.0\r\n\r\n", "单个文件网页"),
    ],
)  # fmt: skip
def test_what_a_file_is(desk: Desk, tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "a.xls"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DeskError, match=said):
        desk.ledgers.take(path)


def test_rows_of_an_open_document_that_are_not_seen(tmp_path: Path) -> None:
    rows = (
        "<table:table-row/><table:table-row table:visibility='filter' table:number-rows-repeated='2'/>"
        "<table:table-row-group table:display='false'><table:table-row/></table:table-row-group>"
        "<table:table-row/><table:table-row table:visibility='collapse'/>"
    )
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as box:
        box.writestr(
            "content.xml",
            ODF.format(f"<table:table>{rows}</table:table><table:table><table:table-row/></table:table>"),
        )
    assert ods_hidden(path, 0) == [(1, 2), (3, 3), (5, 5)]
    assert ods_hidden(path, 1) == []


def test_an_old_workbook_does_not_tell_its_hidden_rows(desk: Desk) -> None:
    path = next(TABLES.glob("*.xls"))
    said = [text for text in desk.ledgers.take(path, dry_run=True).warnings if "看不出哪些行是隐藏的" in text]
    assert len(said) == 1
