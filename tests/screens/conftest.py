"""The desk under Pilot: a fixed day, a fresh data directory, the screen as text."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.pilot import Pilot

from deskapp.app import DeskApp
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from tests.conftest import DAY

Run = Callable[..., AbstractAsyncContextManager[Pilot[bool]]]


class TextSnapshot(SingleFileSnapshotExtension):
    """One text file a snapshot, so that a change of a screen reads as a change of a screen."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def screens(snapshot: Any) -> Any:
    return snapshot.use_extension(TextSnapshot)


class PictureSnapshot(SingleFileSnapshotExtension):
    """One SVG file a snapshot."""

    _write_mode = WriteMode.TEXT
    file_extension = "svg"


@pytest.fixture
def pictures(snapshot: Any) -> Any:
    return snapshot.use_extension(PictureSnapshot)


def dump(app: DeskApp) -> str:
    """The screen as lines of text."""
    width, height = app.size
    lines = app.screen._compositor.render_strips()
    text = ["".join(segment.text for segment in strip).rstrip() for strip in lines]
    return "\n".join(text[:height]) + f"\n({width} x {height})"


@asynccontextmanager
async def running(home: Path, desk: Desk | None, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[bool]]:
    """The app on a desk, settled."""
    app = DeskApp(home, desk.clock if desk else FixedClock(DAY), desk)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot
    if app.failure is not None:
        raise app.failure


async def type_text(pilot: Pilot[bool], text: str) -> None:
    """Put text into the focused field as a keyboard would, Chinese included."""
    for char in text:
        await pilot.press("space" if char == " " else char)
