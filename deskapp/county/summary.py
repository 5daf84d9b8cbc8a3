"""One line for each point: when it was heard of, what is late there, what the span came to, what is owed. Page, workbook and screen show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from deskapp.county.figures import CountyFigures
from deskapp.county.questions import DueCase, OpenDispute
from deskapp.county.states import SILENT, PointState
from deskapp.law.period_figures import PeriodFigures, percent
from deskapp.law.remedies import unit_kinds

HEARD_NEVER = "没有报过"
COLUMNS = (
    "登记点", "类别", "上次报来", "逾期", "争议", "新收", "结转来", "办结", "在办", "按期率", "平均工作日", "中位工作日", "来人", "问卷", "满意率",
    "应公开未公开",
)  # fmt: skip


@dataclass(frozen=True)
class PointLine:
    """A point in a summary; ``figures`` is None where it never sent anything, ``missing`` where a month of its day book is wanting."""

    state: PointState
    figures: PeriodFigures | None
    median: int | None
    owed: int | None
    missing: bool = False

    @property
    def name(self) -> str:
        """What it is called."""
        return self.state.point.called

    @property
    def heard(self) -> str:
        """When it was heard of last, in words; since when it is no more."""
        if self.state.retired:
            return f"{self.state.retired:%y-%m-%d}撤"
        days = self.state.days_silent
        if days is None:
            return HEARD_NEVER
        return "今天" if days == 0 else "昨天" if days == 1 else f"{days}天前"

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as texts, in the order of :data:`COLUMNS`; a question mark where nothing is known."""
        of, made = self.state, self.figures
        start = (self.name, kind_name(of.point.kind), self.heard)
        if made is None or of.days_silent is None:
            return (*start, *("？" for _ in COLUMNS[3:]))
        mean = f"{made.working_days:.1f}" if made.working_days is not None else "—"
        satisfied = percent(made.satisfied / made.slips if made.slips else None)
        counted = (of.overdue, of.disputes, made.received, made.carried_in, made.closed, made.carried_out)
        return (
            *start, *(up_to_here(count, of.in_part) for count in counted), percent(made.in_time_share), mean, "—" if self.median is None else str(self.median),
            as_far(sum(made.visits.values()), self.missing),
            as_far(made.slips, self.missing), satisfied, "？" if self.owed is None else str(self.owed),
        )  # fmt: skip


@dataclass(frozen=True)
class Summary:
    """The county on a day, for a span: a line a point, all together, what is late, what is disputed."""

    county: str
    today: date
    span: str
    lines: tuple[PointLine, ...]
    whole: PeriodFigures
    missing: tuple[str, ...]
    overdue: tuple[DueCase, ...]
    disputes: tuple[OpenDispute, ...]

    @property
    def in_part(self) -> bool:
        """Whether of one point or another not everything is counted."""
        return any(line.state.in_part for line in self.lines)

    @property
    def sentence(self) -> str:
        """All of it in one sentence."""
        silent = [line.name for line in self.lines if line.state.silent]
        held = [line.name for line in self.lines if line.state.point.held]
        said = f"{len(self.lines)}个登记点，逾期{len(self.overdue)}件，争议{len(self.disputes)}件。"
        said += f"{SILENT}天没有报的{len(silent)}个：{_names(silent)}。" if silent else f"{SILENT}天内都报过。"
        return said + (f"等着决定的{len(held)}个：{_names(held)}。" if held else "")

    @property
    def next_act(self) -> str:
        """What is to be done first, in words; empty where there is nothing."""
        held = [line.name for line in self.lines if line.state.point.held]
        if held:
            return f"{held[0]}从备份恢复过或者用了两份登记簿，打电话核实，再决定按哪一份算。"
        longest = {case.point: case.days for case in reversed(self.overdue)}  # the longest stands first
        most = max(
            self.lines, key=lambda line: (line.state.overdue, longest.get(line.state.point.point, 0)), default=None
        )
        if most and most.state.overdue:
            return f"{most.name}逾期{most.state.overdue}件，先催。"
        silent = next((line for line in self.lines if line.state.silent), None)
        if silent is None:
            return ""
        since = silent.heard if silent.state.days_silent is None else f"{silent.heard}报的"
        return f"{silent.name}{since}，打电话。"


def together_cells(summary: Summary) -> tuple[str, ...]:
    """The last line: everything together."""
    made: PeriodFigures = summary.whole
    known = [line for line in summary.lines if line.state.days_silent is not None]
    mean = f"{made.working_days:.1f}" if made.working_days is not None else "—"
    owed = [line.owed for line in summary.lines if line.owed is not None]
    missing = bool(summary.missing)
    counted = (
        len(summary.overdue),
        len(summary.disputes),
        made.received,
        made.carried_in,
        made.closed,
        made.carried_out,
    )
    return (
        "合计", "", f"{len(known)}个报过", *(up_to_here(count, summary.in_part) for count in counted), percent(made.in_time_share), mean, "",
        as_far(sum(made.visits.values()), missing), as_far(made.slips, missing),
        percent(made.satisfied / made.slips if made.slips else None), as_far(sum(owed), len(owed) < len(summary.lines)),
    )  # fmt: skip


def up_to_here(count: int, in_part: bool) -> str:
    """A number that may be higher by what was not reported yet: with a question mark behind it."""
    return f"{count}？" if in_part else str(count)


def as_far(count: int, missing: bool) -> str:
    """A number of which something is not known: with a question mark behind it, and as nothing else where nothing is known."""
    return f"{count or ''}？" if missing else str(count)


def _names(names: Sequence[str]) -> str:
    return "、".join(names[:3]) + (f"等{len(names)}个" if len(names) > 3 else "")


def kind_name(key: str) -> str:
    """What a kind of unit is called; the key itself where the law's data no longer knows it."""
    return next((name for kind, name in unit_kinds().items() if kind == key), key)


def summary_of(
    county: str,
    today: date,
    figures: CountyFigures,
    states: Sequence[PointState],
    medians: dict[str, int],
    owed: dict[str, int],
    overdue: Sequence[DueCase],
    disputes: Sequence[OpenDispute],
) -> Summary:
    """The summary of what was asked."""
    lines = tuple(
        PointLine(
            state,
            figures.points.get(state.point.point),
            medians.get(state.point.point),
            owed.get(state.point.point),
            state.point.point in figures.missing,
        )
        for state in states
    )
    return Summary(
        county, today, figures.whole.span.name, lines, figures.whole, figures.missing, tuple(overdue), tuple(disputes)
    )
