"""How a form looks: edges that are painted, groups with names, gaps where there is room, boxes as high as there is room for."""

from __future__ import annotations

import re

import pytest
from textual import events
from textual.theme import Theme
from textual.widgets import Select

from deskapp.desk import Desk
from deskapp.forms.cases import INTAKE
from deskapp.forms.fields import in_groups
from deskapp.forms.view import LEAST_BOX, MOST_BOX, FormView
from deskapp.screens.cases.note import NoteScreen
from deskapp.widgets.line_input import LongInput, ProseInput
from deskapp.widgets.themes import DARK, LIGHT, PLAIN
from tests.conftest import register
from tests.screens.conftest import app_of, dump, front, press, running, until
from tests.screens.rooms import screen_named

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 50)], ids=["80x24", "120x40", "160x50"])


@pytest.mark.parametrize("theme", [LIGHT, DARK, PLAIN], ids=lambda theme: theme.name)
@pytest.mark.each(3)
async def test_the_edges_say_where_a_field_ends_and_which_has_the_keys(theme: Theme, desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2", "tab")
        pilot.app.theme = theme.name
        await pilot.pause()
        for key, focused in (("received_on", True), ("phone", False), ("content", False), ("applicant_class", False)):
            region = front(pilot).query_one(f"#field-{key}").region
            strips = app_of(pilot).screen._compositor.render_strips()
            for x, sign in ((region.x, "[" if focused else "|"), (region.right - 1, "]" if focused else "|")):
                segment = strips[region.y].crop(x, x + 1)._segments[0]
                assert segment.style is not None
                if theme is PLAIN:
                    assert segment.text == sign
                else:
                    wanted = theme.variables["accent" if focused else "edge"]
                    assert segment.text == " "
                    assert segment.style.reverse
                    assert segment.style.color is not None
                    assert segment.style.color.name == wanted


@SIZES
@pytest.mark.each(3)
async def test_groups_have_names_and_gaps_where_there_is_room(size: tuple[int, int], desk: Desk) -> None:
    async with running(desk.home, desk, size) as pilot:
        await press(pilot, "f2")
        rows = dump(app_of(pilot)).splitlines()
        first, second = (
            next(n for n, row in enumerate(rows) if re.match(rf" {name}( |$)", row)) for name in ("从哪里来", "谁")
        )
        assert rows[first + 1].lstrip().startswith("收到方式")
        assert (rows[second - 1][:50].strip() == "") == (size[1] >= 30)
        box = front(pilot).query_one(LongInput).size.height
        assert LEAST_BOX <= box <= MOST_BOX
        assert (box == MOST_BOX) == (size[1] >= 40)


async def test_a_group_of_which_nothing_is_seen_has_no_name(desk: Desk) -> None:
    async with running(desk.home, desk, (80, 40)) as pilot:
        await press(pilot, "f2")
        form = front(pilot).query_one(FormView)
        assert "要什么" in dump(app_of(pilot))
        form.show_only({"applicant"})
        await pilot.pause()
        assert "要什么" not in dump(app_of(pilot))
        assert " 谁\n" in dump(app_of(pilot))


async def test_fields_that_come_with_a_choice_keep_to_their_groups(desk: Desk) -> None:
    fields = in_groups(INTAKE, ("channel", "甲"), ("applicant", "乙"))
    assert {field.group for field in fields} == {"甲", "乙"}
    with pytest.raises(KeyError):
        in_groups(INTAKE, ("nothing", "甲"))
    async with running(desk.home, desk, (80, 40)) as pilot:
        await press(pilot, "f2")
        form = front(pilot).query_one(FormView)
        form.become(fields[:9])
        await pilot.pause()
        shown = [line.strip() for line in dump(app_of(pilot)).splitlines()]
        assert shown.index("甲") < shown.index("乙")
        form.become(fields[:2])
        await pilot.pause()
        assert "乙" not in [line.strip() for line in dump(app_of(pilot)).splitlines()]


def order(form: FormView) -> list[str]:
    """The keys of a form's fields in the order of Tab."""
    return [key for row in form.query(".row") for key, own in form._rows.items() if own is row and row.display]


@pytest.mark.parametrize("chosen", ["applicant_class", "channel", "id_kind", "phone"])
@pytest.mark.each(4)
async def test_a_field_that_changes_with_a_choice_stays_where_the_form_has_it(desk: Desk, chosen: str) -> None:
    case = register(desk)
    async with running(desk.home, desk, (120, 40)) as pilot:
        note = NoteScreen(case.case_id, "amended")
        await pilot.app.push_screen(note)
        await pilot.pause()
        form = front(pilot).query_one(FormView)
        for field in (chosen, "applicant", chosen):
            form.put({"field": field})
            note.keep_in_step()
            await pilot.pause()
            assert isinstance(form.query_one("#field-value"), Select) is (field not in ("applicant", "phone"))
            assert order(form) == [item.key for item in form.fields if item.key != "act"]


async def test_five_lines_of_a_paste_are_seen_at_once(practice: Desk) -> None:
    async with running(practice.home, practice, (120, 40)) as pilot:
        await pilot.app.push_screen(screen_named("letter", practice) or front(pilot))
        await pilot.pause()
        box = front(pilot).query_one(ProseInput)
        box.text = ""
        box.focus()
        lines = [f"第{n}处：查了档案室{n}年的目录" for n in range(1, 6)]
        box.post_message(events.Paste("\n".join(lines)))
        await until(pilot, lambda: box.text)
        await pilot.pause()
        assert all(line in dump(app_of(pilot)) for line in lines)
        key = (box.id or "").removeprefix("field-")
        assert front(pilot).query_one(FormView).values()[key] == " ".join(lines), "one paragraph of the letter"
        await press(pilot, "enter")
        assert front(pilot).focused is not box


async def test_a_choice_says_with_words_what_enter_does(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2")
        row = next(line for line in dump(app_of(pilot)).splitlines() if "收到方式" in line)
        assert row.split()[-1] == "选"
        await press(pilot, "enter")
        assert front(pilot).query_one("#field-channel", Select).expanded
        row = next(line for line in dump(app_of(pilot)).splitlines() if "收到方式" in line)
        assert row.split()[-1] == "收"


async def test_a_secret_is_written_in_stars(desk: Desk) -> None:
    register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(screen_named("backup", desk) or front(pilot))
        await pilot.pause()
        field = front(pilot).query_one("#field-password")
        field.focus()
        await press(pilot, *"abc")
        assert "   ***\n" in dump(app_of(pilot))
        assert "•" not in dump(app_of(pilot))


async def test_a_letter_counts_what_must_still_be_changed(practice: Desk) -> None:
    async with running(practice.home, practice, (120, 40)) as pilot:
        await pilot.app.push_screen(screen_named("letter", practice) or front(pilot))
        await pilot.pause()
        box = front(pilot).query_one(ProseInput)
        kept, box.text = box.text, ""
        await until(pilot, lambda: "下一步  还差2处" in dump(app_of(pilot)))
        assert "检查  还差2处，不能发出" in dump(app_of(pilot))
        box.text = kept
        await until(pilot, lambda: "下一步  还差1处" in dump(app_of(pilot)))
