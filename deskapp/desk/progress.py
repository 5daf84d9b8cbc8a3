"""Progress: what happens between receipt and answer, and putting the file away, as one small form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict

from deskapp.clock import Clock
from deskapp.desk.letter_events import append_checked
from deskapp.errors import DeskError
from deskapp.law.categories import category
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.journal import Journal
from deskapp.typed import half_width, one_line, parse_day

Archive = Callable[[str, str, int | None], Case]


@dataclass(frozen=True)
class Act:
    """One act that can be noted: its name and what it does to the clock."""

    name: str
    effect: str


ACTS: dict[str, Act] = {
    "corrected": Act("收到补正", "从收到补正之日起重新计算答复期限（条例第三十条）。"),
    "party_consulted": Act(
        "征求第三方意见",
        "发出的次日起停止计算，到对方答复为止；最长到对方收到后第15个工作日（第三十二条、第三十三条）。",
    ),
    "party_answered": Act("第三方答复", "从答复的次日起继续计算。"),
    "agency_consulted": Act("征求机关意见", "发出的次日起停止计算，到对方答复为止（第三十三条、第三十四条）。"),
    "agency_answered": Act("机关答复", "从答复的次日起继续计算。"),
    "extended": Act(
        "延长答复期限", "只能一次，最多20个工作日，要在期限届满前经负责人同意，并告知申请人（第三十三条）。"
    ),
    "fee_noticed": Act("发出收费通知", "等待缴费，期限停着；申请人有20个工作日缴费（信息处理费管理办法第六条）。"),
    "fee_paid": Act("收到缴费", "从缴费之日起重新计算答复期限。"),
    "answered": Act("系统外已答复", "答复是在系统外拟写的：选答复类型，填文号；送达另外按 F5 记。"),
    "withdrawn": Act("申请人撤回", "结案，年报计入“其他”。请留存申请人的书面意思。"),
    "archived": Act("归档", "文书都送达以后归档，不再出现在“今日”里。"),
}


class NoteDraft(BaseModel):
    """The form as it is typed."""

    model_config = ConfigDict(extra="ignore")

    act: str = "corrected"
    on: str = ""
    other: str = ""
    days: str = ""
    approved_by: str = ""
    archive_no: str = ""
    received_by: str = ""
    category: str = "already_public"
    number: str = ""
    content: str = ""


class Progress:
    """The moment something happens to a case. ``archive`` is how a file is put away."""

    def __init__(self, journal: Journal, clock: Clock, archive: Archive) -> None:
        self._journal, self._clock, self._archive = journal, clock, archive

    def record(self, case_id: str, event: ev.AnyEvent, seen: int | None = None) -> Case:
        """Append an act such as a correction received, an extension or an opinion asked for.

        Raises DeskError when the clock cannot take it (wrong order, a date before receipt or in the future).
        """
        with self._journal.store.write():
            return append_checked(self._journal, self._journal.case(case_id), [event], seen)

    def likely(self, case: Case) -> str:
        """The act that is most likely to be noted next."""
        if case.category:
            return "archived"
        open_acts = {event.act for event in case.clock}
        if "correction_requested" in open_acts and "corrected" not in open_acts:
            return "corrected"
        if "party_consulted" in open_acts and "party_answered" not in open_acts:
            return "party_answered"
        return "party_consulted" if "corrected" in open_acts else "extended"

    def note(self, case_id: str, draft: NoteDraft, seen: int | None = None) -> Case:
        """Note one act. Raises DeskError when a needed field is empty or the clock cannot take it."""
        if draft.act == "archived":
            return self._archive(case_id, one_line(draft.archive_no), seen)
        today = self._clock.today()
        day = parse_day(draft.on, today, "日期") if draft.on.strip() else today
        return self.record(case_id, self._event(draft, day), seen)

    def _event(self, draft: NoteDraft, day: date) -> ev.AnyEvent:
        other = one_line(draft.other)
        if draft.act.startswith(("party_", "agency_")) and not other:
            raise DeskError("没有填对方名称。", "没有记下。", "请填写第三方或者机关的名称。")
        match draft.act:
            case "corrected":
                return ev.Corrected(on=day, content=one_line(draft.content))
            case "party_consulted":
                return ev.PartyConsulted(on=day, party=other, received_by_party_on=self._arrived(draft))
            case "party_answered":
                return ev.PartyAnswered(on=day, party=other)
            case "agency_consulted":
                return ev.AgencyConsulted(on=day, agency=other, received_by_agency_on=self._arrived(draft))
            case "agency_answered":
                return ev.AgencyAnswered(on=day, agency=other)
            case "extended":
                return ev.Extended(on=day, working_days=self._days(draft), approved_by=one_line(draft.approved_by))
            case "withdrawn":
                return ev.Withdrawn(on=day)
            case "fee_noticed":
                return ev.FeeNoticed(on=day)
            case "fee_paid":
                return ev.FeePaid(on=day)
            case "answered":
                return ev.Answered(on=day, category=category(draft.category).key, number=one_line(draft.number))
        raise DeskError("请选择发生了什么事。", "没有记下。", "")

    def _arrived(self, draft: NoteDraft) -> date | None:
        """When the other side got the letter, if it is known already."""
        return (
            parse_day(draft.received_by, self._clock.today(), "对方收到日期") if draft.received_by.strip() else None
        )

    @staticmethod
    def _days(draft: NoteDraft) -> int:
        days = half_width(draft.days)
        if days and not days.isdecimal():
            raise DeskError(f"延长工作日数“{days}”不是数字。", "没有记下。", "请填写1到20的数字。")
        if not (days.isascii() and days.isdigit() and 1 <= int(days[:4]) <= 999):
            raise DeskError("没有填延长多少个工作日。", "没有记下。", "请填写1到20的数字。")
        if not one_line(draft.approved_by):
            raise DeskError(
                "没有填同意人。", "延期要经政府信息公开工作机构负责人同意（条例第三十三条）。", "请填写是谁同意的。"
            )
        return int(days)
