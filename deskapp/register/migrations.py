"""The shape of the file, in numbered steps. Applied by :mod:`deskapp.register.store` inside one write transaction."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("deskapp")

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


@migrations(name="0001_journal_letters_units_projection")
def first(db: Database) -> None:
    """Journal with its guards, frozen letters, unit versions, counters, drafts, and the projection."""
    for statement in _statements(_FIRST):
        db.execute(statement)


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


@migrations(name="0002_calendars")
def calendars(db: Database) -> None:
    """Years of holidays and local holidays that the unit brought in itself; the newest row of a key counts."""
    for statement in _statements(_CALENDARS):
        db.execute(statement)


def _statements(script: str) -> list[str]:
    """The statements of a script; the body of a trigger stays with its trigger."""
    return [piece.strip().rstrip(";") for piece in script.split(";\n") if piece.strip()]
