"""A long text beside a list: what is in sight, and that nothing leads out of it."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult

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
