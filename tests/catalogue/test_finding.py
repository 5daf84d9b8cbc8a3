"""A vague idea is enough: seven hundred questions as people ask them, on six hundred entries of an invented county.

The questions of ``问句甲.csv``, ``问句丙.csv`` and ``问句丁.csv`` were looked at while the search was made, those of ``问句乙.csv`` were not: its list of
words must not be fitted to them.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from deskapp.catalogue.asking import asked, synonyms_in, synonyms_of
from deskapp.desk.reading.catalogue import SYNONYMS, Catalogue

DATA = Path(__file__).parent.parent / "data/catalogue"
FIRST = 5


def answered(county: Catalogue, name: str) -> tuple[int, list[str]]:
    """How many questions were asked, and those without a right entry among the first five."""
    with (DATA / name).open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    missed = []
    for row in rows:
        first = {hit.entry.index_no for hit in county.find(row["问"]).hits[:FIRST]}
        if not first & set(row["应得"].split("；")):
            missed.append(row["问"])
    return len(rows), missed


@pytest.mark.parametrize(
    ("name", "most_missed"), [("问句甲.csv", 1), ("问句丙.csv", 6), ("问句丁.csv", 2), ("问句乙.csv", 8)]
)
@pytest.mark.each(2)
def test_the_right_entry_is_among_the_first_five(county: Catalogue, name: str, most_missed: int) -> None:
    asked_for, missed = answered(county, name)
    assert asked_for >= 100
    assert len(missed) <= most_missed, missed


@pytest.mark.parametrize(
    ("question", "units", "around"),
    [
        ("低保怎么领", ["低保"], ("怎么领",)),
        ("征地补偿多少钱", ["征地", "补偿"], ("多少钱",)),
        ("部门预算2026", ["部门", "预算", "2026"], ()),
        ("徵地補償", ["征地", "补偿"], ()),
        ("柳政〔2025〕12号", ["202512号", "柳政"], ()),
        ("！？", [], ()),
    ],
)
def test_words_are_cut_and_question_words_left_out(question: str, units: list[str], around: tuple[str, ...]) -> None:
    found = asked(question)
    assert ([unit.typed for unit in found.units], found.left_out) == (units, around)


@pytest.mark.parametrize(
    "question", ["防迅应急预案", "徵地補償", "chaiqian", "bmys", "預算 2026 部門", "2026部门预算"]
)
@pytest.mark.each(3)
def test_near_spellings_sounds_traditional_signs_and_any_order(county: Catalogue, question: str) -> None:
    assert county.find(question).hits


def test_what_was_taken_for_a_misspelt_word_is_told(county: Catalogue) -> None:
    found = county.find("防迅预案")
    assert (found.how, dict(found.instead)) == ("sound", {"防迅": "防汛"})
    assert "防汛" in found.hits[0].entry.name


def test_what_is_not_there_is_not_found(county: Catalogue) -> None:
    found = county.find("火星移居签证")
    assert (found.hits, found.how) == ((), "none")


def test_initials_and_sounds_are_found_from_any_character(county: Catalogue) -> None:
    names = {hit.entry.name for hit in county.find("ysgk").hits}
    assert names
    assert any(not name.startswith("预") for name in names), "they need not begin the name"
    assert county.search("bumenyusuan")
    assert county.search("bmys")


def test_what_holds_no_more_stands_behind_what_does(county: Catalogue) -> None:
    states = [hit.entry.state for hit in county.find("最低生活保障").hits[:4]]
    assert "repealed" not in states


def test_an_office_adds_its_own_words(county: Catalogue) -> None:
    assert not county.find("铁饭票").hits
    own = county._home / SYNONYMS
    own.write_text("# 我们这里的叫法\n铁饭票 最低生活保障\n", encoding="utf-8")
    try:
        assert "最低生活保障" in county.find("铁饭票").hits[0].entry.name
    finally:
        own.unlink()


def test_a_file_of_words_is_read_by_lines() -> None:
    groups = synonyms_in("甲 乙，丙 # 说明\n\n单独\n丁=戊\n")
    assert groups == [["甲", "乙", "丙"], ["丁", "戊"]]
    assert synonyms_of(groups)["乙"] == ("甲", "丙")
