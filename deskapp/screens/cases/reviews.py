"""呈批: the boxes of review of one case, and the sheet that is signed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from deskapp.desk.cases.boxes import OpinionBox
from deskapp.desk.cases.reviews import HELP, OpinionDraft
from deskapp.forms.cases import OPINION, OPINION_OF_TEXT
from deskapp.forms.view import FormView
from deskapp.law.categories import OF_THE_TEXT
from deskapp.register.acts_open import SIGNED
from deskapp.screens.frame.form import CaseFormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.cells import fit
from deskapp.widgets.prose import Prose


def _first(draft: OpinionDraft) -> str:
    """Where to begin: who says it, and where that is known, what he says."""
    return "verdict" if draft.who else "who"


class ReviewsScreen(CaseFormScreen):
    """One opinion after the other; the boxes stand above the form."""

    NAME = "呈批"
    PURPOSE = (
        "答复发出以前，该看的人都看过：审核、保密审查、法律顾问、会商、第三方，单位要的还有复核、签发。上面一格一格列着谁说了什么，"
        "标着【必须有】的没有，或者审核、审查、会商的不同意，答复就发不出去。在下面填一项，按 F9 记下，再填下一项。"
        "要纸面会签的，按 F7 打印呈批表，签完照着记。复核、签发是对这一稿的：文字改过，就要再签。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("save", "记下"),
        bind("paper", "打印呈批表"),
        bind("back"),
        bind("help"),
    ]

    def __init__(self, case_id: str, kind: str = "") -> None:
        super().__init__(case_id)
        self._kind = kind
        self._whole = False  # whether the letter needs opinions and has them all

    def body(self) -> Iterable[Widget]:
        """The boxes, what belongs into the next one, then the form for it."""
        case = self.look_at_case()
        self._kind = self._kind or self.desk.guidance.plan(self._case_id).kind
        yield Static(id="plan")
        yield Static(id="boxes")
        yield Prose(id="rule")
        draft = self.desk.reviews.next_draft(case, self._kind)
        yield self.form_of(OPINION, draft.model_dump(), first=_first(draft))

    def on_mount(self) -> None:
        """Fill the boxes."""
        self._show_boxes()

    def _show_boxes(self) -> None:
        case = self.look_at_case()
        plan = self.desk.reply.choice(self._kind).name if self._kind else "还没有选（按 Esc 回到案件，按 F4 选）"
        text = Text(f"{case.case_no}　{case.who}　拟答复：{plan}", overflow="ellipsis", no_wrap=True)
        self.query_one("#plan", Static).update(text)
        boxes = self.desk.reviews.boxes(case, self._kind)
        needed = [box for box in boxes if box.needed]
        self._whole = bool(needed) and not any(box.empty for box in needed)
        lines = [self._line(box) for box in boxes]
        self.query_one("#boxes", Static).update(Text("\n".join(lines), no_wrap=True))

    def _line(self, box: OpinionBox) -> str:
        mark = "无" if box.empty else box.mark
        if box.on is None:
            said = "必须有，还没有" if box.needed else "不是必须"
        elif box.stale:
            said = f"{box.on:%m-%d}　{box.who}{box.name}的是以前的一稿，文字改过，不算数"
        else:
            verdict = "" if box.agreed or box.of_party else "不同意："
            signed = SIGNED.get(box.how, "")
            said = f"{box.on:%m-%d}　{box.who}　{verdict}{box.opinion}{f'（{signed}）' if signed else ''}"
        return f"{fit(mark, 8)}{fit(box.name, 16)}{said}"

    def on_form_view_changed(self, event: FormView.Changed) -> None:
        """Another box: the person who gives that opinion usually."""
        form = self.query_one(FormView)
        if event.key == "review" and not form.values()["who"]:
            form.put({"who": self.desk.reviews.usual(form.values()["review"])})

    def keep_in_step(self) -> None:
        """What belongs into the box that is chosen."""
        form = self.query_one(FormView)
        review = form.values()["review"]
        form.become((*OPINION, *OPINION_OF_TEXT) if review in OF_THE_TEXT else OPINION)
        self.query_one("#rule", Prose).update(Text(HELP[review]))

    def save(self) -> None:
        """Note the opinion, then the form for the next box."""
        form = self.query_one(FormView)
        draft = OpinionDraft.model_validate(form.values())
        case = self.attempt(lambda: self.desk.reviews.note(self._case_id, draft, self._seen, self._kind))
        if case is None:
            self._show_boxes()  # another desk may have written: what it wrote is seen now
            return
        self._show_boxes()
        following = self.desk.reviews.next_draft(case, self._kind)
        form.begin(following.model_dump())
        form.focus_field(_first(following))
        self.keep_in_step()
        self._forget()
        self.say_next()
        self.say(self.desk.reviews.after(case, self._kind, draft))

    def say_next(self) -> None:
        """Back, where everything is there that must be; the next opinion otherwise, or when one is being typed."""
        begun = any(self.query_one(FormView).values()[key] for key in ("verdict", "opinion"))
        if begun or not self._whole:
            super().say_next()
        else:
            self.next_act("必须有的都有了，按 Esc 回去；还有别的意见的，接着填，按 F9 记下。")

    def action_paper(self) -> None:
        """Make the sheet to be signed, and print it."""
        self.form_to_printer("review_sheet")
