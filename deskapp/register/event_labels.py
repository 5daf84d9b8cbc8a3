"""What each event is called at the counter, and its particulars in a few words."""

from __future__ import annotations

from deskapp.law.annual_report import outcome_names
from deskapp.law.categories import REVIEW_NAMES, category
from deskapp.law.delivery import way
from deskapp.law.report_checks import ROUTE_NAMES
from deskapp.parsing import masked
from deskapp.register import events as ev

NAMES: dict[str, str] = {
    "received": "收到申请",
    "split": "拆分为多件",
    "correction_requested": "发出补正告知",
    "corrected": "收到补正",
    "reason_requested": "要求说明理由",
    "reason_given": "说明理由",
    "party_consulted": "征求第三方意见",
    "party_answered": "第三方答复",
    "agency_consulted": "征求机关意见",
    "agency_answered": "机关答复",
    "extended": "延长答复期限",
    "fee_noticed": "发出收费通知",
    "fee_paid": "完成缴费",
    "deferred": "延迟答复",
    "withdrawn": "申请人撤回",
    "drafted": "拟稿",
    "reviewed": "审查意见",
    "issued": "发出文书",
    "voided": "作废",
    "answered": "系统外已答复",
    "printed": "打印",
    "copied": "制作副本",
    "served": "送达",
    "returned": "退回",
    "closed": "结案",
    "publication_judged": "判断转主动公开",
    "followed_up": "随访",
    "platform_entered": "录入省平台",
    "disputed": "复议或诉讼",
    "dispute_answered": "提交复议答复或答辩",
    "dispute_decided": "复议或诉讼结果",
    "archived": "归档",
    "amended": "更正登记",
    "struck": "划去误记",
}

FIELD_NAMES: dict[ev.AmendedField, str] = {
    "applicant": "申请人",
    "applicant_class": "申请人类别",
    "phone": "联系电话",
    "address": "通信地址",
    "content": "申请内容",
    "id_kind": "证件类型",
    "id_number": "证件号码",
    "channel": "收到方式",
    "received_on": "收到日期",
    "delivery_form": "获取方式",
    "mail_number": "邮件号",
    "signed_by": "签收人",
    "remark": "备注",
}
_PRINTS = {"printed": "已打印", "waiting": "在队列里", "saved": "已存PDF"}


def name_of(event: ev.AnyEvent) -> str:
    """What an event is called."""
    return NAMES[event.act]


def describe(event: ev.AnyEvent) -> str:
    """An event's particulars in a few words; empty when its name says all."""
    return "，".join(part for part in (_on_the_way(event) or _afterwards(event)) if part)


def _on_the_way(event: ev.AnyEvent) -> tuple[str, ...]:
    """Particulars of what happens up to the answer."""
    match event:
        case ev.Received():
            return event.channel, event.case_no, f"由{event.split_from}拆分" if event.split_from else ""
        case ev.Split():
            return ("另立" + "、".join(event.into),)
        case ev.CorrectionRequested(respond_by=limit) | ev.ReasonRequested(respond_by=limit) if limit:
            return (f"请在{limit}以前答复",)
        case ev.ReasonGiven():
            return event.reason, {True: "理由合理", False: "理由不合理", None: ""}[event.reasonable]
        case ev.PartyConsulted() | ev.PartyAnswered():
            return (event.party,)
        case ev.AgencyConsulted() | ev.AgencyAnswered():
            return (event.agency,)
        case ev.Extended():
            return f"延长{event.working_days}个工作日", f"{event.approved_by}同意" if event.approved_by else ""
        case ev.FeeNoticed():
            return (f"{event.fee_fen // 100}元" if event.fee_fen else "",)
        case ev.Deferred():
            return (f"延至{event.until}",)
        case ev.Reviewed():
            return REVIEW_NAMES[event.review], event.who, "" if event.agreed else "不同意", event.opinion
        case ev.Drafted():
            return (event.why,)
        case ev.Issued():
            return event.title, event.number
    return ()


def _afterwards(event: ev.AnyEvent) -> tuple[str, ...]:
    """Particulars of the answer and of what follows it."""
    match event:
        case ev.Voided():
            return event.number, event.why
        case ev.Answered():
            return category(event.category).name, event.number
        case ev.Closed():
            return category(event.category).name, event.why
        case ev.Printed():
            return f"{_PRINTS[event.outcome]}（{event.printer}）", ""
        case ev.Copied():
            return (event.to,)
        case ev.Served():
            return way(event.way).name, event.signed_by, event.proof
        case ev.Returned():
            return (event.why,)
        case ev.PublicationJudged():
            return "宜转为主动公开" if event.fit else "不宜转为主动公开", event.why
        case ev.FollowedUp():
            return {True: "满意", False: "不满意", None: ""}[event.satisfied], event.remark
        case ev.PlatformEntered():
            return (event.platform_no,)
        case ev.Disputed() | ev.DisputeDecided():
            return ROUTE_NAMES[event.route], outcome_names()[event.outcome], event.reference
        case ev.DisputeAnswered():
            return (ROUTE_NAMES[event.route],)
        case ev.Archived():
            return (event.archive_no,)
        case ev.Amended():
            value = masked(event.value) if event.field == "id_number" else event.value
            return f"{FIELD_NAMES[event.field]}改为“{value}”", event.why
        case ev.Struck():
            return f"第{event.n + 1}条", event.why
    return ()
