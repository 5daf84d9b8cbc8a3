"""Choosing a kind of letter: type words or pinyin initials, read when to use it and when not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from deskapp.desk.reply import Choice
from deskapp.law.categories import REVIEW_NAMES
from deskapp.screens.base import PickScreen
from deskapp.screens.keys import bind
from deskapp.widgets.line_input import LineInput


class ChooseScreen(PickScreen):
    """The list of outcomes with a card for the one under the cursor."""

    NAME = "选择文书"
    PURPOSE = (
        "选择怎样答复。可以直接打几个字，或者拼音首字母（例如 bcz 找“信息不存在”），用上下键选，按 Enter 开始填写。"
        "右边的卡片说明什么时候用，什么时候不要用。"
    )
    CSS_PATH = "choose.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [bind("open_selected", "选定"), bind("back"), bind("help")]

    def __init__(self, case_id: str) -> None:
        super().__init__()
        self._case_id = case_id
        self._choices: list[Choice] = []

    def body(self) -> Iterable[Widget]:
        """Filter, list, card."""
        yield LineInput(placeholder="打字或者拼音首字母查找", id="filter", compact=True)
        yield Horizontal(
            OptionList(id="kinds", markup=False), VerticalScroll(Static(id="card"), id="side"), id="panes"
        )

    def on_mount(self) -> None:
        """All kinds to begin with; the cursor stands in the filter."""
        self._fill("")
        self.query_one("#filter").focus()

    def _fill(self, typed: str) -> None:
        self._choices = self.desk.reply.choices(typed)
        kinds = self.query_one("#kinds", OptionList)
        kinds.clear_options()
        kinds.add_options([Option(Text(choice.name), id=choice.kind) for choice in self._choices])
        kinds.highlighted = 0 if self._choices else None
        if not self._choices:
            self.query_one("#card", Static).update(Text("没有符合的种类，请换个说法。"))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self._fill(event.value)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the card of the kind under the cursor."""
        choice = next((c for c in self._choices if c.kind == event.option_id), None)
        if choice is None:  # the list was narrowed while the message was on its way
            return
        text = Text()
        text.append(f"{choice.name}\n\n", style="bold")
        text.append(f"依据：{choice.article}\n\n")
        text.append(f"什么时候用：{choice.use_when}\n\n")
        text.append(f"不要用于：{choice.not_when}\n", style="bold")
        if choice.facts:
            text.append("\n文书里要写：" + "；".join(choice.facts) + "。\n")
        if choice.reviews:
            text.append("\n发出前要有：" + "、".join(REVIEW_NAMES[r] for r in choice.reviews) + "。\n")
        self.query_one("#card", Static).update(text)

    def action_open_selected(self) -> None:
        """Begin the letter."""
        index = self.query_one("#kinds", OptionList).highlighted
        if index is None or index >= len(self._choices):
            return
        choice = self._choices[index]
        from deskapp.screens.letter import LetterScreen

        self.app.switch_screen(LetterScreen(self._case_id, choice.kind, choice.name))
