"""What lists, tables and searches ask of the register: every question a method, every answer frozen and typed.

With :mod:`deskapp.register.search` and :mod:`deskapp.register.similar` this is the only place that reads the tables of the
projection; a column of theirs has its name here and in :mod:`deskapp.register.projection` and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from deskapp.law.annual_report import CountedCase, Dispute, Route
from deskapp.law.clock_events import ClockEvent, parse_events
from deskapp.law.receipt import channel_rules
from deskapp.register.store import Row, Store
from deskapp.register.tokens import same_facts
from deskapp.register.who import who_of

AfterAct = Literal["publication_judged", "followed_up"]
_WITH_ACT: dict[AfterAct, str] = {
    "publication_judged": "SELECT case_id FROM events WHERE act = 'publication_judged'",
    "followed_up": "SELECT case_id FROM events WHERE act = 'followed_up'",
}
"""Each with its act written out, which is how its small index is found."""
LIVE = "void = 0"  # registered by mistake is no case
EVERY_CASE, NOT_ON_PLATFORM = LIVE, f"{LIVE} AND platform = 0"
NOT_IN_LEDGERS = (
    "correction_requested", "party_consulted", "agency_consulted", "extended", "deferred", "fee_noticed", "reason_requested", "interrupted",
)  # fmt: skip
"""Acts of the clock without a column in a ledger."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as lists show it; ``row`` is its row of the annual table, ``closed_on`` when it was closed first, which is the
    year that counts it, ``answered_on`` when it was answered last, ``from_ledger`` whether only a ledger tells of that,
    ``unserved`` how many letters wait for delivery, an answer written outside among them, ``rank`` its place among all
    cases (by day of receipt, then registration), ``joint`` how many others applied with the applicant, ``unconfirmed`` whether he
    has still to confirm that it came in, ``order_due`` whether an order to answer anew is still to be noted, ``with_department`` which
    department of the house has it, ``back_by`` when it shall return it, ``handler`` who works on it."""

    case_id: str
    case_no: str
    applicant: str
    applicant_class: str
    phone: str
    id_number: str
    content: str
    category: str
    row: str
    channel: str
    received_on: date
    closed_on: date | None
    answered_on: date | None
    from_ledger: bool
    served_on: date | None
    archived_on: date | None
    unserved: int
    void: bool
    rank: int
    clock_text: str
    joint: int
    unconfirmed: bool
    order_due: bool
    with_department: str
    back_by: date | None
    handler: str

    @property
    def who(self) -> str:
        """Who applied, as lists name him: the first of several, and how many they are."""
        return who_of(self.applicant, self.joint)

    @property
    def clock_events(self) -> list[ClockEvent]:
        """The events that its deadline is computed from."""
        return parse_events(json.loads(self.clock_text))


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """A 复议 or 诉讼 that is not decided: from when the office's period runs, the last day that its notice names, whether the office
    has handed in its answer."""

    case_no: str
    route: Route
    counted_from: date
    answer_by: date | None
    answered: bool


@dataclass(frozen=True, slots=True)
class AtCounter:
    """An application handed in or spoken at the counter."""

    received_on: date
    case_no: str
    content: str


def case_row(row: Row) -> CaseRow:
    """A row of ``cases``."""
    return CaseRow(
        case_id=row["case_id"],
        case_no=row["case_no"],
        applicant=row["applicant"],
        applicant_class=row["applicant_class"],
        phone=row["phone"],
        id_number=row["id_number"],
        content=row["content"],
        category=row["category"],
        row=row["row"],
        channel=row["channel"],
        received_on=date.fromisoformat(row["received_on"]),
        closed_on=_day(row["closed_on"]),
        answered_on=_day(row["answered_on"]),
        from_ledger=bool(row["from_ledger"]),
        served_on=_day(row["served_on"]),
        archived_on=_day(row["archived_on"]),
        unserved=row["unserved"],
        void=bool(row["void"]),
        rank=row["rank"],
        clock_text=row["clock"],
        joint=row["joint"],
        unconfirmed=bool(row["unconfirmed"]),
        order_due=bool(row["order_due"]),
        with_department=row["with_department"],
        back_by=_day(row["back_by"]),
        handler=row["handler"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


class Queries:
    """The questions, on one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # -- cases -------------------------------------------------------------------------------------------------

    def not_archived(self) -> list[CaseRow]:
        """The cases whose file is not put away, or of which something came back that is to be delivered once more."""
        return self._cases(f"{LIVE} AND (archived_on = '' OR unserved > 0)")

    def not_answered(self) -> list[CaseRow]:
        """The cases that have no answer yet, by number."""
        return self._cases("answered_on = '' AND archived_on = '' ORDER BY case_no")

    def not_delivered(self) -> list[CaseRow]:
        """The cases whose answer is still to be given or to be delivered: those whose period may run. The signs before two columns keep
        from their indexes, which would read every case that is not put away."""
        return [
            *self._cases(f"{LIVE} AND answered_on = ''"),
            *self._cases(f"{LIVE} AND answered_on <> '' AND unserved > 0 AND +served_on = '' AND +archived_on = ''"),
        ]

    def clocks_beyond_ledger(self) -> int:
        """How many cases have acts of the clock that no column of a ledger tells: notices, questions to others, more time."""
        told = " OR ".join("clock LIKE ?" for _ in NOT_IN_LEDGERS)
        wanted = [f'%"{act}"%' for act in NOT_IN_LEDGERS]
        return int(self._store.value(f"SELECT count(*) FROM cases WHERE NOT void AND ({told})", wanted))

    def orders_beyond_ledger(self) -> int:
        """How many cases were ordered anew more than once, or before they had any answer: a ledger has two answers."""
        orders = """(length(clock) - length(replace(clock, '"redo_ordered"', ''))) / length('"redo_ordered"')"""
        unanswered = f"{orders} = 1 AND (closed_on = '' OR closed_on = answered_on)"
        return int(
            self._store.value(f"SELECT count(*) FROM cases WHERE {LIVE} AND ({orders} > 1 OR {unanswered})") or 0
        )

    def by_numbers(self, case_nos: Sequence[str]) -> list[CaseRow]:
        """The cases of these numbers, in any order; unknown numbers are passed over."""
        return self._cases(f"case_no IN ({_places(case_nos)})", case_nos)

    def worked_on(self, first: date, last: date) -> Iterator[CaseRow]:
        """The cases that were received by the last day of a span and not closed before its first."""
        where = f"{LIVE} AND received_on <= ? AND (closed_on = '' OR closed_on >= ? OR answered_on = '' OR answered_on >= ?)"
        rows = self._store.each(
            f"SELECT * FROM cases WHERE {where}", [last.isoformat(), first.isoformat(), first.isoformat()]
        )
        return map(case_row, rows)

    def closed_in(self, first: date, last: date) -> list[CaseRow]:
        """The cases that were closed first in a span of days, by number."""
        where = f"{LIVE} AND closed_on BETWEEN ? AND ? ORDER BY case_no"
        return self._cases(where, [first.isoformat(), last.isoformat()])

    def of_categories(self, categories: Collection[str], since: date, most: int) -> list[CaseRow]:
        """The cases of these categories received on a day or later, newest first."""
        where = f"{LIVE} AND received_on >= ? AND category IN ({_places(categories)}) ORDER BY rank DESC LIMIT ?"
        return self._cases(where, [since.isoformat(), *categories, most])

    def _cases(self, where: str, params: Sequence[object] = ()) -> list[CaseRow]:
        return [case_row(row) for row in self._store.query(f"SELECT * FROM cases WHERE {where}", params)]

    def same_lines(self) -> set[int]:
        """What tells the cases apart by the day of receipt, the applicant and the content, see :func:`same_facts`."""
        rows = self._store.each("SELECT received_on, applicant, content FROM cases")
        return {same_facts(row["received_on"], row["applicant"], row["content"]) for row in rows}

    def number_of_line(self, received_on: str, applicant: str, content: str) -> str:
        """The number of the first case with that day, applicant and content, however they are spelled; empty where there is none."""
        of_day = "SELECT case_no, applicant, content FROM cases WHERE received_on = ? ORDER BY rank"
        wanted = same_facts(received_on, applicant, content)
        return next(
            (
                str(row["case_no"])
                for row in self._store.query(of_day, [received_on])
                if same_facts(received_on, row["applicant"], row["content"]) == wanted
            ),
            "",
        )

    def applicants(self) -> list[str]:
        """The names of all who applied, each once."""
        return [
            str(row["applicant"])
            for row in self._store.each("SELECT DISTINCT applicant FROM cases ORDER BY applicant")
        ]

    def has_number(self, case_no: str) -> bool:
        """Whether a registration number is taken."""
        return bool(self._store.value("SELECT 1 FROM cases WHERE case_no = ?", [case_no]))

    def numbers_taken(self, case_nos: Sequence[str]) -> set[str]:
        """Those of some registration numbers that are taken."""
        where = f"case_no IN ({_places(case_nos)})"
        return {row["case_no"] for row in self._store.query(f"SELECT case_no FROM cases WHERE {where}", case_nos)}

    def case_of_letter(self, number: str) -> str:
        """The case whose answer or letter has a 文号; empty for one that nobody here has."""
        one = "SELECT case_id FROM letters WHERE number = ? UNION SELECT case_id FROM cases WHERE number = ? LIMIT 1"
        return str(self._store.value(one, [number, number]) or "") if number else ""

    def letters_taken(self, numbers: Sequence[str]) -> set[str]:
        """Those of some 文号 that a letter or an answer has."""
        held = "SELECT number FROM {} WHERE number IN ({})"
        both = " UNION ".join(held.format(table, _places(numbers)) for table in ("cases", "letters"))
        return {row["number"] for row in self._store.query(both, [*numbers, *numbers])} if numbers else set()

    def years(self) -> tuple[int, int] | None:
        """The first and the last year in which anything was received; None in an empty register."""
        ends = (
            self._store.value(f"SELECT received_on FROM cases ORDER BY rank {order} LIMIT 1")
            for order in ("ASC", "DESC")
        )
        oldest, newest = ends
        return (int(oldest[:4]), int(newest[:4])) if oldest and newest else None

    def ids_by_number(self, year: int | None = None, off_platform: bool = False) -> Iterator[str]:
        """The identifiers of all cases, or of those received in a year, or not yet on the platform; by day and number."""
        where, params = (NOT_ON_PLATFORM if off_platform else EVERY_CASE), []
        if year is not None:
            where += " AND substr(received_on, 1, 4) = ?"
            params = [f"{year:04d}"]
        found = self._store.each(f"SELECT case_id FROM cases WHERE {where} ORDER BY received_on, case_no", params)
        return (str(row["case_id"]) for row in found)

    def ids_judged(self) -> list[str]:
        """The cases whose release was judged for publication (条例 44)."""
        rows = self._store.query("SELECT DISTINCT case_id FROM events WHERE act = 'publication_judged'")
        return [str(row["case_id"]) for row in rows]

    def with_acts(self, *acts: AfterAct) -> list[str]:
        """The cases of which any of these acts is noted."""
        return list(dict.fromkeys(case_id for act in acts for case_id in self._with_act(act)))

    def _with_act(self, act: AfterAct) -> list[str]:
        return [str(row["case_id"]) for row in self._store.query(_WITH_ACT[act])]

    def any_act(self, act: AfterAct) -> bool:
        """Whether that act was ever noted."""
        return bool(self._store.value(f"SELECT EXISTS ({_WITH_ACT[act]})"))

    def served_without(self, act: AfterAct, categories: Collection[str], since: date) -> tuple[int, str]:
        """How many cases of these categories were delivered on a day or later and have not that act noted, and the number of the newest;
        counted in the index alone, since an office that judges none has thousands of them."""
        (found,) = self._store.query(
            f"SELECT count(*) AS n, max(rank) AS newest FROM cases WHERE {LIVE} AND served_on >= ?"
            f" AND category IN ({_places(categories)}) AND case_id NOT IN ({_WITH_ACT[act]})",
            [since.isoformat(), *categories],
        )
        newest = self._store.value("SELECT case_no FROM cases WHERE rank = ?", [found["newest"]])
        return found["n"], str(newest or "")

    def at_counter(self, first: date, end: date) -> list[AtCounter]:
        """Applications handed in or spoken at the counter from a day up to another; items split off do not count again."""
        there = [rule.key for rule in channel_rules() if rule.at_counter]
        rows = self._store.query(
            f"SELECT received_on, case_no, content FROM cases WHERE {LIVE} AND channel IN ({_places(there)})"
            " AND case_no NOT GLOB '*-*-*-*' AND received_on >= ? AND received_on < ? ORDER BY received_on, case_no",
            [*there, first.isoformat(), end.isoformat()],
        )
        return [AtCounter(date.fromisoformat(row["received_on"]), row["case_no"], row["content"]) for row in rows]

    # -- counts ------------------------------------------------------------------------------------------------

    def counted(self) -> list[CountedCase]:
        """The cases as the annual table counts them, those that count alike together; of their days only the year is right."""
        return self._counted(len("2026"))

    def counted_by_month(self) -> list[CountedCase]:
        """The same, of whose days year and month are right."""
        return self._counted(len("2026-10"))

    def _counted(self, signs: int) -> list[CountedCase]:
        received, closed = f"substr(received_on, 1, {signs})", f"substr(closed_on, 1, {signs})"
        rows = self._store.query(
            f"SELECT {received} AS received, {closed} AS closed, row, applicant_class, count(*) AS n FROM cases WHERE {LIVE}"
            f" GROUP BY {received}, {closed}, row, applicant_class"
        )
        rest = "2026-01-01"[signs:]
        return [
            CountedCase(
                applicant_class=row["applicant_class"],
                received_on=date.fromisoformat(row["received"] + rest),
                row=row["row"] or None,
                closed_on=date.fromisoformat(row["closed"] + rest) if row["closed"] else None,
                count=row["n"],
            )
            for row in rows
        ]

    def counted_each(self) -> Iterator[CountedCase]:
        """The same, one by one, with their numbers."""
        for row in self._store.each(
            f"SELECT case_no, applicant_class, received_on, row, closed_on FROM cases WHERE {LIVE}"
        ):
            yield CountedCase(
                applicant_class=row["applicant_class"],
                received_on=date.fromisoformat(row["received_on"]),
                row=row["row"] or None,
                closed_on=_day(row["closed_on"]),
                case_no=row["case_no"],
            )

    # -- disputes ----------------------------------------------------------------------------------------------

    def disputes(self) -> list[Dispute]:
        """Every 复议 and 诉讼 as the annual table counts them."""
        rows = self._store.query(
            f"SELECT case_no, route, outcome, opened_on, decided_on FROM matters JOIN cases USING (case_id) WHERE {LIVE}"
        )
        return [
            Dispute(
                on=date.fromisoformat(row["opened_on"]),
                route=row["route"],
                outcome=row["outcome"],
                decided_on=_day(row["decided_on"]),
                case_no=row["case_no"],
            )
            for row in rows
        ]

    def open_matters(self) -> list[OpenMatter]:
        """The 复议 and 诉讼 that are not decided."""
        rows = self._store.query(
            "SELECT case_no, route, counted_from, answer_by, matters.answered_on FROM matters JOIN cases USING (case_id)"
            f" WHERE decided_on = '' AND dated = 1 AND {LIVE}"
        )
        return [
            OpenMatter(
                row["case_no"],
                row["route"],
                date.fromisoformat(row["counted_from"]),
                _day(row["answer_by"]),
                bool(row["answered_on"]),
            )
            for row in rows
        ]

    def beyond_ledger(self) -> int:
        """The cases whose disputes a ledger cannot tell: it has one of a kind, in the year of the answer, without days."""
        return int(
            self._store.value(
                f"SELECT count(DISTINCT case_id) FROM matters JOIN cases USING (case_id) WHERE {LIVE} AND (n > 1 OR"
                " (dated = 1 AND substr(coalesce(nullif(decided_on, ''), opened_on), 1, 4) <>"
                " substr(coalesce(nullif(closed_on, ''), received_on), 1, 4)))"
            )
        )

    # -- the office --------------------------------------------------------------------------------------------

    def unit_days(self) -> list[date]:
        """From which days the versions of the unit's particulars hold, newest first, each day once."""
        rows = self._store.query("SELECT valid_from FROM units ORDER BY valid_from DESC, seq DESC")
        return [date.fromisoformat(day) for day in dict.fromkeys(row["valid_from"] for row in rows)]


def _places(values: Collection[object]) -> str:
    return ", ".join("?" for _ in values)
