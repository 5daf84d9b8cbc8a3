"""What a point erased is erased here as well: the persons of a case, in the database and in every bundle that is kept of the point.

The act ``erased`` of a point, as it is taken, is the order. Each entry of the case before it is put in the form that the point itself
keeps (:func:`deskapp.register.facts.without_persons`), whatever epoch it is of, and the case is folded again. A kept bundle keeps its name and
the signature of its point and gets lines without the persons, under the signature of the county (:mod:`deskapp.exchange.bundle.remains`).
What people wrote beside the cases goes as well (:mod:`deskapp.county.answers`): bundles at the level ``facts`` have nobody in their entries
and stay as they are but for such words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json, to_json

from deskapp.clock import Clock
from deskapp.county.answers import NOBODY, FreeWords, Silenced, without_what_is_silent
from deskapp.county.clearing import mark_old
from deskapp.county.database import Database
from deskapp.county.home import BUNDLES, CountyHome, CountyKeys, files_in
from deskapp.county.shelf import TaskShelf
from deskapp.errors import DeskError
from deskapp.exchange.bundle.packing import Bundle, Line
from deskapp.exchange.bundle.remains import pack_remains, read_kept
from deskapp.exchange.bundle.signing import canonical
from deskapp.register.events import EVENT, AnyEvent
from deskapp.register.facts import SIGN, without_persons
from deskapp.register.person_words import PersonWords, words_in

ERASED = "erased"  # the act
ErasedCases = Mapping[str, int]  # cases by identity: how many of their entries have no persons any more
Body = dict[str, Any]


class Forgetting:
    """Erasing at the county, for one point; inside the transaction that takes its bundle."""

    def __init__(self, db: Database, home: CountyHome, clock: Clock, keys: CountyKeys, point: str) -> None:
        self._db, self._home, self._clock, self._keys, self._point = db, home, clock, keys, point
        self._words = FreeWords(db, point)
        self._people: PersonWords = NOBODY
        self._renamed: dict[str, str] = {}
        self._fresh = False  # whether something has to be silent that was not before

    def entries(self, new: Sequence[Line]) -> ErasedCases:
        """Take the persons out of the entries that are held, of the cases that these new ones erase; which cases those are."""
        erased = {line[3]: int(line[4]) for line in new if line[5] == ERASED}
        if not erased:
            return {}
        changed = []
        for rows in self._histories(list(erased)):
            upto = erased[rows[0][2]]
            history = [EVENT.validate_json(row[4]) for row in rows]
            self._people = PersonWords((*self._people.words, *words_in(history).words))
            for row, event, body in zip(rows, history, self._without(history), strict=True):
                if event.act == "received" and event.case_no != body["case_no"]:
                    self._renamed[event.case_no] = body["case_no"]
                if row[3] < upto and event.act != ERASED and EVENT.validate_python(body) != event:
                    changed.append((_stored(body), self._point, row[0], row[1]))
        if changed:
            mark_old(self._db, self._point)
        self._db.run_each("UPDATE events SET body = %s WHERE point = %s AND superseded = %s AND seq = %s", changed)
        return erased

    def words(self, standings: Sequence[Line]) -> Silenced:
        """What people wrote beside the cases, taken out of what the database holds of the point; what has to be silent, in these lines and
        in the files too. After :meth:`entries`, and after their cases were folded again."""
        silence = self._words.silence(standings, self._people, self._renamed)
        if silence.anything:
            known = self._words.emptied()
            decided = self._words.decisions(self._people)
            for number, values in decided.items():
                self._home.change_decision(number, values)
            written = self._words.write(silence) + len(decided)
            self._fresh = written > 0 or not set(silence.answers) <= known
            if written:
                mark_old(self._db, self._point)
                TaskShelf(self._db, self._home).mirror(self._point)
                self._arrivals()
        return silence

    def _arrivals(self) -> None:
        """Take names of files that say nothing any more out of what is kept of them."""
        rows = self._db.rows(
            "SELECT digest, offered_at FROM bundles WHERE point = %s AND file_name = %s", [self._point, SIGN]
        )
        for digest, at in rows:
            self._home.keep_arrival(digest, SIGN, at)

    def bundles(self, erased: ErasedCases, silence: Silenced) -> int:
        """Take the persons of these cases, and what has to be silent, out of every kept bundle of the point that may have them; how many
        files were written anew. Raises DeskError for one that cannot be read any more: nobody knows what is in it."""
        written = 0
        for digest in self._kept(erased, silence) if erased or self._fresh else ():
            with suppress(FileNotFoundError):
                written += self._file(digest, erased, silence)
        return written

    def as_kept(self, bundle: Bundle, content: bytes, entries: Iterable[Line], standings: Sequence[Line]) -> bytes:
        """A bundle that came with these entries and figures, as it is to be kept: without the persons of cases that the point has erased."""
        silence = self._words.silence(standings, self._people, self._renamed)
        erased = self._erased_of(entries) if bundle.manifest.level != "facts" else {}
        return self._left(bundle, list(bundle.lines()), erased, silence) or content

    def _erased_of(self, entries: Iterable[Line]) -> ErasedCases:
        """The cases of these entries that the point has erased."""
        cases = sorted({line[3] for line in entries})
        rows = self._db.rows(
            "SELECT case_id, max(n) FROM events WHERE point = %s AND superseded = 0 AND case_id = ANY(%s) AND act = %s GROUP BY case_id",
            [self._point, cases, ERASED],
        )
        return dict(rows)

    # -- files -------------------------------------------------------------------------------------------------

    def _kept(self, erased: ErasedCases, silence: Silenced) -> list[str]:
        """The bundles that may have entries of these cases: none of the point ends before the first of them; or, for words that have to be
        silent, all of the point; and files of which the database knows nothing, since what took them was broken off."""
        first = (
            0
            if silence.answers
            else self._db.value(
                "SELECT min(seq) FROM events WHERE point = %s AND case_id = ANY(%s)", [self._point, list(erased)]
            )
        )
        known = self._db.rows(
            "SELECT digest FROM bundles WHERE point = %s AND end_seq >= %s ORDER BY digest", [self._point, first]
        )
        every = {row[0] for row in self._db.rows("SELECT digest FROM bundles")}
        unknown = [path.name for path in files_in(self._home.path, BUNDLES) if path.name not in every]
        return [*(row[0] for row in known), *unknown]

    def _file(self, digest: str, erased: ErasedCases, silence: Silenced) -> bool:
        """Write one kept bundle anew where it has persons of these cases or words that have to be silent. Raises FileNotFoundError where
        there is none, DeskError."""
        if not self._home.has_bundle(digest):
            raise FileNotFoundError(digest)
        content = self._home.bundle(digest)
        try:
            bundle = read_kept(content, self._keys.identity, self._keys.card.public_key)
            facts = bundle.manifest.level == "facts"
            if bundle.manifest.point != self._point or (facts and not silence.anything):
                return False
            left = self._left(bundle, list(bundle.lines()), {} if facts else erased, silence)
        except DeskError as error:
            raise DeskError(
                f"收下的报送包 {digest[:12]} 坏了，里面的个人信息删不掉。",
                "没有收：登记点删了的，县里也要删。",
                "请用备份找回县里文件夹 bundles 里的这个文件，找不回的把它移走销毁，再收一次。",
                code="erasing",
            ) from error
        if left is None:
            return False
        self._home.keep_bundle(digest, left)
        return True

    def _left(self, bundle: Bundle, lines: Sequence[Line], erased: ErasedCases, silence: Silenced) -> bytes | None:
        """The bytes of a bundle without the persons of these cases and what has to be silent; None where there is nothing of it in it."""
        lines, answers = without_what_is_silent(silence, lines) if silence.anything else (lines, [])
        written, touched = self._without_cases(lines, erased) if erased else (list(lines), set())
        if not touched and not answers:
            return None
        return pack_remains(
            bundle, written, {case: erased[case] for case in touched}, answers, self._clock.now().isoformat(),
            self._keys.signing, self._keys.card.age,
        )  # fmt: skip

    def _without_cases(self, lines: Sequence[Line], erased: ErasedCases) -> tuple[list[Line], set[str]]:
        """The lines without the persons of these cases, and of which of them there were any."""
        held = self._bodies(list(erased))
        own = self._own(lines, erased)
        written: list[Line] = []
        touched: set[str] = set()
        for line in lines:
            body = held.get((line[1], line[8]), own.get(line[1])) if _is_of(line, erased) else None
            changed = body is not None and _other(line[7], body)
            written.append([*line[:7], body, line[8]] if changed else line)
            touched |= {line[3]} if changed else set()
        return written, touched

    def _own(self, lines: Sequence[Line], erased: ErasedCases) -> dict[int, Body]:
        """The entries of these cases without persons by their places, as far as the lines themselves tell: what the county does not hold,
        such as another branch. Of an act that only a later program knows, the day stays."""
        found: dict[int, Body] = {}
        for case in erased:
            mine = [line for line in lines if line[0] == "event" and line[3] == case]
            try:
                bodies = self._without([EVENT.validate_python(line[7]) for line in mine])
            except ValidationError:
                bodies = [{name: line[7][name] for name in ("act", "on") if name in line[7]} for line in mine]
            found |= {line[1]: body for line, body in zip(mine, bodies, strict=True)}
        return found

    # -- entries -----------------------------------------------------------------------------------------------

    def _without(self, history: Sequence[AnyEvent]) -> list[Body]:
        return without_persons(history, self._keys.signing.name_of)

    def _histories(self, cases: Sequence[str]) -> list[list[tuple[Any, ...]]]:
        """The entries of cases, of every epoch, in their order."""
        rows = self._db.rows(
            "SELECT superseded, seq, case_id, n, body FROM events WHERE point = %s AND case_id = ANY(%s) ORDER BY case_id, n, superseded",
            [self._point, list(cases)],
        )
        found: dict[str, list[tuple[Any, ...]]] = {}
        for row in rows:
            found.setdefault(row[2], []).append(row)
        return list(found.values())

    def _bodies(self, cases: Sequence[str]) -> dict[tuple[int, str], Body]:
        """The bodies of the entries that are held of cases, by place and link."""
        rows = self._db.rows(
            "SELECT seq, link, body FROM events WHERE point = %s AND case_id = ANY(%s)", [self._point, list(cases)]
        )
        return {(seq, link): from_json(body) for seq, link, body in rows}


def erased_counts(db: Database) -> dict[str, int]:
    """Of how many cases each point erased the persons."""
    rows = db.rows(
        "SELECT point, count(DISTINCT case_id) FROM events WHERE act = 'erased' AND superseded = 0 GROUP BY point"
    )
    return {point: int(count) for point, count in rows}


def _is_of(line: Line, erased: ErasedCases) -> bool:
    """Whether a line is an entry that an erasure covers."""
    return bool(line[0] == "event" and line[5] != ERASED and line[4] < erased.get(line[3], 0))


def _other(body: Body, left: Body) -> bool:
    """Whether an entry says anything else than what is to be left of it."""
    try:
        return bool(EVENT.validate_python(body) != EVENT.validate_python(left))
    except ValidationError:
        return bool(body != left)


def _stored(body: Body) -> str:
    """A body as a bundle would have brought it, so that the database is the same when it is made anew."""
    return to_json(from_json(canonical(body))).decode()
