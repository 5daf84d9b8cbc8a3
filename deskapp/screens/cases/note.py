"""记事: an act that moves the clock, or puts the file away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.cases.acts import ACTS, NO, YES, NoteDraft
from deskapp.forms.fields import FormField
from deskapp.forms.view import FormView
from deskapp.law.annual_report import OUTCOMES, outcome_names
from deskapp.law.categories import categories
from deskapp.law.report_checks import ROUTE_NAMES
from deskapp.register.event_labels import FIELD_NAMES
from deskapp.screens.frame.form import CaseFormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.prose import Prose


class NoteScreen(CaseFormScreen):
    """One act on one day."""

    NAME = "记事"
    PURPOSE = "记下申请办理中发生的事：收到补正、征求意见和对方答复、延期、撤回，办完以后归档。期限会跟着重新计算。填完按 F9。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    def __init__(self, case_id: str, act: str = "") -> None:
        super().__init__(case_id)
        self._act = act

    def body(self) -> Iterable[Widget]:
        """What the act means, then the form."""
        case = self.look_at_case()
        likely = NoteDraft(act=self._act or self.desk.progress.likely(case))
        yield Prose(id="rule")
        yield self.form_of(_fields(self.desk.progress.strikable(case)), likely.model_dump())

    def keep_in_step(self) -> None:
        """Each act has its meaning and its fields."""
        form = self.query_one(FormView)
        act = ACTS[form.values()["act"]]
        form.show_only(("act", "on", *act.fields))
        self.query_one("#rule", Prose).update(Text(act.effect))

    def save(self) -> None:
        """Note the act."""
        draft = NoteDraft.model_validate(self.query_one(FormView).values())
        case = self.attempt(lambda: self.desk.progress.note(self._case_id, draft, self._seen))
        if case is None:
            return
        self.finish(f"已记下：{ACTS[draft.act].name}")


def _fields(entries: list[tuple[str, str]]) -> tuple[FormField, ...]:
    """Every field of the form; an act shows those it needs."""
    kinds = tuple((item.key, item.name) for item in categories())
    acts = tuple((key, act.name) for key, act in ACTS.items())
    outcomes = tuple((key, outcome_names()[key]) for key in OUTCOMES[:3])
    return (
        FormField("act", "什么事", "choice", acts, "选择发生了什么。"),
        FormField("on", "日期", help="事情发生的那一天；不填就是今天。", placeholder="今天"),
        FormField("other", "对方名称", help="第三方或者机关的名称，前后写法要一样。"),
        FormField("received_by", "对方收到日期", help="知道对方哪天收到征求意见书就填，15个工作日从那天算。"),
        FormField("content", "补正后的内容", help="申请内容改了的写新的；没有改的不填。"),
        FormField("items", "各项内容", "long", help="一行一项；第一行留在原来的登记号，其余另立-2、-3。"),
        FormField("days", "延长工作日数", help="最多20，只能一次。"),
        FormField("approved_by", "同意人", help="政府信息公开工作机构负责人的姓名。"),
        FormField("until", "延至", help="合理的答复日期。"),
        FormField("route", "复议还是诉讼", "choice", tuple(ROUTE_NAMES.items()), "未经复议直接起诉的和复议以后起诉的分开统计。"),
        FormField("outcome", "结果", "choice", outcomes, "照决定书或者裁判文书填写。"),
        FormField("category", "答复类型", "choice", kinds, "决定计入年报哪一行。"),
        FormField("field", "更正哪一项", "choice", tuple(FIELD_NAMES.items()), "登记表上写错的那一项。"),
        FormField("value", "改成", help="正确的写法。"),
        FormField("entry", "哪一条", "choice", tuple(entries) or (("", "没有可以划去的记录"),), "记错的那一条。"),
        FormField("verdict", "结论", "choice", (("", "不填"), (YES, "是（合理、宜公开、满意）"), (NO, "否")), "看清左边问的是什么。"),
        FormField("number", "号", help="文号、登记号、复议或者诉讼的案号、平台编号；没有的不填。"),
        FormField("why", "说明", help="原因、理由或者申请人说的话。"),
        FormField("archive_no", "档号", help="没有的不填。"),
    )  # fmt: skip
