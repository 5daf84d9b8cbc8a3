"""The people of a case are erased: figures, clock and chain stay, nothing of them is left in the file, and nobody does it unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.errors import DeskError
from deskapp.register.erasing import Erasure, clear_traces, erase
from deskapp.register.facts import SIGN
from deskapp.register.integrity import verify
from deskapp.register.store import Store
from tests.conftest import issue_granted, register

SECRETS = ("欧阳修远", "13905550123", "柳河镇桥头村12号", "桥头村2024年度财务收支公开表", "330722198001011234")
LATER = date(2037, 1, 5)
WHY = "保管期限已满"


def archived(desk: Desk) -> str:
    """A case with everything of a person in it, answered, served, archived."""
    letter = issue_granted(
        desk, applicant=SECRETS[0], phone=SECRETS[1], address=SECRETS[2], content=SECRETS[3], id_number=SECRETS[4],
        remark="只要欧阳修远家的",
    )  # fmt: skip
    desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, way="in_person", signed_by=SECRETS[0]))
    desk.delivery.archive(letter.case_id, "2026-永久-001")
    return letter.case_id


def erased(desk: Desk, case_id: str) -> Erasure:
    return erase(desk.lookup._journal, case_id, desk.clock.today(), "李晓梅", "王建国", WHY)


def test_figures_clock_and_chain_stay(desk: Desk) -> None:
    other, case_id = register(desk).case_id, archived(desk)
    before = desk.lookup.case(case_id)
    deadline, table = desk.lookup.deadline(before), desk.reporting.report(2026)
    entries = len(desk.lookup._journal.entries(case_id))
    done = erased(desk, case_id)
    assert done.entries <= entries
    after = desk.lookup.case(case_id)
    assert desk.lookup.deadline(after) == deadline
    assert desk.reporting.report(2026) == table
    assert (after.case_no, after.category, after.closed_on, after.applicant_class, after.number) == (
        before.case_no, before.category, before.closed_on, before.applicant_class, before.number,
    )  # fmt: skip
    assert after.erased is not None
    assert after.erased.entries == done.entries > done.letters == len(done.hashes) == 1
    assert after.content == SIGN
    assert verify(desk.lookup._journal) == []
    assert desk.lookup.case(other).applicant != SIGN  # the others are as they were
    register(desk)  # and the chain goes on
    assert verify(desk.lookup._journal) == []


def test_nothing_of_the_person_is_left_in_the_file(desk: Desk) -> None:
    case_id = archived(desk)
    desk.drafts.keep(desk.reply.draft_key(case_id, "granted"), {"where": SECRETS[2]})
    erased(desk, case_id)
    clear_traces(desk.lookup._journal.store)
    for path in desk.home.iterdir():
        if path.is_file():
            content = path.read_bytes()
            for secret in SECRETS:
                assert secret.encode() not in content, f"{secret} in {path.name}"
    assert desk.lookup.search(SECRETS[0]) == []


def test_a_letter_says_that_it_is_gone(desk: Desk) -> None:
    case_id = archived(desk)
    letter = desk.lookup.case(case_id).letters[0].letter_id
    erased(desk, case_id)
    with pytest.raises(DeskError, match="已经按规定删除"):
        desk.lookup._journal.letter(letter)


def test_two_people_answer_for_it(desk: Desk) -> None:
    case_id = archived(desk)
    with pytest.raises(DeskError, match="不能是同一个人"):
        erase(desk.lookup._journal, case_id, desk.clock.today(), "李晓梅", "李晓梅", WHY)
    assert desk.lookup.case(case_id).applicant == SECRETS[0]
    assert verify(desk.lookup._journal) == []


def test_a_case_that_is_not_archived_keeps_its_people(desk: Desk) -> None:
    case = register(desk)
    with pytest.raises(DeskError, match="没有归档"):
        erased(desk, case.case_id)
    assert verify(desk.lookup._journal) == []


def _emptied(store: Store, case_id: str) -> None:
    """An entry emptied by hand, without an act, and written down as if it were one."""
    row = store.query("SELECT * FROM events WHERE case_id = ? AND n = 0", [case_id])[0]
    from deskapp.register.hashing import seal
    from deskapp.register.journal import CHAINED

    row["body"] = row["body"].replace(SECRETS[0], "某人")
    store.execute("UPDATE events SET body = ? WHERE seq = ?", [row["body"], row["seq"]])
    values = ["event", str(row["seq"]), case_id, 9, row["hash"], seal(row[name] for name in CHAINED)]
    store.execute("INSERT INTO erased VALUES (?, ?, ?, ?, ?, ?)", values)


def _filled_again(store: Store, case_id: str) -> None:
    """What an erasure left, replaced by another text."""
    store.execute("UPDATE events SET body = replace(body, '—', '张三') WHERE case_id = ? AND n = 0", [case_id])


def _rows_gone(store: Store, case_id: str) -> None:
    """The rows of an erasure, taken away."""
    store.execute("DELETE FROM erased WHERE case_id = ?", [case_id])


def _letter_replaced(store: Store, case_id: str) -> None:
    """Another text in the place of a letter that was erased."""
    store.execute("UPDATE letters SET text = '别的' WHERE case_id = ?", [case_id])


@pytest.mark.parametrize(
    ("first", "harm", "code"),
    [
        (False, _emptied, "erased"),
        (True, _filled_again, "journal"),
        (True, _rows_gone, "journal"),
        (True, _letter_replaced, "letter"),
    ],
)
def test_who_empties_or_fills_past_the_program_is_found(
    desk: Desk, first: bool, harm: Callable[[Store, str], None], code: str
) -> None:
    case_id = archived(desk)
    if first:
        erased(desk, case_id)
    store = desk.lookup._journal.store
    guards = store.query("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    with store.write():
        for guard in guards:
            store.execute(f"DROP TRIGGER {guard['name']}")
        harm(store, case_id)
        for guard in guards:
            store.execute(guard["sql"])
    assert code in {damage.code for damage in verify(desk.lookup._journal)}


def test_what_came_after_an_erasure_can_be_erased_too(desk: Desk) -> None:
    case_id = archived(desk)
    erased(desk, case_id)

    desk.acts.note(case_id, act_draft("disputed", route="review", reference="欧阳修远申请复议"))
    desk.acts.note(case_id, act_draft("dispute_decided", route="review", outcome="upheld", reference="欧阳修远案"))
    erased(desk, case_id)
    assert verify(desk.lookup._journal) == []
    assert "欧阳修远" not in "".join(row["body"] for row in desk.lookup._journal.entries(case_id))


def test_every_case_of_the_practice_desk_counts_as_before(tmp_path: Path) -> None:
    from deskapp.desk.training.practice import make_practice_desk

    make_practice_desk(tmp_path / "home", date(2026, 11, 25))
    desk = Desk.open(tmp_path / "home", FixedClock(date(2026, 11, 25)))
    journal = desk.lookup._journal
    cases = [desk.lookup.case(row["case_id"]) for row in journal.store.query("SELECT case_id FROM cases")]
    table = desk.reporting.report(2026)
    before = {case.case_id: desk.lookup.deadline(case) for case in cases}
    done = 0
    for case in cases:
        if case.archived and not any(matter.open for matter in case.disputes):
            erased(desk, case.case_id)
            done += 1
    assert done > 10
    assert {case_id: desk.lookup.deadline(desk.lookup.case(case_id)) for case_id in before} == before
    assert desk.reporting.report(2026) == table
    assert verify(journal) == []
    desk.close()
