"""The books beside the cases (来访登记, 收件登记, 满意度问卷, 练习题): what of them goes with a case, what goes because its own period is over.

Days, kinds, numbers of people, what came of it, marks and minutes stay, so that the figures of every year do; names, telephones, what was said in words and
the numbers of letters go, from every version of a record. A letter that is still to be registered keeps its sender.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from deskapp.errors import DeskError
from deskapp.law.case_file import note_kept_until, note_names
from deskapp.law.errors import LawError
from deskapp.register.erasing_notes import Emptied, NoteVersion, note_versions
from deskapp.register.facts import SIGN
from deskapp.register.journal import Journal
from deskapp.register.person_words import PersonWords

MAIL, LESSON = "mail", "own_lesson"
DAY = {MAIL: "signed_on"}  # the field with the day of a record; ``on`` of the others
GOES = {
    "visit": ("name", "phone", "topic", "why"),
    MAIL: ("number", "sender", "signed_by", "remark"),
    "slip": ("remark", "why"),
}  # what is emptied
MARKED = {MAIL: ("set_aside",), LESSON: ("case_no",)}  # what becomes a sign where something stands there


@dataclass(frozen=True)
class BookNote:
    """A record with all of its versions."""

    kind: str
    versions: tuple[NoteVersion, ...]

    @property
    def newest(self) -> dict[str, Any]:
        """What it says now."""
        return self.versions[-1].body

    @property
    def on(self) -> date | None:
        """The last day that any version of it names; None where none can be read."""
        days = (_day(version.body.get(DAY.get(self.kind, "on"))) for version in self.versions)
        return max((day for day in days if day), default=None)

    def says(self, words: PersonWords) -> bool:
        """Whether a version of it holds one of the words."""
        return any(words.stand_in(str(value)) for version in self.versions for value in version.body.values())

    def emptied(self) -> Iterator[Emptied]:
        """Its versions with what is left of them."""
        for version in self.versions:
            blank = {name: "" for name in GOES.get(self.kind, ()) if version.body.get(name)}
            signs = {name: SIGN for name in MARKED.get(self.kind, ()) if version.body.get(name)}
            yield Emptied(version, {**version.body, **blank, **signs})

    @property
    def holds_words(self) -> bool:
        """Whether there is anything to empty."""
        names = (*GOES.get(self.kind, ()), *MARKED.get(self.kind, ()))
        return any(str(version.body.get(name) or SIGN) != SIGN for version in self.versions for name in names)


class BookNotes:
    """The records of one register, as they stand on a day."""

    def __init__(self, journal: Journal, today: date) -> None:
        self._journal, self._today = journal, today

    def of_case(self, case_no: str) -> list[BookNote]:
        """The letters by which a case came, and the lesson that was made of it."""
        return [note for note in self._all((MAIL, LESSON)) if note.newest.get("case_no") == case_no]

    def over(self) -> list[BookNote]:
        """What may go because its own period is over."""
        return [note for note in self._all(tuple(note_names())) if note.holds_words and self._is_over(note)]

    def _is_over(self, note: BookNote) -> bool:
        if note.kind == MAIL and not self._is_done(note.newest):
            return False
        try:
            return note.on is not None and note_kept_until(note.kind, note.on) < self._today.year
        except LawError:  # of a day before there were rules nothing is taken away
            return False

    def _is_done(self, letter: dict[str, Any]) -> bool:
        """Whether a letter was put aside, or became a case whose people are erased."""
        if not letter.get("case_no"):
            return bool(letter.get("set_aside"))
        try:
            return self._journal.case_by_no(str(letter["case_no"])).erased is not None
        except DeskError:
            return True

    def _all(self, kinds: tuple[str, ...]) -> list[BookNote]:
        found: dict[tuple[str, str], list[NoteVersion]] = {}
        for version in note_versions(self._journal.store, kinds):
            found.setdefault((version.kind, version.key), []).append(version)
        return [BookNote(kind, tuple(versions)) for (kind, _), versions in found.items()]


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
