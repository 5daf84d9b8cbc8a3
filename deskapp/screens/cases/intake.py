"""登记: a form of one page. It names the legal day of receipt, shows earlier applications, ends with the receipt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget

from deskapp.desk.cases.applicants import NO_PAPER, missing_papers
from deskapp.desk.cases.intake import DRAFT_KEY, IntakeDraft, Problem, absent_of
from deskapp.desk.cases.similar import Alike, Known, outcome
from deskapp.forms.cases import INTAKE
from deskapp.forms.view import FormView
from deskapp.law.periods import period
from deskapp.law.receipt import channel_rule
from deskapp.parsing import WEEKDAYS
from deskapp.register.similar import HINT
from deskapp.screens.cases.from_form import FromForm
from deskapp.screens.cases.published import ON_THE_SPOT, pick_published
from deskapp.screens.frame.base import REFUSALS
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.widgets.pane import Pane
from deskapp.widgets.prose import Prose
from deskapp.widgets.reader import Reader
from deskapp.widgets.wall_calendar import WallCalendar

if TYPE_CHECKING:
    from deskapp.catalogue.entry import Entry
    from deskapp.law.wall import Wall
    from deskapp.register.case import Case

SHOWN, LISTED = 3, 5  # lines below the form, of a group in the pane
SOON_S = 0.12  # after the last key


def _numbers(case_no: str, items: int) -> str:
    """The numbers of the items after the first: LH-2026-0004-2, or -2 to -5 in a few words."""
    return f"{case_no}-2" if items == 2 else f"{case_no}-2至{case_no}-{items}"


class IntakeScreen(FromForm):
    """One application in, one number out."""

    NAME = "登记"
    FIRST_RUN = "register"
    PURPOSE = "把一件申请登记下来。带 * 的必须填写。填完按 F9：程序给登记号，算出答复的最后一日，并出收件回执。中途离开，填过的会留着。"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("fill_known"), bind("from_mail", "信件"), bind("on_the_spot"), bind("from_form"), bind("save", "登记"), bind("back"),
        bind("help"),
    ]  # fmt: skip

    def __init__(self, mail_key: str = "", greeting: str = "") -> None:
        super().__init__(greeting)
        self._mail_key = self._letter_key = mail_key  # whose draft this is; which letter is registered
        self._soon: Timer | None = None

    @property
    def draft_key(self) -> str:
        """One form for those who stand at the counter, one for each letter."""
        return f"{DRAFT_KEY}:{self._mail_key}" if self._mail_key else DRAFT_KEY

    def once(self) -> bool:
        """The form of a letter is another one."""
        return not self._mail_key

    def body(self) -> Iterable[Widget]:
        """The rule of the channel, the form, what is known of the applicant: below it, or in a pane where there is room for one."""
        letter = self.desk.mail.form_of(self._mail_key) if self._mail_key else {}
        form = self.form_of(INTAKE, {**IntakeDraft().model_dump(), **letter})
        left = Vertical(Prose(id="rule"), form, Prose(id="earlier"), id="left")
        known, missing, calendar = Reader(id="known"), Reader(id="missing"), WallCalendar(id="calendar")
        calendar.can_focus = False  # Tab goes through the form
        yield Horizontal(
            left,
            Pane("期限", known, edged=True, id="beside"),
            Pane("还缺", missing, calendar, edged=True, id="third"),
            id="panes",
        )

    def on_mount(self) -> None:
        """As many panes as the width holds."""
        self.shape_panes()
        self.remember_read()
        self._look_up(self._draft())

    def fit_width(self) -> None:
        """Panes come and go with the width."""
        self.shape_panes()
        self._look_up(self._draft())

    def _draft(self) -> IntakeDraft:
        return IntakeDraft.model_validate(self.query_one(FormView).values())

    def keep_in_step(self) -> None:
        """Each channel has its rule and its fields."""
        draft = self._draft()
        rule = self.attempt(lambda: self.desk.intake.rule(draft.channel))
        if rule:
            self.query_one(FormView).show_only({field.key for field in INTAKE} - absent_of(draft))
            due = self._due(draft)
            text = f"收到申请之日：{rule.day}（{rule.cite}）。{due}留存：{rule.proof}。"
            self.query_one("#rule", Prose).update(Text(text))

    def _due(self, draft: IntakeDraft) -> str:
        """The last day as it would be; empty while the form has no day of receipt."""
        try:
            deadline = self.desk.intake.foreseen(draft)
        except REFUSALS:  # told of when it is registered
            return ""
        if deadline is None or deadline.due_on is None:
            return ""
        provisional = "（暂定）" if deadline.provisional else ""
        return f"最后一日 {deadline.due_on} 星期{WEEKDAYS[deadline.due_on.weekday()]}{provisional}，稳妥 {deadline.safe_on}。"

    def on_form_view_changed(self, event: FormView.Changed) -> None:
        """What is known follows the keys, once they rest a moment."""
        if self._soon:
            self._soon.stop()
        self._soon = self.set_timer(SOON_S, lambda: self._look_up(self._draft()))

    def settled(self) -> None:
        """Look up who this is and what was there before; the keys go on meanwhile."""
        self._look_up(self._draft())

    @work(thread=True, exclusive=True)
    def _look_up(self, draft: IntakeDraft) -> None:
        about = draft.applicant, draft.id_number, draft.phone, draft.content
        try:
            found = self.desk.similar.of_form(*about)
            problems = self.desk.intake.check(draft)
            published = self.desk.catalogue.matching(draft.content)
            talks = self.desk.talks.before(draft.applicant, draft.phone, draft.content)
            wall = self.desk.intake.foreseen_wall(draft) if self.has_class("-wide") else None
        except REFUSALS:  # said where it matters: when it is registered
            return
        advice = [*found.advice, *(p.message for p in problems if not p.blocking and draft.applicant)]
        lines = [f"提醒  {line}" for line in advice]
        lines += talks[:1]
        lines += [f"公开目录里有（F7 当场答复）：{entry.name}" for entry in published[:1]]
        lines += [f"以前申请过（F4 照上次填）：{line}" for line in found.earlier()]
        shown = Text("\n".join(lines[:SHOWN]))
        beside = self._known(draft, found, published, [*talks[:1], *found.advice])
        missing = self._missing(problems, self._no_paper(draft), self.has_class("-wide"))
        self.from_thread(lambda: self._show_known(shown, beside, missing, wall))

    def _show_known(self, below: Text, beside: Text, missing: Text, wall: Wall | None) -> None:
        self.query_one("#earlier", Prose).update(below)
        wide = self.has_class("-wide")
        self.query_one("#known", Reader).update(beside if wide else beside + Text("\n") + missing)
        self.query_one("#missing", Reader).update(missing if wide else Text())
        self.query_one("#calendar", WallCalendar).show(wall)

    def _known(self, draft: IntakeDraft, found: Alike, published: list[Entry], notes: list[str]) -> Text:
        """The last day and its rule, who this is, what others asked for, what is published: as far as there is anything to say."""
        rule = self.desk.intake.rule(draft.channel)
        text = Text(f"{self._due(draft) or '还没有收到日期。'}\n")
        reply = period("reply", self.desk.lookup.today())
        text.append(
            f"规则 收到次日起{reply.value}个工作日（{reply.cite}）；收到 {rule.day}（{rule.cite}）。留存 {rule.proof}。\n"
        )
        person = [like for like in found.person if like.score >= HINT]
        ids = {like.case.case_id for like in person}
        others = [like for like in found.content if like.case.case_id not in ids]
        for heading, likes in (
            (f"以前来过  {len(person)}次", person),
            (f"别人要过差不多的  {len(others)}件", others),
        ):
            lines = [
                f"{like.case.case_no}  {like.case.who}  {like.case.content}（{outcome(like)}）" for like in likes
            ]
            _section(text, heading, lines)
        _section(text, f"已经公开的  {len(published)}条", [f"{e.name}  {e.published_on}".rstrip() for e in published])
        if published:
            text.append("要的就是这个，按 F7 当场答复。\n", style="bold")
        _section(text, "注意", notes)
        return text

    @staticmethod
    def _no_paper(draft: IntakeDraft) -> list[str]:
        """That nobody has said which paper was shown, before it is registered so."""
        said = draft.id_number.strip() or draft.id_kind == NO_PAPER or "id_number" in absent_of(draft)
        return (
            []
            if said or not draft.applicant.strip()
            else ["证件号码：没有填；没有出示的，【证件类型】选没有出示（条例第二十九条）。"]
        )

    @staticmethod
    def _missing(problems: list[Problem], besides: list[str], named: bool) -> Text:
        """What is still to be filled in or to be asked; without its heading in a pane that is ``named`` so."""
        text = Text()
        labels = {field.key: field.label for field in INTAKE}
        said = [(labels.get(problem.field, ""), problem.message) for problem in problems]
        lines = [message if label in message else f"{label}：{message}" for label, message in said] + besides
        _section(text, "" if named else "还缺", lines)
        return text if lines else Text("都填了，按 F9 登记。", style="good")

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

        def register() -> None:
            if case := self._register():
                self.go("case", case.case_id, True, instead=True)

        self.compared(register)

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
        self.compared(lambda: self._register_and_answer(entry))

    def _register_and_answer(self, entry: Entry) -> None:
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
        self.forget_read()
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


def _section(text: Text, heading: str, lines: list[str]) -> None:
    """A heading with its lines; nothing where there are none."""
    if lines:
        text.append(f"\n{heading}\n" if text.plain else f"{heading}\n" if heading else "", style="bold")
        text.append("".join(f"{line}\n" for line in lines[:LISTED]))
        if len(lines) > LISTED:
            text.append(f"还有{len(lines) - LISTED}条。\n", style="quiet")
