"""Whether a number in a sentence is a figure of the report: what stands around it may deny it, or speak of other matters, of a part of the
year, of the routes or of the offices, or of another year. Where that is so, nothing is said of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

_COUNTS = frozenset(("new", "intake", "total", "carried_in", "carried_out"))
_DENIED = re.compile("(?:未|尚未|没有?|未能|未予|不能|不再|不)$")
_OTHER_MATTERS = re.compile(
    "热线|12345|行政(?:许可|处罚|审批|执法案件)|政务服务事项|人大(?:代表)?(?:建议|议案)|建议提案|代表建议|政协(?:委员)?提案|委员提案|提案"
    "|信访(?!举报投诉类申请)|来信来访|群众来信|投诉|举报|留言|咨询|便民|补助|救助|市长信箱|领导信箱|主任信箱|镇长信箱"
)
_PARTS = re.compile(
    "[一二三四1-4]季度|[上下]半年|[0-9一二三四五六七八九十]{1,2}月(?:份)?|(?:网上|网络|线上|线下|信函|邮寄|当面|现场|窗口|传真|邮件|邮箱|平台|网站|信件|书面)"
    "|本级|下属|所属|直属|下级|乡镇|街道办?收|(?<!政府)(?<!本)(?:党政|农业|综治|民政|城建|经发|社会事务|财政|自然资源)(?:办|局|所|站|中心)"
)
_COMPARED = re.compile("(?:较|比|与|同)(?:去年|上一?年|前一?年|20[0-9]{2}年)(?:度)?(?:同期)?(?:的)?$")
_OF_THEM_OURS = re.compile("[，,（(]其中[^，。；0-9]{0,10}本级")  # then it is the number of several offices
_CLAUSE, _ENDS = re.compile("[，。；：（）、\n]"), "，。；、（）\n"
_NUMERAL = re.compile("(?<![一二三四五六七八九十百千零〇第])[一二三四五六七八九十百千零〇两]{1,8}(?=[件起宗])")
_DIGITS = {sign: n for n, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def is_of_report(plain: str, start: int, end: int, keys: tuple[str, ...]) -> bool:
    """Whether the number between two places of a text is one of the report's figures ``keys``."""
    before = _CLAUSE.split(plain[max(0, start - 60) : start])[-1]
    if _DENIED.search(before):
        return False
    if not _COUNTS.intersection(keys):
        return True
    after = re.split(f"[{_ENDS}]", plain[end : end + 30], maxsplit=1)[0]
    if _OTHER_MATTERS.search(before + plain[start:end] + after):
        return False
    if _OF_THEM_OURS.match(plain[end : end + 40]):
        return False
    return not (_PARTS.search(before) or _COMPARED.search(before))


def in_figures(plain: str) -> str:
    """A text with the numerals before 件, 起 and 宗 as figures: 六十件 is 60件. 一件 alone counts nothing."""
    return _NUMERAL.sub(lambda found: found[0] if found[0] == "一" else str(_number(found[0])), plain)


def _number(text: str) -> int:
    if not any(sign in _UNITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total, last = 0, 0
    for sign in text:
        if sign in _UNITS:
            total += (last or 1) * _UNITS[sign]
            last = 0
        else:
            last = _DIGITS[sign]
    return total + last


_ROUTE = (
    "(?:通过)?(?:网上|网络|线上|信函|邮寄|当面|现场|传真|电子邮件|邮件|公民|自然人|法人或者?其他组织|企业)"
    "(?:形式|方式|途径|渠道)?(?:申请|提交|提出|收到)*(?:的)?"
)
_ITEM = rf"{_ROUTE}([0-9]{{1,6}})件(?:[,，、]?(?:约)?占(?:比)?[0-9.]+%)?"
_LIST = re.compile(
    rf"(?:收到|受理|接收)(?:政府信息|信息|依申请|公开|申请|件)*([0-9]{{1,6}})件[，（：,(]?(?:其中)?[：，:]?({_ITEM}(?:[，、,]{_ITEM})+)"
)


def sums_too_high(plain: str) -> list[tuple[str, int, int]]:
    """The lists of routes or of applicants whose parts come to more than their whole: the words, the whole, the sum. One that comes to less
    may leave something out."""
    found = []
    for listed in _LIST.finditer(plain):
        total = int(listed[1])
        parts = sum(int(number) for number in re.findall(_ITEM, listed[2]))
        before = _CLAUSE.split(plain[max(0, listed.start() - 60) : listed.start()])[-1]
        if parts > total and not _PARTS.search(before):
            found.append((listed[0], total, parts))
    return found


_RATE = re.compile(
    r"(?<!按期)(?<!按时)(?<!及时)(?<!时限内)(?<!期限内)(?:办结|答复|办复)率(?:约)?(?:为|是|达到?)?([0-9]{1,3}(?:\.[0-9]{1,2})?)%"
)


def rates(plain: str, figures: Mapping[str, int]) -> list[tuple[str, str, list[tuple[str, float]]]]:
    """The rates of what was answered that fit no base: the words, the rate, what it is of each base. 100% is said of what was due, and left."""
    bases = [(key, 100 * figures["total"] / figures[key]) for key in ("intake", "new") if figures.get(key)]
    found = []
    for rate in _RATE.finditer(plain) if "total" in figures and bases else ():
        before = _CLAUSE.split(plain[max(0, rate.start() - 60) : rate.start()])[-1]
        slack = 0.5 * 10.0 ** -len(rate[1].partition(".")[2]) + 1e-9
        fits = any(abs(value - float(rate[1])) <= slack for _, value in bases)
        if not fits and float(rate[1]) < 100 and not (_OTHER_MATTERS.search(before) or _PARTS.search(before)):
            found.append((rate[0], rate[1], bases))
    return found
