"""What many tests share: a fixed day, a unit, a desk in a temporary directory; and no skipping in CI."""

from __future__ import annotations

import gc
import os
from asyncio import sleep
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from importlib import import_module
from itertools import count, groupby
from operator import attrgetter
from pathlib import Path
from time import monotonic, process_time
from typing import Any

os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"  # whatever terminal this runs in

import pytest
import textual.app
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot, WaitForScreenTimeout

from deskapp.catalogue import full_text
from deskapp.clock import Clock, FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.intake import IntakeDraft
from deskapp.desk.cases.reviews import OpinionDraft
from deskapp.desk.office import ledgers, wording_trial
from deskapp.errors import DeskError
from deskapp.exchange import ledger_process, report_in, table_apart
from deskapp.papers import looking, pages
from deskapp.printing.file import NoPrinterPort
from deskapp.printing.port import PrinterPort
from deskapp.register import cipher
from deskapp.register.case import Case
from deskapp.register.journal import FrozenLetter
from deskapp.unit import UnitProfile, read_profile
from letters.example import UNIT
from tests.faults import quick
from tests.fresh_register import fresh_desk

for _screen in ("DISPLAY", "WAYLAND_DISPLAY"):
    os.environ.pop(_screen, None)  # no test opens a window on the desk of whoever runs it
DATA = Path(__file__).parent / "data"
DAY = date(2026, 11, 20)  # a Friday
IDLE_S = 0.004
WAITING = ("screens", "walk", "real")  # folders of tests
NOT_HELD = {"search_process": "经查档案目录，没有找到", "explanation": ""}
GRANTED = {
    "manner": "纸质复制件",
    "attachments": "流转台账（12页）",
    "where": "",
}


def profile(**changes: Any) -> UnitProfile:
    return read_profile({**UNIT, **changes}, "测试")


def make_desk(home: Path, clock: Clock, printer: PrinterPort | None = None) -> Desk:
    return fresh_desk(home, profile(), clock, printer or NoPrinterPort())


def application(**changes: str) -> IntakeDraft:
    values = {
        "applicant": "张三",
        "phone": "13905550123",
        "address": "柳河镇桥头村12号",
        "content": "柳河镇2025年农村土地承包经营权流转台账",
    }
    return IntakeDraft.model_validate({**values, **changes})


def register(desk: Desk, **changes: str) -> Case:
    return desk.intake.register(application(**changes))


def issue_granted(desk: Desk, **changes: str) -> FrozenLetter:
    case = register(desk, **changes)
    return issue(desk, case.case_id, "granted", GRANTED)


def give_opinions(desk: Desk, case_id: str, kind: str) -> None:
    """Fill every box that the letter needs."""
    for box in desk.reviews.boxes(desk.lookup.case(case_id), kind):
        if box.needed and box.on is None:
            desk.reviews.note(case_id, OpinionDraft(review=box.review, who="王建国", opinion="同意"))


def issue(desk: Desk, case_id: str, kind: str, typed: dict[str, str]) -> FrozenLetter:
    """Issue a letter with the opinions it needs."""
    give_opinions(desk, case_id, kind)
    return desk.reply.issue(case_id, kind, typed)


@pytest.fixture(scope="session")
def states(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders that nobody has made yet, one after another."""
    root = tmp_path_factory.mktemp("states")
    return (root / str(n) for n in count())


@pytest.fixture(autouse=True)
def state_of_this_test(states: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """What a desk writes down of itself outside of its folder is not seen by another test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(next(states)))


class Here:
    """A function's things, as :class:`deskapp.exchange.apart.Apart` gives them, without another process."""

    def __init__(
        self, source: str, *words: Any, size: int = 0, nothing: str = "", advice: str = "", part: int = 0
    ) -> None:
        module, _, name = source.partition(":")
        self._things, self._nothing = getattr(import_module(module), name)(*words), nothing

    def __iter__(self) -> Iterator[Any]:
        try:
            yield from self._things
        except DeskError as error:
            raise DeskError(
                error.what, self._nothing or error.meaning, error.todo, error.field, code=error.code
            ) from error

    def close(self) -> None:
        self._things.close()


@pytest.fixture(autouse=True)
def tables_are_read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process for each table would take half a second each time; what it is for is tried where ``apart`` is marked, and by commands."""
    if not request.node.get_closest_marker("apart"):
        for module in (ledger_process, table_apart, ledgers, full_text, report_in, looking, pages, wording_trial):
            monkeypatch.setattr(module, "Apart", Here)


@pytest.fixture(scope="session", autouse=True)
def style_sheets_are_parsed_once() -> Iterator[None]:
    """Each app parses the sheets of all its widgets anew, and again when it learns its colours: the same rules every time."""
    parse, kept = Stylesheet._parse_rules, dict[Any, list[RuleSet]]()

    def once(sheet: Stylesheet, css: str, read_from: tuple[str, str], *words: Any, **named: Any) -> list[RuleSet]:
        key = (css, read_from, words, *named.items(), *sheet._variables.items())
        if key not in kept:
            kept[key] = parse(sheet, css, read_from, *words, **named)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", once)
        patch.setattr(
            RuleSet, "__hash__", object.__hash__
        )  # by identity, as its own is, which is asked 280 times for each widget
        yield


async def idle_soon(_min_sleep: float = 0, max_sleep: float = 1) -> None:
    """What the library waits for after each key, that the loop has nothing to do, looked at each four milliseconds and not each twenty."""
    began = monotonic()
    while True:
        before = process_time()
        await sleep(IDLE_S)
        if process_time() - before < IDLE_S / 4 or monotonic() - began > max_sleep:
            return


@pytest.fixture(scope="session", autouse=True)
def keys_follow_each_other_as_soon_as_they_can() -> Iterator[None]:
    """A test types thousands of them; after the last it waits for the next picture as ever."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(textual.app, "wait_for_idle", idle_soon)
        yield


def silent(app: textual.app.App[Any]) -> str:
    """Who of a screen has something waiting, and where it stands: a line each."""
    told: list[str] = []
    for one in [app, *app.screen.walk_children(with_self=True)]:
        waiting: int = one._message_queue.qsize()
        if waiting and one._task:
            where = " < ".join(
                f"{frame.f_code.co_name}:{frame.f_lineno}" for frame in reversed(one._task.get_stack())
            )
            told.append(f"{one!r} {waiting} waiting, closing {one._closing}, task done {one._task.done()}: {where}")
    return "\n".join(told)


@pytest.fixture(scope="session", autouse=True)
def who_left_is_not_waited_for() -> Iterator[None]:
    """The library's pilot asks every widget and waits for all: one that left the screen before it answered never does.

    Then those that are there are asked once more, and given longer, for a machine may stand still for some seconds; a desk that
    hangs does not answer twice.
    """
    ask = Pilot._wait_for_screen

    async def ask_again(pilot: Pilot[Any]) -> bool:
        with suppress(WaitForScreenTimeout):
            return await ask(pilot, timeout=10.0)
        try:
            return await ask(pilot, timeout=60.0)
        except WaitForScreenTimeout as error:
            raise WaitForScreenTimeout(f"These do not answer:\n{silent(pilot.app)}") from error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pilot, "_wait_for_screen", ask_again)
        yield


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password is not stretched: where many tries would take two seconds each, and the stretching is not what is tested."""
    monkeypatch.setattr(cipher, "_library", quick.library)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(DAY)


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    made = make_desk(tmp_path / "home", clock)
    yield made
    made.close()


def odd_names() -> list[str]:
    return (DATA / "odd_names.txt").read_text(encoding="utf-8").splitlines()


def spread(waiting: list[Any], working: list[list[Any]]) -> list[Any]:
    """Those that wait evenly between the files of those that work, each kind in its own order.

    A test of a screen waits for the next picture a third of its time: one after another they would leave cores idle.
    The tests of one file stay together, as what they share is made once for the file.
    """
    order: list[Any] = []
    for done, group in enumerate(working):
        order += waiting[len(waiting) * done // len(working) : len(waiting) * (done + 1) // len(working)] + group
    return order


@pytest.hookimpl(optionalhook=True)  # runs without xdist have no such hook
def pytest_xdist_auto_num_workers() -> int:
    """More than two for each core: many tests wait, for a terminal, a printer, the next picture, and leave their core idle."""
    return 5 * (os.cpu_count() or 1) // 2


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Of the cases marked ``each(n)`` every nth runs in the suite, the others are long ones; those that run are spread."""
    mark_long(items)
    yield
    waiting = [item for item in items if item.path.parent.name in WAITING]
    working = [item for item in items if item.path.parent.name not in WAITING]
    if waiting and working:
        items[:] = spread(waiting, [list(group) for _, group in groupby(working, attrgetter("path"))])


def mark_long(items: list[pytest.Item]) -> None:
    seen = Counter[str]()
    for item in items:
        marked = item.get_closest_marker("each")
        if marked is None:
            continue
        function = item.nodeid.split("[")[0]
        if seen[function] % marked.args[0]:
            item.add_marker("long")
        seen[function] += 1


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: the collector would go through all of them again and again, a fifth of the whole time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skipped test is a failure: the real parts are installed there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return
    skipped = reporter.stats.get("skipped", [])
    if os.environ.get("CI") == "true" and skipped and exitstatus == 0:
        reporter.write_line(f"CI: {len(skipped)} test(s) were skipped; none may be.")
        session.exitstatus = 1
