"""Notes of one kind that the reading point writes down: visits, questions, slips. The newest of a key counts; the earlier ones
stay in the file, sealed, and can be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from deskapp.clock import Clock
from deskapp.errors import DeskError
from deskapp.parsing import one_line
from deskapp.register.ids import new_id
from deskapp.register.register import Register

LONGEST_WHY = 100  # characters
GONE_AWAY = "这一条不在了，可能在另一个窗口里撤回了。"


class BookRecord(BaseModel):
    """What is written down; one that is ``gone`` was taken back. ``why`` is the reason why this version stands in place of the one
    before it; empty for the first. ``noted_by`` is who wrote down this version."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    on: str
    gone: bool = False
    why: str = ""
    noted_by: str = ""


N = TypeVar("N", bound=BookRecord)


@dataclass(frozen=True)
class Version(Generic[N]):
    """One wording of a note: the moment it was written down, what it said."""

    at: str
    note: N


@dataclass(frozen=True)
class BookEntry:
    """A note in a list: its key, its day, what it says; how often it was put right, why last, whether it was taken back."""

    key: str
    on: date
    text: str
    changes: int = 0
    why: str = ""
    gone: bool = False

    @property
    def remark(self) -> str:
        """What became of it, in words; empty for one that stands as it was first written."""
        if self.gone:
            return f"已撤回：{self.why}"
        return f"改过{self.changes}次：{self.why}" if self.changes else ""


class RecordBook(Generic[N]):
    """All notes of a kind; ``by`` where somebody else writes them down than who sits at the desk."""

    def __init__(self, register: Register, clock: Clock, kind: str, model: type[N], by: str = "") -> None:
        self._register, self._clock, self._kind, self._model, self._by = register, clock, kind, model, by

    def _each(self) -> Iterator[tuple[str, int, N]]:
        """The newest version of every note that can be read, with the number of its versions."""
        for row in self._register.records.of_kind(self._kind):
            try:
                yield row.key, row.versions, self._model.model_validate_json(row.body)
            except ValidationError:
                continue

    def all(self, year: int | None = None) -> dict[str, N]:
        """The notes by key, in the order they were first written down; those of a year, if one is given. What cannot be read
        is left out; the doctor names it."""
        return {
            key: note
            for key, _, note in self._each()
            if not note.gone and (year is None or note.on.startswith(f"{year:04d}-"))
        }

    def entries(self, first: date, last: date, told: Callable[[N], str]) -> list[BookEntry]:
        """The notes of a span, those that were taken back among them, the newest day first; ``told`` says what one says."""
        found = [
            BookEntry(key, date.fromisoformat(note.on), told(note), versions - 1, note.why, note.gone)
            for key, versions, note in self._each()
            if first.isoformat() <= note.on <= last.isoformat()
        ]
        return sorted(found, key=lambda entry: entry.on)[::-1]

    def taken_back(self) -> dict[str, N]:
        """The notes that no longer count, by key."""
        return {key: note for key, _, note in self._each() if note.gone}

    def get(self, key: str) -> N:
        """One note. Raises DeskError when it is not there."""
        found = self.all().get(key)
        if found is None:
            raise DeskError(GONE_AWAY, "", "请回到上一屏看一看。")
        return found

    def versions(self, key: str) -> list[Version[N]]:
        """All wordings of a note, the first first."""
        rows = self._register.records.versions_of(self._kind, key)
        return [Version(row.at, self._model.model_validate_json(row.body)) for row in rows]

    def put(self, note: N, key: str = "") -> str:
        """Write a note down, or another version of one; its key."""
        key = key or new_id(self._clock.now())
        signed = note.model_copy(update={"noted_by": self._by or self._register.by()})
        self._register.records.save_record(self._kind, key, signed.model_dump_json())
        return key

    def take_back(self, key: str, why: str) -> None:
        """A note that was a mistake no longer counts; what it said stays in the file. Raises DeskError without a reason."""
        self.put(self.get(key).model_copy(update={"gone": True, "why": reason(why)}), key)

    def put_back(self, key: str, why: str) -> None:
        """A note that was taken back counts again. Raises DeskError without a reason."""
        note = self.taken_back().get(key)
        if note is None:
            raise DeskError("这一条没有撤回。", "没有记下。", "请回到上一屏看一看。")
        self.put(note.model_copy(update={"gone": False, "why": reason(why)}), key)


def reason(why: str) -> str:
    """A reason as it was typed. Raises DeskError for none, or too long a one."""
    text = one_line(why)
    if not text:
        raise DeskError("没有写原因。", "没有记下。", "请写几个字，例如 人数记错。", "why")
    if len(text) > LONGEST_WHY:
        raise DeskError(f"原因太长，最多{LONGEST_WHY}个字。", "没有记下。", "请写短一些。", "why")
    return text


class Correctable(Generic[N]):
    """A moment whose notes can be put right and taken back wherever they stand; ``_told`` says in a line what a note says."""

    _book: RecordBook[N]
    TAKING_BACK = "撤回"  # what it is called at the counter
    MEANS = ("这一条不再算数，一年的数字里减去它；原来记的留着。", "这一条又算数，一年的数字里加上它。")
    """What taking one back does, and what putting it back does."""

    def _told(self, note: N) -> str:
        raise NotImplementedError

    def entries(self, first: date, last: date) -> list[BookEntry]:
        """The notes of a span, the newest day first; those that were taken back say so."""
        return self._book.entries(first, last, self._told)

    def history(self, key: str) -> list[str]:
        """What a note said in each of its versions, and why it was changed, the first first."""
        lines = []
        for version in self._book.versions(key):
            note = version.note
            said = self.TAKING_BACK if note.gone else f"{note.on}　{self._told(note)}"
            lines.append(f"{version.at[:16].replace('T', ' ')}　{said}" + (f"（{note.why}）" if note.why else ""))
        return lines

    def take_back(self, key: str, why: str) -> None:
        """One that was noted by mistake no longer counts. Raises DeskError when it is not there, or without a reason."""
        self._book.take_back(key, why)

    def put_back(self, key: str, why: str) -> None:
        """One that was taken back counts again. Raises DeskError when it was not, or without a reason."""
        self._book.put_back(key, why)
