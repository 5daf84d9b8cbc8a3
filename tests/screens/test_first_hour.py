"""The first hour: from the unit's form to a printed, lawful letter and its delivery, by doing what the board says."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
from textual.pilot import Pilot

from deskapp.app import DeskApp
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.training.first_desk import make_first_desk
from deskapp.paths import FIRST_DESK, PRACTICE_DESK
from deskapp.printing.file import NoPrinterPort
from deskapp.running import _other_desk
from deskapp.screens.cases.board import BoardScreen
from deskapp.screens.cases.letter import LetterScreen
from deskapp.screens.cases.paper import LetterPaperScreen
from deskapp.screens.cases.reviews import ReviewsScreen
from deskapp.screens.training.specimen import SpecimenScreen
from deskapp.widgets.foot_lines import FootLines
from tests.conftest import DAY, make_desk, profile
from tests.screens.conftest import app_of, dump, fill, front, press, running, until, until_said

TOWN = {
    "name": "清河县白杨镇人民政府", "letter_word": "白政依复", "site_code": "BY", "address": "建设路8号", "phone": "0578-6660200",
    "review_body": "清河县人民政府", "court": "清河县人民法院",
}  # fmt: skip


async def test_the_unit_form_leads_to_the_first_hour(tmp_path: Path) -> None:
    async with running(tmp_path / "home", None) as pilot:
        await fill(pilot, **TOWN)
        await press(pilot, "f9")
        assert isinstance(front(pilot), SpecimenScreen)
        assert "F9 练一件" in dump(app_of(pilot))
        assert "白杨镇" in dump(app_of(pilot))
        app = app_of(pilot)
        await press(pilot, "f9")
        assert (app.return_value, app.wanted) == (True, FIRST_DESK)


def test_the_desk_of_the_first_hour_has_the_offices_own_particulars(tmp_path: Path) -> None:
    home, clock = tmp_path / "home", FixedClock(DAY)
    Desk.create(home, profile(**TOWN), clock, NoPrinterPort()).close()
    other = _other_desk(home, FIRST_DESK, clock)
    with Desk.open(other, clock, NoPrinterPort()) as desk:
        assert desk.startup.practice
        assert desk.lookup.unit().name == TOWN["name"]
        assert "第1步" in desk.first_run.steps()[0]
        assert "白杨镇" in desk.first_run.steps()[0]
    assert _other_desk(home, FIRST_DESK, clock) == other
    assert other != home / PRACTICE_DESK


def test_another_register_has_no_steps(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "home", FixedClock(DAY))
    assert desk.first_run.steps() == []
    desk.close()


async def test_a_newcomer_who_does_what_the_board_says_prints_a_lawful_letter(tmp_path: Path) -> None:
    home, clock = tmp_path / "first", FixedClock(DAY)
    make_first_desk(home, profile(**TOWN), clock)
    desk = Desk.open(home, clock, NoPrinterPort())
    person = desk.first_run.person
    async with running(home, desk, (120, 40)) as pilot:
        await until_said(pilot, "第1步，共4步")
        await press(pilot, "f2")
        facts = {"applicant": person["name"], **{key: person[key] for key in ("phone", "address", "content")}}
        await fill(pilot, **facts)
        await press(pilot, "f9")
        assert isinstance(front(pilot), LetterPaperScreen)
        await press(pilot, "enter", "escape", "escape")
        assert isinstance(front(pilot), BoardScreen)
        await until_said(pilot, "第2步，共4步")
        await press(pilot, "enter", "f4", *"yygk", "enter")
        assert isinstance(front(pilot), LetterScreen)
        await press(pilot, "f8")
        assert isinstance(front(pilot), ReviewsScreen)
        await fill(pilot, who="王建国")
        front(pilot).query_one("#field-verdict").focus()
        await press(pilot, *"ty", "enter", "f9", "escape")
        await fill(pilot, attachments="招标公告（3页）")
        await press(pilot, "f9", "enter")
        assert isinstance(front(pilot), LetterPaperScreen)
        assert desk.first_run.steps()[0].startswith("第3步")
        await press(pilot, "enter")
        await until(pilot, lambda: desk.first_run.steps()[0].startswith("第4步"))
        await press(pilot, "escape", "f5", "f9")
        await until_said(pilot, "按期")
        assert desk.first_run.steps()[0].startswith("练完了")
        made = [path for path in (home / "文书").glob("*.pdf") if "答复书" in path.name]
    assert len(made) == 1
    with pdfplumber.open(made[0]) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages).replace(" ", "").replace("\n", "")
    for words in (TOWN["name"], "白政依复〔2026〕1号", "清河县人民政府", "行政复议", person["name"], "练", "习"):
        assert words in text, words


async def test_the_step_is_the_next_act_on_every_screen_of_the_first_hour(tmp_path: Path) -> None:
    home, clock = tmp_path / "first", FixedClock(DAY)
    make_first_desk(home, profile(**TOWN), clock)
    desk = Desk.open(home, clock, NoPrinterPort())
    person = desk.first_run.person

    async def shows(pilot: Pilot[bool], words: str) -> None:
        def seen() -> bool:
            lines = dump(app_of(pilot)).split("\n")
            foot = next((n for n, line in enumerate(lines) if "下一步  第" in line), 0)
            return words in "".join(lines[foot : foot + 2]).replace(" ", "").replace("\n", "")

        await until(pilot, seen)

    async with running(home, desk, (80, 24)) as pilot:
        await shows(pilot, "第1步，共4步：按F2登记一件")
        await press(pilot, "f2")
        await shows(pilot, f"第1步，共4步：照着填：{person['name']}")
        await shows(pilot, person["content"])
        facts = {"applicant": person["name"], **{key: person[key] for key in ("phone", "address", "content")}}
        await fill(pilot, **facts)
        await press(pilot, "f9")
        app_of(pilot).screen.query_one(FootLines).clear_line()  # what was registered, in three lines
        await shows(pilot, "按Enter存成PDF，再按Esc两次")
        await press(pilot, "escape", "escape")
        await shows(pilot, "第2步，共4步：按Enter打开这一件")
        await press(pilot, "enter")
        await shows(pilot, "按F4写文书")
        await press(pilot, "f4")
        await shows(pilot, "打yygk选【予以公开】")
        await press(pilot, *"yygk", "enter")
        await shows(pilot, "第2步，共4步：还差")


def test_any_other_register_says_what_its_screens_say(desk: Desk) -> None:
    assert desk.first_run.here("今日", "按 Enter 打开。") == "按 Enter 打开。"
    assert desk.first_run.at() == 0


def test_from_the_first_hour_the_way_leads_back(tmp_path: Path) -> None:
    home, clock = tmp_path / FIRST_DESK, FixedClock(DAY)
    make_first_desk(home, profile(**TOWN), clock)
    desk = Desk.open(home, clock, NoPrinterPort())
    said: list[object] = []
    app = DeskApp(home, clock, desk)
    app.exit = said.append  # type: ignore[assignment, method-assign]  # what it would end with
    app.change_desk()
    assert said == [True]
    desk.close()
