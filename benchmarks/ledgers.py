"""A ledger of 100,000 rows in, and out again: seconds and memory, csv and xlsx, each in a process of its own; read in a second process
beside the one that writes, as the program does it, and read in the one that writes.

Seconds of the clock depend on what else the machine does, which is why its load stands beside them; seconds of the processor hardly do.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.register import TODAY, cases
from benchmarks.timing import write_section
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.office import ledger_in
from deskapp.exchange.ledger import Ledger
from deskapp.exchange.ledger_columns import COLUMNS
from deskapp.exchange.ledger_out import cells_of
from deskapp.exchange.sheets import Cells, write_lines
from deskapp.register.fold import fold
from deskapp.unit import read_profile
from letters.example import UNIT

ROWS = 100_000
SHUFFLED, TWICE = "csv in no order", "csv of twice as many"
FIGURES = (
    "in (s)",
    "writing (cpu s)",
    "reading (cpu s)",
    "load",
    "memory before (MB)",
    "memory after (MB)",
    "out (s)",
)


def lines(count: int) -> Iterator[Cells]:
    """The heading and the invented cases as lines of a ledger."""
    yield COLUMNS
    for events in cases(count):
        yield cells_of(fold("x", events))


def processor(whose: int) -> float:
    """Seconds of the processor so far, user and system."""
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


def shuffled(whole: Iterator[Cells]) -> Iterator[Cells]:
    """The heading, then the lines in no order of days."""
    yield next(whole)
    rest = list(whole)
    Random(1).shuffle(rest)
    yield from rest


def measure(kind: str, folder: Path, apart: bool) -> dict[str, float]:
    """Seconds and MB of one kind of file, read ``apart`` or not."""
    ending = kind.split()[0]
    path, made = folder / f"in.{ending}", lines(2 * ROWS if kind == TWICE else ROWS)
    write_lines(path, "台账", shuffled(made) if kind == SHUFFLED else made)
    desk = Desk.create(folder / "home", read_profile(UNIT, "benchmark"), FixedClock(TODAY))
    if not apart:
        vars(ledger_in)["LedgerApart"] = Ledger
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    writing, reading = processor(resource.RUSAGE_SELF), processor(resource.RUSAGE_CHILDREN)
    began = perf_counter()
    desk.ledgers.take(path)
    taken = perf_counter() - began
    writing, reading = processor(resource.RUSAGE_SELF) - writing, processor(resource.RUSAGE_CHILDREN) - reading
    load = os.getloadavg()[0]
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = perf_counter()
    desk.ledgers.give(folder / f"out.{ending}")
    given = perf_counter() - began
    desk.close()
    return dict(zip(FIGURES, (taken, writing, reading, load, before, after, given), strict=True))


def main() -> None:
    """Measure both kinds of file, with the second process and without, and write the section."""
    rows = f"{ROWS:,} rows of {len(COLUMNS)} columns, each line measured in a process of its own"
    out = [
        "# A ledger in and out",
        "",
        f"{rows}, on {os.cpu_count()} cores; load is that of the last minute, what is measured within it.",
        "",
        f"| | second process | {' | '.join(FIGURES)} |",
        f"|---|---|{'---:|' * len(FIGURES)}",
    ]
    for kind, apart in (*product(("csv", "xlsx"), ("on", "off")), (SHUFFLED, "on"), (TWICE, "on")):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "benchmarks.ledgers", kind, folder, apart]
            figures = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        out.append(f"| {kind} | {apart} | {' | '.join(f'{figures[name]:.1f}' for name in FIGURES)} |")
    print("\n".join(out))
    write_section("\n".join(out))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]), sys.argv[3] == "on")))
    else:
        main()
