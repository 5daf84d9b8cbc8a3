"""What may happen next to a case: each rule as a short history and the act that follows on it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.errors import DeskError
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.fold import fold
from deskapp.register.integrity import Damage, verify
from deskapp.register.journal import Journal
from deskapp.register.opening import create_store

FIRST, SECOND, THIRD, TODAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 9), date(2026, 11, 20)
NUMBER = "柳政依复〔2026〕1号"


def received(**changes: object) -> ev.Received:
    facts = {
        "case_no": "LH-2026-0001",
        "channel": "in_person",
        "applicant": "张三",
        "applicant_class": "natural_person",
    }
    return ev.Received.model_validate({"on": FIRST, "content": "预算", **facts, **changes})


def letter(kind: str = "granted", category: str = "granted", number: str = NUMBER, on: date = SECOND) -> ev.Issued:
    return ev.Issued(
        on=on,
        letter_id=f"id-{number}",
        kind=kind,
        title="答复书",
        number=number,
        category=category,
        sha256="0",
        pages=1,
    )


def served(on: date = THIRD, letter_id: str = f"id-{NUMBER}") -> ev.Served:
    return ev.Served(on=on, way="in_person", letter_id=letter_id, signed_by="张三")


ANSWERED = ev.Answered(on=SECOND, category="granted")
CONSULTED = ev.PartyConsulted(on=SECOND, party="甲公司")
SUED = ev.Disputed(on=THIRD, route="suit_direct")
REVIEWED = ev.Disputed(on=THIRD, route="review")
CASE_VOID = ev.Voided(on=SECOND, number="LH-2026-0001", why="重复登记")
LETTER_VOID = ev.Voided(on=SECOND, number=NUMBER, why="印错")

LIFE: tuple[ev.AnyEvent, ...] = (
    ev.Split(on=FIRST, content="预算表", into=("LH-2026-0001-2",)),
    ev.CorrectionRequested(on=SECOND), ev.Corrected(on=THIRD, content="2025年预算表"),
    ev.ReasonRequested(on=THIRD), ev.ReasonGiven(on=THIRD, reason="写论文", reasonable=True),
    ev.PartyConsulted(on=THIRD, party="甲"), ev.PartyAnswered(on=THIRD, party="甲", agrees=False),
    ev.AgencyConsulted(on=THIRD, agency="乙"), ev.AgencyAnswered(on=THIRD, agency="乙"),
    ev.Extended(on=THIRD, working_days=20, approved_by="王"), ev.FeeNoticed(on=THIRD, fee_fen=10000),
    ev.FeePaid(on=THIRD), ev.Deferred(on=THIRD, until=date(2027, 1, 5)), ev.Drafted(on=THIRD, kind="granted"),
    ev.Reviewed(on=THIRD, review="secrecy", who="王", opinion="同意"), letter(on=THIRD),
    ev.Printed(on=THIRD, letter_id=f"id-{NUMBER}", printer="p", outcome="printed"),
    ev.Printed(on=THIRD, letter_id=f"id-{NUMBER}", printer="p", outcome="printed"),
    ev.PrintEnded(on=THIRD, letter_id=f"id-{NUMBER}", printer="p", outcome="gone"),
    ev.Copied(on=THIRD, letter_id=f"id-{NUMBER}"), served(), ev.Returned(on=TODAY, letter_id=f"id-{NUMBER}", why="无人"),
    served(on=TODAY), ev.PublicationJudged(on=TODAY, fit=True), ev.FollowedUp(on=TODAY, satisfied=True), ev.LateExplained(on=TODAY, why="回函迟到"),
    ev.PlatformEntered(on=TODAY, platform_no="P1"), ev.Archived(on=TODAY, archive_no="A1"),
    ev.Disputed(on=TODAY, route="review", reference="复〔2026〕3号"), ev.DisputeAnswered(on=TODAY, route="review"),
    ev.DisputeDecided(on=TODAY, route="review", outcome="upheld"),
    ev.Disputed(on=TODAY, route="suit_after_review"),
    ev.Amended(on=TODAY, field="phone", value="139", why="写错"), ev.Struck(on=TODAY, n=24, why="误记"),
)  # fmt: skip
EXAMPLES: tuple[ev.AnyEvent, ...] = (
    received(), *LIFE, ANSWERED, ev.Interrupted(on=SECOND, reason="洪水"), ev.Arrived(on=THIRD, letter_id="L1"),
    ev.RedoOrdered(on=THIRD, ordered_by="review", number="青政复决〔2026〕8号"), CASE_VOID, ev.Withdrawn(on=SECOND),
    ev.Closed(on=SECOND, category="granted", why="当场给了"), ev.ReceiptConfirmed(on=SECOND, who="张三"),
    ev.Talked(on=SECOND, who="张三", what="没有人接"), ev.AgentNamed(on=SECOND, name="李四", authority="代为申请"),
    ev.Attached(on=SECOND, paper_id="P1", kind="identity", name="身份证明", pages=2, sha256="0" * 64, size=9, ending=".pdf"),
    ev.Detached(on=THIRD, paper_id="P1", why="放错了"),
    ev.Erased(on=THIRD, by="甲", second="乙", why="保管期限已满", entries=3, letters=1, digest="0" * 64),
    ev.Referred(on=SECOND, department="农业农村办", back_by=TODAY), ev.ReferredBack(on=THIRD, department="农业农村办"),
    ev.OneWithdrew(on=SECOND, name="王五"), ev.Appealed(on=TODAY, route="suit_direct", who="原告"),
    ev.Redacted.model_validate({
        "on": THIRD, "pages": 2, "covered": [{"kind": "identity", "reason": "privacy", "count": 3}], "source_sha256": "0" * 64,
        "copy_sha256": "1" * 64,
    }),
)  # fmt: skip


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(create_store(tmp_path / "register.db"), FixedClock(TODAY))


def told(journal: Journal, *events: ev.AnyEvent) -> Case:
    return journal.append(journal.new_id(), [received(), *events])


def faults(journal: Journal) -> list[Damage]:
    """What is wrong, but for the letters and counters that these histories do without."""
    return [found for found in verify(journal) if found.code not in ("letter_missing", "counter")]


@pytest.mark.parametrize(
    ("before", "event", "says"),
    [
        ((), received(), "只能登记一次"),
        ((), ev.Corrected(on=SECOND), "还没有发过补正告知"),
        ((ev.CorrectionRequested(on=THIRD),), ev.Corrected(on=SECOND), "早于发出之日"),
        ((ev.CorrectionRequested(on=SECOND),), ev.CorrectionRequested(on=THIRD), "还没有回音"),
        ((), ev.PartyAnswered(on=SECOND, party="甲公司"), "没有征求过【甲公司】"),
        ((CONSULTED,), ev.PartyAnswered(on=THIRD, party="乙公司"), "没有征求过【乙公司】"),
        ((CONSULTED,), CONSULTED, "还没有答复"),
        ((), ev.AgencyAnswered(on=SECOND, agency="县档案馆"), "没有征求过【县档案馆】"),
        ((), ev.FeePaid(on=SECOND), "还没有发过收费通知"),
        ((ev.FeeNoticed(on=SECOND),), ev.FeeNoticed(on=THIRD), "还没有缴费"),
        ((), ev.Extended(on=date(2026, 10, 30), working_days=5), "早于收到申请之日"),
        ((), ev.Extended(on=date(2026, 12, 1), working_days=5), "还没有到"),
        ((ANSWERED,), ev.Extended(on=THIRD, working_days=5), "只能在答复以前记"),
        ((ANSWERED,), ev.Withdrawn(on=THIRD), "只能在答复以前记"),
        ((ANSWERED,), ANSWERED, "只能在答复以前记"),
        ((), ev.Answered(on=SECOND, category="none"), "没有答复类型【none】"),
        ((letter(),), letter(number="柳政依复〔2026〕2号"), "已经答复过了"),
        ((), served(), "没有这份文书"),
        ((), served(letter_id=""), "还没有答复"),
        ((letter(),), served(on=FIRST), "早于成文日期"),
        ((letter(), served()), served(), "已经记过送达"),
        ((letter(),), ev.Returned(on=THIRD, letter_id=f"id-{NUMBER}"), "还没有记过送达"),
        ((letter(), LETTER_VOID), served(), "已经作废"),
        ((letter(), LETTER_VOID), LETTER_VOID, "作废过"),
        ((letter(), served()), ev.Voided(on=THIRD, number=NUMBER, why="印错"), "已经送达"),
        ((), ev.Voided(on=THIRD, number="柳政依复〔2026〕9号", why="印错"), "没有文号"),
        ((letter(),), ev.Voided(on=THIRD, number="LH-2026-0001", why="重复"), "已经答复"),
        ((CASE_VOID,), ANSWERED, "已经作废"),
        ((), ev.Printed(on=SECOND, letter_id="x", printer="p", outcome="saved"), "没有这份文书"),
        ((), ev.PrintEnded(on=SECOND, letter_id="x", printer="p", outcome="printed"), "没有这份文书"),
        ((), ev.Copied(on=SECOND, letter_id="x"), "没有这份文书"),
        ((), ev.Archived(on=SECOND), "还没有答复"),
        ((ANSWERED, ev.Archived(on=THIRD)), ev.Archived(on=THIRD), "已经归档"),
        ((ANSWERED, ev.Archived(on=THIRD)), ev.Extended(on=THIRD, working_days=5), "已经归档"),
        ((ev.Extended(on=THIRD, working_days=5),), ANSWERED, "早于已经记下的2026-11-09"),
        ((SUED,), ev.Voided(on=THIRD, number="LH-2026-0001", why="重复"), "已经有复议或者诉讼"),
        ((), ev.PublicationJudged(on=SECOND, fit=True), "还没有答复"),
        ((), ev.FollowedUp(on=SECOND), "还没有答复"),
        ((), ev.DisputeAnswered(on=SECOND, route="review"), "没有正在进行"),
        ((SUED,), ev.DisputeAnswered(on=THIRD, route="review"), "没有正在进行"),
        ((SUED,), SUED, "还没有结果"),
        ((SUED,), ev.DisputeAnswered(on=SECOND, route="suit_direct"), "早于收到复议或诉讼材料"),
        ((SUED, ev.DisputeAnswered(on=THIRD, route="suit_direct")), ev.DisputeAnswered(on=THIRD, route="suit_direct"), "记过答复或答辩"),
        ((), ev.Amended(on=SECOND, field="applicant_class", value="公司", why="写错"), "不能用在这一项"),
        ((), ev.Amended(on=SECOND, field="received_on", value="昨天", why="写错"), "不能用在这一项"),
        ((ANSWERED,), ev.Amended(on=THIRD, field="received_on", value="2026-11-05", why="写错"), "第2条记录会对不上"),
        ((), ev.Struck(on=SECOND, n=1, why="误记"), "没有第2条记录"),
        ((letter(),), ev.Struck(on=THIRD, n=1, why="误记"), "不能划去"),
        ((ANSWERED, ev.Served(on=THIRD, way="online")), ev.Struck(on=THIRD, n=1, why="误记"), "第3条记录会对不上"),
        ((CONSULTED, ev.Struck(on=THIRD, n=1, why="误记")), ev.Struck(on=THIRD, n=1, why="误记"), "已经划去"),
    ],
)  # fmt: skip
def test_what_may_not_happen_next_is_refused_with_its_reason(
    journal: Journal, before: tuple[ev.AnyEvent, ...], event: ev.AnyEvent, says: str
) -> None:
    case = told(journal, *before)
    with pytest.raises(DeskError, match=says):
        journal.append(case.case_id, [event])
    assert journal.case(case.case_id) == case
    assert faults(journal) == []


def test_events_need_a_registration(journal: Journal) -> None:
    with pytest.raises(DeskError, match="没有这一件申请"):
        journal.append(journal.new_id(), [ANSWERED])
    assert journal.store.query("SELECT * FROM events") == []


def test_a_whole_life(journal: Journal) -> None:
    """Every kind of act in one history; the case and its rows agree with the fold at each step."""
    case = told(journal)
    for event in LIFE:
        case = journal.append(case.case_id, [event])
        assert case == fold(case.case_id, case.history)
    assert faults(journal) == []
    assert (case.content, case.phone, case.category, case.number) == ("2025年预算表", "139", "granted", NUMBER)
    assert case.served is not None
    assert case.served.on == THIRD
    assert [(m.route, m.outcome, m.answered_on) for m in case.disputes] == [
        ("review", "upheld", TODAY), ("suit_after_review", "pending", None),
    ]  # fmt: skip
    assert {event.act for event in case.history} >= {event.act for event in LIFE}


def test_a_voided_answer_opens_the_case_again_and_undoes_its_clock(journal: Journal) -> None:
    case = told(journal, letter(), LETTER_VOID)
    assert (case.category, case.number, case.closed_on) == ("", "", None)
    notice = letter("extension_notice", "", "柳政依复〔2026〕2号", on=THIRD)
    extended = ev.Extended(on=THIRD, working_days=20, approved_by="王", letter_id=notice.letter_id)
    case = journal.append(case.case_id, [notice, extended])
    assert "extended" in [event.act for event in case.clock_events]
    case = journal.append(case.case_id, [ev.Voided(on=THIRD, number=notice.number, why="印错")])
    assert "extended" not in [event.act for event in case.clock_events]
    case = journal.append(case.case_id, [letter(number="柳政依复〔2026〕3号", on=THIRD)])
    assert case.number == "柳政依复〔2026〕3号"


def test_a_case_registered_by_mistake_counts_nowhere(journal: Journal) -> None:
    case = told(journal, CASE_VOID)
    assert case.void
    assert journal.store.value("SELECT void FROM cases WHERE case_id = ?", [case.case_id]) == 1


def test_an_entry_struck_out_counts_no_more(journal: Journal) -> None:
    case = told(journal, ANSWERED, ev.Served(on=THIRD, way="online"), ev.Struck(on=TODAY, n=2, why="还没有送"))
    assert case.served is None
    assert [event.act for event in case.clock_events] == ["received"]
    assert case.history[2].act == "served"


def test_another_day_of_receipt_starts_the_clock_anew(journal: Journal) -> None:
    case = told(journal, ev.Amended(on=THIRD, field="received_on", value="2026-10-30", why="误记为开拆日"))
    assert case.clock_events[0].on == date(2026, 10, 30)
    assert case.history[0].on == FIRST
    assert journal.store.value("SELECT received_on FROM cases") == "2026-10-30"
    assert faults(journal) == []


def test_a_clock_that_went_back_is_noticed_and_reported(tmp_path: Path) -> None:
    clock = FixedClock(TODAY)
    journal = Journal(create_store(tmp_path / "register.db"), clock)
    told(journal)
    assert journal.clock_went_back() is None
    clock.set(date(2026, 11, 19))
    back = journal.clock_went_back()
    assert back is not None
    assert back.date() == TODAY
    told_later = ev.Received.model_validate({**received().model_dump(), "case_no": "LH-2026-0002"})
    journal.append(journal.new_id(), [told_later])
    found = faults(journal)
    assert [(d.code, d.fault) for d in found] == [("clock", False)]
    assert "第2条" in found[0].where
