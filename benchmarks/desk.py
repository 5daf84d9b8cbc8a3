"""The desk: first paint against an empty app, and from key to paint in every list and form at 100,000 cases.

The time of a key goes from the moment it is pressed to the moment its last picture of the screen was handed to the
terminal, in the real program without a terminal behind it.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, time
from typing import Any

import deskapp.app  # before the library, as in the program: it tells it how to behave

# isort: split
from textual._compositor import CompositorUpdate
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from benchmarks.register import TODAY, fill
from benchmarks.timing import write_section
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.printing.file import NoPrinterPort
from deskapp.unit import read_profile
from deskapp.widgets.case_pane import REST_S
from letters.example import UNIT

CASES = 100_000
STARTS = 9
WARM_S = 3.0  # a clerk looks at the board before the first key
AT_REST_S = REST_S + 0.06  # the arrows rest, then the case beside the list is read and drawn
FRAME_S = 0.025  # after a key was dealt with, its last picture comes with the next frame
SETTLED_S = 0.1  # then some time until the next key, as between two keys of a fast hand
SIZE = (120, 40)
EMPTY = """
from time import time
from textual.app import App
class Empty(App):
    def _display(self, screen, renderable):
        super()._display(screen, renderable)
        print(time())
        self.exit()
Empty().run(headless=True, size=(120, 40))
"""
OURS = """
import sys
from time import time
import deskapp.__main__
from deskapp import garbage
garbage.leave()
import deskapp.running
from datetime import date
from pathlib import Path
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.app import DeskApp
class Timed(DeskApp):
    stood = full = 0.0
    def _display(self, screen, renderable):
        super()._display(screen, renderable)
        if screen.id == "_default" or self.full:
            return
        self.stood = self.stood or time()
        if len(screen.query_one("#cases").rows) > 1:
            self.full = time()
            self.exit()
home, clock = Path(sys.argv[1]), FixedClock(date(2026, 11, 20))
app = Timed(home, clock, Desk.open(home, clock))
app.run(headless=True, size=(120, 40))
assert app.failure is None
print(app.stood)
print(app.full)
"""
DOWN = ("down",) * 20
TYPED = tuple("zhang") + ("backspace",) * 5 + tuple("土地承包台账") + ("backspace",) * 6
# What is pressed to come to a list or form, and what is timed there.
PLACES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "今日 list": ((), DOWN),
    "查询 typing": (("f3",), TYPED),
    "查询 list": (("f3",), DOWN),
    "登记 form": (
        ("f2", "tab", "tab"),
        (*"张伟", "tab", "tab", *"330722198001011234", "tab", *"13905550123", "tab", *TYPED),
    ),
    "答复向导 typing": (("enter", "f4"), (*"bcz", *("backspace",) * 3, *"xxgk", *("backspace",) * 4, *DOWN[:10])),
    "记事 form": (("enter", "f6", "enter"), tuple("2026-11-20")),
    "文书 form": (("enter", "f4", *"xxbcz", "enter"), tuple("经办人在档案室文书档案目录中查找")),
    "统计 table": (("ctrl+t",), ("down", "right") * 8),
    "功能 list": (("ctrl+p",), (*"cx", "backspace", "backspace", *DOWN[:5])),
}
# The same keys, and how long until the case beside the list stands after the arrows rest; 查询 has it from 150 columns on.
BESIDE: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[int, int]]] = {
    "今日, the case beside": ((), DOWN, SIZE),
    "查询, the case beside": (("f3",), DOWN, (160, 45)),
}


class _Watched(deskapp.app.DeskApp):
    """Notes when a picture was handed over."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.painted: list[float] = []

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        super()._display(screen, renderable)
        if isinstance(renderable, CompositorUpdate):
            renderable.render_segments(self.console)  # what a terminal would be sent
        self.painted.append(perf_counter())


Times = list[tuple[float, float]]


async def _keys(pilot: Pilot[bool], app: _Watched, keys: Sequence[str], rest: float) -> Times:
    """Milliseconds from each key to the first and to the last picture it made; where a pane beside the list follows at ``rest``, from
    when it may."""
    spent = []
    for key in keys:
        began = perf_counter() + rest
        await pilot.press(key)
        await asyncio.sleep(AT_REST_S if rest else FRAME_S)
        if made := [(at - began) * 1000 for at in app.painted if at > began]:
            spent.append((made[0], made[-1]))
        await asyncio.sleep(SETTLED_S)
    return spent


async def _place(
    home: Path, way: Sequence[str], keys: Sequence[str], size: tuple[int, int] = SIZE, rest: float = 0
) -> Times:
    """The times of one place, in an app of its own."""
    clock = FixedClock(TODAY)
    app = _Watched(home, clock, Desk.open(home, clock, NoPrinterPort()))
    async with app.run_test(size=size) as pilot:
        await pilot.pause(WARM_S)
        for key in way:
            await pilot.press(key)
            await pilot.pause()
        for line in app.screen.query(Input):
            line.cursor_blink = False  # a blink is no answer to a key
        spent = await _keys(pilot, app, keys, rest)
    assert app.failure is None, app.failure
    return spent


def first_paint(home: Path) -> tuple[list[float], list[float]]:
    """Of an empty app and of the board: seconds from the start of the process to its pictures (the board's, then the one with its list),
    and of processor for the whole process, medians; by turns, with compiled modules as on any machine that has run the program once."""
    compiled = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    spent: tuple[list[list[float]], list[list[float]]] = ([], [])
    for turn in range(STARTS + 1):
        for times, command in zip(spent, ([EMPTY], [OURS, str(home)]), strict=True):
            began, before = time(), os.times()
            done = subprocess.run(
                [sys.executable, "-c", *command], check=True, capture_output=True, text=True, env=compiled
            )
            after = os.times()
            of_processor = sum(after[2:4]) - sum(before[2:4])
            if turn:
                times.append([*(float(line) - began for line in done.stdout.split()), of_processor])
    empty, ours = ([statistics.median(of) for of in zip(*times, strict=True)] for times in spent)
    return empty, ours


def _line(name: str, spent: Times) -> str:
    cells = [name, str(len(spent))]
    for of in zip(*spent, strict=True):
        p95 = statistics.quantiles(of, n=20, method="inclusive")[18]
        cells += [f"{value:.0f}" for value in (statistics.median(of), p95, max(of))]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Measure and write the section."""
    out = ["# The desk", "", f"{CASES:,} cases, {SIZE[0]} x {SIZE[1]}; ms from key to paint.", ""]
    out += ["| | keys | first picture, median | p95 | most | last picture, median | p95 | most |"]
    out += ["|---" + "|---:" * 7 + "|"]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        desk = Desk.create(home, read_profile(UNIT, "benchmark"), FixedClock(TODAY), NoPrinterPort())
        fill(desk, CASES)
        desk.close()
        out += [_line(name, asyncio.run(_place(home, way, keys))) for name, (way, keys) in PLACES.items()]
        for name, (way, keys, size) in BESIDE.items():
            out.append(_line(name, asyncio.run(_place(home, way, keys, size, REST_S))))
        (empty, of_empty), (stands, lists, of_ours) = first_paint(home)
    out += [
        "",
        "- The first picture shows what was typed; the last, a frame later, what follows from it. In 今日 the last is the case beside.",
        f"- The case beside a list (查询: {BESIDE['查询, the case beside'][2][0]} columns) is timed from {REST_S * 1000:.0f} ms after the key,"
        " when it may follow.",
        f"- First paint from the start of the process: empty Textual app {empty:.2f} s, the board {stands:.2f} s:"
        f" {stands / empty:.2f} times; with its list {lists:.2f} s: {lists / empty:.2f} times (what is to be noted"
        " besides is read a frame later).",
        f"- Processor of the whole process, by which other loads do not count: {of_empty:.2f} s and {of_ours:.2f} s:"
        f" {of_ours / of_empty:.2f} times. Load at the end {os.getloadavg()[0]:.1f}.",
    ]
    print("\n".join(out))
    write_section("\n".join(out))


if __name__ == "__main__":
    main()
