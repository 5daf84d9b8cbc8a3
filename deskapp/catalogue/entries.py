"""Entries: what the office has published, one row each, and the index by which they are found.

The catalogue is a file beside the register: what visitors read holds nothing that is not public, and it can be made anew
from the office's lists at any time. Rows are sealed as in the register.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from deskapp.catalogue.entry import NAMES, Entry, entry_of, plain, values_of
from deskapp.catalogue.terms import body_terms, sound_terms, title_of, title_terms
from deskapp.errors import DeskError, os_reason
from deskapp.paths import KEYS
from deskapp.register.driver import IN_THE_CLEAR, RegisterKey, connect, errors
from deskapp.register.hashing import seal
from deskapp.register.keyring import slots_in
from deskapp.register.packed import needs_key
from deskapp.register.store import Row, Store, explain
from deskapp.register.tokens import index_query, pieces
from deskapp.register.versions import Steps

CATALOGUE_ID = 0x4445534C  # in the file's header, beside the register's
BOOK = "公开目录"
SERIAL_BITS = 32  # of a rank: the order in which entries came in; above it the day of publication
LAST = 2**62
MOST_OFFICES = 1000
_LAST_SIGN = "\U0010ffff"  # behind every sign
MOST_SIGNS = 1_000_000  # of words that wait: two megabytes
SHOWN = "down_on = ''"  # what was not taken down
State = Literal["new", "changed", "same"]
STEPS = Steps(
    "catalogue",
    ("0001_entries_texts_words", "0002_offices_states_sounds", "0003_entries_by_office"),
    "deskapp.catalogue.migrations",
    ("公开目录是较新版本的程序建立的。", "没有打开。", "请安装新版本的 deskapp。"),
)
_INSERT = f"INSERT INTO entries VALUES ({', '.join('?' * (len(NAMES) + 5))})"
_CALLED = ("index_no", "name", "doc_no", "issuer", "topic", "bulletin")  # of these the words of the index are made


def _locked(path: Path, key: RegisterKey) -> DeskError | None:
    """That a catalogue is encrypted and the register beside it is not; None for any other fault of one that cannot be read."""
    with suppress(OSError):
        if not key and path.stat().st_size and slots_in(path.parent / KEYS) and needs_key(path):
            return DeskError(
                f"{BOOK}是加密的，旁边的登记簿却没有加密，打不开它。",
                f"{BOOK}没有坏，不要删。登记簿多半换成了另一份没有加密的。",
                f"请关掉所有窗口，把原来加密的登记簿和【{KEYS}】放回原处，用密码打开。",
            )
    return None


class _Words(NamedTuple):
    """What the index holds of the entry at a rank."""

    rank: int
    title: str
    body: str
    sounds: str


class Entries:
    """The catalogue, open. Use :meth:`open`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._many, self._signs = False, 0
        self._waiting: list[_Words] = []  # of entries that are written, for the index

    @classmethod
    def open(cls, path: Path, key: RegisterKey = IN_THE_CLEAR) -> Entries:
        """The catalogue at ``path``, made if there is none; ``key`` is that of the register beside it. Raises DeskError for a file that
        is none, or a newer one."""
        try:
            connection = connect(path, key)
        except errors() as error:
            raise explain(error, path, BOOK) from error
        store = Store(path, connection, BOOK, key=key)
        try:
            connection.execute("PRAGMA busy_timeout = 10000")
            _make_or_know(store)
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -64000"):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("CREATE VIRTUAL TABLE temp.spoken USING fts5vocab (main, sounds, row)")
            store.watch()
        except errors() as error:
            connection.close()
            raise _locked(path, key) or explain(error, path, BOOK) from error
        except DeskError as error:
            connection.close()
            raise _locked(path, key) or error from error.__cause__
        except OSError as error:
            connection.close()
            raise DeskError(
                f"{BOOK}建不了：{os_reason(error)}。", "登记簿没有受影响。", "请检查磁盘和权限，再试一次。"
            ) from error
        return cls(store)

    @property
    def store(self) -> Store:
        """The file, for one transaction around many entries."""
        return self._store

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    # -- in ----------------------------------------------------------------------------------------------------

    @contextmanager
    def many(self) -> Iterator[None]:
        """One transaction around many entries. Their words wait for each other and go into the index by rank, since each step backwards
        makes it begin a new part of itself on the disk; nothing is to be searched for until it is over."""
        with self._store.write():
            self._many = True
            try:
                yield
                self._write_words()
            finally:
                self._many, self._waiting, self._signs = False, [], 0

    def put(self, entry: Entry, text: str | None = None) -> State:
        """Take an entry in, or bring it up to date; ``text`` is its full text, None leaves what is there. Inside
        :meth:`Store.write`."""
        store, key = self._store, entry.key
        row = next(iter(store.query("SELECT * FROM entries WHERE key = ?", [key])), None)
        old = entry_of(row) if row else None
        before = self.text(key) if old else ""
        after = before if text is None else text
        if old == entry and after == before:
            return "same"
        serial = row["serial"] if row else self.size + 1
        rank = _day_of(entry) << SERIAL_BITS | serial
        if old:
            store.execute("DELETE FROM entries WHERE key = ?", [key])
        values, title = values_of(entry), title_of(entry)
        store.execute(_INSERT, [rank, serial, key, *values, seal((key, *values)), title])
        if row is None or old is None:
            self._index(rank, entry, title, after)
        elif (
            row["rank"] != rank
            or after != before
            or any(getattr(old, name) != getattr(entry, name) for name in _CALLED)
        ):
            self._forget(row["rank"], old, before)
            self._index(rank, entry, title, after)
        if after != before:
            store.execute("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", [key, after, seal((key, after))])
        return "changed" if old else "new"

    def rename(self, key: str, entry: Entry) -> None:
        """Let the entry of ``key`` go on as ``entry``, which has another key: it keeps its place and its text. Inside :meth:`Store.write`."""
        store, old = self._store, self.get(key)
        if old is None or entry.key == key:
            return
        text = self.text(key)
        store.execute("UPDATE entries SET key = ? WHERE key = ?", [entry.key, key])
        if text:
            store.execute("DELETE FROM texts WHERE key = ?", [key])
            store.execute("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", [entry.key, text, seal((entry.key, text))])

    def _index(self, rank: int, entry: Entry, title: str, text: str) -> None:
        words = _Words(rank, " ".join(pieces(title)), body_terms(text), sound_terms(entry))
        self._waiting.append(words)
        self._signs += len(words.title) + len(words.body) + len(words.sounds)
        if not self._many or self._signs > MOST_SIGNS:
            self._write_words()

    def _write_words(self) -> None:
        """Put the words that wait into the index."""
        words = sorted(self._waiting)
        self._waiting, self._signs = [], 0
        self._store.execute_each(
            "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", [(x.rank, x.title, x.body) for x in words]
        )
        self._store.execute_each(
            "INSERT INTO sounds (rowid, text) VALUES (?, ?)", [(x.rank, x.sounds) for x in words]
        )

    def _forget(self, rank: int, entry: Entry, text: str) -> None:
        """Take the words of an entry out of the index; it is told which they were."""
        store = self._store
        self._write_words()  # they may be among those that wait
        store.execute(
            "INSERT INTO words (words, rowid, title, body) VALUES ('delete', ?, ?, ?)",
            [rank, title_terms(entry), body_terms(text)],
        )
        store.execute("INSERT INTO sounds (sounds, rowid, text) VALUES ('delete', ?, ?)", [rank, sound_terms(entry)])

    # -- out ---------------------------------------------------------------------------------------------------

    def newest(self, limit: int, before: int = LAST, where: str = SHOWN, values: Sequence[str] = ()) -> list[Row]:
        """Rows, the newest first, of those below a rank; ``where`` is a condition of ours, with its values."""
        sql = f"SELECT * FROM entries WHERE rank < ? AND {where} ORDER BY rank DESC LIMIT ?"
        return self._store.query(sql, [before, *values, limit])

    def matching(self, asked: str, limit: int, before: int = LAST, columns: str = "entries.*") -> list[Row]:
        """Rows for a query in the language of the index, the newest first."""
        return self._store.query(
            f"SELECT {columns} FROM words JOIN entries ON entries.rank = words.rowid"
            f" WHERE words MATCH ? AND words.rowid < ? AND {SHOWN} ORDER BY words.rowid DESC LIMIT ?",
            [asked, before, limit],
        )

    def holding_or_sounding(self, words: Sequence[tuple[str, str]], limit: int, before: int = LAST) -> list[Row]:
        """Rows that hold each word, or sound like it: pairs of queries in the languages of the two indexes; the newest first."""
        either = "rank IN (SELECT rowid FROM words WHERE words MATCH ? UNION SELECT rowid FROM sounds WHERE sounds MATCH ?)"
        values = [query for pair in words for query in pair]
        sql = f"SELECT * FROM entries WHERE rank < ? AND {SHOWN} AND {' AND '.join([either] * len(words))}"
        return self._store.query(f"{sql} ORDER BY rank DESC LIMIT ?", [before, *values, limit])

    def holding(self, text: str, limit: int) -> list[Entry]:
        """Entries that are called by a text, or hold it in what they are called; the newest first."""
        asked = index_query(text)
        return [entry_of(row) for row in self.matching(f"title : {asked}", limit)] if asked else []

    def sounding(self, asked: str, limit: int, columns: str = "entries.*") -> list[Row]:
        """Rows for a query in the language of the index of sounds, the newest first."""
        return self._store.query(
            f"SELECT {columns} FROM sounds JOIN entries ON entries.rank = sounds.rowid"
            f" WHERE sounds MATCH ? AND {SHOWN} ORDER BY sounds.rowid DESC LIMIT ?",
            [asked, limit],
        )

    def spoken(self, start: str, limit: int) -> list[tuple[str, int]]:
        """What the index of sounds holds that begins so, and how many rows hold each: a look at its words, which costs no more for
        many rows than for few."""
        sql = "SELECT term, doc FROM temp.spoken WHERE term >= ? AND term < ? LIMIT ?"
        return [(row["term"], row["doc"]) for row in self._store.query(sql, [start, f"{start}{_LAST_SIGN}", limit])]

    def saying(self, term: str, limit: int) -> list[str]:
        """The folded titles of some rows that hold a word of the index of sounds."""
        rows = self._store.query(
            "SELECT entries.title FROM sounds JOIN entries ON entries.rank = sounds.rowid"
            f" WHERE sounds MATCH ? AND {SHOWN} LIMIT ?",
            [f'"{term}"', limit],
        )
        return [row["title"] for row in rows]

    def how_many(self, asked: str, most: int) -> int:
        """How many rows there are for a query, counted up to ``most``."""
        sql = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
        return int(self._store.value(sql, [asked, most]))

    def alike(self, query: str, limit: int) -> list[Entry]:
        """Entries for a query in the language of the index, the best fitting first."""
        rows = self._store.query(
            "SELECT entries.* FROM words JOIN entries ON entries.rank = words.rowid"
            f" WHERE words MATCH ? AND {SHOWN} ORDER BY words.rank LIMIT ?",
            [query, limit],
        )
        return [entry_of(row) for row in rows]

    def at(self, ranks: Sequence[int]) -> dict[int, Entry]:
        """The entries at these ranks."""
        places = ", ".join("?" * len(ranks))
        rows = self._store.query(f"SELECT * FROM entries WHERE rank IN ({places})", list(ranks))
        return {row["rank"]: entry_of(row) for row in rows}

    def get(self, key: str) -> Entry | None:
        """The entry of a key."""
        rows = self._store.query("SELECT * FROM entries WHERE key = ?", [key])
        return entry_of(rows[0]) if rows else None

    def of_index(self, index_no: str) -> list[Entry]:
        """The entries of every office that have an index number."""
        start = f"{plain(index_no)}@"
        rows = self._store.query("SELECT * FROM entries WHERE key >= ? AND key < ?", [start, start[:-1] + "A"])
        return [entry_of(row) for row in rows]

    def of_name(self, name: str, doc_no: str) -> list[Entry]:
        """The entries of every office that have no index number, and this name and number."""
        start = f"{plain(name)}|{plain(doc_no)}|"
        rows = self._store.query("SELECT * FROM entries WHERE key >= ? AND key < ?", [start, start[:-1] + "}"])
        return [entry_of(row) for row in rows]

    def text(self, key: str) -> str:
        """The full text of an entry; empty without one."""
        return str(self._store.value("SELECT body FROM texts WHERE key = ?", [key]) or "")

    def has_texts(self) -> bool:
        """Whether there is any full text."""
        return bool(self._store.value("SELECT 1 FROM texts LIMIT 1"))

    def count(self) -> int:
        """How many there are, those that were taken down among them."""
        return int(self._store.value("SELECT count(*) FROM entries"))

    @property
    def size(self) -> int:
        """About how many there are: the last serial number, known without counting."""
        return int(self._store.value("SELECT coalesce(max(serial), 0) FROM entries"))

    def counts(self, name: str) -> list[tuple[str, int]]:
        """How many entries there are of each topic, office or bulletin (``name`` is the column), the most first; empty ones are left out."""
        rows = self._store.query(
            f"SELECT {name} AS what, count(*) AS n FROM entries WHERE {name} <> '' AND {SHOWN}"
            f" GROUP BY {name} ORDER BY n DESC, {name}"
        )
        return [(row["what"], row["n"]) for row in rows]

    def offices(self) -> list[str]:
        """The offices of the entries, each once: stepped through by the index, so that many entries take no longer than few."""
        rows = self._store.query(
            "WITH RECURSIVE one (name) AS (SELECT min(issuer) FROM entries WHERE issuer > '' UNION ALL"
            " SELECT (SELECT min(issuer) FROM entries WHERE issuer > one.name) FROM one WHERE one.name IS NOT NULL)"
            " SELECT name FROM one WHERE name IS NOT NULL LIMIT ?",
            [MOST_OFFICES],
        )
        return [row["name"] for row in rows]

    def everything(self) -> Iterator[Entry]:
        """All entries, the newest first, those that were taken down among them."""
        return (entry_of(row) for row in self._store.each("SELECT * FROM entries ORDER BY rank DESC"))

    def with_files(self) -> Iterator[Entry]:
        """The entries that have a full text as a file."""
        return (entry_of(row) for row in self._store.each("SELECT * FROM entries WHERE file <> ''"))

    def broken(self) -> Iterator[str]:
        """The entries that are not what was written."""
        for row in self._store.each("SELECT * FROM entries"):
            if row["seal"] != seal((row["key"], *(row[name] for name in NAMES))):
                yield row["name"] or row["key"]
        for row in self._store.each("SELECT * FROM texts"):
            if row["seal"] != seal((row["key"], row["body"])):
                yield f"{row['key']}的全文"


def _day_of(entry: Entry) -> int:
    """The day by which an entry is put in order, as a number; 0 for one without."""
    try:
        return date.fromisoformat(entry.published_on or entry.made_on).toordinal()
    except ValueError:
        return 0


def _make_or_know(store: Store) -> None:
    """Make the tables in a new file, or see that it is a catalogue of ours; of several programs one makes it."""
    with store.write():
        if not store.value("PRAGMA schema_version"):
            store.execute(f"PRAGMA application_id = {CATALOGUE_ID}")
            store.path.chmod(0o600)
        elif store.value("PRAGMA application_id") != CATALOGUE_ID:
            raise DeskError(f"{store.path.name} 不是公开目录。", "程序没有动它。", "请把它移走，再导入一次。")
        STEPS.take(store)
