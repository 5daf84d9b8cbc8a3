"""A hand that knows every key and no reason: it walks at random through the practice desk, the same for the same seed.

A step is one key, a key pressed twice in one burst, several keys in one burst, a text typed or pasted, a change of the window's
size, or a jump to a case. Nothing is asserted on the way but that the program lives; what the walk leaves behind is checked.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from textual import events
from textual.geometry import Size
from textual.pilot import Pilot
from textual.screen import Screen

from deskapp.desk import Desk
from deskapp.screens.cases.case import CaseScreen
from deskapp.screens.cases.guide import GuideScreen
from deskapp.screens.cases.letter import LetterScreen
from deskapp.screens.cases.note import NoteScreen
from deskapp.screens.cases.reviews import ReviewsScreen
from deskapp.screens.frame.base import DeskScreen
from deskapp.screens.frame.keys import KEYS
from deskapp.screens.frame.too_small import TooSmallScreen

QUIT = "ctrl+q"
DOCUMENTED = sorted({key.key for key in KEYS.values()} - {QUIT})
MOVES = ("enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "space",
         "backspace", "delete")  # fmt: skip
SIGNS = (*"1239ynk柳公镇张0-/:", "f4", "f6", "f9", "enter", "down")
TEXTS = ("2026-11-20", "2026-11-31", "20261101", "一", "", "张三", "[/b]吴𬭚", "9" * 40, "LH-2026-0001", "柳政依复〔2026〕1号",
         "补正\n第二行", "２０", "/tmp", "=1+1", " ")  # fmt: skip
SIZES = ((80, 24), (120, 40), (80, 24), (81, 25), (60, 20))
WAYS_OUT = {"LockScreen": "enter", "PaletteScreen": "escape", "HelpScreen": "escape"}  # where little happens
LETTERS = (
    "granted",
    "not_held",
    "correction_notice",
    "extension_notice",
    "third_party_consultation",
    "fee_notice",
    "receipt",
)


@dataclass
class Tally:
    """What a walk touched."""

    steps: int = 0
    keys: Counter[str] = field(default_factory=Counter)
    rooms: Counter[str] = field(default_factory=Counter)


class Walker:
    """One walk by its seed."""

    def __init__(self, seed: int, case_ids: list[str]) -> None:
        self._random, self._case_ids = Random(seed), case_ids
        self.tally = Tally()
        self.trail: list[str] = []

    async def walk(self, pilot: Pilot[bool], steps: int) -> None:
        """Go on until the steps are done, or the desk was left by a key that leaves it."""
        for _ in range(steps):
            if not pilot.app.is_running or pilot.app._exit:
                return
            await self._step(pilot)
            self.tally.steps += 1
            self.tally.rooms[type(pilot.app.screen).__name__] += 1

    async def _step(self, pilot: Pilot[bool]) -> None:
        way_out = WAYS_OUT.get(type(pilot.app.screen).__name__)
        if way_out and self._random.random() < 0.5:
            self._send(pilot.app, way_out)
        elif isinstance(pilot.app.screen, TooSmallScreen):
            self._resize(pilot.app)
        else:
            acts = (self._key, self._twice, self._burst, self._text, self._paste, self._jump, self._resize)
            self._random.choices(acts, (44, 12, 14, 12, 4, 12, 2))[0](pilot.app)
        await pilot.pause(0.02 if self._random.random() < 0.1 else None)

    def _any_key(self, app: Any) -> str:
        """A key of the screen in front, of any screen, of moving about, a sign."""
        front = app.screen
        here = sorted({b.key for b in front.acts()} - {QUIT}) if isinstance(front, DeskScreen) else DOCUMENTED
        pools: list[Sequence[str]] = [here or DOCUMENTED, DOCUMENTED, MOVES, SIGNS]
        return self._random.choice(self._random.choices(pools, (6, 2, 4, 2))[0])

    def _key(self, app: Any) -> None:
        self._send(app, self._any_key(app))

    def _twice(self, app: Any) -> None:
        self._send(app, *[self._any_key(app)] * 2)

    def _burst(self, app: Any) -> None:
        self._send(app, *(self._any_key(app) for _ in range(self._random.randint(2, 7))))

    def _text(self, app: Any) -> None:
        self._send(app, *self._random.choice(TEXTS).replace("\n", ""))

    def _paste(self, app: Any) -> None:
        text = self._random.choice(TEXTS)
        self.trail.append(f"paste {text!r}")
        app._driver.send_message(events.Paste(text))

    def _resize(self, app: Any) -> None:
        width, height = self._random.choice(SIZES)
        self.trail.append(f"{width}x{height}")
        app._driver._size = Size(width, height)
        app.post_message(events.Resize(Size(width, height), Size(width, height)))

    def _jump(self, app: Any) -> None:
        """To a case of any state, or one of its forms, from wherever the desk lets one."""
        case_id, kind = self._random.choice(self._case_ids), self._random.choice(LETTERS)
        rooms: tuple[Callable[[], Screen[Any]], ...] = (
            lambda: CaseScreen(case_id), lambda: CaseScreen(case_id), lambda: NoteScreen(case_id), lambda: GuideScreen(case_id),
            lambda: ReviewsScreen(case_id), lambda: LetterScreen(case_id, kind, kind),
        )  # fmt: skip
        n = self._random.randrange(len(rooms))
        if app.screen.is_modal or app.window.for_visitors or not app.has_desk:
            return
        self.trail.append(f"room {n} {kind} {case_id}")
        app.push_screen(rooms[n]())

    def _send(self, app: Any, *keys: str) -> None:
        """Keys as the terminal's thread hands them over: all of a burst before the first is looked at."""
        for key in keys:
            self.trail.append(key)
            self.tally.keys[key] += 1
            app._driver.send_message(events.Key(_named(key), _sign(key)))


def _named(key: str) -> str:
    if len(key) > 1 or key.isalnum():
        return key
    return unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")


def _sign(key: str) -> str | None:
    if key == "space":
        return " "
    return key if len(key) == 1 else None


def faults(desk: Desk) -> list[str]:
    """What the doctor finds wrong with a desk; empty when it is sound."""
    return [f"{note.code}: {note.message}" for note in desk.upkeep.check() if note.fault]
