"""What of a ledger's line cannot be taken: cells that must be there, names that are none, days, words, what does not fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from deskapp.errors import shortened
from deskapp.exchange.days import day_of, has_short_year
from deskapp.exchange.heading import BadCell
from deskapp.exchange.ledger_columns import ALLOWED, DAYS, LEDGER, NUMBERED, ORDERS, REQUIRED
from deskapp.exchange.ledger_people import people_faults
from deskapp.exchange.likely import likely_word, may_be
from deskapp.exchange.mapping import NOTHING
from deskapp.exchange.whole import SAID_DAYS
from deskapp.law.categories import categories_named, find_category
from deskapp.law.periods import first_day_of_law
from deskapp.parsing import LONGEST_CELL, LONGEST_TEXT, half_width
from deskapp.telling import holds_number, names_nobody

_LOST_SIGN = re.compile(
    "(?<=[\u3400-\u9fff\U00020000-\U0003ffff])[?？]|[?？](?=[\u3400-\u9fff\U00020000-\U0003ffff])|^[?？]+$"
)
MASKED_WITH = re.compile(r"[*＊×✱●■□]{2,}|[xX]{3,}|^[\u4e00-\u9fff][*＊]$")  # what a name or number is masked with
NAMES = ("申请人", "代理人", "监护人", "一起申请的人", "推选的代表", "法定代表人")
LONG = ("申请内容", "备注", "一起申请的人")
_YEAR = re.compile("〔([0-9]{4})〕|^[A-Za-z]+-([0-9]{4})-[0-9]+$")  # of a 文号, of a 登记号
_YEARLESS = re.compile("[0-9]{1,2}[-/.月][0-9]{1,2}[日号]?")
_WHOLE_DAY = re.compile("[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}[日号]?")
_MORE = re.compile(
    "([0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}[日号]?|[0-9]{1,2}月[0-9]{1,2}[日号])\\s*([^-0-9\\s~—–至到].*)"
)
_LEAP = 2024  # a year that has every day
OLDEST = 1949  # no number of an authority is older


def faults_of(line: int, cells: dict[str, str], today: date, years: str = "") -> Iterator[BadCell]:
    """Every cell of a line that cannot be taken; ``years`` are those that stand above it, where they are several."""
    for column in REQUIRED:
        if not cells[column]:
            yield BadCell(line, column, "", "这一列必须填写")
    for column in NAMES:
        if cells[column] and _LOST_SIGN.search(cells[column]):
            yield BadCell(line, column, shortened(cells[column]), "问号多半是存成别的编码时丢掉的字，请照原件补上")
    if MASKED_WITH.search(cells["申请人"]):
        yield BadCell(line, "申请人", shortened(cells["申请人"]), "姓名打过码，不是原来的，请照原件写")
    if cells["申请人"] and (why := _no_name(cells["申请人"])):
        yield BadCell(line, "申请人", shortened(cells["申请人"]), why)
    for column in NUMBERED:
        found = _YEAR.search(cells[column])
        if found and not OLDEST <= int(found[1] or found[2]) <= today.year:
            yield BadCell(line, column, shortened(cells[column]), f"没有{found[1] or found[2]}年的号，请核对年份")
    for column, value in cells.items():
        if len(value) > LONGEST_CELL and len(value) > (most := LONGEST_TEXT if column in LONG else LONGEST_CELL):
            yield BadCell(line, column, shortened(value), f"太长，最多{most}个字")
    for column in DAYS:
        if cells[column]:
            yield from _day_faults(line, column, cells, today, years)
    for column, values in ALLOWED:
        if cells[column] and cells[column] not in values:
            yield BadCell(line, column, cells[column], f"应当是：{'、'.join(values)}{_likely(column, cells[column])}")
    yield from _answer_faults(line, cells)
    yield from people_faults(line, cells)


def _no_name(text: str) -> str:
    """Why a text is nobody's name; empty where it may be one."""
    if names_nobody(text):
        return "这不是谁的名字，请照原件写明申请人"
    if holds_number(text):
        return "姓名里有号码，请分开填到【证件号码】或者【联系电话】"
    other = next((column for column in LEDGER.words if text in LEDGER.words[column]), "")
    return f"这是【{other}】的内容，不是谁的名字，请核对是不是填错了列" if other else ""


NOT_BEFORE = {
    "答复日期": ("收到日期",), "送达日期": ("收到日期", "答复日期"), "重作收到日期": ("收到日期", "答复日期"), "重新答复日期": ("重作收到日期",),
    "重新送达日期": ("重新答复日期",),
}  # fmt: skip
NEEDS = (
    ("答复类型", "答复日期"), ("答复日期", "答复类型"), ("送达日期", "送达方式"), ("送达方式", "送达日期"), ("送达日期", "答复日期"),
    ("诉讼结果", "诉讼类型"), ("诉讼类型", "诉讼结果"), ("文号", "答复日期"), ("凭证号", "送达日期"),
    ("重作收到日期", "重作依据"), ("重作依据", "重作收到日期"), ("重作收到日期", "答复日期"), ("重作文号", "重作收到日期"),
    ("重作工作日数", "重作收到日期"), ("重新答复类型", "重新答复日期"), ("重新答复日期", "重新答复类型"), ("重新答复日期", "重作收到日期"),
    ("重新送达日期", "重新送达方式"), ("重新送达方式", "重新送达日期"), ("重新送达日期", "重新答复日期"), ("重新答复文号", "重新答复日期"),
    ("重新凭证号", "重新送达日期"),
)  # fmt: skip


def _day_faults(line: int, column: str, cells: dict[str, str], today: date, years: str) -> Iterator[BadCell]:
    day = day_of(cells[column])
    earlier = [(name, before) for name in NOT_BEFORE.get(column, ()) if (before := day_of(cells[name]))]
    if day is None:
        yield BadCell(
            line, column, shortened(cells[column]), f"应当是日期，写成 2026-11-21{_why_no_day(cells[column], years)}"
        )
    elif day > today:
        yield BadCell(line, column, cells[column], "日期还没有到")
    elif day < first_day_of_law():
        yield BadCell(line, column, cells[column], f"早于条例施行的{first_day_of_law()}")
    else:
        yield from (
            BadCell(line, column, cells[column], f"早于{name}{before}") for name, before in earlier if day < before
        )


def _why_no_day(cell: str, years: str) -> str:
    """What is wrong with a cell that should be a day, where it can be told; ``years`` are those that stand above, where they are several."""
    plain = half_width(cell)
    if re.fullmatch(r"(?:[0-9]{4}年? )?[0-9]{1,2}\.[123]", cell):
        return "；可能是10日、20日、30日丢了末尾的0"
    if _YEARLESS.fullmatch(plain) and day_of(cell, _LEAP) is not None:
        none = "，或者把年份写在表格的标题、表名、文件名里"
        several = f"；上面写着不止一年（{years}），分不清是哪一年，不是这张表的请去掉" if years else none
        return f"；没有写年份，请写全{several}"
    if re.fullmatch("[0-9]{1,2}[日号]", plain):
        return "；没有写年和月，请写全"
    if plain.startswith("年"):
        return "；没有写年份，请写全"
    if _YEARLESS.fullmatch(plain) or _WHOLE_DAY.fullmatch(plain):
        return "；没有这一天，请核对"
    if has_short_year(plain):
        return "；年份请写四位，分不清是哪一年"
    if (more := _MORE.fullmatch(cell)) and day_of(more[1], _LEAP):
        return f"；日期后面的【{shortened(more[2], 12)}】请移到备注"
    return ""


def _answer_faults(line: int, cells: dict[str, str]) -> Iterator[BadCell]:
    """What does not fit together: an answer without a date, a delivery without an answer, a suit without its kind."""
    for column in ("答复类型", "重新答复类型"):
        if cells[column] and find_category(cells[column]) is None:
            yield BadCell(line, column, cells[column], _which_category(cells[column]))
    for given, needed in NEEDS:
        if cells[given] and not cells[needed]:
            way = "；整张表都没有的，在核对列和词的时候定" if needed in SAID_DAYS else ""
            yield BadCell(line, needed, "", f"填了{given}就要填{needed}{way}")
    if cells["重作依据"] and ORDERS.get(cells["重作依据"], ("self",))[0] != "self" and not cells["重作文号"]:
        yield BadCell(line, "重作文号", "", "复议、判决撤销的要填决定书、判决书的文号")


def _which_category(text: str) -> str:
    """What would be right for the outcome: which of those that share a row, or which there are."""
    shared = categories_named(text)
    if shared:
        return f"这一行年报里有几种，请写明是哪一种：{'、'.join(item.name for item in shared)}"
    return f"应当是答复类型的名称，或者年报表三的行名，例如 予以公开、3.属于国家秘密{_likely('答复类型', text)}"


def _likely(column: str, text: str) -> str:
    """What a word of offices most likely means: said, never taken."""
    likely = likely_word(column, text)
    if likely == NOTHING:
        return "；没有答复的不要填，或者在核对列和词的时候定为【（不填）】"
    if likely:
        return f"；多半是【{likely}】，核对列和词的时候可以这样定"
    possible = may_be(column, text)
    return (
        f"；分不清是{'、'.join(f'【{one}】' for one in possible)}里的哪一个，请在核对列和词的时候定"
        if possible
        else ""
    )
