"""Sheets to take home (the 明白卡 in normal and large type, the blank application form, one filled in as a sample) and to hang up."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.clock import Clock
from deskapp.desk.sheets.loose import LooseSheet, Sheets
from deskapp.desk.sheets.point_papers import DUTIES, HOURS, POINT_PAPERS, SIGN, large, parts_of, title_of
from deskapp.desk.sheets.translations import OPTION, TICKED, Translated, Translations, Translator
from deskapp.errors import DeskError
from deskapp.law.periods import period
from deskapp.law.remedies import remedies_of, silence
from deskapp.register.journal import Journal
from letters.bilingual import texts_of

if TYPE_CHECKING:
    from deskapp.unit import UnitProfile
    from letters.typeset.notice import Part

CARD, LARGE, BLANK, SAMPLE, QUESTIONS = "card", "large", "blank", "sample", "questions"
DUTIES_LARGE, QUESTIONS_LARGE = "duties_large", "questions_large"
KINDS = (
    (CARD, "明白卡（怎样申请、多久答复、不服怎么办）"),
    (LARGE, "明白卡（大字）"),
    (BLANK, "空白申请表"),
    (SAMPLE, "申请表填写样例"),
    *POINT_PAPERS,
    (DUTIES_LARGE, "查阅点工作职责（大字）"),
    (QUESTIONS, "常见问题解答"),
    (QUESTIONS_LARGE, "常见问题解答（大字）"),
)
LARGE_OF = {LARGE: CARD, DUTIES_LARGE: DUTIES, QUESTIONS_LARGE: QUESTIONS}
"""Sheets in large type, and which sheet they are."""
FORM = "application_form"
TITLE, QUESTIONS_TITLE = "政府信息公开申请明白卡", "常见问题解答"
BLANK_TITLE, SAMPLE_TITLE = "政府信息公开申请表（空白）", "政府信息公开申请表（填写样例）"


@dataclass(frozen=True)
class Handout:
    """A sheet, and how far it is in another language where one was asked for."""

    sheet: LooseSheet
    state: Translated | None = None


class Handouts:
    """The moment somebody takes a sheet home. ``questions`` are the list of questions as it is printed."""

    def __init__(
        self, journal: Journal, clock: Clock, home: Path, loose: Sheets, questions: Callable[[], list[Part]]
    ) -> None:
        self._journal, self._clock, self._sheets, self._questions = journal, clock, loose, questions
        self.translations = Translations(journal, clock, home, self.texts)

    def kinds(self) -> tuple[tuple[str, str], ...]:
        """What can be printed: key and name."""
        return KINDS

    def sheet(self, kind: str) -> LooseSheet:
        """One of them. Raises DeskError for an unknown one, or when the unit's particulars are not enough."""
        return self.handout(kind).sheet

    def handout(self, kind: str, language: str = "") -> Handout:
        """One of them, in a language below the Chinese where one is named. Raises DeskError as :meth:`sheet`, and for a language without
        translations."""
        if kind not in dict(KINDS):
            raise DeskError("没有这种单子。", "", "请从列出的里面选。")
        into = self.translations.into(language) if language else None
        made = self._form(kind, into) if kind in (BLANK, SAMPLE) else self._notice(kind, into)
        made = replace(made, title=f"{made.title}（{language}）") if language else made
        return Handout(made, into.state if into else None)

    def _form(self, kind: str, into: Translator | None) -> LooseSheet:
        facts, title = (_EMPTY, BLANK_TITLE) if kind == BLANK else (_FILLED, SAMPLE_TITLE)
        printed = None
        if into is not None:  # what is filled in is no sentence of ours
            known = frozenset(texts_of(self._sheets.composed(FORM, _EMPTY)))
            printed = partial(_of_form, into, known)
        return replace(self._sheets.form(FORM, facts, printed), title=title)

    def _notice(self, kind: str, into: Translator | None) -> LooseSheet:
        title, parts = self._said(LARGE_OF.get(kind, kind))
        under = ""
        if into is not None:
            under = into(title)
            parts = [replace(part, under=into(part.text)) for part in parts]
        type = "large" if kind in LARGE_OF else large(kind)
        paper = self._sheets.notice(title, parts, type, under=under)
        marks = {SIGN: "标识牌", **dict.fromkeys(LARGE_OF, "（大字）")}
        return replace(paper, title=f"{title}{marks.get(kind, '')}")

    def _said(self, kind: str) -> tuple[str, list[Part]]:
        """What stands above a notice, and what it says. Raises DeskError."""
        if kind == CARD:
            return TITLE, self._card()
        if kind == QUESTIONS:
            return QUESTIONS_TITLE, self._questions()
        return title_of(kind), parts_of(kind, self._journal.unit(self._clock.today()))

    def texts(self) -> list[tuple[str, list[str]]]:
        """The sentences of every sheet, by its name; a sheet that cannot be printed today has none."""
        names = dict(KINDS)
        found = [(names[BLANK], texts_of(self._sheets.composed(FORM, _EMPTY)))]
        for kind in (CARD, SIGN, HOURS, DUTIES, QUESTIONS):
            with suppress(DeskError):
                title, parts = self._said(kind)
                found.append((names[kind].split("（")[0], [title, *(part.text for part in parts)]))
        return found

    def _card(self) -> list[Part]:
        """What somebody who wants to apply has to know, from the law in force and the unit's particulars."""
        from letters.typeset.notice import Part

        today = self._clock.today()
        unit = self._journal.unit(today)
        reply, extension = (period(key, today).value for key in ("reply", "extension"))
        return [
            Part("一、怎样申请", heading=True),
            Part(
                f"可以用申请表，也可以自己写，当面交、邮寄{_net(unit)}都行；书写有困难的，可以口头提出，由我们代填（政府信息公开条例第二十九条，下同）。"
            ),
            Part("二、申请里要写什么", heading=True),
            Part("姓名或者单位名称、身份证明、联系方式；要的信息叫什么、文号或者别的特征；希望怎样拿到（第二十九条）。"),
            Part("三、多久答复", heading=True),
            Part(
                f"能当场答复的当场答复；不能的，{reply}个工作日以内，最多再延{extension}个工作日，会告知您。征求第三方和其他机关"
                "意见的时间不计算（第三十三条）。补正的，收到补正后重新计算，没有正当理由逾期不补，视为放弃（第三十条）。"
            ),
            Part("四、要不要钱", heading=True),
            Part("不收费；数量、频次明显超过合理范围的，可以收信息处理费，先书面通知（第四十二条）。"),
            Part("五、不满意怎么办", heading=True),
            Part(_remedies(unit, today)),
            Part("六、到哪里来", heading=True),
            Part(_place(unit) + "阅读、视听有困难的，我们帮助您（第四十三条）。"),
        ]  # fmt: skip


def _of_form(into: Translator, known: frozenset[str], text: str) -> str:
    """The translation of a text of the form, whichever of its options are ticked; nothing of what was filled in."""
    return into(text) if text.replace(TICKED, OPTION) in known else ""


def _net(unit: UnitProfile) -> str:
    ways = [
        f"发电子邮件（{unit.email}）" if unit.email else "",
        f"在网站（{unit.website}）提交" if unit.website else "",
    ]
    return "".join(f"、{way}" for way in ways if way)


def _remedies(unit: UnitProfile, today: date) -> str:
    """Where review, suit and complaints go, as the letters of today say it, and what silence leads to (行政复议法 23)."""
    refused = remedies_of("review_first", today, unit.bodies, thing="不予公开的答复", this="")
    return f"{refused.text}其他答复以答复书写的为准；{silence(today).text}也可以投诉、举报（第五十一条）。"


def _place(unit: UnitProfile) -> str:
    """Address, hours, telephone."""
    parts = (
        f"{unit.name}，地址：{unit.address}", f"邮编：{unit.postcode}" if unit.postcode else "",
        f"电话：{unit.phone}", f"时间：{unit.office_hours}" if unit.office_hours else "",
    )  # fmt: skip
    return "；".join(part for part in parts if part) + "。"


_EMPTY = {"blank": True}
_FILLED = {
    "blank": False, "case_no": "（由登记台填写）",
    "applicant": {"name": "张某某", "class": "自然人", "address": "某某县某某镇某某村1号", "phone": "139XXXXXXXX"},
    "content": "某某镇2025年某村道路硬化项目竣工验收材料",
    "id_kind": "居民身份证", "id_number": "330000XXXXXXXX0017", "postcode": "3XXXXX", "carrier": "纸面", "delivery": "邮寄",
}  # fmt: skip
