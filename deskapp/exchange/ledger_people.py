"""The cells of a ledger's line that name people beside the applicant, and the confirmation of a receipt: those that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import ValidationError

from deskapp.errors import shortened
from deskapp.exchange.heading import BadCell
from deskapp.law.receipt import channel_rules
from deskapp.register.people import Agent, Guardian, Participant, People


def people_faults(line: int, cells: dict[str, str]) -> Iterator[BadCell]:
    """Cells that should name people and cannot be read."""
    read: dict[str, type[Participant]] = {"代理人": Agent, "监护人": Guardian}
    for column, kind in read.items():
        if not cells[column]:
            continue
        try:
            kind.of_line(cells[column])
        except ValueError:
            names = "姓名｜证件号码｜电话｜地址" + (
                "｜委托的权限｜到期日 2026-12-31" if kind is Agent else "｜与申请人关系"
            )
            yield BadCell(line, column, shortened(cells[column]), f"应当写成 {names}")
    try:
        if cells["一起申请的人"]:
            People.model_validate({"others": cells["一起申请的人"]})
    except ValidationError:
        right = "一人一段，用；分开，每人写成 姓名｜证件号码｜电话｜地址，不能重名"
        yield BadCell(line, "一起申请的人", shortened(cells["一起申请的人"]), right)
    if cells["重作工作日数"] and not re.fullmatch("[1-9][0-9]?日?", cells["重作工作日数"]):
        yield BadCell(
            line, "重作工作日数", cells["重作工作日数"], "应当是1到99的数字（自然日写成【30日】），没有写明的不填"
        )
    if cells["收到确认"]:
        rule = next((rule for rule in channel_rules() if cells["收到方式"] in (rule.key, rule.name)), None)
        if rule and rule.decides == "arrived":
            yield BadCell(line, "收到确认", cells["收到确认"], "只有平信、网络、传真要确认")
