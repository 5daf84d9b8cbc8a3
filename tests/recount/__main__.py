"""Plays whole towns and counts them again: ``make recount``; RECOUNT_TOWNS and RECOUNT_PAPERS say how many of what size."""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.recount.compare import Compared, compare, taken_in_again
from tests.recount.moves import move
from tests.recount.town import PlayedTown

TOWNS = int(os.environ.get("RECOUNT_TOWNS", "10"))
PAPERS = int(os.environ.get("RECOUNT_PAPERS", "320"))
HEAD = ("town", "papers", "cases", "acts", "refused", "last days", "cells", "lists", "again", "differences")


def main() -> int:
    """Print a line for each town, what the desk refused, and every difference; 1 when there is one."""
    refused: list[Counter[str]] = []
    differences: list[str] = []
    say("".join(f"{name:>12}" for name in HEAD))
    for seed in range(1, TOWNS + 1):
        with tempfile.TemporaryDirectory() as home:
            town = PlayedTown(Path(home, "town"), seed, PAPERS)
            town.play(move)
            made = compare(town)
            taken_in_again(made, town, Path(home))
            town.desk.close()
        say("".join(f"{figure:>12}" for figure in figures(seed, town, made)))
        refused.append(town.refused)
        differences += made.differences
    say("\nrefused, by town and sentence", *by_sentence(refused))
    say("\ndifferences:" if differences else "\nno differences", *differences)
    return int(bool(differences))


def figures(seed: int, town: PlayedTown, made: Compared) -> tuple[int, ...]:
    """The line of one town."""
    acts, refused = sum(town.acts.values()), sum(town.refused.values())
    sorts = (made.figures[sort] for sort in ("last days", "cells", "lists", "cells again"))
    return seed, town.papers, len(town.cases), acts, refused, *sorts, len(made.differences)


def by_sentence(refused: list[Counter[str]]) -> list[str]:
    """A line for each sentence of the desk: how often in each town."""
    ordered = sum(refused, Counter[str]()).most_common()
    return ["".join(f"{town[sentence]:5}" for town in refused) + f"  {sentence}" for sentence, _ in ordered]


def say(*lines: str) -> None:
    """Lines as soon as they are known: a town takes a minute."""
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
