"""登记: what the program knows stands beside the form while it is filled in."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from deskapp.catalogue.entry import Entry
from deskapp.desk import Desk
from deskapp.desk.cases.read_form import ReadField
from deskapp.errors import DeskError
from deskapp.forms.view import FormView
from deskapp.screens.frame.ask import AskModal
from deskapp.widgets.reader import Reader
from deskapp.widgets.wall_calendar import WallCalendar
from tests.conftest import register
from tests.papers import scans
from tests.screens.conftest import app_of, dump, fill, front, press, running, until

WIDE = ((120, 40), (160, 50))
SUBJECT = "柳河镇2025年低保对象公示名单"


def known(pilot: Pilot[bool]) -> str:
    """The words of the pane."""
    return str(front(pilot).query_one("#known", Reader)._text.plain)


@pytest.mark.parametrize("size", WIDE)
@pytest.mark.each(2)
async def test_what_is_published_is_named_while_it_is_typed(desk: Desk, size: tuple[int, int]) -> None:
    desk.catalogue.publish(Entry("LH1", SUBJECT, published_on="2025-10-12", url="https://a.example/1"))
    async with running(desk.home, desk, size=size) as pilot:
        await press(pilot, "f2")
        await until(pilot, lambda: "最后一日 2026-12-18" in known(pilot))
        assert "收到次日起20个工作日（条例第三十三条" in known(pilot)
        await fill(pilot, content=SUBJECT)
        await until(pilot, lambda: "已经公开的  1条" in known(pilot))
        assert "F7 当场答复" in dump(app_of(pilot)).splitlines()[-2]
        seen = dump(app_of(pilot))
        assert "2025-10-12" in seen
        assert "按 F7 当场答复" in seen


@pytest.mark.parametrize("size", WIDE)
@pytest.mark.each(2)
async def test_who_this_is_and_who_asked_for_the_same(desk: Desk, size: tuple[int, int]) -> None:
    for n in range(3):
        register(desk, applicant="欧阳修远", phone="13905550030", content=f"第{n}村的宅基地审批结果")
    register(
        desk, applicant="青山县宏远建筑公司", phone="0577-1234567", content=SUBJECT, applicant_class="enterprise"
    )
    async with running(desk.home, desk, size=size) as pilot:
        await press(pilot, "f2")
        await fill(pilot, applicant="欧阳修远", content=SUBJECT)
        await until(pilot, lambda: "以前来过  3次" in known(pilot))
        await until(pilot, lambda: "别人要过差不多的  1件" in known(pilot))
        assert "青山县宏远建筑公司" in known(pilot)


async def test_the_last_day_follows_the_day_of_receipt(desk: Desk) -> None:
    async with running(desk.home, desk, size=(120, 40)) as pilot:
        await press(pilot, "f2")
        front(pilot).query_one("#field-received_on").value = ""
        await fill(pilot, received_on="2026-11-13")
        await until(pilot, lambda: "最后一日 2026-12-11" in known(pilot))
        front(pilot).query_one("#field-received_on").value = "不是日期"
        await until(pilot, lambda: "还没有收到日期" in known(pilot))


async def test_in_a_narrow_window_the_last_day_stands_above_and_what_is_missing_below(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await press(pilot, "f2")
        assert "最后一日2026-12-18" in "".join(dump(app_of(pilot)).split()), "in the two rows above the form"
        await fill(pilot, applicant="张三")
        await until(pilot, lambda: "没有电话也没有地址" in dump(app_of(pilot)))


async def test_what_is_missing_stands_in_a_pane_of_its_own(desk: Desk) -> None:
    async with running(desk.home, desk, size=(160, 50)) as pilot:
        await press(pilot, "f2")
        missing = front(pilot).query_one("#missing", Reader)
        await until(pilot, lambda: "请填写申请人" in missing._text.plain)
        await fill(pilot, applicant="张三", phone="13905550123", address="柳河镇", content="柳河镇台账")
        await until(pilot, lambda: "没有出示的，【证件类型】选没有出示" in missing._text.plain)
        front(pilot).query_one("#field-id_kind").value = "none"
        await until(pilot, lambda: "都填了" in missing._text.plain)


FOUND = [
    ReadField("applicant", "欧阳修远", "欧阳修远"),
    ReadField("applicant_class", "public_welfare", "社会公益组织"),
    ReadField("phone", "1390555012", "1390555012", "样子不像，照原件核对"),
    ReadField("content", SUBJECT, SUBJECT),
]


async def test_a_scanned_form_is_proposed_and_compared_before_anything_is_registered(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.form_reading, "read", lambda path: FOUND)
    async with running(desk.home, desk, size=(120, 40)) as pilot:
        await press(pilot, "f2")
        await fill(pilot, content="手填的内容")
        await press(pilot, "f8")
        modal = app_of(pilot).screen
        assert isinstance(modal, AskModal)
        modal.dismiss(str(tmp_path / "申请表.png"))
        await until(pilot, lambda: "申请表上认出这些，可能有错" in dump(app_of(pilot)))
        assert "联系电话：1390555012　？样子不像" in dump(app_of(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: "填了3项，是程序认的，还没有核对" in dump(app_of(pilot)))
        values = front(pilot).query_one(FormView).values()
        assert (values["applicant"], values["content"], values["applicant_class"]) == (
            "欧阳修远",
            "手填的内容",
            "public_welfare",
        )
        assert desk.drafts.get("intake:read")["phone"] == "1390555012"
        await fill(pilot, phone="13905550123")
        await press(pilot, "f9")
        await until(pilot, lambda: "逐项照原件核对过了" in dump(app_of(pilot)))
        assert "联系电话：" not in dump(app_of(pilot)).split("逐项照原件核对过了")[1].split("核对过了")[0]
        assert "申请人类别：社会公益组织" in dump(app_of(pilot))
        await press(pilot, "escape")
        assert desk.lookup.search("欧阳修远") == []
        await press(pilot, "f9")
        await until(pilot, lambda: "逐项照原件核对过了" in dump(app_of(pilot)))
        await press(pilot, "enter")
        await until(pilot, lambda: len(desk.lookup.search("欧阳修远")) == 1)
        assert desk.drafts.get("intake:read") == {}


async def test_a_scan_that_is_no_form_leaves_the_form_as_it_is(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path) -> list[ReadField]:
        raise DeskError("a.png 的第一页不是政府信息公开申请表，或者认不出来。", "没有填进去什么。", "")

    monkeypatch.setattr(desk.form_reading, "read", refused)
    (tmp_path / "扫描").mkdir()
    scans.page().save(tmp_path / "扫描" / "a.png")
    desk.machine.choose_scan_folder(str(tmp_path / "扫描"))
    async with running(desk.home, desk, size=(120, 40)) as pilot:
        await press(pilot, "f2")
        await press(pilot, "f8")
        await until(pilot, lambda: "哪一份是申请表" in dump(app_of(pilot)))
        await press(pilot, "enter")
        await until(pilot, lambda: "不是政府信息公开申请表" in dump(app_of(pilot)))
        assert front(pilot).query_one(FormView).values()["applicant"] == ""


async def test_the_days_up_to_the_last_one_stand_in_the_third_pane_and_tab_goes_past_them(desk: Desk) -> None:
    async with running(desk.home, desk, (160, 50)) as pilot:
        await press(pilot, "f2")
        calendar = front(pilot).query_one(WallCalendar)
        await until(pilot, lambda: len(calendar.months) == 2)
        shown = dump(app_of(pilot))
        assert "2026年11月" in shown
        assert "2026年12月" in shown
        assert "末 最后" in shown
        assert not calendar.focusable
        top = calendar.region.y
        await press(pilot, "tab", "tab", *"张三、李四")
        assert calendar.region.y == top, "nothing moves while more is said above it"
    async with running(desk.home, Desk.open(desk.home, desk.clock), (120, 40)) as pilot:
        await press(pilot, "f2")
        assert front(pilot).query_one(WallCalendar).region.width == 0
