"""How the register grows: open, append, board, search, report at 1,000 to 1,000,000 cases, and search against LIKE.

Each size has a process of its own, so that its memory is its own. The invented cases are written by the journal's own
append; one case in a thousand is still open, two hundred at the most, as at a counter that works its cases off.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from benchmarks.timing import write_section
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.intake import IntakeDraft
from deskapp.register import events as ev
from deskapp.register.journal import Journal
from deskapp.register.opening import open_store
from deskapp.register.search import search
from deskapp.unit import read_profile
from letters.example import UNIT

SIZES = (1_000, 10_000, 100_000, 1_000_000)
TODAY = date(2026, 11, 20)
BATCH = 2000  # cases in a transaction
OPEN_SHARE, MOST_OPEN = 1000, 200
SURNAMES, GIVEN = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗曾单仇",
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玲华建国志红梅",
)
PLACES = ["柳河镇", "桥头村", "红旗村", "新民村", "东风社区", "青山乡", "平安街道", "向阳村"]
TOPICS = [
    "农村土地承包经营权流转台账", "征地补偿安置方案", "财政预算决算", "低保名单", "宅基地审批材料", "道路工程招标文件",
    "学校建设资金", "拆迁公告", "扶贫资金使用明细", "环境影响评价报告", "行政处罚决定书", "村务公开会议记录",
    "水利工程验收报告", "医疗救助发放情况",
]  # fmt: skip
CATEGORIES = ("already_public", "granted", "partial", "third_party", "not_held", "petition", "repeat")


def cases(count: int) -> Iterator[list[ev.AnyEvent]]:
    """Invented cases, oldest first: receipt, answer, delivery, and the file put away but for the last ones."""
    chance = random.Random(20261121)
    still_open = min(MOST_OPEN, max(1, count // OPEN_SHARE))
    first = date(2019, 6, 3)
    days = (TODAY - first).days - 10
    for n in range(count):
        on = first + timedelta(days=n * days // count)
        name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
        content = (
            f"{chance.choice(PLACES)}{chance.randint(2005, 2026)}年{chance.choice(TOPICS)}及{chance.choice(TOPICS)}"
        )
        events: list[ev.AnyEvent] = [
            ev.Received(
                on=on, case_no=f"LH-{on.year}-{n + 1:07d}", channel="in_person", applicant=name, applicant_class="natural_person",
                phone=f"1{chance.randrange(10**10):010d}", content=content,
            )
        ]  # fmt: skip
        if n < count - still_open:
            closed = on + timedelta(days=9)
            number = f"柳政依复〔{closed.year}〕{n + 1}号"
            events += [
                ev.Answered(on=closed, category=chance.choice(CATEGORIES), number=number),
                ev.Served(on=closed, way="in_person", signed_by=name),
                ev.Archived(on=closed),
            ]
        yield events


def fill(desk: Desk, count: int) -> float:
    """Write the invented cases; microseconds a case."""
    journal = Journal(desk._store, desk.clock)
    began = perf_counter()
    waiting = cases(count)
    for _ in range(0, count, BATCH):
        with journal.store.write():
            for events in (next(waiting, None) for _ in range(BATCH)):
                if events:
                    journal.append(journal.new_id(), events)
    return (perf_counter() - began) / count * 1e6


def timed(act: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each of several runs."""
    spent = []
    for _ in range(times):
        began = perf_counter()
        act()
        spent.append((perf_counter() - began) * 1000)
    return spent


def queries(count: int) -> dict[str, list[str]]:
    """What people look for, drawn from the invented cases, some of it in none."""
    chance = random.Random(7)
    some = [case[0] for case in chance.sample(list(cases(min(count, 20_000))), 30)]
    received = [event for event in some if isinstance(event, ev.Received)]
    return {
        "name": [event.applicant for event in received] + ["欧阳无忌", "王", "曾"],
        "number": [event.case_no for event in received] + ["0012", "LH-2020", "2026"],
        "phone tail": [event.phone[-4:] for event in received] + ["0000", "99999"],
        "initials": [chance.choice("wlzcyhxsmg") + chance.choice("wfnxymjlqy") for _ in received] + ["z", "zg"],
        "content": [chance.choice(TOPICS)[:2] for _ in received] + ["土地", "征地补偿安置方案", "没有这个词"],
        "two words": [f"{event.applicant[0]} {chance.choice(TOPICS)[:2]}" for event in received],
    }


def like(desk: Desk, words: str) -> object:
    """The same question to the same table without the index."""
    clauses = " AND ".join(
        "(applicant LIKE ? OR case_no LIKE ? OR number LIKE ? OR phone LIKE ? OR content LIKE ?)"
        for _ in words.split()
    )
    params = [f"%{word}%" for word in words.split() for _ in range(5)]
    store = Journal(desk._store, desk.clock).store
    return store.query(f"SELECT * FROM cases WHERE {clauses} ORDER BY rank DESC LIMIT 50", params)


def measure(count: int, folder: Path) -> dict[str, float]:
    """The figures of one size."""
    desk = Desk.create(folder / "home", read_profile(UNIT, "benchmark"), FixedClock(TODAY))
    figures = {"write a case, in bulk (us)": fill(desk, count)}
    path = folder / "home/register.db"
    desk.close()
    figures["file (MB)"] = path.stat().st_size / 1e6

    def reopen() -> None:
        open_store(path).close()

    figures["open"] = statistics.median(timed(reopen, 5))
    desk = Desk.open(folder / "home", FixedClock(TODAY))
    draft = IntakeDraft(applicant="张三", phone="13905550123", content="柳河镇2025年农村土地承包经营权流转台账")
    desk.intake.register(draft)
    figures["append (register a case)"] = statistics.median(timed(lambda: desk.intake.register(draft), 20))
    figures["board"] = statistics.median(timed(desk.work.board, 5))
    looked, plain, indexed = [], [], []
    store = Journal(desk._store, desk.clock).store
    for kind, words in queries(count).items():
        times = [timed(partial(desk.lookup.search, asked, 50), 1)[0] for asked in words]
        figures[f"search by {kind}, p95"] = statistics.quantiles(times, n=20)[-1]
        looked += times
        if kind != "initials":
            indexed += [timed(partial(search, store, asked, 50), 1)[0] for asked in words[:6]]
            plain += [timed(partial(like, desk, asked), 1)[0] for asked in words[:6]]
    figures["search, p95 of all"] = statistics.quantiles(looked, n=20)[-1]
    figures["the index alone, p95"] = statistics.quantiles(indexed, n=20)[-1]
    figures["the same by LIKE, p95"] = statistics.quantiles(plain, n=20)[-1]
    figures["the index alone, mean"] = statistics.mean(indexed)
    figures["the same by LIKE, mean"] = statistics.mean(plain)
    figures["alike (same person, same content)"] = statistics.median(
        timed(lambda: desk.similar.of_form("张伟", "", "", "柳河镇2019年农村土地承包经营权流转台账"), 5)
    )
    figures["report of a year"] = statistics.median(timed(lambda: desk.reporting.report(2024), 3))
    figures["memory (MB)"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    desk.close()
    return figures


HEADING = "# The register as it grows"


def main() -> None:
    """Measure every size and write the section: a line a figure, a column a size, the growth from size to size."""
    columns = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "benchmarks.register", str(size), folder]
            columns[size] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    lines = [HEADING, "", "Cases of one register; ms in a warm process, unless a line says otherwise.", ""]
    lines.append("| | " + " | ".join(f"{size:,}" for size in SIZES) + " | growth per tenfold |")
    lines.append("|---|" + "---:|" * (len(SIZES) + 1))
    for name in columns[SIZES[0]]:
        values = [columns[size][name] for size in SIZES]
        growth = ", ".join(f"{b / a:.1f}" for a, b in pairwise(values))
        lines.append(f"| {name} | " + " | ".join(f"{value:,.1f}" for value in values) + f" | {growth} |")
    lines.append("")
    for size in SIZES:
        ratio = columns[size]["the same by LIKE, mean"] / columns[size]["the index alone, mean"]
        lines.append(f"- {size:,} cases: LIKE takes {ratio:.1f} times as long as the index, on the mean.")
    print("\n".join(lines))
    write_section("\n".join(lines))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(json.dumps(measure(int(sys.argv[1]), Path(sys.argv[2]))))
    else:
        main()
