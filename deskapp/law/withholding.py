"""What is covered in a copy that is given out, by kind, and why: the reasons of 条例 14, 15, 16 and 37, with their articles as the law's
data has them."""

from __future__ import annotations

from dataclasses import dataclass

from deskapp.law.categories import category

COVERED: dict[str, str] = {
    "identity": "身份证件号码",
    "phone": "电话号码",
    "card": "银行卡号",
    "account": "账号",
    "plate": "车牌号",
    "address": "住址",
    "name": "姓名",
    "email": "电子邮箱",
    "online": "微信号、QQ号",
    "number": "其他号码",
    "word": "指定的词",
    "line": "整行",
    "part": "行内一段",
    "place": "页上一块",
}
"""What is covered, by kind: the list of a copy counts by these."""
PRIVACY = "privacy"
_NAMES = {
    PRIVACY: ("third_party", "个人隐私"),
    "trade_secret": ("third_party", "商业秘密"),
    "state_secret": ("state_secret", "国家秘密"),
    "prohibited_by_law": ("prohibited_by_law", "法律、行政法规禁止公开"),
    "public_security": ("public_security", "公开后可能危及国家安全、公共安全、经济安全、社会稳定"),
    "internal_affairs": ("internal_affairs", "内部事务信息"),
    "deliberative": ("deliberative", "过程性信息"),
    "enforcement_file": ("enforcement_file", "行政执法案卷信息"),
    "not_information": ("partial", "不属于政府信息"),
}
"""The reasons by key: the outcome whose article it is, and what it is called."""


@dataclass(frozen=True)
class Reason:
    """One reason: ``article`` is the first of the outcome's."""

    key: str
    name: str
    article: str


def reasons() -> tuple[Reason, ...]:
    """All of them, the usual first."""
    return tuple(Reason(key, name, _first(category(of).article)) for key, (of, name) in _NAMES.items())


def reason(key: str) -> Reason:
    """The reason with that key. Raises KeyError."""
    of, name = _NAMES[key]
    return Reason(key, name, _first(category(of).article))


def _first(articles: str) -> str:
    return articles.partition("、")[0]
