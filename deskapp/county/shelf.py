"""What the county wrote itself, beside its bundles: tasks and applications of its own, a file each, so that a lost database loses none of them.

The row in the database is what counts; its file is written in the same transaction and says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from deskapp.county.database import Database
from deskapp.county.home import CountyHome

TASK_COLUMNS = ("task", "point", "kind", "given_on", "until_on", "body")
_SELECT = f"SELECT {', '.join(TASK_COLUMNS)} FROM tasks"
TaskRow = tuple[Any, ...]


class TaskShelf:
    """The table of tasks and the files beside it."""

    def __init__(self, db: Database, home: CountyHome) -> None:
        self._db, self._home = db, home

    def put(self, rows: Sequence[TaskRow]) -> None:
        """Keep these, in the place of those of the same identities. Raises DeskError."""
        with self._db.transaction():
            self._db.run("DELETE FROM tasks WHERE task = ANY(%s)", [[row[0] for row in rows]])
            self._db.fill("tasks", TASK_COLUMNS, rows)
            for row in rows:
                self._write(row)

    def mirror(self, point: str = "") -> None:
        """Write the files of all, or of those of a point, as the rows are now. Raises DeskError."""
        of_point = " WHERE point = %s" if point else ""
        for row in self._db.rows(f"{_SELECT}{of_point}", [point] if point else []):
            self._write(row)

    def restore(self, source: CountyHome) -> int:
        """Bring back what a county's folder has and the database has not; how many. Inside a transaction. Raises DeskError."""
        known = {row[0] for row in self._db.rows("SELECT task FROM tasks")}
        days = ("given_on", "until_on")
        lost = [
            tuple(date.fromisoformat(doc[name]) if name in days else doc[name] for name in TASK_COLUMNS)
            for doc in source.tasks(TASK_COLUMNS)
            if doc["task"] not in known
        ]
        self._db.fill("tasks", TASK_COLUMNS, lost)
        return len(lost)

    def _write(self, row: TaskRow) -> None:
        self._home.keep_task(row[0], {name: str(value) for name, value in zip(TASK_COLUMNS, row, strict=True)})
