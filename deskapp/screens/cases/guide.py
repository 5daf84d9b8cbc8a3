"""答复向导: questions, one at a time; or words and pinyin initials, for somebody who knows the answer already."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from deskapp.desk.cases.choices import LetterChoice
from deskapp.desk.cases.plans import said
from deskapp.law.categories import REVIEW_NAMES
from deskapp.law.guide import Answer, Question, Step
from deskapp.parsing import whole_number
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickScreen
from deskapp.widgets.cells import plain
from deskapp.widgets.pane import Pane
from deskapp.widgets.prose import Prose, broken
from deskapp.widgets.reader import Reader
from deskapp.widgets.rows import Row, Rows

CHOOSE = "选一个答案，按 Enter。"
FOUND = "符合的种类（清空打的字，就照问题一问一问走）："  # where the question stands, while somebody types
ANSWER, KIND = "answer:", "kind:"
SIDE = 42  # cells of the card
WALKED, WALKED_WIDE = 28, 34  # cells of the way that was walked
NO_SUCH = "没有第{}个回答，这里有{}个。"


class GuideScreen(PickScreen):
    """Ends in one kind of letter; the answers are kept as its reasons."""

    NAME = "答复向导"
    FIRST_RUN = "guide"
    PURPOSE = (
        "一问一答，走到该用的答复。用上下键或者打号码选回答，按 Enter；PgDn 翻右边的说明；Esc 回到上一问。右边说明这一问怎么看、依据哪一条。"
        "熟悉的可以直接打几个字或者拼音首字母（例如 bcz 找【信息不存在】），列表就变成文书的种类，右边说明什么时候用、"
        "什么时候不要用，还有它相当于怎样回答。补正、征求意见、延期这些办理中的文书，也从这里打字找。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("open_selected", "选定"), bind("guide", "重走"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self, case_id: str, words: str = "") -> None:
        """``words`` stand in the line at first: the paper that the next step of the case names."""
        super().__init__()
        self._case_id = case_id
        self._first_words = words
        self._steps: list[Step] = []
        self._choices: list[LetterChoice] = []
        self._letters: int | None = None  # how many the case had when a letter was begun

    def body(self) -> Iterable[Widget]:
        """The words, whose case, the answers so far, the question, its answers, the card."""
        yield self.line("知道用哪种的，打字或者拼音首字母；不知道的，照下面一问一问走")
        yield Static(id="subject")
        yield Prose(id="walk")
        walked = Pane("走过的", Reader(id="steps"), id="walked")
        middle = Vertical(Prose(id="question"), Rows(id="kinds"), id="middle")
        yield Horizontal(walked, middle, Reader(id="side"), id="panes")

    def on_mount(self) -> None:
        """The case, and the first question or what fits the words; the cursor stands in the line."""
        self.shape_panes()
        self.next_act(CHOOSE)
        line = self.query_one("#words", Input)
        line.value = self._first_words
        line.select_all()  # what is typed takes their place
        case = self.attempt(lambda: self.desk.lookup.case(self._case_id))
        if case:
            subject = f"{case.case_no} {case.who}：{case.content}"
            self.query_one("#subject", Static).update(Text(subject, overflow="ellipsis", no_wrap=True))

    def fit_width(self) -> None:
        """The way that was walked has a pane of its own where there is room."""
        self.shape_panes()
        super().fit_width()

    @property
    def _question(self) -> Question:
        guidance = self.desk.guidance
        return guidance.question(self._steps[-1].answer.to) if self._steps else guidance.first()

    def fill(self, words: str) -> None:
        """The answers of the question, or the kinds that fit what was typed."""
        typed = words.strip()
        if (number := whole_number(typed)) is not None:  # of an answer
            self._point_at(number)
            return
        listed = self.query_one("#kinds", Rows)
        if typed:
            self._choices = self.desk.reply.choices(typed)
            rows = [Row(choice.name, KIND + choice.kind) for choice in self._choices]
        else:
            beside = 0 if self.has_class("-narrow") else WALKED_WIDE if self.has_class("-wide") else WALKED
            width = max(self.size.width - beside - SIDE - 6, 24)
            numbered = enumerate(self._question.answer)
            rows = [
                Row(broken(Text(f"{n + 1:>2} {plain(answer.text)}"), width, hang=3).plain, f"{ANSWER}{n}")
                for n, answer in numbered
            ]
        self._say_question(f"第{len(self._steps) + 1}问　{self._question.text}" if not typed else FOUND)
        self._show_way()
        listed.fill(rows)
        if not rows:
            self.query_one("#side", Reader).update(Text("没有符合的种类，请换个说法，或者清空后照问题走。"))
        self.next_act(CHOOSE if rows else "换个说法，或者按 Esc 回到问题。")

    def refresh_rows(self) -> None:
        """The same list in the width there is."""
        self.fill(self.words)

    def _point_at(self, number: int) -> None:
        """Put the cursor on the answer of that number."""
        listed = self.query_one("#kinds", Rows)
        if not any(row.key.startswith(ANSWER) for row in listed.rows):
            return
        if 1 <= number <= len(listed.rows):
            listed.cursor = number - 1
            self.next_act(f"光标在第{number}个回答上，按 Enter 选定。")
        else:
            self.next_act(NO_SUCH.format(number, len(listed.rows)))

    def _say_question(self, question: str) -> None:
        walk = "　".join(f"{step.question.name}：{step.answer.text}" for step in self._steps)
        self.query_one("#walk", Prose).update(Text(plain(walk)))
        self.query_one("#walk").display = bool(walk and question != FOUND and self.has_class("-narrow"))
        self.query_one("#question", Prose).update(Text(plain(question), style="bold"))

    def _show_way(self) -> None:
        """Every step from the start: the answers that were given, the question that stands, those that may still come."""
        text, here = Text(), self._question
        for n, step in enumerate(self._steps, 1):
            text.append(f"{n} {step.question.name}  {plain(step.answer.text)}\n")
        text.append(f"{len(self._steps) + 1} {here.name}  ？\n", style="bold")
        for question in self.desk.guidance.ahead(here):
            text.append(f"  {question.name}\n", style="quiet")
        self.query_one("#steps", Reader).update(text)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Show the card of what the cursor stands on."""
        option = event.row.key
        if option.startswith(KIND):
            kind = option.removeprefix(KIND)
            text = self._card(self.desk.reply.choice(kind), self.desk.guidance.implied(kind))
        else:
            answer = self._answer(option)
            if answer is None:  # the question has changed while the message was on its way
                return
            text = self._about(answer)
        self.query_one("#side", Reader).update(text)

    def _answer(self, option: str) -> Answer | None:
        answers, n = self._question.answer, option.removeprefix(ANSWER)
        return answers[int(n)] if n.isdigit() and int(n) < len(answers) else None

    def _about(self, answer: Answer) -> Text:
        """The question in plain words and its article, and what this answer leads to."""
        question = self._question
        text = Text()
        text.append(f"{plain(question.plain)}\n")
        text.append(f"（{question.article}）\n\n", style="quiet")
        if answer.to:
            text.append(f"这样回答：下一问，{self.desk.guidance.question(answer.to).name}。\n", style="bold")
            return text
        choice = self.desk.reply.choice(answer.category or answer.letter)
        text.append("这样回答：" if answer.category else "这样回答，先发：", style="bold")
        text.append_text(self._card(choice, ()))
        return text

    @staticmethod
    def _card(choice: LetterChoice, implied: Iterable[Step]) -> Text:
        text = Text()
        text.append(f"{plain(choice.name)}\n", style="bold")
        text.append(f"依据：{choice.article}\n\n")
        text.append(f"什么时候用：{plain(choice.use_when)}\n\n")
        text.append(f"不要用于：{plain(choice.not_when)}\n", style="bold")
        if choice.facts:
            text.append("\n文书里要写：" + plain("；".join(choice.facts)) + "。\n")
        if choice.reviews:
            text.append("\n发出前要有：" + "、".join(REVIEW_NAMES[r] for r in choice.reviews) + "。\n")
        if choice.row:
            text.append(f"\n年报计入：{choice.row}。\n")
        if walk := said(list(implied)):
            text.append(f"\n相当于回答：{plain(walk)}。\n")
        return text

    def action_open_selected(self) -> None:
        """Answer the question, or begin the letter."""
        number, listed = whole_number(self.words.strip()), self.query_one("#kinds", Rows)
        if number is not None and not 1 <= number <= len(listed.rows):
            self.say(NO_SUCH.format(number, len(listed.rows)), error=True)
            return
        if listed.current is None:
            return
        option = listed.current.key
        if option.startswith(KIND):
            kind = option.removeprefix(KIND)
            self._begin(kind, lambda: self.desk.guidance.pick(self._case_id, kind))
            return
        answer = self._answer(option)
        if answer is None:
            return
        step = self.desk.guidance.step(self._question, answer)
        if answer.to:
            self._steps.append(step)
            self.query_one("#words", Input).value = ""
            self.fill(self.words)
        else:
            kind, steps = answer.category or answer.letter, [*self._steps, step]
            self._begin(kind, lambda: self.desk.guidance.keep(self._case_id, kind, steps))

    def _begin(self, kind: str, keep: Callable[[], None]) -> None:
        """Keep how the kind was chosen and go on to the letter."""
        if not self.succeeds(keep):
            return
        case = self.desk.lookup.case(self._case_id)
        self._letters = len(case.letters)
        self.go("letter", self._case_id, kind, self.desk.reply.choice(kind).name)

    def on_screen_resume(self) -> None:
        """Back from a letter that was issued: the guide has done its work; from another one: the question once more."""
        case = self.attempt(lambda: self.desk.lookup.case(self._case_id)) if self._letters is not None else None
        if case and self._letters is not None and len(case.letters) > self._letters:
            super().action_back()

    def action_guide(self) -> None:
        """From the first question again."""
        self._steps.clear()
        self.query_one("#words", Input).value = ""
        self.fill(self.words)

    def action_back(self) -> None:
        """Out of the typed words, then one question back, then to the case."""
        line = self.query_one("#words", Input)
        if line.value:
            line.value = ""
        elif self._steps:
            self._steps.pop()
            self.fill(self.words)
        else:
            super().action_back()
