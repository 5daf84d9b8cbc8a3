"""The figures that the text of an annual report quotes: found in its sentences, compared with the tables (identity f).

Only what a sentence says in the usual words is taken: a figure whose words are not known is no figure here. A share is compared with what
it may be a share of, a growth with the year before where that is known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from deskapp.law.annual_report import report_file
from deskapp.law.report_checks import Check, ReportFault, checked_by
from deskapp.law.report_context import in_figures, is_of_report, rates, sums_too_high

# Words that may stand between what is counted and its number, and say nothing of it.
_FILL = (
    r"(?:政府信息|信息|依申请|公开件|申请件|办理件|公开|申请|案件|数量|情况|事项|结果|答复|决定|处理|办理|发生|收到|受理|产生|引发|提起|被|因|的|为|共计|合计|"
    r"共|计|有|了|总数|总量|总|数|全年|年度|本年|下年|继续|[0-9]{4}年(?:度)?|[:：(（])*+"
)  # never given back: a text of such words only would be tried in every way
_REMARK = "(?:[（(][^（()）]{0,20}[）)])?"
_COUNT = r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?:件|宗|起|项|份|条|例|次)(?:次)?"
_SHARE = r"(?:[,，、(（]?(?:(?:约)?占(?:比|[^0-9，。；]{0,12}?(?:的)?)?|(?<=[(（]))(?:约|为|达)?(?P<share>[0-9]{1,3}(?:\.[0-9]{1,2})?)%)?"
_WAY = "(?:增长|上升|增加|提高|下降|减少|降低|回落)"
# 同比增长12.5%, 较上年增加15件, 比上年减少3件，下降20%, 与上年持平; the number of the year before in brackets.
_GROWTH = (
    r"(?:[,，(（]?(?:申请(?:数量|量)?|数量)?(?:较|比|同比|与)(?:20[0-9]{2}年(?:度)?)?[^0-9，。；]{0,8}"
    rf"(?:(?P<same>持平)|(?P<way>{_WAY})(?:了)?(?:(?P<more>[0-9]{{1,7}})(?:件|宗)(?!以|左右|多)(?:[,，、](?:同比)?{_WAY}(?:了)?(?=[0-9.]+%))?)?"
    r"(?:(?P<growth>[0-9]{1,4}(?:\.[0-9]{1,2})?)%)?)"
    r"(?:[（(](?:20[0-9]{2}年|上年|去年)(?:度)?(?:为)?(?P<base>[0-9]{1,9})件[）)])?)?"
)
_OF_PEOPLE = (
    r"(?:(?:社会公众|公众|公民、法人(?:和|或者?|及)其他组织|公民|群众|社会各界|申请人)(?:提出|提交|递交)?(?:的)?)?"
)
_NEXT_YEAR = r"(?:结转|转结|顺延|转)(?:至|到)?(?:下(?:一)?年(?:度)?|次年|20[0-9]{2}年(?:度)?)"
_OF_REQUESTS = r"(?:政府信息|信息|公开|依法|书面)*(?:依申请公开)?(?:申请|请求|依申请公开)"
_OF_OPENNESS = r"(?:涉及|关于|方面|因|的|政府信息|信息|公开|依申请|申请|工作|引起|引发|产生|类)*"
_NO_MORE = r"(?![^，。；]{0,8}[0-9])"  # where a number follows, it is that one which is meant
_HAPPENED = r"(?:有|发生|引发|产生|收到)(?:了)?(?:共计|共)?"
_NOT_HAPPENED = rf"(?:未|没有)(?:发生|出现|产生|收到)(?:过)?{_OF_OPENNESS}(?:被申请|提起)?"
# What is counted, by the words of reports: the figures that it can be, the first that fits is meant.
_COUNTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"(?:本年(?:度)?)?新(?:收(?:到)?|受理|接收)", ("new",)),
    (r"(?:上年(?:度)?|20[0-9]{2}年(?:度)?)(?:结转(?!下|至|到|20)|转(?:至|到|入)(?:今年|本年(?:度)?))", ("carried_in",)),
    (r"(?<!新)(?:收到|受理|收办|接收)(?:和|并)?(?:办理)?(?=[^，。；]{0,16}(?:依申请|申请|政府信息))(?:依申请)?" + _OF_PEOPLE, ("new", "intake")),
    (r"办结|作出答复|完成[^，。；0-9]{0,16}答复|(?<![^，。；、：])(?:共|已|全年|累计|均已)?答复|(?:期限|时限)内(?:予以|作出|均)?答复", ("total",)),
    (r"(?<![^，。；、：])(?:共|已|全年|全年共|累计|共计)办理", ("total", "intake", "new")),
    (rf"(?:结转)?(?:至|到|转)?(?:下年(?:度)?|20[0-9]{{2}}年(?:度)?)继续办理|(?<!年)(?<!年度){_NEXT_YEAR}", ("carried_out",)),
    (r"未(?:能)?办结", ("carried_out",)),
    (r"自然人", ("natural_persons", "new_natural_persons")),
    (r"法人(?:或者?|和|及|、)其他组织", ("organisations", "new_organisations")),
    (r"(?<!不)予以公开(?:及|和|、|或者?)部分公开", ("group_granted+group_partial",)),
    (r"(?<!不)(?<!及)予以公开(?!(?:及|和|、|或者?)部分)|(?<!不)同意公开", ("group_granted",)),
    (r"(?<!公开[及和、或])(?<!公开或者)部分公开", ("group_partial",)),
    (r"不予公开", ("group_refused",)),
    (r"(?<!掌握)(?<!政府信息)无法提供", ("group_unable",)),
    (r"不予处理", ("group_not_processed",)),
    (r"其他处理", ("group_other",)),
    (r"行政复议(?:案件)?(?:、|和|及|与|或者?)(?:行政)?诉讼", ("review+suit",)),
    (r"行政复议(?:案件)?(?:、|和|及|与)(?:被|提起)*(?:行政)?诉讼(?:案件)?各", ("review",)),
    (r"(?<=复议[、和及与])(?:被|提起)*(?:行政)?诉讼(?:案件)?各", ("suit", "suit_direct", "suit_after_review")),
    (r"行政复议", ("review",)),
    (
        r"(?<!复议[、和及与或])(?<!复议或者)(?<!复议案件[、和及与或])(?:行政诉讼|(?<=[，；])诉讼)",
        ("suit", "suit_direct", "suit_after_review"),
    ),
)  # fmt: skip
# The same where the number stands first.
_COUNTED_AFTER: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (r"(?:收到|受理|接收|接到)(?:了)?(?:共计|共)?", _OF_REQUESTS, ("new", "intake")),
    (r"(?<![0-9.,])", rf"(?:申请)?[^0-9，。；、]{{0,14}}?{_NEXT_YEAR}{_NO_MORE}", ("carried_out",)),
    (r"(?:尚有|还有|仍有|有)", r"(?:申请)?(?:尚|还)?未(?:能)?办结", ("carried_out",)),
    (_HAPPENED, rf"{_OF_OPENNESS}行政复议(?!、|和|及|与|或){_NO_MORE}", ("review",)),
    (_HAPPENED, rf"{_OF_OPENNESS}行政诉讼{_NO_MORE}", ("suit", "suit_direct", "suit_after_review")),
)
# What a text says did not happen.
_NOTHING: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"(?:未|没有)(?:接收|收|接)(?:到)?(?:任何|过)?(?:形式的|公民、法人(?:和|或者?)其他组织(?:提出|提交)的)?"
        r"(?:政府信息公开|政府信息依申请公开|依申请公开|信息公开|公开政府信息)(?:的)?(?:政府信息)?(?:申请|请求|事项|办件)?(?=[，。；、.])",
        ("new",),
    ),
    (rf"{_NOT_HAPPENED}行政复议(?=(?:案件|情况|事项)?(?:[，。；]|(?:、|和|及|或者?)))", ("review",)),
    (rf"{_NOT_HAPPENED}行政复议(?:案件)?(?:、|和|及|或者?)(?:行政)?诉讼(?=(?:案件|情况|事项)?[，。；])", ("review+suit",)),
)  # fmt: skip
_TAIL = f"{_SHARE}{_GROWTH}"
_PATTERNS = (
    *((re.compile(f"(?:{words}){_REMARK}{_FILL}{_COUNT}{_TAIL}"), keys) for words, keys in _COUNTED),
    *((re.compile(f"{before}{_COUNT}{words}"), keys) for before, words, keys in _COUNTED_AFTER),
    *((re.compile(words), keys) for words, keys in _NOTHING),
)
_BASES = ("total", "intake", "new")
HALF = 0.5
MOST_SHOWN, LONGEST_SHOWN = 9, 28  # clauses that are named, by how many signs
# Clauses that compare applications or answers with others, or with the year before.
_SHARES = re.compile(
    rf"[^，。；：、]{{0,16}}(?:申请|答复|办结|公开|提供|处理|受理|收到|自然人|法人|复议|诉讼)[^。；]{{0,24}}?(?:(?:占|{_WAY})[^，。；：、0-9]{{0,12}}[0-9]+(?:\.[0-9]+)?%|持平|翻[了]?[一两]番|[一二三四五六七八九]成)"
)
FALLING = ("下降", "减少", "降低", "回落")
_YEAR = re.compile(r"(?<![0-9较比与同])(20[0-9]{2})年(?!(?:度)?(?:结转|转|继续))")
_PAGE = re.compile(r"\s*[-—－–]+\s*[0-9]{1,3}\s*[-—－–]+\s*")  # the number of a page, which stands amid sentences
NAME = "f. 文字里的数＝表格里的数"
KEPT = "，；：（）"  # signs that end a clause: an ordinary comma stands inside a number


@dataclass(frozen=True)
class Quotation:
    """A figure in the text: the figures it can be, its number, the share and the growth in percent with their decimals, the words; the number
    of the year before where the text tells it, which sentence it stands in, by how many it grew (``more``), and its places in the text."""

    keys: tuple[str, ...]
    number: int
    share: str = ""
    growth: str = ""
    words: str = ""
    base: int = 0
    sentence: int = 0
    more: int | None = None
    span: tuple[int, int] = (0, 0)


def quotations(text: str, year: int | None = None) -> Iterator[Quotation]:
    """The figures that a text quotes, by kind of figure, in order. Those of another year than ``year`` are none of this report."""
    plain = _plain(text)
    seen: set[tuple[int, tuple[str, ...]]] = set()  # a figure may be told by two wordings
    for pattern, keys in _PATTERNS:
        for found in pattern.finditer(plain):
            at = (found.start(), keys)
            if at in seen or (year is not None and _of_another_year(plain[: found.start()], year)):
                continue
            if is_of_report(plain, found.start(), found.end(), keys):
                seen.add(at)
                yield replace(_quotation(keys, found), sentence=plain.count("。", 0, found.start()))


def _plain(text: str) -> str:
    """A text without blanks and numbers of pages, its signs and numbers of half width, numerals of what is counted as figures."""
    whole = "\n".join(line for line in text.splitlines() if not _PAGE.fullmatch(line))
    return in_figures(
        "".join(sign if sign in KEPT else unicodedata.normalize("NFKC", sign) for sign in whole if not sign.isspace())
    )


def _quotation(keys: tuple[str, ...], found: re.Match[str]) -> Quotation:
    groups = found.groupdict()
    way, grown = groups.get("way") or "", groups.get("growth")
    growth = f"{'-' if way in FALLING else ''}{grown}" if grown else ""
    number = int((groups.get("number") or "0").replace(",", ""))
    by = groups.get("more") or ("0" if groups.get("same") else "")
    return Quotation(
        keys, number, groups.get("share") or "", growth, found.group(), int(groups.get("base") or 0), 0,
        (-1 if way in FALLING else 1) * int(by) if by else None, found.span(),
    )  # fmt: skip


def _of_another_year(before: str, year: int) -> bool:
    """Whether the sentence up to a figure speaks of another year: the last one named in it."""
    years = _YEAR.findall(re.split("[。；]", before)[-1])
    return bool(years) and int(years[-1]) != year


def check_text(text: str, figures: Mapping[str, int], last: Mapping[str, int], year: int | None = None) -> Check:
    """The figures of a text against those of the tables; ``last`` are those of the year before, empty where they are not known."""
    found = [quoted for quoted in quotations(text, year) if all(key in figures for key in _single(quoted.keys))]
    found = [quoted for quoted in found if not _is_part(quoted, found, figures)]
    faults = [fault for quoted in found for fault in _faults(quoted, figures, last)]
    plain = _plain(text)
    faults += _other_faults(plain, figures)
    names = report_file().figures
    missing = [names[key] for key in ("new", "total") if not any(key in quoted.keys for quoted in found)]
    said = f"文字里找到{len(found)}个数" + (f"，没有找到{'、'.join(missing)}" if missing else "")
    asides = tuple(_not_compared(plain, found, last))
    if not found and not faults:
        return Check(key="f", name=NAME, ok=True, detail=f"{said}：没有可以核对的数", compared=False, asides=asides)
    return checked_by("f", NAME, faults, f"{said}：").model_copy(update={"asides": asides})


def _not_compared(plain: str, found: list[Quotation], last: Mapping[str, int]) -> Iterator[str]:
    """The clauses of shares and growth that nothing could be compared with, each in a sentence; the first, and how many more there are."""
    done = [
        quoted.span
        for quoted in found
        if quoted.share or ((quoted.growth or quoted.more is not None) and _before(quoted, last))
    ]
    left = [
        _end_of(clause[0])
        for clause in _SHARES.finditer(plain)
        if not any(start < clause.end() and clause.start() < end for start, end in done)
        and is_of_report(plain, clause.start(), clause.end(), ("new",))
    ]
    yield from (f"文字里的【{clause}】没有可以对照的数，没有核对。" for clause in left[:MOST_SHOWN])
    if len(left) > MOST_SHOWN:
        yield f"文字里还有{len(left) - MOST_SHOWN}处占比、增减没有可以对照的数，没有核对。"


def _end_of(clause: str) -> str:
    """The last parts of a clause, as many as can be shown."""
    parts = clause.split("，")
    shown = parts.pop()
    while parts and len(parts[-1]) + len(shown) < LONGEST_SHOWN:
        shown = f"{parts.pop()}，{shown}"
    return shown


_TITLE = r"(20[0-9]{2})年(?:度)?[^，。；0-9]{0,30}?政府信息公开(?:工作)?(?:情况)?年度报告"
_PERIOD = r"统计期限[^，。；0-9]{0,8}(20[0-9]{2})年1月1日"
_TABLE = (
    r"(20[0-9]{2})年(?:度)?(?:二、主动公开|三、收到和处理|四、政府信息公开行政复议)"  # as our own workbook heads them
)


def year_said(text: str) -> int | None:
    """The year that a report is about as its text says: by its period, its title, the heading of a table; None where nothing does."""
    plain = "".join(
        unicodedata.normalize("NFKC", sign) if sign not in KEPT else sign for sign in text if not sign.isspace()
    )
    found = next((told for way in (_PERIOD, _TITLE, _TABLE) if (told := re.search(way, plain))), None)
    return int(found[1]) if found else None


_SPAN = re.compile(
    r"(?:统计期限|统计时限|统计时间|统计周期|数据期限)[^，。；0-9]{0,16}(?P<days>(?P<year>20[0-9]{2})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日(?:起)?"
    r"(?:至|到|[-—－–~]+)(?:(?P<to_year>20[0-9]{2})年|当年|同年)?(?P<to_month>[0-9]{1,2})月(?P<to_day>[0-9]{1,2})日)"
)


def period_said(text: str) -> tuple[date, date] | str | None:
    """The days from and to which a text says that it reports; its words where one is no day of the calendar; None where it says none."""
    found = _SPAN.search(_plain(text))
    if found is None:
        return None
    first, last = (
        tuple(map(int, found.group(*parts))) for parts in (("year", "month", "day"), ("to_month", "to_day"))
    )
    try:
        return date(*first), date(int(found["to_year"] or first[0]), *last)
    except ValueError:
        return found["days"]


def _single(keys: tuple[str, ...]) -> list[str]:
    return [part for key in keys for part in key.split("+")]


def _value(key: str, figures: Mapping[str, int]) -> int:
    return sum(figures[part] for part in key.split("+"))


def _is_part(quoted: Quotation, found: list[Quotation], figures: Mapping[str, int]) -> bool:
    """Whether a number that is not in the tables is only a part, or the whole of which the tables have a part: another of its kind in the
    sentence fits, or those of the sentence come to what the tables have."""
    values = {_value(key, figures) for key in quoted.keys}
    numbers = [of.number for of in found if of.keys == quoted.keys and of.sentence == quoted.sentence]
    return quoted.number not in values and len(numbers) > 1 and bool(values & {*numbers, sum(numbers)})


def _other_faults(plain: str, figures: Mapping[str, int]) -> list[ReportFault]:
    """The lists whose parts come to more than their whole, and the rates that fit no base."""
    found = [
        ReportFault(
            where=f"【{words}】", written_as="各项相加", written=str(parts), expected_as="总数", expected=str(total),
            said=f"【{words}】：各项相加{parts}，总数{total}，差{parts - total}",
        )
        for words, total, parts in sums_too_high(plain)
    ]  # fmt: skip
    for words, rate, bases in rates(plain, figures):
        right = "、".join(f"{_name(key)}的{value:.2f}%" for key, value in bases)
        clause = f"写{rate}%，办结总计{figures['total']}，算出来是{right}"
        found.append(
            ReportFault(
                where=f"【{words}】",
                written_as="文字",
                written=f"{rate}%",
                expected_as="",
                expected=right,
                said=f"【{words}】：{clause}",
            )
        )
    return found


def _faults(quoted: Quotation, figures: Mapping[str, int], last: Mapping[str, int]) -> Iterator[ReportFault]:
    values = {key: _value(key, figures) for key in quoted.keys}
    key = next((key for key, value in values.items() if value == quoted.number), "")
    if not key:
        said = "、".join(f"{_name(x)}{value}" for x, value in values.items())
        near = min(values.values(), key=lambda value: abs(value - quoted.number))
        clause = f"文字{quoted.number}，表格{said}，差{abs(quoted.number - near)}"
        names = [f"{_name(x)}{value}" for x, value in values.items()]
        sole = len(values) == 1
        expected_as, expected = (_name(quoted.keys[0]), str(near)) if sole else ("", "或者".join(names))
        yield _fault(quoted, "文字", str(quoted.number), expected, clause, f"表格里的{expected_as}")
    if quoted.share and not _share_fits(quoted, figures):
        decimals = max(len(quoted.share.partition(".")[2]), 1)
        shares = [
            f"{_name(base)}的{100 * quoted.number / figures[base]:.{decimals}f}%" for base in _BASES if figures[base]
        ]
        clause = f"占比写{quoted.share}%，算出来是{'、'.join(shares)}"
        yield _fault(quoted, "占比", f"{quoted.share}%", "或者".join(shares), clause)
    if quoted.growth and (before := quoted.base or last.get(key or quoted.keys[0])):
        grown = 100 * (quoted.number - before) / before
        if abs(grown - float(quoted.growth)) > _slack(quoted.growth):
            made = f"{'增长' if grown >= 0 else '下降'}{abs(grown):.2f}%"
            written = f"{quoted.growth.removeprefix('-')}%"
            way = "下降" if quoted.growth.startswith("-") else "增长"
            yield _fault(quoted, way, written, f"{made}（上年{before}）", f"上年{before}，算出来是{made}")

    if quoted.more is not None and (before := _before(quoted, last)):
        grown = quoted.number - before
        if grown != quoted.more:
            right = f"{'增加' if grown > 0 else '减少'}{abs(grown)}件" if grown else "持平"
            way = "持平" if not quoted.more else "减少" if quoted.more < 0 else "增加"
            written = f"{abs(quoted.more)}件" if quoted.more else "持平"
            yield _fault(quoted, way, written, f"{right}（上年{before}）", f"上年{before}，算出来是{right}")


def _before(quoted: Quotation, last: Mapping[str, int]) -> int:
    """What a figure was the year before, as the text says or as it is known; 0 where neither."""
    return quoted.base or next((last[key] for key in quoted.keys if last.get(key)), 0)


def _fault(
    quoted: Quotation, written_as: str, written: str, expected: str, clause: str, expected_as: str = ""
) -> ReportFault:
    place = f"【{quoted.words}】"
    return ReportFault(
        where=place,
        written_as=written_as,
        written=written,
        expected_as=expected_as,
        expected=expected,
        said=f"{place}：{clause}",
    )


def _share_fits(quoted: Quotation, figures: Mapping[str, int]) -> bool:
    bases = [figures[base] for base in _BASES if figures[base]]
    return any(abs(100 * quoted.number / base - float(quoted.share)) <= _slack(quoted.share) for base in bases)


def _slack(text: str) -> float:
    """Half of the last decimal that is written."""
    return HALF * 10.0 ** -len(text.partition(".")[2]) + 1e-9


def _name(key: str) -> str:
    return "＋".join(report_file().figures[part] for part in key.split("+"))
