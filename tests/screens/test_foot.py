"""The foot of every screen: three rows, always as high, whatever is said in them."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from textual.app import App

import deskapp
from deskapp.desk import Desk
from deskapp.screens.frame.base import DeskScreen
from deskapp.widgets.foot_lines import DONE, MOST, NOTE, REFUSED, RUNNING, FootLines, LongSaid
from tests.conftest import register
from tests.screens.conftest import app_of, dump, press, running
from tests.screens.every import LONG


def foot_of(app: App[Any]) -> FootLines:
    return app.screen.query_one(FootLines)


@pytest.mark.parametrize(
    ("text", "error", "word", "shown"),
    [
        ("已登记。", False, "", DONE), ("没有填日期。", True, "", REFUSED), ("正在备份，请稍等。", False, RUNNING, RUNNING),
        ("要退出，请按 Ctrl+Q。", False, NOTE, NOTE), ("遮屏密码输错过3次。", True, NOTE, NOTE),
    ],
)  # fmt: skip
async def test_a_word_says_how_it_went(text: str, error: bool, word: str, shown: str, desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        app_of(pilot).say(text, error, word)
        await pilot.pause()
        assert dump(app_of(pilot)).splitlines()[22] == f" {shown}  {text}"
        assert foot_of(pilot.app).word == shown


async def test_a_long_sentence_is_seen_whole_and_goes(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        app_of(pilot).say(LONG, error=True)
        await pilot.pause()
        shown = "".join(line.strip() for line in dump(app_of(pilot)).splitlines()[15:23])
        assert LONG in shown
        app_of(pilot).say("短的。")
        await pilot.pause()
        assert "这句话很长" not in dump(app_of(pilot))
        app_of(pilot).say(LONG * 9)
        await pilot.pause()
        assert pilot.app.screen.query_one(LongSaid).size.height == MOST
        foot_of(pilot.app).clear_line()
        await pilot.pause()
        assert "这句话很长" not in dump(app_of(pilot))


async def test_the_next_act_stands_first_and_may_go_on_while_nothing_is_said(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await press(pilot, "enter")
        lines = dump(app_of(pilot)).splitlines()
        assert lines[21].startswith(" 下一步  查找信息，决定怎样答复，按 F4 写文书。"), case.case_no
        assert lines[22] == ""
        screen = pilot.app.screen
        assert isinstance(screen, DeskScreen)
        screen.next_act(LONG)
        await pilot.pause()
        lines = dump(app_of(pilot)).splitlines()
        assert lines[22].startswith("         ")
        assert lines[22].endswith("..")
        screen.say("已记下。")
        await pilot.pause()
        await pilot.pause()
        lines = dump(app_of(pilot)).splitlines()
        assert lines[21].startswith(" 下一步  ")
        assert lines[22] == " 办成  已记下。"


async def test_another_sentence_stands_behind_the_first(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        foot = foot_of(pilot.app)
        foot.say("已登记。", False)
        foot.add("要看，再按一次 Enter。")
        foot.add("要看，再按一次 Enter。")
        assert (foot.word, foot.said) == (DONE, "已登记。　要看，再按一次 Enter。")
        foot.clear_line()
        foot.add("要看，再按一次 Enter。")
        assert foot.word == NOTE


def test_what_is_under_way_is_said_as_such_everywhere() -> None:
    """``say`` and ``tell`` call a sentence done where no word says otherwise."""
    wrong = []
    for path in (Path(deskapp.__file__).parent / "screens").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        begun = {
            target.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and ast.unparse(node.value).lstrip("f").startswith("'正在")
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if (
                not isinstance(node, ast.Call)
                or not ast.unparse(node.func).endswith((".say", ".tell"))
                or not node.args
            ):
                continue
            named = {one.id for one in ast.walk(node.args[0]) if isinstance(one, ast.Name)}
            says = ast.unparse(node.args[0]).lstrip("f").startswith("'正在") or named & begun
            if says and not any(keyword.arg == "word" for keyword in node.keywords):
                wrong.append(f"{path.name}:{node.lineno}")
    assert wrong == []
