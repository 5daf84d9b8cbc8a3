"""Every job of the command line has its place on the screens: found by Ctrl+P, also by the words of those who call it otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.cli.program import MODULES
from deskapp.desk import Desk
from deskapp.desk.office import locking
from deskapp.register.keyring import Keyring
from deskapp.screens.cases.case import CaseScreen
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.places import FROM_ANYWHERE, PLACES
from deskapp.screens.office.bundles import BundleScreen
from deskapp.screens.office.doctor import AgainstScreen
from deskapp.screens.office.encryption import EncryptionScreen
from deskapp.screens.office.restoring import RestoreScreen
from deskapp.screens.office.tasks import TaskAnswerScreen, TasksScreen
from deskapp.widgets.rows import Rows
from deskapp.widgets.wall_calendar import WallCalendar
from tests.conftest import register
from tests.screens.conftest import app_of, dump, front, press, running, type_text, until_said
from tests.screens.rooms import tasked

HOME = "board"  # where one is already
# Where each command's job is done on the screens: the place in which it begins.
WAYS = {
    "due": "reckon", "fee": "fee", "letters": "wordings", "init": "unit", "demo": "practice", "today": HOME, "search": "search",
    "show": HOME, "alike": "register", "acts": "day_acts", "note": HOME, "register": "register", "issue": HOME, "serve": HOME,
    "attach": HOME, "papers": HOME, "folder": HOME, "archive": "archive", "scans": "search", "erase": "archive", "redact": HOME,
    "import": "ledger", "entered": "files", "export": "files", "report": "report", "catalogue": "catalogue", "daybook": "reading",
    "questions": "questions", "satisfaction": "satisfaction", "pointlog": "point_log", "read": "reading", "handouts": "reading",
    "check": "doctor", "seal": "doctor", "calendar": "calendars", "backup": "doctor", "restore": "restore", "encrypt": "encryption",
    "decrypt": "encryption", "keys": "encryption", "recovery": "encryption", "people": "people", "transfer": "pass_on",
    "wordings": "wordings", "bundle": "bundles", "enroll": "bundles", "receive": "from_county", "tasks": "tasks", "law": "from_county",
}  # fmt: skip
# Those that have none, and why.
NO_WAY = {
    "letter": "makes a letter from facts that a program gives, without a register",
    "recover": "for a register that nobody can open: there is no desk to do it from",
    "county": "the county's own program, with a page of its own",
}


def test_every_command_has_its_place_or_a_reason() -> None:
    assert set(WAYS) | set(NO_WAY) == set(MODULES)
    assert not set(WAYS) & set(NO_WAY)
    assert {place for place in WAYS.values() if place not in FROM_ANYWHERE and place != HOME} == set()


FOUND = [
    ("恢复", "restore"), ("还原", "restore"), ("加密", "encryption"), ("jiami", "encryption"), ("口令", "encryption"), ("恢复单", "encryption"),
    ("解密", "encryption"), ("收县里", "from_county"), ("下发", "from_county"), ("法律", "from_county"), ("抽查", "tasks"), ("整改", "tasks"),
    ("要办的事", "tasks"), ("计算", "reckon"), ("jsqx", "reckon"), ("工作日", "reckon"), ("校验", "doctor"), ("体检", "doctor"),
    ("代办", "pass_on"), ("代收", "pass_on"), ("名片", "bundles"), ("销毁", "archive"), ("收费", "fee"), ("转别的机关", "pass_on"),
]  # fmt: skip


async def test_what_people_call_a_job_finds_it(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "ctrl+p")
        line, rows = front(pilot).query_one("#words"), front(pilot).query_one(Rows)
        missed = []
        for typed, place in FOUND:
            line.value = typed
            await pilot.pause()
            if f"app.go('{place}')" not in [row.key for row in rows.rows]:
                missed.append(typed)
        assert missed == []
        for typed, action in (("转办", "note"), ("换登记簿", "app.neighbours")):
            line.value = typed
            await pilot.pause()
            assert action in [row.key for row in rows.rows]


async def test_whoever_looks_for_an_act_where_there_is_no_case_is_told_the_way(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f12", "ctrl+p")
        front(pilot).query_one("#words").value = "转办"
        await pilot.pause()
        assert "【转科室办】是一件申请的事：先打开那一件，再按 F6 记事。" in dump(app_of(pilot))


async def test_of_a_case_its_acts_are_found_in_what_notes_them(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await app_of(pilot).push_screen(CaseScreen(case.case_id))
        for typed in ("转办", "随访", "延长", "不可抗力"):
            await press(pilot, "ctrl+p")
            front(pilot).query_one("#words").value = typed
            await pilot.pause()
            assert "note" in [row.key for row in front(pilot).query_one(Rows).rows], typed
            await press(pilot, "escape")


def test_the_words_that_are_shown_nowhere_belong_to_places_that_can_be_found() -> None:
    assert [key for key, place in PLACES.items() if place.words and not place.name] == []


# -- the last day without a case -------------------------------------------------------------------------------------


async def test_the_last_day_is_worked_out_while_the_days_are_typed(desk: Desk) -> None:
    async with running(desk.home, desk, (120, 40)) as pilot:
        await press(pilot, "ctrl+p", *"jsqx", "enter")
        await type_text(pilot, "11-20")
        await until_said(pilot, "最后一日：2026-12-18")
        assert front(pilot).query_one(WallCalendar).region.width > 0
        assert "2026年12月" in dump(app_of(pilot))
        await press(pilot, "tab")
        await type_text(pilot, "11-19")
        await press(pilot, "f9")
        await until_said(pilot, "早于收到日期2026-11-20")
        assert "最后一日" not in dump(app_of(pilot))


# -- a backup brought back -------------------------------------------------------------------------------------------


async def test_a_backup_is_brought_back_into_a_new_folder(desk: Desk, tmp_path: Path) -> None:
    case = register(desk, applicant="欧阳修远")
    made, _, _ = desk.upkeep.backup(tmp_path)
    new = tmp_path / "恢复出来的"
    async with running(desk.home, desk, (120, 40)) as pilot:
        await app_of(pilot).push_screen(RestoreScreen())
        await type_text(pilot, str(made))
        await press(pilot, "tab")
        await type_text(pilot, str(desk.home))
        await press(pilot, "f9")
        await until_said(pilot, "不是空的")
        front(pilot).query_one("#field-to").value = str(new)
        await press(pilot, "f9")
        await until_said(pilot, "登记簿和备份一致：申请1件")
    with Desk.open(new, desk.clock) as again:
        assert again.lookup.case_by_no(case.case_no).applicant == "欧阳修远"


# -- passwords -------------------------------------------------------------------------------------------------------


async def test_encrypting_closes_the_desk_for_the_command(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        app = app_of(pilot)
        await app.push_screen(EncryptionScreen())
        await until_said(pilot, "现在没有加密")
        await press(pilot, "f7")
        await until_said(pilot, "请填写恢复单写到哪里")
        await press(pilot, "f4")
        assert isinstance(front(pilot), ConfirmScreen)
        await press(pilot, "escape")
        assert app.window.errand == ""
        await press(pilot, "f4", "enter")
        assert app.window.errand == "encrypt"
        assert app.return_value is True


async def test_passwords_and_sheets_of_an_encrypted_register(
    desk: Desk, tmp_path: Path, quick_passwords: None
) -> None:
    home = desk.home
    desk.close()
    locking.encrypt(home, desk.clock, "张三", "the first one")
    opened = Desk.open(home, desk.clock, key=Keyring(home).open("the first one"))
    async with running(home, opened, (120, 40)) as pilot:
        await app_of(pilot).push_screen(EncryptionScreen())
        await until_said(pilot, "有密码的：张三。恢复单还没有印")
        fields = {key: front(pilot).query_one(f"#field-{key}") for key in ("name", "password", "again", "folder")}
        fields["name"].value, fields["password"].value, fields["again"].value = "李四", "the second", "another"
        await press(pilot, "f9")
        await until_said(pilot, "两遍密码不一样，没有设")
        fields["again"].value = "the second"
        await press(pilot, "f9")
        await until_said(pilot, "已给【李四】设了密码")
        assert fields["password"].value == ""
        fields["name"].value = "张三"
        await press(pilot, "f6", "enter")
        await until_said(pilot, "已去掉【张三】的密码")
        fields["folder"].value = str(tmp_path)
        await press(pilot, "f7")
        await until_said(pilot, "由两个人分开保管")
        assert "有密码的：李四。恢复单印过。" in dump(app_of(pilot))
        await press(pilot, "f4", "enter")
        assert app_of(pilot).window.errand == "decrypt"
    assert Keyring(home).open("the second")
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == [
        "登记簿恢复单（乙）.pdf",
        "登记簿恢复单（甲）.pdf",
    ]


# -- signed seals, the county ----------------------------------------------------------------------------------------


async def test_a_seal_is_signed_with_a_key_and_compared_later(desk: Desk, tmp_path: Path) -> None:
    register(desk)
    key = tmp_path / "校验钥匙"
    async with running(desk.home, desk, (120, 40)) as pilot:
        await app_of(pilot).push_screen(AgainstScreen())
        await press(pilot, "f9")
        await until_said(pilot, "请填写纸上的校验，或者钥匙文件在哪里")
        await press(pilot, "f7")
        await until_said(pilot, "请填写钥匙文件在哪里")
        front(pilot).query_one("#field-key").value = str(key)
        await press(pilot, "f7")
        await until_said(pilot, "已签名，放在钥匙旁边。这个钥匙是新做的")
        await press(pilot, "f9")
        await until_said(pilot, "签名对，登记簿里有这一条")
        seals = key.with_name(key.name + ".seals")
        seals.write_text(seals.read_text("utf-8").replace('"seq":1', '"seq":2'), "utf-8")
        await press(pilot, "f9")
        await until_said(pilot, "签名不对，这一行被改动过")


async def test_a_task_is_answered_case_by_case(desk: Desk) -> None:
    screen, _ = tasked(desk)
    first, second = next(each.task.cases for each in desk.tasks.all() if each.task.kind == "spot_check")
    async with running(desk.home, desk, (120, 40)) as pilot:
        await app_of(pilot).push_screen(screen)
        await until_said(pilot, "2件，还有1件没有答复")
        await press(pilot, "enter")
        assert isinstance(front(pilot), TaskAnswerScreen)
        front(pilot).query_one(f"#field-found-{first}").value = "符合"
        await press(pilot, "f9")
        await until_said(pilot, f"{second}还没有写核对的结果")
        front(pilot).query_one(f"#field-found-{second}").value = "送达日期写错，已更正"
        await press(pilot, "f9")
        await until_said(pilot, "下一次打报送包一起报上去")
        assert isinstance(front(pilot), TasksScreen)
        found = [each.answer for each in desk.tasks.all() if each.task.kind == "spot_check"]
        assert [kept.found for kept in found if kept] == [{first: "符合", second: "送达日期写错，已更正"}]


async def test_nobody_is_left_who_was_not_reported_to(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await app_of(pilot).push_screen(BundleScreen())
        await press(pilot, "f6")
        await until_said(pilot, "这里没有报送给哪个县")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_calendar_of_the_reckoning_comes_with_the_width(desk: Desk, size: tuple[int, int]) -> None:
    async with running(desk.home, desk, size) as pilot:
        await press(pilot, "ctrl+p", *"jsqx", "enter")
        assert front(pilot).query_one("#right").display == (size[0] >= 110)
