"""Numbers: none twice, none missing without a record."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.register import events as ev
from deskapp.register.integrity import verify
from deskapp.register.journal import Journal
from deskapp.register.numbers import Numbers, serial_of
from deskapp.register.opening import open_store
from tests.conftest import DAY, issue_granted, make_desk, register

PROCESSES, EACH = 8, 125
TAKER = """
import sys
from pathlib import Path
from deskapp.clock import FixedClock
from deskapp.register import events as ev
from deskapp.register.journal import Journal
from deskapp.register.opening import open_store
from tests.conftest import DAY
store = open_store(Path(sys.argv[1]))
store.query("PRAGMA busy_timeout=120000")
journal = Journal(store, FixedClock(DAY))
sys.stdin.readline()
for _ in range(int(sys.argv[2])):
    with store.write():
        case_no = journal.numbers.next_case_no("LH", 2026)
        received = ev.Received(
            on=DAY, case_no=case_no, channel="in_person", applicant="张三", applicant_class="natural_person", content="预算"
        )
        number = journal.numbers.next_letter_no("柳政依复", 2026)
        journal.append(journal.new_id(), [received, ev.Answered(on=DAY, category="granted", number=number)])
    print(case_no, number)
"""


@pytest.mark.long
def test_eight_processes_take_a_thousand_numbers_at_once_and_each_once(tmp_path: Path) -> None:
    make_desk(tmp_path / "home", FixedClock(DAY)).close()
    register_file = tmp_path / "home/register.db"
    command = [sys.executable, "-c", TAKER, str(register_file), str(EACH)]
    pipe = subprocess.PIPE
    workers = [subprocess.Popen(command, text=True, stdin=pipe, stdout=pipe) for _ in range(PROCESSES)]
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.flush()
    lines = [line.split() for worker in workers for line in worker.communicate(timeout=300)[0].splitlines()]
    top = PROCESSES * EACH
    assert sorted(case_no for case_no, _ in lines) == [f"LH-2026-{n:04d}" for n in range(1, top + 1)]
    assert sorted(number for _, number in lines) == sorted(f"柳政依复〔2026〕{n}号" for n in range(1, top + 1))
    store = open_store(register_file)
    assert list(Numbers(store).gaps()) == []
    assert verify(Journal(store, FixedClock(DAY))) == []
    store.close()


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("LH-2026-0012", ("case:LH", 2026, 12)),
        ("LH-2026-0012-3", ("case:LH", 2026, 12)),
        ("LH-2026-12345", ("case:LH", 2026, 12345)),
        ("柳政依复〔2026〕3号", ("letter:柳政依复", 2026, 3)),
        ("2026-12", None),
        ("柳政依复[2026]3号", ("letter:柳政依复", 2026, 3)),
        ("", None),
    ],
)
def test_the_parts_of_a_number(number: str, parts: tuple[str, int, int] | None) -> None:
    assert serial_of(number) == parts


def test_a_number_given_up_is_recorded_and_no_gap(desk: Desk) -> None:
    letter = issue_granted(desk)
    case = register(desk)
    desk.acts.record(letter.case_id, ev.Voided(on=DAY, number=letter.number, why="打印机卡纸，页面损坏"))
    desk.acts.record(case.case_id, ev.Voided(on=DAY, number=case.case_no, why="重复登记"))
    assert not [note for note in desk.upkeep.check() if note.fault]
    assert all(row.case_no != case.case_no for rows in desk.work.board().groups.values() for row in rows)
    table = {row.key: row.values[-1] for row in desk.reporting.report(2026).table3}
    assert (table["new"], table["carried_out"]) == (1, 1)
    assert issue_granted(desk).number == "柳政依复〔2026〕2号"


def test_a_split_application_counts_once_for_each_item(desk: Desk) -> None:
    case = register(desk, content="预算和低保名单")
    made = desk.intake.split(case.case_id, ["2025年预算", "低保名单", "救灾款明细"])
    assert [item.case_no for item in made] == ["LH-2026-0001", "LH-2026-0001-2", "LH-2026-0001-3"]
    assert [item.content for item in made] == ["2025年预算", "低保名单", "救灾款明细"]
    assert made[2].received.split_from == "LH-2026-0001"
    assert made[1].received.on == case.received.on
    table = {row.key: row.values[-1] for row in desk.reporting.report(2026).table3}
    assert table["new"] == 3
    assert not [note for note in desk.upkeep.check() if note.fault]
    with pytest.raises(DeskError, match="已经拆分过"):
        desk.intake.split(case.case_id, ["甲", "乙"])
    with pytest.raises(DeskError, match="至少两项"):
        desk.intake.split(register(desk).case_id, ["甲"])


def test_the_numbers_a_ledger_lacks_are_told_but_no_fault(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    path.write_text(
        "登记号,收到日期,收到方式,申请人,申请人类别,申请内容\n"
        "LH-2026-0003,2026-10-12,当面,张三,自然人,预算\nLH-2026-0007,2026-10-12,当面,李四,自然人,决算\n",
        encoding="utf-8",
    )
    desk.ledgers.take(path)
    notes = [note for note in desk.upkeep.check() if note.code == "ledger_gap"]
    assert [note.message for note in notes] == [
        "导入的台账里没有这些号：LH-2026-0001至LH-2026-0002。",
        "导入的台账里没有这些号：LH-2026-0004至LH-2026-0006。",
    ]
    assert not [note for note in desk.upkeep.check() if note.fault]
    assert register(desk).case_no == "LH-2026-0008"


def test_a_number_that_vanished_is_a_fault(desk: Desk) -> None:
    register(desk)
    store = open_store(desk.home / "register.db")
    with store.write():
        store.execute("UPDATE counters SET last = 3")
    assert [(d.code, d.where) for d in verify(Journal(store, FixedClock(DAY)))] == [
        ("gap", "LH-2026-0002至LH-2026-0003")
    ]
    with store.write():
        store.execute("UPDATE counters SET last = 0")
    assert [(d.code, d.where) for d in verify(Journal(store, FixedClock(DAY)))] == [("counter", "LH-2026-0001")]
    store.close()


def test_a_counter_that_vanished_is_a_fault(desk: Desk) -> None:
    """Without it the next letter would take a number that is out already."""
    number = issue_granted(desk).number
    store = open_store(desk.home / "register.db")
    with store.write():
        store.execute("DELETE FROM counters WHERE series LIKE 'letter%'")
    assert [(d.code, d.where) for d in verify(Journal(store, FixedClock(DAY)))] == [("counter", number)]
    store.close()


def test_a_number_of_another_office_is_no_fault(desk: Desk) -> None:
    case = register(desk)
    desk.acts.record(case.case_id, ev.Answered(on=DAY, category="granted", number="外单位答〔2026〕9号"))
    assert [note.code for note in desk.upkeep.check() if note.fault] == []
