"""Taking bundles in: one transaction each, in the order of the journal, the same whether it comes once or ten times.

A bundle is believed only so far as it is signed by the point that it names. The watermark of a point is the place and the link of its last
entry, so that a journal that was restored or lives twice is noticed at the first bundle. What can not be taken yet, or waits for
somebody's decision, is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from deskapp.clock import Clock
from deskapp.county.answers import without_what_is_silent
from deskapp.county.branches import first_other, left_behind
from deskapp.county.content import (
    KINDS,
    UNFIT,
    Content,
    Malformed,
    Newer,
    as_moment,
    checked_events,
    content_of,
    moment,
)
from deskapp.county.database import Database
from deskapp.county.forgetting import ERASED, Forgetting
from deskapp.county.holding import held_as_facts
from deskapp.county.home import CountyHome, CountyKeys
from deskapp.county.noting import AHEAD, EVENT_COLUMNS, clock_doubt, event_row, keep_standings, uncollected
from deskapp.county.points import ACTIVE, HELD, Point, Points, calendars_of, name_shown
from deskapp.county.retiring import retired_points
from deskapp.county.schema import is_spread
from deskapp.county.verdicts import Offered, Verdict, name_of
from deskapp.county.writing import CaseWriter, counts_with
from deskapp.errors import DeskError, os_reason
from deskapp.exchange.bundle.packing import LARGEST_FILE, LARGEST_LINES, Bundle, Line
from deskapp.exchange.bundle.paper import bundles_in, is_scanned
from deskapp.exchange.bundle.remains import read_kept
from deskapp.register.events import AnyEvent
from deskapp.register.facts import SIGN


class Taking:
    """The taker's desk; ``points`` are those of the database."""

    def __init__(self, db: Database, home: CountyHome, clock: Clock, practice: bool = False) -> None:
        self._db, self._home, self._clock, self._practice = db, home, clock, practice
        self.points = Points(db, home, clock)
        self.rebuilding: CountyHome | None = None
        """The folder of which all is taken once more: what was asked for once, whatever is asked for today, under its name and time."""

    def take(self, path: Path) -> list[Offered]:
        """Offer one file: what became of it, and of kept ones that follow it now. Raises DeskError where the database or the disk refuses."""
        try:
            with path.open("rb") as stream:
                content = stream.read(LARGEST_FILE + 1)
        except OSError as error:
            raise DeskError(
                f"{path.name} 读不出来：{os_reason(error)}。", "没有收。", "请检查U盘。", code="unreadable"
            ) from error
        return self.take_bytes(content, name_of(path))

    def take_bytes(self, content: bytes, name: str) -> list[Offered]:
        """The same for the bytes of a file that is called ``name``, which may be what a scanner typed from paper."""
        if is_scanned(content):
            try:
                return [offered for each in bundles_in(content) for offered in self.take_bytes(each, name)]
            except DeskError as error:
                if error.code != "paper":
                    raise
                return [Offered(name, "", "", "refused", code="paper", said=str(error))]
        first = self._offer(content, name)
        follows = first.verdict in ("taken", "early", "again")
        return [first, *(self._follow(first.point) if follows else ())]

    def _offer(self, content: bytes, name: str) -> Offered:
        with uncollected():
            return self._offer_one(content, name)

    def _offer_one(self, content: bytes, name: str) -> Offered:
        try:
            bundle = read_kept(content, self._keys.identity, self._keys.card.public_key)
        except DeskError as error:
            if error.code not in ("no_bundle", "wrong_key", "newer_form"):
                raise
            return Offered(name, "", "", "refused", code=error.code)
        try:
            with self._db.transaction():
                offered = self._judge(bundle, content, name)
                self._note(bundle, offered)
        except (Malformed, Newer) as error:
            offered = self._unfit(bundle, content, name, newer=isinstance(error, Newer))
        return offered

    def _unfit(self, bundle: Bundle, content: bytes, name: str, newer: bool) -> Offered:
        """A bundle of which nothing can be taken: it is refused, or kept for a newer program of the county."""
        point = self.points.find(bundle.manifest.point)
        verdict: Verdict = "held" if newer else "refused"
        code = "newer" if newer else "malformed"
        offered = Offered(name, bundle.manifest.point, point.name if point else "", verdict, code=code)
        if newer:
            self._home.keep_bundle(bundle.digest, self._kept_unread(bundle, content))
        with self._db.transaction():
            self._note(bundle, offered)
        return offered

    def _kept_unread(self, bundle: Bundle, content: bytes) -> bytes:
        """A bundle of which not everything can be read yet, without the persons of cases that its point has erased, as far as its lines are
        those of this program."""
        try:
            entries = [line for line in bundle.lines() if line[0] == "event" and len(line) == KINDS["event"]]
            return self._forgetting(bundle.manifest.point).as_kept(bundle, content, entries, ())
        except UNFIT:
            return content

    @cached_property
    def _keys(self) -> CountyKeys:
        return self._home.keys()

    def _asked(self, point: str) -> bool:
        """Whether the county's own card asks a point for whole entries: a point may still have the card of before."""
        return self._home.keys().card.asks_all_of(point)

    def _forgetting(self, point: str) -> Forgetting:
        return Forgetting(self._db, self._home, self._clock, self._keys, point)

    # -- one bundle --------------------------------------------------------------------------------------------

    def _judge(self, bundle: Bundle, content: bytes, name: str) -> Offered:
        """What becomes of a bundle, and its doing."""
        said = bundle.manifest
        point = self.points.find(said.point, lock=True)
        if code := self._not_believed(bundle, point):
            return Offered(
                name, said.point, point.name if point else name_shown(said.name, said.site_code), "refused", code=code
            )
        assert point is not None  # an unknown point is not believed
        known = self._db.row("SELECT verdict, why FROM bundles WHERE digest = %s", [bundle.digest])
        if known and known[0] == "taken":
            undone = said.end > point.seq
            return Offered(name, point.point, point.name, "again", code="undone" if undone else "again")
        if known and known[1] == "rejected":
            return Offered(name, point.point, point.name, "refused", code="rejected")
        if said.level == "full" and not (
            self.rebuilding is not None or (known and known[0] != "refused") or self._asked(said.point)
        ):
            return Offered(name, point.point, point.name, "refused", code="not_asked")
        try:
            lines = content_of(bundle.lines(), said.program)
        except DeskError:
            return Offered(name, point.point, point.name, "refused", code="changed")
        places = [line[1] for line in lines.events]
        if not len(places) == said.events == said.end - said.after or places != [
            *range(said.after + 1, said.end + 1)
        ]:
            raise Malformed
        forgetting = self._forgetting(point.point)
        offered = self._placed(bundle, point, lines, name, forgetting)
        kept = forgetting.as_kept(bundle, content, lines.events, lines.standings)
        self._home.keep_bundle(bundle.digest, kept)
        return offered

    def _not_believed(self, bundle: Bundle, point: Point | None) -> str:
        """Why a bundle is not believed; empty when it is."""
        if point is None:
            return "unknown"
        if not bundle.is_signed_by(point.public_key):
            return "forged"
        if bundle.repacked:
            return "repacked"
        if bundle.sealed.size > LARGEST_LINES:
            return "huge"
        return "practice" if bundle.manifest.practice != self._practice else ""

    def _placed(self, bundle: Bundle, point: Point, lines: Content, name: str, forgetting: Forgetting) -> Offered:
        """A bundle that is believed, against what is held of its point."""
        said = bundle.manifest

        def offered(verdict: Verdict, code: str, **more: Any) -> Offered:
            return Offered(name, point.point, point.name, verdict, code=code, **more)

        if point.held:
            return offered("held", "held")
        if (gone := retired_points(self._db, point.point).get(point.point)) and gone.by:
            return offered("held", "replaced")
        last = said.restored[-1] if said.restored else None
        if last and last.id != point.restored and last.seq < point.seq:
            self.points.keep(point.point, standing=HELD, fork_at=last.seq)
            return offered("fork", "restored", at=last.seq + 1)
        if said.after > point.seq and (base := left_behind(self._db, point, said.after, said.before_link)) is None:
            return offered("early", "early", gap=(point.seq + 1, said.after))
        if said.after > point.seq and base is not None:
            self.points.keep(point.point, standing=HELD, fork_at=base)
            return offered("fork", "changed_history", at=base + 1)
        if (fork := first_other(self._db, point, said.after, said.before_link, lines.events)) is not None:
            self.points.keep(point.point, standing=HELD, fork_at=fork - 1)
            return offered("fork", "changed_history", at=fork)
        new = lines.without(point.seq - said.after)
        made_at = self._heard(bundle)
        if said.end < point.seq and made_at > point.heard_at:
            self.points.keep(point.point, standing=HELD, fork_at=said.end)
            return offered("fork", "two_journals", at=said.end + 1)
        try:
            code = self._write(point, bundle, new, forgetting)
        except UNFIT as error:
            raise Malformed from error
        except DeskError as error:
            raise (Malformed if error.code == "data" else error) from error
        if said.level == "full" and not code and held_as_facts(self._db, point.point, said.after + 1, point.seq):
            code = "facts_stay"
        if not new.events and code != "facts_stay":
            return offered("taken" if made_at > point.heard_at else "again", "nothing_new")
        erased = len({line[3] for line in new.events if line[5] == ERASED})
        return offered("taken", code or ("" if new is lines else "overlap"), events=len(new.events), erased=erased)

    # -- writing -----------------------------------------------------------------------------------------------

    def _write(self, point: Point, bundle: Bundle, new: Content, forgetting: Forgetting) -> str:
        """Write what is new of a point; a word about its clock."""
        made_at = self._heard(bundle)
        newest = made_at >= point.heard_at
        first_day = new.first_day if newest else point.first_day
        calendars = new.calendars if newest else calendars_of(point)
        if self._spread:
            self._mend(point)
        self._db.fill("events", EVENT_COLUMNS, (event_row(point.point, line) for line in new.events))
        changed_clock = (first_day, json.dumps(calendars, ensure_ascii=False)) != (point.first_day, point.calendars)
        touched = {line[3] for line in new.events}
        begun = self._begun(point, new.events, bundle.manifest.program)
        if changed_clock and point.seq:
            touched |= {row[0] for row in self._db.rows("SELECT case_id FROM cases WHERE point = %s", [point.point])}
        erased = forgetting.entries(new.events)
        fresh = {case: events for case, events in begun.items() if case not in erased}
        self._writer(point.point, first_day, calendars).write(touched, fresh)
        silence = forgetting.words(new.standings)
        forgetting.bundles(erased, silence)
        keep_standings(self._db, point.point, without_what_is_silent(silence, new.standings)[0], made_at)
        self._note_point(point, bundle, new.noted, first_day, calendars)
        return self._same_number(point, begun) or clock_doubt(point.last_at, new.noted, self._clock.now())

    def _same_number(self, point: Point, begun: Mapping[str, Sequence[AnyEvent]]) -> str:
        """A word where a case that begins here has the number of another: two cases all the same, since a case is told by what it is and
        not by what it is called; somebody should look. No register of ours gives a number twice."""
        received = (event for events in begun.values() for event in events if event.act == "received")
        numbers = [event.case_no for event in received if SIGN not in event.case_no]
        twice = self._db.row(
            "SELECT case_no FROM cases WHERE point = %s AND case_no = ANY(%s) GROUP BY case_no HAVING count(*) > 1",
            [point.point, numbers],
        )
        return "same_number" if twice else ""

    def _begun(self, point: Point, new: Sequence[Line], program: str) -> dict[str, list[AnyEvent]]:
        """The entries of the cases that begin here. Raises Malformed where the entries of a case do not follow each other, or Newer."""
        rows = self._db.rows(
            "SELECT case_id, events FROM cases WHERE point = %s AND case_id = ANY(%s)",
            [point.point, list({line[3] for line in new})],
        )
        known: dict[str, int] = dict(rows)
        begun: dict[str, list[AnyEvent]] = {line[3]: [] for line in new if line[3] not in known}
        for line, made in zip(new, checked_events(new, program), strict=True):
            if line[4] != known.get(line[3], 0):
                raise Malformed
            known[line[3]] = line[4] + 1
            if line[3] in begun:
                begun[line[3]].append(made)
        return begun

    @cached_property
    def _spread(self) -> bool:
        return is_spread(self._db)

    def _mend(self, point: Point) -> None:
        """Over several servers a transaction may end on one and not on the other when one of them stops in that moment: what a part holds
        beyond the watermark was never acknowledged. It is taken out, and everything that is made of the entries is made anew."""
        where = "point = %s AND superseded = 0 AND seq > %s"
        beyond = self._db.value(f"SELECT count(*) FROM events WHERE {where}", [point.point, point.seq])
        made = int(self._db.value("SELECT coalesce(sum(events), 0) FROM cases WHERE point = %s", [point.point]))
        if not beyond and made == point.seq:
            return
        self._db.run(f"DELETE FROM events WHERE {where}", [point.point, point.seq])
        self._writer(point.point, point.first_day, calendars_of(point)).write_anew()

    def _writer(self, point: str, first_day: str, calendars: list[Any]) -> CaseWriter:
        return CaseWriter(self._db, point, counts_with(calendars, first_day), self._clock.today())

    def _heard(self, bundle: Bundle) -> str:
        """When a bundle was made, at most a day ahead of us: a clock that was years ahead once would make all that follows look old."""
        return min(moment(bundle.manifest.made_at), moment((self._clock.now() + AHEAD).isoformat()))

    def _note_point(
        self, point: Point, bundle: Bundle, noted: Sequence[datetime], first_day: str, calendars: list[Any]
    ) -> None:
        said = bundle.manifest
        values: dict[str, object] = {"taken_at": self._clock.now().isoformat()}
        if noted:
            latest = max(point.last_at, as_moment(max(noted)))
            values |= {"seq": said.end, "link": said.end_link, "last_at": latest}
        if said.restored:
            values["restored"] = said.restored[-1].id
        if (made_at := self._heard(bundle)) >= point.heard_at:
            values |= {
                "heard_at": made_at, "point_name": name_shown(said.name, said.site_code), "site_code": said.site_code, "kind": said.kind,
                "first_day": first_day, "calendars": json.dumps(calendars, ensure_ascii=False),
            }  # fmt: skip
        self.points.keep(point.point, **values)

    def _note(self, bundle: Bundle, offered: Offered) -> None:
        """Write down what became of a bundle; the last word counts."""
        said = bundle.manifest
        epoch = self._db.value("SELECT epoch FROM points WHERE point = %s", [said.point])
        if (offered.verdict == "again" and offered.code in ("again", "undone")) or offered.code == "rejected":
            return
        told = self.rebuilding.arrival(bundle.digest) if self.rebuilding else None
        file, at = told or (offered.file, self._clock.now().isoformat())
        if self._home.has_bundle(bundle.digest):
            self._home.keep_arrival(bundle.digest, file, at)
        self._db.run("DELETE FROM bundles WHERE digest = %s", [bundle.digest])
        self._db.run(
            "INSERT INTO bundles (digest, point, file_name, verdict, why, after_seq, end_seq, epoch, events, made_at, offered_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                bundle.digest, said.point, file, offered.verdict, offered.code or None, said.after, said.end, epoch,
                said.events, said.made_at, at,
            ],
        )  # fmt: skip

    # -- kept ones ---------------------------------------------------------------------------------------------

    def _follow(self, point: str) -> Iterator[Offered]:
        """Kept bundles of a point that can be taken by now, in the order of their entries."""
        while True:
            rows = self._db.rows(
                "SELECT bundles.digest, file_name FROM bundles JOIN points ON points.point = bundles.point WHERE bundles.point = %s"
                " AND verdict IN ('early', 'held', 'fork') AND standing = 'active' AND after_seq <= seq ORDER BY after_seq, made_at",
                [point],
            )
            if not rows:
                return
            digest, name = rows[0]
            offered = self._offer(self._home.bundle(digest), name)
            yield offered
            if offered.verdict in ("early", "held", "fork"):
                return

    def reject(self, point: str) -> list[str]:
        """Kept bundles of a point that are of another branch than what is held are kept and refused for good; which they are. The others that
        wait are taken as far as they follow. Inside a transaction."""
        rejected: list[str] = []
        while True:
            rows = "SELECT digest FROM bundles WHERE point = %s AND verdict = 'fork'"
            forks = [row[0] for row in self._db.rows(rows, [point])]
            self.refuse(forks)
            rejected += forks
            self.points.keep(point, standing=ACTIVE, fork_at=None)
            self.follow(point)
            found = self.points.find(point)
            if found is None or not found.held:
                return rejected

    def refuse(self, digests: Sequence[str]) -> None:
        """Note that these bundles are of a branch that was decided against."""
        mark = "UPDATE bundles SET verdict = 'refused', why = 'rejected' WHERE digest = %s"
        self._db.run_each(mark, [(digest,) for digest in digests])

    def follow(self, point: str) -> list[Offered]:
        """Take kept bundles of a point that wait no more."""
        return list(self._follow(point))
