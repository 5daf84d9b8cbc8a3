"""The files of a year that were put away, in the order in which they were, each with the number (档号) that was kept with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from deskapp.register.events import EVENT, Archived
from deskapp.register.store import Store

_PUT_AWAY = """
SELECT c.case_id, e.body,
       EXISTS (SELECT 1 FROM events d WHERE d.case_id = e.case_id AND d.act = 'disputed' AND d.seq < e.seq) AS disputed
FROM cases c CROSS JOIN events e ON e.case_id = c.case_id
WHERE c.void = 0 AND c.closed_on BETWEEN ? AND ? AND e.act = 'archived' ORDER BY e.seq
"""
_WITH_NUMBER = """
SELECT c.case_no FROM events e JOIN cases c ON c.case_id = e.case_id
WHERE e.act = 'archived' AND e.case_id <> ? AND json_extract(e.body, '$.archive_no') = ?
"""


@dataclass(frozen=True)
class PutAway:
    """A file as it was put away once: on which day, under which number, empty where none was kept; ``disputed``: before that day it had
    been taken to a review or a court, by which its period went."""

    case_id: str
    on: date
    number: str
    disputed: bool


def files_put_away(store: Store, year: int) -> Iterator[PutAway]:
    """Those of the cases that were closed first in a year, also of a case that was opened again since: its number is not given anew."""
    for row in store.query(_PUT_AWAY, [f"{year}-01-01", f"{year}-12-31"]):
        event = EVENT.validate_json(row["body"])
        if isinstance(event, Archived):
            yield PutAway(row["case_id"], event.on, event.archive_no, bool(row["disputed"]))


def case_with_file_number(store: Store, number: str, but: str) -> str:
    """The number of another case than ``but`` with whose file that number was kept; empty for none."""
    return str(store.value(_WITH_NUMBER, [but, number]) or "")
