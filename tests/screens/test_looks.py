"""Every screen as text at 80 x 24 and 120 x 40; Chinese only; every key explained."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.binding import Binding
from textual.screen import Screen

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.practice import make_practice_desk
from deskapp.printing.file import NoPrinterPort
from deskapp.screens.base import CaseFormScreen, DeskScreen, FormScreen, PickScreen
from deskapp.screens.case import CaseScreen
from deskapp.screens.choose import ChooseScreen
from deskapp.screens.confirm import ConfirmScreen
from deskapp.screens.intake import IntakeScreen
from deskapp.screens.keys import KEYS
from deskapp.screens.letter import LetterScreen
from deskapp.screens.note import NoteScreen
from deskapp.screens.paper import PaperScreen
from deskapp.screens.search import SearchScreen
from deskapp.screens.serve import ServeScreen
from deskapp.screens.unit import UnitScreen
from tests.conftest import DAY, issue_granted, register
from tests.screens.conftest import dump, running

# Words of ours that are not Chinese: proper names of keys and formats, and what people typed.
LATIN_ALLOWED = re.compile(
    r"F[1-9]|Esc|Enter|Tab|Shift|Ctrl\+Q|PDF|EMS|LH-[0-9-]+|\([0-9]+ x [0-9]+\)|deskapp backup|U盘|[a-z]+ 找|XA[0-9]+|LH"
)
SCREENS = (
    "board", "intake", "case", "choose", "letter", "letter_page", "paper", "serve", "note", "search", "unit", "help",
    "confirm",
)  # fmt: skip


def screen_named(name: str, desk: Desk) -> Screen[Any] | None:
    """A screen with something on it; None for the board, which is there already."""
    if name in ("board", "help"):
        return None
    if name == "intake":
        return IntakeScreen()
    if name == "search":
        return SearchScreen()
    if name == "unit":
        return UnitScreen()
    if name == "confirm":
        return ConfirmScreen("发出“政府信息公开申请答复书”？\n发出后给文号并固定下来，不能再改。", "发出")
    if name in ("serve", "paper"):
        letter = issue_granted(desk, applicant="欧阳修远")
        if name == "serve":
            return ServeScreen(letter.case_id)
        return PaperScreen(letter.id, list(desk.lookup.case(letter.case_id).letters))
    case = register(desk, applicant="吴𬭚", received_on="2026-10-30")
    made: dict[str, Screen[Any]] = {
        "case": CaseScreen(case.case_id),
        "choose": ChooseScreen(case.case_id),
        "note": NoteScreen(case.case_id),
        "letter": LetterScreen(case.case_id, "not_held", "信息不存在"),
        "letter_page": LetterScreen(case.case_id, "granted", "予以公开"),
    }
    return made[name]


async def shown(name: str, desk: Desk, size: tuple[int, int]) -> str:
    async with running(desk.home, desk, size) as pilot:
        screen = screen_named(name, desk)
        if screen is not None:
            await pilot.app.push_screen(screen)
            await pilot.pause()
        if name == "help":
            await pilot.press("f1")
        if name == "letter_page":
            await pilot.press("f4")
        await pilot.pause(0.5)
        from tests.screens.test_flow import app_of

        return dump(app_of(pilot))


@pytest.fixture(scope="session")
def practice_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("practice") / "p"
    make_practice_desk(home, DAY)
    return home


@pytest.fixture
def practice(practice_home: Path, tmp_path: Path) -> Desk:
    shutil.copytree(practice_home, tmp_path / "p")
    return Desk.open(tmp_path / "p", FixedClock(DAY), NoPrinterPort())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SCREENS)
async def test_every_screen(name: str, size: tuple[int, int], practice: Desk, screens: Any) -> None:
    text = await shown(name, practice, size)
    assert all(cell_len(line) <= size[0] for line in text.splitlines())
    assert "练习" in text
    english = re.findall(r"[A-Za-z]{2,}", LATIN_ALLOWED.sub("", text))
    assert english == []
    assert text.replace(str(practice.home), "（数据文件夹）") == screens


def desk_screens() -> list[type[DeskScreen]]:
    from deskapp.screens import setup  # noqa: F401 - so that its class is known

    bases = (DeskScreen, FormScreen, CaseFormScreen, PickScreen)
    found = {screen for base in bases for screen in base.__subclasses__()} - set(bases)
    return sorted(found, key=lambda c: c.__name__)


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
        assert hasattr(screen, f"action_{binding.action}")
        assert re.fullmatch(r"f[1-9]|enter|escape|ctrl\+[a-z]", binding.key), "no bare letters, no F10 or F11"


@pytest.mark.parametrize("screen", desk_screens(), ids=lambda c: c.__name__)
def test_one_screen_one_stylesheet(screen: type[DeskScreen]) -> None:
    import inspect

    assert Path(inspect.getfile(screen)).with_suffix(".tcss").exists()
