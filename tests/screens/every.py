"""What holds on every screen, looked at while it stands: one opening of a screen serves all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast
from unicodedata import east_asian_width

from textual.pilot import Pilot

from deskapp.app import DeskApp
from deskapp.desk import Desk
from deskapp.screens.frame.base import DeskScreen
from deskapp.screens.reading.sights import SETTLE_S
from deskapp.widgets.foot_lines import FootLines, LongSaid
from tests.screens.conftest import dump, workers_ended
from tests.screens.rooms import KEYS_PRESSED, screen_named

LONG = "这句话很长，一行放不下，" * 12
BOXES = range(0x2500, 0x25A0)  # of lines and of blocks
PICTURES = ("visitors_large",)  # its characters are drawn from blocks
OTHERS_WORDS = (
    "letter",
    "letter_page",
    "specimen",
    "visitors_hits",
    "wordings",
    "wording",
    "wordings_look",
    "archive",
)  # a page as it prints; what an office wrote


async def settle(
    pilot: Pilot[bool], name: str, desk: Desk, otherwise: Mapping[str, tuple[str, ...]] = KEYS_PRESSED
) -> None:
    """Bring a screen to the front and press its keys, or those that lead there in this window."""
    screen = screen_named(name, desk)
    if screen is not None:
        await pilot.app.push_screen(screen)
        await pilot.pause()
    await pilot.press(*otherwise.get(name, KEYS_PRESSED.get(name, ())))
    await workers_ended(pilot)
    await pilot.pause(
        SETTLE_S * 2 if name in KEYS_PRESSED else None
    )  # what is looked for a moment after the last key
    await come_to_rest(pilot)


async def come_to_rest(pilot: Pilot[bool]) -> None:
    """Wait until the screen shows what it showed a moment before, laid out for the window that there is now."""
    app, shown = cast("DeskApp", pilot.app), ""
    while shown != (now := dump(app)) or app.screen._compositor.size != app.size:
        shown = now
        await pilot.pause(SETTLE_S * 2)
        await workers_ended(pilot)
        await pilot.pause()


def uncertain(text: str) -> str:
    """The signs of a text whose width some consoles take for two cells."""
    return "".join(char for char in text if east_asian_width(char) == "A")


def shows_no_uncertain_sign(name: str, shown: str) -> None:
    """Nor lines and blocks; what people wrote is left as it is, and stands in the last pane of a row."""
    if name not in PICTURES:
        assert [char for char in shown if ord(char) in BOXES] == []
    lines = [line for line in shown.splitlines() if uncertain(line) and name not in PICTURES + OTHERS_WORDS]
    assert lines == []


async def nothing_moves_when_something_is_said(pilot: Pilot[bool]) -> None:
    """The foot is always as high, and all else stays where it was."""
    screen = [screen for screen in pilot.app.screen_stack if isinstance(screen, DeskScreen)][-1]
    foot, over = screen.query_one(FootLines), screen.query_one(LongSaid)
    foot.clear_line()
    await pilot.pause()
    places = [(one.id, one.region) for one in screen.query("*") if one is not over]
    heights = [screen.query_one("#body").size.height]
    for text, error in (("已记下。", False), ("没有存上。", True), (LONG, True), ("", False)):
        if text:
            foot.say(text, error)
        else:
            foot.clear_line()
        await pilot.pause()
        heights.append(screen.query_one("#body").size.height)
        assert [(one.id, one.region) for one in screen.query("*") if one is not over] == places
    assert len(set(heights)) == 1
