"""A letter in other forms, from the screen: the draft that goes to the leader and comes back, the OFD of what was issued."""

from __future__ import annotations

from pathlib import Path

from deskapp.desk import Desk
from deskapp.screens.cases.letter import LetterScreen
from deskapp.screens.cases.paper import LetterPaperScreen
from deskapp.screens.frame.ask import AskModal
from deskapp.screens.frame.confirm import ConfirmScreen
from tests.conftest import issue_granted, register
from tests.desk.test_other_forms import NOTICE, rewritten
from tests.screens.conftest import app_of, dump, running, workers_ended


async def come_back(desk: Desk, old: str, new: str, *answer: str) -> tuple[str, dict[str, str]]:
    """What is said, and what stands in the form, after a draft was changed and taken back."""
    case = register(desk)
    desk.drafts.keep(desk.reply.draft_key(case.case_id, "correction_notice"), NOTICE)
    async with running(desk.home, desk, (120, 40)) as pilot:
        screen = LetterScreen(case.case_id, "correction_notice", "补正告知")
        await pilot.app.push_screen(screen)
        await pilot.press("f5")
        await pilot.pause()
        assert "不是文书" in dump(app_of(pilot))
        (path,) = (desk.home / "导出").glob("*.docx")
        back = rewritten(path, old, new)
        await pilot.press("f7")
        await pilot.pause()
        assert isinstance(pilot.app.screen, AskModal)
        pilot.app.screen.dismiss(str(back))
        await pilot.pause()
        await pilot.pause()
        for key in answer:
            assert isinstance(pilot.app.screen, ConfirmScreen)
            assert new in dump(app_of(pilot)).replace("\n", "").replace(" ", "")
            await pilot.press(key)
            await pilot.pause()
        assert isinstance(app_of(pilot).screen, LetterScreen)
        return dump(app_of(pilot)), screen._typed()


async def test_a_passage_that_was_rewritten_is_taken_when_somebody_says_so(desk: Desk) -> None:
    said, typed = await come_back(desk, "网站上查", "网站上找", "enter")
    assert typed["passage_guiding"] == "可以在网站上找。"
    assert "都问过了" in said


async def test_a_passage_that_nobody_takes_stays(desk: Desk) -> None:
    _, typed = await come_back(desk, "网站上查", "网站上找", "escape")
    assert typed["passage_guiding"] == ""


async def test_what_the_law_says_is_only_told(desk: Desk) -> None:
    said, typed = await come_back(desk, "视为放弃申请", "视为撤回")
    assert "没有取用" in said
    assert typed["passage_guiding"] == ""


async def test_the_ofd_is_saved_beside_the_pdf_and_said_to_be_unproved(desk: Desk) -> None:
    letter = issue_granted(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(LetterPaperScreen(letter.id, list(desk.lookup.case(letter.case_id).letters)))
        await workers_ended(pilot)
        await pilot.pause()
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        shown = dump(app_of(pilot))
        assert "已存成OFD" in shown
        assert "还没有在各家的OFD阅读软件里试过" in shown.replace("\n", "").replace(" ", "")
        assert [path.suffix for path in Path(desk.home / "文书").iterdir()] == [".ofd"]
