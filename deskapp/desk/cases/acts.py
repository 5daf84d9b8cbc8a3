"""The acts that a clerk notes by hand: what each means, which fields it needs, and the event it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict

from deskapp.errors import DeskError
from deskapp.law.annual_report import OUTCOMES, ROUTES
from deskapp.law.categories import category
from deskapp.parsing import LONGEST_CELL, LONGEST_TEXT, half_width, one_line, parse_day
from deskapp.register import events as ev
from deskapp.register.case import Case


class NoteDraft(BaseModel):
    """The form as it is typed; each act reads its own fields."""

    model_config = ConfigDict(extra="ignore")

    act: str = "corrected"
    on: str = ""
    other: str = ""
    days: str = ""
    approved_by: str = ""
    archive_no: str = ""
    received_by: str = ""
    until: str = ""
    category: str = "already_public"
    number: str = ""
    content: str = ""
    items: str = ""
    why: str = ""
    verdict: str = ""
    route: str = "review"
    outcome: str = "upheld"
    field: str = "applicant"
    value: str = ""
    entry: str = ""


@dataclass(frozen=True)
class Act:
    """One act that can be noted: its name, what it does, the fields it needs besides the day."""

    name: str
    effect: str
    fields: tuple[str, ...] = ()


ACTS: dict[str, Act] = {
    "corrected": Act("收到补正", "从收到补正之日起重新计算答复期限（条例第三十条）。", ("content",)),
    "party_consulted": Act(
        "征求第三方意见",
        "发出的次日起停止计算，到对方答复为止；最长到对方收到后第15个工作日（第三十二条、第三十三条）。",
        ("other", "received_by"),
    ),
    "party_answered": Act("第三方答复", "从答复的次日起继续计算。", ("other",)),
    "agency_consulted": Act(
        "征求机关意见", "发出的次日起停止计算，到对方答复为止（第三十三条、第三十四条）。", ("other", "received_by")
    ),
    "agency_answered": Act("机关答复", "从答复的次日起继续计算。", ("other",)),
    "extended": Act(
        "延长答复期限",
        "只能一次，最多20个工作日；期满前经负责人同意并告知申请人（第三十三条）。",
        ("days", "approved_by"),
    ),
    "reason_requested": Act("要求说明理由", "数量、频次明显超过合理范围的，可以要求说明理由（第三十五条）。"),
    "reason_given": Act("收到说明的理由", "理由合理的照常答复，不合理的不予处理（第三十五条）。", ("why", "verdict")),
    "deferred": Act("延迟答复", "理由合理、但不能按期答复的，定一个合理的日期并告知申请人（第三十五条）。", ("until",)),
    "fee_noticed": Act(
        "发出收费通知", "等待缴费，期限停着；申请人有20个工作日缴费（信息处理费管理办法第六条）。"
    ),
    "fee_paid": Act("收到缴费", "从缴费的次日起重新计算答复期限。"),
    "split": Act("拆分为多件", "一份申请里有几项的，一项一件，各自答复、各自统计；收到日期和期限不变。", ("items",)),
    "answered": Act(
        "系统外已答复", "答复是在系统外拟写的：选答复类型，填文号；送达另外按 F5 记。", ("category", "number")
    ),
    "withdrawn": Act("申请人撤回", "结案，年报计入“其他”。请留存申请人的书面意思。", ("number",)),
    "closed": Act("不发文书结案", "没有文书可发的结案，写明原因，按所选类型计入年报。", ("category", "why")),
    "voided": Act("作废", "没有送达的文书作废，或者重复登记的申请作废；号不再用，留下记录。", ("number", "why")),
    "returned": Act("邮件退回", "退回的要再送达。照申请人给的地址寄的，原交邮日仍可作为按期的依据；地址是本机关写错的，不能。", ("number", "why")),
    "publication_judged": Act(
        "判断转主动公开", "答复公开的信息，审查以后看宜不宜向社会公开（第十七条、第四十四条）；说明里写谁审查的、为什么。", ("verdict", "why")
    ),
    "followed_up": Act("随访", "问申请人收到没有、满意不满意。", ("verdict", "why")),
    "platform_entered": Act("已录入省平台", "以后不再列进“未录入平台”的导出表。", ("number",)),
    "disputed": Act("复议或诉讼", "日期填收到复议申请书副本或者起诉状副本的那一天，答复的期限从它算。", ("route", "number")),
    "dispute_answered": Act("已提交复议答复或答辩", "填提交的那一天。", ("route",)),
    "dispute_decided": Act("复议或诉讼有了结果", "计入年报表四。", ("route", "outcome", "number")),
    "amended": Act("更正登记", "登记时写错的改过来；原来的写法和改的原因都留着。", ("field", "value", "why")),
    "struck": Act("划去误记", "记错的一条不再算数，原文留着，写明原因。", ("entry", "why")),
    "archived": Act("归档", "文书都送达以后归档，不再出现在“今日”里。", ("archive_no",)),
}  # fmt: skip
YES, NO = "yes", "no"
_VERDICTS = {YES: True, NO: False}
Maker = Callable[[Case, NoteDraft, date, date], ev.AnyEvent]


def event_of(case: Case, draft: NoteDraft, today: date) -> ev.AnyEvent:
    """The event that a form describes. Raises DeskError when a needed field is empty or makes no sense."""
    day = parse_day(draft.on, today, "日期", field="on") if draft.on.strip() else today
    maker = _MAKERS.get(draft.act)
    if maker is None:
        raise DeskError("请选择发生了什么事。", "没有记下。", "")
    return maker(case, draft, day, today)


def _needed(draft: NoteDraft, field: str, what: str, todo: str) -> str:
    """The text of a field that must be there."""
    value = one_line(getattr(draft, field))
    if not value:
        raise DeskError(f"没有填{what}。", "没有记下。", todo, field)
    return value


def _other(draft: NoteDraft) -> str:
    return _needed(draft, "other", "对方名称", "请填写第三方或者机关的名称。")


def _why(draft: NoteDraft) -> str:
    return _needed(draft, "why", "说明", "请写明原因，以后看的人要明白。")


def _arrived(draft: NoteDraft, today: date) -> date | None:
    """When the other side got the letter, if it is known already."""
    return (
        parse_day(draft.received_by, today, "对方收到日期", field="received_by")
        if draft.received_by.strip()
        else None
    )


def _extended(case: Case, draft: NoteDraft, day: date, today: date) -> ev.AnyEvent:
    days = half_width(draft.days)
    if days and not days.isdecimal():
        raise DeskError(f"延长工作日数“{days}”不是数字。", "没有记下。", "请填写1到20的数字。", "days")
    if not (days.isascii() and days.isdigit() and 1 <= int(days[:4]) <= 999):
        raise DeskError("没有填延长多少个工作日。", "没有记下。", "请填写1到20的数字。", "days")
    if not one_line(draft.approved_by):
        raise DeskError(
            "没有填同意人。",
            "延期要经政府信息公开工作机构负责人同意（条例第三十三条）。",
            "请填写是谁同意的。",
            "approved_by",
        )
    return ev.Extended(on=day, working_days=int(days), approved_by=one_line(draft.approved_by))


def _deferred(case: Case, draft: NoteDraft, day: date, today: date) -> ev.AnyEvent:
    until = parse_day(_needed(draft, "until", "延至哪一天", "请填写日期。"), today, "延至", ahead=True, field="until")
    if until <= day:
        raise DeskError(f"延至的日期{until}不晚于{day}。", "没有记下。", "请核对日期。", "until")
    return ev.Deferred(on=day, until=until)


def _letter_of(case: Case, number: str) -> str:
    """The letter with that 文号, or the answer for none. Raises DeskError for an unknown one."""
    if not number:
        return case.answer_id
    for letter in case.letters:
        if letter.number == number:
            return letter.letter_id
    raise DeskError(
        f"这一件里没有文号“{number}”。", "没有记下。", "请照文书上的文号填写；退回的是答复就不用填。", "number"
    )


def _one_of(draft: NoteDraft, field: str, known: tuple[str, ...], what: str) -> Any:
    value = getattr(draft, field)
    if value not in known:
        raise DeskError(f"请选择{what}。", "没有记下。", "", field)
    return value


def _amended(case: Case, draft: NoteDraft, day: date, today: date) -> ev.AnyEvent:
    field = _one_of(draft, "field", get_args(ev.AmendedField), "更正哪一项")
    value = one_line(draft.value)
    if field == "received_on":
        value = parse_day(
            _needed(draft, "value", "改成什么", "请填写日期。"), today, "收到日期", field="value"
        ).isoformat()
    elif field in ("applicant", "content", "applicant_class", "channel"):
        _needed(draft, "value", "改成什么", "这一项不能空着。")
    most = LONGEST_TEXT if field in ("content", "remark") else LONGEST_CELL
    if len(value) > most:
        raise DeskError(f"改成的内容太长，最多{most}个字。", "没有记下。", "请写短一些。", "value")
    return ev.Amended(on=day, field=field, value=value, why=_why(draft))


def _struck(case: Case, draft: NoteDraft, day: date, today: date) -> ev.AnyEvent:
    if not draft.entry.isascii() or not draft.entry.isdigit() or int(draft.entry) < 1:
        raise DeskError("没有选划去哪一条。", "没有记下。", "请在“哪一条”里选。", "entry")
    return ev.Struck(on=day, n=int(draft.entry), why=_why(draft))


_MAKERS: dict[str, Maker] = {
    "corrected": lambda c, d, on, t: ev.Corrected(on=on, content=one_line(d.content)),
    "party_consulted": lambda c, d, on, t: ev.PartyConsulted(
        on=on, party=_other(d), received_by_party_on=_arrived(d, t)
    ),
    "party_answered": lambda c, d, on, t: ev.PartyAnswered(on=on, party=_other(d)),
    "agency_consulted": lambda c, d, on, t: ev.AgencyConsulted(
        on=on, agency=_other(d), received_by_agency_on=_arrived(d, t)
    ),
    "agency_answered": lambda c, d, on, t: ev.AgencyAnswered(on=on, agency=_other(d)),
    "extended": _extended,
    "reason_requested": lambda c, d, on, t: ev.ReasonRequested(on=on),
    "reason_given": lambda c, d, on, t: ev.ReasonGiven(on=on, reason=_why(d), reasonable=_VERDICTS.get(d.verdict)),
    "deferred": _deferred,
    "fee_noticed": lambda c, d, on, t: ev.FeeNoticed(on=on),
    "fee_paid": lambda c, d, on, t: ev.FeePaid(on=on),
    "answered": lambda c, d, on, t: ev.Answered(on=on, category=category(d.category).key, number=one_line(d.number)),
    "withdrawn": lambda c, d, on, t: ev.Withdrawn(on=on, number=one_line(d.number)),
    "closed": lambda c, d, on, t: ev.Closed(on=on, category=category(d.category).key, why=_why(d)),
    "voided": lambda c, d, on, t: ev.Voided(
        on=on, number=_needed(d, "number", "作废的号", "请填文号，作废登记就填登记号。"), why=_why(d)
    ),
    "returned": lambda c, d, on, t: ev.Returned(
        on=on, letter_id=_letter_of(c, one_line(d.number)), why=one_line(d.why)
    ),
    "publication_judged": lambda c, d, on, t: ev.PublicationJudged(
        on=on, fit=_VERDICTS[_one_of(d, "verdict", (YES, NO), "结论")], why=one_line(d.why)
    ),
    "followed_up": lambda c, d, on, t: ev.FollowedUp(
        on=on, satisfied=_VERDICTS.get(d.verdict), remark=one_line(d.why)
    ),
    "platform_entered": lambda c, d, on, t: ev.PlatformEntered(on=on, platform_no=one_line(d.number)),
    "disputed": lambda c, d, on, t: ev.Disputed(
        on=on, route=_one_of(d, "route", ROUTES, "复议还是诉讼"), reference=one_line(d.number)
    ),
    "dispute_answered": lambda c, d, on, t: ev.DisputeAnswered(
        on=on, route=_one_of(d, "route", ROUTES, "复议还是诉讼")
    ),
    "dispute_decided": lambda c, d, on, t: ev.DisputeDecided(
        on=on,
        route=_one_of(d, "route", ROUTES, "复议还是诉讼"),
        outcome=_one_of(d, "outcome", OUTCOMES[:3], "结果"),
        reference=one_line(d.number),
    ),
    "amended": _amended,
    "struck": _struck,
}
