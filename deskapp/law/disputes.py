"""The office's own last day in a 行政复议 or 行政诉讼: when its answer must be handed in."""

from __future__ import annotations

from datetime import date, timedelta

from deskapp.law.annual_report import Route
from deskapp.law.dated import Frozen
from deskapp.law.periods import Period, PeriodKey, period
from deskapp.law.workdays import Calendar

_KEYS: dict[Route, PeriodKey] = {
    "review": "review_answer",
    "suit_direct": "suit_answer",
    "suit_after_review": "suit_answer",
}


class AnswerDue(Frozen):
    """The last day for the answer, and the period that gives it; ``simple_on`` is the earlier day of a review by 简易程序
    (行政复议法 53, 54), which is usual for disclosure."""

    due_on: date
    period: Period
    simple_on: date | None = None


def answer_due(route: Route, received_on: date, calendar: Calendar) -> AnswerDue:
    """The last day to answer a matter whose copy came in on ``received_on``; that day is not counted.

    A period of calendar days that ends on a day of rest ends on the next working day (民事诉讼法第八十五条). Raises
    LawError for a day before 2008-05-01.
    """
    found = period(_KEYS[route], received_on)
    if found.unit == "working_days":
        simple = calendar.nth_after(received_on, period("review_answer_simple", received_on).value)
        return AnswerDue(due_on=calendar.nth_after(received_on, found.value), period=found, simple_on=simple)
    return AnswerDue(due_on=calendar.next_working(received_on + timedelta(days=found.value)), period=found)
