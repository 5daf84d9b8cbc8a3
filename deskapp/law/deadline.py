"""The deadline clock: one pure function from dated events to the last lawful day, with its working.

Rules (all numbers from periods.toml, by the day of receipt):

1. The day of receipt is day 0; the n-th working day after it is the last day (条例 33). ``safe_on`` counts the day of
   receipt as day 1, for those who read the Regulation that way.
2. 补正 (30): while it is open there is no last day; the corrected application starts a new full period. A second
   request, or one sent after the last day, stops nothing. After one that was sent too late ``safe_on`` counts on from receipt.
3. 征求意见 (32, 33, 34): working days after sending, up to and including the answer, do not count; at the latest the
   pause ends when the other side's period does, which runs from the letter's arrival. Overlapping pauses count once.
4. 延期 (33): once, up to the limit, decided and sent on or before the last day.
5. 收费 (办法 6): while unpaid there is no last day; payment starts a new full period. A notice after the last day stops
   nothing.
6. 送达: the day handed in decides (国办公开办函〔2016〕235号).
7. Days of a year without an official calendar make the result provisional.
8. A letter that was written and not sent moves nothing; what it would do is told beside. One that was answered was sent by then.
9. 责令重新答复 (复议法 64, 实施条例 58): a full new period from the day the decision arrived, or the one it names; what was
   answered before stays a round of its own, which no later question moves.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from deskapp.law import clock_events as ev
from deskapp.law.counting import ONE_DAY, ClockFault, Counting, FirstDay, Round, step
from deskapp.law.dated import Frozen
from deskapp.law.errors import LawError
from deskapp.law.pauses import Pause, pauses_of
from deskapp.law.rounds import in_rounds
from deskapp.law.workdays import Calendar, official_calendar

Status = Literal["running", "paused", "awaiting_correction", "awaiting_payment", "lapsed", "withdrawn", "answered"]
CountedKind = Literal["work", "rest", "holiday", "makeup", "paused"]


class CountedDay(Frozen):
    """One calendar day of the working; ``n`` is its number in the count, None when it does not count."""

    date: date
    kind: CountedKind
    n: int | None = None


class Deadline(Frozen):
    """What the clock says. ``wait_until`` is the last day of an open correction, payment or consultation; ``rounds`` are
    the answers that were due, this one last; ``due_if_sent`` is the last day as it would be if what waits were sent today."""

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
    rounds: tuple[Round, ...] = ()
    due_if_sent: date | None = None

    def as_contract(self) -> dict[str, object]:
        """The keys of ``deskapp due --json``, ready for JSON."""
        keep = {
            "status",
            "due_on",
            "safe_on",
            "provisional",
            "in_time",
            "working_days_left",
            "days",
            "findings",
            "rounds",
        }
        return self.model_dump(mode="json", include=keep, exclude={"findings": {"__all__": {"idle"}}})


def evaluate(
    events: Iterable[ev.ClockEvent],
    today: date,
    calendar: Calendar | None = None,
    first_day: FirstDay = "next",
    working: bool = True,
) -> Deadline:
    """The state of the clock on ``today``; without ``working`` its days are left out, which lists do not show. Raises
    LawError when the events cannot be one case's history."""
    given = list(events)
    start = _received(given)
    rounds = in_rounds(given)
    calendar = calendar or official_calendar()
    clock = Counting(calendar, start, first_day, [], base=start, safe_base=start)
    for stretch in rounds:
        order, *rest = stretch.events
        if isinstance(order, ev.RedoOrdered):  # what came before is a round of its own, with its own consultations
            step(clock, order)
        else:
            rest.insert(0, order)
        clock.pauses += pauses_of(stretch, calendar, start)  # one that runs when a new round begins stops that too
        for event in rest:
            if not (clock.served or clock.withdrawn):
                step(clock, event)
        for notice in stretch.answered_unsent:
            clock.find_not_sent(notice, answered=True)
    result = _result(clock, today, working)
    if not any(map(is_unsent, given)) or result.status not in ("running", "paused"):
        return result
    try:
        then = evaluate(as_if_sent(given, today), today, calendar, first_day, working=False).due_on
    except LawError:  # it was answered already: nothing is to be sent any more
        return result
    return result.model_copy(update={"due_if_sent": then})


def _received(events: Sequence[ev.ClockEvent]) -> date:
    """The day of receipt, which is the first event and the only one of its kind. Raises LawError otherwise."""
    received = [event for event in events if isinstance(event, ev.Received)]
    if len(received) != 1:
        raise LawError("一件申请应当有且只有一条【收到申请】（received），请核对事件表。")
    first = min(events, key=lambda event: event.works_on)
    if first.works_on < received[0].on:
        raise LawError(f"【{ev.act_text(first.act).name}】（{first.on.isoformat()}）早于收到申请，请核对日期。")
    return received[0].on


def as_if_sent(events: Iterable[ev.ClockEvent], today: date) -> list[ev.ClockEvent]:
    """The events as they would be if every letter that waits were sent today."""
    return [e.model_copy(update={"sent_on": max(today, e.on)}) if is_unsent(e) else e for e in events]


def is_unsent(event: ev.ClockEvent) -> bool:
    """Whether it is a notice that was written and not sent."""
    return isinstance(event, ev.Notice) and event.sent_on is None


def _status(clock: Counting, today: date) -> tuple[Status, date | None]:
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
    due = clock.due()
    standing = () if clock.set_for_it else [pause for pause in clock.pauses if pause.sent < due]
    ends = [pause.end for pause in standing if pause.sent <= today <= pause.end and not _ended(pause, today)]
    return ("paused", max(ends)) if ends else ("running", None)


def _ended(pause: Pause, today: date) -> bool:
    return pause.answered and today >= pause.end


def _result(clock: Counting, today: date, working: bool) -> Deadline:
    """Put the clock's state into the answer."""
    status, wait_until = _status(clock, today)
    this = clock.round()
    due = this.due_on
    safe = None if due is None else min(clock.due(safe=True), due)
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
        in_time=this.in_time,
        working_days_left=left,
        days=_working(clock, due, set(paused)) if working else (),
        findings=tuple(clock.findings),
        received_on=clock.received,
        correction_by=clock.correction_by(),
        counted_from=clock.base,
        wait_until=wait_until,
        rounds=(*clock.rounds, this),
    )


def _working(clock: Counting, due: date | None, paused: set[date]) -> tuple[CountedDay, ...]:
    """Every calendar day from the start of the running period to its last day, numbered as counted."""
    notice = clock.correction or clock.fee
    end = due or (notice.works_on if notice else clock.base)
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
