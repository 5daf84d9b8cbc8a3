"""The journal: append-only, chained, numbered without gaps or doubles; the projection beside it."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.register import events as ev
from deskapp.register.fold import fold
from deskapp.register.integrity import verify
from deskapp.register.journal import Journal
from deskapp.register.matches import fits, nearness
from deskapp.register.opening import create_store, open_store
from deskapp.register.store import Store
from deskapp.register.tokens import syllables_of
from tests.conftest import DAY, GRANTED, give_opinions, issue_granted, register


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(create_store(tmp_path / "register.db"), FixedClock(DAY))


def received(number: str = "LH-2026-0001", name: str = "张三") -> ev.Received:
    return ev.Received(
        on=DAY, case_no=number, channel="in_person", applicant=name, applicant_class="natural_person", content="预算"
    )


def raw(journal: Journal) -> sqlite3.Connection:
    """A second connection, as somebody with a database tool would have."""
    return sqlite3.connect(journal.store.path, isolation_level=None)


def test_a_case_is_the_fold_of_its_events(journal: Journal) -> None:
    events: list[ev.AnyEvent] = [
        received(),
        ev.PartyConsulted(on=DAY, party="甲"),
        ev.Amended(on=DAY, field="phone", value="139", why="登记时写错"),
        ev.Answered(on=DAY, category="third_party", number="柳政依复〔2026〕1号"),
        ev.Served(on=DAY, way="registered_mail", proof="XA1"),
    ]
    case = journal.append(journal.new_id(), events)
    assert case == fold(case.case_id, events) == journal.case(case.case_id)
    assert (case.phone, case.category, case.row, case.served is not None) == (
        "139",
        "third_party",
        "third_party",
        True,
    )
    assert [e.act for e in case.clock_events] == ["received", "party_consulted", "served"]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE events SET body = '{}'", "DELETE FROM events", "UPDATE letters SET text = ''", "DELETE FROM letters"],
)
def test_the_file_itself_refuses_change(desk: Desk, statement: str) -> None:
    issue_granted(desk)
    other = sqlite3.connect(desk.home / "register.db")
    with pytest.raises(sqlite3.IntegrityError, match=r"append-only|frozen"):
        other.execute(statement)
    other.close()


def test_a_changed_event_is_found(journal: Journal) -> None:
    first = journal.append(journal.new_id(), [received()])
    journal.append(journal.new_id(), [received("LH-2026-0002", "李四")])
    tool = raw(journal)
    tool.execute("DROP TRIGGER events_no_update")
    tool.execute("UPDATE events SET body = replace(body, '张三', '张四') WHERE case_id = ?", [first.case_id])
    tool.close()
    assert [(d.code, d.where) for d in verify(journal)] == [
        ("journal", "LH-2026-0001，第1条（2026-11-20）"),
        ("shape", "缺少events_no_update"),
    ]


def test_a_removed_event_is_found(journal: Journal) -> None:
    case = journal.append(journal.new_id(), [received(), ev.Extended(on=DAY, working_days=5), ev.Withdrawn(on=DAY)])
    tool = raw(journal)
    tool.execute("DROP TRIGGER events_no_delete")
    tool.execute("DELETE FROM events WHERE case_id = ? AND n = 1", [case.case_id])
    tool.close()
    assert [d.code for d in verify(journal)] == ["journal", "shape"]


def test_a_changed_letter_is_found_and_not_printed(desk: Desk) -> None:
    letter = issue_granted(desk)
    tool = sqlite3.connect(desk.home / "register.db", isolation_level=None)
    tool.execute("DROP TRIGGER letters_no_update")
    tool.execute("UPDATE letters SET pdf = ? WHERE id = ?", [b"%PDF forged", letter.id])
    tool.close()
    assert [n.code for n in desk.upkeep.check() if n.fault] == ["letter", "shape"]
    with pytest.raises(DeskError, match="已经损坏"):
        desk.paper.letter(letter.id)


def test_a_changed_projection_is_found_and_rebuilt(desk: Desk) -> None:
    for n in range(3):
        register(desk, applicant=f"张{n}")
    store = open_store(desk.home / "register.db")
    before = store.query("SELECT * FROM cases ORDER BY case_id")
    with store.write():
        db = store.db
        db.execute("UPDATE cases SET applicant = '王五' WHERE applicant = '张1'")
        db.execute("DELETE FROM cases WHERE applicant = '张2'")
    assert sorted(n.code for n in desk.upkeep.check() if n.fault) == ["projection", "projection"]
    assert desk.upkeep.repair() == 3
    assert store.query("SELECT * FROM cases ORDER BY case_id") == before
    assert not [n for n in desk.upkeep.check() if n.fault]
    store.close()


def test_a_case_changed_elsewhere_is_not_overwritten(desk: Desk) -> None:
    case = register(desk)
    seen = len(case.history)
    desk.acts.record(case.case_id, ev.Extended(on=DAY, working_days=5))
    with pytest.raises(DeskError, match="另一个窗口里有了变化"):
        desk.acts.record(case.case_id, ev.Withdrawn(on=DAY), seen)
    assert not desk.lookup.case(case.case_id).category


def test_a_refused_issue_takes_no_number(desk: Desk) -> None:
    first = issue_granted(desk)
    case = register(desk)
    give_opinions(desk, case.case_id, "granted")
    with pytest.raises(DeskError, match="另一个窗口里有了变化"):
        desk.reply.issue(case.case_id, "granted", GRANTED, seen=99)
    second = desk.reply.issue(case.case_id, "granted", GRANTED)
    assert (first.number, second.number) == ("柳政依复〔2026〕1号", "柳政依复〔2026〕2号")


def test_times_carry_their_zone(journal: Journal) -> None:
    case = journal.append(journal.new_id(), [received()])
    at = journal.entries(case.case_id)[0]["at"]
    assert at.startswith("2026-11-20T00:00")
    assert "+" in at


def test_identifiers_sort_by_time(journal: Journal) -> None:
    made = [journal.new_id() for _ in range(50)]
    assert made == sorted(made)
    assert len(set(made)) == 50


def test_unit_versions_hold_from_their_day(desk: Desk) -> None:
    old = desk.lookup.unit()
    desk.upkeep.save_unit(old.model_copy(update={"phone": "0579-1"}), date(2026, 12, 1))
    assert desk.lookup.unit().phone == old.phone
    later = Desk.open(desk.home, FixedClock(date(2026, 12, 1)))
    assert later.lookup.unit().phone == "0579-1"
    later.close()


@pytest.mark.parametrize(
    ("name", "syllables"),
    [
        ("曾巩", ({"zeng", "ceng"}, {"gong"})), ("张三", ({"zhang"}, {"san"})), ("Müller", ({"müller"},)),
        ("赵[红]", ({"zhao"}, {"hong"})),
    ],
)  # fmt: skip
def test_syllables_with_every_reading_of_the_surname(name: str, syllables: tuple[set[str], ...]) -> None:
    assert tuple(map(set, syllables_of(name))) == syllables


@pytest.mark.parametrize(
    ("typed", "name", "place"),
    [
        ("jiancha", "检查", 0), ("jc", "检查", 0), ("jianc", "检查", 0), ("jcha", "检查", 0), ("cha", "检查", 1), ("c", "检查", 1),
        ("检", "检查", 0), ("查", "检查", 1), ("", "检查", 0), ("打印机", "检查", 2), ("jcx", "检查", None), ("cj", "检查", None),
        ("jian cha", "检查", 0), ("drtz", "导入台账", 0), ("taizhang", "导入台账", 1), ("zgong", "曾巩", 0), ("ceng", "曾巩", 0),
        ("pdf", "存成PDF", 1),
    ],
)  # fmt: skip
def test_a_name_is_found_by_how_it_is_spelled_from_any_character(typed: str, name: str, place: int | None) -> None:
    assert nearness(typed, name, "字体、打印机、备份是不是都好") == place
    assert fits(typed, name, "字体、打印机、备份是不是都好") == (place is not None)


def test_drafts_are_kept_and_dropped(journal: Journal) -> None:
    assert journal.records.draft("intake") == {}
    journal.records.save_draft("intake", {"applicant": "张三"})
    assert journal.records.draft("intake") == {"applicant": "张三"}
    journal.records.drop_draft("intake")
    assert journal.records.draft("intake") == {}


def test_the_store_is_one_file_again_after_closing(tmp_path: Path) -> None:
    store: Store = create_store(tmp_path / "register.db")
    store.close()
    assert [p.name for p in tmp_path.iterdir()] == ["register.db"]
