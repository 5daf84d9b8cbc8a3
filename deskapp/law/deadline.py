"""The deadline clock: one pure function from dated events to the last lawful day, with its working.

Rules (all numbers from periods.toml, by the day of receipt):

1. The day of receipt is day 0; the n-th working day after it is the last day (条例 33). ``safe_on`` counts the day of
   receipt as day 1, for those who read the Regulation that way.
2. 补正 (30): while it is open there is no last day; the corrected application starts a new full period. A second
   request, or one after the last day, stops nothing.
3. 征求意见 (32, 33, 34): working days after sending, up to and including the answer, do not count; at the latest the
   pause ends when the other side's period does. Overlapping pauses count once.
4. 延期 (33): once, up to the limit, decided on or before the last day.
5. 收费 (办法 6): while unpaid there is no last day; payment starts a new full period. A notice after the last day stops
   nothing.
6. 送达: the day handed in decides (国办公开办函〔2016〕235号).
7. Days of a year without an official calendar make the result provisional.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from deskapp.law import clock_events as ev
from deskapp.law.dated import Frozen, Sourced
from deskapp.law.delivery import way
from deskapp.law.errors import LawError
from deskapp.law.periods import PeriodKey, period
from deskapp.law.workdays import Calendar, official_calendar

Status = Literal["running", "paused", "awaiting_correction", "awaiting_payment", "lapsed", "withdrawn", "answered"]
FirstDay = Literal["next", "same"]
CountedKind = Literal["work", "rest", "holiday", "makeup", "paused"]
ONE_DAY = timedelta(days=1)


class CountedDay(Frozen):
    """One calendar day of the working; ``n`` is its number in the count, None when it does not count."""

    date: date
    kind: CountedKind
    n: int | None = None


class ClockFault(Frozen):
    """A fault of the history: stable code, article, Chinese sentence; ``idle`` says that the act it is about has no effect on
    the clock and is not worth writing down."""

    code: str
    article: str
    message: str
    idle: bool = False


class Deadline(Frozen):
    """What the clock says. ``wait_until`` is the last day of an open correction, payment or consultation."""

    status: Status
    due_on: date | None
    safe_on: date | None
    provisional: bool
    in_time: bool | None
    working_days_left: int | None
    days: tuple[CountedDay, ...]
    findings: tuple[ClockFault, ...]
    received_on: date
    correction_by: date
    counted_from: date
    wait_until: date | None = None

    def as_contract(self) -> dict[str, object]:
        """The keys of ``deskapp due --json``, ready for JSON."""
        keep = {"status", "due_on", "safe_on", "provisional", "in_time", "working_days_left", "days", "findings"}
        return self.model_dump(mode="json", include=keep, exclude={"findings": {"__all__": {"idle"}}})


@dataclass(frozen=True)
class _Pause:
    """Working days after ``sent`` up to and including ``end`` do not count."""

    sent: date
    end: date
    answered: bool


@dataclass
class _Clock:
    """The state while the events are walked through."""

    calendar: Calendar
    received: date
    first_day: FirstDay
    pauses: list[_Pause]
    base: date
    extension: int = 0
    deferred_until: date | None = None
    correction: ev.CorrectionRequested | None = None
    corrections: int = 0
    extensions: int = 0
    fee: ev.FeeNoticed | None = None
    fees: int = 0
    paid_from: bool = False
    fee_lapsed: bool = False
    withdrawn: bool = False
    served: ev.Served | None = None
    findings: list[ClockFault] = field(default_factory=list)

    def length(self, key: PeriodKey) -> int:
        """The number of days of a period that governs this application."""
        return period(key, self.received).value

    def find(self, code: str, source: PeriodKey | Sourced, message: str, idle: bool = False) -> None:
        """Note a finding, with the article of the period or rule it offends."""
        rule = period(source, self.received) if isinstance(source, str) else source
        article = rule.cite or rule.article
        self.findings.append(ClockFault(code=code, article=article, message=message, idle=idle))

    def pay_by(self, notice: ev.FeeNoticed) -> date:
        """The last day to pay: counted from the day after the notice arrived, or went out where that is unknown."""
        return self.calendar.nth_after(notice.received_on or notice.on, self.length("payment"))

    def correct_by(self, request: ev.CorrectionRequested) -> date | None:
        """The last day to correct; a day of rest moves to the next working day (after 民法典 203)."""
        return self.calendar.next_working(request.respond_by) if request.respond_by else None

    def paused_days(self, known_on: date | None = None) -> list[date]:
        """Sorted working days that do not count, by the pauses begun on or before ``known_on``."""
        days: set[date] = set()
        for pause in self.pauses:
            if known_on is None or pause.sent <= known_on:
                span = (pause.sent + ONE_DAY * n for n in range(1, (pause.end - pause.sent).days + 1))
                days.update(day for day in span if self.calendar.is_working(day))
        return sorted(days)

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
        counts_first_day = (safe or self.first_day == "same") and not self.paid_from
        after = self.base - ONE_DAY if counts_first_day else self.base
        total = self.length("reply") + self.extension
        day = self.nth_counted(after, total, self.paused_days(known_on))
        if self.deferred_until is None:
            return day
        move = self.calendar.previous_working if safe else self.calendar.next_working
        return max(day, move(self.deferred_until))


def evaluate(
    events: Iterable[ev.ClockEvent],
    today: date,
    calendar: Calendar | None = None,
    first_day: FirstDay = "next",
    working: bool = True,
) -> Deadline:
    """The state of the clock on ``today``; without ``working`` its days are left out, which lists do not show. Raises
    LawError when the events cannot be one case's history."""
    ordered = sorted(events, key=lambda e: (e.on, ev.SAME_DAY_ORDER.index(e.act)))
    received = [e for e in ordered if isinstance(e, ev.Received)]
    if len(received) != 1:
        raise LawError("一件申请应当有且只有一条“收到申请”（received），请核对事件表。")
    if ordered[0].act != "received":
        first = ordered[0]
        raise LawError(f"“{ev.act_text(first.act).name}”（{first.on.isoformat()}）早于收到申请，请核对日期。")
    calendar = calendar or official_calendar()
    start = received[0].on
    clock = _Clock(calendar, start, first_day, _pair_pauses(ordered, calendar, start), base=start)
    for event in ordered:
        _step(clock, event)
        if clock.served or clock.withdrawn:
            break
    return _result(clock, today, working)


def _pair_pauses(ordered: Sequence[ev.ClockEvent], calendar: Calendar, received: date) -> list[_Pause]:
    """Match every consultation with its answer, first asked first answered, and cap it at the legal period."""
    waiting: dict[tuple[str, str], list[tuple[date, date]]] = {}
    pauses: list[_Pause] = []
    for event in ordered:
        if isinstance(event, ev.PartyConsulted):
            cap = _cap(calendar, "party_opinion", received, event.on, event.received_by_party_on)
            waiting.setdefault(("party", event.party), []).append((event.on, cap))
        elif isinstance(event, ev.AgencyConsulted):
            cap = _cap(calendar, "agency_opinion", received, event.on, event.received_by_agency_on)
            waiting.setdefault(("agency", event.agency), []).append((event.on, cap))
        elif isinstance(event, ev.PartyAnswered | ev.AgencyAnswered):
            side = ("party", event.party) if isinstance(event, ev.PartyAnswered) else ("agency", event.agency)
            if not waiting.get(side):
                raise LawError(f"“{side[1]}”在 {event.on.isoformat()} 答复，但没有对应的征求意见，请核对名称和日期。")
            sent, cap = waiting[side].pop(0)
            pauses.append(_Pause(sent, min(event.on, cap), answered=True))
    pauses += [_Pause(sent, cap, answered=False) for left in waiting.values() for sent, cap in left]
    return pauses


def _cap(calendar: Calendar, key: PeriodKey, received: date, sent: date, arrived: date | None) -> date:
    """The day the other side's period ends: counted from when it got the letter, from sending when that is unknown."""
    if arrived and arrived < sent:
        raise LawError(f"对方收到的日期 {arrived.isoformat()} 早于发出的日期 {sent.isoformat()}，请核对。")
    return calendar.nth_after(arrived or sent, period(key, received).value)


def _request_correction(clock: _Clock, event: ev.CorrectionRequested) -> None:
    clock.corrections += 1
    if clock.corrections > 1:
        message = "补正只能一次性告知；第二次补正告知没有依据，不停止期限计算。"
        clock.find("correction_twice", "correction_notice", message, idle=True)
        return
    if event.respond_by and event.respond_by < event.on:
        raise LawError(f"补正期限 {event.respond_by.isoformat()} 早于告知的日期 {event.on.isoformat()}，请核对。")
    last = clock.calendar.nth_after(clock.received, clock.length("correction_notice"))
    if event.on > last:
        message = f"补正告知应在收到申请后第{clock.length('correction_notice')}个工作日（{last.isoformat()}，含当日）前发出，已经超过。"
        clock.find("correction_late", "correction_notice", message)
    if event.on <= clock.due(known_on=event.on):
        clock.correction = event


def _take_correction(clock: _Clock, event: ev.Corrected) -> None:
    if clock.correction is None:
        if clock.corrections:
            return
        raise LawError(f"{event.on.isoformat()} 收到补正，但没有发出过补正告知，请核对事件表。")
    limit = clock.correct_by(clock.correction)
    if limit and event.on > limit:
        message = f"补正晚于告知的期限（{limit.isoformat()}）；有正当理由的可以接受，请记明理由。"
        clock.find("corrected_after_limit", "correction_notice", message)
    _start_anew(clock, event.on, paid_from=False)
    clock.correction = None


def _extend(clock: _Clock, event: ev.Extended) -> None:
    limit = clock.length("extension")
    if clock.correction or clock.fee:
        clock.find("extension_idle", "extension", "期限正停着（等待补正或者缴费），延期不起作用。", idle=True)
    elif clock.extensions:
        clock.find("extension_twice", "extension", "答复期限只能延长一次，这一次不起作用。", idle=True)
    elif event.working_days > limit:
        clock.find(
            "extension_too_long", "extension", f"延长最长{limit}个工作日，超过的不起作用，期限没有变。", idle=True
        )
    elif event.on > clock.due(known_on=event.on):
        last = clock.due(known_on=event.on)
        clock.find(
            "extension_late",
            "extension",
            f"延期应在原期限届满（{last.isoformat()}，含当日）以前决定，期限没有变。",
            idle=True,
        )
    else:
        clock.extension, clock.extensions = event.working_days, 1


def _start_anew(clock: _Clock, on: date, paid_from: bool) -> None:
    """A full new period: what was extended or deferred before is gone with the old one."""
    clock.base, clock.paid_from = on, paid_from
    clock.extension, clock.extensions, clock.deferred_until = 0, 0, None


def _notice_fee(clock: _Clock, event: ev.FeeNoticed) -> None:
    clock.fees += 1
    if event.received_on and event.received_on < event.on:
        raise LawError(f"对方收到的日期 {event.received_on} 早于发出的日期 {event.on}，请核对。")
    if not clock.correction and event.on > clock.due(known_on=event.on):
        last = clock.due(known_on=event.on)
        message = f"收费通知应在处理期限（{last.isoformat()}）以内发出，已经超过，期限没有变。"
        clock.find("fee_notice_late", "payment", message, idle=True)
        return
    clock.fee = event


def _take_payment(clock: _Clock, event: ev.FeePaid) -> None:
    if clock.fee is None:
        if clock.fees:
            return
        raise LawError(f"{event.on.isoformat()} 完成缴费，但没有发出过收费通知，请核对事件表。")
    last = clock.pay_by(clock.fee)
    if event.on > last:
        clock.find("fee_paid_late", "payment", f"缴费晚于最后一日（{last.isoformat()}），已视为放弃申请。")
        clock.fee_lapsed = True
        return
    _start_anew(clock, event.on, paid_from=True)
    clock.fee = None


def _defer(clock: _Clock, event: ev.Deferred) -> None:
    if event.on > clock.due(known_on=event.on):
        clock.find(
            "deferral_late", ev.act_text("deferred"), "延迟答复应在原期限以内决定并告知，期限没有变。", idle=True
        )
    else:
        clock.deferred_until = event.until


def _serve(clock: _Clock, event: ev.Served) -> None:
    clock.served = event
    if event.by == "courier":
        message = "答复应当通过邮政企业送达，不得通过其他快递企业；期限仍按交寄之日计算。"
        clock.find("carrier_not_postal", way("courier"), message)


def _step(clock: _Clock, event: ev.ClockEvent) -> None:
    """One event's effect; receipt and consultations are taken in before the walk."""
    match event:
        case ev.CorrectionRequested():
            _request_correction(clock, event)
        case ev.Corrected():
            _take_correction(clock, event)
        case ev.Extended():
            _extend(clock, event)
        case ev.FeeNoticed():
            _notice_fee(clock, event)
        case ev.FeePaid():
            _take_payment(clock, event)
        case ev.Deferred():
            _defer(clock, event)
        case ev.Withdrawn():
            clock.withdrawn = True
        case ev.Served():
            _serve(clock, event)


def _status(clock: _Clock, today: date) -> tuple[Status, date | None]:
    """The status on ``today`` and the last day of whatever is waited for."""
    if clock.withdrawn:
        return "withdrawn", None
    if clock.served:
        return "answered", None
    if clock.correction:
        limit = clock.correct_by(clock.correction)
        return ("lapsed" if limit and today > limit else "awaiting_correction"), limit
    if clock.fee:
        limit = clock.pay_by(clock.fee)
        return ("lapsed" if clock.fee_lapsed or today > limit else "awaiting_payment"), limit
    ends = [pause.end for pause in clock.pauses if pause.sent <= today <= pause.end and not _ended(pause, today)]
    return ("paused", max(ends)) if ends else ("running", None)


def _ended(pause: _Pause, today: date) -> bool:
    return pause.answered and today >= pause.end


def _result(clock: _Clock, today: date, working: bool) -> Deadline:
    """Put the clock's state into the answer."""
    status, wait_until = _status(clock, today)
    stopped = clock.withdrawn or clock.correction or clock.fee
    due = None if stopped else clock.due()
    safe = None if stopped else min(clock.due(safe=True), clock.due())
    paused = clock.paused_days()
    last = max([due or clock.base, wait_until or clock.base, *paused])
    left = None
    if due and status in ("running", "paused"):
        skipped = bisect_right(paused, due) - bisect_right(paused, today) if today < due else 0
        left = clock.calendar.between(today, due) - skipped
    return Deadline(
        status=status,
        due_on=due,
        safe_on=safe,
        provisional=not clock.calendar.covers(clock.received, last),
        in_time=clock.served.on <= due if clock.served and due else None,
        working_days_left=left,
        days=_working(clock, due, set(paused)) if working else (),
        findings=tuple(clock.findings),
        received_on=clock.received,
        correction_by=clock.calendar.nth_after(clock.received, clock.length("correction_notice")),
        counted_from=clock.base,
        wait_until=wait_until,
    )


def _working(clock: _Clock, due: date | None, paused: set[date]) -> tuple[CountedDay, ...]:
    """Every calendar day from the start of the running period to its last day, numbered as counted."""
    notice = clock.correction or clock.fee
    end = due or (notice.on if notice else clock.base)
    first_counts = clock.first_day == "same" and not clock.paid_from and clock.calendar.is_working(clock.base)
    days, n = [], 1 if first_counts else 0
    days.append(CountedDay(date=clock.base, kind=clock.calendar.kind(clock.base), n=n))
    for offset in range(1, (end - clock.base).days + 1):
        day = clock.base + ONE_DAY * offset
        kind: CountedKind = "paused" if day in paused else clock.calendar.kind(day)
        counts = kind in ("work", "makeup")
        n += counts
        days.append(CountedDay(date=day, kind=kind, n=n if counts else None))
    return tuple(days)
