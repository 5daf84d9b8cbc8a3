"""练习: eleven worked cases, two points each: which answer, which last day; every answer is explained."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from rich.text import Text
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from deskapp.desk.training.lessons import Lesson, Marked
from deskapp.screens.frame.ask import AskModal
from deskapp.screens.frame.base import DeskScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.widgets.cells import plain
from deskapp.widgets.line_input import LineInput
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

KEPT = "lessons"  # the draft that says how far one is
Phase = Literal["kind", "day", "told"]
QUESTIONS: dict[Phase, str] = {
    "kind": "应该怎样办？上下键选，按 Enter。",
    "day": "？写成 11-09，按 Enter。",
    "told": "按 Enter 到下一题。",
}


class PracticeScreen(DeskScreen):
    """One case after the other; how far one is and the points are kept."""

    NAME = "练习"
    PURPOSE = (
        "十一道题，每题两问：应该怎样办，最后一日是哪天，各一分。答完就说对不对、为什么、怎样数出来的，不影响登记簿。"
        "练完按 F2 写上姓名，记进成绩单（F7 打印）；F8 用本机关办过的一件添一道题。按 F4 从头再练。"
        "按 F9 到练习台去，那里有一个编出来的镇，六十件申请，随便办，和真的登记簿分开。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("again"), bind("keep_score"), bind("score_sheet"), bind("own_lesson"), bind("practice_desk"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._at = self._points = 0
        self._phase: Phase = "kind"
        self._told: list[Marked] = []

    def body(self) -> Iterable[Widget]:
        """How far, the story, the question, the answers, what was said of them."""
        yield Static(id="heading")
        with_text = VerticalScroll(
            Prose(id="story"), Prose(id="question"), Rows(id="answers"),
            LineInput(id="day", placeholder="例如 11-09"), Prose(id="told"), id="page", can_focus=False,
        )  # fmt: skip
        yield with_text

    def on_mount(self) -> None:
        """Where one was last time."""
        kept = self.desk.drafts.get(KEPT)
        self._at, self._points = (int(n) if (n := kept.get(name, "")).isdecimal() else 0 for name in ("at", "points"))
        self._ask()

    @property
    def _lesson(self) -> Lesson | None:
        every = self.desk.lessons.all()
        return every[self._at] if self._at < len(every) else None

    def _ask(self) -> None:
        """Show the case from its first question."""
        self._phase, self._told = "kind", []
        lesson = self._lesson
        if lesson:
            listed = self.query_one("#answers", Rows)
            listed.fill(Row(plain(name), kind) for kind, name in self.desk.lessons.answers(lesson))
            self.query_one("#day", Input).value = ""
        self._show()

    def _show(self) -> None:
        lesson, total = self._lesson, len(self.desk.lessons.all())
        listed, day = self.query_one("#answers"), self.query_one("#day")
        listed.display = lesson is not None and self._phase == "kind"
        day.display = lesson is not None and self._phase == "day"
        if lesson is None:
            self.query_one("#heading", Static).update(Text(f"练完了：{self._points}分，满分{2 * total}分"))
            praise = "按 F2 写上姓名，记进成绩单。" + (
                "可以上柜台了。" if self._points >= 2 * total - 2 else "按 F4 再练一遍，错的地方看看手册。"
            )
            self.query_one("#story", Prose).update(Text(praise))
            self.query_one("#question", Prose).update(Text())
            self.query_one("#told", Prose).update(Text())
            self.query_one("#page").focus()
            return
        heading = f"第{self._at + 1}题，共{total}题　{plain(lesson.title)}　得分{self._points}"
        self.query_one("#heading", Static).update(Text(heading))
        self.query_one("#story", Prose).update(Text(f"{plain(lesson.story)}今天是{lesson.asked}。"))
        first = lesson.asks if self._phase == "day" else ""
        self.query_one("#question", Prose).update(Text(plain(first) + QUESTIONS[self._phase], style="bold"))
        told = Text("\n\n").join(Text(f"{'对' if item.right else '错'} {plain(item.text)}") for item in self._told)
        self.query_one("#told", Prose).update(told)
        if self._phase == "kind":
            listed.focus()
        else:
            day.focus()

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """The kind was picked."""
        lesson = self._lesson
        if lesson and self._phase == "kind":
            self._mark(self.desk.lessons.mark_kind(lesson, event.row.key))
            self._phase = "day"
            self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The day was typed, or Enter goes on."""
        lesson = self._lesson
        if lesson is None:
            return
        if self._phase == "told":
            self._next()
            return
        marked = self.attempt(lambda: self.desk.lessons.mark_day(lesson, event.value))
        if marked:
            self.clear_message()
            self._mark(marked)
            self._phase = "told"
            self._show()
            self.query_one("#day").display = True
            self.query_one("#day").focus()

    def _mark(self, marked: Marked) -> None:
        self._told.append(marked)
        self._points += marked.right

    def _next(self) -> None:
        """The next case; what was reached is kept."""
        self._at += 1
        self._keep()
        self._ask()

    def _keep(self) -> None:
        self.succeeds(lambda: self.desk.drafts.keep(KEPT, {"at": str(self._at), "points": str(self._points)}))

    def action_again(self) -> None:
        """From the first case."""
        self._at = self._points = 0
        self._keep()
        self._ask()

    def action_keep_score(self) -> None:
        """Who went through all of them, once that is done."""
        most = 2 * len(self.desk.lessons.all())
        if self._lesson is not None:
            self.say("还没有练完，练完再记成绩。", error=True)
            return

        def named(who: str | None) -> None:
            score = self.attempt(lambda: self.desk.training.enter_score(who, self._points, most)) if who else None
            if score:
                self.say(f"已记下：{score.who}，{score.points}分，满分{score.most}分。按 F7 打印成绩单。")

        self.app.push_screen(AskModal("谁练的？", "姓名"), named)

    def action_score_sheet(self) -> None:
        """The year's scores on paper."""
        self.to_printer(lambda: self.desk.training.sheet(self.host.today.year))

    def action_own_lesson(self) -> None:
        """A lesson from a case of the office's own."""
        suited = self.attempt(self.desk.training.suited)
        if not suited:
            self.say("还没有答复过的申请，等办过几件再添题。", error=True)
            return
        self.app.push_screen(
            PickModal("用哪一件做题？", suited), lambda case_id: self.go("own_lesson", case_id) if case_id else None
        )

    def action_practice_desk(self) -> None:
        """To the practice desk, or back from it."""
        self.host.change_desk()
