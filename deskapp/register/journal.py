"""The journal: append-only events with a hash chain, numbers, frozen letters, and the projection beside them.

Every append runs in one write transaction: number, frozen letter, events and projection stand or fall together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from deskapp.clock import Clock
from deskapp.errors import DeskError
from deskapp.law.clock_events import ClockEvent, parse_events
from deskapp.law.deadline import Deadline, evaluate
from deskapp.law.workdays import Calendar, CalendarYear, LocalHolidays, calendar_with, official_calendar
from deskapp.register.case import Case, fold, letters_not_served
from deskapp.register.events import EVENT, AnyEvent
from deskapp.register.ids import new_id
from deskapp.register.search import initials_of
from deskapp.register.store import Row, Store
from deskapp.unit import UnitProfile, read_profile

GENESIS = "0" * 64
PROJECTED = (
    "case_id", "case_no", "received_on", "channel", "applicant", "applicant_class", "initials", "phone", "content",
    "category", "row", "number", "closed_on", "served_on", "archived_on", "unserved", "clock", "events",
)  # fmt: skip


@dataclass(frozen=True)
class FrozenLetter:
    """A letter as it was issued. ``facts`` is JSON text; ``pdf`` are the bytes that every print sends."""

    id: str
    case_id: str
    kind: str
    title: str
    number: str
    version: str
    issued_on: str
    facts: str
    text: str
    pages: int
    sha256: str
    pdf: bytes


@dataclass(frozen=True)
class Damage:
    """Something wrong in the file: stable code and where."""

    code: str
    where: str


class Journal:
    """The register's acts on one store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self._clock = store, clock
        self._calendar: tuple[int, Calendar] | None = None

    def new_id(self) -> str:
        """A fresh identifier for a case or a letter."""
        return new_id(self._clock.now())

    # -- events ------------------------------------------------------------------------------------------------

    def append(self, case_id: str, events: Sequence[AnyEvent], seen: int | None = None) -> Case:
        """Add events to a case and return it. ``seen`` is how many events the caller knew: if another desk has added
        some since, nothing is written and DeskError says so."""
        with self.store.write() as db:
            history = self.history(case_id)
            if seen is not None and len(history) != seen:
                raise DeskError(
                    "这一件刚刚在另一个窗口里有了变化。", "刚才这一步没有存上。", "请看一看新的情况，再做一次。"
                )
            prev = self._last_hash()
            for event in events:
                row = self._row(case_id, len(history), event, prev)
                db.execute(
                    "INSERT INTO events (id, case_id, n, act, at, body, prev, hash)"
                    " VALUES (:id, :case_id, :n, :act, :at, :body, :prev, :hash)",
                    row,
                )
                prev = str(row["hash"])
                history.append(event)
            case = fold(case_id, history)
            self._project(case)
        return case

    def _row(self, case_id: str, n: int, event: AnyEvent, prev: str) -> Row:
        now = self._clock.now()
        row = {
            "id": new_id(now),
            "case_id": case_id,
            "n": n,
            "act": event.act,
            "at": now.isoformat(),
            "body": event.model_dump_json(),
            "prev": prev,
        }
        return {**row, "hash": chain_hash(row)}

    def _last_hash(self) -> str:
        rows = self.store.query("SELECT hash FROM events ORDER BY seq DESC LIMIT 1")
        return str(rows[0]["hash"]) if rows else GENESIS

    def history(self, case_id: str) -> list[AnyEvent]:
        """The events of a case in order; empty when there is none."""
        rows = self.store.query("SELECT body FROM events WHERE case_id = ? ORDER BY n", [case_id])
        return [EVENT.validate_json(row["body"]) for row in rows]

    def entries(self, case_id: str) -> list[Row]:
        """The journal rows of a case: n, act, at, body."""
        return self.store.query("SELECT n, act, at, body FROM events WHERE case_id = ? ORDER BY n", [case_id])

    def case(self, case_id: str) -> Case:
        """The case with that identifier. Raises DeskError when there is none."""
        history = self.history(case_id)
        if not history:
            raise DeskError("没有这一件申请。", "", "请回到“今日”重新选择。")
        return fold(case_id, history)

    def case_by_no(self, case_no: str) -> Case:
        """The case with that registration number. Raises DeskError when there is none."""
        rows = self.store.query("SELECT case_id FROM cases WHERE case_no = ?", [case_no])
        if not rows:
            raise DeskError(f"没有登记号是“{case_no}”的申请。", "", "请用 deskapp search 查找。")
        return self.case(str(rows[0]["case_id"]))

    def deadline(self, case: Case) -> Deadline:
        """The clock of a case today, counted as the unit counts."""
        today = self._clock.today()
        return evaluate(case.clock, today, self.calendar(), self.unit(today).first_day)

    # -- projection --------------------------------------------------------------------------------------------

    def _project(self, case: Case) -> None:
        row = project(case)
        names = ", ".join(PROJECTED)
        values = ", ".join(f":{name}" for name in PROJECTED)
        changes = ", ".join(f"{name} = excluded.{name}" for name in PROJECTED[1:])
        self.store.db.execute(
            f"INSERT INTO cases ({names}) VALUES ({values}) ON CONFLICT (case_id) DO UPDATE SET {changes}", row
        )

    def rebuild(self) -> int:
        """Write the projection anew from the journal; the number of cases."""
        with self.store.write() as db:
            db.execute("DELETE FROM cases")
            cases = list(self._fold_all())
            for case in cases:
                self._project(case)
        return len(cases)

    def _fold_all(self) -> Iterator[Case]:
        rows = self.store.query("SELECT case_id, body FROM events ORDER BY case_id, n")
        grouped: dict[str, list[AnyEvent]] = {}
        for row in rows:
            grouped.setdefault(row["case_id"], []).append(EVENT.validate_json(row["body"]))
        return (fold(case_id, events) for case_id, events in grouped.items())

    # -- numbers -----------------------------------------------------------------------------------------------

    def next_serial(self, series: str, year: int) -> int:
        """The next number of a series in a year. Call inside ``store.write()``: it is taken only if that commits."""
        rows = self.store.query(
            "INSERT INTO counters (series, year, last) VALUES (?, ?, 1)"
            " ON CONFLICT (series, year) DO UPDATE SET last = last + 1 RETURNING last",
            [series, year],
        )
        return int(rows[0]["last"])

    def raise_serial(self, series: str, year: int, used: int) -> None:
        """Make sure that numbers up to ``used`` are not given again (they came in with a ledger)."""
        self.store.query(
            "INSERT INTO counters (series, year, last) VALUES (?, ?, ?)"
            " ON CONFLICT (series, year) DO UPDATE SET last = max(last, excluded.last) RETURNING last",
            [series, year, used],
        )

    def next_case_no(self, site: str, year: int) -> str:
        """Take the next registration number of a site that no case has; inside ``store.write()``."""
        while True:
            number = f"{site}-{year}-{self.next_serial(f'case:{site}', year):04d}"
            if not self.store.query("SELECT 1 FROM cases WHERE case_no = ?", [number]):
                return number

    def next_letter_number(self, word: str, year: int) -> str:
        """Take the next 文号 of a word that neither a letter nor a ledger has; inside ``store.write()``."""
        while True:
            number = f"{word}〔{year}〕{self.next_serial(f'letter:{word}', year)}号"
            if not self.store.query("SELECT 1 FROM cases WHERE number = ?", [number]):
                return number

    # -- letters -----------------------------------------------------------------------------------------------

    def freeze(self, letter: FrozenLetter) -> None:
        """Keep an issued letter. Call inside ``store.write()`` together with its event."""
        self.store.db.execute(
            "INSERT INTO letters VALUES (:id, :case_id, :kind, :title, :number, :version, :issued_on, :facts, :text,"
            " :pages, :sha256, :pdf)",
            asdict(letter),
        )

    def letter(self, letter_id: str) -> FrozenLetter:
        """A frozen letter. Raises DeskError when it is absent or its bytes no longer match their hash."""
        rows = self.store.query("SELECT * FROM letters WHERE id = ?", [letter_id])
        if not rows:
            raise DeskError("登记簿里没有这份文书。", "", "请回到案件重新选择。")
        letter = FrozenLetter(**rows[0])
        if hashlib.sha256(letter.pdf).hexdigest() != letter.sha256:
            raise DeskError(
                f"文书 {letter.number or letter.title} 的内容已经损坏。",
                "它和发出时的指纹对不上。",
                "请用备份恢复，不要使用这一份。",
            )
        return letter

    # -- unit --------------------------------------------------------------------------------------------------

    def save_unit(self, profile: UnitProfile, valid_from: date) -> None:
        """Add a version of the unit's particulars that holds from ``valid_from`` on."""
        with self.store.write() as db:
            db.execute(
                "INSERT INTO units (valid_from, at, body) VALUES (?, ?, ?)",
                [valid_from.isoformat(), self._clock.now().isoformat(), profile.model_dump_json()],
            )

    def unit(self, on: date) -> UnitProfile:
        """The unit's particulars of that day (the first ones for a day before them). Raises DeskError without any."""
        rows = self.store.query(
            "SELECT body FROM units ORDER BY valid_from <= ? DESC,"
            " CASE WHEN valid_from <= ? THEN valid_from END DESC, valid_from, seq DESC LIMIT 1",
            [on.isoformat(), on.isoformat()],
        )
        if not rows:
            raise DeskError("还没有填单位资料。", "没有它就不能登记和发文。", "请运行 deskapp 并填写单位资料。")
        return read_profile(json.loads(rows[0]["body"]), "登记簿中的单位资料")

    # -- calendar ----------------------------------------------------------------------------------------------

    def calendar(self) -> Calendar:
        """The working days of this desk: the shipped years and what the unit brought in."""
        newest = int(self.store.query("SELECT coalesce(max(seq), 0) AS n FROM calendars")[0]["n"])
        if self._calendar is None or self._calendar[0] != newest:
            self._calendar = newest, self._build_calendar() if newest else official_calendar()
        return self._calendar[1]

    def _build_calendar(self) -> Calendar:
        rows = self.store.query("SELECT key, body FROM calendars ORDER BY seq")
        bodies = {row["key"]: json.loads(row["body"]) for row in rows}
        years = [CalendarYear.model_validate(body) for body in bodies.values() if "year" in body]
        return calendar_with(years, [LocalHolidays.model_validate(b) for b in bodies.values() if "place" in b])

    def save_calendar(self, arrangement: CalendarYear | LocalHolidays) -> None:
        """Keep a year of holidays, or the holidays of a place; an older one of the same year or place yields."""
        key = str(arrangement.year if isinstance(arrangement, CalendarYear) else arrangement.place)
        with self.store.write() as db:
            db.execute(
                "INSERT INTO calendars (key, at, body) VALUES (?, ?, ?)",
                [key, self._clock.now().isoformat(), arrangement.model_dump_json()],
            )

    # -- drafts ------------------------------------------------------------------------------------------------

    def save_draft(self, key: str, body: dict[str, Any]) -> None:
        """Keep a half-filled form under ``key``."""
        with self.store.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO drafts VALUES (?, ?, ?)",
                [key, json.dumps(body, ensure_ascii=False), self._clock.now().isoformat()],
            )

    def draft(self, key: str) -> dict[str, Any]:
        """The form kept under ``key``; empty when there is none."""
        rows = self.store.query("SELECT body FROM drafts WHERE key = ?", [key])
        body: dict[str, Any] = json.loads(rows[0]["body"]) if rows else {}
        return body

    def drop_draft(self, key: str) -> None:
        """Forget the form kept under ``key``."""
        with self.store.write() as db:
            db.execute("DELETE FROM drafts WHERE key = ?", [key])

    # -- integrity ---------------------------------------------------------------------------------------------

    def verify(self) -> list[Damage]:
        """Everything that is wrong: SQLite's own check, the hash chain, frozen letters, the projection."""
        damage = [
            Damage("sqlite", row["integrity_check"])
            for row in self.store.query("PRAGMA integrity_check")
            if row["integrity_check"] != "ok"
        ]
        broken = list(self._broken_links())
        damage += broken
        for row in self.store.query("SELECT number, title, sha256, pdf FROM letters"):
            if hashlib.sha256(row["pdf"]).hexdigest() != row["sha256"]:
                damage.append(Damage("letter", row["number"] or row["title"]))
        if not broken:
            damage += self._projection_damage()
        return damage

    def _broken_links(self) -> Iterator[Damage]:
        prev = GENESIS
        for row in self.store.query("SELECT * FROM events ORDER BY seq"):
            if row["prev"] != prev or row["hash"] != chain_hash(row):
                yield Damage("journal", f"第{row['seq']}条（{row['at'][:10]}）")
            prev = row["hash"]

    def _projection_damage(self) -> list[Damage]:
        stored = {row["case_id"]: row for row in self.store.query("SELECT * FROM cases")}
        folded = {case.case_id: project(case) for case in self._fold_all()}
        wrong = [case_id for case_id in stored.keys() | folded.keys() if stored.get(case_id) != folded.get(case_id)]
        return [Damage("projection", str((folded.get(c) or stored[c])["case_no"])) for c in sorted(wrong)]


def chain_hash(row: Row) -> str:
    """The hash of a journal row: SHA-256 over its fields and the hash before it."""
    fields = [row[name] for name in ("id", "case_id", "n", "act", "at", "body", "prev")]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


def clock_of(row: Row) -> list[ClockEvent]:
    """The clock events of a projection row: what :func:`project` put into its ``clock``."""
    return parse_events(json.loads(row["clock"]))


def project(case: Case) -> Row:
    """The projection row of a case."""
    return {
        "case_id": case.case_id,
        "case_no": case.case_no,
        "received_on": case.received.on.isoformat(),
        "channel": case.received.channel,
        "applicant": case.applicant,
        "applicant_class": case.applicant_class,
        "initials": initials_of(case.applicant),
        "phone": case.phone,
        "content": case.content,
        "category": case.category,
        "row": case.row,
        "number": case.number,
        "closed_on": case.closed_on.isoformat() if case.closed_on else "",
        "served_on": case.served.on.isoformat() if case.served else "",
        "archived_on": case.archived.on.isoformat() if case.archived else "",
        "unserved": sum(1 for _ in letters_not_served(case)),
        "clock": json.dumps([event.model_dump(mode="json") for event in case.clock], ensure_ascii=False),
        "events": len(case.history),
    }
