"""Timing in one process: the best of several runs, and a table of ratios."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

RESULTS = Path(__file__).parent / "results.md"


def write_section(text: str) -> None:
    """Put a section that begins with its heading (# …) into results.md, in the place of the one of the same heading."""
    heading = text.partition("\n")[0]
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    sections = [f"# {part.strip()}\n" for part in f"\n{old}".split("\n# ") if part.strip()]
    kept = [section for section in sections if section.partition("\n")[0] != heading]
    RESULTS.write_text("\n".join([*kept, text.strip() + "\n"]), encoding="utf-8")


def best_of(work: Callable[[], object], times: int = 5) -> float:
    """The shortest of several runs, milliseconds."""
    spent = []
    for _ in range(times):
        began = perf_counter()
        work()
        spent.append((perf_counter() - began) * 1000)
    return min(spent)


def table(title: str, figures: dict[str, float]) -> None:
    """Print each figure in milliseconds and as a multiple of the first."""
    first = next(iter(figures.values()))
    print(title)
    for name, value in figures.items():
        print(f"  {name:<45} {value:>10.2f} ms  {value / first:>8.1f} x")
