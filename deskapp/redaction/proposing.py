"""What on a page should perhaps be covered: numbers, plates, addresses, names, words given by hand. It only proposes.

The page is read twice: as its lines stand, and in the order in which the file writes it, for the text of a box of a table that runs over
two lines is together only there. What is found of either reading counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from deskapp.redaction.numbers import Personal, numbers_in
from deskapp.redaction.pages import GAP, PaperPage, Spot, apart

PLATE = re.compile(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·•.]?"
    "(?:[0-9A-HJ-NP-Z]{5}[0-9]?|[0-9A-HJ-NP-Z]{4}[挂学警港澳])(?![0-9A-Za-z])"
)
EMAIL = re.compile(r"[0-9A-Za-z_.+-]{1,64}@[0-9A-Za-z-]{1,63}(?:\.[0-9A-Za-z-]{1,63}){1,4}")
PAPER = re.compile(
    r"(?:护照|通行证|回乡证|台胞证|居留证|军官证|警官证)(?:号码?)?[:： ]{0,2}([A-Za-z]{0,3}[0-9]{6,12})"
)
SAID_TO_BE = re.compile(
    "(?:姓名|联系人|户主|申请人|被申请人|法定代表人|委托代理人|当事人|举报人|投诉人|被举报人|被投诉人|收款人|领款人|户名|开户人|承包人|经办人)"
    "[:： ]{0,3}([\u4e00-\u9fa5][\u4e00-\u9fa5·]{1,7})"
)
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石贾韦夏付方邹熊孟秦邱"
    "侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪葛应倪毕岳齐梅庄辛管祝左涂温柯单翁虞俞楼骆詹裴阮章鲍华褚卫"
)
STANDS_BEFORE = re.compile(
    r"([\u4e00-\u9fa5]{2,4})[ ,，、:：（(]{0,3}(?:的?(?:身份证号?码?|电话|手机号?码?)[（(:： ]{0,2})?$"
)
NO_NAME = re.compile("身份|电话|号码?|银行|金额|地址|住址|单位|性别|日期|签名|签字|盖章|意见|公司|机关|政府|委员会")
OF_PERSONS = ("identity", "phone", "card")  # numbers before which a name stands
STREET = "村|社区|路|街|巷|弄|小区|新村|家园|花园|苑|大道|里|屯|庄|镇|乡"
HOUSE = re.compile(
    r"[0-9]+(?:[-—][0-9]+){0,3}(?:号|组|队|幢|栋|座|单元|室|户)(?:[0-9]+(?:[-—][0-9]+){0,3}(?:号|组|队|幢|栋|座|楼|单元|室|户)){0,5}"
)
LIVED_IN = re.compile(rf"(?:{STREET})[^0-9]{{0,6}}$")
OF_SOMEBODY = re.compile("住址|住所|家庭|户籍|居住地|住在|家住|地址|通讯处|现住")
LEADS = re.compile(r"^.*(?:住址为?|住所地?为?|户籍地?为?|居住地为?|地址为?|住在|家住|现住|位于|系|住)")
OF_ADDRESS = re.compile(r"[\u4e00-\u9fa50-9A-Za-z#\-]*$")
LONGEST_ADDRESS = 40
MOST_JOINED = 1  # characters that are taken to belong to what is covered before or behind them
WECHAT = re.compile(
    r"(?:微信号?|[Ww]e[Cc]hat|(?<![A-Za-z])[Vv]信|(?<![A-Za-z])[Vv][Xx]|(?<![A-Za-z])[Ww][Xx]) ?(?:号码?|ID|id)?[:： ]{0,3}([A-Za-z0-9][-_0-9A-Za-z]{4,19})"
)
QQ = re.compile(r"(?<![A-Za-z])[Qq]{2}(?:号码?)?[:： ]{0,3}([1-9][0-9]{4,11})(?![0-9])")


@dataclass(frozen=True)
class KnownBefore:
    """What is known beforehand: ``names`` of the register, ``words`` that somebody gave, ``ours``: numbers of the office itself, digits only,
    which are nobody's secret."""

    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    ours: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CoverProposal:
    """Something that should perhaps be covered; one that is not ``sure`` has to be looked at, ``why`` says what for."""

    kind: str
    spots: frozenset[Spot]
    value: str
    sure: bool = True
    why: str = ""


def proposals(page: PaperPage, known: KnownBefore, today: date) -> list[CoverProposal]:
    """What should perhaps be covered on a page, from the top; each character at most once. What overlaps is one: no part of any hit is
    left out because another was found first."""
    found: list[CoverProposal] = []
    for reading in (_as_lines(page), _as_written(page)):
        text = "".join(sign for sign, _ in reading)
        for hit in hits(text, known, today):
            spots = frozenset(spot for _, spot in reading[hit.start : hit.end] if spot)
            found.append(CoverProposal(hit.kind, spots, _shown(text[hit.start : hit.end]), hit.sure, hit.why))
    sure = _joined(page, (item for item in found if item.sure))
    for item in _joined(page, (item for item in found if not item.sure)):
        sure = _beside(page, sure, item)
    return sorted(sure, key=lambda p: min(p.spots))


def _joined(page: PaperPage, found: Iterable[CoverProposal]) -> list[CoverProposal]:
    """Hits of which none overlaps another: those that do are one, of the kind of the longest."""
    joined: list[CoverProposal] = []
    for item in sorted(found, key=lambda p: -len(p.spots)):
        over = [other for other in joined if other.spots & item.spots]
        if item.spots and not over:
            joined.append(item)
        elif any(item.spots - other.spots for other in over):
            first, spots = over[0], item.spots.union(*(other.spots for other in over))
            joined = [other for other in joined if other not in over]
            value = first.value if spots == first.spots else page.text_of(spots)
            joined.append(replace(first, spots=spots, value=value))
    return joined


def _beside(page: PaperPage, taken: list[CoverProposal], item: CoverProposal) -> list[CoverProposal]:
    """The hits with one more that has to be looked at. Where a part of it is covered for sure, one character more belongs to that (张三 is
    known, 张三丰 stands there); of more than one somebody decides whether it is the same name."""
    over = [other for other in taken if other.spots & item.spots]
    rest = item.spots.difference(*(other.spots for other in over))
    if not rest:
        return taken
    if over and len(rest) <= MOST_JOINED:
        spots = over[0].spots | rest
        whole = replace(over[0], spots=spots, value=page.text_of(spots))
        return [whole if other is over[0] else other for other in taken]
    known = "、".join(other.value for other in over)
    why = f"连着的{known}已经要遮，看这几个字是不是同一处的。" if over else item.why
    return [*taken, replace(item, spots=rest, value=page.text_of(rest) if over else item.value, why=why)]


def places_of(page: PaperPage, word: str) -> list[frozenset[Spot]]:
    """Where a word stands on a page, blanks and the ends of lines between its signs or not."""
    sought = _half("".join(word.split()))
    if not sought:
        return []
    wanted = _compiled(sought)
    places: list[frozenset[Spot]] = []
    for reading in (_as_lines(page), _as_written(page)):
        for match in wanted.finditer("".join(sign for sign, _ in reading)):
            spots = frozenset(spot for _, spot in reading[match.start() : match.end()] if spot)
            if not any(spots & other for other in places):
                places.append(spots)
    return sorted(places, key=min)


# -- the text of a page ----------------------------------------------------------------------------------------------

Reading = list[tuple[str, Spot | None]]  # one sign each, and where it stands


def _as_lines(page: PaperPage) -> Reading:
    """The lines of the page one after the other."""
    reading: Reading = []
    for n, line in enumerate(page.lines):
        reading += [(_half(char), (n, at) if at >= 0 else None) for char, at in line.pieces]
        reading.append(("\n", None))
    return reading


def _as_written(page: PaperPage) -> Reading:
    """The characters in the order of the file."""
    chars = [(char, (n, at)) for n, line in enumerate(page.lines) for at, char in enumerate(line.chars)]
    chars.sort(key=lambda item: item[0].n)
    reading: Reading = [(_half(char.char), spot) for char, spot in chars[:1]]
    for (before, there), (char, spot) in pairwise(chars):
        if apart(before.box, char.box) > GAP * char.box.height:
            reading.append((" " if there[0] == spot[0] else "\n", None))
        elif char.blank:
            reading.append((" ", None))
        reading.append((_half(char.char), spot))
    return reading


def _half(text: str) -> str:
    """Full-width letters and digits half-width, sign by sign."""
    return "".join(_half_sign(sign) for sign in text)


def _half_sign(sign: str) -> str:
    other = unicodedata.normalize("NFKC", sign)
    return other if len(other) == 1 and sign not in "，。：；（）！？" else sign


def _shown(text: str) -> str:
    return " ".join(text.split())


# -- what stands in a text -------------------------------------------------------------------------------------------


def hits(text: str, known: KnownBefore, today: date) -> list[Personal]:
    """What should perhaps be covered of a text, half-width; some may overlap."""
    numbers = [
        hit
        for hit in numbers_in(text, today)
        if re.sub("[^0-9X]", "", text[hit.start : hit.end].upper()) not in known.ours
    ]
    found = [*_given(text, known), *numbers]
    found += [Personal("plate", *match.span()) for match in PLATE.finditer(text)]
    found += [Personal("email", *match.span()) for match in EMAIL.finditer(text)]
    found += [Personal("identity", *match.span(1)) for match in PAPER.finditer(text)]
    found += [Personal("online", *match.span(1)) for sought in (WECHAT, QQ) for match in sought.finditer(text)]
    found += _addresses(text)
    return [*found, *_perhaps_names(text, numbers)]


def _given(text: str, known: KnownBefore) -> Iterator[Personal]:
    """Names and words that were handed in."""
    squeezed = "".join(text.split())
    for kind, words in (("word", known.words), ("name", known.names)):
        for word in dict.fromkeys(_half("".join(word.split())) for word in words):
            if word in squeezed and (len(word) > 1 or kind == "word") and word:
                yield from (Personal(kind, *match.span()) for match in _compiled(word).finditer(text))


def _compiled(word: str) -> re.Pattern[str]:
    """A word in whose Chinese signs blanks may stand, as in names of two signs; an end of a line anywhere."""
    return re.compile(r"[ \n]{0,3}".join(map(re.escape, word)))


def _perhaps_names(text: str, numbers: Iterable[Personal]) -> Iterator[Personal]:
    """Who is said to be somebody, or stands directly before a number of his: nobody knows whether it is a name."""
    for match in SAID_TO_BE.finditer(text):
        name = match[1]
        if NO_NAME.search(name[:4]):
            continue
        end = match.start(1) + (len(name) if "·" in name else min(len(name), 4))
        yield Personal(
            "name", match.start(1), _short_of(text, match.start(1), end), False, "像姓名，登记簿里没有这个人。"
        )
    for hit in numbers:
        line = text[max(0, hit.start - 30) : hit.start].rpartition("\n")[2]
        found = STANDS_BEFORE.search(line)
        name = found[1].rstrip("的之") if found else ""
        if found and len(name) > 1 and name[0] in SURNAMES and hit.kind in OF_PERSONS and not NO_NAME.search(name):
            start = hit.start - len(line) + found.start(1)
            yield Personal("name", start, start + len(name), False, "和号码在一起，像姓名，登记簿里没有这个人。")


def _short_of(text: str, start: int, end: int) -> int:
    """Where a name ends before a word that follows it without a blank."""
    for at in range(start + 2, end):
        if text[at : at + 2] in ("身份", "电话", "手机", "住址", "联系", "地址", "性别", "同志", "先生", "女士"):
            return at
    return end


def _addresses(text: str) -> Iterator[Personal]:
    """Houses with their street or village; one where somebody lives by what stands before it or by its room is sure."""
    for house in HOUSE.finditer(text):
        before = text[max(0, house.start() - LONGEST_ADDRESS) : house.start()]
        run = OF_ADDRESS.search(before)
        part = run[0] if run else ""
        if not LIVED_IN.search(part):
            continue
        label = text[max(0, house.start() - len(part) - 8) : house.start()]
        lead = LEADS.match(part)
        start = house.start() - len(part) + (lead.end() if lead else 0)
        sure = bool(OF_SOMEBODY.search(label) or re.search("组|队|单元|室|户", house[0]))
        yield Personal("address", start, house.end(), sure, "" if sure else "像地址，可能是单位的。")
