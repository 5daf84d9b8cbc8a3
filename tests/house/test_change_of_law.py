"""A period changes from a day on, in the data alone: clock, citation, letters, help and handbook follow, and old cases do not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.law import dated, periods
from deskapp.law.periods import spelled
from tests.conftest import make_desk, register

CHANGED_ON = date(2026, 12, 1)
NEW = """
[[period]]
key = "{key}"
name = "{name}"
value = {value}
unit = "working_days"
article = "第三十三条第二款"
document = "政府信息公开条例（2026年修订）"
valid_from = 2026-12-01
confidence = "unverified"
"""


@pytest.fixture
def new_law() -> Iterator[None]:
    """The shipped data, but the answer takes 15 working days, an extension 10, a third party 12, from 2026-12-01."""
    head, *blocks = (dated.DATA / "periods.toml").read_text(encoding="utf-8").split("\n[[period]]\n")
    for key, name, value in (
        ("reply", "答复期限", 15),
        ("extension", "延长答复期限", 10),
        ("party_opinion", "第三方", 12),
    ):
        n = next(n for n, block in enumerate(blocks) if f'key = "{key}"' in block and "valid_to" not in block)
        blocks[n] = blocks[n].rstrip() + "\nvalid_to = 2026-11-30\n"
        blocks.append(NEW.format(key=key, name=name, value=value).removeprefix("\n[[period]]\n"))
    with dated.trying_law(dated.LawTexts({"periods.toml": "\n[[period]]\n".join([head, *blocks])})):
        yield


@pytest.fixture
def desk(new_law: None, tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "home", FixedClock(date(2026, 12, 4)))
    yield made
    made.close()


def test_the_clock_and_its_citation_follow(desk: Desk) -> None:
    old, new = (register(desk, received_on=day) for day in ("2026-11-30", "2026-12-01"))
    assert desk.lookup.deadline(old).due_on == date(2026, 12, 28)
    assert desk.lookup.deadline(new).due_on == date(2026, 12, 22)
    assert periods.period("reply", CHANGED_ON).document == "政府信息公开条例（2026年修订）"


def test_what_a_form_says_follows_the_case(desk: Desk) -> None:
    old, new = (register(desk, received_on=day) for day in ("2026-11-30", "2026-12-01"))
    assert "第15个工作日" in desk.acts.effect(old, "party_consulted")
    assert "第12个工作日" in desk.acts.effect(new, "party_consulted")
    assert desk.acts.fields(new, "extended")[0].help == "最多10，只能一次。"


def test_letters_and_what_is_said_of_them_follow(desk: Desk) -> None:
    new = register(desk, received_on="2026-12-01")
    facts = {"party": "甲公司", "party_address": "中心街2号", "information": "报价", "contact": "李晓梅"}
    letter = desk.reply.preview(new.case_id, "third_party_consultation", facts)
    assert "起12个工作日内" in "".join(line.text for page in letter.pages for line in page.lines)
    assert "最多10个工作日" in desk.reply.choice("extension_notice").not_when
    assert desk.reply.fields("extension_notice")["working_days"].help == "1到10。"


def test_an_extension_beyond_the_new_limit_is_refused(desk: Desk) -> None:
    from deskapp.desk.cases.acts import act_draft
    from deskapp.errors import DeskError

    new = register(desk, received_on="2026-12-01")
    with pytest.raises(DeskError, match="最长10个工作日"):
        desk.acts.note(new.case_id, act_draft("extended", working_days="11", approved_by="王建国"))


def test_the_handbook_and_the_sheets_follow(desk: Desk) -> None:
    text = "\n".join(line for chapter in desk.handbook.chapters() for line in chapter.paragraphs)
    assert "收到之日起十五个工作日内答复" in text
    assert "最长延十个工作日" in text
    assert "第三方收到后十二个工作日内" in text
    assert "二十个工作日内答复" not in text


@pytest.mark.parametrize(
    ("count", "written"), [(5, "五"), (10, "十"), (15, "十五"), (20, "二十"), (21, "二十一"), (90, "九十")]
)
def test_numbers_in_characters(count: int, written: str) -> None:
    assert f"{periods.Count(count):字}" == written
    assert f"{periods.Count(count)}" == str(count)


def test_a_sentence_without_a_period_stays_and_an_unknown_one_is_refused() -> None:
    from deskapp.law.errors import LawError

    assert spelled("只能一次。", CHANGED_ON) == "只能一次。"
    with pytest.raises(LawError, match="没有【replies】这个期限"):
        spelled("{replies}日", CHANGED_ON)
