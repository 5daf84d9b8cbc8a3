"""Search: any word of a name, a number, a phone, the content; initials in every reading; newest first."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.clock import FixedClock
from deskapp.register import events as ev
from deskapp.register.integrity import verify
from deskapp.register.journal import Journal
from deskapp.register.opening import create_store
from deskapp.register.search import search
from deskapp.register.tokens import INITIALS, fold_text, index_text, sounds_of
from tests.conftest import DAY, odd_names

CASES = (
    ("曾巩", "13905550123", "柳河镇2025年农村土地承包经营权流转台账"),
    ("张三", "0579-5550188", "ＡＢＣ公司的环评批复（第3号）"),
    ("单仁", "", "A-1地块征收补偿方案"),
    ("仇英", "13812345678", "预算，决算"),
    ("𬭚𠮷", "", "䶮㛃村低保名单"),
    ("欧阳修远", "", "桥头村道路"),
    ("清河县绿源环保有限公司", "", "危废"),
    ("王建军", "", "宅基地"),
)


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Journal:
    made = Journal(create_store(tmp_path_factory.mktemp("search") / "register.db"), FixedClock(DAY))
    for n, (name, phone, content) in enumerate(CASES, 1):
        register(made, n, name, phone, content, date(2026, 10, n))
    return made


def register(journal: Journal, n: int, name: str, phone: str, content: str, on: date) -> None:
    facts = {
        "channel": "in_person",
        "applicant": name,
        "applicant_class": "natural_person",
        "phone": phone,
        "content": content,
    }
    with journal.store.write():
        case_no = journal.numbers.next_case_no("LH", 2026)
        journal.append(journal.new_id(), [ev.Received.model_validate({"on": on, "case_no": case_no, **facts})])


def found(journal: Journal, words: str, limit: int = 50) -> list[int]:
    return [int(case.case_no[-4:]) for case in search(journal.store, words, limit)]


@pytest.mark.parametrize(
    ("words", "cases"),
    [
        ("", [8, 7, 6, 5, 4, 3, 2, 1]),
        ("曾巩", [1]), ("曾", [1]), ("巩", [1]), ("zg", [1]), ("cg", [1]), ("ZG", [1]), ("z", [2, 1]),
        ("sr", [3]), ("dr", [3]), ("cr", [3]), ("qy", [4]), ("cy", [4]), ("oyxy", [6]), ("oy", [6]),
        ("0123", [1]), ("555", [2, 1]), ("5678", [4]), ("05795550188", [2]),
        ("LH-2026-0004", [4]), ("0004", [4]), ("lh20260004", [4]), ("2026", [8, 7, 6, 5, 4, 3, 2, 1]),
        ("土地", [1]), ("地", [8, 3, 1]), ("土地承包经营权流转", [1]), ("农村 流转", [1]), ("土地 张三", []),
        ("abc", [2]), ("ＡＢＣ", [2]), ("第3号", [2]), ("（第3号）", [2]), ("A-1", [3]), ("a1地块", [3]),
        ("预算", [4]), ("算决", [4]), ("𬭚𠮷", [5]), ("𠮷", [5]), ("䶮㛃", [5]), ("村", [6, 5, 1]),
        ("ly", [7]), ("lv", [7]), ("lvyuan", [7]), ("qhxly", [7]), ("ouyang", [6]), ("ouyan", [6]), ("xiuyuan", [6]), ("wangjian", [8]),
        ("wangjianjun", [8]), ("jianjun", [8]), ("wanjianjun", [8]), ("王建君", [8]), ("王见军", [8]), ("建均", [8]),
        ("绿原", [7]), ("zenggong", [1]), ("cenggong", [1]),
        ("王建君 宅基地", [8]), ("王建君 预算", []),
        ("，", []), ("% _", []), ("\"'*", []), ("OR", []), ("NEAR(曾", []), ("没有这个", []),
    ],
)  # fmt: skip
def test_what_is_found(journal: Journal, words: str, cases: list[int]) -> None:
    assert found(journal, words) == cases


@pytest.mark.parametrize("name", odd_names())
def test_every_odd_name_is_found_by_itself(tmp_path: Path, name: str) -> None:
    journal = Journal(create_store(tmp_path / "register.db"), FixedClock(DAY))
    register(journal, 1, name, "", "预算", DAY)
    assert found(journal, name) == ([1] if fold_text(name) else [])


@pytest.mark.parametrize(
    ("name", "initials", "sounds"),
    [
        ("张长乐", {"zcl", "zzl"}, {"zancanle", "zanzanle"}),
        ("曾巩", {"zg", "cg"}, {"zengong", "cengong"}),
        ("单仁", {"sr", "dr", "cr"}, {"sanren", "danren", "canren"}),
        ("解珍", {"xz", "jz"}, {"xiezen", "jiezen"}),
        ("Tom王", {"tomw"}, {"tomwan"}),
    ],
)
def test_every_reading_of_a_surname(name: str, initials: set[str], sounds: set[str]) -> None:
    held = set(index_text([name], ()).split())
    assert {INITIALS + word for word in initials} <= held
    assert sounds <= set(sounds_of(name))


def test_newest_first_whatever_the_order_of_registration(tmp_path: Path) -> None:
    journal = Journal(create_store(tmp_path / "register.db"), FixedClock(DAY))
    for n, days in enumerate((3, 9, 1, 9, 5), 1):
        register(journal, n, "张三", "", "预算", DAY - timedelta(days=days))
    assert found(journal, "预算") == [3, 1, 5, 4, 2]
    assert found(journal, "预算", 2) == [3, 1]
    assert found(journal, "", 2) == [3, 1]


def test_what_is_amended_or_answered_is_found_by_its_new_words(tmp_path: Path) -> None:
    journal = Journal(create_store(tmp_path / "register.db"), FixedClock(DAY))
    register(journal, 1, "张三", "", "预算", DAY)
    case = journal.case_by_no("LH-2026-0001")
    journal.append(case.case_id, [
        ev.Amended(on=DAY, field="applicant", value="吴珊", why="写错"),
        ev.Amended(on=DAY, field="received_on", value="2026-11-02", why="写错"),
        ev.Answered(on=DAY, category="granted", number="柳政依复〔2026〕9号"),
    ])  # fmt: skip
    assert found(journal, "张三") == []
    assert found(journal, "吴珊") == found(journal, "ws") == found(journal, "〔2026〕9号") == [1]
    assert [d.code for d in verify(journal)] == []


TEXT = st.text(st.sampled_from("张三李村a1B2８，（-%\"'*^ 𬭚"), max_size=8)


@settings(max_examples=150, deadline=None)
@given(texts=st.lists(TEXT.filter(fold_text), min_size=1, max_size=5), words=st.lists(TEXT, min_size=1, max_size=3))
@pytest.mark.long
def test_a_word_is_found_where_the_folded_text_holds_it(
    texts: list[str], words: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same answer as looking through every text; names are held apart, so that initials do not answer."""
    journal = Journal(create_store(tmp_path_factory.mktemp("p") / "register.db"), FixedClock(DAY))
    for n, text in enumerate(texts, 1):
        register(journal, n, "佚", "", text, DAY)
    wanted = [folded for word in " ".join(words).split() if (folded := fold_text(word))]
    expected = [
        n for n, text in enumerate(texts, 1)
        if all(any(w in fold_text(field) for field in (text, f"LH-2026-{n:04d}", "佚")) for w in wanted)
    ] if wanted else []  # fmt: skip
    if " ".join(words).split():
        assert sorted(found(journal, " ".join(words))) == expected
    journal.store.close()
