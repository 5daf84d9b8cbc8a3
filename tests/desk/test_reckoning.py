"""计算期限: the last day of an application that is in no register."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.desk import Desk
from deskapp.desk.cases.reckoning import ReckonDraft
from deskapp.errors import DeskError


@pytest.mark.parametrize(
    ("typed", "status", "due"),
    [
        ({"received_on": "2026-11-20"}, "办理中", date(2026, 12, 18)),
        ({"received_on": "11-20"}, "办理中", date(2026, 12, 18)),
        ({"received_on": "2026-11-20", "extended_on": "2026-12-01"}, "办理中", date(2027, 1, 18)),
        ({"received_on": "2026-11-02", "asked_on": "2026-11-05"}, "等待补正", None),
        ({"received_on": "2026-11-02", "asked_on": "2026-11-05", "corrected_on": "2026-11-12"}, "办理中", date(2026, 12, 10)),
    ],
)  # fmt: skip
def test_the_last_day_follows_from_the_days(desk: Desk, typed: dict[str, str], status: str, due: date | None) -> None:
    found = desk.reckoning.of(ReckonDraft(**typed))
    assert found.deadline.due_on == due
    assert found.lines[0] == f"状态：{status}"
    assert (f"最后一日：{due}" in found.lines) == (due is not None)
    assert found.wall.on(found.deadline.received_on).word == "收"
    if due:
        assert found.wall.on(due).word == "末"


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({}, "received_on", "没有填收到日期"),
        ({"received_on": "昨天早上"}, "received_on", "不是日期"),
        ({"received_on": "2026-11-20", "corrected_on": "2026-11-25"}, "asked_on", "没有填发出补正告知的日期"),
        ({"received_on": "2026-11-20", "asked_on": "2026-11-19"}, "asked_on", "早于收到日期"),
        (
            {"received_on": "2026-11-20", "asked_on": "2026-11-25", "corrected_on": "2026-11-24"},
            "corrected_on",
            "早于",
        ),
        ({"received_on": "2026-11-20", "extended_on": "2026-11-19"}, "extended_on", "早于收到日期"),
    ],
)
def test_days_that_cannot_follow_each_other_are_named(
    desk: Desk, typed: dict[str, str], field: str, said: str
) -> None:
    with pytest.raises(DeskError, match=said) as refused:
        desk.reckoning.of(ReckonDraft(**typed))
    assert refused.value.field == field


def test_nothing_is_noted(desk: Desk) -> None:
    before = desk.upkeep.seal()
    desk.reckoning.of(ReckonDraft(received_on="2026-11-20"))
    assert desk.upkeep.seal() == before
