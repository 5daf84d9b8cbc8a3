"""What people wrote beside the cases of a point: answers to tasks, tasks, its own applications, names of files, reasons of decisions.

When the people of a case are erased, words go too that are about it: by its number, by the task that they answer, or because the people
stand in them as far as the county ever knew them. And what the point itself took out of an answer is taken out of every earlier copy of
it: the point knows its people better than the county does. An answer that was given after the erasing stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from deskapp.county.database import Database
from deskapp.exchange.bundle.packing import Line
from deskapp.exchange.bundle.tasks import TASK_NAMES, Task, TaskAnswer, names
from deskapp.register.facts import SIGN
from deskapp.register.person_words import PersonWords

ANSWER, TRIAL = "answer", "trial"  # the kind of standings, and of tasks that are the county's own
FREE = TypeAdapter(dict[str, Any])
NOBODY = PersonWords(())


@dataclass(frozen=True)
class Silenced:
    """What may not be said any more: answers by the task that they are to, up to the day of the answer; cases by their number, up to the
    day of the erasing, with the number under which each is known now; the words of people."""

    answers: Mapping[str, date] = field(default_factory=dict)
    cases: Mapping[str, date] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    people: PersonWords = NOBODY
    tasks: Mapping[str, Task] = field(default_factory=dict)

    @property
    def anything(self) -> bool:
        """Whether there is anything to be silent about."""
        return bool(self.answers or self.cases or self.people.words)

    def left(self, body: Mapping[str, Any]) -> dict[str, Any] | None:
        """What is left of an answer; None where it stays as it is."""
        try:
            said = TaskAnswer.model_validate(body)
        except ValidationError:  # of a later program, which will look at it again
            return None
        if said.emptied or not self._covers(said):
            return None
        left = said.without_words()
        found = {self.renamed.get(number, number): words for number, words in left.found.items()}
        return left.model_copy(update={"found": found}).model_dump(mode="json")

    def _covers(self, said: TaskAnswer) -> bool:
        until = self.answers.get(said.task)
        if until is not None and said.on <= until:
            return True
        numbers = [number for number, on in self.cases.items() if said.on <= on]
        texts = " ".join([said.text, *said.found.values()])
        return said.speaks_of(numbers, self.tasks.get(said.task)) or self.people.stand_in(texts)


class FreeWords:
    """The free words that the county keeps of one point; inside the transaction that takes a bundle of it."""

    def __init__(self, db: Database, point: str) -> None:
        self._db, self._point = db, point

    def silence(self, standings: Sequence[Line], people: PersonWords, renamed: Mapping[str, str]) -> Silenced:
        """What has to be silent, with the answers that came in these lines; ``people`` and ``renamed`` are the words and the former numbers
        of cases that are being erased."""
        coming = [body for body in (_answer_in(line) for line in standings) if body is not None]
        kept = [FREE.validate_json(row[0]) for row in self._rows()]
        if not (coming or kept or people.words or renamed):
            return Silenced()
        cases = self._cases()
        cases |= {old: cases[new] for old, new in renamed.items() if new in cases}
        tasks = {task.id: task for _, task in self._tasks()}
        known = Silenced(cases=cases, renamed=renamed, people=people, tasks=tasks)
        emptied: dict[str, date] = {}
        for body in [*kept, *coming]:
            if (on := _emptied_on(known.left(body) or body)) is not None:
                emptied[body["task"]] = max(on, emptied.get(body["task"], on))
        return Silenced(emptied, cases, renamed, people, tasks)

    def emptied(self) -> set[str]:
        """The tasks whose answers say nothing any more."""
        return {key for body, key in self._rows() if _emptied_on(FREE.validate_json(body)) is not None}

    def write(self, silence: Silenced) -> int:
        """Put it into what the database holds; how many rows are other than before."""
        changed = []
        for body, key in self._rows():
            if (left := silence.left(FREE.validate_json(body))) is not None:
                changed.append((stored(left), self._point, ANSWER, key))
        self._db.run_each(
            "UPDATE standings SET body = %s WHERE point = %s AND kind = %s AND standing_key = %s", changed
        )
        return len(changed) + self._write_tasks(silence) + self._write_names(silence)

    def _write_tasks(self, silence: Silenced) -> int:
        """The county's own words: a task that speaks of the people says nothing any more, one about the cases names them as they are
        called now; an application of its own that became such a case does not say what was asked."""
        changed = []
        for kind, task in self._tasks():
            said = {"text": SIGN} if silence.people.stand_in(task.text) else {}
            cases = tuple(silence.renamed.get(number, number) for number in task.cases)
            left = task.model_copy(update={**said, "cases": cases})
            if left != task:
                changed.append((left.model_dump_json(), kind, task.id))
        for key, kind, body in self._trials():
            mine = body["case_no"] in silence.cases or silence.people.stand_in(body["asked"])
            number = silence.renamed.get(body["case_no"], body["case_no"])
            left_of_it = {**body, "case_no": number, "asked": SIGN if mine else body["asked"]}
            if left_of_it != body:
                changed.append((stored(left_of_it), kind, key))
        rows = self._db.rows("SELECT task, body FROM tasks WHERE point = %s AND kind = 'withdrawn'", [self._point])
        for key, body in rows:
            taken_back = FREE.validate_json(body)
            speaks = silence.people.stand_in(body) or any(names(body, number) for number in silence.cases)
            if speaks and taken_back["said"] is not None:
                changed.append((stored({**taken_back, "said": None, "why": SIGN}), "withdrawn", key))
        self._db.run_each("UPDATE tasks SET body = %s WHERE kind = %s AND task = %s", changed)
        return len(changed)

    def _write_names(self, silence: Silenced) -> int:
        """The names of files that speak of the people."""
        if not silence.people.words:
            return 0
        rows = self._db.rows("SELECT digest, file_name FROM bundles WHERE point = %s", [self._point])
        changed = [(SIGN, digest) for digest, name in rows if silence.people.stand_in(name or "")]
        self._db.run_each("UPDATE bundles SET file_name = %s WHERE digest = %s", changed)
        return len(changed)

    def decisions(self, people: PersonWords) -> dict[int, dict[str, str]]:
        """The reasons of decisions about the point in which the people stand, taken out of what the database holds; by number, what is to
        change in the files of those decisions."""
        if not people.words:
            return {}
        rows = self._db.rows("SELECT decision, why FROM decisions WHERE point = %s", [self._point])
        changed = [number for number, why in rows if people.stand_in(why or "")]
        self._db.run_each("UPDATE decisions SET why = %s WHERE decision = %s", [(SIGN, number) for number in changed])
        return {number: {"why": SIGN} for number in changed}

    def _rows(self) -> list[tuple[Any, ...]]:
        return self._db.rows(
            "SELECT body, standing_key FROM standings WHERE point = %s AND kind = %s", [self._point, ANSWER]
        )

    def _tasks(self) -> list[tuple[str, Task]]:
        rows = self._db.rows(
            "SELECT kind, body FROM tasks WHERE point = %s AND kind = ANY(%s)", [self._point, list(TASK_NAMES)]
        )
        return [(kind, Task.model_validate_json(body)) for kind, body in rows]

    def _trials(self) -> list[tuple[str, str, dict[str, Any]]]:
        rows = self._db.rows(
            "SELECT task, kind, body FROM tasks WHERE point = %s AND kind = %s", [self._point, TRIAL]
        )
        return [(key, kind, FREE.validate_json(body)) for key, kind, body in rows]

    def _cases(self) -> dict[str, date]:
        """The numbers of the cases of the point that were erased, each with the day of the last erasing."""
        rows = self._db.rows(
            "SELECT case_no, body FROM events JOIN cases ON cases.point = events.point AND cases.case_id = events.case_id"
            " WHERE events.point = %s AND act = 'erased' ORDER BY n",
            [self._point],
        )
        return {number: date.fromisoformat(FREE.validate_json(body)["on"]) for number, body in rows}


def without_what_is_silent(silence: Silenced, lines: Iterable[Line]) -> tuple[list[Line], list[str]]:
    """The lines of a bundle, the answers among them without what is silent; the tasks whose answers are other than they came."""
    found: list[Line] = []
    tasks: list[str] = []
    for line in lines:
        body = _answer_in(line)
        left = silence.left(body) if body is not None else None
        found.append([*line[:3], left] if left is not None else line)
        tasks += [left["task"]] if left is not None else []
    return found, tasks


def stored(body: Mapping[str, Any]) -> str:
    """A document as it lies in the database: as a bundle would have brought it, so that the database is the same when it is made anew."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True)


def _answer_in(line: Line) -> dict[str, Any] | None:
    """The answer in a line of a bundle; None for any other line."""
    return dict(line[3]) if line[0] == "standing" and line[1] == ANSWER and isinstance(line[3], dict) else None


def _emptied_on(body: Mapping[str, Any]) -> date | None:
    """The day of an answer that says nothing any more; None for any other."""
    try:
        said = TaskAnswer.model_validate(body)
    except ValidationError:
        return None
    return said.on if said.emptied else None
