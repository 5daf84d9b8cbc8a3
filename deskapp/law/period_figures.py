"""What a span of time comes to, from a plain list of cases: the figures of the monthly page (月报).

A case counts as in table three of the annual report, so that the twelve months together are the year: received on its day of receipt,
closed when it was answered first. In time is judged for the first answer, by the clock. The working days of an answer are those after
the day of receipt up to the day it went out, nothing taken off for pauses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from deskapp.law.annual_report import ROUTES, ApplicantClass, Dispute, class_names, report_file
from deskapp.law.receipt import Channel, channel_names
from deskapp.law.report_checks import ROUTE_NAMES
from deskapp.law.spans import DaySpan

GROUPS = ("granted", "partial", "refused", "unable", "not_processed", "other")
COUNTED_ACTS = {
    "correction_requested": "发出补正通知", "party_consulted": "征求第三方意见", "agency_consulted": "征求机关意见", "extended": "延期",
    "fee_noticed": "发出收费通知",
}  # fmt: skip
"""Acts that are counted on their day, by what they are called."""


@dataclass(frozen=True)
class Worked:
    """What the figures need of a case: ``due_on`` and ``in_time`` are of its first answer; ``working_days`` until it went out; ``acts``
    are the days of those that are counted."""

    case_no: str
    channel: str
    applicant_class: str
    received_on: date
    row: str = ""
    closed_on: date | None = None
    served_on: date | None = None
    due_on: date | None = None
    in_time: bool | None = None
    working_days: int | None = None
    acts: tuple[tuple[str, date], ...] = ()

    @property
    def counts(self) -> bool:
        """Whether any table has it: what was closed without a row in the year it came in never stood in one."""
        return not (self.closed_on and not self.row and self.closed_on.year == self.received_on.year)


@dataclass(frozen=True)
class Late:
    """An answer that went out late, or one that is overdue at the end of the span (``served_on`` None), and why, as far as it was said."""

    case_no: str
    due_on: date
    served_on: date | None
    why: str = ""


@dataclass
class PeriodFigures:
    """The figures of a span. ``judged`` answers were found in time or late; ``working_days`` is the mean of ``timed`` answers."""

    span: DaySpan
    received: int = 0
    carried_in: int = 0
    closed: int = 0
    carried_out: int = 0
    channels: dict[Channel, int] = field(default_factory=dict)
    classes: dict[ApplicantClass, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    judged: int = 0
    in_time: int = 0
    timed: int = 0
    working_days: float | None = None
    acts: dict[str, int] = field(default_factory=dict)
    late: list[Late] = field(default_factory=list)
    overdue: list[Late] = field(default_factory=list)
    began: dict[str, int] = field(default_factory=dict)
    decided: dict[str, int] = field(default_factory=dict)
    fee_notices_fen: int = 0
    fees_paid: int = 0
    visits: dict[str, int] = field(default_factory=dict)
    slips: int = 0
    satisfied: int = 0

    @property
    def closed_share(self) -> float | None:
        """办结率: of all that were to be worked on, those that are closed; None where there were none."""
        return _share(self.closed, self.received + self.carried_in)

    @property
    def in_time_share(self) -> float | None:
        """按期率: of the answers that can be judged, those in time."""
        return _share(self.in_time, self.judged)

    def as_contract(self) -> dict[str, Any]:
        """The document of ``deskapp report --period --json``, without the year before."""
        found = asdict(self)
        span = found.pop("span")
        late, overdue = (
            [
                {**each, "due_on": each["due_on"].isoformat(), "served_on": _iso(each["served_on"])}
                for each in found.pop(key)
            ]
            for key in ("late", "overdue")
        )
        return {
            "name": span["name"], "from": span["first"].isoformat(), "to": span["last"].isoformat(), **found,
            "closed_share": self.closed_share, "in_time_share": self.in_time_share, "late": late, "overdue": overdue,
        }  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def figures_of(
    span: DaySpan, cases: Iterable[Worked], disputes: Iterable[Dispute], until: date | None = None
) -> PeriodFigures:
    """The figures of a span from the cases that were worked on in it; what the reading point and the fees add is left at nothing. ``until``
    is the day it is looked at, where that lies within: what is due later is not overdue."""
    made, counters = PeriodFigures(span), {name: Counter[str]() for name in ("channels", "classes", "groups", "acts")}
    days: list[int] = []
    for case in cases:
        if case.counts:
            _count(made, case, counters, days, min(until or span.last, span.last))
        counters["acts"].update(act for act, on in case.acts if act in COUNTED_ACTS and span.first <= on <= span.last)
    for name, keys in (
        ("channels", channel_names()),
        ("classes", class_names()),
        ("groups", GROUPS),
        ("acts", COUNTED_ACTS),
    ):
        setattr(made, name, {key: counters[name][key] for key in keys})
    made.timed, made.working_days = len(days), round(sum(days) / len(days), 2) if days else None
    made.began, made.decided = _disputes(span, disputes)
    return made


def _count(
    made: PeriodFigures, case: Worked, counters: dict[str, Counter[str]], days: list[int], until: date
) -> None:
    """One case into the figures."""
    span = made.span
    if case.received_on > span.last or (case.closed_on and case.closed_on < span.first):
        return
    if case.received_on >= span.first:
        made.received += 1
        counters["channels"][case.channel] += 1
        counters["classes"][case.applicant_class] += 1
    else:
        made.carried_in += 1
    if not case.closed_on or case.closed_on > span.last:
        made.carried_out += 1
        if case.due_on and case.due_on < until and not (case.closed_on and case.closed_on <= until):
            made.overdue.append(Late(case.case_no, case.due_on, None))
        return
    made.closed += 1
    counters["groups"][_group(case.row or report_file().without_row)] += 1
    if case.working_days is not None:
        days.append(case.working_days)
    if case.in_time is not None:
        made.judged += 1
        made.in_time += case.in_time
    if case.in_time is False and case.due_on:
        made.late.append(Late(case.case_no, case.due_on, case.served_on))


def _group(row: str) -> str:
    return next((found.group for found in report_file().row if found.key == row and found.group), "other")


def _disputes(span: DaySpan, disputes: Iterable[Dispute]) -> tuple[dict[str, int], dict[str, int]]:
    """How many reviews and suits began in a span, by route, and how many came to an end, by route and outcome."""
    began, decided = Counter[str](), Counter[str]()
    for dispute in disputes:
        began[dispute.route] += span.first <= dispute.on <= span.last
        ended = dispute.decided_on or (None if dispute.outcome == "pending" else dispute.on)
        if ended and span.first <= ended <= span.last:
            decided[f"{dispute.route}:{dispute.outcome}"] += 1
    return {route: began[route] for route in ROUTES}, dict(sorted(decided.items()))


def percent(share: float | None) -> str:
    """A share as people read it; a dash where there is none."""
    return f"{100 * share:.2f}%" if share is not None else "—"


def change(now: float, before: float | None) -> str:
    """同比: how a figure changed against the year before; a dash where there is nothing to compare it with."""
    if not before:
        return "—"
    grown = 100 * (now - before) / before
    return "持平" if abs(grown) < 0.005 else f"{'增长' if grown > 0 else '下降'}{abs(grown):.2f}%"


def points(now: float | None, before: float | None) -> str:
    """How a share changed against the year before, in points of the hundred; a dash where one of them is none."""
    if now is None or before is None:
        return "—"
    grown = 100 * (now - before)
    return "持平" if abs(grown) < 0.005 else f"{'提高' if grown > 0 else '降低'}{abs(grown):.2f}个百分点"


Line = tuple[str, str, str, str]
"""What is counted, its figure now and in the same time of the year before, how it changed."""
COLUMNS = ("项目", "本期", "上年同期", "比上年同期")


def lines_of(now: PeriodFigures, before: PeriodFigures | None) -> list[Line]:
    """The page, line by line; the year before stands as a dash where the register had nothing yet."""
    names, channels, classes = report_file().figures, channel_names(), class_names()
    was = before or PeriodFigures(now.span)

    def line(name: str, value: int, earlier: int, shown: Callable[[int], str] = _cases) -> Line:
        return name, shown(value), shown(earlier) if before else "—", change(value, earlier if before else None)

    def share(name: str, value: float | None, earlier: float | None) -> Line:
        return name, percent(value), percent(earlier), points(value, earlier)

    lines = [line("新收", now.received, was.received)]
    lines += [line(f"　{channels[k]}", v, was.channels.get(k, 0)) for k, v in now.channels.items() if v]
    lines += [line(f"　{classes[k]}", v, was.classes.get(k, 0)) for k, v in now.classes.items() if v]
    lines += [line("上期结转", now.carried_in, was.carried_in), line("办结", now.closed, was.closed)]
    lines += [line(f"　{names[f'group_{k}']}", v, was.groups.get(k, 0)) for k, v in now.groups.items() if v]
    lines += [
        line("结转下期", now.carried_out, was.carried_out),
        share("办结率", now.closed_share, was.closed_share if before else None),
        share(f"按期率（判断了{now.judged}件）", now.in_time_share, was.in_time_share if before else None),
        _mean(f"平均办理工作日（{now.timed}件）", now.working_days, was.working_days if before else None),
        line("期末逾期没有答复", len(now.overdue), len(was.overdue)),
    ]
    lines += [line(name, now.acts.get(key, 0), was.acts.get(key, 0)) for key, name in COUNTED_ACTS.items()]
    lines.append(line("通知的信息处理费", now.fee_notices_fen, was.fee_notices_fen, _yuan))
    lines += [line(f"新发生{ROUTE_NAMES[k]}", v, was.began.get(k, 0)) for k, v in now.began.items()]
    lines += [line(_decided(key), value, was.decided.get(key, 0)) for key, value in now.decided.items()]
    return lines


def _cases(count: int) -> str:
    return f"{count}件"


def _yuan(fen: int) -> str:
    return f"{fen / 100:.0f}元"


def _mean(name: str, now: float | None, before: float | None) -> Line:
    return name, _days(now), _days(before), change(now or 0, before if now is not None else None)


def _days(mean: float | None) -> str:
    return f"{mean:.2f}天" if mean is not None else "—"


def _decided(key: str) -> str:
    route, _, outcome = key.partition(":")
    return f"{ROUTE_NAMES[route]}{report_file().outcomes[outcome]}"
