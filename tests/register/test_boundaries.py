"""Rules of the register at their edges: what posting says, what may be struck, how many backups are kept, what tells contents apart."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.errors import DeskError
from deskapp.register import events as ev
from deskapp.register import similar
from deskapp.register.backup import rotate
from deskapp.register.similar import RARE_PIECES
from tests.conftest import register
from tests.desk.test_letters import typed_as


def notified(desk: Desk, kind: str) -> tuple[str, str]:
    """A case with a letter of that kind; the case and the letter."""
    case = register(desk)
    letter = desk.reply.issue(case.case_id, kind, typed_as(kind, desk, case.case_id))
    return case.case_id, letter.id


def test_the_days_to_pay_follow_the_day_a_fee_notice_was_signed_for_or_else_posted(
    desk: Desk, clock: FixedClock
) -> None:
    """信息处理费管理办法 6: the twenty days to pay follow the day the applicant received it; while that is unknown, the posting."""
    case_id, letter_id = notified(desk, "fee_notice")
    assert desk.lookup.deadline(desk.lookup.case(case_id)).status == "running"
    clock.set(date(2026, 11, 25))
    draft = DeliveryDraft(letter_id=letter_id, way="registered_mail", on="2026-11-23", proof="XA1")
    desk.delivery.serve(case_id, draft)
    assert desk.lookup.deadline(desk.lookup.case(case_id)).wait_until == date(2026, 12, 21)
    after = desk.acts.note(
        case_id, act_draft("arrived", on="2026-11-25", letter_id=desk.paper.letter(letter_id).number)
    )
    assert desk.lookup.deadline(after).wait_until == date(2026, 12, 23)
    assert "对方收到" in [name for _, name, _ in desk.lookup.entries(case_id)]


@pytest.mark.parametrize("kind", ["extension_notice", "fee_notice", "third_party_consultation"])
def test_what_a_letter_noted_cannot_be_struck_apart_from_it(desk: Desk, kind: str) -> None:
    case_id, _ = notified(desk, kind)
    case = desk.lookup.case(case_id)
    noted = next(n for n, event in enumerate(case.history) if isinstance(event, ev.OfLetter) and event.letter_id)
    with pytest.raises(DeskError, match="请把那份文书作废"):
        desk.acts.note(case_id, act_draft("struck", n=str(noted), why="误记"))


def test_of_daily_backups_seven_days_four_weeks_and_twelve_months_stay(tmp_path: Path) -> None:
    newest = date(2026, 11, 20)
    for n in range(800):
        (tmp_path / f"{newest - timedelta(days=n)}.db").touch()
    rotate(tmp_path)
    kept = {date.fromisoformat(path.stem) for path in tmp_path.iterdir()}
    days = {newest - timedelta(days=n) for n in range(7)}
    weeks = {newest, date(2026, 11, 15), date(2026, 11, 8), date(2026, 11, 1)}
    months = {date(y, m, 1) - timedelta(days=1) for y, m in [(2026, n) for n in range(1, 12)]} | {newest}
    assert kept == days | weeks | months


def test_the_rarest_words_find_what_is_alike_among_many(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words that all have would fill the list of candidates with the newest."""
    rare, usual = "石桥灌溉渠扩建竣工图纸", "申请公开柳河镇人民政府有关信息"
    assert len(rare) - 1 >= RARE_PIECES
    wanted = register(desk, content=f"{usual}{rare}")
    for n in range(5):
        register(desk, content=f"{usual}之{n}")
    monkeypatch.setattr(similar, "CANDIDATES", 3)
    found = similar.of_content(desk._store, f"{rare}，{usual}")
    assert [like.case.case_no for like in found] == [wanted.case_no]
