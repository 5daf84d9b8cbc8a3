"""Who sits here, on the screens: chosen at the start, by Ctrl+S and when the curtain is lifted; the header says who."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.widgets import Input

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.reviews import AT_DESK, OpinionDraft
from deskapp.desk.office.staff import SET, YES, ColleagueDraft
from deskapp.forms.view import FormView
from deskapp.screens.cases.board import BoardScreen
from deskapp.screens.cases.letter import LetterScreen
from deskapp.screens.cases.paper import SheetScreen
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.lock import LockScreen
from deskapp.screens.frame.seat import SeatModal
from deskapp.screens.office.day_acts import DayActsScreen
from deskapp.screens.office.machine import MachineScreen
from deskapp.screens.office.passing import PassedInScreen, PassOnScreen
from deskapp.screens.office.people import ColleagueScreen, PeopleScreen
from deskapp.screens.office.unit import UnitScreen
from deskapp.widgets.header import DeskHeader
from deskapp.widgets.rows import Rows
from tests.conftest import DAY, GRANTED, profile, register
from tests.screens.conftest import app_of, dump, front, press, running, type_text, until_said

ZHOU, WANG = "周小雨", "王敏"


@pytest.fixture
def two(desk: Desk) -> Desk:
    """An office of two, one of them with a PIN; nobody was chosen yet."""
    desk.staff.enter(ColleagueDraft(name=ZHOU))
    desk.staff.enter(ColleagueDraft(name=WANG, post="主任", may_sign=YES, use=SET, pin="2468"))
    return desk


async def test_the_header_says_who_sits_here_and_its_first_column_is_blank(desk: Desk) -> None:
    async with running(desk.home, desk, (120, 40)) as pilot:
        line = dump(app_of(pilot)).splitlines()[0]
        assert line.startswith(" 今日  青山县柳河镇人民政府 ")
        assert line.endswith("  经办 李晓梅  2026-11-20 星期五")
        desk.staff.enter(ColleagueDraft(name=ZHOU))
        front(pilot).query_one("DeskHeader").keep_in_step()
        await pilot.pause()
        assert "经办 周小雨" in dump(app_of(pilot)).splitlines()[0]


async def test_where_it_is_narrow_the_unit_is_cut_and_neither_the_name_nor_the_day(desk: Desk) -> None:
    desk.staff.enter(ColleagueDraft(name="欧阳修远买买提江买买提江买买提江"))
    async with running(desk.home, desk) as pilot:
        line = dump(app_of(pilot)).splitlines()[0]
        assert line.endswith("  经办 欧阳修远买买提江买买提江买买提江  2026-11-20 星期五")
        assert line.startswith(" 今日  青山")
        assert "青山县柳河镇人民政府" not in line
        assert ".." in line


async def test_of_several_the_start_asks_and_one_key_answers(two: Desk) -> None:
    async with running(two.home, two) as pilot:
        assert isinstance(front(pilot), SeatModal)
        assert "1　周小雨" in dump(app_of(pilot))
        await press(pilot, "escape")
        assert isinstance(front(pilot), SeatModal), "somebody has to say who he is"
        await press(pilot, "1")
        assert isinstance(front(pilot), BoardScreen)
        await until_said(pilot, "现在是周小雨")
        assert "经办 周小雨" in dump(app_of(pilot)).splitlines()[0]
    again = Desk.open(two.home, FixedClock(two.clock.today()))
    async with running(two.home, again) as pilot:
        assert isinstance(front(pilot), BoardScreen), "asked once a day"


async def test_ctrl_s_changes_who_sits_here_with_his_pin(two: Desk) -> None:
    two.seat.take(two.staff.named(ZHOU).key)
    async with running(two.home, two) as pilot:
        await press(pilot, "f2", "ctrl+s")
        assert isinstance(front(pilot), SeatModal)
        await press(pilot, "2")
        assert two.seat.name == ZHOU
        await type_text(pilot, "1111")
        await press(pilot, "enter")
        assert "密码不对" in dump(app_of(pilot))
        assert front(pilot).query_one("#pin", Input).value == ""
        await type_text(pilot, "2468")
        await press(pilot, "enter")
        assert two.seat.name == WANG
        assert "经办 王敏" in dump(app_of(pilot)).splitlines()[0]
        await press(pilot, "ctrl+s", "escape")
        assert two.seat.name == WANG, "Esc leaves it as it is"
        await press(pilot, "ctrl+s", "2", "escape", "1")
        assert two.seat.name == ZHOU, "from the PIN Esc leads back to the people"
        assert register(two).history[0].by == ZHOU


async def test_with_one_or_none_ctrl_s_says_where_people_are_entered(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+s")
        assert isinstance(front(pilot), BoardScreen)
        await until_said(pilot, "先在【人员】里添上")


async def test_the_curtain_asks_who_lifts_it(two: Desk) -> None:
    two.seat.take(two.staff.named(ZHOU).key)
    async with running(two.home, two) as pilot:
        await press(pilot, "ctrl+l")
        assert isinstance(front(pilot), LockScreen)
        assert ZHOU not in dump(app_of(pilot))
        await press(pilot, "enter")
        assert isinstance(front(pilot), SeatModal)
        assert front(pilot).query_one("#answers", Rows).current.key == two.staff.named(ZHOU).key
        await press(pilot, "enter")
        assert isinstance(front(pilot), BoardScreen)


async def test_another_day_asks_anew(two: Desk, clock: FixedClock) -> None:
    two.seat.take(two.staff.named(ZHOU).key)
    async with running(two.home, two) as pilot:
        assert isinstance(front(pilot), BoardScreen)
        clock.set(date(2026, 11, 23))
        app_of(pilot).window.look()
        await pilot.pause()
        assert isinstance(front(pilot), SeatModal)


async def test_people_are_entered_put_right_and_leave_on_their_screen(desk: Desk) -> None:
    async with running(desk.home, desk, (120, 40)) as pilot:
        await press(pilot, "f8")
        assert isinstance(front(pilot), UnitScreen)
        await press(pilot, "f4")
        assert isinstance(front(pilot), PeopleScreen)
        assert "还没有填" in dump(app_of(pilot))
        await press(pilot, "f7")
        assert isinstance(front(pilot), ColleagueScreen)
        await type_text(pilot, ZHOU)
        await press(pilot, "f9")
        assert isinstance(front(pilot), PeopleScreen)
        assert "现在的记录写：周小雨" in dump(app_of(pilot))
        await press(pilot, "enter")
        assert isinstance(front(pilot), ColleagueScreen)
        await press(pilot, "tab")
        await type_text(pilot, "窗口")
        await press(pilot, "f9")
        assert desk.staff.named(ZHOU).post == "窗口"
        await press(pilot, "f6", "enter")
        assert desk.staff.all()[0].until == "2026-11-20"
        await until_said(pilot, "今天是最后一天")


async def test_the_acts_of_the_day_are_turned_over_day_by_day(desk: Desk, clock: FixedClock) -> None:
    desk.staff.enter(ColleagueDraft(name=ZHOU))
    case = register(desk)
    clock.set(date(2026, 11, 23))
    async with running(desk.home, desk, (120, 40)) as pilot:
        await pilot.app.push_screen(DayActsScreen())
        await pilot.pause()
        assert "没有办过什么" in dump(app_of(pilot))
        await press(pilot, "f5", "f5", "f5")
        shown = dump(app_of(pilot))
        assert "周小雨（1件）" in shown
        assert case.case_no in shown
        await press(pilot, "f6")
        assert "2026-11-21" in dump(app_of(pilot)).splitlines()[1]
        await press(pilot, "f5", "enter")
        assert case.case_no in dump(app_of(pilot))


async def test_visitors_do_not_see_who_sits_here(two: Desk) -> None:
    from deskapp.screens.reading.visitors import VisitorScreen

    two.seat.take(two.staff.named(ZHOU).key)
    async with running(two.home, two) as pilot:
        await pilot.app.push_screen(VisitorScreen())
        await pilot.pause()
        assert ZHOU not in dump(app_of(pilot))
        await press(pilot, "ctrl+s")
        assert isinstance(front(pilot), VisitorScreen)


async def test_a_leader_signs_at_the_desk_and_the_letter_goes_out(two: Desk) -> None:
    two.upkeep.save_unit(profile(sign_off="answers"))
    two.seat.take(two.staff.named(ZHOU).key)
    case_id = register(two).case_id
    two.reviews.note(case_id, OpinionDraft(review="secrecy", who="张科长"))
    async with running(two.home, two, (120, 40)) as pilot:
        await pilot.app.push_screen(LetterScreen(case_id, "granted", "予以公开"))
        await pilot.pause()
        form = front(pilot).query_one(FormView)
        form.put(GRANTED)
        await press(pilot, "f9")
        assert "领导签发了才能取文号" in dump(app_of(pilot))
        await press(pilot, "f8")
        form = front(pilot).query_one(FormView)
        assert form.values()["review"] == "sign_off"
        form.put({"who": WANG, "verdict": "yes", "how": AT_DESK})
        form.focus_field("pin")
        await type_text(pilot, "2468")
        await press(pilot, "f9")
        assert "必须有的都有了" in dump(app_of(pilot))
        assert form.values().get("pin", "") == ""
        await press(pilot, "escape", "f9", "enter")
        assert "柳政依复〔2026〕1号" in dump(app_of(pilot))
        assert two.lookup.case(case_id).number == "柳政依复〔2026〕1号"


async def test_a_hand_over_changes_who_sits_here(two: Desk) -> None:
    two.seat.take(two.staff.named(ZHOU).key)
    async with running(two.home, two, (120, 40)) as pilot:
        await press(pilot, "ctrl+o")
        form = front(pilot).query_one(FormView)
        assert form.values()["from_whom"] == ZHOU
        await press(pilot, "f9")
        assert two.seat.name == ZHOU, "without both names nothing changes"
        form.put({"to_whom": WANG})
        await press(pilot, "f9")
        assert isinstance(front(pilot), SeatModal), "one who has a PIN proves himself"
        await press(pilot, "2")
        await type_text(pilot, "2468")
        await press(pilot, "enter")
        assert two.seat.name == WANG
        assert isinstance(front(pilot), SheetScreen)


# -- several offices in one hall -------------------------------------------------------------------------------


async def test_a_key_leads_to_another_register_of_the_hall(desk: Desk, tmp_path: Path) -> None:
    other = Desk.create(tmp_path / "other", profile(name="青山县自然资源局", site_code="ZR"), desk.clock)
    other.close()
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+e")
        await until_said(pilot, "只有这一本登记簿")
        await pilot.app.push_screen(MachineScreen())
        await pilot.pause()
        front(pilot).query_one(FormView).put({"hall": f"{desk.home}\n{other.home}"})
        await press(pilot, "f9")
        assert [one.name for one in desk.neighbours.others()] == ["青山县自然资源局"]
        await press(pilot, "ctrl+e")
        assert "青山县自然资源局" in dump(app_of(pilot))
        await press(pilot, "enter")
        assert app_of(pilot).window.wanted == other.home


async def test_a_case_goes_out_and_comes_in_on_the_screens(desk: Desk, tmp_path: Path) -> None:
    case = register(desk)
    async with running(desk.home, desk, (120, 40)) as pilot:
        await pilot.app.push_screen(PassOnScreen())
        await pilot.pause()
        front(pilot).query_one(FormView).put(
            {"case_no": case.case_no, "to": "青山县自然资源局", "folder": str(tmp_path)}
        )
        await press(pilot, "f9")
        assert isinstance(front(pilot), ConfirmScreen)
        assert not desk.lookup.case(case.case_id).void
        await press(pilot, "enter")
        file = next(tmp_path.glob("移交*.zip"))
        assert desk.lookup.case(case.case_id).void
    other = Desk.create(tmp_path / "other", profile(name="青山县自然资源局", site_code="ZR"), desk.clock)
    async with running(other.home, other, (120, 40)) as pilot:
        await pilot.app.push_screen(PassedInScreen())
        await pilot.pause()
        front(pilot).query_one(FormView).put({"file": str(file)})
        await press(pilot, "f9")
        assert "那边的登记号LH-2026-0001" in dump(app_of(pilot))
        await press(pilot, "enter")
        assert other.lookup.case_by_no("ZR-2026-0001").received.on == case.received.on


HEADERS = (("今日", "青山县柳河镇人民政府", "周小雨"), ("本机设置", "县" * 60, "欧阳"), ("a", "", ""))


@pytest.mark.parametrize("width", [60, 80, 81, 120, 160])
@pytest.mark.parametrize("practice", [True, False])
@pytest.mark.parametrize(("screen", "unit", "clerk"), HEADERS)
def test_the_one_header_of_all_screens(screen: str, unit: str, clerk: str, practice: bool, width: int) -> None:
    """It begins with one blank and ends with the day, at any width, with any name, practice or not."""
    line = DeskHeader(unit, screen, lambda: DAY, practice, lambda: clerk).line(width).plain
    assert line.startswith(f" {screen}")
    assert line.rstrip().endswith("2026-11-20 星期五")
    assert cell_len(line) == width
    assert (" 练习 " in line) == practice
    assert f"经办 {clerk}" in line or not clerk
