"""Names and numbers that steer a terminal, print nothing, or are no names of files: mended once, at the door."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from deskapp import parsing, terminal
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.sheets.loose import LooseSheet
from deskapp.errors import DeskError
from deskapp.parsing import one_line, safe_to_show
from deskapp.paths import LETTERS, LONGEST_NAME, file_name
from letters import facts
from tests.conftest import GRANTED, issue, register

MENDED = {
    "乙\x9b31m红": "乙31m红",
    "丙\x9d52;c;cm0gLXJm\x9c丁": "丙52;c;cm0gLXJm丁",
    "戊\x1b]52;c;eA==\x07己": "戊]52;c;eA==己",
    "\u2067三张\u2069": "三张",
    "\u061c甲": "甲",
    "乙\U000e0041\U000e0042": "乙",
    "葛\U000e0100": "葛\U000e0100",
    "甲\ufffe": "甲",
    "甲\ud800乙": "甲乙",
    "甲\u034f乙": "甲乙",
    "甲社\r\n乙社": "甲社 乙社",
    "𰀀": "𰀀",
    "·甲": "·甲",
}
NOTHING = ("\u00ad", "\u3164", "\u2800", "\U000e0100", "\u3000\u3000", "\u0301\u0301", "\u200b", "\uffa0", "\u115f")


@pytest.mark.parametrize(("typed", "kept"), MENDED.items(), ids=ascii)
def test_what_nobody_sees_is_not_kept(desk: Desk, typed: str, kept: str) -> None:
    assert register(desk, applicant=typed).received.applicant == kept
    assert facts.clean(typed) == kept


@pytest.mark.parametrize("typed", NOTHING, ids=ascii)
def test_a_name_that_prints_nothing_is_none(desk: Desk, typed: str) -> None:
    with pytest.raises(DeskError, match="请填写申请人"):
        register(desk, applicant=typed)
    assert one_line(typed) == ""


def test_the_press_and_the_desk_mean_the_same_characters() -> None:
    assert facts.UNSEEN == parsing.UNSEEN


def test_an_older_register_does_not_steer_the_terminal() -> None:
    assert safe_to_show("乙\x9b31m\n丙\u2066") == "乙\ufffd31m\n丙\ufffd"
    sent: list[str] = []
    terminal._written_by[:] = [lambda driver, data: sent.append(data)]
    terminal._write_clean(SimpleNamespace(), "\x1b[1m乙\x9b31m\x9d")
    terminal._written_by.clear()
    assert sent == ["\x1b[1m乙\ufffd31m\ufffd"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("../../x", "-..-x.pdf"),
        ("a/b\\c:d*?", "a-b-c-d-.pdf"),
        (".", "-.pdf"),
        ("a\0b", "a-b.pdf"),
        ("柳政 〔2026〕1号", "柳政 〔2026〕1号.pdf"),
    ],
)
def test_words_as_the_name_of_a_file(words: str, name: str) -> None:
    assert file_name(words, ".pdf") == name


def test_a_long_number_can_still_be_saved_and_two_letters_of_it_are_two_files(desk: Desk, tmp_path: Path) -> None:
    ledger = tmp_path / "l.csv"
    heading = "登记号,收到日期,收到方式,申请人,申请人类别,申请内容\n"
    ledger.write_text(f"{heading}{'号' * 200},2026-11-02,当面,李四,自然人,内容\n", encoding="utf-8")
    desk.ledgers.take(ledger)
    case = desk.lookup.case_by_no("号" * 200)
    first = desk.reply.issue_form(case.case_id, "receipt")
    second = issue(desk, case.case_id, "granted", GRANTED)
    paths = {desk.paper.save_pdf(first.id), desk.paper.save_pdf(second.id)}
    assert len(paths) == 2
    assert all(len(path.name.encode()) <= LONGEST_NAME for path in paths)


@pytest.mark.parametrize("title", ["长" * 120, "收支/明细", "长\ud800"], ids=["long", "a slash", "half a character"])
def test_a_sheet_of_any_title_can_be_saved_twice(desk: Desk, title: str) -> None:
    paths = {desk.sheets.save(LooseSheet(title, b"%PDF")) for _ in range(2)}
    assert len(paths) == 2
    assert {path.parent for path in paths} == {desk.home / LETTERS}
    assert all(len(path.name.encode()) <= LONGEST_NAME for path in paths)


@pytest.mark.parametrize("field", ["content", "phone", "address", "remark"])
def test_half_a_character_is_in_no_field_of_a_registration_nor_of_an_act(desk: Desk, field: str) -> None:
    case = register(desk, **{field: "甲\ud800乙"})
    assert getattr(case.received, field) == "甲乙"
    desk.acts.note(case.case_id, act_draft("voided", number=case.case_no, why="登\ud800错"))
    assert "登错" in desk.lookup.case(case.case_id).history[-1].model_dump_json()
