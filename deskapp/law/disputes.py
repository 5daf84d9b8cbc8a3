"""A 行政复议 or 行政诉讼: the office's own last day, when its answer must be handed in, and how it can end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from deskapp.law.annual_report import Outcome, Route
from deskapp.law.dated import Frozen, Sourced, load
from deskapp.law.periods import Period, PeriodKey, period
from deskapp.law.workdays import Calendar

Ordered = Literal["annulled", "illegal", "void", "to_act"]
"""What an order to answer anew says of the first answer."""
_KEYS: dict[Route, PeriodKey] = {
    "review": "review_answer",
    "suit_direct": "suit_answer",
    "suit_after_review": "suit_answer",
}


class Result(Sourced):
    """One way a matter can end: its name, the column of table four that counts it, the routes on which there is such a thing,
    whether a new answer is due (``redo``), and what an ``order`` to answer anew that comes with it says of the first answer, empty where none
    can come, whether the answer still ``stands`` afterwards."""

    key: str
    name: str
    outcome: Outcome
    routes: tuple[str, ...]
    redo: bool = False
    order: Ordered | Literal[""] = ""
    stands: bool = True

    def on(self, route: Route) -> bool:
        """Whether a matter of that route can end so."""
        return route.split("_")[0] in self.routes


class DisputeFile(Frozen):
    """The content of disputes.toml."""

    result: tuple[Result, ...]


def results() -> dict[str, Result]:
    """Every way a matter can end, by its key."""
    found: tuple[Result, ...] = load(DisputeFile, "disputes.toml").result
    return {item.key: item for item in found}


def may_order(result: str) -> bool:
    """Whether an order to answer anew can come with a matter that ended so; also where it is not known how it ended."""
    found = results().get(result)
    return found is None or bool(found.order)


def said_of_answer(result: str) -> Ordered:
    """What such an order says of the first answer; that it is set aside where it is not known how the matter ended."""
    found = results().get(result)
    return (found.order if found else "") or "annulled"


def leaves_standing(result: str) -> bool:
    """Whether an answer still is one after a matter that ended so; also where it is not known how it ended."""
    found = results().get(result)
    return found is None or found.stands


def orders_anew(result: str) -> bool:
    """Whether a matter that ended so leaves a new answer due; an unknown or empty one does not."""
    found = results().get(result)
    return found is not None and found.redo


class AnswerDue(Frozen):
    """The last day for the answer, and the period that gives it; ``simple_on`` is the earlier day of a review by 简易程序
    (行政复议法 53, 54), which is usual for disclosure."""

    due_on: date
    period: Period
    simple_on: date | None = None


def answer_due(route: Route, received_on: date, calendar: Calendar) -> AnswerDue:
    """The last day to answer a matter whose copy came in on ``received_on``; that day is not counted.

    A suit that goes to the second instance is answered in the same period (民事诉讼法第一百七十四条 by analogy; not read).
    A period of calendar days that ends on a day of rest ends on the next working day (民事诉讼法第八十五条). Raises
    LawError for a day before 2008-05-01.
    """
    found = period(_KEYS[route], received_on)
    if found.unit == "working_days":
        simple = calendar.nth_after(received_on, period("review_answer_simple", received_on).value)
        return AnswerDue(due_on=calendar.nth_after(received_on, found.value), period=found, simple_on=simple)
    return AnswerDue(due_on=calendar.next_working(received_on + timedelta(days=found.value)), period=found)
