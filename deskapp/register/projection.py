"""The projection: what the journal makes of each case, as rows for lists, search and statistics.

Written in the transaction that appends, and made anew from the journal at any time, to the byte. ``cases`` has one row
per case, ``matters`` one per 复议 or 诉讼, ``words`` the index of the search. ``rank`` orders cases by the day of receipt,
then by the order of registration.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from pydantic import ValidationError

from deskapp.errors import DeskError
from deskapp.law.clock_events import as_stored
from deskapp.register.case import Case, letters_not_served, order_to_note, outside_answer_waits
from deskapp.register.events import EVENT, AnyEvent, Received
from deskapp.register.fold import fold
from deskapp.register.store import Row, Store
from deskapp.register.tokens import index_text

TABLES = ("cases", "matters", "words")
TOGETHER = 200  # cases whose rows are written at once
MOST_SIGNS = 1_000_000  # of words that wait: two megabytes
SERIAL_BITS = 36  # of a rank: the place of the registration in the journal
COLUMNS = (
    "rank", "case_id", "case_no", "received_on", "channel", "applicant", "applicant_class", "phone", "id_number",
    "content", "category", "row", "number", "closed_on", "answered_on", "from_ledger", "served_on", "archived_on", "unserved", "void", "platform",
    "clock", "events", "joint", "unconfirmed", "order_due", "names", "particulars", "with_department", "back_by", "erased", "handler",
)  # fmt: skip
MATTER_COLUMNS = (
    "case_id",
    "n",
    "route",
    "outcome",
    "opened_on",
    "answered_on",
    "decided_on",
    "reference",
    "dated",
    "counted_from",
    "answer_by",
)
_INSERT_CASE = f"INSERT INTO cases ({', '.join(COLUMNS)}) VALUES ({', '.join('?' for _ in COLUMNS)})"
_INSERT_MATTER = f"INSERT INTO matters VALUES ({', '.join(':' + name for name in MATTER_COLUMNS)})"


def read_event(body: str, place: str) -> AnyEvent:
    """An event from its JSON text. Raises DeskError that names ``place`` when the text is damaged."""
    try:
        return EVENT.validate_json(body)
    except ValidationError as error:
        raise DeskError(
            f"登记记录（{place}）已经损坏，读不出来。", "这一件的情况不可靠。", "请运行 deskapp check，用备份恢复。"
        ) from error


def project(case: Case, serial: int) -> Row:
    """The row of a case that was the ``serial``-th entry of the journal."""
    received = case.received
    return {
        "rank": received.on.toordinal() << SERIAL_BITS | serial,
        "case_id": case.case_id,
        "case_no": received.case_no,
        "received_on": received.on.isoformat(),
        "channel": received.channel,
        "applicant": received.applicant,
        "applicant_class": received.applicant_class,
        "phone": received.phone,
        "id_number": received.id_number,
        "content": received.content,
        "category": case.category,
        "row": case.row,
        "number": case.number,
        "closed_on": _iso(case.counted_on),
        "answered_on": _iso(case.closed_on),
        "from_ledger": int(case.from_ledger),
        "served_on": _iso(case.served.on if case.served else None),
        "archived_on": _iso(case.archived.on if case.archived else None),
        "unserved": sum(1 for _ in letters_not_served(case)) + outside_answer_waits(case),
        "void": int(case.void),
        "platform": int(case.platform is not None),
        "clock": f"[{','.join(as_stored(event) for event in case.clock_events)}]",
        "events": len(case.history),
        "joint": len(received.others),
        "unconfirmed": int(received.unconfirmed),
        "order_due": int(order_to_note(case)),
        "names": "\n".join(person.name for person in received.everybody),
        "particulars": "\n".join(filter(None, _particulars(received))),
        "with_department": case.referred[0].department if case.referred else "",
        "back_by": min((one.back_by.isoformat() for one in case.referred if one.back_by), default=""),
        "erased": int(case.erased is not None),
        "handler": case.handler,
    }


def _particulars(received: Received) -> Iterator[str]:
    """What else a case is found by: the numbers of everybody in it, what was written down of the applicant, what was remarked."""
    yield from (
        received.id_number,
        received.email,
        received.postcode,
        received.legal_representative,
        received.address,
    )
    for person in received.everybody:
        yield from (person.id_number, person.phone)
    yield from (received.delivery_form, received.remark)


def matters_of(case: Case) -> list[Row]:
    """The rows of a case in ``matters``."""
    return [
        {
            "case_id": case.case_id,
            "n": n,
            "route": matter.route,
            "outcome": matter.outcome,
            "opened_on": _iso(matter.on),
            "answered_on": _iso(matter.answered_on),
            "decided_on": _iso(matter.decided_on),
            "reference": matter.reference,
            "dated": int(matter.dated),
            "counted_from": _iso(matter.counted_from),
            "answer_by": _iso(matter.answer_by),
        }
        for n, matter in enumerate(case.disputes)
    ]


def words_of(row: Row) -> str:
    """What the index holds of a row of ``cases``."""
    names = [row["applicant"], *row["names"].splitlines()]
    others = row["particulars"].splitlines()
    return index_text(names, (row["case_no"], row["number"], row["phone"], row["content"], *others))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


class NewRows:
    """Rows of cases that have none, written many at a time inside of a transaction. The words wait longest and go in by rank: each step
    backwards makes the index begin a new part of itself on the disk, and few ledgers are in the order of the days."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._cases: list[list[object]] = []
        self._matters: list[Row] = []
        self._words: list[tuple[int, str]] = []
        self._signs = 0  # in the words that wait

    def add(self, case: Case, serial: int) -> None:
        """Let the rows of a case wait that was the ``serial``-th entry of the journal."""
        row = project(case, serial)
        words = words_of(row)
        self._cases.append(list(row.values()))
        self._words.append((row["rank"], words))
        self._matters += matters_of(case)
        self._signs += len(words)

    def write(self) -> None:
        """Write what waits, the words only where they are many."""
        self._store.execute_each(_INSERT_CASE, self._cases)
        self._store.execute_each(_INSERT_MATTER, self._matters)
        self._cases, self._matters = [], []
        if self._signs > MOST_SIGNS:
            self.write_all()

    def write_all(self) -> None:
        """Write all that waits."""
        words = sorted(self._words)
        self._words, self._signs = [], 0
        self.write()
        self._store.execute_each("INSERT INTO words (rowid, text) VALUES (?, ?)", words)


def write_new(store: Store, case: Case, serial: int) -> None:
    """Write the rows of a case that has none."""
    rows = NewRows(store)
    rows.add(case, serial)
    rows.write_all()


def write_again(store: Store, case: Case) -> None:
    """Replace the rows of a case."""
    old = store.query("SELECT * FROM cases WHERE case_id = ?", [case.case_id])
    serial = store.value("SELECT seq FROM events WHERE case_id = ? AND n = 0", [case.case_id])
    row = project(case, serial)
    store.execute("DELETE FROM cases WHERE case_id = ?", [case.case_id])
    store.execute(_INSERT_CASE, list(row.values()))
    if not old or (old[0]["rank"], words_of(old[0])) != (row["rank"], words_of(row)):
        store.execute("DELETE FROM words WHERE rowid = ?", [old[0]["rank"] if old else row["rank"]])
        store.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", [row["rank"], words_of(row)])
    store.execute("DELETE FROM matters WHERE case_id = ?", [case.case_id])
    for matter in matters_of(case):
        store.execute(_INSERT_MATTER, matter)


def rebuild(store: Store) -> int:
    """Write the whole projection anew from the journal, in one transaction; the number of cases.

    Tables of the lists, indexes and guards that are missing are made again; rows of other tables are not touched.
    """
    from deskapp.register.shape import shape  # only when something is mended: it reads a library of its own

    made = 0
    with store.write():
        if "words" in _tables(store):
            _make_droppable(store)
        for table in TABLES:  # dropped, not emptied: a damaged index cannot be emptied, and one may be missing
            store.execute(f"DROP TABLE IF EXISTS {table}")
        _make_missing(store, shape())
        rows = NewRows(store)
        for made, (case, serial) in enumerate(folded(store), 1):
            rows.add(case, serial)
            if made % TOGETHER == 0:
                rows.write()
        rows.write_all()
    return made


def _tables(store: Store) -> set[str]:
    """The names of everything the file is made of."""
    return {row["name"] for row in store.query("SELECT name FROM sqlite_master")}


def _make_missing(store: Store, statements: dict[str, str]) -> None:
    """Make what the file lacks of these."""
    have = _tables(store)
    for name, statement in statements.items():
        if name not in have:
            store.execute(statement)


def index_in_memory(store: Store, most: int) -> None:
    """How many bytes of new words the index keeps in memory before it writes them: much for a long series."""
    store.execute("INSERT INTO words (words, rank) VALUES ('hashsize', ?)", [most])


def _make_droppable(store: Store) -> None:
    """Put an empty index into the place of one that is too damaged to be opened, and so to be dropped."""
    from deskapp.register.shape import empty_index, inside_of_the_index

    _make_missing(store, inside_of_the_index())
    for table, rows in empty_index().items():
        store.execute(f"DELETE FROM {table}")
        store.execute_each(f"INSERT INTO {table} VALUES (?, ?)", rows)


def folded(store: Store) -> Iterator[tuple[Case, int]]:
    """Every case of the journal with the place of its registration, one at a time."""
    rows = store.each("SELECT case_id, seq, body FROM events ORDER BY case_id, n")
    for case_id, group in groupby(rows, key=lambda row: str(row["case_id"])):
        entries = list(group)
        events = [read_event(row["body"], f"第{row['seq']}条") for row in entries]
        try:
            yield fold(case_id, events), entries[0]["seq"]
        except ValueError as error:
            raise DeskError(f"登记记录（第{entries[0]['seq']}条）前面缺了收件记录。", "", "请用备份恢复。") from error


def differences(store: Store) -> Iterator[str]:
    """The numbers of the cases whose rows are not what the journal makes of them."""
    alike = True
    stored = store.each("SELECT * FROM cases ORDER BY case_id")
    for made, row in _side_by_side(folded(store), stored):
        if made is None or row is None:
            alike = False
            yield (row or {}).get("case_no") or (made[0].case_no if made else "")
            continue
        case, serial = made
        texts = store.query("SELECT text FROM words WHERE rowid = ?", [row["rank"]])
        matters = store.query("SELECT * FROM matters WHERE case_id = ? ORDER BY n", [case.case_id])
        expected = project(case, serial)
        if row != expected or [t["text"] for t in texts] != [words_of(expected)] or matters != matters_of(case):
            alike = False
            yield case.case_no
    if alike:
        yield from _orphans(store)


def _orphans(store: Store) -> Iterator[str]:
    """Rows of the index and of the matters that belong to no case."""
    for row in store.each("SELECT rowid AS rank FROM words WHERE rowid NOT IN (SELECT rank FROM cases)"):
        yield f"查询索引{row['rank'] % (1 << SERIAL_BITS)}"
    for row in store.each("SELECT DISTINCT case_id FROM matters WHERE case_id NOT IN (SELECT case_id FROM cases)"):
        yield f"复议诉讼{row['case_id']}"


def _side_by_side(
    left: Iterator[tuple[Case, int]], right: Iterator[Row]
) -> Iterator[tuple[tuple[Case, int] | None, Row | None]]:
    """Two streams in the order of case_id, matched by it; None where one of them has nothing."""
    made, row = next(left, None), next(right, None)
    while made is not None or row is not None:
        key = made[0].case_id if made else None
        other = str(row["case_id"]) if row else None
        if key is not None and (other is None or key <= other):
            yield made, row if key == other else None
            row = next(right, None) if key == other else row
            made = next(left, None)
        else:
            yield None, row
            row = next(right, None)
