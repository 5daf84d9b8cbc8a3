"""An index number or a document's number, typed whole or in part, however it is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from deskapp.catalogue.entry import Entry
from deskapp.desk import Desk
from deskapp.desk.reading.catalogue import Catalogue

DATA = Path(__file__).parent.parent / "data/catalogue"


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("QSMZ-2024-0003", "QSMZ-2024-0003"),
        ("qsmz-2024-0003", "QSMZ-2024-0003"),
        ("ＱＳＭＺ－２０２４－０００３", "QSMZ-2024-0003"),
        ("QSMZ20240003", "QSMZ-2024-0003"),
        ("qsmz 2024 0003", "QSMZ-2024-0003"),
        ("索引号：QSMZ-2024-0003", "QSMZ-2024-0003"),
        ("lhz-dpc-2026-0010", "LHZ-DPC-2026-0010"),
        ("青民发〔2024〕24号", "QSMZ-2024-0009"),
        ("青民发[2024]24号", "QSMZ-2024-0009"),
        ("青民发（2024）24号", "QSMZ-2024-0009"),
        ("青民发【２０２４】２４号", "QSMZ-2024-0009"),
        ("青民发 〔2024〕 24 号", "QSMZ-2024-0009"),
        ("青民发2024年第24号", "QSMZ-2024-0009"),
        ("柳政〔2024〕5号", "LHZ-2024-0004"),
        ("柳政〔2026〕20", "LHZ-2026-0018"),
        ("文号 青政征补〔2026〕8号", "QSX-2026-0011"),
    ],
)
def test_what_bears_the_number_is_first(county: Catalogue, typed: str, right: str) -> None:
    assert county.find(typed).hits[0].entry.index_no == right
    assert county.find(typed).how == "all"


@pytest.mark.parametrize(
    ("typed", "begins", "number"),
    [("QSMZ-2024-", "QSMZ-2024-", 11), ("lhz-dpc", "LHZ-DPC-", 7), ("青民发〔2026〕", "青民发〔2026〕", 3)],
)
def test_the_beginning_of_a_number_lists_what_begins_so(
    county: Catalogue, typed: str, begins: str, number: int
) -> None:
    shown = [hit.entry for hit in county.find(typed).hits]
    every = [e for e in county.everything() if e.index_no.startswith(begins) or e.doc_no.startswith(begins)]
    assert len(every) == number
    assert {entry.key for entry in shown[:number]} == {entry.key for entry in every}


def test_a_year_alone_is_no_number(county: Catalogue) -> None:
    assert len(county.find("2026").hits) > 50


def test_the_list_of_the_desk_begins_with_the_whole_number_too_and_repeats_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    for number in range(1, 8):
        entry = Entry(
            f"A-{number}", f"第{number}件", "柳政〔2026〕2号" if number == 1 else f"柳政〔2026〕2{number}号"
        )
        desk.catalogue.publish(replace(entry, published_on=f"2026-01-0{number}"))
    first = desk.catalogue.search("柳政〔2026〕2", 4)
    assert [entry.index_no for _, entry in first] == ["A-1", "A-7", "A-6", "A-5"]
    after = desk.catalogue.search("柳政〔2026〕2", 4, before=first[-1][0])
    assert [entry.index_no for _, entry in after] == ["A-4", "A-3", "A-2"]


def test_of_two_numbers_that_differ_by_their_signs_the_one_typed_is_first(desk: Desk) -> None:
    desk.catalogue.publish(Entry("1-11", "甲", issuer="柳河镇人民政府", published_on="2026-01-01"))
    desk.catalogue.publish(Entry("11-1", "乙", issuer="柳河镇人民政府", published_on="2026-02-01"))
    assert desk.catalogue.find("1-11").hits[0].entry.name == "甲"
    assert desk.catalogue.find("11-1").hits[0].entry.name == "乙"


def test_what_was_taken_down_is_not_found_by_its_number(desk: Desk) -> None:
    entry = desk.catalogue.publish(Entry("QSMZ-1", "名单", issuer="柳河镇人民政府", shelf="1号柜"))
    desk.catalogue.take_down(entry.key, "误公开")
    assert not desk.catalogue.find("QSMZ-1").hits
