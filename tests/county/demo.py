"""A practice county for people to look at: ``make county-demo``. 33 points, three months, some silent, one restored from a backup.

Starts a PostgreSQL of its own, plays the points, takes their bundles in, writes the page, and opens the county.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

from deskapp.clock import FixedClock
from deskapp.county.database import DSN, open_database
from deskapp.county.hall import County
from deskapp.desk import Desk
from deskapp.desk.office.restoring import restore_backup
from deskapp.register.meta import PRACTICE
from scripts.postgres import private_server
from tests.conftest import profile, register
from tests.recount.count import ONE
from tests.recount.moves import move
from tests.recount.town import PlayedTown

FIRST, LAST = date(2026, 8, 26), date(2026, 11, 25)
TOWNS = [
    "柳河",
    "桥头",
    "白杨",
    "清溪",
    "石门",
    "龙泉",
    "双河",
    "永安",
    "东山",
    "西岭",
    "南坪",
    "北沟",
    "大湾",
    "小店",
    "红旗",
    "新华",
    "长岭",
    "高桥",
    "平安",
]
DEPARTMENTS = [
    "自然资源",
    "教育",
    "财政",
    "民政",
    "人力资源和社会保障",
    "住房和城乡建设",
    "农业农村",
    "卫生健康",
    "交通运输",
    "水利",
    "生态环境",
]
CENTRES = ("政务服务中心", "图书馆", "档案馆")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SILENT, RESTORED, LATE = (5, 17), 9, 12


class CountyPoint(PlayedTown):
    """A town of its own name, over three months only."""

    def __init__(self, home: Path, seed: int, papers: int, name: str, code: str, kind: str) -> None:
        super().__init__(home, seed, papers)
        self.first, self.last = FIRST, LAST
        self.clock.set(FIRST)
        self.desk.upkeep.save_unit(profile(name=name, site_code=code, kind=kind), FIRST)
        self.desk._journal.records.set_note(PRACTICE, "1")
        span = (LAST - FIRST).days
        self.arrivals = Counter(FIRST + ONE * int(span * self.random.random()) for _ in range(papers))


def units() -> list[tuple[str, str, str]]:
    """Name, code and kind of the points."""
    names = [(f"青山县{town}镇人民政府", "township") for town in TOWNS]
    names += [(f"青山县{of}局", "county_department") for of in DEPARTMENTS]
    names += [(f"青山县{of}", "county_department") for of in CENTRES]
    return [(name, LETTERS[n // 26] + LETTERS[n % 26], kind) for n, (name, kind) in enumerate(names)]


def report_of(desk: Desk, stick: Path, key: Path) -> None:
    """The card and a bundle of a point onto a stick."""
    desk.bundles.enroll(stick / f"{desk.lookup.unit().site_code}.json")
    desk.bundles.make(stick, county=key)


def play(folder: Path, hall: County, stick: Path) -> None:
    """Every point works for three months; most report at the end, some did a month ago, one went on from a backup."""
    stick.mkdir()
    key = folder / "county.key"
    key.write_text(hall.home.keys().card.text, encoding="utf-8")
    random = Random(18)
    for n, (name, code, kind) in enumerate(units()):
        town = CountyPoint(folder / code, n + 1, random.randint(4, 14), name, code, kind)
        if n in SILENT:
            town.last = date(2026, 11, 5)
        town.play(move)
        desk = town.desk
        if n == RESTORED:
            desk = from_backup(desk, hall, folder, key)
        report_of(desk, stick, key)
        desk.close()
        sys.stdout.write(f"\r{n + 1}个登记点")
        sys.stdout.flush()
    sys.stdout.write("\n")


def from_backup(desk: Desk, hall: County, folder: Path, key: Path) -> Desk:
    """The point reports, its computer breaks, and it goes on from a backup that is older than what it reported."""
    desk.bundles.identity()
    backup = desk.upkeep.backup(folder / "backup.db", "")
    register(desk, applicant="备份以后的")
    stick = folder / "first"
    stick.mkdir()
    report_of(desk, stick, key)
    hall.take_all(stick)
    desk.close()
    restore_backup(backup.path, folder / "again", FixedClock(LAST))
    again = Desk.open(folder / "again", FixedClock(LAST))
    register(again, applicant="恢复以后的")
    return again


def main() -> int:
    """Make it, say where it is, and open it where there is a terminal."""
    with tempfile.TemporaryDirectory(prefix="county-demo-") as name, private_server() as server:
        folder = Path(name)
        dsn = server.create("demo")
        with open_database(dsn) as db:
            hall = County(db, folder / "home", FixedClock(LAST))
            hall.begin("青山县政务公开办公室", practice=True)
            stick = folder / "stick"
            play(folder, hall, stick)
            offered, cards = hall.take_all(stick)
            verdicts = Counter(each.verdict for each in offered)
            page = Path(os.environ.get("COUNTY_PAGE", folder / "全县.html"))
            page.unlink(missing_ok=True)
            hall.write_report(LAST.year, page)
            report = hall.report(LAST.year)
            sys.stdout.write(
                f"登记点{len(cards)}个；包：{dict(verdicts)}；{hall.summary('2026').sentence}\n汇总页 {page}\n"
            )
            sys.stdout.write(f"和登记点自己报的不一样的：{len(report.differing)}个\n")
        command = ["county", "--db", dsn, "--at", str(folder / "home"), "--today", LAST.isoformat()]
        if sys.stdout.isatty() and "COUNTY_ONLY" not in os.environ:
            env = {**os.environ, DSN: dsn}
            return subprocess.run([sys.executable, "-m", "deskapp", *command], env=env, check=False).returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
