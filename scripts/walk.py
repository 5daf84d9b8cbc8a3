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
    """What is done, the keys, and words that must stand on the screen afterwards: a caption that no longer fits ends the walk. A key
    ``typed:…`` is text."""

    says: str
    keys: tuple[str, ...]
    stands: str


STEPS = (
    WalkStep("The board of a new desk.", (), "今天没有要办的申请"),
    WalkStep("F2: somebody stands at the counter.", ("f2",), "收到申请之日"),
    WalkStep(
        "Name, identity, telephone, address, what is wanted. Tab goes from field to field.",
        (
            "tab", "tab", f"{TYPED}欧阳修远", "tab", "tab", "tab", f"{TYPED}13905550123", "tab", f"{TYPED}柳河镇桥头村12号",
            "tab", f"{TYPED}柳河镇2025年农村土地承包经营权流转台账",
        ),
        "填好按 F9 登记",
    ),
    WalkStep("F9: the number is given, the receipt is made and waits for a printer.", ("f9",), "已登记：LH-2026-0001"),
    WalkStep("Esc: the case with its clock and the next step.", ("escape",), "余20个工作日"),
    WalkStep("F4: the guide, question one.", ("f4",), "第1问"),
    WalkStep("Enter four times: the answers so far stand above the question.", ("enter", "enter", "enter", "enter"), "第5问"),
    WalkStep(
        "Twice more: it can all be given and was not public. The letter, with what is still wanting.", ("enter", "down", "enter"),
        "还差2处",
    ),
    WalkStep("F8: the boxes of review.", ("f8",), "必须有，还没有"),
    WalkStep("The secrecy review agrees.", (f"{TYPED}王建国", "tab", "enter", "down", "enter", "f9"), "同意    保密审查"),
    WalkStep("Back to the letter; what is attached.", ("escape", "tab", f"{TYPED}流转台账12页"), "可以发出"),
    WalkStep("F4: the page as it will print.", ("f4",), "政府信息公开申请答复书"),
    WalkStep("F9: asked once more.", ("f4", "f9"), "发出【"),
    WalkStep("Enter: number taken, letter frozen.", ("enter",), "内容已经固定"),
    WalkStep("Esc, F5: delivered in person.", ("escape", "f5"), "当面"),
    WalkStep("Signed by the applicant himself; F9 says whether it was in time.", ("tab", "tab", "tab", "tab", f"{TYPED}本人", "f9"), "按期"),
    WalkStep("Ctrl+T: the year so far.", ("ctrl+t",), "三（一）予以公开     1"),
    WalkStep("Ctrl+P: everything the desk can do, found by pinyin initials.", ("ctrl+p", f"{TYPED}jj"), "交接"),
)  # fmt: skip


def dump(app: DeskApp) -> str:
    """The screen as lines of text."""
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in lines[: SIZE[1]])


async def walk(home: Path) -> list[tuple[str, str]]:
    """What each step says, and the screen after it. Raises ValueError for a screen that does not fit what is said of it."""
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
            if step.stands not in seen[-1][1]:
                raise ValueError(f"{step.says} {step.stands} does not stand on\n{seen[-1][1]}")
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
