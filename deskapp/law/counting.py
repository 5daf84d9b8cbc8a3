"""The count of the deadline clock: what each event does to it, walked through in order. The rules are told in
:mod:`deskapp.law.deadline`, which asks for the result."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from deskapp.law import clock_events as ev
from deskapp.law.dated import Frozen, Sourced
from deskapp.law.delivery import way
from deskapp.law.errors import LawError
from deskapp.law.pauses import Pause
from deskapp.law.periods import PeriodKey, period
from deskapp.law.workdays import Calendar

FirstDay = Literal["next", "same"]
USUAL_FIRST_DAY: FirstDay = "next"
ONE_DAY = timedelta(days=1)


class ClockFault(Frozen):
    """A fault of the history: stable code, article, Chinese sentence; ``idle`` says that the act it is about has no effect on
    the clock and is not worth writing down."""

    code: str
    article: str
    message: str
    idle: bool = False


class Round(Frozen):
    """One answer that was due: counted from, its last day, whether it was kept (None while nothing was delivered), and for a
    second one who ordered it by which decision."""

    counted_from: date
    due_on: date | None
    in_time: bool | None
    by: str = ""
    number: str = ""


@dataclass
class Counting:
    """The state while the events are walked through. ``base`` is day 0 of the running period, ``safe_base`` that of a cautious
    count, ``ordered`` the order that began this round."""

    calendar: Calendar
    received: date
    first_day: FirstDay
    pauses: list[Pause]
    base: date
    safe_base: date
    extension: int = 0
    deferred_until: date | None = None
    correction: ev.CorrectionRequested | None = None
    corrections: int = 0
    late_correction: bool = False
    extensions: int = 0
    fee: ev.FeeNoticed | None = None
    paid_from: bool = False
    fee_lapsed: bool = False
    withdrawn: bool = False
    served: ev.Served | None = None
    ordered: ev.RedoOrdered | None = None
    rounds: list[Round] = field(default_factory=list)
    findings: list[ClockFault] = field(default_factory=list)

    @property
    def governed_on(self) -> date:
        """The day whose law governs the running period: of receipt, or of the order to answer anew."""
        return self.ordered.on if self.ordered else self.received

    @property
    def set_for_it(self) -> bool:
        """Whether the decision that ordered this answer named its period: that is not the law's, of which 条例 30, 33, 35 and the fee rules
        speak, so none of them stops or moves it."""
        return bool(self.ordered and (self.ordered.working_days or self.ordered.days))

    def length(self, key: PeriodKey) -> int:
        """The number of days of a period that governs this application."""
        return period(key, self.governed_on).value

    @property
    def reply_days(self) -> int:
        """The working days of an answer: those of the law, or those that an order names; days of the calendar that end on a day
        of rest run to the next working day (民法典 203)."""
        if self.ordered and self.ordered.days:
            end = self.calendar.next_working(self.base + ONE_DAY * self.ordered.days)
            return self.calendar.between(self.base, end)
        return (self.ordered and self.ordered.working_days) or self.length("reply")

    def find(self, code: str, source: PeriodKey | Sourced, message: str, idle: bool = False) -> None:
        """Note a finding, with the article of the period or rule it offends."""
        rule = period(source, self.governed_on) if isinstance(source, str) else source
        article = rule.cite or rule.article
        self.findings.append(ClockFault(code=code, article=article, message=message, idle=idle))

    def find_not_sent(self, notice: ev.ClockEvent, answered: bool = False) -> None:
        """Note that a notice was written, and nobody noted that it was sent; one that was ``answered`` must have been."""
        rule = ev.act_text(notice.act)
        how = "已经有了回音，哪天、怎样送出的还没有记：请补记" if answered else "还没有送出，期限照算"
        self.find("not_sent", rule, f"【{rule.name}】（{notice.on.isoformat()}）{how}。")

    @property
    def stopped(self) -> bool:
        """Whether no last day runs: it was withdrawn, or a correction or a payment is waited for."""
        return bool(self.withdrawn or self.correction or self.fee)

    def round(self) -> Round:
        """The answer that is, or was, due in this round."""
        due = None if self.stopped else self.due()
        in_time = self.served.on <= due if self.served and due else None
        by, number = (self.ordered.ordered_by, self.ordered.number) if self.ordered else ("", "")
        return Round(counted_from=self.base, due_on=due, in_time=in_time, by=by, number=number)

    def pay_by(self, notice: ev.FeeNoticed) -> date:
        """The last day to pay: counted from the day after the notice arrived, or went out where that is unknown."""
        return self.calendar.nth_after(notice.arrived_on or notice.works_on, self.length("payment"))

    def correct_by(self, request: ev.CorrectionRequested) -> date | None:
        """The last day to correct; a day of rest moves to the next working day (after 民法典 203)."""
        return self.calendar.next_working(request.respond_by) if request.respond_by else None

    def paused_days(self, known_on: date | None = None) -> list[date]:
        """Sorted working days that do not count, by the pauses begun on or before ``known_on``."""
        days: set[date] = set()
        for pause in () if self.set_for_it else self.pauses:
            asked_too_late = self.served is not None and pause.sent > self.served.on
            if not asked_too_late and (known_on is None or pause.sent <= known_on):
                days.update(self.calendar.working_days(pause.sent, pause.end))
        return sorted(days)

    def correction_by(self) -> date:
        """The last day to ask for a correction, after receipt or after the order to answer anew; that day counts where the unit counts it."""
        after = self.governed_on - ONE_DAY if self.first_day == "same" else self.governed_on
        return self.calendar.nth_after(after, self.length("correction_notice"))

    def nth_counted(self, after: date, n: int, paused: Sequence[date]) -> date:
        """The n-th working day after ``after`` that is not paused."""
        skipped = 0
        while True:
            day = self.calendar.nth_after(after, n + skipped)
            now = bisect_right(paused, day) - bisect_right(paused, after)
            if now == skipped:
                return day
            skipped = now

    def due(self, safe: bool = False, known_on: date | None = None) -> date:
        """The last day as far as known; ``safe`` counts the day of receipt as day 1 if it is a working day."""
        base = self.safe_base if safe else self.base
        counts_first_day = (safe or self.first_day == "same") and not self.paid_from
        after = base - ONE_DAY if counts_first_day else base
        total = self.reply_days + self.extension
        day = self.nth_counted(after, total, self.paused_days(known_on))
        if self.deferred_until is None:
            return day
        move = self.calendar.previous_working if safe else self.calendar.next_working
        return max(day, move(self.deferred_until))


def _request_correction(clock: Counting, event: ev.CorrectionRequested) -> None:
    clock.corrections += 1
    if clock.corrections > 1:
        message = "补正只能一次性告知；第二次补正告知没有依据，不停止期限计算。"
        clock.find("correction_twice", "correction_notice", message, idle=True)
        return
    if event.respond_by and event.respond_by < event.on:
        raise LawError(f"补正期限 {event.respond_by.isoformat()} 早于告知的日期 {event.on.isoformat()}，请核对。")
    if clock.set_for_it:
        clock.find("correction_of_order", "correction_notice", f"{OF_ORDER}，补正不停止计算，期限没有变。")
        return
    last = clock.correction_by()
    if event.works_on > last:
        clock.late_correction = True
        message = f"补正告知应在收到申请后第{clock.length('correction_notice')}个工作日（{last.isoformat()}，含当日）前发出，已经超过。"
        clock.find("correction_late", "correction_notice", message)
    if event.works_on <= clock.due(known_on=event.works_on):
        clock.correction = event


def _take_correction(clock: Counting, event: ev.Corrected) -> None:
    if clock.correction is None:  # it answers a notice that stopped nothing
        return
    limit = clock.correct_by(clock.correction)
    if limit and event.on > limit:
        message = f"补正晚于告知的期限（{limit.isoformat()}）；有正当理由的可以接受，请记明理由。"
        clock.find("corrected_after_limit", "correction_notice", message)
    _start_anew(clock, event.on, paid_from=False)
    if clock.late_correction:  # a cautious count gives nothing for a notice that came too late
        clock.safe_base = clock.governed_on
    clock.correction = None


OF_ORDER = "重新答复的期限是决定书、判决书定的"
"""What the office may lengthen is the period of the law (条例 33, 35), not one that was set for it."""


def _extend(clock: Counting, event: ev.Extended) -> None:
    limit = clock.length("extension")
    stopped = [notice for notice in (clock.correction, clock.fee) if notice and notice.works_on < event.works_on]
    if stopped:
        clock.find("extension_idle", "extension", "期限正停着（等待补正或者缴费），延期不起作用。", idle=True)
    elif clock.set_for_it:
        clock.find("extension_of_order", "extension", f"{OF_ORDER}，不能自己延长，期限没有变。", idle=True)
    elif clock.extensions:
        clock.find("extension_twice", "extension", "答复期限只能延长一次，这一次不起作用。", idle=True)
    elif event.working_days > limit:
        clock.find(
            "extension_too_long", "extension", f"延长最长{limit}个工作日，超过的不起作用，期限没有变。", idle=True
        )
    elif event.works_on > (last := clock.due(known_on=event.works_on)):
        message = f"延期应在原期限届满（{last.isoformat()}，含当日）以前决定并告知，期限没有变。"
        clock.find("extension_late", "extension", message, idle=True)
    else:
        clock.extension, clock.extensions = event.working_days, 1


def _start_anew(clock: Counting, on: date, paid_from: bool) -> None:
    """A full new period: what was extended or deferred before is gone with the old one."""
    clock.base = clock.safe_base = on
    clock.paid_from = paid_from
    clock.extension, clock.extensions, clock.deferred_until = 0, 0, None


def _consult(clock: Counting, event: ev.PartyConsulted | ev.AgencyConsulted) -> None:
    """Its days were taken off before the walk, but for those of a period that was set."""
    if clock.set_for_it:
        message = f"{OF_ORDER}，征求意见的时间不另外扣除，期限没有变。"
        clock.find("pause_of_order", ev.act_text(event.act), message)
    elif not clock.stopped and event.works_on >= (last := clock.due(known_on=event.works_on)):
        message = f"最后一日（{last.isoformat()}）那天或者以后才征求意见，没有可以扣除的日子，期限没有变。"
        clock.find("consulted_late", ev.act_text(event.act), message)


def _notice_fee(clock: Counting, event: ev.FeeNoticed) -> None:
    if clock.set_for_it:
        clock.find("fee_of_order", "payment", f"{OF_ORDER}，收费通知不停止计算，期限没有变。")
        return
    if not clock.correction and event.works_on > (last := clock.due(known_on=event.works_on)):
        message = f"收费通知应在处理期限（{last.isoformat()}）以内发出，已经超过，期限没有变。"
        clock.find("fee_notice_late", "payment", message, idle=True)
        return
    clock.fee = event


def _take_payment(clock: Counting, event: ev.FeePaid) -> None:
    if clock.fee is None:  # it answers a notice that stopped nothing
        return
    last = clock.pay_by(clock.fee)
    if event.on > last:
        clock.find("fee_paid_late", "payment", f"缴费晚于最后一日（{last.isoformat()}），已视为放弃申请。")
        clock.fee_lapsed = True
        return
    _start_anew(clock, event.on, paid_from=True)
    clock.fee = None


def _defer(clock: Counting, event: ev.Deferred) -> None:
    if clock.set_for_it:
        message = f"{OF_ORDER}，不能自己推迟，期限没有变。"
        clock.find("deferral_of_order", ev.act_text("deferred"), message, idle=True)
    elif event.works_on > clock.due(known_on=event.works_on):
        clock.find(
            "deferral_late", ev.act_text("deferred"), "延迟答复应在原期限以内决定并告知，期限没有变。", idle=True
        )
    else:
        clock.deferred_until = event.until


def _serve(clock: Counting, event: ev.Served) -> None:
    clock.served = event
    if event.by == "courier":
        message = "答复应当通过邮政企业送达，不得通过其他快递企业；期限仍按交寄之日计算。"
        clock.find("carrier_not_postal", way("courier"), message)


def _order(clock: Counting, event: ev.RedoOrdered) -> None:
    """The round ends, kept or not, and a full new one begins on the day the decision arrived."""
    clock.rounds.append(clock.round())
    clock.ordered = event
    _start_anew(clock, event.on, paid_from=False)
    clock.correction = clock.fee = clock.served = None
    clock.withdrawn = clock.fee_lapsed = clock.late_correction = False


def _interrupt(clock: Counting, event: ev.Interrupted) -> None:
    """What stood in the way is shown and warns; whether it excuses is for others to say."""
    until = f"至{event.until.isoformat()}" if event.until else "起，还没有结束"
    why = f"：{event.reason}" if event.reason else ""
    message = (
        f"{event.on.isoformat()}{until}有不能预见、不能避免的情况{why}。期限不因此自动移动，请保存证据、报告负责人。"
    )
    clock.find("force_majeure", ev.act_text("interrupted"), message)


def _withdraw(clock: Counting, event: ev.Withdrawn) -> None:
    clock.withdrawn = True


STEPS: dict[str, Callable[[Counting, Any], None]] = {
    "correction_requested": _request_correction, "corrected": _take_correction, "extended": _extend, "fee_noticed": _notice_fee,
    "fee_paid": _take_payment, "deferred": _defer, "withdrawn": _withdraw, "served": _serve, "redo_ordered": _order,
    "interrupted": _interrupt, "party_consulted": _consult, "agency_consulted": _consult,
}  # fmt: skip
"""What each act does to the count; those that are not here do nothing by themselves."""


def step(clock: Counting, event: ev.ClockEvent) -> None:
    """One event's effect; receipt and consultations are taken in before the walk. Raises LawError for days in an impossible
    order."""
    if isinstance(event, ev.Notice):
        event.checked()
        if event.sent_on is None:
            clock.corrections += isinstance(event, ev.CorrectionRequested)  # it was written once
            clock.find_not_sent(event)
            return
    if doing := STEPS.get(event.act):
        doing(clock, event)
