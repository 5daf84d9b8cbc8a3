"""阅览点: who came today, noted in three keys; the way to everything else of the reading point."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.reading.daybook import KINDS, VisitDraft, VisitLine
from deskapp.forms.reading import VISIT, WHY
from deskapp.forms.view import FormView
from deskapp.screens.frame.base import WatchingScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.widgets.cells import fit
from deskapp.widgets.foot_lines import NOTE
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

DIGITS = {str(n): kind for n, kind in enumerate(KINDS, 1)}
KIND_WIDTH, PEOPLE_WIDTH, MINUTES_WIDTH, OUTCOME_WIDTH = 10, 6, 8, 12
EDIT, AWAY, OPEN = "edit", "away", "open"
TRANSLATIONS, CHINESE = "translations", "zh"  # of the answers, what is no sheet and no other language


class ReadingScreen(WatchingScreen):
    """Today's visits."""

    NAME = "阅览点"
    PURPOSE = (
        "来了人，按一个数字再按 Enter 就记下一批：1 阅览，2 咨询，3 政策解读；要写人数、事由的，按了数字接着填。来申请的不用记，"
        "登记了就算。选一行按 Enter 改正或者撤回，别的日子的按 F8。F3 公开目录，F4 月表，F5 常见问题，F6 满意度，F9 工作记事。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("catalogue", "目录"), bind("visits"), bind("questions", "问题"), bind("satisfaction"), bind("takehome"),
        bind("point_log", "记事"), bind("listed", show=False),
        bind("open_selected", "改正", show=False), bind("back"), bind("help"),
    ]  # fmt: skip

    def body(self) -> Iterable[Widget]:
        """How to note, the sum of the day, the visits."""
        keys = "　".join(f"{digit} {KINDS[kind]}" for digit, kind in DIGITS.items())
        yield Prose(Text(f"来了人，按：{keys}　（来申请的按 F2；别的日子按 F8）"), id="how")
        yield Prose(id="sum")
        yield Prose(id="columns")
        yield Rows(id="visits")

    def on_mount(self) -> None:
        """Fill the list."""
        self.refresh_rows()
        self.query_one("#visits").focus()

    def refresh_rows(self) -> None:
        """Read the day."""
        lines = self.attempt(self.desk.daybook.day)
        if lines is None:
            return
        listed = self.query_one("#visits", Rows)
        none = [Row("今天还没有人来。", heading=True)]
        rows = [Row(self._line(line), line.key or f"{OPEN}:{line.topic.split()[0]}") for line in lines]
        listed.fill(rows or none, listed.current.key if listed.current else "")
        people = sum(line.people for line in lines)
        self.query_one("#sum", Prose).update(Text(f"今天接待{len(lines)}批、{people}人次。", style="bold"))
        self.query_one("#columns", Prose).update(Text(self._cells("来做什么", "人数", "分钟", "结果", "什么事")))

    def _line(self, line: VisitLine) -> str:
        return self._cells(line.kind_name, str(line.people), str(line.minutes or ""), line.outcome, line.topic)

    def _cells(self, kind: str, people: str, minutes: str, outcome: str, topic: str) -> str:
        width = max(self.size.width - KIND_WIDTH - PEOPLE_WIDTH - MINUTES_WIDTH - OUTCOME_WIDTH - 8, 10)
        parts = (
            fit(kind, KIND_WIDTH), fit(people, PEOPLE_WIDTH), fit(minutes, MINUTES_WIDTH), fit(outcome, OUTCOME_WIDTH),
            fit(topic, width),
        )  # fmt: skip
        return " ".join(parts)

    # -- acts --------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """A digit begins a visit."""
        kind = DIGITS.get(event.character or "")
        if kind and self.app.screen is self:  # of several digits at once the first
            event.stop()
            self.app.push_screen(VisitScreen(kind))

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Put a visit right, or open the application."""
        key = event.row.key
        if key.startswith(f"{OPEN}:"):
            case = self.attempt(lambda: self.desk.lookup.case_by_no(key.removeprefix(f"{OPEN}:")))
            if case:
                self.go("case", case.case_id)
            return
        answers = [(EDIT, "改正这一条"), (AWAY, "记错了，撤回")]
        which = " ".join(event.row.text.split())
        self.app.push_screen(PickModal(f"{which}\n这一条怎么办？", answers), lambda answer: self._do(key, answer))

    def _do(self, key: str, answer: str | None) -> None:
        if answer == EDIT:
            self.app.push_screen(VisitScreen(key=key))
        elif answer == AWAY:
            self.go("reason", self.desk.daybook, key)

    def action_catalogue(self) -> None:
        """To what is published."""
        self.go("catalogue")

    def action_visits(self) -> None:
        """To the tables of the year."""
        self.go("visits")

    def action_questions(self) -> None:
        """To the questions."""
        self.go("questions")

    def action_satisfaction(self) -> None:
        """To the slips."""
        self.go("satisfaction")

    def action_listed(self) -> None:
        """To the visits of any day."""
        self.go("visit_entries")

    def action_point_log(self) -> None:
        """To what was done at the point."""
        self.go("point_log")

    def action_takehome(self) -> None:
        """Print a sheet to take home, or see to its translations."""
        sheets = (*self.desk.handouts.kinds(), (TRANSLATIONS, "译文：做翻译的表，收填好的表"))
        self.app.push_screen(PickModal("印哪一种？", sheets), lambda kind: self._in_which(kind) if kind else None)

    def _in_which(self, kind: str) -> None:
        """Ask in which languages, where there is more than one."""
        if kind == TRANSLATIONS:
            self.go("translations")
            return
        languages = self.attempt(self.desk.handouts.translations.languages) or []
        if not languages:
            self._print(kind, "")
            return
        answers = [(CHINESE, "只印中文"), *((name, f"中文和{name}") for name in languages)]
        self.app.push_screen(
            PickModal("用哪几种文字？", answers),
            lambda chosen: self._print(kind, "" if chosen == CHINESE else chosen) if chosen else None,
        )

    def _print(self, kind: str, language: str) -> None:
        made = self.attempt(lambda: self.desk.handouts.handout(kind, language))
        if made:
            self.go("sheet", made.sheet)
            if made.state:
                self.say(made.state.sentence(language), word=NOTE)


class VisitScreen(FormScreen):
    """One visit: Enter is enough when somebody came alone."""

    NAME, CORRECTION = "记一批", "改正一批"
    PURPOSE = (
        "一个人来的，直接按 Enter 就记下了。几个人一起来的写人数；别的写几个字，不写姓名。改正的写上原因，按 F9。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    def __init__(self, kind: str = "reading", key: str = "") -> None:
        super().__init__()
        self._kind, self._key = kind, key

    @property
    def heading(self) -> str:
        """Another one, or one that is put right."""
        return self.CORRECTION if self._key else self.NAME

    @property
    def draft_key(self) -> str:
        """One form for new ones, one for each that is put right."""
        return f"visit:{self._key or self._kind}"

    def body(self) -> Iterable[Widget]:
        """The form; the number of people comes first, since the kind is known."""
        first = self.desk.daybook.draft_of(self._key) if self._key else VisitDraft(kind=self._kind)
        fields = (*VISIT, WHY) if self._key else VISIT
        yield self.form_of(fields, first.model_dump(), enter_ends=not self._key, first="people")

    def on_form_view_entered(self) -> None:
        """Enter in any line notes the visit."""
        self.action_save()

    def save(self) -> None:
        """Note it."""
        draft = VisitDraft.model_validate(self.query_one(FormView).values())
        line = self.attempt(lambda: self.desk.daybook.enter(draft, self._key))
        if line:
            self.finish(f"已记下：{line.kind_name}{line.people}人{'，' + line.topic if line.topic else ''}。")
