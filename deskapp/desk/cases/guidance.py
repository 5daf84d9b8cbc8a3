"""Guidance: the questions, what they lead to, and the answers kept as the reasons of a letter."""

from __future__ import annotations

from collections.abc import Sequence

from deskapp.clock import Clock
from deskapp.desk.cases.plans import KEPT, Plan, kept_plan, said, told
from deskapp.errors import DeskError
from deskapp.law.categories import outcome
from deskapp.law.errors import LawError
from deskapp.law.guide import Answer, Question, Step, guide, walk_to
from deskapp.law.periods import spelled
from deskapp.register.journal import Journal

PICKED = "经办人直接选定这一种，没有逐问回答"


class Guidance:
    """The moment somebody decides how to answer."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock

    def first(self) -> Question:
        """The first question."""
        return self.question(guide().first)

    def question(self, key: str) -> Question:
        """A question by its key. Raises DeskError for an unknown one."""
        try:
            found = guide().find(key)
        except LawError as error:
            raise DeskError.of(error) from error
        return found.model_copy(update={"plain": spelled(found.plain, self._clock.today())})

    def ahead(self, question: Question) -> list[Question]:
        """The questions that may still be asked after this one, in the order of the guide."""
        found: set[str] = set()
        waiting = [question]
        while waiting:
            keys = {answer.to for answer in waiting.pop().answer if answer.to} - found
            found |= keys
            waiting += [guide().find(key) for key in keys]
        return [one for one in guide().question if one.key in found]

    @staticmethod
    def step(question: Question, answer: Answer) -> Step:
        """A question with the answer that was given."""
        return Step(question=question, answer=answer)

    def implied(self, kind: str) -> tuple[Step, ...]:
        """The answers that a kind of letter implies, for somebody who picked it at once; none for letters on the way."""
        try:
            return walk_to(kind) if outcome(kind) else ()
        except LawError:
            return ()

    def keep(self, case_id: str, kind: str, steps: Sequence[Step]) -> None:
        """Keep where the guide ended for a case."""
        self._journal.records.save_draft(KEPT + case_id, {"kind": kind, "why": said(steps), "facts": told(steps)})

    def pick(self, case_id: str, kind: str) -> None:
        """Keep the kind that somebody picked by its name: nobody was asked, and the file says so."""
        implied = said(self.implied(kind))
        picked = f"{PICKED}，相当于：{implied}" if implied else PICKED
        why = picked if outcome(kind) else ""  # a letter on the way needs no reasons
        self._journal.records.save_draft(KEPT + case_id, {"kind": kind, "why": why, "facts": {}})

    def plan(self, case_id: str) -> Plan:
        """Where the guide ended for a case."""
        return kept_plan(self._journal, case_id)
