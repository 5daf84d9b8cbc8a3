"""What follows an answer: whether what was released is fit for everybody (条例 17, 44), and how it went with the applicant (随访).

Nobody can be made to do either, so it is asked where somebody stands before it, and counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deskapp.clock import Clock
from deskapp.desk.cases.after_prompts import ASKED, JUDGED
from deskapp.law.categories import category
from deskapp.register import events as ev
from deskapp.register.case import Case, counting
from deskapp.register.journal import Journal


@dataclass(frozen=True)
class Afterwards:
    """How often in a span of time: releases judged, those fit for everybody, applicants asked, those content and those not."""

    judged: int = 0
    fit: int = 0
    asked: int = 0
    content: int = 0
    discontent: int = 0


NOTHING = Afterwards()


def to_judge(case: Case) -> bool:
    """Whether a case released something that nobody has judged yet."""
    return bool(case.category) and category(case.category).releases and case.publication is None


def reminder(case: Case) -> str:
    """What is still to be thought of once the file of a case is put away; empty for nothing."""
    asked = any(isinstance(event, ev.FollowedUp) for event in case.told)
    parts = ["宜不宜转主动公开还没有判断，按 F6 记【判断转主动公开】"] if to_judge(case) else []
    parts += [] if asked or not case.served else ["可以随访：收到没有、满意不满意，按 F6 记【随访】"]
    return "；".join(parts)


class AfterAnswers:
    """The moment after an answer."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock

    def between(self, first: date, last: date) -> Afterwards:
        """What was judged and asked from a day to another."""
        found = [
            event
            for case_id in self._journal.queries.with_acts(JUDGED, ASKED)
            for _, event in counting(self._journal.history(case_id))
            if first <= event.on <= last
        ]
        judged = [event.fit for event in found if isinstance(event, ev.PublicationJudged)]
        asked = [event.satisfied for event in found if isinstance(event, ev.FollowedUp)]
        return Afterwards(len(judged), sum(judged), len(asked), asked.count(True), asked.count(False))
