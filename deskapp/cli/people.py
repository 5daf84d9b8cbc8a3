"""The command about the people of the office: who they are, one joins, one leaves."""

from __future__ import annotations

from typing import Any

import click

from deskapp.cli import DayType, Run, common, pad
from deskapp.desk.office.staff import NO, YES, ColleagueDraft
from deskapp.register.colleagues import Colleague


@click.command()
@click.option("--add", "joins", default="", metavar="姓名", help="添一个人。")
@click.option("--post", default="", metavar="职务", help="添的人的职务；同名的要靠它分开。")
@click.option("--may-sign", is_flag=True, help="添的人可以签发。")
@click.option("--leave", "leaves", default="", metavar="姓名", help="记下一个人离开。")
@click.option("--on", "day", type=DayType(), help="添的从这一天起，离开的这一天是最后一天；不填就是今天。")
@common
def people(run: Run, joins: str, post: str, may_sign: bool, leaves: str, day: Any) -> None:
    """办这项工作的人：列出来，添一个，记下一个离开。密码在“人员”那一屏设。"""
    if (joins and leaves) or ((post or may_sign) and not joins):
        raise click.UsageError("--add 和 --leave 一次用一个；--post、--may-sign 跟着 --add 用。")
    with run.desk() as desk:
        if joins:
            since = day.isoformat() if day else ""
            draft = ColleagueDraft(name=joins, post=post, may_sign=YES if may_sign else NO, since=since)
            desk.staff.enter(draft)
        elif leaves:
            desk.staff.leave(desk.staff.named(leaves).key, day)
        listed = desk.staff.all()
    lines = [_line(one) for one in listed]
    run.say([_document(one) for one in listed], "\n".join(lines) or "还没有填，记录里写单位的联系人。")


def _document(one: Colleague) -> dict[str, Any]:
    return {
        "name": one.called, "post": one.post, "may_sign": one.may_sign, "from": one.since, "until": one.until or None,
        "pin": bool(one.pin),
    }  # fmt: skip


def _line(one: Colleague) -> str:
    sign = "可以签发" if one.may_sign else ""
    return f"{pad(one.called, 22)}{pad(one.post, 18)}{pad(sign, 10)}{one.since}—{one.until}"
