"""Who does what next with a case, as a sentence with the key that does it; and how it came in."""

from __future__ import annotations

from collections.abc import Sequence

from deskapp.desk.cases.afterwards import reminder, to_judge
from deskapp.desk.cases.applicants import missing_papers
from deskapp.desk.cases.board import MatterDue
from deskapp.law import clock_events as clock
from deskapp.law.deadline import Deadline
from deskapp.law.receipt import channel_rule
from deskapp.law.report_checks import ROUTE_NAMES
from deskapp.law.wall import unarrived
from deskapp.register import events as ev
from deskapp.register.case import Case, addressee_of, letters_not_served, order_to_note, outside_answer_waits

ANSWERS = {
    "correction_requested": "corrected",
    "party_consulted": "party_answered",
    "agency_consulted": "agency_answered",
    "fee_noticed": "fee_paid",
}
"""What answers a notice, by its act."""


def how_it_came(case: Case) -> tuple[str, ...]:
    """The channel and its proof: mail number, who signed, when it reached the desk if that was another day."""
    received = case.received
    signed = f"{received.signed_by}签收" if received.signed_by else ""
    later = received.handed_over_on if received.handed_over_on != received.on else None
    reached = f"{later:%m-%d}到登记台" if later and "mail_number" in channel_rule(received.channel).asks else ""
    return channel_rule(received.channel).name, received.mail_number, signed, reached


def next_step(case: Case, deadline: Deadline, matters: Sequence[MatterDue] = ()) -> str:
    """Who does what next, as a sentence with the key that does it; ``matters`` are the disputes that wait for the office's paper."""
    if case.void:
        return voided(case)
    unserved = to_serve(case)
    if unserved:
        first = unserved[0]
        if first.letter_id in _answered(case):
            return f"{first.title}已经有了回音，哪天、怎样送达的还没有记：按 F5 补记。"
        waits = "还没有送出，期限照算：" if any(f.code == "not_sent" for f in deadline.findings) else ""
        return f"{waits}把{first.title}送达{addressee_of(case, first.letter_id)}，然后按 F5 记下送达。"
    if outside_answer_waits(case):
        return "送达系统外的答复，然后按 F5 记下送达。"
    if disputed := _dispute_step(case, matters):
        return disputed
    if case.erased and case.history[-1] is case.erased:
        return f"{case.erased.on}保管期满，个人信息已经删除；登记号、日期和答复种类还在。"
    if case.archived:
        return f"已经归档。{reminder(case)}。" if reminder(case) else "已经归档，没有要做的事。"
    if case.category:
        return "判断宜不宜转主动公开，按 F6 记下；再归档。" if to_judge(case) else "已经办完，按 F6 归档。"
    if deadline.status == "awaiting_correction":
        until = f"（到{deadline.wait_until}）" if deadline.wait_until else ""
        return f"等申请人补正{until}，收到后按 F6 记下。"
    if deadline.status == "paused":
        since = "对方哪天收到还没有记，先从送出算，" if _unarrived(case) else ""
        return f"等对方答复意见（{since}最迟到{deadline.wait_until}），收到后按 F6 记下。"
    if deadline.status == "awaiting_payment":
        return f"等申请人缴费（到{deadline.wait_until}），缴费后按 F6 记下。"
    if deadline.status == "lapsed":
        return "申请人逾期没有补正或者缴费：先核对告知已经送达、没有正当理由，再按 F4 发不再处理的告知书。"
    if case.received.unconfirmed:
        return "与申请人确认收到，确认了按 F6 记【确认收到申请】；期限先从来的那天算，每次联络都记下。"
    if missing := [name for _, name in missing_papers(case.received)]:
        return f"还缺{'、'.join(missing)}：按 F4 发补正告知，最迟{deadline.correction_by}。"
    if case.earlier:
        return f"重新查明，最迟{deadline.due_on}重新答复，按 F4 写文书；不得用相同的事实和理由作出相同的答复。"
    if deadline.working_days_left is not None and deadline.working_days_left < 0:
        return "立即作出答复，按 F4 写文书。"
    return "查找信息，决定怎样答复，按 F4 写文书。"


def _unarrived(case: Case) -> bool:
    """Whether a question to somebody is open of which nobody has noted when it arrived: his days to answer run from then."""
    asked = clock.PartyConsulted | clock.AgencyConsulted
    return any(isinstance(event, asked) for event in unarrived(case.clock_events))


def voided(case: Case) -> str:
    """Why a number is no longer used, and that nothing is to be done; of a case whose own number was given up."""
    given_up = next(
        event for event in reversed(case.history) if isinstance(event, ev.Voided) and event.number == case.case_no
    )
    return f"{given_up.on}已经作废：{given_up.why.rstrip('。')}。这个登记号不再用，没有要做的事。"


def to_serve(case: Case) -> list[ev.Issued]:
    """The letters whose delivery nobody noted, the oldest first; those that were answered meanwhile after the others."""
    answered = _answered(case)
    return sorted(letters_not_served(case), key=lambda letter: letter.letter_id in answered)


def _answered(case: Case) -> set[str]:
    """The letters that are notices which were answered: they did reach whom they asked, whatever was noted of them."""
    told = case.told
    acts: list[str] = [event.act for event in told]
    done = {act for act, answer in ANSWERS.items() if acts.count(act) <= acts.count(answer)}
    return {
        event.letter_id for event in told if isinstance(event, ev.OfLetter) and event.letter_id and event.act in done
    }


def next_letter(case: Case, deadline: Deadline, matters: Sequence[MatterDue] = ()) -> str:
    """The words that find the letter :func:`next_step` names; empty where the guide has to be asked."""
    if matters:
        return "复议答复" if min(matters, key=lambda matter: matter.due_on).route == "review" else "答辩状"
    return "不再处理" if deadline.status == "lapsed" and not case.category else ""


def _dispute_step(case: Case, matters: Sequence[MatterDue]) -> str:
    """What a review or suit asks of the office next; empty when nothing."""
    if matters:
        due = min(matters, key=lambda matter: matter.due_on)
        paper = "复议答复书" if due.route == "review" else "答辩状"
        return f"{due.sentence}按 F4 写{paper}和证据目录，交了按 F6 记下；本机关工作人员要参加。"
    if not case.disputes:
        return ""
    last = case.disputes[-1]
    if last.open:
        return f"等{ROUTE_NAMES[last.route][:4]}的结果，有了按 F6 记下。" if case.category else ""
    if order_to_note(case):
        return "决定责令重新答复或者履行：收到那天按 F6 记【责令重新答复】，上诉的记【一审以后上诉】。"
    return ""
