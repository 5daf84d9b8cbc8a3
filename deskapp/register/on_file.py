"""The papers on file of a whole register: what its journal says lies beside it."""

from __future__ import annotations

from dataclasses import dataclass

from deskapp.register import events as ev
from deskapp.register.events import EVENT
from deskapp.register.store import Store

_ACTS = """
SELECT e.case_id, c.case_no, e.act, e.body FROM events e JOIN cases c ON c.case_id = e.case_id
WHERE e.act IN ('attached', 'detached') ORDER BY e.seq
"""


@dataclass(frozen=True)
class OnFile:
    """A paper on file, and the case that it lies to."""

    case_id: str
    case_no: str
    paper: ev.Attached

    @property
    def file(self) -> str:
        """The name of its file: the hash and what kind it is; empty for one on paper only."""
        return self.paper.sha256 + self.paper.ending if self.paper.sha256 else ""


def papers_on_file(store: Store) -> list[OnFile]:
    """Every paper that was laid to a case and not taken off again, in the order they came."""
    found: dict[str, OnFile] = {}
    for row in store.each(_ACTS):
        event = EVENT.validate_json(row["body"])
        if isinstance(event, ev.Attached):
            found[event.paper_id] = OnFile(row["case_id"], row["case_no"], event)
        elif isinstance(event, ev.Detached):
            found.pop(event.paper_id, None)
    return list(found.values())


def files_on_file(store: Store) -> dict[str, str]:
    """The names of all their files, each once, with the number of the first case that it lies to."""
    found: dict[str, str] = {}
    for item in papers_on_file(store):
        if item.file:
            found.setdefault(item.file, item.case_no)
    return found
