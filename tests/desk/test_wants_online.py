"""Whether an applicant wants his answer through the internet, as he wrote it down."""

from __future__ import annotations

import pytest

from deskapp.desk import Desk
from deskapp.desk.cases.letter_facts import wants_online
from tests.conftest import GRANTED, register

WISHES = {
    "电子邮件": True, "网上": True, "发到邮箱，不要寄纸的": True, "网络平台": True, "E-mail": True, "不用邮寄，发电子邮件": True,
    "": False, "纸质": False, "纸质，不要网上发": False, "不用电子邮件": False, "由村网格员转交": False, "不方便上网，请邮寄": False,
    "没有邮箱，寄纸的": False, "电子版拷到U盘，自己来取": False, "到营业网点领取": False, "当面领取（拒绝网络）": False,
}  # fmt: skip


@pytest.mark.parametrize(("wish", "online"), WISHES.items())
def test_a_wish_is_read_with_its_no(desk: Desk, wish: str, online: bool) -> None:
    assert wants_online(register(desk, delivery_form=wish)) is online


def test_without_a_way_to_review_online_it_can_still_be_posted(desk: Desk) -> None:
    case = register(desk, delivery_form="电子邮件")
    found = desk.reply.preview(
        case.case_id, "granted", {**desk.reply.draft(case.case_id, "granted"), **GRANTED}
    ).findings
    assert [(each.code, each.blocking) for each in found if each.code == "review_online_missing"] == [
        ("review_online_missing", False)
    ]
