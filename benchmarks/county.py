"""The county: bundles taken in, the year and the day asked for, one case, the database made anew; each at two sizes, with the growth.

Two towns are played through the desk, packed, and their entries given to as many points as wanted under other identities: what is measured
is the taking of real bundles. The larger union is copied inside the database from what was taken, table by table. The server is one of our
own on loopback that waits for the disk (fsync on); then the same over three of them, with the parts of the tables on each.

``COUNTY_TIMES=164`` is ten million entries. How far it is stands on stderr; where the disk has not enough room for the copies it ends before
them. Broken off (Ctrl+C, SIGTERM), it takes its servers and files away and leaves the results as they were.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from time import perf_counter
from types import FrameType

from benchmarks.timing import write_section
from deskapp.clock import FixedClock
from deskapp.county.database import Database, open_database
from deskapp.county.hall import County
from deskapp.exchange.bundle.cards import POINT, PointCard
from deskapp.exchange.bundle.packing import Line, Manifest, pack, read_bundle
from deskapp.exchange.bundle.signing import SigningKey
from deskapp.law.spans import span_of
from scripts.postgres import private_server
from tests.recount.moves import move
from tests.recount.town import PlayedTown

POINTS, PAPERS, MONTH = (
    40,
    int(os.environ.get("COUNTY_PAPERS", "120")),
    225,
)  # points taken in, papers a town, entries of a month
TIMES = int(os.environ.get("COUNTY_TIMES", "100"))  # how often the union is copied: 40 x 100 points
SPREAD_TIMES = int(os.environ.get("COUNTY_SPREAD_TIMES", "10"))  # the same over three servers
TODAY = date(2027, 3, 31)
SETTINGS = ("shared_buffers=1GB", "work_mem=64MB", "max_wal_size=8GB", "maintenance_work_mem=256MB")
LOGS = 8 << 30  # bytes that the write-ahead log may take, by the settings above
MORE = 1.3  # room for what a copy takes besides itself: samples, free pages, the tables of the questions
BEGAN = perf_counter()
SMALL = ("shared_buffers=256MB", "work_mem=64MB", "max_wal_size=4GB", "maintenance_work_mem=128MB")


def played(folder: Path) -> tuple[Manifest, list[Line], str]:
    """The whole journal of a played town as the lines of a bundle, and the identity that opens it."""
    town = PlayedTown(folder / "town", 1, PAPERS)
    town.play(move)
    town.desk.bundles.make(folder / "town.bundle")
    bundle = read_bundle((folder / "town.bundle").read_bytes())
    town.desk.close()
    return bundle.manifest, list(bundle.lines()), bundle.manifest.point


def of_another(n: int, key: SigningKey, manifest: Manifest, lines: list[Line], after: int, end: int) -> bytes:
    """A piece of the journal as if it were another point's."""
    point = f"{n:032x}"
    links = {line[1]: line[8] for line in lines if line[0] == "event"}
    own = [
        [line[0], line[1], f"{n}-{line[2]}"[:40], f"{n}-{line[3]}"[:40], *line[4:]] if line[0] == "event" else line
        for line in lines
        if line[0] != "event" or after < line[1] <= end
    ]
    said = manifest.model_copy(
        update={
            "point": point, "name": f"第{n}登记点", "after": after, "end": end, "events": end - after,
            "before_link": links.get(after, ""), "end_link": links[end], "made_at": f"2027-03-31T08:00:00.{end:06d}+00:00",
        }
    )  # fmt: skip
    return pack(said, own, key)


def laid(folder: Path, bundles: list[bytes]) -> list[Path]:
    """The bundles as files."""
    folder.mkdir()
    paths = [folder / f"{n}.bundle" for n in range(len(bundles))]
    for path, content in zip(paths, bundles, strict=True):
        path.write_bytes(content)
    return paths


def enroll(hall: County, n: int, key: SigningKey) -> None:
    """Make a point known."""
    card = PointCard(id=f"{n:032x}", name=f"第{n}登记点", public_key=key.public, site_code="LH", kind="township")
    signed: PointCard = card.signed(POINT, key)
    hall.points.enroll(signed)


def seconds(act: Callable[[], object], times: int = 1) -> float:
    """The median of some turns."""
    spent = []
    for _ in range(times):
        start = perf_counter()
        act()
        spent.append(perf_counter() - start)
    return statistics.median(spent)


def told(text: str) -> None:
    """How far it is, for whoever waits."""
    print(
        f"[{perf_counter() - BEGAN:7.0f} s] {text}", file=sys.stderr, flush=True
    )  # what this prints is its progress


def check_room(db: Database, times: int, folder: Path) -> None:
    """Raise SystemExit where the disk has not room for ``times`` as much, and the log of the server, before anything is copied."""
    wanted = int(MORE * times * int(db.value("SELECT pg_database_size(current_database())"))) + LOGS
    free = shutil.disk_usage(folder).free
    told(f"the copies want at most {wanted / 1e9:.1f} GB, {free / 1e9:.1f} GB are free")
    if wanted > free:
        raise SystemExit(
            f"{folder} has {free / 1e9:.1f} GB, and {wanted / 1e9:.1f} are wanted: TMPDIR=… takes another disk."
        )


def copied(db: Database, times: int) -> None:
    """Every point ``times`` times, under other identities, entries and all; what is copied stands by itself, so that no round reads the
    copies of the one before."""
    for table in ("events", "cases", "matters", "tally", "spans"):
        columns = [row[0] for row in db.rows(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position", [table]
        )]  # fmt: skip
        chosen = ", ".join(
            "lpad(to_hex(k), 4, '0') || substr(point, 5)" if name == "point" else name for name in columns
        )
        db.run(f"CREATE TEMPORARY TABLE source AS SELECT * FROM {table} WHERE point LIKE '0000%%'")
        rows = int(db.value("SELECT count(*) FROM source"))
        for first in range(1, times, 10):
            last = min(first + 9, times - 1)
            db.run(f"INSERT INTO {table} SELECT {chosen} FROM source, generate_series({first}, {last}) k")
            told(f"{table}: {rows * (last + 1):,} of {rows * times:,} rows")
        db.run("DROP TABLE source")
    db.run("ANALYZE")
    db.run("CHECKPOINT")


ASKED: dict[str, Callable[[County, str, str], object]] = {
    "annual table, the whole": lambda hall, point, number: hall.questions.counted_together(),
    "annual table, every point": lambda hall, point, number: hall.questions.counted(),
    "annual table, one point": lambda hall, point, number: hall.report(2026, point),
    "overdue, by point": lambda hall, point, number: hall.questions.overdue_counts(),
    "medians of days, by point": lambda hall, point, number: hall.questions.median_days(span_of("2026")),
    "one case by its number": lambda hall, point, number: hall.case_story(point, number),
}


def asked(hall: County) -> dict[str, float]:
    """Each question, median of five, ms."""
    point = f"{1:032x}"
    number = str(hall.db.value("SELECT case_no FROM cases WHERE point = %s ORDER BY case_no LIMIT 1", [point]))
    return {name: 1000 * seconds(lambda ask=ask: ask(hall, point, number), 5) for name, ask in ASKED.items()}  # type: ignore[misc]  # a lambda with a bound value has no type of its own


def used() -> float:
    """Seconds of a core that this process and those it waited for have used."""
    mine, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def filled(hall: County, folder: Path, key: SigningKey, bundles: list[bytes], servers: Sequence[str] = ()) -> float:
    """Begin a county, enroll its points, take what they sent; the seconds of the taking."""
    hall.begin("青山县", servers=servers)
    for n in range(1, POINTS + 1):
        enroll(hall, n, key)
    return seconds(lambda: hall.take_together(laid(folder, bundles)))


def spread(folder: Path, key: SigningKey, bundles: list[bytes]) -> list[str]:
    """The questions over one server and over three, at the same two sizes."""
    with ExitStack() as stack:
        three = [stack.enter_context(private_server(durable=True, settings=SMALL)) for _ in range(3)]
        found: dict[str, list[dict[str, float]]] = {}
        for name, parts in (("one", []), ("three", [server.create("parts") for server in three])):
            told(f"over {name}: bundles are taken in")
            with open_database(three[0].create(name)) as db:
                hall = County(db, folder / name, FixedClock(TODAY))
                took = filled(hall, folder / f"{name}-bundles", key, bundles, parts)
                found[name] = [asked(hall) | {"taking in, s": took}]
                cases = int(db.value("SELECT count(*) FROM cases"))
                copied(db, SPREAD_TIMES)
                found[name].append(asked(hall))
                then = int(db.value("SELECT count(*) FROM cases"))
    load = os.getloadavg()[0]
    one, other = found["one"], found["three"]
    return [
        "", f"Over three servers on this machine; the bundles taken in {one[0]['taking in, s']:.1f} s by one, {other[0]['taking in, s']:.1f} s by three. "
        f"Load at the end {load:.1f}.", "",
        f"| question, ms | one, {cases:,} cases | {then:,} | growth | three, {cases:,} cases | {then:,} | growth |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {q} | {one[0][q]:.1f} | {one[1][q]:.1f} | {one[1][q] / max(one[0][q], 0.01):.1f}"
            f" | {other[0][q]:.1f} | {other[1][q]:.1f} | {other[1][q] / max(other[0][q], 0.01):.1f} |"
            for q in ASKED
        ),
    ]  # fmt: skip


def broken_off(number: int, frame: FrameType | None) -> None:
    """A request to end is an interruption: what was begun is taken away."""
    raise KeyboardInterrupt


def main() -> None:
    """Measure, and write the section; 130 where it was broken off."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, broken_off)
    try:
        text = measured()
    except KeyboardInterrupt:
        told("broken off; servers and files are gone, the results are as they were")
        raise SystemExit(130) from None
    write_section("\n".join(["# The county", "", *text]))
    told(f"done; at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB in this process")


def measured() -> list[str]:
    """The lines of the section."""
    with tempfile.TemporaryDirectory() as name, private_server(durable=True, settings=SETTINGS) as server:
        folder = Path(name)
        told("a town is played")
        manifest, lines, _ = played(folder)
        key, end = SigningKey.fresh(), manifest.end
        with open_database(server.create("county")) as db:
            hall = County(db, folder / "home", FixedClock(TODAY))
            whole = [of_another(n, key, manifest, lines, 0, end - MONTH) for n in range(1, POINTS + 1)]
            month = [of_another(n, key, manifest, lines, end - MONTH, end) for n in range(1, POINTS + 1)]
            told(f"{POINTS} journals of {end - MONTH:,} entries are taken in")
            begun = used()
            took = filled(hall, folder / "whole", key, whole)
            spent = used() - begun
            took_month = seconds(lambda: hall.take_together(laid(folder / "month", month)))
            again = seconds(lambda: [hall.taking.take_bytes(each, f"m{n}") for n, each in enumerate(month)])
            events = int(db.value("SELECT count(*) FROM events"))
            small = asked(hall)
            told("the database is made anew")
            rebuilt = seconds(lambda: hall.rebuild(folder / "home" / "county"))
            cases = int(db.value("SELECT count(*) FROM cases"))
            size = db.value("SELECT pg_database_size(current_database())")
            check_room(db, TIMES, server.folder)
            copying = seconds(lambda: copied(db, TIMES))
            told("the questions are asked at the larger size")
            large, cases_then = asked(hall), int(db.value("SELECT count(*) FROM cases"))
            events_then = int(db.value("SELECT count(*) FROM events"))
            size_then = db.value("SELECT pg_database_size(current_database())")
        over_three = spread(folder, key, [of_another(n, key, manifest, lines, 0, end) for n in range(1, POINTS + 1)])
    rate = POINTS * (end - MONTH) / took
    load = os.getloadavg()[0]
    return [
        f"{POINTS} points, {events:,} entries of {cases:,} cases; then {cases_then:,} cases, {events_then:,} entries. Load at the end {load:.1f}.", "",
        "| | |", "|---|---:|",
        f"| whole journals taken in, entries/s | {rate:,.0f} |",
        f"| the same, entries a second of a core of the takers | {POINTS * (end - MONTH) / spent:,.0f} |",
        f"| a month of {POINTS} points ({POINTS * MONTH:,} entries), s | {took_month:.1f} |",
        f"| the same again, ms a bundle | {1000 * again / POINTS:.1f} |",
        f"| a bundle of a month, bytes | {len(month[0]):,} |",
        f"| database made anew from the files, entries/s | {events / rebuilt:,.0f} |",
        f"| an entry with its cases in the database, B | {size / events:,.0f}, then {size_then / events_then:,.0f} |",
        f"| copying inside the database, s | {copying:.0f} |", "",
        f"| question, ms | {cases:,} cases | {cases_then:,} cases | growth |", "|---|---:|---:|---:|",
        *(f"| {q} | {small[q]:.1f} | {large[q]:.1f} | {large[q] / max(small[q], 0.01):.1f} |" for q in ASKED),
        *over_three,
    ]  # fmt: skip


if __name__ == "__main__":
    main()
