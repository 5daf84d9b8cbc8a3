"""登记: a form of one page. It names the legal day of receipt, shows earlier applications, ends with the receipt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.cases.applicants import NO_PAPER, missing_papers
from deskapp.desk.cases.intake import DRAFT_KEY, IntakeDraft, absent_of
from deskapp.desk.cases.similar import Known
from deskapp.forms.cases import INTAKE
from deskapp.forms.view import FormView
from deskapp.law.receipt import channel_rule
from deskapp.screens.cases.published import ON_THE_SPOT, pick_published
from deskapp.screens.frame.base import REFUSALS
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.widgets.prose import Prose

if TYPE_CHECKING:
    from deskapp.catalogue.entry import Entry
    from deskapp.register.case import Case

SHOWN = 3  # lines below the form


def _numbers(case_no: str, items: int) -> str:
    """The numbers of the items after the first: LH-2026-0004-2, or -2 to -5 in a few words."""
    return f"{case_no}-2" if items == 2 else f"{case_no}-2至{case_no}-{items}"


class IntakeScreen(FormScreen):
    """One application in, one number out."""

    NAME = "登记"
    PURPOSE = "把一件申请登记下来。带 * 的必须填写。填完按 F9：程序给登记号，算出答复的最后一日，并出收件回执。中途离开，填过的会留着。"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("fill_known"), bind("from_mail", "信件"), bind("on_the_spot"), bind("save", "登记"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self, mail_key: str = "", greeting: str = "") -> None:
        super().__init__(greeting)
        self._mail_key = self._letter_key = mail_key  # whose draft this is; which letter is registered

    @property
    def draft_key(self) -> str:
        """One form for those who stand at the counter, one for each letter."""
        return f"{DRAFT_KEY}:{self._mail_key}" if self._mail_key else DRAFT_KEY

    def once(self) -> bool:
        """The form of a letter is another one."""
        return not self._mail_key

    def body(self) -> Iterable[Widget]:
        """The rule of the channel, the form, what is known of the applicant."""
        letter = self.desk.mail.form_of(self._mail_key) if self._mail_key else {}
        yield Prose(id="rule")
        yield self.form_of(INTAKE, {**IntakeDraft().model_dump(), **letter})
        yield Prose(id="earlier")

    def _draft(self) -> IntakeDraft:
        return IntakeDraft.model_validate(self.query_one(FormView).values())

    def keep_in_step(self) -> None:
        """Each channel has its rule and its fields."""
        rule = self.attempt(lambda: self.desk.intake.rule(self._draft().channel))
        if rule:
            text = f"收到申请之日：{rule.day}（{rule.cite}）。留存：{rule.proof}。"
            self.query_one("#rule", Prose).update(Text(text))
            self.query_one(FormView).show_only({field.key for field in INTAKE} - absent_of(self._draft()))

    def settled(self) -> None:
        """Look up who this is and what was there before; the keys go on meanwhile."""
        self._look_up(self._draft())

    @work(thread=True, exclusive=True)
    def _look_up(self, draft: IntakeDraft) -> None:
        about = draft.applicant, draft.id_number, draft.phone, draft.content
        try:
            found = self.desk.similar.of_form(*about)
            advice = [p.message for p in self.desk.intake.check(draft) if not p.blocking and draft.applicant]
            published = self.desk.catalogue.matching(draft.content)
            talks = self.desk.talks.before(draft.applicant, draft.phone, draft.content)
        except REFUSALS:  # said where it matters: when it is registered
            return
        lines = [f"提醒  {line}" for line in (*found.advice, *advice)]
        lines += talks[:1]
        lines += [f"公开目录里有（F7 当场答复）：{entry.name}" for entry in published[:1]]
        lines += [f"以前申请过（F4 照上次填）：{line}" for line in found.earlier()]
        shown = Text("\n".join(lines[:SHOWN]))
        self.from_thread(lambda: self.query_one("#earlier", Prose).update(shown))

    def action_fill_known(self) -> None:
        """Fill in somebody who applied before; ask who it is when there are several."""
        draft = self._draft()
        found = self.attempt(lambda: self.desk.similar.known(draft.applicant, draft.id_number, draft.phone))
        if not found:
            self.say("没有找到来过的申请人。先填姓名、证件号码或者电话，再按 F4。", error=True)
        elif len(found) == 1:
            self._fill_in(found[0])
        else:
            answers = [(str(n), known.line) for n, known in enumerate(found)]
            self.app.push_screen(
                PickModal("来过的有这几位，是哪一位？", answers),
                lambda chosen: self._fill_in(found[int(chosen)]) if chosen else None,
            )

    def _fill_in(self, known: Known) -> None:
        """Lay the earlier application's particulars over the form; what is typed there stays."""
        form = self.query_one(FormView)
        typed = form.values()
        keep = {name for name, value in typed.items() if value.strip() and name != "applicant_class"}
        form.put({name: value for name, value in known.values.items() if name not in keep})
        form.focus_field("content")
        self._settle()
        self.say(f"已照{known.case_no}填好，请与申请人核对。")

    def action_from_mail(self) -> None:
        """Take over a letter from the log of the mail."""
        waiting = self.attempt(self.desk.mail.waiting)
        if not waiting:
            self.say("收件登记里没有等着登记的信件。", error=True)
            return
        answers = [
            (w.row.key, f"{w.row.kind_name}{w.row.number}　{w.row.sender}　{w.row.signed_on}签收") for w in waiting
        ]

        def chosen(key: str | None) -> None:
            if key:
                self._letter_key = key
                self.query_one(FormView).put(self.desk.mail.form_of(key))
                self.keep_in_step()
                self._settle()

        self.app.push_screen(PickModal("登记哪一封？", answers), chosen)

    def save(self) -> None:
        """Register, issue the receipt, open the case."""
        case = self._register()
        if case:
            self.go("case", case.case_id, True, instead=True)

    def action_on_the_spot(self) -> None:
        """Answer at once with what is published: register, and go to the letter that says where it is found."""
        found = self.attempt(lambda: self.desk.catalogue.matching(self._draft().content))
        if not found:
            self.say("公开目录里没有找到相近的。先填申请内容；要翻目录，按 F12 再按 F3。", error=True)
        elif len(found) == 1:
            self._answer_with(found[0])
        else:
            pick_published(self, "公开目录里有这几条，是哪一条？", found, self._answer_with)

    def _answer_with(self, entry: Entry) -> None:
        several = bool(self._draft().several)
        case = self._register()
        if case is None:
            return
        facts = self.desk.catalogue.told_in_letter(entry, self.desk.lookup.unit())
        self.succeeds(lambda: self.desk.drafts.keep(self.desk.reply.draft_key(case.case_id, ON_THE_SPOT), facts))
        if channel_rule(case.received.channel).spoken:
            self.attempt(lambda: self.desk.reply.issue_form(case.case_id, "oral_record"))
        greeting = f"已登记{case.case_no}。先打开核对：申请的是不是这一份、还在不在，看过再按 F9 发出。"
        greeting += "其余几件请分别答复。" if several else ""
        self.go("case", case.case_id, instead=True)
        self.go("letter", case.case_id, ON_THE_SPOT, self.desk.reply.choice(ON_THE_SPOT).name, greeting)

    def _register(self) -> Case | None:
        """The application as a case; None when the form is not complete, which is said."""
        if self._done:
            return None
        form, draft = self.query_one(FormView), self._draft()
        blocking = [p for p in self.desk.intake.check(draft) if p.blocking]
        form.mark_problems({p.field: p.message for p in reversed(blocking)})
        if blocking:
            form.focus_field(blocking[0].field)
            return None
        case = self.attempt(lambda: self.desk.intake.register(draft, self.draft_key, self._letter_key))
        if case is None:
            return None
        self._done = True
        split = len(draft.contents) if draft.several else 0
        also = f"，一项一件，共{split}件，后面的是{_numbers(case.case_no, split)}" if split else ""
        oral = "。请把口头申请记录念给申请人听，确认后签名" if channel_rule(draft.channel).spoken else ""
        due = self.desk.lookup.deadline(case).due_on
        self.say(
            f"已登记：{case.case_no} {case.who}，答复最后一日{due}{also}{oral}{self._still(case)}。{self.desk.papers.reminder(case)}"
        )
        return case

    @staticmethod
    def _still(case: Case) -> str:
        """What is still to come of a case that is registered."""
        missing = "、".join(name for _, name in missing_papers(case.received))
        papers = f"。还缺{missing}，按 F4 发补正告知" if missing else ""
        known = case.received
        if not known.id_number and known.id_kind != NO_PAPER:
            papers += "。没有身份证明（条例第二十九条）：看过的按 F6 更正登记补上，没有出示的可以请他补正"
        return papers + ("。还没有与申请人确认收到，联系上了按 F6 记下" if case.received.unconfirmed else "")
