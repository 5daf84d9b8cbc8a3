"""考核: the points that each rule of a county gives to each of its points, with the cases behind them.

Rules are dated data that a county writes itself, since weights differ everywhere and change each year. The program counts what it knows
and proposes; what it cannot know is left to a person, by name. A rule of a year that no file covers is refused, not guessed.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from deskapp.county.points import Point
from deskapp.county.questions import CountyQuestions
from deskapp.county.tasking import GivenTask
from deskapp.county.trials import TriedCase
from deskapp.errors import DeskError, os_reason
from deskapp.exchange.bundle.tasks import Task
from deskapp.law.clock_events import Day
from deskapp.law.dated import toml_fault
from deskapp.typed import first_fault

Measure = Literal[
    "late_answers",
    "overdue",
    "corrected_disputes",
    "owed_items",
    "unfrozen_year",
    "late_tasks",
    "silent_days",
    "trial_faults",
    "by_hand",
]
MEASURE_NAMES: dict[Measure, str] = {
    "late_answers": "超期的答复", "overdue": "逾期没有答复的", "corrected_disputes": "被纠正的复议和诉讼", "owed_items": "应当公开还没有公开的",
    "unfrozen_year": "上年的年报没有定稿", "late_tasks": "过期没有答复的交办事项", "silent_days": "没有报送的天数", "trial_faults": "没有办好的测试申请",
    "by_hand": "由人评定",
}  # fmt: skip


class ScoreRule(BaseModel):
    """One rule: what is counted, how many points each takes (less than nothing, since faults are counted), no more than ``most``
    in all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern="^[a-z_]{1,40}$")
    name: str = Field(min_length=1, max_length=120)
    counts: Measure
    each: float | None = Field(None, allow_inf_nan=False)
    most: float = Field(gt=0, allow_inf_nan=False)

    @model_validator(mode="after")
    def _sound(self) -> ScoreRule:
        if self.counts != "by_hand" and self.each is None:
            raise ValueError(f"{self.key} 没有写 each（每件扣几分）")
        if self.each is not None and self.each >= 0:
            raise ValueError(f"{self.key} 的 each 要写负数：数的是没有办好的，每件扣几分")
        return self

    def points(self, count: int) -> float:
        """What so many give."""
        return round(-min(abs(self.each or 0) * count, self.most), 2)


class Rules(BaseModel):
    """The rules of a county for a time: where they stand, from when to when they hold, from how many points one begins."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(min_length=1, max_length=200)
    number: str = ""
    valid_from: Day
    valid_until: Day
    total: float = Field(gt=0, allow_inf_nan=False)
    rule: tuple[ScoreRule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _sound(self) -> Rules:
        if self.valid_until < self.valid_from:
            raise ValueError("停止的日子早于开始的日子")
        if len({rule.key for rule in self.rule}) < len(self.rule):
            raise ValueError("有两条规则的 key 一样")
        if more := [rule.key for rule in self.rule if rule.most > self.total]:
            raise ValueError(f"{more[0]} 的 most 比满分 total 还多")
        return self


@dataclass(frozen=True)
class Scored:
    """One rule at one point: how many, the points, the cases behind them; ``count`` is None where a person decides; ``said`` is what the
    point says to it."""

    rule: ScoreRule
    count: int | None
    points: float
    behind: tuple[str, ...] = ()
    said: str = ""

    @property
    def told(self) -> str:
        """What comes of the rule, in words."""
        if self.count is None:
            return f"【{self.rule.name}】：由人评定，还没有分"
        points = f"扣{-self.points:g}分" if self.points < 0 else f"加{self.points:g}分" if self.points else "不加不扣"
        return f"【{self.rule.name}】：{self.count}，{points}"


@dataclass(frozen=True)
class ScoreSheet:
    """The sheet of one point."""

    point: str
    name: str
    total: float
    scored: tuple[Scored, ...]

    @property
    def points(self) -> float:
        """What is proposed in all, before a person has decided what only a person can."""
        return round(self.total + sum(each.points for each in self.scored), 2)

    def as_contract(self) -> dict[str, Any]:
        """The keys of a sheet of ``deskapp county assess --json``."""
        rows = [
            {
                "key": each.rule.key,
                "name": each.rule.name,
                "count": each.count,
                "points": each.points,
                "cases": list(each.behind),
                "said": each.said,
            }
            for each in self.scored
        ]
        return {"point": self.point, "name": self.name, "total": self.total, "points": self.points, "rules": rows}


def read_rules(path: Path, year: int) -> Rules:
    """The rules in a file, which must hold at the end of ``year``. Raises DeskError."""
    try:
        rules = Rules.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except OSError as error:
        raise DeskError(f"{path.name} 读不出来：{os_reason(error)}。", "没有算。", "请核对位置。") from error
    except (ValueError, RecursionError) as error:
        raise DeskError(
            f"考核规则 {path.name} 不对：{_fault(error)}。",
            "没有算。",
            "请照 docs/county.md 的样子改。",
            code="rules",
        ) from error
    if not rules.valid_from <= date(year, 12, 31) <= rules.valid_until:
        raise DeskError(
            f"{rules.title}管{rules.valid_from}至{rules.valid_until}，不管{year}年。",
            "没有算。",
            "请换一份规则。",
            code="not_in_force",
        )
    return rules


def _fault(error: Exception) -> str:
    """What is wrong with a file of rules, in words."""
    if isinstance(error, (tomllib.TOMLDecodeError, RecursionError)):
        return toml_fault(error)
    if not isinstance(error, ValidationError):
        return "不是文字文件（UTF-8）"
    fault = first_fault(error)
    where, kind, value = fault[:3]
    if fault.said:
        return fault.said
    if kind == "missing":
        return f"没有写 {where}"
    known = f"，可以写的有{'、'.join(MEASURE_NAMES)}" if where.endswith("counts") else ""
    return f"{where} 不认识" if kind == "extra_forbidden" else f"{where} 的值【{value}】不对{known}"


class Assessing:
    """Counts what the rules ask, over one database, for one year."""

    def __init__(
        self,
        asked: CountyQuestions,
        year: int,
        today: date,
        tasks: list[GivenTask],
        tried: Sequence[TriedCase] = (),
        last_days: Mapping[str, date] | None = None,
    ) -> None:
        self._asked, self._year, self._today, self._tasks, self._tried = asked, year, today, tasks, tried
        self._last_days = last_days or {}  # of the points that are no more
        self._last = min(today, date(year, 12, 31))  # no measure looks beyond its year
        self._said = {each.task.id: each.answer.text for each in tasks if each.answer}

    def covers(self, point: Point) -> bool:
        """Whether the register of a point was there in the year, or has anything of it."""
        begun = begun_on(point)
        if self._last_of(point) < date(self._year, 1, 1):
            return False
        return begun is None or begun <= self._last or bool(self._asked.counted(point.point))

    def sheet(self, rules: Rules, point: Point) -> ScoreSheet:
        """The sheet of a point."""
        return ScoreSheet(
            point.point, point.called, rules.total, tuple(self._scored(rule, point) for rule in rules.rule)
        )

    def _scored(self, rule: ScoreRule, point: Point) -> Scored:
        said = self._said.get(sheet_task(point.point, self._year, rule.key), "")
        if rule.counts == "by_hand":
            return Scored(rule, None, 0, said=said)
        counters: Mapping[Measure, Callable[[Point], tuple[int, tuple[str, ...]]]] = {
            "late_answers": self._late, "overdue": self._overdue, "corrected_disputes": self._corrected, "owed_items": self._owed,
            "unfrozen_year": self._unfrozen, "late_tasks": self._late_tasks, "silent_days": self._silent,
            "trial_faults": self._trials,
        }  # fmt: skip
        count, behind = counters[rule.counts](point)
        return Scored(rule, count, rule.points(count) or 0.0, behind, said)  # not "-0"

    def _late(self, point: Point) -> tuple[int, tuple[str, ...]]:
        numbers = self._asked.late_answers(point.point, self._year)
        return len(numbers), tuple(numbers)

    def _overdue(self, point: Point) -> tuple[int, tuple[str, ...]]:
        numbers = [case.case_no for case in self._asked.overdue(point.point) if case.due_on.year == self._year]
        return len(numbers), tuple(numbers)

    def _corrected(self, point: Point) -> tuple[int, tuple[str, ...]]:
        numbers = self._asked.corrected(point.point, self._year)
        return len(numbers), tuple(numbers)

    def _owed(self, point: Point) -> tuple[int, tuple[str, ...]]:
        docs = self._asked.standings("published", point=point.point)
        body = docs[0].body if docs else {}
        items = tuple(str(each.get("item", "")) for each in body.get("owed", []))
        now = (f"{docs[0].made_at[:10]}的情况，不是{self._year}年底的",) if docs and self._today > self._last else ()
        return int(body.get("owed_all", 0)), now + items

    def _unfrozen(self, point: Point) -> tuple[int, tuple[str, ...]]:
        docs = self._asked.standings("year", str(self._year - 1), point.point)
        frozen = bool(docs and docs[0].body.get("frozen"))
        begun, counted = begun_on(point), self._asked.counted(point.point).get(point.point, [])
        later = begun is not None and begun.year >= self._year
        if not frozen and later and not any(case.received_on.year < self._year for case in counted):
            return 0, (f"{self._year - 1}年还没有这份登记簿",)
        return int(not frozen), () if frozen else (f"{self._year - 1}年年报",)

    def _late_tasks(self, point: Point) -> tuple[int, tuple[str, ...]]:
        late = [
            each.task.text
            for each in self._tasks
            if each.task.point == point.point and each.late and each.task.until.year == self._year
        ]
        return len(late), tuple(late)

    def _trials(self, point: Point) -> tuple[int, tuple[str, ...]]:
        own = [each for each in self._tried if each.trial.point == point.point]
        bad = [each.verdict for each in own if each.fault and each.trial.sent_on.year == self._year]
        return len(bad), tuple(bad)

    def _last_of(self, point: Point) -> date:
        """The last day of a point that is no more; the last there is for any other."""
        return self._last_days.get(point.point, date.max)

    def _silent(self, point: Point) -> tuple[int, tuple[str, ...]]:
        heard = point.heard_at[:10]
        since = date.fromisoformat(heard) if heard else begun_on(point) or date(self._year, 1, 1)
        since = max(since, date(self._year, 1, 1))
        return max(0, (min(self._last, self._last_of(point)) - since).days), (heard or "没有报过",)


def begun_on(point: Point) -> date | None:
    """The day on which the register of a point got its identity, which begins with that time; None where it does not."""
    milliseconds = int(point.point[:12], 16)
    try:
        return datetime.fromtimestamp(milliseconds / 1000, tz=UTC).date()
    except (OverflowError, ValueError, OSError):
        return None


def sheet_task(point: str, year: int, key: str) -> str:
    """The identity under which a rule of a year's assessment goes to a point: the same whenever it is told."""
    return hashlib.sha256(f"assessed\0{point}\0{year}\0{key}".encode()).hexdigest()[:32]


def told_sheet(sheet: ScoreSheet, year: int, today: date, until: date) -> list[Task]:
    """A sheet as it goes down to its point: the sum, and each rule with the cases behind it, which the point may explain until a day."""

    def told(key: str, text: str, behind: Sequence[str] = ()) -> Task:
        task = sheet_task(sheet.point, year, key)
        return Task(
            id=task, point=sheet.point, kind="assessed", text=text, given_on=today, until=until, cases=tuple(behind)
        )

    whole = f"{year}年合计{sheet.points:g}分（满分{sheet.total:g}分，由人评定的没有算）"
    return [told("", whole), *(told(each.rule.key, f"{year}年{each.told}", each.behind) for each in sheet.scored)]


def sheet_lines(sheets: list[ScoreSheet]) -> list[tuple[str, ...]]:
    """The sheets as a table: a line for each rule at each point, and their sum."""
    lines: list[tuple[str, ...]] = [("登记点", "规则", "件数", "得分", "依据的件", "登记点的说明")]
    for sheet in sheets:
        for each in sheet.scored:
            count = "由人评定" if each.count is None else str(each.count)
            points = "" if each.count is None else f"{each.points:g}"
            lines.append((sheet.name, each.rule.name, count, points, "、".join(each.behind), each.said))
        lines.append((sheet.name, "合计（由人评定的没有算）", "", f"{sheet.points:g}", "", ""))
    return lines
