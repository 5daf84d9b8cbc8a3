"""A ledger of 100,000 rows in, and out again: seconds and memory, csv and xlsx, each in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.register import TODAY, cases
from benchmarks.timing import write_section
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.exchange.ledger_columns import COLUMNS
from deskapp.exchange.ledger_out import cells_of
from deskapp.exchange.sheets import Cells, write_lines
from deskapp.register.fold import fold
from deskapp.unit import read_profile
from letters.example import UNIT

ROWS = 100_000


def lines(count: int) -> Iterator[Cells]:
    """The heading and the invented cases as lines of a ledger."""
    yield COLUMNS
    for events in cases(count):
        yield cells_of(fold("x", events))


def measure(ending: str, folder: Path) -> dict[str, float]:
    """Seconds and MB of one kind of file."""
    path = folder / f"in.{ending}"
    write_lines(path, "台账", lines(ROWS))
    desk = Desk.create(folder / "home", read_profile(UNIT, "benchmark"), FixedClock(TODAY))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = perf_counter()
    desk.ledgers.take(path)
    taken = perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = perf_counter()
    desk.ledgers.give(folder / f"out.{ending}")
    given = perf_counter() - began
    desk.close()
    return {"in (s)": taken, "memory before (MB)": before, "memory after (MB)": after, "out (s)": given}


def main() -> None:
    """Measure both kinds of file and write the section."""
    out = ["# A ledger in and out", "", f"{ROWS:,} rows of 21 columns, each kind in a process of its own.", ""]
    for ending in ("csv", "xlsx"):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "benchmarks.ledgers", ending, folder]
            figures = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        out.append(f"- {ending}: " + ", ".join(f"{name} {value:.1f}" for name, value in figures.items()))
    print("\n".join(out))
    write_section("\n".join(out))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
    else:
        main()
