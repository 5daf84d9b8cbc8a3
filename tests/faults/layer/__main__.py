"""``python -m tests.faults.layer --faults 3000 --cuts 1000``: so many of each, as many of one act as of another as far as it has so
many, drawn from all there can be of it, and what went wrong.

Runs itself again under the layer, a process for each core. Prints one JSON document; exit code 1 where anything went wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from deskapp.register import cipher
from tests.faults import quick
from tests.faults.layer.acts import ACTS, prepare
from tests.faults.layer.cuts import Cutter
from tests.faults.layer.disk import Layer, build
from tests.faults.layer.faults import Runner

SHOWN = 20


def part(words: argparse.Namespace, template: Path, work: Path) -> dict[str, Any]:
    """One process's share."""
    setattr(cipher, "_library", quick.library)  # noqa: B010  # a password is not stretched thousands of times
    runner = Runner(template, work, Layer())
    cutter = Cutter(runner, work)
    tried: Counter[str] = Counter()
    wrong: list[str] = []
    numbers = range(words.share, len(ACTS), words.of)
    all_faults = _drawn(words.faults, {number: runner.every(number) for number in numbers})
    all_cuts = _drawn(words.cuts, {number: cutter.every(number) for number in numbers})
    for number in numbers:
        faults, cuts = all_faults[number], all_cuts[number]
        tried.update({"faults": len(faults), "cuts": len(cuts)})
        tried.update(
            {f"{kind}: {ACTS[number].name}": len(drawn) for kind, drawn in (("faults", faults), ("cuts", cuts))}
        )
        found = [(fault, runner.judge(fault)) for fault in faults] + [(cut, cutter.judge(cut)) for cut in cuts]
        wrong += [f"{ACTS[number].name} {case}: {what}" for case, whats in found for what in whats]
    return {"tried": tried, "wrong": wrong}


CaseT = TypeVar("CaseT")


def _drawn(most: int, every: Mapping[int, Sequence[CaseT]]) -> dict[int, list[CaseT]]:
    """So many cases of each act, the same each time: as many of one as of another, and what one has not falls to those that have more."""
    rooms = {number: len(cases) for number, cases in every.items()}
    shares = dict.fromkeys(every, 0)
    left = sum(_each(most, number) for number in every)
    while left and (open_ := [number for number in every if shares[number] < rooms[number]]):
        for number in open_[:left]:
            more = min(max(left // len(open_), 1), rooms[number] - shares[number])
            shares[number] += more
        left = sum(_each(most, number) for number in every) - sum(shares.values())
    return {number: random.Random(number).sample(cases, shares[number]) for number, cases in every.items()}


def _each(most: int, number: int) -> int:
    """How many of ``most`` fall to an act, one with all."""
    return most // len(ACTS) + (number < most % len(ACTS))


def whole(words: argparse.Namespace) -> dict[str, Any]:
    """All shares together."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_STATE_HOME"] = str(folder / "state")
        setattr(cipher, "_library", quick.library)  # noqa: B010  # a name of its module alone
        prepare(folder / "template")
        env = {**os.environ, "LD_PRELOAD": str(build(folder))}
        of = os.cpu_count() or 1
        counts = ["--faults", str(words.faults), "--cuts", str(words.cuts), "--of", str(of)]
        shares = []
        for share in range(of):
            (folder / f"work{share}").mkdir()
            places = [
                "--share",
                str(share),
                "--template",
                str(folder / "template"),
                "--work",
                str(folder / f"work{share}"),
            ]
            command = [sys.executable, "-m", "tests.faults.layer", *counts, *places]
            shares.append(subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True))
        tried: Counter[str] = Counter()
        wrong: list[str] = []
        for process in shares:
            said, _ = process.communicate()
            answer = json.loads(said)
            tried.update(answer["tried"])
            wrong += answer["wrong"]
        return {"tried": tried, "wrong": len(wrong), "shown": wrong[:SHOWN]}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("--faults", 3000), ("--cuts", 1000), ("--share", -1), ("--of", 1)):
        parser.add_argument(name, type=int, default=default)
    for name in ("--template", "--work"):
        parser.add_argument(name, type=Path)
    words = parser.parse_args()
    answer = whole(words) if words.share < 0 else part(words, words.template, words.work)
    print(json.dumps(answer, ensure_ascii=False, indent=1))
    if words.share < 0:
        sys.exit(bool(answer["wrong"]))


if __name__ == "__main__":
    main()
