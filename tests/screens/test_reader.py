"""A long text beside a list: what is in sight, and that nothing leads out of it."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult

from deskapp.widgets.prose import Prose
from deskapp.widgets.reader import Reader
from tests.screens.conftest import Bare

HEIGHT = 5


class Reading(Bare):
    CSS = f"Reader {{ height: {HEIGHT}; }}"

    def compose(self) -> ComposeResult:
        yield Reader()


def shown(reader: Reader) -> list[str]:
    return [reader.render_line(y).text.rstrip() for y in range(HEIGHT)]


async def test_a_text_is_read_page_by_page() -> None:
    app = Reading()
    async with app.run_test(size=(30, 10)) as pilot:
        reader = app.query_one(Reader)
        reader.update(Text("\n".join(f"第{n}行" for n in range(1, 13))))
        reader.focus()
        await pilot.pause()
        assert shown(reader)[0].startswith("第1行")
        await pilot.press("pagedown", "down")
        assert shown(reader)[0].startswith("第6行")
        await pilot.press("end", "pagedown", "down")
        assert shown(reader)[-1].startswith("第12行")
        await pilot.press("pageup", "up", "home", "pageup")
        assert shown(reader)[0].startswith("第1行")
        reader.on_mouse_scroll_down()
        assert shown(reader)[0].startswith("第4行")
        reader.update(Text("[b]短[/b]"))
        await pilot.press("pagedown")
        assert shown(reader) == ["[b]短[/b]", "", "", "", ""]


async def test_every_line_has_one_width_and_signs_keep_to_the_rules() -> None:
    app = Reading()
    async with app.run_test(size=(30, 10)) as pilot:
        reader = app.query_one(Reader)
        reader.update(Text("一二三四五六七八九十一二，三四五六七八九十。" * 5, style="bold"))
        await pilot.pause()
        strips = [reader.render_line(y) for y in range(HEIGHT)]
        assert {strip.cell_length for strip in strips} == {reader.size.width}
        assert not any(strip.text.startswith(("，", "。")) for strip in strips)


async def test_a_text_with_more_lines_than_rows_shows_that_it_goes_on() -> None:
    app = Bare()
    async with app.run_test(size=(20, 10)) as pilot:
        prose = Prose(Text("征求第三方意见的期间不计算在内，收到回函以后接着算，逾期不答复的由机关决定。"))
        await app.mount(prose)
        prose.styles.height = 2
        await pilot.pause()
        lines = str(prose.render().plain).split("\n")
        assert len(lines) == 2
        assert lines[1].rstrip().endswith("..")
        assert all(cell_len(line) <= 20 for line in lines)
        prose.styles.height = 8
        await pilot.pause()
        assert ".." not in prose.render().plain
        prose.update(Text("短的。"))
        assert prose.render().plain == "短的。"
