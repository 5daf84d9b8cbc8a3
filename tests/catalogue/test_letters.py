"""Typed in letters: words, offices and years run together, whole syllables or initials, as they are spoken here."""

from __future__ import annotations

import pytest

from deskapp.desk.reading.catalogue import Catalogue
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
        ("lvshi", "W3"),
    ],
)
def test_letters_name_the_office_that_a_document_is_of(township: Catalogue, question: str, right: str) -> None:
    assert first(township, question) == right
