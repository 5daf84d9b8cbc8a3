"""A third party: what an answer says of it stands in the file, and what was struck out stands nowhere (条例 15, 32)."""

from datetime import date

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.errors import DeskError
from tests.conftest import issue_granted, register
from tests.desk.test_letters import typed_as

ROW = "单价分析表｜{}｜属于投标单位的商业秘密"


def findings(desk: Desk, case_id: str, kind: str, **changes: str) -> dict[str, bool]:
    """What is said of the third party: code, and whether it stops the letter."""
    typed = {**typed_as(kind, desk, case_id), **changes}
    found = desk.reply.preview(case_id, kind, typed).findings
    return {f.code: f.blocking for f in found if f.code.startswith("party_") or f.code == "not_as_noted"}


def asked(desk: Desk, position: str = "refused") -> str:
    """A case of which a third party was asked, and answered so."""
    case_id = register(desk, received_on="2026-10-09").case_id
    desk.acts.note(case_id, act_draft("party_consulted", party="甲公司", on="2026-10-12"))
    if position:
        desk.acts.note(
            case_id, act_draft("party_answered", party="甲公司", position=position, reason="价格", on="2026-11-10")
        )
    return case_id


def test_a_part_withheld_for_a_third_party_without_its_being_asked_is_said(desk: Desk) -> None:
    case_id = register(desk).case_id
    for_it = {"withheld": ROW.format("第十五条"), "party_position": "", "party_reason": ""}
    assert findings(desk, case_id, "partial", **for_it) == {"party_unasked": False}
    assert findings(desk, case_id, "partial", **for_it | {"withheld": ROW.format("第十六条")}) == {}


def test_an_opinion_that_nobody_noted_is_said(desk: Desk) -> None:
    case_id = register(desk).case_id
    of_nobody = {"withheld": ROW.format("第十六条"), "party_position": "silent"}
    assert findings(desk, case_id, "partial", **of_nobody) == {"party_position": False}


@pytest.mark.parametrize("noted", ["refused", "silent", "unreachable", "partly"])
@pytest.mark.parametrize("said", ["refused", "silent", "unreachable", "partly"])
def test_the_opinion_in_the_letter_is_the_one_that_was_noted(desk: Desk, noted: str, said: str) -> None:
    case_id = asked(desk, noted)
    found = findings(desk, case_id, "partial", withheld=ROW.format("第十五条"), party_position=said)
    assert found == ({} if said == noted else {"party_position": False})


def test_the_day_of_asking_is_the_one_that_was_noted(desk: Desk) -> None:
    case_id = asked(desk)
    assert findings(desk, case_id, "third_party", consulted_on="2026-10-12", party_position="refused") == {}
    other = findings(desk, case_id, "third_party", consulted_on="2026-10-13", party_position="refused")
    assert other == {"not_as_noted": False}


def test_an_opinion_that_was_struck_out_fills_no_letter_and_lets_none_go(desk: Desk) -> None:
    case_id = asked(desk)
    before = desk.reply.draft(case_id, "third_party")
    assert (before["consulted_on"], before["party_position"]) == ("2026-10-12", "refused")
    for n in (2, 1):
        desk.acts.note(case_id, act_draft("struck", n=str(n), why="记错了案件"))
    draft = desk.reply.draft(case_id, "third_party")
    assert (draft["consulted_on"], draft["party_position"]) == ("", "")
    typed = {**typed_as("third_party", desk, case_id), "consulted_on": "2026-10-12"}
    missing = desk.reply.preview(case_id, "third_party", typed).findings
    assert ("review_missing", "征求第三方意见") in [(finding.code, finding.where) for finding in missing]
    with pytest.raises(DeskError):
        desk.reply.issue(case_id, "third_party", typed)


def test_a_sending_that_was_struck_out_counts_no_more(desk: Desk) -> None:
    letter = issue_granted(desk, received_on="2026-11-02")
    sent = DeliveryDraft(letter_id=letter.id, way="registered_mail", proof="XA1")
    desk.delivery.serve(letter.case_id, sent)
    served = next(n for n, event in enumerate(desk.lookup.case(letter.case_id).history) if event.act == "served")
    desk.acts.note(letter.case_id, act_draft("struck", n=str(served), why="日期写错了"))
    later = FixedClock(date(2026, 11, 27))
    desk.close()
    with Desk.open(desk.home, later) as then:
        then.delivery.serve(letter.case_id, sent)
        case = then.lookup.case(letter.case_id)
    assert [event.on for event in case.told if event.act == "served"] == [date(2026, 11, 27)]
    assert [event.on for event in case.history if event.act == "served"] == [date(2026, 11, 20), date(2026, 11, 27)]


def test_what_was_struck_out_twice_leaves_the_third_entry_where_rules_look_back(desk: Desk) -> None:
    letter = issue_granted(desk, received_on="2026-11-02")
    desk.acts.note(letter.case_id, act_draft("talked", who="张三", what="问进度"))
    sent = DeliveryDraft(letter_id=letter.id, way="registered_mail", proof="XA1")

    def last(act: str) -> str:
        history = desk.lookup.case(letter.case_id).history
        return str(max(n for n, event in enumerate(history) if event.act == act))

    for turn in range(3):
        desk.delivery.serve(letter.case_id, sent)
        if turn < 2:
            desk.acts.note(letter.case_id, act_draft("struck", n=last("served"), why="日期写错了"))
    desk.acts.note(letter.case_id, act_draft("arrived", letter_id=letter.number or ""))
    after = desk.acts.note(letter.case_id, act_draft("struck", n=last("talked"), why="记错了案件"))
    assert [event.act for event in after.told].count("arrived") == 1
