"""Visitors' sights: one finger is enough, small windows and large type, no dead end, nothing of the last visitor."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from deskapp.app import DeskApp
from deskapp.catalogue.entry import Entry
from deskapp.catalogue.lists import ListOptions
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.reading.catalogue import Catalogue
from deskapp.desk.reading.questions import QuestionDraft
from deskapp.errors import DeskError
from deskapp.paths import CATALOGUE
from deskapp.screens.frame.pick import PickModal
from deskapp.screens.frame.too_small import TooSmallScreen
from deskapp.screens.reading.looking import hits_of
from deskapp.screens.reading.visitors import VisitorScreen
from deskapp.widgets.key_line import KeyLine
from deskapp.widgets.large_type import LargeType, large_lines
from deskapp.widgets.rows import Rows
from deskapp.widgets.tiles import Tiles
from letters.pdf.fonts import SHIPPED
from tests.conftest import DAY
from tests.reading.test_point import text_of
from tests.screens.conftest import Paper, dump, front, press, until, until_said

DATA = Path(__file__).parent.parent / "data/catalogue"
SIZES = [(40, 15), (80, 24), (120, 40)]


@pytest.fixture(scope="session")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented county's catalogue, taken in once for all who read in it."""
    home = tmp_path_factory.mktemp("taken-in")
    catalogue = Catalogue(home, FixedClock(DAY), None)
    catalogue.take(DATA / "青山县目录.csv", options=ListOptions(good_part=True))  # some are of later days
    catalogue.close()
    return home / CATALOGUE


@pytest.fixture
def county(printing: Desk, taken_in: Path) -> Iterator[Desk]:
    """A desk with that catalogue."""
    shutil.copy(taken_in, printing.home / CATALOGUE)
    printing.machine.set_pin("246810")
    draft = QuestionDraft(question="低保名单在哪里看", answer="村务公开栏", checked_by="王", checked_on="2026-11-01")
    printing.questions.enter(draft)
    printing.questions.enter(QuestionDraft(question="低保没人核对的", answer="不知道"))
    yield printing
    printing.close()


def reader(desk: Desk) -> DeskApp:
    return DeskApp(desk.home, desk.clock, desk, visitors=True)


@pytest.mark.parametrize("size", SIZES)
async def test_the_mouse_alone_finds_and_reads(county: Desk, size: tuple[int, int]) -> None:
    app = reader(county)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        tiles = front(pilot).query_one("#tiles", Tiles)
        wanted = next(n for n, tile in enumerate(tiles.tiles) if "社会救助" in tile.text)
        placed = [at for at in tiles._placed if at.tile.key][wanted]
        await pilot.click(Tiles, offset=(placed.x + 3, placed.line))
        await until_said(pilot, "【社会救助】，列出最近的")
        await pilot.click(Rows, offset=(4, 1))
        await pilot.pause()
        assert front(pilot)._part == "entry"
        assert "发布机构" in dump(app)


@pytest.mark.parametrize("size", SIZES)
async def test_letters_on_the_screen_and_keys_by_finger(county: Desk, size: tuple[int, int]) -> None:
    app = reader(county)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await press(pilot, "f4")
        letters = front(pilot).query_one("#letters", Tiles)
        for letter in ("g", "l", "j", "t"):
            at = next(placed for placed in letters._placed if placed.tile.key == letter)
            await pilot.click("#letters", offset=(at.x + 1, at.line))
        assert front(pilot).query_one("#words", Input).value == "gljt"
        await until_said(pilot, "找到")
        at = next(placed for placed in letters._placed if placed.tile.key == "ready")
        letters._look(at.line)
        await pilot.click("#letters", offset=(at.x + 1, at.line - letters._top))
        await until(pilot, lambda: front(pilot)._part == "hits")
        keys = front(pilot).query_one(KeyLine)
        line, x, _, _, _ = next(key for key in keys._shown if key[3].id == "start_over")
        await pilot.click(KeyLine, offset=(x + 1, line))
        await until(pilot, lambda: front(pilot)._part == "tiles" and not front(pilot).words)


@pytest.mark.parametrize("size", SIZES)
async def test_every_key_of_a_visitor_is_in_sight(county: Desk, size: tuple[int, int]) -> None:
    app = reader(county)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        shown = dump(app)
        for name in ("字大小", "黑底白字", "点字母", "上一页", "下一页", "打印", "从头来", "退一步", "帮助"):
            assert name in shown


async def test_a_window_too_small_for_a_clerk_is_large_enough_for_a_visitor(county: Desk) -> None:
    app = reader(county)
    async with app.run_test(size=(40, 15)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, VisitorScreen)
        await pilot.resize_terminal(39, 15)
        await pilot.pause()
        assert isinstance(app.screen, TooSmallScreen)
        assert "40列、15行" in dump(app)
        await pilot.resize_terminal(40, 15)
        await pilot.pause()
        assert isinstance(app.screen, VisitorScreen)


async def test_checked_answers_stand_among_the_hits_and_unchecked_ones_do_not(county: Desk) -> None:
    app = reader(county)
    async with app.run_test() as pilot:
        await press(pilot, *"低保怎么领")
        await until_said(pilot, "问答：低保名单在哪里看")
        assert "没人核对" not in dump(app)


@pytest.mark.parametrize("duty", ["", "2号窗口"])
async def test_visitors_read_no_name_of_the_staff_and_who_is_on_duty_only_where_it_is_set(
    county: Desk, duty: str
) -> None:
    draft = {"question": "征地补偿", "answer": "看公告", "checked_by": "周敏芳", "checked_on": "2026-11-01"}
    county.questions.enter(QuestionDraft(**draft, department="自然资源所"))
    assert "周敏芳" not in text_of(county.questions.sheet().pdf)
    county.machine.choose_duty(f" {duty} ")
    assert ("（值班：2号窗口）" in county.visitors.help()) == bool(duty)
    with pytest.raises(DeskError, match="最多20个字"):
        county.machine.choose_duty("长" * 21)
    app = reader(county)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert ("值班：2号窗口" in dump(app)) == bool(duty)
        await press(pilot, *"征地补偿")
        await until_said(pilot, "自然资源所2026-11-01核对")
        assert "周敏芳" not in dump(app)


async def test_what_was_taken_for_a_misspelt_word_is_said(county: Desk) -> None:
    app = reader(county)
    async with app.run_test() as pilot:
        await press(pilot, *"防迅预案")
        await until_said(pilot, "【防迅】当作【防汛】")


async def test_nothing_found_is_no_dead_end(county: Desk) -> None:
    app = reader(county)
    async with app.run_test() as pilot:
        await press(pilot, *"火星移居")
        await until_said(pilot, "没有找到【火星移居】")
        shown = dump(app)
        assert "0579-5550100" in shown, "who can help"
        await press(pilot, "down", "enter")
        await until_said(pilot, "列出最近的")


async def test_type_grows_by_key_and_begins_as_the_office_has_set_it(county: Desk) -> None:
    county.machine.choose_type("drawn")
    app = reader(county)
    async with app.run_test() as pilot:
        await press(pilot, *"低保")
        assert front(pilot).query_one(LargeType).display
        assert any(block in dump(app) for block in "▛▜▙▟")
        await press(pilot, "f2")
        await until_said(pilot, "普通字")
        assert not front(pilot).query_one(LargeType).display
        await press(pilot, "f2")
        await until_said(pilot, "低 保")
        await press(pilot, "f9")
        assert front(pilot)._type == "drawn", "the next visitor finds what the office has set"


async def test_in_very_large_type_arrows_go_from_entry_to_entry_and_enter_reads(county: Desk) -> None:
    county.machine.choose_type("drawn")
    app = reader(county)
    async with app.run_test() as pilot:
        await press(pilot, *"低保")
        large = front(pilot).query_one(LargeType)
        await until_said(pilot, "第1条，共")
        first = large._text
        await press(pilot, "down")
        await until_said(pilot, "第2条，共")
        assert large._text != first
        await press(pilot, "enter")
        await until(pilot, lambda: "发布机构" in large._text)
        await press(pilot, "f6", "f5", "escape")
        await until_said(pilot, "第2条，共")


async def test_the_greatest_contrast_by_key(county: Desk) -> None:
    app = reader(county)
    async with app.run_test() as pilot:
        await press(pilot, "f3")
        assert app.theme == "counter-contrast"
        await press(pilot, "f3")
        assert app.theme == "counter-light"
        await press(pilot, "f3", "f9")
        assert app.theme == "counter-light", "the next visitor finds the usual one"


async def test_a_warning_before_the_screen_forgets(county: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskapp.screens.reading.visitors.LOOK_S", 0.05)
    monkeypatch.setattr("deskapp.screens.reading.visitors.WARNED_S", 119.9)
    app = reader(county)
    async with app.run_test() as pilot:
        await press(pilot, *"低保")
        await until_said(pilot, "秒以后回到开头")
        await press(pilot, "down")
        assert front(pilot).words == "低保", "whoever presses a key stays"


async def test_pages_are_told_before_and_some_or_large_ones_printed(county: Desk, paper: Paper) -> None:
    long = Entry("长1", "柳河镇超长办法", url="https://a.example", published_on="2026-11-01")
    county.catalogue.publish(long, "第一条　路面厚度为六厘米。\n" * 80)
    app = reader(county)
    async with app.run_test() as pilot:
        await press(pilot, *"超长办法", "f7")
        number = county.visitors.page_count(long)
        assert number > 2
        assert f"全部印，共{number}页" in dump(app)
        assert f"印成大字，共{county.visitors.page_count(long, large=True)}页" in dump(app)
        await press(pilot, "down", "down", "enter")
        await until(pilot, lambda: len(paper.sent) == 1)
        assert county.visitors.pages_printed(2026) == 1
    from io import BytesIO

    from pypdf import PdfReader

    assert len(PdfReader(BytesIO(paper.sent[0][1])).pages) == 1


async def test_what_holds_no_more_is_marked_in_the_list(county: Desk) -> None:
    app = reader(county)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, *"城市房屋拆迁管理实施细则")
        await until_said(pilot, "【废止】青山县城市房屋拆迁管理实施细则")


def test_large_type_is_ten_cells_and_eight_lines_a_character() -> None:
    lines = large_lines("低保A", 80, SHIPPED / "hei.ttf")
    assert len(lines) == 8
    assert {len(line) for line in lines} == {25}
    assert len(large_lines("低保标准", 20, SHIPPED / "hei.ttf")) == 16


async def test_a_checked_answer_is_printed_like_an_entry(county: Desk, paper: Paper) -> None:
    app = reader(county)
    async with app.run_test() as pilot:
        await press(pilot, *"低保名单", "enter", "f7")
        assert "印《低保名单在哪里看》？" in dump(app)
        await press(pilot, "enter")
        await until(pilot, lambda: len(paper.sent) == 1)
        assert county.visitors.pages_printed(2026) == 1
    from io import BytesIO

    from pypdf import PdfReader

    text = "".join(page.extract_text() for page in PdfReader(BytesIO(paper.sent[0][1])).pages)
    assert "村务公开栏" in text
    assert "王" not in text, "who checked it stays inside"


async def test_nothing_to_print_is_no_success(county: Desk) -> None:
    app = reader(county)
    async with app.run_test() as pilot:
        await press(pilot, "f7")
        await until_said(pilot, "没有办  先点一条要印的。")


async def test_a_finger_beside_a_key_still_presses_it(county: Desk) -> None:
    app = reader(county)
    async with app.run_test() as pilot:
        await press(pilot, *"低保")
        keys = front(pilot).query_one(KeyLine)
        line, _, end, _, _ = next(key for key in keys._shown if key[3].id == "start_over")
        await pilot.click(KeyLine, offset=(end, line))
        await until(pilot, lambda: not front(pilot).words)


@pytest.mark.parametrize(
    ("typed", "told"), [("公并栏", "【公并栏】当作【公开栏】"), ("dibaomingdan", "当作【低保名单】")]
)
def test_answers_are_found_by_what_was_meant(county: Desk, typed: str, told: str) -> None:
    found = hits_of(county, typed)
    assert [one.of.question for one in found.asked.values()] == ["低保名单在哪里看"]
    assert told in found.told


def test_a_word_that_only_answers_hold_is_mended_by_its_shape(county: Desk) -> None:
    draft = QuestionDraft(question="蟠桃会门票哪里领", answer="戏台东侧", checked_by="王", checked_on="2026-11-01")
    county.questions.enter(draft)
    found = hits_of(county, "戏台东测")
    assert [one.of.question for one in found.asked.values()] == ["蟠桃会门票哪里领"]
    assert "【戏台东测】当作【戏台东侧】" in found.told


async def test_a_finger_beside_a_question_leaves_it(county: Desk, paper: Paper) -> None:
    app = reader(county)
    async with app.run_test() as pilot:
        await press(pilot, *"低保", "f7")
        assert isinstance(app.screen, PickModal)
        card = app.screen.query_one("#card").region
        await pilot.click(offset=(card.x + 1, card.y + 1))
        assert isinstance(app.screen, PickModal), "its edge belongs to it"
        await pilot.click(offset=(1, 1))
        await until(pilot, lambda: not isinstance(app.screen, PickModal))
        assert (front(pilot).words, paper.sent) == ("低保", [])
