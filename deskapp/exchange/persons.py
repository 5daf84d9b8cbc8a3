"""How much of people goes out with a table: all of it, masked, or nothing of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from deskapp.parsing import hidden, masked

Persons = Literal["full", "masked", "none"]
PERSONS: tuple[Persons, ...] = ("full", "masked", "none")
OF_PERSONS = (
    "申请人", "证件类型", "证件号码", "联系电话", "通信地址", "代理人", "监护人", "一起申请的人", "推选的代表", "法定代表人", "邮政编码", "电子邮箱",
)  # fmt: skip
FREE = ("申请内容", "备注")  # where somebody may be named in passing
NATURAL = "自然人"
LOOK_THROUGH = "申请内容、备注里的姓名和号码只遮了认得出的，给出去以前请看一遍。"
_NUMBER = re.compile(
    r"(?<![0-9])0[0-9]{2,3}[-\u2014\uff0d ][0-9]{7,8}|1[0-9]{2}[- ][0-9]{4}[- ][0-9]{4}|[0-9]{6,17}[0-9Xx]"
)
_MAIL = re.compile(r"([A-Za-z0-9])[A-Za-z0-9._%+-]*(?=@[A-Za-z0-9])")
_PHONES = re.compile(r"[0-9][-0-9 ()（）]{3,}[0-9]")  # what else stands in such a cell does not go out
_NAMED = ("代理人", "监护人", "一起申请的人")  # a person as name｜number｜…, several apart by ；
SEEN_OF_ADDRESS = 6  # characters


def columns_of(columns: Sequence[str], persons: Persons) -> list[str]:
    """The columns that go out."""
    return [column for column in columns if persons != "none" or column not in OF_PERSONS]


def cells_for(record: Mapping[str, str], persons: Persons) -> list[str]:
    """The cells of a line as they go out, in the order of :func:`columns_of`."""
    if persons == "full":
        return list(record.values())
    cells = {**record}
    name = record.get("申请人", "")
    shown = masked_name(name) if record.get("申请人类别") == NATURAL else name
    for column in FREE:
        text = record.get(column, "")
        if record.get("申请人类别") == NATURAL and len(name) > 1:
            text = text.replace(name, shown if persons == "masked" else "申请人")
        cells[column] = _MAIL.sub(r"\1***", _NUMBER.sub(lambda found: hidden(found[0]), text))
    cells |= {
        "申请人": shown,
        "证件号码": masked(record.get("证件号码", "")),
        "联系电话": "、".join(
            hidden(re.sub("[^0-9]", "", found)) for found in _PHONES.findall(record.get("联系电话", ""))
        ),
        "通信地址": _cut(record.get("通信地址", "")),
        "电子邮箱": re.sub(r"^(.).*(?=@)", r"\1***", record.get("电子邮箱", "")),
        "推选的代表": "、".join(map(masked_name, filter(None, record.get("推选的代表", "").split("、")))),
        "法定代表人": masked_name(record.get("法定代表人", "")),
        **{
            column: "；".join(_first_of(person) for person in record.get(column, "").split("；")) for column in _NAMED
        },
    }
    return [cells[column] for column in columns_of([*record], persons)]


def masked_name(name: str) -> str:
    """A name of which the first sign stays: 张*, 欧阳** is 欧***."""
    return name[:1] + "*" * (len(name) - 1)


def _first_of(person: str) -> str:
    """Of a person only the name, masked."""
    return masked_name(person.partition("｜")[0])


def _cut(address: str) -> str:
    return address if len(address) <= SEEN_OF_ADDRESS else f"{address[:SEEN_OF_ADDRESS]}.."
