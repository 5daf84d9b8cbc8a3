"""The acts of letters and of what follows the answer: issue, print, delivery, publication, the archive."""

from __future__ import annotations

from datetime import date

from deskapp.law import clock_events as clock
from deskapp.law.delivery import way
from deskapp.law.withholding import COVERED, reason
from deskapp.register import events as ev
from deskapp.register.act import NO, YES, Act, ByHand, Choices, Field, Why
from deskapp.register.case import Case, Changes, letters_not_served

_PRINTS = {"printed": "已打印", "waiting": "送进队列", "saved": "已存成PDF", "cancelled": "在打印机上取消了"}
_ENDS = {"printed": "已经印出", "cancelled": "取消了，没有印", "gone": "队列里已经没有了"}
_WHY = "请写明原因，以后看的人要明白。"


# -- letters -----------------------------------------------------------------------------------------------------


def _may_issue(case: Case, event: ev.Issued) -> Why:
    if any(letter.letter_id == event.letter_id for letter in case.letters):
        return "这份文书已经发出过。"
    if event.category and case.category:
        return "这一件已经答复过了，发出的文书不能改。"
    return ""


def _issued(case: Case, event: ev.Issued) -> Changes:
    """A letter; the answer closes the case unless its number was given up."""
    letters: Changes = {"letters": (*case.letters, event)}
    if not event.category or event.letter_id in case.void_letters:
        return letters
    return {
        **letters,
        "category": event.category,
        "number": event.number,
        "closed_on": event.on,
        "answer_id": event.letter_id,
    }


def _of_letter(case: Case, event: ev.Printed | ev.PrintEnded | ev.Copied) -> Why:
    known = {letter.letter_id for letter in case.letters}
    return "" if event.letter_id in known else "这一件里没有这份文书。"


def _may_void(case: Case, event: ev.Voided) -> Why:
    if event.number == case.case_no:
        if case.disputes:
            return "已经有复议或者诉讼的申请不能作废登记号。"
        return "已经答复的申请不能作废登记号。" if case.category else ""
    letter = next((item for item in case.letters if item.number == event.number), None)
    if letter is None:
        return f"这一件里没有文号【{event.number}】。"
    if letter.letter_id in case.void_letters:
        return "这个文号已经作废过。"
    return "已经送达的文书不能作废，请发更正函。" if letter.letter_id in case.served_letters else ""


def _may_be_void(case: Case) -> Choices:
    """The numbers that may be given up: letters that wait for delivery, the newest first, then the registration."""
    waiting = reversed(list(letters_not_served(case)))
    listed = [(letter.number, f"{letter.title}　{letter.number}") for letter in waiting]
    return (*listed, *(() if case.category or case.disputes else ((case.case_no, f"登记号　{case.case_no}"),)))


def _print_told(event: ev.Printed) -> tuple[str, ...]:
    """What became of a print and why it was made again; of another form of the letter also the first signs of its sum, which stands
    nowhere else."""
    if event.outcome == "saved" and event.job:
        return (f"已存{event.printer}（校验{event.job[:8]}）", event.why)
    where = f"（{event.printer}）" if event.outcome != "saved" else ""
    return (f"{_PRINTS[event.outcome]}{where}", event.why)


def _redaction_told(event: ev.Redacted) -> tuple[str, ...]:
    """What kinds were covered how often under which articles, and the first signs of the copy's sum."""
    parts = [f"{COVERED[part.kind]}{part.count}处（{reason(part.reason).article}）" for part in event.covered]
    pages = f"{event.pages}页" + (f"，另{len(event.left_out)}页没有给" if event.left_out else "")
    return (pages, "、".join(parts) or "没有遮盖", f"校验{event.copy_sha256[:8]}")


# -- delivery ----------------------------------------------------------------------------------------------------


def _may_serve(case: Case, event: ev.Served) -> Why:
    if event.letter_id in case.void_letters:
        return "这份文书已经作废，不能送达。"
    if event.letter_id in case.served_letters:
        return "这份文书已经记过送达；退回来的，请先记退回。"
    if not event.letter_id:
        return "" if case.category else "这一件还没有答复，没有可以送达的。"
    letter = next((item for item in case.letters if item.letter_id == event.letter_id), None)
    if letter is None:
        return "这一件里没有这份文书。"
    return f"送达日期{event.on}早于成文日期{letter.on}。" if event.on < letter.on else ""


def _served(case: Case, event: ev.Served) -> Changes:
    """Delivery of the answer stops the clock; delivery of any other letter is only noted."""
    arrived = event.on if way(event.way).handed else event.arrived_on
    ticks = _sent(case, event.letter_id, event.on, arrived)
    noted: Changes = {"served_letters": case.served_letters | {event.letter_id}, "clock_events": ticks}
    if event.letter_id != case.answer_id or not case.category or case.served:
        return noted
    return {**noted, "served": event, "clock_events": (*ticks, clock.Served(on=event.on, by=event.way))}


def _sent(case: Case, letter_id: str, sent_on: date | None, arrived_on: date | None) -> tuple[clock.ClockEvent, ...]:
    """The clock after a letter was sent, or arrived: the notice that it is works from then on (条例 30, 32, 33, 34; 办法 6).
    Posting says nothing about arrival. One that came back and goes out again works from its first sending, as an answer does
    (国办公开办函〔2016〕235号, by analogy), and the other side's days run from the second; a question to others works from the one that reaches them."""
    if not letter_id:
        return case.clock_events  # an answer written outside is no notice
    days = {"sent_on": sent_on, "arrived_on": arrived_on}
    notices = [tick for tick in case.clock_events if _is_letter(tick, letter_id)]
    if not notices:
        return case.clock_events
    if sent_on and any(map(_sent_before, notices)):
        days = {"arrived_on": arrived_on or sent_on}  # the first did not arrive
    return _dated(case.clock_events, letter_id, {name: day for name, day in days.items() if day})


def _is_letter(tick: clock.ClockEvent, letter_id: str) -> bool:
    """Whether a notice on the clock is this letter; an answer written outside has no letter and is none."""
    if vars(tick).get("letter_id") != letter_id or not letter_id:  # cheaper than what kind it is, and mostly enough
        return False
    return isinstance(tick, clock.Notice) and isinstance(tick, ev.OfLetter)


def _sent_before(tick: clock.ClockEvent) -> bool:
    """Whether it is a notice to the applicant that was sent already."""
    to_others = isinstance(tick, clock.PartyConsulted | clock.AgencyConsulted)
    return isinstance(tick, clock.Notice) and tick.sent_on is not None and not to_others


def _dated(
    ticks: tuple[clock.ClockEvent, ...], letter_id: str, days: dict[str, date | None]
) -> tuple[clock.ClockEvent, ...]:
    """The clock's acts, the notice that is this letter with other days."""
    return tuple(tick.model_copy(update=days) if _is_letter(tick, letter_id) else tick for tick in ticks)


def _sent_letters(case: Case) -> Choices:
    """What was sent out, by its number, the newest first; an answer written outside has none."""
    sent = [letter for letter in reversed(case.letters) if letter.letter_id in case.served_letters]
    outside = (("", "系统外的答复"),) if "" in case.served_letters and not case.answer_id else ()
    return (*((letter.number, f"{letter.title}　{letter.number}") for letter in sent), *outside)


def _may_arrive(case: Case, event: ev.Arrived) -> Why:
    if event.letter_id not in case.served_letters:
        return "这份文书还没有记过送出，谈不上送到。"
    sent = max(e.on for e in case.told if isinstance(e, ev.Served) and e.letter_id == event.letter_id)
    return f"送到日期{event.on}早于送出日期{sent}。" if event.on < sent else ""


def _returned(case: Case, event: ev.Returned) -> Changes:
    """It is to be delivered once more. The day of posting stays what decided (国办公开办函〔2016〕235号), unless the office itself
    wrote name or address wrong: then nothing was delivered."""
    waiting: Changes = {"served_letters": case.served_letters - {event.letter_id}}
    if not event.our_fault:
        return waiting
    ticks = _dated(case.clock_events, event.letter_id, {"sent_on": None, "arrived_on": None})
    if case.served is None or event.letter_id != case.answer_id:
        return {**waiting, "clock_events": ticks}
    delivered = max(
        n for n, tick in enumerate(ticks) if isinstance(tick, clock.Served)
    )  # of this round, not of an earlier one
    return {**waiting, "served": None, "clock_events": (*ticks[:delivered], *ticks[delivered + 1 :])}


def _may_return(case: Case, event: ev.Returned) -> Why:
    return "" if event.letter_id in case.served_letters else "这份文书还没有记过送达，谈不上退回。"


def _may_erase(case: Case, event: ev.Erased) -> Why:
    """The people of a case are known as long as anything may still be asked of it."""
    if event.by.strip() == event.second.strip():
        return "删除个人信息要有两个人，不能是同一个人。"
    if not case.archived and not case.void:
        return "没有归档的申请不能删除个人信息。"
    return "还有没有结果的复议或者诉讼，不能删除个人信息。" if any(matter.open for matter in case.disputes) else ""


CLOSED_ACTS = (
    Act(
        ev.Issued, "any", True, False, "发出文书",
        rule=_may_issue,
        changes=_issued,
        told=lambda e: (e.title, e.number),
    ),
    Act(
        ev.Voided, "any", False, False, "作废",
        rule=_may_void,
        changes=lambda case, e: {"void": case.void or e.number == case.case_no},
        told=lambda e: (e.number, e.why),
        by_hand=ByHand(
            "没有送达的文书作废，或者重复登记的申请作废；号不再用，留下记录。",
            (
                Field(
                    "number", "作废哪一个", "listed", _may_be_void, "没有送达的文书；重复登记的，选登记号。",
                    required=True, todo="请选文号；作废登记的，选登记号。",
                    none="没有可以作废的：送达了的发更正函，已经答复的不能作废登记号。",
                ),
                Field("why", "说明", help="为什么作废。", required=True, todo=_WHY),
            ),
        ),
    ),
    Act(
        ev.Printed, "any", True, False, "打印",
        rule=_of_letter,
        changes=lambda case, e: {"prints": (*case.prints, e)},
        told=_print_told,
    ),
    Act(
        ev.PrintEnded, "any", True, False, "打印结果",
        rule=_of_letter,
        changes=lambda case, e: {"print_ends": (*case.print_ends, e)},
        told=lambda e: (f"{_ENDS[e.outcome]}（{e.printer}）",),
    ),
    Act(
        ev.Copied, "any", True, False, "制作副本",
        rule=_of_letter,
        told=lambda e: (e.to,),
    ),
    Act(
        ev.Redacted, "any", True, False, "区分处理",
        told=_redaction_told,
    ),
    Act(
        ev.Served, "any", True, True, "送达",
        rule=_may_serve,
        changes=_served,
        told=lambda e: (way(e.way).name, e.signed_by, e.proof),
    ),
    Act(
        ev.Arrived, "any", True, True, "对方收到",
        rule=_may_arrive,
        changes=lambda case, e: {"clock_events": _sent(case, e.letter_id, None, e.on)},
        by_hand=ByHand(
            "邮寄、网上送的，知道对方哪天收到就记；征求意见、缴费的期限从那天算。日期填对方收到的那一天。",
            (Field("letter_id", "哪一份", "letter", _sent_letters, "对方收到的是哪一份。"),),
        ),
    ),
    Act(
        ev.Returned, "any", True, True, "邮件退回",
        rule=_may_return,
        changes=_returned,
        told=lambda e: (e.why, "名称、地址是本机关写错的，原交邮日不算" if e.our_fault else ""),
        by_hand=ByHand(
            "退回的要再送达。照申请人给的地址寄的，原交邮日仍可作为按期的依据；地址是本机关写错的，不能。",
            (
                Field("letter_id", "哪一份", "letter", _sent_letters, "退回的是哪一份。"),
                Field("our_fault", "谁写错的", "verdict", (("", "不是本机关写错的"), (YES, "名称、地址是本机关写错的")), "本机关写错的，按重新送出之日算。"),
                Field("why", "说明", help="退回的原因，照邮政的批条写。"),
            ),
        ),
    ),
    Act(
        ev.PublicationJudged, "after_answer", True, True, "判断转主动公开",
        changes=lambda case, e: {"publication": e},
        told=lambda e: ("宜转为主动公开" if e.fit else "不宜转为主动公开", e.why),
        by_hand=ByHand(
            "答复公开的信息，审查以后看宜不宜向社会公开（第十七条、第四十四条）；说明里写谁审查的、为什么。",
            (
                Field("fit", "结论", "verdict", (("", "（请选择）"), (YES, "宜公开"), (NO, "不宜公开")), required=True, todo="请选择结论。"),
                Field("why", "说明", help="谁审查的，为什么。"),
            ),
        ),
    ),
    Act(
        ev.FollowedUp, "after_answer", True, True, "随访",
        told=lambda e: ({True: "满意", False: "不满意", None: ""}[e.satisfied], e.remark),
        by_hand=ByHand(
            "问申请人收到没有、满意不满意。",
            (
                Field("satisfied", "满意不满意", "verdict", (("", "没有说"), (YES, "满意"), (NO, "不满意"))),
                Field("remark", "说明", help="申请人说的话。"),
            ),
            one_of=("satisfied", "remark"),
        ),
    ),
    Act(
        ev.LateExplained, "after_answer", True, True, "说明超期原因",
        told=lambda e: (e.why,),
        by_hand=ByHand(
            "答复过了最后一日才送出的，写明为什么；期限不动，月报里列在这一件后面。",
            (Field("why", "原因", help="例如 征求意见的回函迟到、经办人请假没有交接。", required=True, todo="请写明超期的原因。"),),
        ),
    ),
    Act(
        ev.PlatformEntered, "any", True, True, "已录入省平台",
        changes=lambda case, e: {"platform": e},
        told=lambda e: (e.platform_no,),
        by_hand=ByHand(
            "以后不再列进【未录入平台】的导出表。", (Field("platform_no", "平台编号", help="没有的不填。"),)
        ),
    ),
    Act(
        ev.Archived, "after_answer", False, True, "归档",
        changes=lambda case, e: {"archived": e},
        told=lambda e: (e.archive_no,),
        by_hand=ByHand(
            "文书都送达以后归档，不再出现在【今日】里。",
            (Field("archive_no", "档号", help="程序编的下一个号；档案馆另有编号的，照它的填。"),),
            several=True,
        ),
    ),
    Act(
        ev.Erased, "any", True, False, "删除个人信息",
        rule=_may_erase,
        changes=lambda case, e: {"erased": e},
        told=lambda e: (f"{e.by}、{e.second}", e.why),
    ),
)  # fmt: skip
