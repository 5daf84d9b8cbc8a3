"""What the county wrote itself, beside its bundles: tasks and applications of its own, a file each, so that a lost database loses none of them.

The row in the database is what counts; its file is written in the same transaction and says the same.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from deskapp.county.database import Database
from deskapp.county.home import CountyHome
from deskapp.errors import DeskError
from deskapp.parsing import one_line

TASK_COLUMNS = ("task", "point", "kind", "given_on", "until_on", "body")
WITHDRAWN = "withdrawn"  # the kind of what was taken back
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

    def withdraw(self, task: str, kinds: Sequence[str], why: str, today: date) -> None:
        """Take back one of these kinds that was wrong: it is kept with the reason, and counts nowhere. Raises DeskError without a reason, or
        for one that is not there."""
        reason = one_line(why)
        if not reason:
            raise DeskError("没有写为什么。", "没有改。", "请写明哪里记错了。", code="why")
        row = self._db.row(f"{_SELECT} WHERE task = %s AND kind = ANY(%s)", [task, list(kinds)])
        if row is None:
            raise DeskError("没有这一件。", "没有改。", "请照列出的号写。", code="no_task")
        body = {"was": row[2], "said": json.loads(row[5]), "why": reason, "on": today.isoformat()}
        self.put([(row[0], row[1], WITHDRAWN, row[3], row[4], json.dumps(body, ensure_ascii=False, sort_keys=True))])

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
