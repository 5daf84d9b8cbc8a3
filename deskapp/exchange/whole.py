"""What a table may say once for all its lines, because it has no column for it: that of a platform is all 网络; an old ledger has no days of
delivery. What is said so is a choice of a person, and is told with the lines that it was used for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

SAME_AS_ANSWERED, SAME_AS_SERVED = "答复日期当天", "送达日期当天"
INTO_REMARK = "没有记下来，先写进备注"
WHOLE = {
    "收到方式": "", "申请人类别": "", "答复日期": "答复类型", "送达日期": "答复日期", "送达方式": "送达日期",
    "重新答复日期": "重新答复类型", "重新送达日期": "重新答复日期", "重新送达方式": "重新送达日期",
    "诉讼类型": "诉讼结果",
}  # fmt: skip
"""The columns that may be said so, each with the one that a line must have for it; a day comes before what hangs on it."""
SAID_DAYS: dict[str, tuple[str, ...]] = {
    "答复日期": (SAME_AS_SERVED, INTO_REMARK), "送达日期": (SAME_AS_ANSWERED,),
    "重新答复日期": (SAME_AS_SERVED,), "重新送达日期": (SAME_AS_ANSWERED,),
}  # fmt: skip
"""What may be said of the days: never one that nobody wrote."""
ANSWERS = (
    ("答复类型", "答复日期", "文号", "送达方式", "送达日期", "凭证号"),
    ("重新答复类型", "重新答复日期", "重新答复文号", "重新送达方式", "重新送达日期", "重新凭证号"),
)
REMARK = "备注"


def whole_columns(names: Collection[str]) -> list[str]:
    """The columns that a table with those columns may say once for all its lines."""
    found: list[str] = []
    for column, only_with in WHOLE.items():
        if column not in names and (not only_with or only_with in names or only_with in found):
            found.append(column)
    return found


def choices_of(column: str, names: Collection[str], allowed: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What may be said for all lines of a column that a table with those columns has not."""
    served = ("重新" if column.startswith("重新") else "") + "送达日期"
    said = SAID_DAYS.get(column) or allowed.get(column, ())
    return tuple(text for text in said if text != SAME_AS_SERVED or served in names)


def fill(cells: dict[str, str], whole: Mapping[str, str]) -> list[str]:
    """Fill a line with what is said for all; the columns of days that were filled so, or were put into the remark."""
    days: list[str] = []
    for kind, answered, number, way, served, _ in ANSWERS:
        if (cells[kind] or cells[number]) and not cells[answered] and (said := whole.get(answered)):
            if said == SAME_AS_SERVED and cells[served]:
                cells[answered] = cells[served]
                days.append(answered)
            elif said == INTO_REMARK:
                to_remark(cells, kind, number)
                days.append(answered)
        delivered = cells[way] or whole.get(way)
        if cells[answered] and delivered and not cells[served] and whole.get(served) == SAME_AS_ANSWERED:
            cells[served] = cells[answered]
            days.append(served)
    for column, text in whole.items():
        only_with = WHOLE.get(column)
        if column not in SAID_DAYS and (not only_with or cells[only_with]):
            cells[column] = cells[column] or text
    return days


def to_remark(cells: dict[str, str], *columns: str) -> None:
    """Move cells that cannot be taken where they are into the remark, each with the name of its column."""
    for column in filter(cells.get, columns):
        cells[REMARK] = "；".join(filter(None, (cells[REMARK], f"台账写的{column}：{cells[column]}")))
        cells[column] = ""
