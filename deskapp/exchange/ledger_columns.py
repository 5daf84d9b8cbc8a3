"""What the ledger has: its columns, the words of those that have words of their own, how others call them."""

from __future__ import annotations

from deskapp.exchange.columns import Columns, Together
from deskapp.exchange.mapping import NOTHING, cell_shapes, open_names, usual
from deskapp.law.annual_report import Outcome, Route, class_names
from deskapp.law.categories import categories
from deskapp.law.clock_events import OrderedBy, ServedBy
from deskapp.law.receipt import channel_names

SHEET, NUMBER = "台账", "登记号"
NUMBERED = ("登记号", "文号", "重作文号", "重新答复文号")
COLUMNS = (
    "登记号", "收到日期", "收到方式", "申请人", "申请人类别", "证件类型", "证件号码", "联系电话", "通信地址", "申请内容",
    "获取方式", "答复类型", "答复日期", "文号", "送达方式", "送达日期", "凭证号", "复议结果", "诉讼类型", "诉讼结果", "备注",
    "代理人", "监护人", "一起申请的人", "推选的代表", "法定代表人", "邮政编码", "电子邮箱", "收到确认",
    "重作依据", "重作文号", "重作收到日期", "重作工作日数", "重新答复类型", "重新答复日期", "重新答复文号", "重新送达方式", "重新送达日期",
    "重新凭证号",
)  # fmt: skip
REQUIRED = ("收到日期", "收到方式", "申请人", "申请人类别", "申请内容")
OUTCOMES: dict[str, Outcome] = {"维持": "upheld", "纠正": "corrected", "其他": "other", "未审结": "pending"}
SUITS: dict[str, Route] = {"未经复议": "suit_direct", "复议后": "suit_after_review"}
WAYS: dict[str, ServedBy] = {
    "当面": "in_person", "当面送达": "in_person", "委托": "entrusted", "委托送达": "entrusted", "挂号邮寄": "registered_mail",
    "邮寄": "registered_mail", "EMS": "registered_mail", "邮政挂号或EMS": "registered_mail", "网络": "online",
    "网上送达": "online", "电子邮件": "online", "快递": "courier", "其他快递企业": "courier",
    "留置送达": "refused", "拒绝签收": "refused", "公告送达": "public_notice", "公告": "public_notice",
}  # fmt: skip
NOT_CONFIRMED = "还没有确认"
ORDERS: dict[str, tuple[OrderedBy, bool]] = {
    "复议撤销": ("review", False), "复议部分撤销": ("review", True), "判决撤销": ("court", False), "判决部分撤销": ("court", True),
    "自行撤销": ("self", False), "自行部分撤销": ("self", True),
}  # fmt: skip
DAYS = ("收到日期", "答复日期", "送达日期", "重作收到日期", "重新答复日期", "重新送达日期")
ALLOWED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("收到方式", tuple(channel_names().values())),
    ("申请人类别", tuple(class_names().values())),
    ("送达方式", tuple(WAYS)),
    ("复议结果", tuple(OUTCOMES)),
    ("诉讼类型", tuple(SUITS)),
    ("诉讼结果", tuple(OUTCOMES)),
    ("收到确认", (NOT_CONFIRMED,)),
    ("重作依据", tuple(ORDERS)),
    ("重新送达方式", tuple(WAYS)),
)
WORDED = ("答复类型", "重新答复类型")


def allowed_words() -> dict[str, tuple[str, ...]]:
    """What may stand in each column that has words of its own."""
    names = tuple(item.name for item in categories())
    return {**dict(ALLOWED), **dict.fromkeys(WORDED, names)}


ASKED = {
    "收到方式": ("邮寄", "信函", "信件", "来信", "来函", "邮件", "书信", "邮寄申请", "信函申请", "书信申请", "邮寄提交", "信函提交"),
    "申请人类别": ("法人", "单位", "组织", "法人或其他组织", "法人和其他组织", "法人及其他组织"),
    "答复类型": ("不予公开", "不公开", "无法提供", "不予处理", "其他处理", "其他", "本机关不掌握"),
}  # fmt: skip
"""Words that tell what stands in a column, though which of ours they mean is asked."""


def _known_words() -> dict[str, frozenset[str]]:
    """The words of each column, ours and those of offices; not those that say nothing."""
    return {
        column: frozenset((*words, *_others(column.removeprefix("重新")), *ASKED.get(column, ())))
        for column, words in allowed_words().items()
    }


def _others(column: str) -> list[str]:
    return [other for other, ours in usual().words.get(column, {}).items() if ours != NOTHING]


def _idle_words() -> frozenset[str]:
    return frozenset(other for of in usual().words.values() for other, ours in of.items() if ours == NOTHING)


LEDGER = Columns(
    SHEET, COLUMNS, REQUIRED, usual().columns, open_names(), _known_words(), cell_shapes(), _idle_words(), DAYS,
    NUMBER, Together("申请人", "一起申请的人", ("证件号码", "联系电话", "通信地址"), ("证件类型", "邮政编码", "电子邮箱"), ("收到日期", "申请内容")),
)  # fmt: skip
