"""The catalogue of what is published at 100,000 entries: in from a list, found while typing, offered at intake."""

from __future__ import annotations

import os
import resource
import statistics
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.ledgers import processor
from benchmarks.timing import write_section
from deskapp.clock import FixedClock
from deskapp.desk.reading.catalogue import Catalogue
from deskapp.desk.training.practice_reading import KINDS_OF_PAPER, PLACES, TOPICS
from deskapp.exchange.sheets import Cells, write_lines
from deskapp.paths import CATALOGUE

ENTRIES, TIMES = 100_000, 20
HEADING = ("索引号", "名称", "文号", "发布机构", "公开日期", "主题分类", "有效性", "网址", "馆藏位置", "全文文件")
TODAY = date(2026, 11, 20)
ASKED = {
    "two characters": ("预算", "道路", "低保", "补贴", "批复"),
    "several words": ("桥头 预算 2015", "青山 验收 饮水"),
    "number": ("柳政〔2015〕12号", "LH012", "LH001/2019"),
    "initials": ("lhz", "qtc2015", "sjc", "qsx"),
    "as it is typed": ("柳", "柳河", "柳河镇", "柳河镇2", "柳河镇20", "柳河镇2020"),
}


def lines(count: int) -> Iterator[Cells]:
    """A list of invented entries, the heading first."""
    chance = Random(7)
    yield HEADING
    for n in range(count):
        on = TODAY - timedelta(days=chance.randrange(1, 6000))
        topic = chance.choice(list(TOPICS))
        name = f"{chance.choice(PLACES)}{on.year}年{topic}{chance.choice(KINDS_OF_PAPER)}（第{n % 97}批）"
        url, shelf = f"https://www.example.gov.cn/{on.year}/{n}.html", f"{n % 9}号柜{n % 5}层"
        yield (f"LH{n // 1000:03d}/{on.year}-{n:05d}", name, f"柳政〔{on.year}〕{n % 300}号", "柳河镇人民政府",
               on.isoformat(), TOPICS[topic], "有效", url, shelf, "")  # fmt: skip


def timed(act: Callable[[str], object], words: tuple[str, ...]) -> tuple[float, float]:
    """Median and p95 in milliseconds."""
    spent = []
    for _ in range(TIMES):
        for word in words:
            began = perf_counter()
            act(word)
            spent.append((perf_counter() - began) * 1000)
    return statistics.median(spent), statistics.quantiles(spent, n=20, method="inclusive")[18]


def main() -> None:
    """Measure and write the section."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "list.xlsx"
        write_lines(table, "主动公开目录", lines(ENTRIES))
        home = Path(folder) / "home"
        home.mkdir()
        catalogue = Catalogue(home, FixedClock(TODAY), None)
        spent = []
        for _ in range(2):
            writing, reading = processor(resource.RUSAGE_SELF), processor(resource.RUSAGE_CHILDREN)
            began = perf_counter()
            taken = catalogue.take(table)
            took = perf_counter() - began
            writing, reading = (
                processor(resource.RUSAGE_SELF) - writing,
                processor(resource.RUSAGE_CHILDREN) - reading,
            )
            spent.append(
                f"{took:.0f} s (writing {writing:.1f} and reading {reading:.1f} s of processor, load {os.getloadavg()[0]:.1f})"
            )
        assert (taken.rows, taken.same) == (ENTRIES, ENTRIES)
        out = [
            "# The catalogue",
            "",
            f"{ENTRIES:,} entries; ms for the first page.",
            "",
            "| | median | p95 |",
            "|---|---:|---:|",
        ]
        for name, words in ASKED.items():
            out.append("| {} | {:.1f} | {:.1f} |".format(name, *timed(catalogue.search, words)))
        names = tuple(f"我要申请公开{entry.name}" for _, entry in catalogue.search("", 20))
        out.append("| offered at intake | {:.0f} | {:.0f} |".format(*timed(catalogue.matching, names)))
        size = (home / CATALOGUE).stat().st_size / 1e6
        catalogue.close()
    out += ["", f"- xlsx in: {spent[0]}; the same list again: {spent[1]}; the file: {size:.0f} MB."]
    print("\n".join(out))
    write_section("\n".join(out))


if __name__ == "__main__":
    main()
