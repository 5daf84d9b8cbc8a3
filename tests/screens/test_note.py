"""记事: each act shows the fields it needs; what is noted stands in the journal; the day's backup is made."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Select

from deskapp.app import DeskApp
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.forms.view import FormView
from deskapp.register.acts import by_hand
from deskapp.screens.cases.case import CaseScreen
from deskapp.screens.cases.note import NoteScreen
from deskapp.widgets.prose import Prose
from tests.conftest import issue_granted, make_desk, register
from tests.screens.conftest import app_of, dump, fill, press, running, type_text, until_said


def shown(form: FormView) -> set[str]:
    """The fields that stand on the screen."""
    return {field.key for field in form.fields if form.query_one(f"#field-{field.key}").parent.display}  # type: ignore[union-attr]  # every field stands in a row


@pytest.mark.parametrize("act", sorted(by_hand()))
@pytest.mark.each(6)
async def test_an_act_shows_its_own_fields_and_no_others(desk: Desk, act: str) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(NoteScreen(case.case_id))
        await pilot.pause()
        form = pilot.app.screen.query_one(FormView)
        form.query_one("#field-act", Select).value = act
        await pilot.pause()
        offer = next(offer for offer in desk.acts.offers(case) if offer.key == act)
        fields = {"on", *(field.key for field in desk.acts.fields(case, act))}
        assert shown(form) == (set() if offer.why_not else fields)
        meant = pilot.app.screen.query_one("#rule", Prose).render().plain.replace("\n", "")
        assert (offer.why_not or offer.effect) in meant


async def test_a_delivery_noted_by_mistake_is_struck_out_on_the_screen(desk: Desk) -> None:
    letter = issue_granted(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(CaseScreen(letter.case_id))
        await pilot.press("f6")
        await pilot.pause()
        form = pilot.app.screen.query_one(FormView)
        form.query_one("#field-act", Select).value = "struck"
        await pilot.pause()
        assert "审查意见" in dump(app_of(pilot))
        form.query_one("#field-why").focus()
        await pilot.pause()
        await type_text(pilot, "意见写错了人")
        await pilot.press("f9")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CaseScreen)
        assert "划去误记" in dump(app_of(pilot))
    again = Desk.open(desk.home, FixedClock(desk.clock.today()))
    assert again.lookup.case(letter.case_id).reviews == ()
    again.close()


async def test_a_split_by_lines(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(NoteScreen(case.case_id))
        await pilot.pause()
        form = pilot.app.screen.query_one(FormView)
        form.query_one("#field-act", Select).value = "split"
        await pilot.pause()
        form.query_one("#field-items").focus()
        await pilot.pause()
        await type_text(pilot, "预算")
        await pilot.press("enter")
        await type_text(pilot, "决算")
        await pilot.press("f9")
        await pilot.pause()
        assert [found.case_no for found in desk.lookup.search("算")] == ["LH-2026-0001-2", "LH-2026-0001"]


def test_the_days_backup_is_made_once_and_not_of_practice(desk: Desk, tmp_path: Path, clock: FixedClock) -> None:
    app = DeskApp(desk.home, clock, desk)
    app.back_up_today()
    app.back_up_today()
    assert [path.name for path in (desk.home / "backups").iterdir()] == ["2026-11-20.db"]
    practice = make_desk(tmp_path / "practice", clock)
    practice.upkeep.mark_practice()
    DeskApp(practice.home, clock, practice).back_up_today()
    assert not (practice.home / "backups").exists()
    practice.close()


def test_a_backup_that_fails_does_not_stop_the_desk(
    desk: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise DeskError("磁盘满了。", "", "")

    monkeypatch.setattr(desk.upkeep, "daily_backup", fails)
    DeskApp(desk.home, clock, desk).back_up_today()


async def test_typing_finds_an_act_and_enter_goes_to_its_form(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk, (120, 40)) as pilot:
        await pilot.app.push_screen(NoteScreen(case.case_id))
        await pilot.pause()
        text = dump(app_of(pilot))
        assert text.index("现在可以记的") < text.index("只能一次") < text.index("现在不能记的") < text.index("归档")
        assert "这一件还没有答复。" in text
        await press(pilot, *"sqrch", "enter")
        form = pilot.app.screen.query_one(FormView)
        assert form.values()["act"] == "withdrawn"
        assert form.focused_field() is not None
        assert "状态：办理中，变成已撤回。" in dump(app_of(pilot))
        await press(pilot, "f9")
        assert desk.lookup.case(case.case_id).category == "withdrawn"


async def test_what_may_not_follow_is_not_noted_and_says_why(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(NoteScreen(case.case_id))
        await pilot.pause()
        await press(pilot, *"gd", "f9")
        assert "没有办  现在不能记【归档】：这一件还没有答复。" in dump(app_of(pilot))
        await press(pilot, *"zzz", "f9")
        assert "没有叫" in dump(app_of(pilot))
        assert len(desk.lookup.case(case.case_id).history) == 1


async def test_looking_through_the_acts_leaves_nothing_half_filled(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(NoteScreen(case.case_id))
        await press(pilot, "down", "down", "down", "escape")
        assert desk.drafts.get(f"NoteScreen:{case.case_id}") == {}


async def test_acts_that_follow_each_other_at_once_come_to_rest(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        screen = NoteScreen(case.case_id)
        await pilot.app.push_screen(screen)
        form = screen.query_one(FormView)
        acts = [offer.key for offer in desk.acts.offers(case)]
        for act in acts[:8]:  # what each sends of the cursor is on its way when the next comes
            form.put({"act": act})
            screen.keep_in_step()
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, NoteScreen)


async def test_what_the_case_knows_stands_in_the_form_and_follows_the_choice(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(NoteScreen(case.case_id, "amended"))
        await pilot.pause()
        form = pilot.app.screen.query_one(FormView)
        assert form.values()["value"] == "张三"
        form.query_one("#field-field", Select).value = "channel"
        await pilot.pause()
        assert isinstance(form.query_one("#field-value"), Select)
        assert form.values()["value"] == "in_person"
        form.query_one("#field-field", Select).value = "address"
        await pilot.pause()
        assert form.values()["value"] == "柳河镇桥头村12号"


async def test_it_says_what_noting_would_change(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk, (120, 40)) as pilot:
        await pilot.app.push_screen(NoteScreen(case.case_id, "party_consulted"))
        await fill(pilot, party="宏远公司")
        await until_said(pilot, "变成征求意见")
