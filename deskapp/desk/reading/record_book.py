"""Notes of one kind that the reading point writes down: visits, questions, slips. The newest of a key counts; the earlier ones
stay in the file, sealed."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from deskapp.clock import Clock
from deskapp.errors import DeskError
from deskapp.register.ids import new_id
from deskapp.register.journal import Journal


class BookRecord(BaseModel):
    """What is written down; one that is ``gone`` was taken back."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    on: str
    gone: bool = False


N = TypeVar("N", bound=BookRecord)


class RecordBook(Generic[N]):
    """All notes of a kind."""

    def __init__(self, journal: Journal, clock: Clock, kind: str, model: type[N]) -> None:
        self._journal, self._clock, self._kind, self._model = journal, clock, kind, model

    def all(self, year: int | None = None) -> dict[str, N]:
        """The notes by key, in the order they were first written down; those of a year, if one is given. What cannot be read
        is left out; the doctor names it."""
        found = {}
        for row in self._journal.records.of_kind(self._kind):
            try:
                note = self._model.model_validate_json(row.body)
            except ValidationError:
                continue
            if not note.gone and (year is None or note.on.startswith(f"{year:04d}-")):
                found[row.key] = note
        return found

    def get(self, key: str) -> N:
        """One note. Raises DeskError when it is not there."""
        found = self.all().get(key)
        if found is None:
            raise DeskError("这一条不在了，可能在另一个窗口里删去了。", "", "请回到上一屏看一看。")
        return found

    def put(self, note: N, key: str = "") -> str:
        """Write a note down, or another version of one; its key."""
        key = key or new_id(self._clock.now())
        self._journal.records.save_record(self._kind, key, note.model_dump_json())
        return key

    def take_back(self, key: str) -> None:
        """A note that was a mistake no longer counts; what it said stays in the file."""
        self.put(self.get(key).model_copy(update={"gone": True}), key)
