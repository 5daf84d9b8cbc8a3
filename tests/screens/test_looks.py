"""Every screen as text at 80 x 24 and 120 x 40; Chinese only; every key explained."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import pytest
from rich.cells import cell_len
from textual.binding import Binding
from textual.widgets import Input, TextArea

from deskapp import __version__
from deskapp.app import DeskApp
from deskapp.desk import Desk
from deskapp.forms.view import FormView
from deskapp.screens.cases.from_form import FromForm
from deskapp.screens.cases.paper import PaperScreen
from deskapp.screens.county.host import CountyView
from deskapp.screens.frame.base import DeskScreen, WatchingScreen, YearScreen
from deskapp.screens.frame.form import SETTLE_S, CaseFormScreen, FormScreen, NoteFormScreen, SlowFormScreen
from deskapp.screens.frame.keys import KEYS
from deskapp.screens.frame.page_form import PageFormScreen
from deskapp.screens.frame.pick import PickScreen
from deskapp.screens.frame.places import PLACES
from deskapp.screens.office.ledger import LookingScreen, TrialScreen
from deskapp.screens.reading.books import BookScreen
from deskapp.screens.reading.catalogue import EntriesScreen
from deskapp.screens.reading.list_in import TakingScreen
from deskapp.screens.reading.sights import SightScreen
from deskapp.widgets.key_line import KeyLine
from tests.screens.conftest import dump, running
from tests.screens.every import come_to_rest, nothing_moves_when_something_is_said, settle, shows_no_uncertain_sign
from tests.screens.rooms import KEYS_PRESSED, SCREENS

# Words of ours that are not Chinese: proper names of keys and formats, and what people typed.
LATIN_ALLOWED = re.compile(
    r"https?://[a-z./0-9]+|LH1|F[1-9][0-2]?|Esc|Enter|Tab|Shift|Ctrl\+[A-Z]|PDF|OFD|Word|EMS|LH-[0-9-]+|LH|XA[0-9]+|\([0-9]+ x [0-9]+\)|GB2312|U盘|[a-z]+ 找|"
    r"PgUp|PgDn|[0-9a-f]*[0-9][0-9a-f]*"  # and signs of a version, which the window may break
    r"|xlsx|docx|word|pdf|toml|csv|zip|YSQ|WS|Ctrl|\[/b\]|bcz|[A-Za-z0-9_-]*\.ttf|fonts|deskapp [a-z]+",
    re.MULTILINE,
)
NARROW, WIDE, WIDEST = (80, 24), (120, 40), (160, 50)
FROM_OUTSIDE = re.compile(r"@font-face \{.*?\}|<!--.*?-->", re.DOTALL)  # fonts and signature of the drawing library


# A wide window has the months beside the tables and so no page of them to be at, and one page fewer to step through; what large type
# is said once, by a sentence that the sentences of the test have wiped.
KEYS_WHEN_WIDE = {"report_checks": KEYS_PRESSED["report_checks"][:-1]}
OTHERWISE_WHEN_WIDE = ("report_months", "report_checks", "visitors_large")


def keys_cut(app: DeskApp) -> list[str]:
    """The keys that the last line says, but not to their end; all of them, where they take a second row from the desk."""
    line = app.screen.query(KeyLine)
    if not line:
        return []
    if line.first().size.height > 1 and not getattr(app.screen, "CLOSED", False):
        return [placed[3].description for placed in line.first()._placed()]
    return [placed[3].description for placed in line.first()._placed() if placed[2] > app.size.width]


def named(text: str, desk: Desk) -> str:
    """A screen without what is otherwise elsewhere: where the desk lies, which version shows it."""
    return text.replace(str(desk.home), "（数据文件夹）").replace(f"程序 {__version__} ", "程序（版本）")


def every_form_shows_the_key_that_clears_it(app: DeskApp, text: str) -> None:
    if app.screen.query(FormView):
        assert isinstance(app.screen, FormScreen)
        assert "Ctrl+B 清空" in text


def began_narrow(name: str) -> str:
    """The text of a screen that began in a narrow window."""
    return (Path(__file__).parent / f"__snapshots__/test_looks/test_every_screen[{name}-80x24].txt").read_text(
        "utf-8"
    )


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SCREENS)
async def test_every_screen(name: str, size: tuple[int, int], practice: Desk, screens: Any) -> None:
    """As text; no line too long, practice said, no English, no sign of uncertain width; whatever is said in the foot moves nothing; a
    form names its key."""
    async with running(practice.home, practice, size) as pilot:
        await settle(pilot, name, practice)
        app = cast("DeskApp", pilot.app)
        text = dump(app)
        assert keys_cut(app) == []
        every_form_shows_the_key_that_clears_it(app, text)
        await nothing_moves_when_something_is_said(pilot)
    shows_no_uncertain_sign(name, text)
    assert all(cell_len(line) <= size[0] for line in text.splitlines())
    assert name in ("lock", "leave") or "练习" in text
    english = re.findall(r"[A-Za-z]{2,}", LATIN_ALLOWED.sub("", text))
    assert english == []
    assert named(text, practice) == screens


@pytest.mark.each(6)
@pytest.mark.parametrize("name", SCREENS)
async def test_every_screen_in_the_dark_and_in_a_window_that_changes(name: str, practice: Desk) -> None:
    """The same text in light and dark; widest without a sign of uncertain width, then narrow the text of one that began so."""
    async with running(practice.home, practice, WIDE) as pilot:
        await settle(pilot, name, practice)
        app = cast("DeskApp", pilot.app)
        text = dump(app)
        app.theme = "counter-dark"
        await pilot.pause()
        assert dump(app) == text
        await pilot.resize_terminal(*WIDEST)
        await come_to_rest(pilot)
        shows_no_uncertain_sign(name, dump(app))
        if name not in OTHERWISE_WHEN_WIDE:
            await pilot.resize_terminal(*NARROW)
            await come_to_rest(pilot)
            assert named(dump(app), practice) == began_narrow(name)


@pytest.mark.parametrize("name", ["report_checks", "visitors_large"])
async def test_a_window_made_narrower_shows_what_one_that_began_so_shows(name: str, practice: Desk) -> None:
    async with running(practice.home, practice, (120, 24)) as pilot:
        await settle(pilot, name, practice, KEYS_WHEN_WIDE)
        await pilot.resize_terminal(*NARROW)
        await pilot.pause()
        assert named(dump(cast("DeskApp", pilot.app)), practice) == began_narrow(name)


@pytest.mark.parametrize("name", ["board", "case", "guide", "letter", "report"])
async def test_five_screens_in_colour(name: str, practice: Desk, pictures: Any) -> None:
    async with running(practice.home, practice, (120, 40)) as pilot:
        await settle(pilot, name, practice)
        for field in pilot.app.screen.query("Input, TextArea"):
            cast("Input | TextArea", field).cursor_blink = False  # seen or not seen, by the moment
        shown = ""
        while shown != (now := FROM_OUTSIDE.sub("", pilot.app.export_screenshot(title="deskapp"))):
            shown = now  # the cursor that was just put on is painted with the next picture
            await pilot.pause(SETTLE_S)
        assert shown == pictures


async def test_the_first_screen_of_a_new_desk(tmp_path: Path, screens: Any) -> None:
    async with running(tmp_path / "home", None) as pilot:
        text = dump(cast("DeskApp", pilot.app))
    assert text.replace(str(tmp_path), "（文件夹）") == screens


def desk_screens() -> list[type[DeskScreen]]:
    for place in PLACES.values():
        import_module(f"deskapp.screens.{place.module}")
    bases = (
        DeskScreen,
        EntriesScreen,
        BookScreen,
        FormScreen,
        CaseFormScreen,
        PickScreen,
        WatchingScreen,
        YearScreen,
        PaperScreen,
        LookingScreen,
        TrialScreen,
        TakingScreen,
        NoteFormScreen,
        SlowFormScreen,
        SightScreen,
        CountyView,
        PageFormScreen,
        FromForm,
    )
    found: set[type[DeskScreen]] = set()
    waiting = [DeskScreen]
    while waiting:
        below = waiting.pop().__subclasses__()
        found.update(below)
        waiting += below
    return sorted(found - set(bases), key=lambda c: c.__name__)


@pytest.mark.parametrize("screen", desk_screens(), ids=lambda c: c.__name__)
def test_every_key_has_id_name_tooltip_and_help(screen: type[DeskScreen]) -> None:
    assert screen.NAME
    assert len(screen.PURPOSE) > 20
    assert screen.BINDINGS
    for binding in screen.BINDINGS:
        assert isinstance(binding, Binding)
        assert binding.id in KEYS
        assert binding.description
        assert binding.tooltip == KEYS[binding.id].help
        assert hasattr(screen, f"action_{binding.action}") or hasattr(DeskApp, f"action_{binding.action}")
        assert re.fullmatch(r"f[1-9]|f12|enter|escape|ctrl\+([a-z]|down|up)", binding.key), (
            "no bare letters, no F10 or F11, which terminals take"
        )
