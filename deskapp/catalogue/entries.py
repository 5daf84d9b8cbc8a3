"""Entries: what the office has published, one row each; found by words of name, number, issuer, topic and full text.

The catalogue is a file beside the register: what visitors read holds nothing that is not public, and it can be made anew
from the office's lists at any time. Rows are sealed as in the register.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Literal

from deskapp.errors import DeskError, os_reason
from deskapp.register.driver import IN_THE_CLEAR, RegisterKey, connect, errors
from deskapp.register.hashing import seal
from deskapp.register.store import Row, Store, explain
from deskapp.register.tokens import index_query, index_text
from deskapp.register.versions import Steps

CATALOGUE_ID = 0x4445534C  # in the file's header, beside the register's
BOOK = "公开目录"
SERIAL_BITS = 32  # of a rank: the order in which entries came in; above it the day of publication
LAST = 2**62
SHELF = "查阅点"  # before a cupboard, unless the list says it already
GONE = ("失效", "废止")
TERMS_READ = 4000  # characters of a full text whose words are found
State = Literal["new", "changed", "same"]
STEPS = Steps(
    "catalogue",
    ("0001_entries_texts_words",),
    "deskapp.catalogue.migrations",
    ("公开目录是较新版本的程序建立的。", "没有打开。", "请安装新版本的 deskapp。"),
)


@dataclass(frozen=True)
class Entry:
    """One thing that is published. ``key`` is the folded 索引号, or name, number and issuer where there is none;
    ``published_on`` an ISO day or empty; ``file`` the name of the full text beside the catalogue; ``origin`` the case it
    came from, empty for what came by list."""

    index_no: str
    name: str
    doc_no: str = ""
    issuer: str = ""
    published_on: str = ""
    topic: str = ""
    validity: str = ""
    url: str = ""
    shelf: str = ""
    file: str = ""
    origin: str = ""

    @property
    def key(self) -> str:
        """What makes two lines the same entry."""
        return _plain(self.index_no) or "|".join(map(_plain, (self.name, self.doc_no, self.issuer)))

    @property
    def words(self) -> tuple[str, ...]:
        """What is searched besides the name."""
        return self.index_no, self.doc_no, self.issuer, self.topic

    @property
    def reachable(self) -> bool:
        """Whether it says where it is found: a day alone is no way to it (条例 36 第一项)."""
        return bool(self.url or self.shelf)

    def where(self, point: str = SHELF) -> str:
        """Where it is found, as a letter says it: address on the net, then shelf in the reading point; what no longer holds
        is said."""
        day = _day(self.published_on)
        since = f"{day.year}年{day.month}月{day.day}日公开" if day else ""
        net = f"网址{self.url}，标题《{self.name}》" if self.url else ""
        shelf = f"{point}{self.shelf.removeprefix(SHELF)}，可以查阅、抄录" if self.shelf else ""
        places = "；".join(part for part in (net, shelf) if part)
        gone = f"；该文件已{self.validity}，文本仍可查阅" if self.validity in GONE else ""
        return "，".join(part for part in (places, since) if part) + gone

    def as_contract(self) -> dict[str, str]:
        """The keys of ``deskapp catalogue search --json``."""
        return dict(zip(NAMES, astuple(self), strict=True))


NAMES = tuple(field.name for field in fields(Entry))
_INSERT = f"INSERT INTO entries VALUES ({', '.join('?' * (len(NAMES) + 4))})"


def _day(text: str) -> date | None:
    """An ISO day; None for nothing, and for what is none in a damaged row."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _plain(text: str) -> str:
    """Text without spaces, of one width and case; signs count: 1-11 is not 11-1."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


class Entries:
    """The catalogue, open. Use :meth:`open`."""

    def __init__(self, store: Store) -> None:
        self._store = store

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
            store.watch()
        except errors() as error:
            connection.close()
            raise explain(error, path, BOOK) from error
        except DeskError:
            connection.close()
            raise
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

    def put(self, entry: Entry, text: str | None = None) -> State:
        """Take an entry in, or bring it up to date; ``text`` is its full text, None leaves what is there. Inside
        :meth:`Store.write`."""
        store, key = self._store, entry.key
        old = store.query("SELECT * FROM entries WHERE key = ?", [key])
        before = self.text(key) if old else ""
        after = before if text is None else text
        values = astuple(entry)
        if old and tuple(old[0][name] for name in NAMES) == values and after == before:
            return "same"
        if old:
            serial = old[0]["serial"]
            store.execute("DELETE FROM entries WHERE key = ?", [key])
            store.execute(
                "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)",
                [old[0]["rank"], _words(entry_of(old[0]), before)],
            )
        else:
            serial = 1 + int(store.value("SELECT coalesce(max(serial), 0) FROM entries"))
        day = _day(entry.published_on)
        rank = (day.toordinal() if day else 0) << SERIAL_BITS | serial
        store.execute(_INSERT, [rank, serial, key, *values, seal((key, *values))])
        store.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", [rank, _words(entry, after)])
        if after != before:
            store.execute("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", [key, after, seal((key, after))])
        return "changed" if old else "new"

    # -- out ---------------------------------------------------------------------------------------------------

    def search(self, words: str, limit: int, before: int = LAST) -> list[tuple[int, Entry]]:
        """Entries that hold every word, with their ranks, the newest first; all for no word."""
        asked = [query for word in words.split() if (query := index_query(word))]
        if words.split() and not asked:
            return []
        sql = "SELECT * FROM entries WHERE rank < ? ORDER BY rank DESC LIMIT ?"
        if asked:
            sql = (
                "SELECT entries.* FROM words JOIN entries ON entries.rank = words.rowid"
                " WHERE words MATCH ? AND words.rowid < ? ORDER BY words.rowid DESC LIMIT ?"
            )
        rows = self._store.query(sql, [*([" AND ".join(asked)] if asked else []), before, limit])
        return [(row["rank"], entry_of(row)) for row in rows]

    def alike(self, pieces: str, limit: int) -> list[Entry]:
        """Entries for a query in the language of the index, the best fitting first."""
        rows = self._store.query(
            "SELECT entries.* FROM words JOIN entries ON entries.rank = words.rowid WHERE words MATCH ?"
            " ORDER BY words.rank LIMIT ?",
            [pieces, limit],
        )
        return [entry_of(row) for row in rows]

    def get(self, key: str) -> Entry | None:
        """The entry of a key."""
        rows = self._store.query("SELECT * FROM entries WHERE key = ?", [key])
        return entry_of(rows[0]) if rows else None

    def text(self, key: str) -> str:
        """The full text of an entry; empty without one."""
        return str(self._store.value("SELECT body FROM texts WHERE key = ?", [key]) or "")

    def count(self) -> int:
        """How many there are."""
        return int(self._store.value("SELECT count(*) FROM entries"))

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


def entry_of(row: Row) -> Entry:
    """An entry from its row."""
    return Entry(**{name: row[name] for name in NAMES})


def _words(entry: Entry, text: str) -> str:
    return index_text([entry.name], (*entry.words, text[:TERMS_READ]))


def _make_or_know(store: Store) -> None:
    """Make the tables in a new file, or see that it is a catalogue of ours; of several programs one makes it."""
    with store.write():
        if not store.value("PRAGMA schema_version"):
            store.execute(f"PRAGMA application_id = {CATALOGUE_ID}")
            store.path.chmod(0o600)
        elif store.value("PRAGMA application_id") != CATALOGUE_ID:
            raise DeskError(f"{store.path.name} 不是公开目录。", "程序没有动它。", "请把它移走，再导入一次。")
        STEPS.take(store)
