"""Typed in letters: words, offices and years run together, whole syllables or initials, as they are spoken here."""

from __future__ import annotations

from typing import Any

import pytest

from deskapp.catalogue.entry import Entry
from deskapp.catalogue.pinyin import ALIKE, NEAR, spellings, toneless
from deskapp.desk import Desk
from deskapp.desk.reading.catalogue import Catalogue
from deskapp.register.store import Row, Store
from tests.catalogue.conftest import first


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("lhzbmys", "LHZ-2026-0007"),
        ("qsxmzjbmys", "QSMZ-2026-0004"),
        ("mzjbmys", "QSMZ-2026-0004"),
        ("liuhezhenbumenyusuan", "LHZ-2026-0007"),
        ("liuhezhenfangxunyuan", "LHZ-2026-0018"),
        ("liu he zhen bu men yu suan", "LHZ-2026-0007"),
        ("minzhengju2024juesuan", "QSMZ-2025-0017"),
        ("2025juesuan minzhengju 2024", "QSMZ-2025-0017"),
        ("jiehundengji", "QSMZ-2025-0014"),
        ("zenmebanlicanjizheng", "QSCL-2024-0008"),
        ("niuhezhenbumenyusuan", "LHZ-2026-0007"),
        ("rsjbmys", "QSRS-2026-0005"),
        ("xingmingbiangeng", "QSGA-2024-0006"),
        ("minzhengju2026bumenyusuan", "QSMZ-2026-0004"),
        ("chengguanjiedaobumenyusuan2025", "CGJ-2025-0006"),
        ("柳河镇bmys", "LHZ-2026-0007"),
        ("县民政局bumenyusuan", "QSMZ-2026-0004"),
    ],
)
def test_letters_are_read_across_words_offices_and_years(county: Catalogue, question: str, right: str) -> None:
    assert first(county, question) == right


@pytest.mark.parametrize(
    ("question", "in_name"),
    [
        ("2026bumenyusuan", ("2026", "部门预算")),
        ("2026nian10yueshuizhijiance", ("2026", "10月", "水质")),
        ("dibao 2026", ("2026", "低保")),
        ("dibaozenmeling", ("低保", "指南")),
        ("di bao zen me ling", ("低保", "指南")),
        ("xuexiaobaoming", ("报名",)),
        ("shangxue", ("小学",)),
        ("zhengdibuchang", ("征地补偿",)),
        ("zengdibucang", ("征地补偿",)),
        ("yibaobaoxiao", ("医保报销",)),
        ("huangxunyuan", ("防汛", "预案")),
        ("falvyuanzhu", ("法律援助",)),
        ("falüyuanzhu", ("法律援助",)),
        ("nongjigouzhibutie", ("农机购置",)),
        ("gaolingjintie", ("高龄",)),
        ("zhàijīdì shěnpī", ("宅基地", "审批")),
    ],
)
def test_letters_find_what_bears_such_a_name(county: Catalogue, question: str, in_name: tuple[str, ...]) -> None:
    hits = county.find(question).hits
    assert hits, question
    assert all(word in hits[0].entry.name for word in in_name), hits[0].entry.name


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("lhzbmys", "L1"),
        ("wjxbmys", "W1"),
        ("lihezhenbumenyusuan", "L1"),
        ("lhzfxya", "L2"),
        ("wangjixiangfangxun", "W2"),
        ("mzjbmys", "M1"),
        ("rsjbmys", "R1"),
        ("jtjbmys", "J1"),
        ("anhexianminzhengjubumenyusuan", "M1"),
        ("shangxue", "J2"),
        ("dibaozenmeling", "M2"),
        ("lushi", "W3"),
        ("lhzrmzfbmys", "L1"),
        ("lhzbmjs", "L3"),
        ("axmzjdb", "M2"),
        ("wjxlszb", "W3"),
        ("wangjixianglvshi", "W3"),
        ("jiaotijuzhaosheng", "J2"),
        ("xianminzhengjubumenyusuan", "M1"),
        ("zhenzhengfuyusuan", "L1"),
        ("lvshi", "W3"),
    ],
)
def test_letters_name_the_office_that_a_document_is_of(township: Catalogue, question: str, right: str) -> None:
    assert first(township, question) == right


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("lhzfxya", "LHZ-2026-0018"),
        ("lhzdb", "LHZ-2026-0041"),
        ("lhznczjdsp", "LHZ-2025-0005"),
        ("cgjdgljt", "CGJ-2026-0030"),
        ("qsxsljbmys", "QSSL-2026-0009"),
        ("wjj2025bmys", "QSWJ-2025-0009"),
        ("sfzbl", "QSGA-2025-0011"),
        ("jszp2026", "QSJY-2026-0024"),
        ("hkqy", "QSGA-2024-0008"),
        ("hukouqianyi", "QSGA-2024-0008"),
        ("yi shi yi yi", "LHZ-DPC-2025-0010"),
        ("jiazhuangdianti", "QSXB-2024-0028"),
        ("gaokaobaoming", "QSJY-2026-0060"),
        ("zenyangshenqinglinshijiuzhu", "QSMZ-2024-0005"),
        ("liuhecuncaiwu", "LHZ-LHC-2026-0014"),
        ("tongjigongbao2025", "QSTJ-2026-0006"),
        ("hpvyimiao", "QSWJ-2026-0019"),
        ("xiao'e xindai", "QSXC-2024-0018"),
        ("chanjizhengzenmeban", "QSCL-2024-0008"),
        ("huangxunkanghan", "LHZ-2026-0018"),
    ],
)
def test_letters_find_as_characters_would(county: Catalogue, question: str, right: str) -> None:
    assert first(county, question) == right


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("lhzbmys", "柳河镇部门预算"),
        ("dibaozenmeling", "低保怎么领"),
        ("minzenju", "民政局"),
        ("niuhezhen", "柳河镇"),
        ("jszp", "教师招聘"),
        ("bumenyus", "部门预算"),
    ],
)
def test_what_letters_were_taken_for_is_told(county: Catalogue, question: str, read: str) -> None:
    found = county.find(question)
    assert (found.how, dict(found.instead)) == ("sound", {question: read})


def test_exact_syllables_come_before_those_that_only_sound_so(township: Catalogue) -> None:
    assert [unit.typed for unit in township.find("fangan").asked.units] == ["方案"]
    assert first(township, "fang'an") == "L4"


@pytest.mark.parametrize(
    "question", ["zenme", "ruhe nali duoshao", "怎么 哪里", "😀", "、，。", "§¶♪", "\u0000", "  ", "vvv"]
)
def test_what_asks_for_nothing_finds_nothing(county: Catalogue, question: str) -> None:
    assert not county.find(question).hits


@pytest.mark.parametrize(
    "question",
    [
        "a" * 200, "zhuang" * 40, "lhzbmys" * 30, "bu men yu suan " * 14, "2026" * 50, "局" * 200, "县局委办" * 50,
        "低保" * 100, "qwertyuiopasdfghjklzxcvbnm", "shshshsh", "m", "\ud800", "ไทย", "한국어", "".join("[](){}*+?\\|^$.\"'" * 9),
        'title : x" OR *', "柳河镇lhz2026柳河镇lhz", "ǖǘǚǜ", "ａ１b２", "x'y'z'", "İ",
    ],
)  # fmt: skip
def test_whatever_is_typed_the_search_looks_only_so_often(
    county: Catalogue, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    looks: list[object] = []
    query = Store.query

    def counted(*given: Any) -> list[Row]:
        looks.append(given)
        return query(*given)

    monkeypatch.setattr(Store, "query", counted)
    found = county.find(question)
    assert all(0 <= hit.score <= 1 for hit in found.hits)
    assert len(looks) < 3000


def test_syllables_may_be_written_as_they_are_spoken() -> None:
    assert spellings(near=False)["lu"] == (("lu", 0), ("lv", ALIKE))
    assert dict(spellings(near=False)["zen"]) == {"zen": 0, "zhen": ALIKE, "zeng": ALIKE, "zheng": ALIKE}
    assert "fang" not in dict(spellings(near=False)["huang"])
    assert dict(spellings(near=True)["huang"])["fang"] == NEAR
    assert dict(spellings(near=True)["niu"])["liu"] == NEAR


@pytest.mark.parametrize(
    ("typed", "bare"),
    [("dī bǎo", "di bao"), ("lǜshī", "lvshi"), ("di1bao3", "dibao"), ("2026 dibao", "2026 dibao"), ("低保", "低保")],
)
def test_tones_do_not_count(typed: str, bare: str) -> None:
    assert toneless(typed) == bare


def test_two_towns_of_the_same_initials_are_both_meant(desk: Desk) -> None:
    for index_no, town in (("1", "李河镇"), ("2", "柳河镇"), ("3", "王集乡")):
        desk.catalogue.publish(Entry(index_no, "2026年部门预算", issuer=f"{town}人民政府", published_on="2026-03-01"))
    hits = desk.catalogue.find("lhzbmys").hits
    assert {hit.entry.index_no for hit in hits[:2]} == {"1", "2"}
