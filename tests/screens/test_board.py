"""今日 with the case beside the list: what the pane and the foot follow, whole numbers, and that nothing moves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.pilot import Pilot

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.law.wall import STARTS
from deskapp.screens.cases.guide import GuideScreen
from deskapp.screens.cases.note import NoteScreen
from deskapp.widgets.case_pane import CasePane
from deskapp.widgets.figure import FIGURES, figure_rows
from deskapp.widgets.look import style
from deskapp.widgets.numbers import in_common
from deskapp.widgets.rows import Rows
from tests.conftest import DAY, register
from tests.screens.conftest import app_of, dump, front, press, running, until

SIZES = ((80, 24), (120, 40), (160, 50))


async def rest(pilot: Pilot[bool]) -> None:
    """Until the pane shows the row under the cursor."""
    screen = front(pilot)
    one, rows = screen.query_one(CasePane), screen.query_one(Rows)
    await until(pilot, lambda: one.glance and one.glance.case.case_id == rows.current.key)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.each(3)
async def test_the_pane_and_the_foot_follow_the_cursor_and_the_rows_stay(
    practice: Desk, size: tuple[int, int]
) -> None:
    async with running(practice.home, practice, size=size) as pilot:
        await rest(pilot)
        screen = front(pilot)
        rows, one = screen.query_one(Rows), screen.query_one(CasePane)
        assert one.display == (size[0] >= 110)
        first, place = one.glance.case, rows.region
        before = dump(app_of(pilot)).splitlines()
        await press(pilot, "down")
        await rest(pilot)
        second = one.glance.case
        assert first != second
        seen = dump(app_of(pilot)).splitlines()
        assert any(f"（{second.case_no} {second.who}）" in line for line in seen[-4:]), "the next act of the row"
        if one.display:
            assert any(second.phone in line for line in seen) or size[1] < 40
        screen.say("说一句话。")
        await pilot.pause()
        assert rows.region == place, "nothing moves when something is said"
        assert [line[:9] for line in seen[3:10]] == [line[:9] for line in before[3:10]]


@pytest.mark.parametrize("size", SIZES)
async def test_numbers_stand_whole(desk: Desk, size: tuple[int, int]) -> None:
    for _ in range(3):
        register(desk)
    case = register(desk, applicant="王五")
    desk.intake.split(case.case_id, [f"第{n}样的台账" for n in range(1, 6)])
    async with running(desk.home, desk, size=size) as pilot:
        await rest(pilot)
        texts = [row.text.split()[0] for row in front(pilot).query_one(Rows).rows if row.key]
        assert {"0004", "0004-2", "0004-3", "0004-4", "0004-5"} <= set(texts)
        assert any("LH-2026-" in line for line in dump(app_of(pilot)).splitlines()[2:8])


async def test_the_urgent_acts_are_a_key_away(practice: Desk) -> None:
    async with running(practice.home, practice, size=(120, 40)) as pilot:
        await rest(pilot)
        await press(pilot, "f6")
        assert isinstance(front(pilot), NoteScreen)
        await press(pilot, "escape", "f4")
        assert isinstance(front(pilot), GuideScreen)


async def test_group_by_group(practice: Desk) -> None:
    async with running(practice.home, practice, size=(120, 40)) as pilot:
        await rest(pilot)
        rows = front(pilot).query_one(Rows)
        heads = [n for n, row in enumerate(rows.rows) if row.heading]
        for head in (*heads[1:], heads[0]):
            await press(pilot, "ctrl+down")
            assert rows.cursor == head + 1
        await press(pilot, "ctrl+up")
        assert rows.cursor == heads[-1] + 1
        await pilot.click("#counts", offset=(12, 0))  # 今天
        await pilot.pause()
        assert rows.cursor == heads[1] + 1


@pytest.mark.parametrize(("size", "painted"), [((120, 40), True), ((80, 24), False)])
async def test_the_large_figure_is_painted_and_the_words_stand_without_it(
    desk: Desk, size: tuple[int, int], painted: bool
) -> None:
    register(desk, received_on="2026-11-13")  # 15 working days are left
    async with running(desk.home, desk, size=size) as pilot:
        await rest(pilot)
        if painted:
            assert "余15个工作日" in dump(app_of(pilot))
            assert cells(pilot) == [row[1:].rstrip() for row in figure_rows(15)]
        await press(pilot, "enter")
        assert "余15个工作日" in dump(app_of(pilot))


def cells(pilot: Pilot[bool]) -> list[str]:
    """The painted cells of the figure, read back from the pane: blanks on the ink of the accent."""
    pane = front(pilot).query_one(CasePane)
    ink = style(pilot.app, "accent").color
    found = []
    for y in range(pane.size.height):
        signs = "".join(
            ("#" if s.style and s.style.bgcolor and s.text.isspace() and s.style.bgcolor == ink else " ")
            * len(s.text)
            for s in pane.render_line(y)
        )
        if "#" in signs:
            found.append(signs)
    left = min(len(line) - len(line.lstrip()) for line in found)
    return [line[left:].rstrip() for line in found]


def test_every_figure_is_its_own() -> None:
    assert len(set(FIGURES.values())) == 10
    assert all(len(row) == 4 for rows in FIGURES.values() for row in rows)


def test_what_numbers_have_in_common() -> None:
    assert in_common(["LH-2026-0004-2", "LH-2026-0004-5"]) == "LH-2026-"
    assert in_common(["LH-2026-0004", "LH-2025-0044"]) == "LH-"
    assert in_common(["LH-2026-0004", "旧7号"]) == ""
    assert in_common([]) == ""
    assert in_common(["LH-2026-0001"]) == "LH-2026-"


def test_every_case_of_the_practice_desk_has_the_calendar_of_its_deadline(practice: Desk) -> None:
    found = practice.lookup.search("", 500)
    assert len(found) > 40
    for later in (0, 12, 45):
        day = DAY + timedelta(later)
        desk = Desk.open(practice.home, FixedClock(day))
        for row in found:
            glance = desk.lookup.glance(row.case_id)
            deadline, wall = glance.deadline, glance.wall
            assert {d.date: d.n for d in wall.days if d.n is not None} == {
                d.date: d.n for d in deadline.days if d.n is not None
            }
            assert [d.date for d in wall.days if d.word == "末"] == ([deadline.due_on] if deadline.due_on else [])
            assert wall.on(deadline.received_on).word == "收"
            assert wall.on(deadline.counted_from).word in STARTS.values()
            if glance.left.late and glance.left.number:
                assert max(d.past for d in wall.days) == glance.left.number
        desk.close()
