"""What somebody who tried to break the register found: each stays mended."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.office.restoring import restore_backup
from deskapp.errors import DeskError
from deskapp.register import restoring
from tests.conftest import DAY, issue_granted, register
from tests.exchange.test_ledger import GOOD, write_csv
from tests.register.test_integrity import unguarded


def faults(desk: Desk) -> list[str]:
    return [note.code for note in desk.upkeep.check() if note.fault]


def test_the_only_dispute_of_a_case_struck_out_counts_nowhere(desk: Desk, tmp_path: Path) -> None:
    case = register(desk)
    desk.acts.note(case.case_id, act_draft("disputed", route="review"))
    desk.acts.note(case.case_id, act_draft("struck", n="1", why="记错"))
    assert desk.reporting.report(2026).table4["review"]["total"] == 0
    assert faults(desk) == []
    desk.upkeep.backup(tmp_path / "a.db")


def test_lists_that_can_be_mended_stop_no_backup(desk: Desk, tmp_path: Path) -> None:
    register(desk)
    tool = unguarded(desk.home / "register.db")
    tool.execute("UPDATE cases SET applicant = '王五'")
    tool.close()
    desk.upkeep.backup(tmp_path / "a.db")
    assert restore_backup(tmp_path / "a.db", tmp_path / "new", FixedClock(DAY)).restored.cases == 1


@pytest.mark.parametrize("typed", ["柳政依复〔2026〕50号", "柳政依复〔2026〕2号"])
def test_a_number_of_ours_typed_by_hand_is_not_given_again_and_no_fault(desk: Desk, typed: str) -> None:
    issue_granted(desk)
    case = register(desk)
    desk.acts.note(case.case_id, act_draft("answered", category="granted", number=typed))
    assert issue_granted(desk).number == typed.replace("50号", "51号").replace("2号", "3号").replace(
        "2026〕53", "2026〕51"
    )
    assert faults(desk) == []
    case = desk.lookup.case(case.case_id)
    answered = next(n for n, text in desk.acts.fields(case, "struck")[0].offered(case) if "系统外" in text)
    desk.acts.note(case.case_id, act_draft("struck", n=answered, why="记错"))
    assert faults(desk) == []


def test_a_restore_that_is_stopped_leaves_nothing(
    desk: Desk, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.upkeep.backup(tmp_path / "a.db")

    def stopped(*words: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(restoring, "checked_counts", stopped)
    with pytest.raises(KeyboardInterrupt):
        restore_backup(tmp_path / "a.db", tmp_path / "deep/er/new", clock)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.db", "home"]


@pytest.mark.parametrize(
    ("content", "says"), [(b"SQLite format 3\x00" + b"\x00" * 4000, "备份 a.db"), (b"no", "备份 a.db")]
)
def test_a_bad_backup_is_called_by_its_own_name(tmp_path: Path, clock: FixedClock, content: bytes, says: str) -> None:
    (tmp_path / "a.db").write_bytes(content)
    with pytest.raises(DeskError, match=says) as refused:
        restore_backup(tmp_path / "a.db", tmp_path / "new", clock)
    assert "register.db" not in str(refused.value)
    assert not (tmp_path / "new").exists()


def test_a_delivery_of_an_archived_answer_written_outside_can_still_be_noted(desk: Desk) -> None:
    case = register(desk)
    desk.acts.note(case.case_id, act_draft("answered", category="granted", number="外1号"))
    desk.delivery.archive(case.case_id)
    desk.delivery.serve(case.case_id, DeliveryDraft(way="registered_mail", proof="XA1"))
    assert desk.lookup.case(case.case_id).served


def test_a_long_number_in_a_ledger_is_no_serial_and_costs_no_time(desk: Desk, tmp_path: Path) -> None:
    desk.ledgers.take(write_csv(tmp_path / "a.csv", [{**GOOD, "登记号": "LH-2026-999999999"}]))
    desk.ledgers.take(
        write_csv(tmp_path / "b.csv", [{**GOOD, "登记号": "LH-2026-9000000", "申请内容": "另一份文件"}])
    )
    began = perf_counter()
    notes = [note.message for note in desk.upkeep.check() if note.code == "ledger_gap"]
    assert perf_counter() - began < 10  # it was half a minute for a number of nine figures
    assert notes == ["导入的台账里没有这些号：LH-2026-0001至LH-2026-8999999。"]
    assert register(desk).case_no == "LH-2026-9000001"


def test_one_number_on_two_cases_is_told(desk: Desk, tmp_path: Path) -> None:
    letter = issue_granted(desk)
    rows = [{**GOOD, "文号": number} for number in ("外〔2026〕9号", "外〔2026〕9号", letter.number)]
    result = desk.ledgers.take(write_csv(tmp_path / "a.csv", rows))
    assert any("外〔2026〕9号" in warning and letter.number in warning for warning in result.warnings)
    assert sorted(note.message for note in desk.upkeep.check() if note.code == "double") == [
        "一个文号用在两件上：外〔2026〕9号。", f"一个文号用在两件上：{letter.number}。",
    ]  # fmt: skip
    assert faults(desk) == []


def test_what_a_ledger_cannot_say_of_disputes_is_told(desk: Desk, clock: FixedClock, tmp_path: Path) -> None:
    case = register(desk)
    desk.acts.note(case.case_id, act_draft("answered", category="granted"))
    assert desk.ledgers.said_less() == []
    clock.set(date(2027, 1, 6))
    desk.acts.note(case.case_id, act_draft("disputed", route="review"))
    assert "有1件" in desk.ledgers.said_less()[0]


@pytest.mark.parametrize(
    ("field", "length"), [("applicant", 201), ("content", 5001), ("remark", 5001), ("address", 201)]
)
def test_what_the_desk_takes_a_ledger_takes_too(desk: Desk, field: str, length: int) -> None:
    with pytest.raises(DeskError, match="太长"):
        register(desk, **{field: "长" * length})
    register(desk, **{field: "长" * (length - 1)})


@pytest.mark.parametrize("table", ["cases", "words", "matters", "words_content", "words_data"])
def test_a_missing_list_is_named_and_made_anew(desk: Desk, table: str) -> None:
    register(desk)
    home = desk.home
    desk.close()
    tool = sqlite3.connect(home / "register.db", isolation_level=None)
    tool.execute(f"DROP TABLE {table}")
    tool.close()
    again = Desk.open(home, FixedClock(DAY))
    assert faults(again)
    again.upkeep.repair()
    assert faults(again) == []
    assert len(again.lookup.search("张三")) == 1
    again.close()


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("DROP TRIGGER events_no_delete", "缺少events_no_delete"),
        ("DROP INDEX cases_open", "缺少cases_open"),
        ("CREATE TRIGGER evil AFTER INSERT ON events BEGIN DELETE FROM cases; END", "多出evil"),
        ("CREATE TABLE songs (name TEXT)", "多出songs"),
    ],
)
def test_a_changed_shape_is_named(desk: Desk, statement: str, where: str) -> None:
    register(desk)
    tool = sqlite3.connect(desk.home / "register.db", isolation_level=None)
    tool.execute(statement)
    tool.close()
    assert [note.message for note in desk.upkeep.check() if note.code == "shape"] == [
        f"登记簿的表、索引或者防改装置不对：{where}。"
    ]
    desk.upkeep.repair()
    assert bool(faults(desk)) == where.startswith("多出")


def test_a_lost_version_of_the_unit_is_noticed(desk: Desk) -> None:
    desk.upkeep.save_unit(desk.lookup.unit().model_copy(update={"phone": "0579-1111111"}))
    tool = unguarded(desk.home / "register.db")
    tool.execute("DELETE FROM units WHERE seq = 2")
    tool.close()
    assert any("单位资料（少了1份）" in note.message for note in desk.upkeep.check() if note.fault)


def test_cells_beyond_the_heading_are_told(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "收到日期,收到方式,申请人,申请人类别,申请内容\n2026-10-12,当面,张三,自然人,预算,多余,更多\n", encoding="utf-8"
    )
    result = desk.ledgers.take(tmp_path / "a.csv")
    assert result.taken == 1
    assert result.warnings == ("有的格上面没有列名，没有导入：第2行【多余】、第2行【更多】。",)


def test_a_number_in_full_width_is_the_same_number(desk: Desk, tmp_path: Path) -> None:
    rows = [{**GOOD, "登记号": "A-1"}, {**GOOD, "登记号": "Ａ-1"}]
    assert desk.ledgers.take(write_csv(tmp_path / "a.csv", rows)).taken == 0


def test_the_receipt_is_never_struck_out(desk: Desk) -> None:
    case = register(desk)
    with pytest.raises(DeskError, match="请选择哪一条"):
        desk.acts.note(case.case_id, act_draft("struck", n="0", why="x"))


def test_looking_into_a_backup_of_an_older_version_changes_nothing_in_it(desk: Desk, tmp_path: Path) -> None:
    from tests.conftest import DATA

    old = tmp_path / "old.db"
    old.write_bytes((DATA / "registers/0001.db").read_bytes())
    register(desk)
    store = desk._store
    with store.write():
        store.execute(
            "INSERT INTO backups (path, at, outside, locked, cases, events, letters) VALUES (?, '', 1, 0, 2, 4, 1)",
            [str(old)],
        )
    tool = unguarded(desk.home / "register.db")
    tool.execute("UPDATE events SET body = replace(body, '张三', '张四')")
    tool.close()
    before = old.read_bytes()
    assert "journal" in faults(desk)
    assert old.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("old")] == ["old.db"]
