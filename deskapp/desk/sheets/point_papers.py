"""Papers that hang at the reading point: the sign, the hours, the duties of the point, from the unit's particulars and the law."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deskapp.errors import DeskError

if TYPE_CHECKING:
    from deskapp.unit import UnitProfile
    from letters.typeset.notice import Part, Type

SIGN, HOURS, DUTIES = "sign", "hours", "duties"
POINT_PAPERS = (
    (SIGN, "标识牌（特大字）"),
    (HOURS, "开放时间（大字）"),
    (DUTIES, "查阅点工作职责"),
)
POINT_NAME = "政府信息查阅点"
DUTY_LINES = (
    (
        "摆放、更新材料",
        "把主动公开的政府信息、公开指南和目录放在群众看得到的地方，有新的及时换（第十二条、第二十五条）。",
    ),
    ("帮助查阅", "帮群众找材料、查目录、打印；阅读、视听有困难的，念给他听、替他找（第二十五条、第四十三条）。"),
    ("解答咨询", "说明信息在哪里看、怎样申请、多久答复；说不准的问清楚再答，不猜。"),
    ("收下申请", "当面收申请，书写有困难的代为填写，当场登记、出收件回执（第二十九条、第三十一条）。"),
    ("听取意见", "收满意度问卷和意见，投诉、举报告诉他向谁提出（第五十一条）。"),
    ("保护个人信息", "不把申请人、来访人的资料给别人看；人走了就回到开头的画面。"),
    ("做好记录", "每天记下来了多少人、做什么；每月核对材料清单，缺的补上。"),
)


def large(kind: str) -> Type:
    """The type of a paper."""
    sizes: dict[str, Type] = {SIGN: "sign", HOURS: "large"}
    return sizes.get(kind, "normal")


def title_of(kind: str) -> str:
    """What stands above a paper."""
    return {SIGN: POINT_NAME, HOURS: "开放时间", DUTIES: f"{POINT_NAME}工作职责"}[kind]


def parts_of(kind: str, unit: UnitProfile) -> list[Part]:
    """What a paper says. Raises DeskError where the unit's particulars do not say when it is open."""
    from letters.typeset.notice import Part

    if kind != DUTIES and not unit.office_hours:
        raise DeskError("单位资料里没有填办公时间。", "没有印出来。", "请在【单位】里填上办公时间，再印。")
    if kind == SIGN:
        rows = (unit.name, *re.split("[，；,;]", unit.office_hours), unit.phone)
        return [Part(row.strip(), heading=True) for row in rows if row.strip()]
    if kind == HOURS:
        lines = [Part(unit.office_hours), Part(f"地址：{unit.address}"), Part(f"电话：{unit.phone}")]
        closed = "法定节假日不开放；急用的请打电话，我们尽量安排。"
        return [Part(f"{unit.name}{POINT_NAME}", heading=True), *lines, Part(closed)]
    law = f"{unit.name}依照《中华人民共和国政府信息公开条例》第二十五条设立本查阅点，供大家查阅政府信息。下面写的条文都是这部条例的。"
    numbered = [
        part
        for n, (name, text) in enumerate(DUTY_LINES, 1)
        for part in (Part(f"{n}．{name}", heading=True), Part(text))
    ]
    return [Part(law), *numbered, Part(f"意见和投诉：{unit.phone}。")]
