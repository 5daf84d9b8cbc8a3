"""What the register keeps beside its cases: versions of the unit, calendars, frozen years, drafts, small notes.

Every row but the small notes is sealed, so that a changed bit in it is found.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from deskapp.clock import Clock
from deskapp.errors import DeskError
from deskapp.law.counting import USUAL_FIRST_DAY, FirstDay
from deskapp.law.dated import LawTexts, law_in_use
from deskapp.law.workdays import Calendar, CalendarYear, LocalHolidays, calendar_with, official_calendar
from deskapp.register import meta as notes
from deskapp.register.hashing import seal
from deskapp.register.store import Store

if TYPE_CHECKING:
    from deskapp.unit import UnitProfile

SEALED: dict[str, tuple[str, ...]] = {
    "units": ("seq", "valid_from", "at", "body"),
    "calendars": ("seq", "key", "at", "body"),
    "years": ("seq", "year", "at", "body"),
    "records": ("seq", "kind", "key", "at", "body"),
    "drafts": ("key", "body", "saved_at"),
}
COUNT = "count:"  # the notes that say how many rows a table has
TABLE_NAMES = {
    "units": "单位资料",
    "calendars": "放假安排",
    "years": "冻结的年报",
    "records": "收件等登记",
    "drafts": "没有填完的表",
}


@dataclass(frozen=True, slots=True)
class Record:
    """Something kept beside the journal: its key, the moment it was written, its JSON text; the number of versions there are."""

    key: str
    at: str
    body: str
    versions: int = 1


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A half-filled form: its key, the moment it was kept, what was typed."""

    key: str
    at: str
    body: Any


def calendar_of(documents: Sequence[Mapping[str, Any]]) -> Calendar:
    """The shipped years and those that a unit brought in, as :meth:`Records.own_calendars` gives them. Raises ValidationError."""
    return _calendar_of(law_in_use(), json.dumps(documents, sort_keys=True)) if documents else official_calendar()


@lru_cache(maxsize=64)  # a calendar counts its days when it is first asked; many points have the same
def _calendar_of(_law: LawTexts, text: str) -> Calendar:
    documents: list[dict[str, Any]] = json.loads(text)
    years = [CalendarYear.model_validate(document) for document in documents if "year" in document]
    return calendar_with(years, [LocalHolidays.model_validate(each) for each in documents if "place" in each])


MAIL, POINT_LOG = "mail", "point_log"
"""Kinds of records for which the board asks first, so that what reads them is loaded only where there are any."""


class Records:
    """The rows that are not events; ``by`` says who is at the desk."""

    def __init__(self, store: Store, clock: Clock, by: Callable[[], str] = str) -> None:
        self._store, self._clock, self.by = store, clock, by
        self._calendar: tuple[tuple[int, LawTexts], Calendar] | None = None

    def _keep(self, table: str, values: dict[str, Any], verb: str = "INSERT") -> None:
        """Write one sealed row."""
        with self._store.write():
            if "seq" in SEALED[table]:
                values = {"seq": self._store.value(f"SELECT coalesce(max(seq), 0) + 1 FROM {table}"), **values}
            sealed = {**values, "seal": seal(values[name] for name in SEALED[table])}
            names, places = ", ".join(sealed), ", ".join(f":{name}" for name in sealed)
            self._store.execute(f"{verb} INTO {table} ({names}) VALUES ({places})", sealed)
            if "seq" in values:
                self.set_note(f"{COUNT}{table}", str(values["seq"]))

    def now(self) -> datetime:
        """The moment by this desk's clock."""
        return self._clock.now()

    def _now(self) -> str:
        return self.now().isoformat()

    # -- unit --------------------------------------------------------------------------------------------------

    def save_unit(self, profile: UnitProfile, valid_from: date) -> None:
        """Add a version of the unit's particulars that holds from ``valid_from`` on."""
        self._keep(
            "units", {"valid_from": valid_from.isoformat(), "at": self._now(), "body": profile.model_dump_json()}
        )

    def unit(self, on: date) -> UnitProfile:
        """The unit's particulars of that day (the first ones for a day before them). Raises DeskError without any."""
        from deskapp.unit import read_profile  # a list that only counts days does not wait for the whole profile

        return read_profile(self._unit_document(on), "登记簿中的单位资料")

    def begun_on(self) -> date:
        """The day on which the office set this desk up; the first day there is without a unit."""
        try:
            return datetime.fromisoformat(self._store.value("SELECT min(at) FROM units")).date()
        except (TypeError, ValueError):  # no unit yet, or a damaged row, which the doctor names
            return date.min

    def first_day(self, on: date) -> FirstDay:
        """From which day the unit counts on that day, without the rest of its particulars. Raises DeskError without any."""
        return "same" if self._unit_document(on).get("first_day", USUAL_FIRST_DAY) == "same" else "next"

    def _unit_document(self, on: date) -> dict[str, Any]:
        body = notes.unit_text(self._store, on)
        if not body:
            raise DeskError("还没有填单位资料。", "没有它就不能登记和发文。", "请运行 deskapp 并填写单位资料。")
        document: dict[str, Any] = json.loads(body)
        return document

    # -- calendar ----------------------------------------------------------------------------------------------

    def calendar(self) -> Calendar:
        """The working days of this desk: the shipped years and what the unit brought in."""
        newest = int(self._store.value("SELECT coalesce(max(seq), 0) FROM calendars"))
        of = newest, law_in_use()
        if self._calendar is None or self._calendar[0] != of:
            self._calendar = of, self._build_calendar() if newest else official_calendar()
        return self._calendar[1]

    def own_calendars(self) -> list[dict[str, Any]]:
        """What the unit brought in itself: years of holidays and holidays of places, as documents."""
        rows = self._store.query("SELECT key, body FROM calendars ORDER BY seq")
        return list({row["key"]: json.loads(row["body"]) for row in rows}.values())

    def _build_calendar(self) -> Calendar:
        return calendar_of(self.own_calendars())

    def save_calendar(self, arrangement: CalendarYear | LocalHolidays) -> None:
        """Keep a year of holidays, or the holidays of a place; an older one of the same year or place yields."""
        key = str(arrangement.year if isinstance(arrangement, CalendarYear) else arrangement.place)
        self._keep("calendars", {"key": key, "at": self._now(), "body": arrangement.model_dump_json()})

    # -- years -------------------------------------------------------------------------------------------------

    def freeze_year(self, year: int, body: str) -> None:
        """Keep the annual tables of a year as they were handed in (JSON text)."""
        self._keep("years", {"year": year, "at": self._now(), "body": body})

    def frozen_years(self, year: int) -> list[Record]:
        """The tables of a year each time that it was frozen, the first one first."""
        rows = self._store.query("SELECT at, body FROM years WHERE year = ? ORDER BY seq", [year])
        return [Record(str(year), **row) for row in rows]

    # -- records -----------------------------------------------------------------------------------------------

    def save_record(self, kind: str, key: str, body: str, at: str = "") -> None:
        """Keep a record (JSON text), of now or of the moment ``at`` of an entry that it belongs to; an older one of the same kind and key
        yields, and stays in the file."""
        self._keep("records", {"kind": kind, "key": key, "at": at or self._now(), "body": body})

    def of_kind(self, kind: str) -> list[Record]:
        """The records of a kind, the newest of each key, in the order of their first."""
        rows = self._store.query(
            "SELECT key, at, body, versions FROM records JOIN (SELECT max(seq) AS newest, min(seq) AS first,"
            " count(*) AS versions FROM records WHERE kind = ? GROUP BY key) ON seq = newest ORDER BY first",
            [kind],
        )
        return [Record(**row) for row in rows]

    def any_of(self, kind: str) -> bool:
        """Whether there is a record of a kind."""
        return bool(self._store.value("SELECT EXISTS (SELECT 1 FROM records WHERE kind = ?)", [kind]))

    def versions_of(self, kind: str, key: str) -> list[Record]:
        """All versions of a record, the first first."""
        rows = self._store.query(
            "SELECT key, at, body FROM records WHERE kind = ? AND key = ? ORDER BY seq", [kind, key]
        )
        return [Record(**row) for row in rows]

    # -- drafts ------------------------------------------------------------------------------------------------

    def save_draft(self, key: str, body: dict[str, Any]) -> None:
        """Keep a half-filled form under ``key``."""
        text = json.dumps(body, ensure_ascii=False).encode(errors="ignore").decode()  # half characters are no text
        self._keep("drafts", {"key": key, "body": text, "saved_at": self._now()}, "INSERT OR REPLACE")

    def draft(self, key: str) -> dict[str, Any]:
        """The form kept under ``key``; empty when there is none."""
        rows = self._store.query("SELECT body FROM drafts WHERE key = ?", [key])
        body: dict[str, Any] = json.loads(rows[0]["body"]) if rows else {}
        return body

    def drafts_under(self, key: str, mark: str) -> list[KeptForm]:
        """The forms kept under ``key`` itself and under ``key`` and ``mark`` and something more, the newest first."""
        rows = self._store.query(
            "SELECT key, saved_at, body FROM drafts WHERE key = ? OR substr(key, 1, length(?)) = ? ORDER BY saved_at DESC",
            [key, key + mark, key + mark],
        )
        return [KeptForm(row["key"], row["saved_at"], json.loads(row["body"])) for row in rows]

    def all_drafts(self) -> list[KeptForm]:
        """Every form that is kept, whoever's it is."""
        rows = self._store.query("SELECT key, saved_at, body FROM drafts ORDER BY saved_at")
        return [KeptForm(row["key"], row["saved_at"], json.loads(row["body"])) for row in rows]

    def drop_draft(self, key: str) -> None:
        """Forget the form kept under ``key``."""
        with self._store.write():
            self._store.execute("DELETE FROM drafts WHERE key = ?", [key])

    # -- notes -------------------------------------------------------------------------------------------------

    def note(self, key: str) -> str:
        """A small note of the program's own; empty when there is none."""
        return notes.note(self._store, key)

    def set_note(self, key: str, value: str) -> None:
        """Write a small note."""
        notes.set_note(self._store, key, value)

    def all_notes(self) -> dict[str, str]:
        """Every small note, by its key."""
        return {row["key"]: row["value"] for row in self._store.query("SELECT key, value FROM meta")}

    @property
    def practice(self) -> bool:
        """Whether this is the register of a practice desk."""
        return bool(self.note(notes.PRACTICE))

    # -- seals -------------------------------------------------------------------------------------------------

    def broken_seals(self) -> Iterator[str]:
        """The rows that are not what was written, or are gone: table and when."""
        for table, columns in SEALED.items():
            if "seq" in columns:
                yield from self._lost(table)
            left = self._left_of_erased() if table == "records" else {}
            for row in self._store.each(f"SELECT * FROM {table}"):
                unsealed = table == "drafts" and not row["seal"]  # kept by a version that did not seal
                now = seal(row[name] for name in columns)
                if not unsealed and left.get(str(row.get("seq")), (now, now)) != (row["seal"], now):
                    when = row.get("valid_from") or row.get("year") or row.get("saved_at") or row.get("key")
                    yield f"{TABLE_NAMES[table]}（{str(when)[:10]}）"

    def _left_of_erased(self) -> dict[str, tuple[str, str]]:
        """The seals of emptied records by their place: what each was, and what an erasure left of it."""
        rows = self._store.query("SELECT key, was, seal FROM erased WHERE kind = 'record'")
        return {row["key"]: (row["was"], row["seal"]) for row in rows}

    def _lost(self, table: str) -> Iterator[str]:
        """Whether rows of a table that only grows are gone."""
        rows = self._store.value(f"SELECT count(*) FROM {table}")
        noted = self.note(f"{COUNT}{table}")
        if noted.isdigit() and rows < int(noted):
            yield f"{TABLE_NAMES[table]}（少了{int(noted) - rows}份）"
