"""One letter by our press and by other engines: cold process, warm letter (each time to somebody else), memory; medians and ratios
of one run.

The engines take turns, so that a busy moment of the machine falls on all of them. ``python -m benchmarks.press`` prints the
figures and writes them to benchmarks/results.md.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.engines import ENGINES, available, next_letter
from benchmarks.timing import write_section

WARM_ROUNDS, COLD_ROUNDS, MANY, SETTLING = 60, 7, 1000, 2
SLOW = {"weasyprint": 5, "docxtpl+libreoffice": 3}  # rounds for engines that take long


def warm(names: list[str]) -> dict[str, float]:
    """Median milliseconds of a letter in a process that has made some already. Each engine has a process of its own, so
    that none pays for what another keeps in memory; they take turns."""
    workers = {name: _worker(name) for name in names}
    spent: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(WARM_ROUNDS):
        for name in names:
            if turn < SLOW.get(name, WARM_ROUNDS):
                spent[name].append(_ask(workers[name]))
    for worker in workers.values():
        worker.communicate()
    return {name: statistics.median(times) for name, times in spent.items()}


def _worker(name: str) -> subprocess.Popen[str]:
    """A process that makes a letter for every line it is sent."""
    command = [sys.executable, "-m", "benchmarks.press", "--serve", name]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def _ask(worker: subprocess.Popen[str]) -> float:
    """Have one letter made; how long it took there, milliseconds."""
    assert worker.stdin
    assert worker.stdout
    worker.stdin.write("\n")
    worker.stdin.flush()
    return float(worker.stdout.readline())


def serve(name: str) -> None:
    """Make a letter for every line that comes, and say how long it took."""
    make = ENGINES[name][0]
    for _ in range(SETTLING):
        make()
    for _ in sys.stdin:
        next_letter()
        began = perf_counter()
        make()
        print((perf_counter() - began) * 1000, flush=True)


def cold(names: list[str]) -> dict[str, tuple[float, float]]:
    """Median milliseconds from the start of a process to its first letter, and the most memory it took, MiB."""
    spent: dict[str, list[float]] = {name: [] for name in names}
    memory: dict[str, float] = {}
    for turn in range(COLD_ROUNDS + 1):  # the first compiles
        for name in names:
            if turn < SLOW.get(name, COLD_ROUNDS):
                began = perf_counter()
                done = subprocess.run(
                    [sys.executable, "-m", "benchmarks.press", "--once", name],
                    capture_output=True,
                    text=True,
                    check=True,
                    env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},  # compiled modules, as where it has run before
                )
                if turn:
                    spent[name].append((perf_counter() - began) * 1000)
                memory[name] = float(done.stdout)
    return {name: (statistics.median(spent[name]), memory[name]) for name in names}


def many() -> tuple[float, float, float]:
    """A letter to each of a thousand people: seconds, memory after the first hundred and after all, MiB."""
    make = ENGINES["press"][0]
    spent = 0.0
    for n in range(MANY):
        next_letter()
        began = perf_counter()
        make()
        spent += perf_counter() - began
        if n == MANY // 10:
            early = used()
    return spent, early, used()


def used() -> float:
    """The most memory this process has had so far, MiB; of a system without /proc the most it or its parent had."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report() -> str:
    """All figures as Markdown."""
    names = available()
    colds, warms = cold(names), warm(names)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.press", "--many"], capture_output=True, text=True, check=True
    )
    seconds, early, late = map(float, done.stdout.split())
    lines = [
        "# One letter, several engines", "",
        f"Python {platform.python_version()}, {platform.machine()}; medians of one run in which the engines took turns, each time for another "
        "applicant. Composing is in the cold figures of all: their texts come from our templates.", "",
        "| engine | cold, ms | to typst | warm, ms | to typst | memory of a cold process, MiB |", "|---|---|---|---|---|---|",
    ]  # fmt: skip
    base = "typst" if "typst" in names else "press"
    for name in names:
        (start, memory), letter = colds[name], warms[name]
        ratios = start / colds[base][0], letter / warms[base]
        lines.append(f"| {name} | {start:.0f} | {ratios[0]:.2f} | {letter:.2f} | {ratios[1]:.2f} | {memory:.0f} |")
    missing = [name for name in ENGINES if name not in names]
    lines += ["", f"Not installed here: {', '.join(missing)}." if missing else "All engines were installed."]
    lines += [
        "",
        f"{MANY} letters by our press: {seconds:.1f} s; memory {early:.0f} MiB after {MANY // 10}, {late:.0f} MiB after all.",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Everything, or one letter of one engine for the cold measure."""
    if "--many" in sys.argv:
        print(*many())
        return
    if "--serve" in sys.argv:
        serve(sys.argv[-1])
        return
    if "--once" in sys.argv:
        ENGINES[sys.argv[-1]][0]()
        print(used())
        return
    text = report()
    print(text)
    write_section(text)


if __name__ == "__main__":
    main()
