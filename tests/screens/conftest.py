"""The desk under Pilot: a fixed day, a fresh data directory, the screen as text."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.app import App
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from deskapp.app import DeskApp
from deskapp.catalogue.entry import Entry
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.mail_log import MailDraft
from deskapp.desk.training.practice import make_practice_desk
from deskapp.printing.file import NoPrinterPort
from deskapp.printing.port import JobEnd, Printer, PrintResult
from deskapp.screens.frame import twice
from deskapp.widgets.foot_lines import FootLines
from deskapp.widgets.look import choose, dress, follow
from deskapp.widgets.themes import LIGHT
from tests.conftest import DAY, make_desk
from tests.kept import Kept

ODD = "吴𬭚[/b]𠮷"  # a rare character, a wide one of the second plane, what looks like markup
Run = Callable[..., AbstractAsyncContextManager[Pilot[bool]]]


@pytest.fixture
def screens(snapshot: Any) -> Any:
    return snapshot.use_extension(Kept)


class PictureSnapshot(SingleFileSnapshotExtension):
    """One SVG file a snapshot."""

    _write_mode = WriteMode.TEXT
    file_extension = "svg"


@pytest.fixture
def pictures(snapshot: Any) -> Any:
    return snapshot.use_extension(PictureSnapshot)


class Bare(App[None]):
    """An app of the library that wears our themes and has nothing else of ours."""

    def __init__(self) -> None:
        super().__init__()
        dress(self)
        choose(self, LIGHT.name)

    def on_mount(self) -> None:
        follow(self)


def app_of(pilot: Pilot[bool]) -> DeskApp:
    assert isinstance(pilot.app, DeskApp)
    return pilot.app


def dump(app: DeskApp) -> str:
    """The screen as lines of text."""
    width, height = app.size
    lines = app.screen._compositor.render_strips()
    text = ["".join(segment.text for segment in strip).rstrip() for strip in lines]
    return "\n".join(text[:height]) + f"\n({width} x {height})"


@asynccontextmanager
async def running(
    home: Path, desk: Desk | None, size: tuple[int, int] = (80, 24), meant: bool = True
) -> AsyncIterator[Pilot[bool]]:
    """The app on a desk, settled. A test presses as fast as it can, and where keys are ``meant`` means every one."""
    app = DeskApp(home, desk.clock if desk else FixedClock(DAY), desk)
    with pytest.MonkeyPatch.context() as patch:
        if meant:
            patch.setattr(twice, "BACK_S", 0.0)
            patch.setattr(twice, "ON_S", 0.0)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield pilot
    if app.failure is not None:
        raise app.failure


async def type_text(pilot: Pilot[bool], text: str) -> None:
    """Put text into the focused field as a keyboard would, Chinese included."""
    for char in text:
        await pilot.press("space" if char == " " else char)


async def workers_ended(pilot: Pilot[bool]) -> None:
    """Wait for what runs beside the screen; what another one took the place of has ended too."""
    for _ in range(20):
        with suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete()
            return


async def press(pilot: Pilot[bool], *keys: str) -> None:
    """Press keys one after the other, and let what they start come to rest."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
    await workers_ended(pilot)
    await pilot.pause()


async def until(pilot: Pilot[bool], condition: Callable[[], object]) -> None:
    """Wait for what comes in its own time: a timer, a look at another desk's writing, a sentence after the next picture."""
    for _ in range(1200):
        if condition():
            return
        await pilot.pause(0.05)
    raise AssertionError(f"not within a minute:\n{dump(app_of(pilot))}")


async def until_said(pilot: Pilot[bool], words: str) -> None:
    """Wait until words stand on the screen, or in the foot, wherever the line breaks."""

    def said() -> bool:
        feet = pilot.app.screen.query(FootLines).results()
        return words in dump(app_of(pilot)).replace("\n", "") or any(words in foot.said for foot in feet)

    await until(pilot, said)


def front(pilot: Pilot[bool]) -> Any:
    return pilot.app.screen


class Paper:
    """A printer port that notes what it is given."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes]] = []

    def printers(self) -> list[Printer]:
        return [Printer("前台激光", "ready", default=True), Printer("楼上", "stopped", "：缺纸")]

    def send(self, pdf: bytes, title: str, printer: str) -> PrintResult:
        self.sent.append((printer, pdf))
        return PrintResult("printed", "1", f"已送到打印机“{printer}”。")

    def may_still_print(self, printer: str, job: str) -> bool:
        return False

    def end_of(self, printer: str, job: str) -> JobEnd:
        return "printed"


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def printing(tmp_path: Path, paper: Paper) -> Desk:
    return make_desk(tmp_path / "printing", FixedClock(DAY), paper)


@cache
def made_practice(root: Path) -> Path:
    """The folder of a practice desk with odd names below ``root``, made once for all rooms of tests that use it."""
    home = root / "practice-made" / "p"
    make_practice_desk(home, DAY)
    with Desk.open(home, FixedClock(DAY), NoPrinterPort()) as desk:
        desk.catalogue.publish(
            Entry("LH1", f"{ODD}的公示", published_on="2026-11-19", url="https://a.example/1"), f"第一条　{ODD}。"
        )
        desk.mail.enter(MailDraft(number="XA12345678944", sender=ODD, signed_by="门卫老赵", signed_on="2026-11-16"))
    return home


@pytest.fixture(scope="session")
def practice_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_practice(tmp_path_factory.getbasetemp())


@pytest.fixture
def practice(practice_home: Path, tmp_path: Path) -> Desk:
    shutil.copytree(practice_home, tmp_path / "p")
    return Desk.open(tmp_path / "p", FixedClock(DAY), NoPrinterPort())


async def fill(pilot: Pilot[bool], **values: str) -> None:
    """Type into named fields of the form in front."""
    for key, text in values.items():
        pilot.app.screen.query_one(f"#field-{key}").focus()
        await pilot.pause()
        await type_text(pilot, text)
