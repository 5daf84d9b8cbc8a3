"""What was noted on one day, whatever day it counts for: the entries of the journal and the records beside it, with who noted them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from deskapp.register.acts import describe, name_of
from deskapp.register.made_by import made, stretches
from deskapp.register.projection import read_event
from deskapp.register.store import Store

TOLD: dict[str, tuple[str, tuple[str, ...]]] = {  # records people write, and the fields that say what one is about
    "mail": ("收件登记", ("number", "sender", "set_aside")),
    "visit": ("阅览点来访", ("topic", "outcome")),
    "copy": ("查阅打印", ("name",)),
    "question": ("常见问题", ("question",)),
    "slip": ("满意度问卷", ("remark",)),
    "point_log": ("工作记事", ("title",)),
    "material": ("核对材料", ("remark",)),
    "released": ("转主动公开", ()),
    "catalogue_change": ("公开目录改动", ("down_why", "shelf")),
    "catalogue": ("公开目录导入", ("file",)),
    "passed_in": ("收进移交来的", ("office", "number")),
    "staff": ("人员", ("called", "post")),
}


@dataclass(frozen=True, slots=True)
class Noted:
    """One thing that was noted: the moment, by whom (empty where that was not kept), of which case, what it is, its particulars, and the
    version of the program that made the entry (empty for a record, which has none)."""

    at: str
    by: str
    case_no: str
    what: str
    detail: str
    version: str = ""

    @property
    def time(self) -> str:
        """Hour and minute."""
        return self.at[11:16]


def noted_on(store: Store, day: date) -> list[Noted]:
    """Everything that was noted on a day, in its order. Raises DeskError for an entry that is damaged."""
    span = [day.isoformat(), (day + timedelta(days=1)).isoformat()]
    return sorted((*_events(store, span), *_records(store, span)), key=lambda one: one.at)


def written(store: Store, case_id: str) -> list[datetime]:
    """When each entry of a case was written, in the order of its history."""
    rows = store.query("SELECT at FROM events WHERE case_id = ? ORDER BY n", [case_id])
    return [datetime.fromisoformat(row["at"]) for row in rows]


def _events(store: Store, span: list[str]) -> list[Noted]:
    rows = store.query(
        "SELECT events.seq, at, body, case_no FROM events JOIN cases USING (case_id) WHERE at >= ? AND at < ? ORDER BY seq",
        span,
    )
    found, versions = [], stretches(store)
    for row in rows:
        event = read_event(row["body"], f"第{row['seq']}条")
        letter = getattr(event, "letter_id", "")
        title = str(store.value("SELECT title FROM letters WHERE id = ?", [letter]) or "") if letter else ""
        told = "，".join(dict.fromkeys(part for part in (title, describe(event)) if part))
        found.append(
            Noted(row["at"], event.by, row["case_no"], name_of(event), told, made(versions, row["seq"]).told)
        )
    return found


def _records(store: Store, span: list[str]) -> list[Noted]:
    rows = store.query("SELECT seq, kind, at, body FROM records WHERE at >= ? AND at < ? ORDER BY seq", span)
    return [_record(row["kind"], row["at"], json.loads(row["body"])) for row in rows if row["kind"] in TOLD]


def _record(kind: str, at: str, body: dict[str, Any]) -> Noted:
    what, names = TOLD[kind]
    told = "，".join(str(body[name]) for name in names if body.get(name))
    taken_back = "撤回" if body.get("gone") else ""
    return Noted(
        at,
        str(body.get("noted_by", "")),
        str(body.get("case_no", "")),
        what,
        "，".join(filter(None, (taken_back, told))),
    )
