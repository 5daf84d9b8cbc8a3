"""The commands about who does what: the people of the office, and an application that belongs to another one."""

from __future__ import annotations

from pathlib import Path
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


@click.command()
@click.argument("case_no", metavar="[登记号]", required=False)
@click.option("--to", "to", default="", metavar="机关", help="移交给哪个机关，写全称。")
@click.option("-o", "folder", type=click.Path(file_okay=False, path_type=Path), help="移交的文件写到这个文件夹。")
@click.option("--take", "file", type=click.Path(path_type=Path), help="收进移交来的这个文件。")
@common
def transfer(run: Run, case_no: str | None, to: str, folder: Path | None, file: Path | None) -> None:
    """代收的申请移交给它的机关，写成一个文件；--take 收进移交来的，收到日期照旧。"""
    if file and (case_no or to or folder):
        raise click.UsageError("--take 单独用。")
    if file is None and not (case_no and to and folder):
        raise click.UsageError("请写登记号、--to 机关和 -o 文件夹；收进来的用 --take 文件。")
    with run.desk() as desk:
        if file:
            case = desk.passing.take(file)
            due = desk.lookup.deadline(case).due_on
            document = {
                "case_no": case.case_no,
                "received_on": case.received.on.isoformat(),
                "due_on": f"{due}" if due else None,
            }
            run.say(document, f"{case.case_no}，{case.received.on}收到，最后一日{due}。")
            return
        done = desk.passing.out(case_no or "", to, folder or Path())
    said = {"file": str(done.file), "papers": done.papers, "on_paper": list(done.on_paper), "mark": done.mark}
    run.say(said, done.sentence)
