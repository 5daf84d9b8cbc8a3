"""What was answered to the county about a case whose people are erased: it goes with the case, from every version, so that the next bundle
brings the county the answer without its words.

An answer is about a case when it or its task names the number, or when a version of it speaks of the people. It goes as a whole
(:meth:`deskapp.exchange.bundle.tasks.TaskAnswer.without_words`): a record can be emptied once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from deskapp.exchange.bundle.signing import SigningKey
from deskapp.exchange.bundle.tasks import Task, TaskAnswer
from deskapp.register.erasing_notes import Emptied, NoteVersion, note_versions
from deskapp.register.journal import Journal
from deskapp.register.numbers import serial_of
from deskapp.register.outgoing import ANSWER, IDENTITY, TASK
from deskapp.register.person_words import PersonWords


class AnswersOver:
    """The answers of one register."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def of_case(self, case_no: str, words: PersonWords) -> list[Emptied]:
        """Every version of the answers that are about a case, with what is left of it."""
        tasks = {kept.key: Task.model_validate_json(kept.body) for kept in self._journal.records.of_kind(TASK)}
        numbers = [case_no, *self._hidden(case_no)]
        found: list[Emptied] = []
        for key, versions in self._versions().items():
            said = [(note, _answer(note)) for note in versions]
            if any(_concerned(answer, numbers, tasks.get(key), words) for _, answer in said):
                found += [
                    Emptied(note, answer.without_words().model_dump(mode="json"))
                    for note, answer in said
                    if answer is not None and not answer.emptied
                ]
        return found

    def _versions(self) -> dict[str, list[NoteVersion]]:
        found: dict[str, list[NoteVersion]] = {}
        for version in note_versions(self._journal.store, (ANSWER,)):
            found.setdefault(version.key, []).append(version)
        return found

    def _hidden(self, case_no: str) -> Iterator[str]:
        """What the county calls a case whose number is not of the register's own form."""
        if not serial_of(case_no):
            for kept in self._journal.records.of_kind(IDENTITY):
                if kept.key == "key":
                    yield f"#{SigningKey.of_text(json.loads(kept.body)['secret']).name_of(case_no)}"


def _answer(note: NoteVersion) -> TaskAnswer | None:
    """The answer of a version; None for what is none."""
    try:
        return TaskAnswer.model_validate(note.body)
    except ValidationError:
        return None


def _concerned(answer: TaskAnswer | None, numbers: Sequence[str], task: Task | None, words: PersonWords) -> bool:
    if answer is None:
        return False
    return answer.speaks_of(numbers, task) or words.stand_in(" ".join([answer.text, *answer.found.values()]))
