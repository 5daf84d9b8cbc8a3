"""Days that programs wrote: moments of another clock, books that count from 1904, digits that a blank parts."""

from __future__ import annotations

import struct
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import MAC_EPOCH

from deskapp.desk import Desk
from deskapp.exchange.calendar_in import CALENDAR
from deskapp.exchange.days import day_of, since_1904
from deskapp.exchange.table import OpenTable
from deskapp.exchange.tables.epochs import GLOBALS, counts_from_1904
from deskapp.exchange.tables.reading import TableFile
from tests.exchange.test_tables import HEAD, book, edited, row

FIFTH = date(2026, 3, 5)
SERIAL_1904 = "44624"  # 2026-03-05


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-04T16:00:00.000Z", FIFTH), ("2026-03-04T15:59:59Z", date(2026, 3, 4)), ("2026-03-05T00:00:00+08:00", FIFTH),
        ("2026-03-05 00:00:00+08", FIFTH), ("2026-03-04T16:00:00+00:00", FIFTH), ("2026-03-04T11:00:00-05:00", FIFTH),
        ("2026-03-04 16:00:00 UTC", FIFTH), ("2026-03-05T08:00:00 GMT+0800", FIFTH), ("2026/3/4 16:00Z", FIFTH),
        ("2026-12-31T16:00:00Z", date(2027, 1, 1)), ("2026-03-05T00:30+0900", date(2026, 3, 4)), ("2026-03-05T01:00:00", FIFTH),
        ("2026-03-05T25:00:00Z", None), ("2026-03-05T10:00:00+19:00", None), ("2026-03-05Z", None), ("2026-03-05T10:00X", None),
        ("2026-03-04T23:59:00+08:00", date(2026, 3, 4)), ("2026-03-05T00:59+01:00", FIFTH), ("2026-03-04T15:29Z", date(2026, 3, 4)),
        ("2026-03-04T21:30+05:30", FIFTH), ("2026-03-04T21:29+05:30", date(2026, 3, 4)), ("2026-03-04T12:30-03:30", FIFTH),
        ("2026-03-04T12:29-03:30", date(2026, 3, 4)), ("2026-03-05T10:60Z", None), ("2026-03-05T10:59Z", FIFTH),
        ("2026-03-05T24:00Z", None), ("2026-03-05T10:00+14:00", FIFTH), ("2026-03-05T10:00+15:00", None),
        ("2026-03-05T10:00+08:60", None), ("2026-02-30T10:00:00Z", None), ("9999-12-31T16:00:00Z", None),
    ],
)  # fmt: skip
def test_a_moment_is_the_day_that_it_is_here(text: str, day: date | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026.3.1 5", None), ("2026年3月1 5日", None), ("2 026-03-05", None), ("2026-03-05 2026-03-06", None), ("2026.3.１　５", None),
        ("2026 03 05", FIFTH), ("2026 3 5", FIFTH), ("2026 年 3 月 5 日", FIFTH), ("2026. 3. 5", FIFTH), ("2026-03-05 10:00", FIFTH),
        ("2026-03- 05", FIFTH),
    ],
)  # fmt: skip
def test_digits_that_a_blank_parts_are_not_joined(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_a_moment_in_a_table(desk: Desk, tmp_path: Path) -> None:
    assert desk.ledgers.take(
        book(tmp_path / "a.xlsx", {"台账": [HEAD, row(1, 收到日期="2026-03-04T16:00:00.000Z")]})
    ).taken
    assert desk.lookup.case_by_no("LH-2026-0001").received.on == FIFTH


@pytest.mark.parametrize(
    ("written", "day"), [("2026-03-04T16:00:00Z", FIFTH), ("2026-03-05T00:00:00", FIFTH), ("2026-03-05", FIFTH)]
)
def test_a_cell_that_is_a_moment(tmp_path: Path, written: str, day: date) -> None:
    path = book(tmp_path / "a.xlsx", {"台账": [HEAD, [46000, "当面"]]})
    edited(
        path, "xl/worksheets/sheet1.xml", lambda part: part.replace(b't="n"><v>46000', f't="d"><v>{written}'.encode())
    )
    lines = list(TableFile(path).lines(0))
    assert day_of(lines[1].cells[0]) == day


def from_1904(made: openpyxl.Workbook) -> None:
    made.epoch = MAC_EPOCH


@pytest.mark.parametrize("cell", [int(SERIAL_1904), SERIAL_1904, FIFTH, "2026-03-05"])
def test_days_of_a_book_that_counts_from_1904(desk: Desk, tmp_path: Path, cell: object) -> None:
    line = [cell, *row(1)[1:]]
    done = desk.ledgers.take(book(tmp_path / "a.xlsx", {"台账": [HEAD, line]}, from_1904))
    assert desk.lookup.case_by_no("LH-2026-0001").received.on == FIFTH
    assert any("1904" in said for said in done.warnings) == (str(cell) == SERIAL_1904)


def test_every_kind_of_table_counts_so(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx", {"放假安排": [["日期", "安排", "节日"], [int(SERIAL_1904), "放假", "元旦"]]}, from_1904
    )
    assert [day_of(record.cells["日期"]) for record in OpenTable(path, CALENDAR).records()] == [FIFTH]


@pytest.mark.parametrize(("mode", "said"), [(1, True), (0, False)])
def test_old_books_say_from_when_they_count(tmp_path: Path, mode: int, said: bool) -> None:
    records = GLOBALS + bytes(12) + struct.pack("<HHH", 0x42, 2, 1200) + struct.pack("<HHH", 0x22, 2, mode)
    path = tmp_path / "a.xls"
    path.write_bytes(bytes(512) + records)
    assert counts_from_1904(path, "xls") == said
    path.write_bytes(bytes(512) + GLOBALS[:-1])
    assert not counts_from_1904(path, "xls")
    with zipfile.ZipFile(path, "w") as box:
        box.writestr("content.xml", f'<table:null-date table:date-value="{1904 if mode else 1899}-01-01"/>')
    assert counts_from_1904(path, "ods") == said


@pytest.mark.parametrize(("flags", "said"), [(1, True), (0x10020, False), (0x10021, True)])
def test_books_in_records_of_any_length_say_it_too(tmp_path: Path, flags: int, said: bool) -> None:
    before = b"\x83\x01\x00" + b"\x80\x01\x85\x01" + bytes(133)  # the beginning; the version, of 133 bytes
    path = tmp_path / "a.xlsb"
    with zipfile.ZipFile(path, "w") as box:
        box.writestr("xl/workbook.bin", before + b"\x99\x01\x0c" + struct.pack("<III", flags, 0, 0))
    assert counts_from_1904(path, "xlsb") == said
    with zipfile.ZipFile(path, "w") as box:
        box.writestr("xl/workbook.bin", before)
    assert not counts_from_1904(path, "xlsb")
    with zipfile.ZipFile(path, "w") as box:
        box.writestr("xl/other.bin", b"")
    assert not counts_from_1904(path, "xlsb")


def test_other_numbers_are_no_days() -> None:
    assert [since_1904(text) for text in ("38107", "38106", "53328", "123", "")] == [
        "39569",
        "38106",
        "53328",
        "123",
        "",
    ]
