"""The journal: append-only events with a hash chain, frozen letters, and the projection beside them.

Every append runs in one write transaction: number, frozen letter, events and projection stand or fall together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from deskapp.clock import Clock
from deskapp.errors import DeskError
from deskapp.law.deadline import Deadline, as_if_sent, evaluate
from deskapp.register import projection
from deskapp.register.case import Case
from deskapp.register.events import AnyEvent, Received
from deskapp.register.fold import fold, grow
from deskapp.register.hashing import digest, seal
from deskapp.register.ids import new_id
from deskapp.register.made_by import note_version
from deskapp.register.numbers import Numbers
from deskapp.register.projection import read_event
from deskapp.register.register import HEAD, Register
from deskapp.register.store import Row, Store
from deskapp.register.transitions import refusal, replayed

GENESIS = "0" * 64
TOGETHER = 200  # new cases of a series that are written at once
SERIES_MEMORY, USUAL_MEMORY = 32 << 20, 1 << 20  # bytes the index may keep in memory before it writes
CHAINED = ("id", "case_id", "n", "act", "at", "body", "prev")
CLOCK_AHEAD = "clock_ahead"  # the code of a refusal
YEARS_AHEAD = 3  # a program that was not updated for so long, with no calendar brought in, is no desk in use
CLOCK_BACK, CLOCK_TRUSTED = (
    "clock_back",
    "clock_trusted",
)  # the code of a refusal; the note of the entry it was lifted for
YEAR_BACK = timedelta(days=366)


End = tuple[int, str, datetime | None]  # place and hash of the last entry, the latest moment in the journal


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

    @property
    def seal(self) -> str:
        """The hash of everything but the bytes of the PDF, which have their own."""
        return letter_seal(asdict(self))


def letter_seal(row: Row) -> str:
    """The seal of a row of ``letters``."""
    return seal(value for name, value in row.items() if name != "pdf")


class _Chain:
    """Entries that are chained to the end of a journal and wait to be written; ``latest`` is the latest moment in it with them."""

    def __init__(self, end: End) -> None:
        self.rows: list[tuple[object, ...]] = []
        self._seq, self._prev, self.latest = end
        self.first = self._seq + 1

    def add(self, case_id: str, known: int, events: Sequence[AnyEvent], now: datetime) -> int:
        """Add the events of a case of which so many are known; the place of the first. What is noted together is noted at one moment."""
        first, at = self._seq + 1, now.isoformat()
        self.latest = max(self.latest or now, now)
        for n, event in enumerate(events, known):
            body = event.model_dump_json()
            values = (new_id(now), case_id, n, event.act, at, body, self._prev)  # in the order of CHAINED
            self._seq, self._prev = self._seq + 1, seal(values)
            self.rows.append((self._seq, *values, self._prev))
        return first

    @property
    def end(self) -> End:
        """Where the journal ends with them."""
        return self._seq, self._prev, self.latest


class Series:
    """New cases and further events in one transaction of :meth:`Journal.series`; new cases are written many at a time."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._rows = journal, projection.NewRows(journal.store)
        self._waiting: list[Sequence[AnyEvent]] = []

    def register(self, events: Sequence[AnyEvent]) -> None:
        """A new case, as :meth:`Journal.register` makes it; it may wait, and be refused when others follow. Raises DeskError."""
        self._waiting.append(events)
        if len(self._waiting) == TOGETHER:
            self._write_waiting()

    def append(self, case_id: str, events: Sequence[AnyEvent]) -> None:
        """Further events of a case, as :meth:`Journal.append` adds them, once nothing waits. Raises DeskError."""
        self.write()
        self._journal.append(case_id, events)

    def _write_waiting(self) -> None:
        self._journal.register_each(self._waiting, self._rows)
        self._waiting = []
        self._rows.write()

    def write(self) -> None:
        """Write all that waits: whoever asks the register for what came before does so first. Raises DeskError."""
        self._write_waiting()
        self._rows.write_all()


class Journal(Register):
    """The register's acts on one store; ``numbers`` gives out what is counted."""

    def __init__(self, store: Store, clock: Clock, by: Callable[[], str] = str) -> None:
        super().__init__(store, clock, by)
        self.numbers = Numbers(store)
        self._end: End | None = None  # only inside a series
        self._known_year = 0  # the last year of the calendar, inside a series

    def new_id(self) -> str:
        """A fresh identifier for a case or a letter."""
        return new_id(self._clock.now())

    # -- events ------------------------------------------------------------------------------------------------

    @contextmanager
    def series(self) -> Iterator[Series]:
        """Many steps in one transaction: where the journal ends is kept in mind until all are done."""
        with self.store.write():
            self._end, self._known_year = self._read_end(), max(self.calendar().years)
            projection.index_in_memory(self.store, SERIES_MEMORY)
            made = Series(self)
            try:
                yield made
                made.write()
                self._note_end(self._end)
                projection.index_in_memory(self.store, USUAL_MEMORY)
            finally:
                self._end, self._known_year = None, 0

    def register(self, events: Sequence[AnyEvent]) -> Case:
        """The same as :meth:`append` for a case that is new: its events begin with the receipt."""
        with self.store.write():
            rows = projection.NewRows(self.store)
            case = self.register_each([events], rows)[0]
            rows.write_all()
        return case

    def register_each(self, several: Sequence[Sequence[AnyEvent]], rows: projection.NewRows) -> list[Case]:
        """Register new cases one after another and write their entries together, inside a transaction; ``rows`` gets what the lists hold of
        them. Raises DeskError, with nothing written, where one of them may not be."""
        chain, cases, by = _Chain(self._end or self._read_end()), [], self.by()
        for unsigned in several:
            events = signed(unsigned, by)
            case = self._grown(self.new_id(), [], events)
            rows.add(case, chain.add(case.case_id, 0, events, self._moment_after(chain)))
            cases.append(case)
        self._put(chain)
        return cases

    def append(self, case_id: str, events: Sequence[AnyEvent], seen: int | None = None) -> Case:
        """Add events to a case and return it. Raises DeskError, and writes nothing, when one of them may not happen next.

        ``seen`` is how many events the caller knew: if another desk has added some since, DeskError says so.
        """
        with self.store.write():
            history = self.history(case_id)
            if seen is not None and len(history) != seen:
                raise DeskError(
                    "这一件刚刚在另一个窗口里有了变化。", "刚才这一步没有存上。", "请看一看新的情况，再做一次。"
                )
            known, events = len(history), signed(events, self.by())
            case = self._grown(case_id, history, events)
            chain = _Chain(self._end or self._read_end())
            first = chain.add(case_id, known, events, self._moment_after(chain))
            self._put(chain)
            if known:
                projection.write_again(self.store, case)
            else:
                projection.write_new(self.store, case, first)
        return case

    def _grown(self, case_id: str, history: list[AnyEvent], events: Sequence[AnyEvent]) -> Case:
        """The case after the new events, each of which may happen next."""
        today = self._clock.today()
        case = fold(case_id, history) if history else None
        for event in events:
            if case is None and isinstance(event, Received):
                case = fold(case_id, [event])
                continue
            if case is None:
                break
            why = refusal(case, event, today) or replayed(case, event)
            if why:
                raise DeskError(why, "没有记下。", "请回到案件看一看办理经过。")
            case = grow(case, event)
        if case is None:
            raise DeskError("没有这一件申请。", "没有记下。", "请回到【今日】重新选择。")
        return case

    def _moment_after(self, chain: _Chain) -> datetime:
        """The moment at which something more is noted. Raises DeskError where the clock cannot be right."""
        self._doubt_years_back(chain.latest)
        return self._believable_now()

    def _put(self, chain: _Chain) -> None:
        """Write the entries of a chain."""
        self.store.execute_each("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", chain.rows)
        if chain.rows:
            note_version(self.store, self.records, chain.first, str(chain.rows[0][5]))
        if self._end:
            self._end = chain.end
        else:
            self._note_end(chain.end)

    def _believable_now(self) -> datetime:
        """The moment of the clock. Raises DeskError when it stands years after everything that is known: numbers and last days that are
        given out under a clock that was set wrong cannot be taken back."""
        now, known = self._clock.now(), self._known_year or max(self.calendar().years)
        if now.year > known + YEARS_AHEAD:
            raise DeskError(
                f"电脑的日期是{now:%Y-%m-%d}，比放假安排的最后一年（{known}年）晚了{now.year - known}年，很可能不对。",
                "没有记下。",
                "请校正电脑的日期；日期确实对的，请先导入近年的放假安排，或者更新程序。",
                code=CLOCK_AHEAD,
            )
        return now

    def _doubt_years_back(self, latest: datetime | None) -> None:
        """Raise DeskError when the clock stands more than a year before an entry that is there, unless somebody has looked at it: an
        entry made under a clock that was ahead must not stop the desk for good."""
        now = self._clock.now()
        if latest is None or latest.year > (self._known_year or max(self.calendar().years)) + YEARS_AHEAD:
            return  # that entry is the one that no clock should have made
        if now < latest - YEAR_BACK and self.records.note(CLOCK_TRUSTED) != latest.isoformat():
            raise DeskError(
                f"电脑的日期是{now:%Y-%m-%d}，登记簿里已经有{latest:%Y-%m-%d}的记录，早了一年多，很可能不对。",
                "没有记下：给出的号会算在过去的年份里。",
                "请校正电脑的日期；日期确实对的，是以前的记录在错的日期下记的，请核对以后在【检查】里按 F6 记下（或者运行 deskapp check --accept）。",
                code=CLOCK_BACK,
            )

    def clock_refused(self) -> DeskError | None:
        """Why nothing can be noted under the clock as it stands; None where it can."""
        try:
            self._doubt_years_back(self.latest())
            self._believable_now()
        except DeskError as error:
            return error
        return None

    def trust_clock(self) -> None:
        """Write down that somebody has found the clock right, whatever moments stand in the journal now."""
        if latest := self.latest():
            self.records.set_note(CLOCK_TRUSTED, latest.isoformat())

    def _read_end(self) -> End:
        """Where the journal ends."""
        last = self.store.query("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1")
        seq, prev = (last[0]["seq"], last[0]["hash"]) if last else (0, GENESIS)
        return seq, prev, self.latest()

    def _note_end(self, end: End) -> None:
        """Write down where the journal ends, so that a lost end is noticed."""
        seq, prev, latest = end
        if latest:
            self.store.execute(
                "INSERT OR REPLACE INTO meta VALUES (?, ?)", [HEAD, json.dumps([seq, prev, latest.isoformat()])]
            )

    def history(self, case_id: str) -> list[AnyEvent]:
        """The events of a case in order; empty when there is none. Raises DeskError when one is damaged."""
        rows = self.store.query("SELECT seq, body FROM events WHERE case_id = ? ORDER BY n", [case_id])
        return [read_event(row["body"], f"第{row['seq']}条") for row in rows]

    def entries(self, case_id: str) -> list[Row]:
        """The journal rows of a case: n, act, at, body."""
        return self.store.query("SELECT n, act, at, body FROM events WHERE case_id = ? ORDER BY n", [case_id])

    def entered_on(self, case_id: str) -> date:
        """The day on which a case was entered, whatever day it was received."""
        return datetime.fromisoformat(str(self.entries(case_id)[0]["at"])).date()

    def case(self, case_id: str) -> Case:
        """The case with that identifier. Raises DeskError when there is none."""
        history = self.history(case_id)
        if not history:
            raise DeskError("没有这一件申请。", "", "请回到【今日】重新选择。")
        return fold(case_id, history)

    def case_by_no(self, case_no: str) -> Case:
        """The case with that registration number. Raises DeskError when there is none."""
        case_id = self.store.value("SELECT case_id FROM cases WHERE case_no = ?", [case_no])
        if not case_id:
            raise DeskError(f"没有登记号是【{case_no}】的申请。", "", "请核对，或者按姓名查一查。")
        return self.case(str(case_id))

    # -- law ---------------------------------------------------------------------------------------------------

    def deadline(self, case: Case) -> Deadline:
        """The clock of a case today, counted as the unit counts."""
        today = self._clock.today()
        return evaluate(case.clock_events, today, self.calendar(), self.unit(today).first_day)

    def deadline_if_sent(self, case: Case) -> Deadline:
        """What the clock would say if every letter that waits were sent today."""
        today = self._clock.today()
        events = as_if_sent(case.clock_events, today)
        return evaluate(events, today, self.calendar(), self.unit(today).first_day, working=False)

    # -- letters -----------------------------------------------------------------------------------------------

    def freeze(self, letter: FrozenLetter) -> None:
        """Keep an issued letter. Call inside ``store.write()`` together with its event."""
        self.store.execute(
            "INSERT INTO letters VALUES (:id, :case_id, :kind, :title, :number, :version, :issued_on, :facts, :text,"
            " :pages, :sha256, :pdf)",
            asdict(letter),
        )

    def is_erased(self, letter_id: str) -> bool:
        """Whether the content of a letter was erased."""
        return bool(self.store.value("SELECT 1 FROM erased WHERE kind = 'letter' AND key = ?", [letter_id]))

    def letter(self, letter_id: str) -> FrozenLetter:
        """A frozen letter. Raises DeskError when it is absent or its bytes no longer match their hash."""
        rows = self.store.query("SELECT * FROM letters WHERE id = ?", [letter_id])
        if not rows:
            raise DeskError("登记簿里没有这份文书。", "", "请回到案件重新选择。")
        letter = FrozenLetter(**rows[0])
        if self.is_erased(letter.id):
            raise DeskError(
                f"文书 {letter.number or letter.title} 的内容已经按规定删除。", "不能再看，也不能再打印。", ""
            )
        if digest(letter.pdf) != letter.sha256:
            raise DeskError(
                f"文书 {letter.number or letter.title} 的内容已经损坏。",
                "它和发出时的指纹对不上。",
                "请用备份恢复，不要使用这一份。",
            )
        return letter


def signed(events: Sequence[AnyEvent], by: str) -> list[AnyEvent]:
    """The events, each with the name of whoever noted it: ``by``, where it has none of its own."""
    return [event if event.by or not by else event.model_copy(update={"by": by}) for event in events]


def chain_hash(row: Row) -> str:
    """The hash of a journal row: SHA-256 over its fields and the hash before it."""
    return seal(row[name] for name in CHAINED)
