"""Every form of the file and the folder, in every state that a case can end in: what the clock does not give is said in its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.errors import DeskError
from deskapp.register.case import Case
from letters.catalogue import TemplateCatalogue
from tests.conftest import DAY, GRANTED, issue, register
from tests.desk.test_letters import typed_as
from tests.exchange.test_ledger import GOOD, write_csv

SHEETS = sorted(kind for kind, item in TemplateCatalogue().templates.items() if item.is_sheet)


def _asked(desk: Desk, kind: str) -> Case:
    """A case for which a notice that stops the clock was written and delivered."""
    case = register(desk)
    notice = issue(desk, case.case_id, kind, typed_as(kind, desk, case.case_id))
    desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=notice.id, signed_by="张三"))
    return desk.lookup.case(case.case_id)


def _noted(desk: Desk, act: str, **values: str) -> Case:
    return desk.acts.note(register(desk).case_id, act_draft(act, **values))


def _letter(desk: Desk, case: Case, kind: str) -> Case:
    issue(desk, case.case_id, kind, typed_as(kind, desk, case.case_id))
    return desk.lookup.case(case.case_id)


def _answered(desk: Desk, clock: FixedClock) -> Case:
    case = register(desk)
    letter = issue(desk, case.case_id, "granted", GRANTED)
    desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    return desk.lookup.case(case.case_id)


def _withdrawn_by_letter(desk: Desk, clock: FixedClock) -> Case:
    return _letter(desk, register(desk), "withdrawn")


def _withdrawn_while_asked(desk: Desk, clock: FixedClock) -> Case:
    return desk.acts.note(_asked(desk, "correction_notice").case_id, act_draft("withdrawn"))


def _closed_while_asked(desk: Desk, clock: FixedClock) -> Case:
    case = _asked(desk, "correction_notice")
    return desk.acts.note(case.case_id, act_draft("closed", category="advice", why="当面答清"))


def _lapsed(desk: Desk, clock: FixedClock) -> Case:
    case = _asked(desk, "correction_notice")
    clock.set(DAY.replace(month=12, day=29))
    return _letter(desk, case, "correction_lapsed")


def _unpaid(desk: Desk, clock: FixedClock) -> Case:
    case = _asked(desk, "fee_notice")
    clock.set(DAY.replace(year=2027, month=1, day=29))
    return _letter(desk, desk.lookup.case(case.case_id), "fee_lapsed")


def _from_ledger(desk: Desk, folder: Path, **changes: str) -> Case:
    done = desk.ledgers.take(write_csv(folder / "台账.csv", [{**GOOD, **changes}]))
    assert done.taken == 1, done.bad
    return desk.lookup.case_by_no("LH-2026-0001")


ENDS: dict[str, Callable[[Desk, FixedClock], Case]] = {
    "answered": _answered,
    "answered_outside": lambda desk, _: _noted(desk, "answered", category="granted", number="柳政〔2026〕9号"),
    "withdrawn": lambda desk, _: _noted(desk, "withdrawn"),
    "withdrawn_by_letter": _withdrawn_by_letter,
    "withdrawn_while_asked": _withdrawn_while_asked,
    "closed_without_document": lambda desk, _: _noted(desk, "closed", category="advice", why="当面答清"),
    "closed_as_withdrawn": lambda desk, _: _noted(desk, "closed", category="withdrawn", why="电话里撤回"),
    "closed_while_asked": _closed_while_asked,
    "correction_lapsed": _lapsed,
    "fee_lapsed": _unpaid,
}
LEDGERS = {
    "ledger": {},
    "ledger_withdrawn": {"答复类型": "申请人撤回申请", "送达方式": "", "送达日期": "", "凭证号": ""},
}


def _typed(desk: Desk, case: Case, kind: str, today: date) -> dict[str, str]:
    """The example of a form, an appointment in it lying ahead."""
    typed = typed_as(kind, desk, case.case_id)
    ahead = [key for key, field in desk.reply.fields(kind).items() if field.ahead and key in typed]
    return {**typed, **{key: (today + timedelta(days=20)).isoformat() for key in ahead}}


def _whole(desk: Desk, case: Case, today: date = DAY) -> None:
    """Everything that can be made of a case that has ended is made, and nothing on it is a gap."""
    for kind in SHEETS:
        made = desk.reply.loose(case.case_id, kind, _typed(desk, case, kind, today))
        assert made.pdf
        assert "待填" not in made.text
    folder = desk.folders.make(case.case_id)
    assert "政府信息公开申请登记表" in [part.item.title for part in folder.parts]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.each(3)
def test_every_form_and_the_folder_can_be_made(desk: Desk, clock: FixedClock, end: str) -> None:
    case = ENDS[end](desk, clock)
    assert case.closed_on
    _whole(desk, case, clock.today())


@pytest.mark.parametrize("line", LEDGERS)
def test_of_a_case_that_came_in_a_ledger_too(desk: Desk, tmp_path: Path, line: str) -> None:
    _whole(desk, _from_ledger(desk, tmp_path, **LEDGERS[line]))


@pytest.mark.parametrize("state", ["registered", "correction_notice", "fee_notice"])
def test_every_form_can_be_made_while_the_case_is_open(desk: Desk, state: str) -> None:
    case = register(desk) if state == "registered" else _asked(desk, state)
    for kind in SHEETS:
        assert "待填" not in desk.reply.loose(case.case_id, kind, typed_as(kind, desk, case.case_id)).text


@pytest.mark.parametrize(("act", "says"), [("withdrawn", "—（已撤回）"), ("answered", "2026年12月18日")])
def test_the_sheet_says_why_there_is_no_last_day(desk: Desk, act: str, says: str) -> None:
    values = {"category": "granted", "number": "1号"} if act == "answered" else {}
    sheet = desk.reply.loose(_noted(desk, act, **values).case_id, "registration_sheet").text
    assert says in sheet
    assert ("暂定" in sheet) is False


def test_a_letter_that_needs_a_last_day_says_that_there_is_none(desk: Desk) -> None:
    case = _noted(desk, "withdrawn")
    with pytest.raises(DeskError, match="现在没有这一日：已撤回"):
        desk.reply.issue_form(case.case_id, "receipt")


def test_a_number_given_up_has_no_folder_and_is_told_so(desk: Desk) -> None:
    case = register(desk)
    desk.acts.note(case.case_id, act_draft("voided", number=case.case_no, why="重复登记"))
    with pytest.raises(DeskError, match="登记号已经作废"):
        desk.folders.make(case.case_id)
