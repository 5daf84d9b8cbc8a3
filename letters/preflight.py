"""Preflight: what is wrong with a letter before it is issued. Blocking faults stop issue, advice does not.

Each check is a small function over the kind, its facts and the composed document; it yields findings that say where,
what, and what to type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from letters.citations import not_in_head
from letters.compose import without_day
from letters.document import Document, Facts, Finding, Paragraph, Role, block_lines
from letters.orthography import worded
from letters.template import Template
from letters.typeset.grid import CELL, WIDTH
from letters.typeset.linebreak import break_lines
from letters.typeset.typesetting import Metrics, glyphs_of

REVIEW_FIRST_SINCE = date(2024, 1, 1)  # 行政复议法（2023年修订）23, 90; the press must be able to check it alone
LONG_CONTENT = 1500  # characters
FIRST_TO_REVIEW = "先向"  # by which a paragraph from outside tells that review comes first
REVIEW_ONLY_SINCE = date(2025, 6, 1)  # 法释〔2025〕8号 10 para 2, 15
APART = re.compile("第十四条|第十五条|第十六条|第三十八条|第三十九条|第三十六条第[六七]项|不予公开|不予重复")
WITHHOLDING = re.compile("第(十四|十五|十六)条")  # 条例 36 item 3
SUIT = "行政诉讼"  # of which such a paragraph must not speak
WEEKDAYS = "一二三四五六日"
PARTIAL = re.compile(r"部分公开|其余部分|其他部分.{0,6}公开|区分处理|予以提供|现.{0,10}向.{1,3}提供")
GAP = re.compile(r"〔待填：([^〕]*)〕|×{2,}|_{3,}|\{\{|\}\}|XX+")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!()][\u4e00-\u9fff“（]|[\u4e00-\u9fff][,;:?!]$")
SQUARE_YEAR = re.compile(r"[\[［【(（](20[0-9]{2})[\]］】)）]\s*第?[0-9]+号")
RELATIVE = re.compile(r"今天|明天|昨天|前天|后天|下周|上周|本月底|近日")
WEEKDAY = re.compile(r"(20[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})日[（(]?(?:星期|周)([一二三四五六日天])")
PHONE = re.compile(r"(?<![0-9])0[0-9]{2,3}-[0-9]{7,8}(?![0-9])")


class Faces(Metrics, Protocol):
    """What preflight needs of a font book, besides its metrics."""

    def missing(self, text: str, role: Role = "fangsong") -> list[str]:
        """The characters of a text that no face can print."""


@dataclass(frozen=True)
class Draft:
    """Everything a check may look at; ``today`` is the day of checking."""

    kind: Template
    facts: Facts
    document: Document
    fonts: Faces
    today: date


def preflight(source: Template, facts: Facts, document: Document, fonts: Faces, today: date) -> list[Finding]:
    """All findings about a letter and the document composed of it, blocking ones first."""
    draft = Draft(source, facts, document, fonts, today)
    found = [finding for check in CHECKS for finding in check(draft)]
    return sorted(found, key=lambda f: not f.blocking)


def _block(code: str, where: str, what: str, todo: str, field: str = "") -> Finding:
    return Finding(code, True, where, what, todo, field)


def _advise(code: str, where: str, what: str, todo: str) -> Finding:
    return Finding(code, False, where, what, todo)


def _empty_fields(draft: Draft) -> Iterator[Finding]:
    told = without_day(draft.kind, draft.facts)
    for key, field in draft.kind.fields.items():
        if not field.required or key in told or draft.facts.extra.get(key) not in (None, "", []):
            continue
        if field.computed and field.type == "date" and draft.facts.no_day:
            what = f"这一件现在没有这一日：{draft.facts.no_day}。"
            yield _block(
                "no_day", field.label, what, "等期限重新起算以后再写；已经撤回、办结的，不用再写这种文书。", key
            )
        else:
            yield _block("empty_field", field.label, "这一项没有填。", field.help or f"请填写{field.label}。", key)
    if draft.kind.one_of and not any(draft.facts.extra.get(key) for key in draft.kind.one_of):
        labels = "、".join(draft.kind.fields[key].label for key in draft.kind.one_of)
        first = draft.kind.one_of[0]
        todo = "至少填一项，否则申请人不知道信息在哪里。"
        yield _block("empty_field", draft.kind.fields[first].label, f"“{labels}”都没有填。", todo, first)
    for given, needed in draft.kind.together:
        if draft.facts.extra.get(given) and not draft.facts.extra.get(needed):
            label, other = draft.kind.fields[needed].label, draft.kind.fields[given].label
            yield _block("empty_field", label, "这一项没有填。", f"写了{other}，就要写{label}。", needed)
    common = {"申请内容": draft.facts.content, "申请人": draft.facts.applicant.name, "登记号": draft.facts.case_no}
    if draft.facts.extra.get("blank"):
        return
    for label, value in common.items():
        if not value.strip():
            yield _block("empty_field", label, "这一项没有填。", f"请填写{label}。")


def _gaps(draft: Draft) -> Iterator[Finding]:
    labels = {field.label for field in draft.kind.fields.values()}
    sheets = [block for sheet in draft.document.sheets for block in sheet.blocks]
    for text in (line for block in (*draft.document.body, *sheets) for line in block_lines(block)):
        gap = GAP.search(text)
        if gap and gap.group(1) not in labels:
            where = f"“{text[max(0, gap.start() - 8) : gap.end() + 4]}”"
            yield _block("placeholder", where, "正文里还有没有填的空。", "请换成实际的内容。")


def _grounds(draft: Draft) -> Iterator[Finding]:
    """What is withheld of a part must rest on one of the three articles that allow it (条例 14, 15, 16)."""
    if draft.kind.kind != "partial":
        return
    for part, article, _ in draft.facts.extra.get("withheld") or ():
        if not WITHHOLDING.search(article):
            what = f"“{part[:12]}”的条款写的是“{article}”，不能作为不予公开的依据。"
            todo = "写第十四条、第十五条或者第十六条；不属于政府信息的内容，写在“不属于政府信息的内容”里。"
            yield _block("no_ground", "不予公开的部分", what, todo, "withheld")


def _joint(draft: Draft) -> Iterator[Finding]:
    """Answers that have other remedies than the letter cannot be joined in it (行政复议法 23; 法释〔2025〕8号 10)."""
    if draft.kind.kind != "joint_answer":
        return
    for number, _, answer in draft.facts.extra.get("answers") or ():
        if APART.search(answer):
            what = f"{number}写的是“{answer[:20]}”，救济途径和合并的不同。"
            yield _block(
                "not_joined",
                "各件的答复",
                what,
                "不予公开、加工分析、查询事项、信访、出版物、重复申请，请分开答复。",
                "answers",
            )


def _number(draft: Draft) -> Iterator[Finding]:
    if draft.kind.numbered and not draft.facts.number:
        yield _block("number_missing", "文号", "还没有文号。", "发出时由程序给号；单独生成文书时请填 number。")
    elif draft.facts.number and not re.fullmatch(r".+〔20[0-9]{2}〕[1-9][0-9]*号", draft.facts.number):
        yield _advise("number_form", "文号", f"“{draft.facts.number}”不是通常的写法。", "写成：机关代字〔2026〕7号。")


def _remedies(draft: Draft) -> Iterator[Finding]:
    remedies = draft.facts.remedies
    if not draft.kind.remedies:
        if remedies and remedies.text.strip():
            what = "这种文书不写救济途径。"
            yield _block("remedies_class", "救济途径", what, "请去掉 remedies 一项。")
        return
    if remedies is None or not remedies.text.strip():
        yield _block(
            "remedies_missing",
            "救济途径",
            "答复里没有告知行政复议和行政诉讼的途径。",
            "请在单位资料里填复议机关和法院。",
        )
        return
    wanted = draft.kind.remedies_with(draft.facts.extra)
    first = (
        wanted == "review_first" and draft.facts.issued_on >= REVIEW_FIRST_SINCE and not draft.facts.unit.complains
    )
    suable = wanted != "review_only" or draft.facts.issued_on < REVIEW_ONLY_SINCE
    given = remedies.review_comes_first
    says_first = FIRST_TO_REVIEW in remedies.text if given is None else given
    says_suit = SUIT in remedies.text
    wrong_way = first != says_first or (says_suit and not suable)
    if remedies.remedy_class != wanted or wrong_way:
        yield _block(
            "remedies_class",
            "救济途径",
            "救济途径与答复的种类不相符。",
            "不予公开的写“先向…申请行政复议”，法院不受理的只写行政复议，其他的写两种途径。",
        )


def _dates(draft: Draft) -> Iterator[Finding]:
    facts, today = draft.facts, draft.today
    if facts.issued_on < facts.received_on:
        what = f"{facts.issued_on}早于收到申请之日{facts.received_on}。"
        yield _block("date_before_receipt", "成文日期", what, "请改正日期。")
    if facts.issued_on > today:
        yield _block("date_in_future", "成文日期", f"{facts.issued_on}还没有到。", f"请写{today}或者更早的日期。")
    if facts.received_on > today:
        yield _block("date_in_future", "收到日期", f"{facts.received_on}还没有到。", "请改正收到日期。")
    for key, field in draft.kind.fields.items():
        day = facts.extra.get(key)
        if not isinstance(day, date):
            continue
        sets_it = (field.last_day and draft.kind.stage == "on_the_way") or field.ahead
        if sets_it and (day < facts.issued_on if field.computed else day <= facts.issued_on):
            what = f"{day}不晚于成文日期。"
            yield _block("limit_too_early", field.label, what, "请留出合理的时间。", key)
        elif not field.last_day and not field.ahead and day > today:
            yield _block("date_in_future", field.label, f"{day}还没有到。", "请改正日期。", key)


def _in_force(draft: Draft) -> Iterator[Finding]:
    if not draft.kind.in_force(draft.facts.issued_on):
        what = f"这种文书依据的条文在{draft.facts.issued_on}没有施行。"
        yield _block("article_not_in_force", "依据", what, f"它适用于{draft.kind.valid_from}以后的文书。")


def _cited(draft: Draft) -> Iterator[Finding]:
    """Articles of the text that the head of the template does not name: one of the two is wrong."""
    if wrong := not_in_head(draft.kind):
        what = f"正文引用了{'、'.join(wrong)}，模板的依据里写的是{'、'.join(draft.kind.articles)}。"
        yield _block("articles_differ", "依据", what, "请在“文书模板”里核对条文，改成一样。")


def _unit(draft: Draft) -> Iterator[Finding]:
    unit = draft.facts.unit
    for label, value in {"机关全称": unit.name, "地址": unit.address, "联系电话": unit.phone}.items():
        if not value.strip():
            yield _block("unit_missing", "单位资料", f"没有填{label}。", "请到“单位”里补上。")


def _unprintable(draft: Draft) -> Iterator[Finding]:
    document = draft.document
    missing = draft.fonts.missing(document.plain_text())
    missing += [c for c in draft.fonts.missing(document.title + document.head, "title") if c not in missing]
    for char in missing:
        where = f"“{char}”（U+{ord(char):04X}）"
        yield _block(
            "unprintable",
            where,
            "现有的字体里没有这个字，印出来会是空白。",
            "请安装含有这个字的字体，或者与申请人商定写法。",
        )


def _after_correction(draft: Draft) -> Iterator[Finding]:
    if draft.kind.after_correction and draft.facts.corrected_on is None:
        what = "还没有收到补正，不能说补正后仍不明确。"
        yield _block("correction_missing", "收到补正的日期", what, "请先记下收到补正；没有补正的，用“逾期不补正”。")


def _applicant_named(draft: Draft) -> Iterator[Finding]:
    """A paper that goes to somebody else and says who applied."""
    who = draft.facts.applicant
    to = draft.facts.extra.get(draft.kind.addressee) or draft.facts.extra.get("recipient") or who.name
    against = draft.facts.extra.get("complainant") or ""
    if to == who.name or (draft.kind.names_applicant and any(name in against for name in (who.name, *who.others))):
        return
    text = draft.document.plain_text()
    agent = [("代理人电话", who.agent.phone), ("代理人地址", who.agent.address)] if who.agent else []
    for label, value in [*(("姓名", name) for name in who.names), ("电话", who.phone), ("地址", who.address), *agent]:
        if value and len(value) > 1 and (value in text or worded(value) in text):
            what = f"这份文书是给“{to}”的，里面有申请人的{label}。"
            yield _block("applicant_named", f"“{value}”", what, "请去掉，不能把申请人是谁告诉别人。")


def _partial_wording(draft: Draft) -> Iterator[Finding]:
    """Words of a release in a letter that refuses everything."""
    if draft.kind.remedies != "review_first" or draft.kind.kind == "partial":
        return
    for text in _typed_texts(draft.facts):
        if found := PARTIAL.search(text):
            where = f"“{found.group()}”"
            todo = "给一部分的，请改用“部分公开”；都不给的，去掉这样的话。"
            yield _block("partial_wording", where, "整件不予公开的文书里写了公开一部分的话。", todo)


def _lone_character(draft: Draft) -> Iterator[Finding]:
    """A paragraph whose last line holds one character and its stop, where somebody wrote something of it: the rest is locked."""
    document = draft.document
    written = [text for text in (draft.facts.content, *_typed_texts(draft.facts)) if text]
    for paragraph in document.body:
        if not isinstance(paragraph, Paragraph) or not any(text in paragraph.text for text in written):
            continue
        glyphs = glyphs_of(paragraph.text, draft.fonts, document.names)
        lines = break_lines(glyphs, WIDTH, CELL, paragraph.first, paragraph.rest)
        last = "".join(placed.glyph.char for placed in lines[-1])
        if len(lines) > 1 and len(last.strip("。，；：？！”）》")) <= 1:
            where = f"“…{paragraph.text[-8:]}”"
            yield _advise("lone_character", where, "这一段的最后一行只有一个字。", "增减几个字就好看了。")


def _length(draft: Draft) -> Iterator[Finding]:
    length = len(draft.facts.content)
    if length > LONG_CONTENT:
        yield _advise(
            "long_content",
            "申请内容",
            f"有{length}个字，整段引在文书里会很长。",
            "可以引用主要的部分，说明全文见申请表。",
        )


def _wording(draft: Draft) -> Iterator[Finding]:
    for text in _typed_texts(draft.facts):
        if found := SQUARE_YEAR.search(text):
            yield _advise(
                "square_year", f"“{found.group()}”", "文号的年份要用六角括号。", f"改成〔{found.group(1)}〕。"
            )
        if found := HALF_WIDTH.search(text):
            yield _advise("half_width", f"“{found.group()}”", "中文里用了半角标点。", "改成全角标点。")
        if found := RELATIVE.search(text):
            yield _advise("relative_date", f"“{found.group()}”", "日期不确定。", "写明年月日。")
        for found in WEEKDAY.finditer(text):
            yield from _weekday(found)
        for phone in PHONE.findall(text):
            if draft.facts.unit.phone and phone != draft.facts.unit.phone and not draft.kind.other_office:
                yield _advise(
                    "other_phone", f"“{phone}”", "与单位资料里的电话不同。", f"单位的电话是{draft.facts.unit.phone}。"
                )


def _weekday(found: re.Match[str]) -> Iterator[Finding]:
    year, month, day = (int(found.group(n)) for n in (1, 2, 3))
    try:
        right = WEEKDAYS[date(year, month, day).weekday()]
    except ValueError:
        yield _advise("no_such_day", f"“{found.group()}”", "没有这一天。", "请改正日期。")
        return
    if found.group(4).replace("天", "日") != right:
        yield _advise("weekday", f"“{found.group()}”", "日期和星期对不上。", f"这一天是星期{right}。")


def _typed_texts(facts: Facts) -> Iterator[str]:
    """What was typed for this letter: facts and reworded passages, one text at a time. The applicant's words are not ours."""
    yield from facts.passages.values()
    for value in facts.extra.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from map(str, value)


CHECKS: tuple[Callable[[Draft], Iterator[Finding]], ...] = (
    _empty_fields, _gaps, _grounds, _joint, _number, _remedies, _dates, _in_force, _cited, _unit, _unprintable, _after_correction, _applicant_named,
    _partial_wording, _length, _lone_character, _wording,
)  # fmt: skip
