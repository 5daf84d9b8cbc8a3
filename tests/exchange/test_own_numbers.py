"""The 文号 of a ledger as offices write them: the next one is above all of them, however they are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.register import events as ev
from deskapp.register.numbers import claimed, folded_number
from deskapp.register.opening import open_store
from tests.conftest import DAY, issue_granted, register
from tests.exchange.test_tables import HEAD, book, row

WORD = "柳政依复"
ANSWERED = {"答复类型": "予以公开", "答复日期": "2026-03-10"}
HEADED = [*HEAD, "答复类型", "答复日期", "文号"]


def lines(*numbers: str) -> list[list[Any]]:
    """Answered applications under these 文号."""
    return [HEADED, *([*row(n), *ANSWERED.values(), number] for n, number in enumerate(numbers, 1))]


@pytest.mark.parametrize(
    "written",
    [
        "柳政依复「2026」7号", "柳政依复〖2026〗7号", "柳政依复{2026}7号", "柳政依复<2026>7号", "柳政依复〈2026〉7号", "柳政依复《2026》7号",
        "柳政依复⟦2026⟧7号", "柳政依复〔2026〕7", "柳政依复〔2026年〕7号", "柳政依复[2026]字第7号", "柳政依复〔二〇二六〕七号", "柳政依复（2026)7号。",
        "柳政依复〔2026〕№7", "柳政依复〔2026〕⑦号", "柳政依复［２０２６］７號", "柳政依复2026-7号", "柳政依复2026年7号", " 柳政依复〔 2 0 2 6 〕第 7 号",
    ],
)  # fmt: skip
def test_one_number_however_it_is_written(desk: Desk, tmp_path: Path, written: str) -> None:
    assert folded_number(written) == "柳政依复〔2026〕7号"
    assert desk.ledgers.take(book(tmp_path / "a.xlsx", {"台账": lines(written)})).taken == 1
    assert desk.lookup.case_by_no("LH-2026-0001").number == "柳政依复〔2026〕7号"
    assert issue_granted(desk).number == "柳政依复〔2026〕8号"


@pytest.mark.parametrize(
    ("written", "kept", "following", "said"),
    [
        ("柳政依复〔2026〕20-1号", "柳政依复〔2026〕20-1号", 21, "序号前后还有别的字"),
        ("柳政依复〔2026〕21号之一", "柳政依复〔2026〕21号之一", 22, "序号前后还有别的字"),
        ("柳政依复〔2026〕28号、29号", "柳政依复〔2026〕28号、29号", 30, "序号前后还有别的字"),
        ("（2026）32号", "〔2026〕32号", 33, "没有写代字"),
        ("第32号", "32号", 33, "没有写代字"),
        ("柳政依復〔2026〕9号", "柳政依復〔2026〕9号", 1, "只差一点"),
        ("柳政依复字〔2026〕9号", "柳政依复字〔2026〕9号", 1, "只差一点"),
        ("外单位答〔2026〕9号", "外单位答〔2026〕9号", 1, ""),
        ("柳政依复函〔2026〕9号", "柳政依复函〔2026〕9号", 1, "只差一点"),
    ],
)
def test_what_is_written_otherwise_is_kept_counted_and_said(
    desk: Desk, tmp_path: Path, written: str, kept: str, following: int, said: str
) -> None:
    done = desk.ledgers.take(book(tmp_path / "a.xlsx", {"台账": lines(written)}))
    assert done.taken == 1
    assert desk.lookup.case_by_no("LH-2026-0001").number == kept
    assert [said in text for text in done.warnings if "文号" in text] == ([True] if said else [])
    assert issue_granted(desk).number == f"柳政依复〔2026〕{following}号"


@pytest.mark.parametrize(
    "written", ["柳政依复〔26〕13号", "柳政依复13号", "柳政依复", "柳政依复〔2026〕号", "柳政依复字第13号"]
)
def test_our_own_word_without_year_and_serial_is_a_bad_cell(desk: Desk, tmp_path: Path, written: str) -> None:
    done = desk.ledgers.take(book(tmp_path / "a.xlsx", {"台账": lines("柳政依复〔2026〕3号", written)}))
    assert done.taken == 0
    assert [(cell.line, cell.column) for cell in done.bad] == [(3, "文号")]
    assert "读不出年份和序号" in done.bad[0].right


def test_the_second_answer_counts_as_well(desk: Desk, tmp_path: Path) -> None:
    again = ["重作依据", "重作收到日期", "重新答复类型", "重新答复日期", "重新答复文号"]
    first, second = lines("柳政依复〔2026〕3号")
    line = [*second, "自行撤销", "2026-04-10", "予以公开", "2026-04-20", "柳政依复【2026】14"]
    assert desk.ledgers.take(book(tmp_path / "a.xlsx", {"台账": [[*first, *again], line]})).taken == 1
    assert issue_granted(desk).number == "柳政依复〔2026〕15号"


def test_a_number_that_an_earlier_register_kept_as_it_was_written(desk: Desk) -> None:
    case = register(desk)
    desk.acts.record(case.case_id, ev.Answered(on=DAY, category="granted", number="柳政依复〔2026〕1号"))
    store = open_store(desk.home / "register.db")
    with store.write():
        store.execute("UPDATE cases SET number = '柳政依复「2026」1号'")
        store.execute("DELETE FROM counters WHERE series LIKE 'letter%'")
    assert issue_granted(desk).number == "柳政依复〔2026〕2号"
    with store.write():
        store.execute("UPDATE cases SET number = '柳政依复「2026」2号' WHERE case_id = ?", [case.case_id])
    assert list(desk.upkeep._journal.numbers.doubles()) == ["柳政依复「2026」2号"]
    store.close()


def test_an_answer_noted_by_hand(desk: Desk) -> None:
    case = register(desk)
    with pytest.raises(DeskError, match="读不出年份和序号"):
        desk.acts.record(case.case_id, ev.Answered(on=DAY, category="granted", number="柳政依复13号"))
    desk.acts.record(case.case_id, ev.Answered(on=DAY, category="granted", number="柳政依复〔2026〕5号之二"))
    assert issue_granted(desk).number == "柳政依复〔2026〕6号"


def test_a_number_in_another_word_takes_nothing() -> None:
    assert claimed("浙政办〔2026〕9号", "浙政", 2026) == (("letter:浙政办", 2026, 9), "")
    assert claimed("浙政办发9号", "浙政", 2026) == (None, "")
    assert claimed("32", "", 2026) == (None, "")
