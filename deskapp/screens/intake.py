"""登记: a form of one page. It names the legal day of receipt, shows earlier applications, ends with the receipt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from deskapp.desk.intake import CHANNELS, CLASSES, IntakeDraft
from deskapp.forms.fields import FormField, same
from deskapp.forms.view import FormView
from deskapp.screens.base import DeskScreen
from deskapp.screens.keys import bind

SETTLE_S = 0.4
FIELDS = (
    FormField("channel", "收到方式", "choice", same(CHANNELS), "先选申请是怎样来的，它决定哪一天算收到。"),
    FormField(
        "received_on", "收到日期", help="不填就是今天。可写 2026-11-21、20261121 或 11-21。", placeholder="今天"
    ),
    FormField("mail_number", "邮件号", help="挂号邮寄的照信封抄；其他方式不填。"),
    FormField("signed_by", "信件签收人", help="挂号邮寄的填谁签收；门卫、收发室签收也算收到。"),
    FormField("applicant", "申请人", help="个人写姓名，单位写全称，照身份证明写。", required=True),
    FormField("applicant_class", "申请人类别", "choice", same(CLASSES), "年报要按类别统计。"),
    FormField("id_number", "证件号码", help="身份证号或者统一社会信用代码；没有出示的不填。"),
    FormField("phone", "联系电话", help="答复和确认都要用。"),
    FormField("address", "通信地址", help="邮寄答复用。"),
    FormField("content", "申请内容", "long", help="照申请表写所需信息的名称、文号或者特征。", required=True),
    FormField("delivery_form", "获取方式", help="申请人要求的形式和途径，例如 纸质、邮寄、电子邮件。"),
    FormField("remark", "备注"),
)


class IntakeScreen(DeskScreen):
    """One application in, one number out."""

    NAME = "登记"
    PURPOSE = "把一件申请登记下来。带 * 的必须填写。填完按 F9：程序给登记号，算出答复的最后一日，并出收件回执。中途离开，填过的会留着。"
    CSS_PATH = "intake.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "登记"), bind("back"), bind("help")]

    def __init__(self) -> None:
        super().__init__()
        self._timer: Timer | None = None
        self._done = False

    def body(self) -> Iterable[Widget]:
        """The rule of the channel, the form, what is known of the applicant."""
        yield Static(id="rule")
        yield FormView(FIELDS, self.desk.intake.draft().model_dump())
        yield Static(id="earlier")

    def on_mount(self) -> None:
        """Say the rule of the first channel."""
        self._say_rule()

    def on_form_view_changed(self, event: FormView.Changed) -> None:
        """Keep what is typed, a moment after the last key."""
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(SETTLE_S, self._settle)
        if event.key == "channel":
            self._say_rule()

    def _draft(self) -> IntakeDraft:
        return IntakeDraft.model_validate(self.query_one(FormView).values())

    def _say_rule(self) -> None:
        rule = self.attempt(lambda: self.desk.intake.rule(self._draft().channel))
        if rule:
            text = f"收到申请之日：{rule.day}（{rule.cite}）。留存：{rule.proof}。"
            self.query_one("#rule", Static).update(Text(text))

    def _settle(self) -> None:
        if self._done:
            return
        draft = self._draft()
        self.attempt(lambda: self.desk.intake.keep_draft(draft))
        about = draft.applicant, draft.id_number, draft.phone, draft.content
        found = self.attempt(lambda: self.desk.alike.of_form(*about))
        advice = [p.message for p in self.desk.intake.check(draft) if not p.blocking and draft.applicant]
        advice = [*(found.advice if found else ()), *advice]
        earlier = [f"以前申请过：{line}" for line in (found.earlier() if found else ())]
        lines = [f"※ {line}" for line in advice] + earlier
        self.query_one("#earlier", Static).update(Text("\n".join(lines[:3])))

    def action_save(self) -> None:
        """Register, issue the receipt, open the case. Twice pressed does it once."""
        if self._done:
            return
        form, draft = self.query_one(FormView), self._draft()
        blocking = [p for p in self.desk.intake.check(draft) if p.blocking]
        form.mark_problems({p.field: p.message for p in reversed(blocking)})
        if blocking:
            form.focus_field(blocking[0].field)
            return
        case = self.attempt(lambda: self.desk.intake.register(draft))
        if case is None:
            return
        self._done = True
        from deskapp.screens.case import CaseScreen

        self.say(f"已登记：{case.case_no} {case.applicant}")
        self.app.switch_screen(CaseScreen(case.case_id, fresh=True))

    def action_back(self) -> None:
        """Leave; what was typed is kept as a draft."""
        if not self._done:
            draft = self._draft()
            self.attempt(lambda: self.desk.intake.keep_draft(draft))
        super().action_back()
