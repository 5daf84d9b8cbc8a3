"""Where the journal stood, written down outside of it, so that a register that was turned back or written anew is noticed.

Everything inside of a register can be made again by somebody who has the file: entries, hashes, seals, counters. What lies elsewhere
cannot: the signs on paper (:func:`sign`), the newest backup, and a log of this machine and one among the backups, to which each act
adds a line: the place and hash of the last entry, and a digest of what is kept beside the journal (unit, calendars, frozen years,
settings). docs/register.md says what each of them finds, and what nothing can find.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from deskapp.clock import Clock
from deskapp.errors import DeskError
from deskapp.files import write_bytes
from deskapp.paths import BACKUPS, make_private
from deskapp.register.hashing import digest, seal
from deskapp.register.meta import PRACTICE, note
from deskapp.register.opening import open_read_only
from deskapp.register.store import Store

LOG = "heads.log"
SIGNS = 8  # of a hash on paper
LARGEST, REMEMBERED = 300_000, 500  # bytes of a log before it is cut; lines that stay
TABLES = ("units", "calendars", "years")
SETTINGS = ("pin", "printer", "theme", "practice", "curtain")  # small notes that are not sealed in the register
CHANGED = "单位资料、放假安排或者本机设置在{}以前被改动过，不是用本程序改的。"
ROWS_CHANGED = "收件、查阅点的日志和问卷等登记在{}以后被改动过，或者少了，不是用本程序改的。"
LAST_ROW = 2**62
SIGN = re.compile(r"(?P<seq>[0-9]{1,9})\s*[-—－:：条,，第校验 ]*\s*(?P<hash>[0-9a-f]{8,64})(?![0-9a-f])")


@dataclass(frozen=True)
class Mark:
    """Where a register stood: its folder, the hash of its first entry (which names it for good), place and hash of the last one, the
    digest of what is kept beside, the moment; how many rows of visits, mail and other records there were, and a hash over them.
    ``sure``: somebody has looked at what was lost before and found it in order; ``found``: the program found it so when it began, and had
    not left it so."""

    home: str
    register: str
    seq: int
    hash: str
    kept: str
    at: str
    sure: bool = False
    found: bool = False
    records: str = ""  # empty in lines of earlier versions

    @property
    def line(self) -> str:
        """As it stands in a log, with its own seal."""
        values = asdict(self)
        return json.dumps({**values, "seal": seal(values.values())}, ensure_ascii=False) + "\n"


@dataclass(frozen=True)
class Doubt:
    """Something that was seen and is not there any more. ``code``: rolled_back (the register ends before it), other (another entry stands in its
    place), settings (unit, calendar or settings were changed past the program), records (rows of visits, mail and the like were)."""

    code: str
    sentence: str


def last_entry(store: Store) -> tuple[int, str]:
    """Place and hash of the last entry of the journal; 0 and nothing without entries."""
    last = store.query("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1")
    return (last[0]["seq"], last[0]["hash"]) if last else (0, "")


def hash_of(store: Store, seq: int) -> str:
    """The hash of an entry; empty where there is none."""
    return str(store.value("SELECT hash FROM events WHERE seq = ?", [seq]) or "")


def sign(store: Store) -> str:
    """The signs of where the journal stands, for paper: place and the first eight signs of the hash; empty without entries."""
    seq, head = last_entry(store)
    return f"{seq}-{head[:SIGNS]}" if seq else ""


def sign_on_paper(store: Store) -> str:
    """The same for a sheet; empty for a practice desk, which nobody compares with its paper."""
    return "" if note(store, PRACTICE) else sign(store)


def signs_in(text: str) -> list[tuple[int, str]]:
    """The signs that a text names: place and eight or more signs of the hash."""
    return [(int(found["seq"]), found["hash"]) for found in SIGN.finditer(text.lower())]


class Heads:
    """The logs of one register. ``state`` is the folder of this user on this machine."""

    def __init__(self, store: Store, clock: Clock, state: Path) -> None:
        self._store, self._clock = store, clock
        self._home = store.path.parent.resolve()
        self._logs = (state / LOG, self._home / BACKUPS / LOG)
        self._last: tuple[int, str, str, str] | None = None
        self._began: Mark | None = None
        self._lengths: tuple[int, ...] = (0, 0)  # of the logs then
        self._new = False
        self._rows: tuple[int, str] = (0, "")  # of the records: how many were read so far, and the hash over them

    def begin_new(self) -> None:
        """This register was just made: what was seen of another one in this folder before is no doubt about it, also for a program that
        comes before it has its first entry. Only this machine's log says so: a register that is given up at once leaves nothing behind."""
        self._new = True
        moment = self._clock.now().isoformat(timespec="seconds")
        with suppress(DeskError):
            self._append(Mark(str(self._home), "", 0, "", self._kept(), moment, sure=True), self._logs[:1])

    def begin(self) -> None:
        """See how the register lies there before this program writes to it."""
        self._lengths = tuple(log.stat().st_size if log.is_file() else 0 for log in self._logs)
        with suppress(DeskError):
            self._began = self.now()

    def now(self) -> Mark | None:
        """Where the register stands; None without entries, and for a practice desk, which is made anew again and again."""
        rows = self._store.query(
            "SELECT seq, hash FROM events WHERE seq = 1 OR seq = (SELECT max(seq) FROM events) ORDER BY seq"
        )
        if not rows or note(self._store, PRACTICE):
            return None
        last = rows[-1]
        moment = self._clock.now().isoformat(timespec="seconds")
        return Mark(str(self._home), rows[0]["hash"], last["seq"], last["hash"], self._kept(), moment)

    def note(self) -> None:
        """Add a line where something has changed since the last one. A log that cannot be written is no reason to stop: the register
        has what was done."""
        with suppress(DeskError, OSError):
            self._compare()
            head = self._with_records(self.now())
            if head and (head.seq, head.hash, head.kept, head.records) != self._last:
                self._append(replace(head, sure=self._new))
                self._new = False
                self._last = head.seq, head.hash, head.kept, head.records

    def _compare(self) -> None:
        """Once, and before the first line of this program: whether what is kept beside the journal is as it was left."""
        began, self._began = self._began, None
        if began is None:
            return
        last = self._left_before(began.home)
        if last and last.register == began.register and last.kept != began.kept:
            self._append(replace(began, found=True))

    def _left_before(self, home: str) -> Mark | None:
        """The last line about a folder before this program began: what a window that was open already has written since does not count. By
        the order of the lines, for a machine's clock may have been wrong; of two logs the one that knows more entries."""
        found: Mark | None = None
        for log, length in zip(self._logs, self._lengths, strict=True):
            of_home = [line for line in read_log(log, length) if line.home == home]
            if of_home and (found is None or of_home[-1].seq >= found.seq):
                found = of_home[-1]
        return found

    def _seen(self) -> list[Mark]:
        """The lines of both logs, each once, in their order."""
        places: dict[Mark, int] = {}
        for log in self._logs:
            for place, line in enumerate(read_log(log)):
                places[line] = max(place, places.get(line, 0))
        return sorted(places, key=lambda line: (line.at, places[line]))

    def accept(self) -> None:
        """Write down that somebody has looked at the doubts and found them in order. Raises OSError."""
        if head := self._with_records(self.now()):
            self._append(replace(head, sure=True))

    def doubts(self) -> list[Doubt]:
        """What was seen outside of the register and is not in it, the newest of each kind; nothing of a register that cannot be read,
        which others name."""
        with suppress(DeskError):
            return self._doubts()
        return []

    def _doubts(self) -> list[Doubt]:
        self._compare()
        head = self.now()
        ours = [x for x in self._seen() if x.home == str(self._home) or (head and x.register == head.register)]
        since = max((n for n, line in enumerate(ours) if line.sure and line.home == str(self._home)), default=-1)
        found: dict[str, Doubt] = {}
        for line in ours[max(since, 0) :]:
            if doubt := self._doubt(line):
                found[doubt.code] = doubt
        if head and not found:
            found |= self._against_backup(ours[since].at if since >= 0 else "")
        if head and not found:
            found |= self._records_doubted(ours[max(since, 0) :])
        return list(found.values())

    def _with_records(self, head: Mark | None) -> Mark | None:
        """A mark that says how the records stand; they only grow, so that each row is read once."""
        if head is None:
            return None
        self._rows = self._chained(self._rows)
        number, hashed = self._rows
        return replace(head, records=f"{number}-{hashed}")

    def _chained(self, begun: tuple[int, str], last: int = LAST_ROW) -> tuple[int, str]:
        number, hashed = begun
        rows = self._store.each(
            "SELECT seq, seal FROM records WHERE seq > ? AND seq <= ? ORDER BY seq", [number, last]
        )
        for row in rows:
            number, hashed = row["seq"], digest(f"{hashed}{row['seal']}".encode())
        return number, hashed

    def _records_doubted(self, lines: list[Mark]) -> dict[str, Doubt]:
        """Whether the rows that the line with the most of them knows are still what they were. A copy that was restored elsewhere, to see
        whether a backup is good, has rows of its own: lines of other folders count only where there is none of this one, as after a move."""
        told = [line for line in lines if line.records]
        here = [line for line in told if line.home == str(self._home)]
        fullest = max(here or told, key=_rows_of, default=None)
        if fullest is None:
            return {}
        number, hashed = self._chained((0, ""), _rows_of(fullest))
        if f"{number}-{hashed}" == fullest.records:
            return {}
        return {"records": Doubt("records", ROWS_CHANGED.format(fullest.at[:16].replace("T", " ")))}

    def _doubt(self, line: Mark) -> Doubt | None:
        if not line.seq:  # the register had no entry then
            return None
        there = hash_of(self._store, line.seq)
        if there == line.hash:
            return Doubt("settings", CHANGED.format(line.at[:16].replace("T", " "))) if line.found else None
        return _missing(line.seq, there, f"{line.at[:16].replace('T', ' ')}这台电脑")

    def _against_backup(self, sure_at: str) -> dict[str, Doubt]:
        """Whether the register holds what the newest backup beside it holds, one made after the moment somebody was sure."""
        newest = max((self._home / BACKUPS).glob("*.db"), default=None, key=lambda path: path.name)
        if newest is None or (sure_at and newest.stat().st_mtime <= datetime.fromisoformat(sure_at).timestamp()):
            return {}
        with suppress(DeskError), open_read_only(newest, key=self._store.key) as store:
            for row in store.query("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1"):
                there = hash_of(self._store, row["seq"])
                if there != row["hash"]:
                    doubt = _missing(row["seq"], there, f"备份 {newest.name} ")
                    return {doubt.code: doubt}
        return {}

    def against(self, text: str) -> list[tuple[str, bool]]:
        """The signs that a text names, each with whether the register has that entry."""
        return [
            (f"{seq}-{signs}", hash_of(self._store, seq).startswith(signs))
            for seq, signs in signs_in(text)
        ]  # fmt: skip

    def _kept(self) -> str:
        """A digest of what is kept beside the journal."""
        rows: list[Any] = [
            [name, row["seal"]]
            for name in TABLES
            for row in self._store.query(f"SELECT seal FROM {name} ORDER BY seq")
        ]
        places = ", ".join("?" * len(SETTINGS))
        notes = self._store.query(f"SELECT key, value FROM meta WHERE key IN ({places}) ORDER BY key", SETTINGS)
        return seal([rows, [[row["key"], row["value"]] for row in notes if row["value"]]])

    def _append(self, head: Mark, logs: Sequence[Path] = ()) -> None:
        for log in logs or self._logs:
            with suppress(DeskError, OSError):
                make_private(log.parent)
                if log.is_file() and log.stat().st_size > LARGEST:
                    lines = log.read_bytes().splitlines(keepends=True)
                    write_bytes(log, b"".join(lines[-REMEMBERED:]), replace=True)
                with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as stream:
                    stream.write(head.line.encode())


def _rows_of(line: Mark) -> int:
    """How many rows of records a line knows."""
    number = line.records.partition("-")[0]
    return int(number) if number.isdecimal() else 0


def _missing(seq: int, there: str, who: str) -> Doubt:
    if not there:
        return Doubt(
            "rolled_back",
            f"{who}见过登记簿的第{seq}条，现在的登记簿还没有到那里：它比以前的旧，后来发出的号可能会再用一次。",
        )
    return Doubt("other", f"{who}见过登记簿的第{seq}条，现在那里是另外的内容：登记簿被改写过，或者不是同一本。")


def read_log(path: Path, length: int = -1) -> Iterator[Mark]:
    """The whole lines of a log, or of so many bytes at its beginning; one that was cut off or changed is passed over."""
    try:
        with path.open("rb") as file:
            lines = file.read(length).decode("utf-8", "replace").splitlines()
    except OSError:
        return
    for line in lines:
        with suppress(ValueError, TypeError):
            values = json.loads(line)
            marked = values.pop("seal", "")
            if marked == seal(values.values()):
                yield Mark(**values)
