"""The shape of the file, in numbered steps. Taken by :mod:`deskapp.register.versions` inside one write transaction."""

from __future__ import annotations

import json

from sqlite_utils import Database, Migrations

from deskapp.register import versions
from deskapp.register.hashing import seal

migrations = Migrations(versions.STEPS.name)

_FIRST = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    case_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    act TEXT NOT NULL,
    at TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    prev TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    UNIQUE (case_id, n)
) STRICT;
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;

CREATE TABLE letters (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    number TEXT NOT NULL,
    version TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    facts TEXT NOT NULL CHECK (json_valid(facts)),
    text TEXT NOT NULL,
    pages INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    pdf BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX letters_number ON letters (number) WHERE number <> '';
CREATE INDEX letters_case ON letters (case_id);
CREATE TRIGGER letters_no_update BEFORE UPDATE ON letters BEGIN SELECT RAISE(ABORT, 'letters are frozen'); END;
CREATE TRIGGER letters_no_delete BEFORE DELETE ON letters BEGIN SELECT RAISE(ABORT, 'letters are frozen'); END;

CREATE TABLE units (
    seq INTEGER PRIMARY KEY,
    valid_from TEXT NOT NULL,
    at TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE TRIGGER units_no_update BEFORE UPDATE ON units BEGIN SELECT RAISE(ABORT, 'unit versions are kept'); END;
CREATE TRIGGER units_no_delete BEFORE DELETE ON units BEGIN SELECT RAISE(ABORT, 'unit versions are kept'); END;

CREATE TABLE counters (
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (series, year)
) STRICT;

CREATE TABLE drafts (key TEXT PRIMARY KEY, body TEXT NOT NULL CHECK (json_valid(body)), saved_at TEXT NOT NULL) STRICT;

CREATE TABLE cases (
    case_id TEXT PRIMARY KEY,
    case_no TEXT NOT NULL UNIQUE,
    received_on TEXT NOT NULL,
    channel TEXT NOT NULL,
    applicant TEXT NOT NULL,
    applicant_class TEXT NOT NULL,
    initials TEXT NOT NULL,
    phone TEXT NOT NULL,
    content TEXT NOT NULL,
    category TEXT NOT NULL,
    row TEXT NOT NULL,
    number TEXT NOT NULL,
    closed_on TEXT NOT NULL,
    served_on TEXT NOT NULL,
    archived_on TEXT NOT NULL,
    unserved INTEGER NOT NULL,
    clock TEXT NOT NULL CHECK (json_valid(clock)),
    events INTEGER NOT NULL
) STRICT;
CREATE INDEX cases_received ON cases (received_on);
CREATE INDEX cases_open ON cases (archived_on, closed_on);
CREATE INDEX cases_applicant ON cases (applicant);
CREATE INDEX cases_initials ON cases (initials);
CREATE INDEX cases_phone ON cases (phone);
"""


@migrations(name=versions.FIRST)
def first(db: Database) -> None:
    """Journal with its guards, frozen letters, unit versions, counters, drafts, and the projection."""
    _run(db, _FIRST)


_CALENDARS = """
CREATE TABLE calendars (
    seq INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    at TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE TRIGGER calendars_no_update BEFORE UPDATE ON calendars BEGIN SELECT RAISE(ABORT, 'calendars are kept'); END;
CREATE TRIGGER calendars_no_delete BEFORE DELETE ON calendars BEGIN SELECT RAISE(ABORT, 'calendars are kept'); END;
"""


@migrations(name=versions.CALENDARS)
def calendars(db: Database) -> None:
    """Years of holidays and local holidays that the unit brought in itself; the newest row of a key counts."""
    _run(db, _CALENDARS)


_REGISTER = """
CREATE TABLE years (
    seq INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    at TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    seal TEXT NOT NULL
) STRICT;
CREATE TRIGGER years_no_update BEFORE UPDATE ON years BEGIN SELECT RAISE(ABORT, 'frozen years are kept'); END;
CREATE TRIGGER years_no_delete BEFORE DELETE ON years BEGIN SELECT RAISE(ABORT, 'frozen years are kept'); END;

CREATE TABLE backups (
    seq INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    at TEXT NOT NULL,
    outside INTEGER NOT NULL,
    locked INTEGER NOT NULL,
    cases INTEGER NOT NULL,
    events INTEGER NOT NULL,
    letters INTEGER NOT NULL
) STRICT;

ALTER TABLE units ADD COLUMN seal TEXT NOT NULL DEFAULT '';
ALTER TABLE calendars ADD COLUMN seal TEXT NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN seal TEXT NOT NULL DEFAULT '';
ALTER TABLE counters ADD COLUMN ledger INTEGER NOT NULL DEFAULT 0;

DROP TABLE cases;
CREATE TABLE cases (
    rank INTEGER PRIMARY KEY,
    case_id TEXT NOT NULL UNIQUE,
    case_no TEXT NOT NULL UNIQUE,
    received_on TEXT NOT NULL,
    channel TEXT NOT NULL,
    applicant TEXT NOT NULL,
    applicant_class TEXT NOT NULL,
    phone TEXT NOT NULL,
    id_number TEXT NOT NULL,
    content TEXT NOT NULL,
    category TEXT NOT NULL,
    row TEXT NOT NULL,
    number TEXT NOT NULL,
    closed_on TEXT NOT NULL,
    served_on TEXT NOT NULL,
    archived_on TEXT NOT NULL,
    unserved INTEGER NOT NULL,
    void INTEGER NOT NULL,
    platform INTEGER NOT NULL,
    clock TEXT NOT NULL CHECK (json_valid(clock)),
    events INTEGER NOT NULL
) STRICT;
CREATE INDEX cases_open ON cases (archived_on, void);
CREATE INDEX cases_year ON cases (substr(received_on, 1, 4), substr(closed_on, 1, 4), row, applicant_class, void);
CREATE INDEX cases_number ON cases (number);
CREATE INDEX cases_phone ON cases (phone);
CREATE INDEX cases_identity ON cases (id_number);

CREATE TABLE matters (
    case_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    route TEXT NOT NULL,
    outcome TEXT NOT NULL,
    opened_on TEXT NOT NULL,
    answered_on TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    reference TEXT NOT NULL,
    dated INTEGER NOT NULL,
    PRIMARY KEY (case_id, n)
) STRICT;

CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = 'ascii', prefix = '1 2 3');
"""
_SEALED = {"units": ("seq", "valid_from", "at", "body"), "calendars": ("seq", "key", "at", "body")}


@migrations(name=versions.REGISTER)
def register(db: Database) -> None:
    """The index of the search, disputes, seals, frozen years, known backups, the end of the journal; the projection is
    written anew afterwards. Gaps in the numbers of a register that was begun earlier are taken as its ledgers'."""
    _run(db, _REGISTER)
    for table, columns in _SEALED.items():
        _seal_rows(db, table, columns)
    db.execute("UPDATE counters SET ledger = last")
    last = list(db.query("SELECT seq, hash, at FROM events ORDER BY seq DESC LIMIT 1"))
    if last:
        db.execute("INSERT OR REPLACE INTO meta VALUES ('head', ?)", [json.dumps(list(last[0].values()))])


def _seal_rows(db: Database, table: str, columns: tuple[str, ...]) -> None:
    """Seal the rows of a guarded table; its guard is lifted for that and put back."""
    guard = next(iter(db.query("SELECT sql FROM sqlite_master WHERE name = ?", [f"{table}_no_update"])))["sql"]
    db.execute(f"DROP TRIGGER {table}_no_update")
    for row in list(db.query(f"SELECT * FROM {table}")):
        db.execute(f"UPDATE {table} SET seal = ? WHERE seq = ?", [seal(row[name] for name in columns), row["seq"]])
    db.execute(guard)


_RECORDS = """
CREATE TABLE records (
    seq INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    at TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    seal TEXT NOT NULL
) STRICT;
CREATE INDEX records_key ON records (kind, key, seq);
CREATE TRIGGER records_no_update BEFORE UPDATE ON records BEGIN SELECT RAISE(ABORT, 'records are kept'); END;
CREATE TRIGGER records_no_delete BEFORE DELETE ON records BEGIN SELECT RAISE(ABORT, 'records are kept'); END;
"""


@migrations(name=versions.RECORDS)
def records(db: Database) -> None:
    """What the counter writes down that is no event of a case, such as the log of the mail; the newest row of a key
    counts."""
    _run(db, _RECORDS)


@migrations(name=versions.CHANNEL_KEYS)
def channel_keys(db: Database) -> None:
    """Channels have keys and no longer names: the projection, which is written anew after every step, takes them over."""


@migrations(name=versions.CLASS_KEYS)
def class_keys(db: Database) -> None:
    """Classes of applicants have keys and no longer names: taken over in the same way."""


_ROUNDS = """
DROP TABLE cases;
CREATE TABLE cases (
    rank INTEGER PRIMARY KEY,
    case_id TEXT NOT NULL UNIQUE,
    case_no TEXT NOT NULL UNIQUE,
    received_on TEXT NOT NULL,
    channel TEXT NOT NULL,
    applicant TEXT NOT NULL,
    applicant_class TEXT NOT NULL,
    phone TEXT NOT NULL,
    id_number TEXT NOT NULL,
    content TEXT NOT NULL,
    category TEXT NOT NULL,
    row TEXT NOT NULL,
    number TEXT NOT NULL,
    closed_on TEXT NOT NULL,
    answered_on TEXT NOT NULL,
    from_ledger INTEGER NOT NULL,
    served_on TEXT NOT NULL,
    archived_on TEXT NOT NULL,
    unserved INTEGER NOT NULL,
    void INTEGER NOT NULL,
    platform INTEGER NOT NULL,
    clock TEXT NOT NULL CHECK (json_valid(clock)),
    events INTEGER NOT NULL
) STRICT;
CREATE INDEX cases_open ON cases (archived_on, void);
CREATE INDEX cases_year ON cases (substr(received_on, 1, 4), substr(closed_on, 1, 4), row, applicant_class, void);
CREATE INDEX cases_number ON cases (number);
CREATE INDEX cases_phone ON cases (phone);
CREATE INDEX cases_identity ON cases (id_number);
CREATE INDEX cases_unserved ON cases (unserved) WHERE unserved > 0;
"""


@migrations(name=versions.ROUNDS)
def rounds(db: Database) -> None:
    """An answer that was set aside is due once more: when a case was answered last is no longer when it was closed first, which is
    what the year counts; an answer that only a ledger tells of is known as such."""
    _run(db, _ROUNDS)


_PEOPLE = """
ALTER TABLE cases ADD COLUMN joint INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN unconfirmed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN order_due INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN names TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN particulars TEXT NOT NULL DEFAULT '';
ALTER TABLE matters ADD COLUMN counted_from TEXT NOT NULL DEFAULT '';
ALTER TABLE matters ADD COLUMN answer_by TEXT NOT NULL DEFAULT '';
"""


@migrations(name=versions.PEOPLE)
def people(db: Database) -> None:
    """Who else stands in the case and what was remarked, by which it is found; what a dispute's notice and end say."""
    _run(db, _PEOPLE)


_SEAT = """
ALTER TABLE cases ADD COLUMN with_department TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN back_by TEXT NOT NULL DEFAULT '';
"""


@migrations(name=versions.SEAT)
def seat(db: Database) -> None:
    """The department of the house that has an application, and when it shall return it."""
    _run(db, _SEAT)


_SPOKEN = """
CREATE INDEX cases_served ON cases (served_on, category);
CREATE INDEX events_judged ON events (case_id) WHERE act = 'publication_judged';
CREATE INDEX events_followed ON events (case_id) WHERE act = 'followed_up';
"""


@migrations(name=versions.SPOKEN)
def spoken(db: Database) -> None:
    """Names are found by their sound, and by initials from any character on: the words of every case are written anew. What follows an
    answer is counted for the board without reading the whole journal."""
    _run(db, _SPOKEN)


_ERASED = """
CREATE TABLE erased (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    case_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    was TEXT NOT NULL,
    seal TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT;
CREATE INDEX erased_case ON erased (case_id, n);
CREATE TRIGGER erased_no_update BEFORE UPDATE ON erased BEGIN SELECT RAISE(ABORT, 'erasures are kept'); END;
CREATE TRIGGER erased_no_delete BEFORE DELETE ON erased BEGIN SELECT RAISE(ABORT, 'erasures are kept'); END;
ALTER TABLE cases ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
"""


@migrations(name=versions.ERASED)
def erased(db: Database) -> None:
    """What entries and letters were and are whose people were erased, so that the chain is still sound; which cases those are."""
    _run(db, _ERASED)


_HANDLER = """
ALTER TABLE cases ADD COLUMN handler TEXT NOT NULL DEFAULT '';
CREATE INDEX cases_handler ON cases (handler);
DROP INDEX cases_served;
CREATE INDEX cases_served ON cases (served_on, category, void, case_id);
CREATE INDEX cases_unanswered ON cases (answered_on) WHERE answered_on = '';
"""


@migrations(name=versions.HANDLER)
def handler(db: Database) -> None:
    """Who works on a case, by which a search is narrowed; the cases without an answer are found, and what follows an answer
    is counted, without reading the others."""
    _run(db, _HANDLER)


def _run(db: Database, script: str) -> None:
    """Run the statements of a script one after another, inside the transaction that is open."""
    for statement in _statements(script):
        db.execute(statement)


def _statements(script: str) -> list[str]:
    """The statements of a script; the body of a trigger stays with its trigger."""
    return [piece.strip().rstrip(";") for piece in script.split(";\n") if piece.strip()]
