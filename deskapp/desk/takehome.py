"""Sheets to take home: the 明白卡 in normal and large type, the blank application form, and one filled in as a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskapp.clock import Clock
from deskapp.desk.loose import Loose, LooseSheet
from deskapp.errors import DeskError
from deskapp.law.periods import period
from deskapp.register.journal import Journal

if TYPE_CHECKING:
    from deskapp.unit import UnitProfile
    from letters.notice import Part

CARD, LARGE, BLANK, SAMPLE = "card", "large", "blank", "sample"
KINDS = (
    (CARD, "明白卡（怎样申请、多久答复、不服怎么办）"),
    (LARGE, "明白卡（大字）"),
    (BLANK, "空白申请表"),
    (SAMPLE, "申请表填写样例"),
)
FORM = "application_form"
TITLE = "政府信息公开申请明白卡"


class TakeHome:
    """The moment somebody takes a sheet home."""

    def __init__(self, journal: Journal, clock: Clock, loose: Loose) -> None:
        self._journal, self._clock, self._loose = journal, clock, loose

    def kinds(self) -> tuple[tuple[str, str], ...]:
        """What can be printed: key and name."""
        return KINDS

    def sheet(self, kind: str) -> LooseSheet:
        """One of them. Raises DeskError for an unknown one, or when the unit's particulars are not enough."""
        if kind in (CARD, LARGE):
            return self._loose.notice(TITLE, self._card(), "large" if kind == LARGE else "normal")
        if kind == BLANK:
            return self._loose.form(FORM, _EMPTY)
        if kind == SAMPLE:
            return self._loose.form(FORM, _FILLED)
        raise DeskError("没有这种单子。", "", "请从列出的里面选。")

    def _card(self) -> list[Part]:
        """What somebody who wants to apply has to know, from the law in force and the unit's particulars."""
        from letters.notice import Part

        today = self._clock.today()
        unit = self._journal.unit(today)
        reply, extension = (period(key, today).value for key in ("reply", "extension"))
        return [
            Part("一、怎样申请", heading=True),
            Part(f"填写申请表，当面交、邮寄{_net(unit)}都可以；书写有困难的，可以口头提出，由工作人员代填（条例第二十九条）。"),
            Part("二、申请里要写什么", heading=True),
            Part("姓名或者单位名称、身份证明、联系方式；要的信息叫什么、文号或者别的特征；希望怎样拿到（条例第二十九条）。"),
            Part("三、多久答复", heading=True),
            Part(f"能当场答复的当场答复；不能的，{reply}个工作日以内。需要延长的，最多延长{extension}个工作日，并告知您（条例第三十三条）。"),
            Part("补正、征求第三方意见、收费等待缴费的时间不算在内（条例第三十条、第三十二条至第三十四条、第四十二条）。"),
            Part("四、要不要钱", heading=True),
            Part("一般不收费；数量、频次明显超过合理范围的除外（条例第四十二条）。"),
            Part("五、不满意怎么办", heading=True),
            Part(_remedies(unit)),
            Part("六、到哪里来", heading=True),
            Part(_place(unit)),
        ]  # fmt: skip


def _net(unit: UnitProfile) -> str:
    ways = [
        f"发电子邮件（{unit.email}）" if unit.email else "",
        f"在网站（{unit.website}）提交" if unit.website else "",
    ]
    return "".join(f"、{way}" for way in ways if way)


def _remedies(unit: UnitProfile) -> str:
    """Where complaints, review and suit go; the letters say it for each answer."""
    court = f"，或者依法向{unit.court}提起行政诉讼" if unit.court else ""
    return (
        f"可以向上一级行政机关或者政府信息公开工作主管部门投诉、举报；也可以向{unit.review_body}申请行政复议{court}"
        "（条例第五十一条）。答复书里会写明先后和期限。"
    )


def _place(unit: UnitProfile) -> str:
    """Address, hours, telephone."""
    parts = (
        f"{unit.name}，地址：{unit.address}", f"邮编：{unit.postcode}" if unit.postcode else "",
        f"电话：{unit.phone}", f"时间：{unit.office_hours}" if unit.office_hours else "",
    )  # fmt: skip
    return "；".join(part for part in parts if part) + "。"


_EMPTY = {"blank": True}
_FILLED = {
    "blank": False, "case_no": "（由登记台填写）",
    "applicant": {"name": "张某某", "class": "自然人", "address": "某某县某某镇某某村1号", "phone": "139XXXXXXXX"},
    "content": "某某镇2025年农村道路硬化项目的招标公告和中标通知书",
    "id_kind": "居民身份证", "id_number": "330000XXXXXXXX0017", "carrier": "纸面", "delivery": "邮寄",
}  # fmt: skip
