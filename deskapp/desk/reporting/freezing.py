"""Freezing: the tables of a year as they were handed in; once more only with a reason, and each time is kept beside the others."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pydantic import ValidationError

from deskapp.clock import Clock
from deskapp.errors import DeskError
from deskapp.law.report_checks import Check, Report, check_frozen
from deskapp.parsing import one_line
from deskapp.register.journal import Journal
from deskapp.register.records import Record

FROZEN = "h"  # the identity of a frozen year with the register: no part of what is frozen
REASONS = "freezing"  # the records of why a year was frozen again, by year and which time
REASON_WANTED = "reason"  # the code of a refusal


@dataclass(frozen=True)
class Freezing:
    """One time that a year was frozen: its day, why it was done again, the figures that had changed since the time before."""

    on: str
    report: Report
    reason: str = ""
    changed: str = ""

    def as_contract(self) -> dict[str, str]:
        """The keys of one of ``freezings`` of ``deskapp report --json``."""
        return {"on": self.on, "reason": self.reason, "changed": self.changed}


class FrozenYears:
    """The years as they were handed in."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock

    def last(self, year: int) -> Report | None:
        """The tables of a year as they were frozen last; None when they never were. Raises DeskError when damaged."""
        kept = self._journal.records.frozen_years(year)
        return _report_of(kept[-1]) if kept else None

    def all(self, year: int) -> list[Freezing]:
        """Every time that a year was frozen, the first one first. Raises DeskError when one is damaged."""
        reasons = {kept.key: kept.body for kept in self._journal.records.of_kind(REASONS)}
        found: list[Freezing] = []
        for n, kept in enumerate(self._journal.records.frozen_years(year), 1):
            report = _report_of(kept)
            reason = json.loads(reasons.get(_key(year, n), '""'))
            changed = check_frozen(report, found[-1].report, ("那时", "这一次")).detail if found else ""
            found.append(Freezing(kept.at[:10], report, str(reason), changed))
        return found

    def check(self, made: Report) -> Check | None:
        """Whether the register still gives what was frozen last, and what was frozen before that; None for a year that never was."""
        times = self.all(made.year)
        if not times:
            return None
        found = check_frozen(made, times[-1].report)
        again = "".join(
            f"；第{n}次冻结{time.on}，原因：{time.reason or '没有写'}；{times[n - 2].on}冻结的和这一次不同：{time.changed}"
            for n, time in enumerate(times[1:], 2)
        )
        return found.model_copy(update={"detail": found.detail + again})

    def freeze(self, made: Report, reason: str) -> None:
        """Keep the tables of a year that is over as they are now. Raises DeskError before its end, when a check fails, when they are
        frozen just so already, or without a reason for another time."""
        year, why = made.year, one_line(reason)
        if year >= self._clock.today().year:
            raise DeskError(f"{year}年还没有过完。", "没有冻结。", "请在年度结束、报告定稿以后再冻结。")
        wrong = [check for check in made.checks if not check.ok and check.key != FROZEN]
        if wrong:
            raise DeskError(f"{wrong[0].name}不成立：{wrong[0].detail}。", "没有冻结。", "请先查清原因。")
        times = self.all(year)
        if times:
            self._check_again(made, times[-1], why)
        kept = made.model_copy(update={"checks": tuple(c for c in made.checks if c.key != FROZEN)})
        with self._journal.write():
            self._journal.records.freeze_year(year, kept.model_dump_json())
            if times:
                body = json.dumps(why, ensure_ascii=False)
                self._journal.records.save_record(REASONS, _key(year, len(times) + 1), body)

    @staticmethod
    def _check_again(made: Report, before: Freezing, why: str) -> None:
        if before.report.table3 == made.table3 and before.report.table4 == made.table4:
            raise DeskError(f"{made.year}年的年报已经冻结，数字没有变。", "没有再做。", "不用再做什么。")
        if not why:
            changed = check_frozen(made, before.report).detail
            raise DeskError(
                f"{made.year}年的年报{before.on}已经冻结，现在不同的是：{changed}。",
                "没有再冻结。",
                "请写明为什么要再冻结一次（命令里用 --reason）；以前冻结的也留着。",
                code=REASON_WANTED,
            )


def _key(year: int, n: int) -> str:
    return f"{year}-{n}"


def _report_of(kept: Record) -> Report:
    try:
        return Report.model_validate(json.loads(kept.body))
    except ValidationError as error:
        raise DeskError(f"冻结的{kept.key}年年报已经损坏。", "", "请运行 deskapp check，用备份恢复。") from error
