"""The guide: questions, each path ending in one category or in a letter that must come first; and the walk read
backwards from a category."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import model_validator

from deskapp.law.categories import category
from deskapp.law.dated import Frozen, Sourced, load
from deskapp.law.errors import LawError


class Answer(Frozen):
    """One answer: it leads to another question (``to``), ends in a ``category``, or asks for a ``letter`` on the way before
    anything is decided. One of the three. ``facts`` of that letter are told by the answer already."""

    text: str
    to: str = ""
    category: str = ""
    letter: str = ""
    facts: dict[str, str] = {}

    @model_validator(mode="after")
    def _one_way(self) -> Answer:
        if sum(map(bool, (self.to, self.category, self.letter))) != 1:
            raise ValueError("每个回答只填一个：通向下一问（to）、得出答复类型（category）、先发一份文书（letter）")
        return self


class Question(Sourced):
    """One question in plain words with its article; ``name`` is its short one on the screen, ``noted`` what the file of a case and the
    journal call it (empty: the same)."""

    key: str
    name: str
    noted: str = ""
    text: str
    plain: str
    answer: tuple[Answer, ...]


class Step(Frozen):
    """One step of a walk: the question and the answer that was given."""

    question: Question
    answer: Answer


class Guide(Frozen):
    """The content of guide.toml."""

    first: str
    question: tuple[Question, ...]

    def find(self, key: str) -> Question:
        """The question with that key. Raises LawError for an unknown one."""
        for item in self.question:
            if item.key == key:
                return item
        raise LawError(f"向导里没有【{key}】这一问，请检查 guide.toml。")


def guide() -> Guide:
    """The shipped guide."""
    loaded: Guide = load(Guide, "guide.toml")
    return loaded


def walks() -> Iterator[tuple[Step, ...]]:
    """Every path from the first question to a category; those that stop for a letter first are left out. Raises LawError
    when a path goes round in a circle."""
    yield from _walks_from(guide().find(guide().first), ())


def _walks_from(question: Question, before: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    if question in [step.question for step in before]:
        raise LawError(f"向导在【{question.name}】这一问绕了圈，请检查 guide.toml。")
    for answer in question.answer:
        path = (*before, Step(question=question, answer=answer))
        if answer.category:
            category(answer.category)
            yield path
        elif answer.to:
            yield from _walks_from(guide().find(answer.to), path)


def walk_to(key: str) -> tuple[Step, ...]:
    """The answers that lead to a category, for somebody who picked it at once. Raises LawError when nothing does."""
    for path in walks():
        if path[-1].answer.category == key:
            return path
    raise LawError(f"向导走不到【{key}】这种答复类型，请检查 guide.toml。")
