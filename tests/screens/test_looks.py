"""Every screen as text at 80 x 24 and 120 x 40; Chinese only; every key explained."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from rich.cells import cell_len
from textual.binding import Binding
from textual.pilot import Pilot
from textual.screen import Screen

from deskapp.app import DeskApp
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.acts import YES, NoteDraft
from deskapp.desk.mail_log import MailDraft
from deskapp.desk.practice import make_practice_desk
from deskapp.printing.file import NoPrinterPort
from deskapp.published.entries import Entry
from deskapp.screens.base import DeskScreen, WatchingScreen, YearScreen
from deskapp.screens.calendars import CalendarsScreen
from deskapp.screens.case import CaseScreen
from deskapp.screens.catalogue import CatalogueScreen, EntriesScreen, ImportScreen
from deskapp.screens.cell import CellScreen
from deskapp.screens.confirm import ConfirmScreen
from deskapp.screens.doctor import BackupScreen, DoctorScreen
from deskapp.screens.form import CaseFormScreen, FormScreen
from deskapp.screens.guide import GuideScreen
from deskapp.screens.handbook import HandbookScreen
from deskapp.screens.handover import HandoverScreen
from deskapp.screens.intake import IntakeScreen
from deskapp.screens.keys import KEYS
from deskapp.screens.letter import LetterScreen
from deskapp.screens.machine import MachineScreen
from deskapp.screens.mail import MailEntryScreen, MailScreen, SetAsideScreen
from deskapp.screens.note import NoteScreen
from deskapp.screens.opinions import OpinionsScreen
from deskapp.screens.paper import LetterPaperScreen, PaperScreen
from deskapp.screens.pick import PickModal, PickScreen
from deskapp.screens.practice import PracticeScreen
from deskapp.screens.publication import EntryScreen, PublicationScreen
from deskapp.screens.questions import QuestionScreen, QuestionsScreen
from deskapp.screens.reading import ReadingScreen, VisitScreen
from deskapp.screens.report import ReportScreen
from deskapp.screens.satisfaction import SatisfactionScreen, SlipScreen
from deskapp.screens.search import SearchScreen
from deskapp.screens.serve import ServeScreen
from deskapp.screens.specimen import SpecimenScreen
from deskapp.screens.unit import UnitScreen
from deskapp.screens.visitors import VisitorScreen
from deskapp.screens.visits import VisitsScreen
from tests.conftest import DAY, issue_granted, register
from tests.screens.conftest import dump, running

# Words of ours that are not Chinese: proper names of keys and formats, and what people typed.
LATIN_ALLOWED = re.compile(
    r"https?://[a-z./0-9]+|LH1|F[1-9][0-2]?|Esc|Enter|Tab|Shift|Ctrl\+[A-Z]|PDF|EMS|LH-[0-9-]+|LH|XA[0-9]+|\([0-9]+ x [0-9]+\)|GB2312|U盘|[a-z]+ 找|PgUp|PgDn"
    r"|xlsx|docx|word|pdf|toml|csv|\[/b\]|^ bcz|[A-Za-z0-9_-]*\.ttf|fonts|deskapp [a-z]+",
    re.MULTILINE,
)
FROM_OUTSIDE = re.compile(r"@font-face \{.*?\}|<!--.*?-->", re.DOTALL)  # fonts and signature of the drawing library
SCREENS = (
    "board", "intake", "case", "guide", "guide_words", "opinions", "letter", "letter_page", "paper", "serve", "note", "search",
    "mail", "mail_entry", "set_aside", "report", "report_four", "report_months", "report_checks", "cell", "handover",
    "calendars", "machine", "doctor", "backup", "practice", "handbook", "specimen", "unit", "help", "confirm", "pick",
    "palette", "lock", "reading", "visit", "visits", "questions", "question", "satisfaction", "slip", "catalogue", "import",
    "publication", "entry", "visitors", "leave",
)  # fmt: skip
ODD = "吴𬭚[/b]𠮷"  # a rare character, a wide one of the second plane, what looks like markup
# What is pressed once the screen stands.
KEYS_PRESSED: dict[str, tuple[str, ...]] = {
    "help": ("f1",), "palette": ("ctrl+p",), "lock": ("ctrl+l",), "letter_page": ("f4",), "guide_words": tuple("bcz"),
    "catalogue": tuple("公示"), "leave": ("ctrl+q",),
    "report_four": ("f4",), "report_months": ("f4", "f4"), "report_checks": ("f4", "f4", "f4"),
}  # fmt: skip


def screen_named(name: str, desk: Desk) -> Screen[Any] | None:
    """A screen with something on it; None for the board, which is there already."""
    plain: dict[str, Callable[[], Screen[Any]]] = {
        "intake": IntakeScreen,
        "search": SearchScreen,
        "unit": UnitScreen,
        "mail": MailScreen,
        "mail_entry": MailEntryScreen,
        "set_aside": lambda: SetAsideScreen(desk.mail.rows()[0].key),
        "handover": HandoverScreen,
        "calendars": CalendarsScreen,
        "machine": MachineScreen,
        "doctor": DoctorScreen,
        "backup": BackupScreen,
        "practice": PracticeScreen,
        "handbook": HandbookScreen,
        "reading": ReadingScreen,
        "visit": lambda: VisitScreen("advice"),
        "visits": VisitsScreen,
        "questions": QuestionsScreen,
        "question": lambda: QuestionScreen(desk.questions.all()[0].key),
        "satisfaction": SatisfactionScreen,
        "slip": lambda: SlipScreen("fair"),
        "catalogue": CatalogueScreen,
        "import": ImportScreen,
        "visitors": VisitorScreen,
        "leave": VisitorScreen,
        "specimen": lambda: SpecimenScreen(desk.lookup.unit()),
        "confirm": lambda: ConfirmScreen(
            "发出“政府信息公开申请答复书”？\n发出后给文号并固定下来，不能再改。", "发出"
        ),
        "pick": lambda: PickModal(
            "来过的有这几位，是哪一位？", (("1", f"{ODD}　139****0123"), ("2", "张三　柳河镇"))
        ),
        "cell": lambda: CellScreen("2026年　三（一）予以公开　总计", desk.reporting.cell(2026, "granted", "总计")),
    }
    if name in plain:
        return plain[name]()
    if name.startswith("report"):
        return ReportScreen()
    if name == "publication":
        for applicant in ("张三", "李四", ODD):
            issue_granted(desk, applicant=applicant, content=f"{ODD}的征地补偿标准")
        desk.progress.note(
            issue_granted(desk).case_id, NoteDraft(act="publication_judged", verdict=YES, why="涉及全镇农户")
        )
        return PublicationScreen()
    if name == "entry":
        return EntryScreen(issue_granted(desk).case_id)
    if name in ("serve", "paper"):
        letter = issue_granted(desk, applicant="欧阳修远")
        if name == "serve":
            return ServeScreen(letter.case_id)
        return LetterPaperScreen(letter.id, list(desk.lookup.case(letter.case_id).letters))
    if name in ("board", "help", "palette", "lock"):
        return None
    case = register(desk, applicant=ODD, received_on="2026-10-30", id_number="330722198001011234")
    made: dict[str, Callable[[], Screen[Any]]] = {
        "case": lambda: CaseScreen(case.case_id),
        "guide": lambda: GuideScreen(case.case_id),
        "guide_words": lambda: GuideScreen(case.case_id),
        "opinions": lambda: OpinionsScreen(case.case_id),
        "note": lambda: NoteScreen(case.case_id),
        "letter": lambda: LetterScreen(case.case_id, "not_held", "信息不存在"),
        "letter_page": lambda: LetterScreen(case.case_id, "granted", "予以公开"),
    }
    return made[name]()


async def settle(pilot: Pilot[bool], name: str, desk: Desk) -> None:
    """Bring a screen to the front and press its keys."""
    screen = screen_named(name, desk)
    if screen is not None:
        await pilot.app.push_screen(screen)
        await pilot.pause()
    await pilot.press(*KEYS_PRESSED.get(name, ()))
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.fixture(scope="session")
def practice_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("practice") / "p"
    make_practice_desk(home, DAY)
    return home


@pytest.fixture
def practice(practice_home: Path, tmp_path: Path) -> Desk:
    shutil.copytree(practice_home, tmp_path / "p")
    desk = Desk.open(tmp_path / "p", FixedClock(DAY), NoPrinterPort())
    desk.catalogue.publish(
        Entry("LH1", f"{ODD}的公示", published_on="2026-11-19", url="https://a.example/1"), f"第一条　{ODD}。"
    )
    desk.mail.enter(MailDraft(number="XA12345678944", sender=ODD, signed_by="门卫老赵", signed_on="2026-11-16"))
    return desk


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SCREENS)
async def test_every_screen(name: str, size: tuple[int, int], practice: Desk, screens: Any) -> None:
    """As text, the same in light and dark; no line too long, practice said, no English."""
    async with running(practice.home, practice, size) as pilot:
        await settle(pilot, name, practice)
        app = cast("DeskApp", pilot.app)
        text = dump(app)
        app.theme = "counter-dark"
        await pilot.pause()
        assert dump(app) == text
    assert all(cell_len(line) <= size[0] for line in text.splitlines())
    assert name in ("lock", "leave") or "练习" in text
    english = re.findall(r"[A-Za-z]{2,}", LATIN_ALLOWED.sub("", text))
    assert english == []
    assert text.replace(str(practice.home), "（数据文件夹）") == screens


@pytest.mark.parametrize("name", ["board", "case", "guide", "letter", "report"])
async def test_five_screens_in_colour(name: str, practice: Desk, pictures: Any) -> None:
    async with running(practice.home, practice, (120, 40)) as pilot:
        await settle(pilot, name, practice)
        assert FROM_OUTSIDE.sub("", pilot.app.export_screenshot(title="deskapp")) == pictures


async def test_the_first_screen_of_a_new_desk(tmp_path: Path, screens: Any) -> None:
    async with running(tmp_path / "home", None) as pilot:
        text = dump(cast("DeskApp", pilot.app))
    assert text.replace(str(tmp_path), "（文件夹）") == screens


def desk_screens() -> list[type[DeskScreen]]:
    from deskapp.screens import setup  # noqa: F401 - so that its class is known

    bases = (
        DeskScreen,
        EntriesScreen,
        FormScreen,
        CaseFormScreen,
        PickScreen,
        WatchingScreen,
        YearScreen,
        PaperScreen,
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
        assert re.fullmatch(r"f[1-9]|f12|enter|escape|ctrl\+[a-z]", binding.key), (
            "no bare letters, no F10 or F11, which terminals take"
        )


@pytest.mark.parametrize("screen", desk_screens(), ids=lambda c: c.__name__)
def test_one_screen_one_stylesheet(screen: type[DeskScreen]) -> None:
    import inspect

    assert Path(inspect.getfile(screen)).with_suffix(".tcss").exists()
