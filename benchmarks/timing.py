"""Timing in one process: the best of several runs, and a table of ratios."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter


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
