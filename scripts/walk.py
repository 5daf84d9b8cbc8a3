"""Walk through the counter and write down what the screen showed: the second part of docs/desk.md.

``make walk`` runs it. The program itself runs, on a fixed day, with a fresh register; each step is the keys that were
pressed and the screen that stood there afterwards. A test holds the page and the program together.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"  # whatever terminal this runs in

from deskapp.app import DeskApp
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.printing.file import NoPrinterPort
from deskapp.unit import read_profile
from letters.example import UNIT

PAGE = Path(__file__).parent.parent / "docs/desk.md"
MARK = "<!-- The rest of this page is written by `make walk`. -->"
DAY = date(2026, 11, 20)
SIZE = (80, 24)
TYPED = "typed:"


@dataclass(frozen=True)
class WalkStep:
    """What is done, the keys, and whether the screen is shown afterwards. A key ``typed:…`` is text."""

    says: str
    keys: tuple[str, ...]
    shown: bool = True


STEPS = (
    WalkStep("The board of a new desk.", ()),
    WalkStep("F2: somebody stands at the counter.", ("f2",)),
    WalkStep(
        "Name, identity, telephone, address, what is wanted. Tab goes from field to field.",
        (
            "tab", "tab", f"{TYPED}欧阳修远", "tab", "tab", "tab", f"{TYPED}13905550123", "tab", f"{TYPED}柳河镇桥头村12号",
            "tab", f"{TYPED}柳河镇2025年农村土地承包经营权流转台账",
        ),
    ),
    WalkStep("F9: the number is given, the receipt is made and waits for a printer.", ("f9",)),
    WalkStep("Esc: the case with its clock and the next step.", ("escape",)),
    WalkStep("F4: the guide, question one.", ("f4",)),
    WalkStep("Enter four times: the answers so far stand above the question.", ("enter", "enter", "enter", "enter")),
    WalkStep("Twice more: it can all be given and was not public. The letter, with what is still wanting.", ("enter", "down", "enter")),
    WalkStep("F8: the boxes of review.", ("f8",)),
    WalkStep("The secrecy review agrees.", ("tab", f"{TYPED}王建国", "tab", "enter", "down", "enter", "f9")),
    WalkStep("Back to the letter; what is attached.", ("escape", "tab", f"{TYPED}流转台账，12页")),
    WalkStep("F4: the page as it will print.", ("f4",)),
    WalkStep("F9: asked once more.", ("f4", "f9")),
    WalkStep("Enter: number taken, letter frozen.", ("enter",)),
    WalkStep("Esc, F5: delivered in person.", ("escape", "f5")),
    WalkStep("Signed by the applicant himself; F9 says whether it was in time.", ("tab", "tab", "tab", "tab", f"{TYPED}本人", "f9")),
    WalkStep("Ctrl+T: the year so far.", ("ctrl+t",)),
    WalkStep("Ctrl+P: everything the desk can do, found by pinyin initials.", ("ctrl+p", f"{TYPED}jj")),
)  # fmt: skip


def dump(app: DeskApp) -> str:
    """The screen as lines of text."""
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in lines[: SIZE[1]])


async def walk(home: Path) -> list[tuple[str, str]]:
    """What each step says, and the screen after it."""
    clock = FixedClock(DAY)
    desk = Desk.create(home, read_profile(UNIT, "walk"), clock, NoPrinterPort())
    app = DeskApp(home, clock, desk)
    seen = []
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for step in STEPS:
            for key in step.keys:
                text = key.removeprefix(TYPED) if key.startswith(TYPED) else None
                for char in [key] if text is None else text:
                    await pilot.press(char)
                await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause(0.6)
            seen.append((step.says, dump(app)))
    if app.failure is not None:
        raise app.failure
    return seen


def written(seen: list[tuple[str, str]]) -> Iterator[str]:
    """The walk as Markdown."""
    yield MARK
    yield "## A walk through the counter"
    for n, (says, screen) in enumerate(seen, 1):
        yield f"### {n}. {says}"
        yield f"```text\n{screen}\n```"


def page() -> str:
    """The whole page: its first part as it stands, the walk anew."""
    with tempfile.TemporaryDirectory() as folder:
        seen = asyncio.run(walk(Path(folder) / "home"))
        first = PAGE.read_text(encoding="utf-8").partition(MARK)[0].rstrip()
        return "\n\n".join([first, *written(seen)]).replace(folder, "（文件夹）") + "\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
