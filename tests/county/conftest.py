"""A PostgreSQL for each process of tests, a database for each test, and points with a few cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.county.database import Database, open_database
from deskapp.county.hall import County
from deskapp.county.schema import make_tables
from deskapp.county.verdicts import Offered
from deskapp.desk import Desk
from deskapp.exchange.bundle.cards import PointCard
from deskapp.printing.file import NoPrinterPort
from scripts.postgres import Server, private_server, programs
from tests.conftest import profile, register

TEMPLATE = "county_template"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs the server is skipped, by name, where there is none."""
    if programs() is None:
        for item in items:
            if "server" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.skip(reason="PostgreSQL is not installed (Debian: postgresql-15)"))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with private_server(settings=("autovacuum=off",)) as made:  # it would go through every test's database
        with open_database(made.create(TEMPLATE)) as db:
            make_tables(db)
            db.run("INSERT INTO county_notes (note_key, body) VALUES ('practice', '0')")
        yield made


@pytest.fixture(scope="session")
def numbers() -> Iterator[int]:
    return count()


@pytest.fixture
def dsn(server: Server, numbers: Iterator[int]) -> Iterator[str]:
    name = f"county{next(numbers)}"
    yield server.create(name, TEMPLATE)
    server.drop(name)


@pytest.fixture
def db(dsn: str) -> Iterator[Database]:
    with open_database(dsn) as made:
        yield made


@pytest.fixture
def hall(db: Database, tmp_path: Path, clock: FixedClock) -> County:
    made = County(db, tmp_path / "county-home", clock)
    made.home.begin("青山县人民政府办公室", clock)
    return made


class PointDesk:
    """A desk that reports to a county: its bundles are files in ``folder``, one after another."""

    def __init__(self, desk: Desk, hall: County, folder: Path) -> None:
        self.desk, self.folder = desk, folder
        self.key = folder / "county.key"
        folder.mkdir(exist_ok=True)
        if not self.key.exists():
            self.key.write_text(hall.home.keys().card.text, encoding="utf-8")
        self.card: PointCard = desk.bundles.card()

    def goes_to(self, day: date) -> None:
        """Its machine's clock shows another day."""
        assert isinstance(self.desk.clock, FixedClock)
        self.desk.clock.set(day)

    def cases(self, n: int) -> None:
        for i in range(n):
            register(self.desk, applicant=f"张{'一二三四五六七八九十'[i % 10]}", phone=f"1390555{i:04d}")

    def bundle(self, after: int | None = None) -> Path:
        path = self.folder / f"{len(list(self.folder.iterdir())):03d}.bundle"
        return self.desk.bundles.make(path, county=self.key, after=after).path


@pytest.fixture
def new_point(hall: County, tmp_path: Path, clock: FixedClock) -> Iterator[Callable[..., PointDesk]]:
    """Makes points that are enrolled: a name, a code."""
    made: list[Desk] = []

    def new(name: str = "青山县柳河镇人民政府", code: str = "LH", home: Path | None = None) -> PointDesk:
        where, own = home or tmp_path / f"desk{len(made)}", FixedClock(clock.today())
        unit = profile(name=name, site_code=code)
        desk = Desk.open(where, own) if where.exists() else Desk.create(where, unit, own, NoPrinterPort())
        made.append(desk)
        point = PointDesk(desk, hall, tmp_path / f"stick{len(made)}")
        if home is None:
            hall.points.enroll(point.card)
        return point

    yield new
    for desk in made:
        desk.close()


@pytest.fixture
def point(new_point: Callable[..., PointDesk]) -> PointDesk:
    return new_point()


def said(offered: list[Offered]) -> list[tuple[str, str, int]]:
    """Verdict, reason and new entries of each."""
    return [(each.verdict, each.code, each.events) for each in offered]
