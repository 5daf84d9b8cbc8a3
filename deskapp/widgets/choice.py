"""A list to choose from that speaks Chinese in the footer while it is open, keeps up with fast fingers, and finds what is typed."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Select, Static
from textual.widgets._select import SelectCurrent, SelectOverlay  # not exported; its one key has an English name

from deskapp.register.matches import BEGINS, best_first, nearness

SLIP = 2  # a single letter that fits nothing is a slip of the finger
NEGATIONS = "没不未无非"  # before what was typed they make the opposite of it


class ChoiceOverlay(SelectOverlay):
    """The open list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "收起", key_display="Esc")]

    def on_key(self, event: events.Key) -> None:
        """What is typed is looked for."""
        if isinstance(self.parent, Choice):
            self.parent.look_for(event)

    def action_dismiss(self) -> None:
        """Close the list; what was typed in it is given up."""
        if isinstance(self.parent, Choice):
            self.parent.give_up()
        super().action_dismiss()

    def _on_blur(self, event: events.Blur) -> None:
        """Whoever goes on to the next field, or acts, has chosen what his words found."""
        if isinstance(self.parent, Choice):
            self.parent.take_typed()
        super()._on_blur(event)

    def action_select(self) -> None:
        """Choose the line under the cursor, now."""
        if isinstance(self.parent, Choice):
            self.parent.choose(self.highlighted)


class ChoiceCurrent(SelectCurrent):
    """What is chosen, and a word where the library draws an arrow that some consoles have two cells wide."""

    def compose(self) -> ComposeResult:
        """The choice, and what Enter does."""
        yield Static(self.placeholder, id="label", markup=False)
        yield Static("选", classes="arrow down-arrow")
        yield Static("收", classes="arrow up-arrow")


class Choice(Select[str]):
    """A closed list that opens with Enter, or with the first letter of what is looked for; its edges are painted.

    The library opens, moves and chooses by messages that arrive later: of keys that come in one burst (Enter, Down, Enter, F9)
    Down would be lost and F9 would act on the value before. Here each of them has done its work before the next key acts.
    """

    DEFAULT_CSS = """
    Choice, Choice:focus { height: 1; border-left: $edge-kind $edge; border-right: $edge-kind $edge; }
    Choice:focus, Choice.-expanded { border-left: $focus-kind $accent; border-right: $focus-kind $accent; }
    Choice > SelectCurrent, Choice:focus > SelectCurrent {
        height: 1; padding: 0 1; border: none !important; background: $field; background-tint: transparent; color: $text;
    }
    Choice .arrow { width: 2; padding: 0; color: $quiet; }
    Choice > SelectOverlay, Choice > SelectOverlay:focus {
        border: none; border-left: $edge-kind $accent; border-right: $edge-kind $accent;
        background: $bar; background-tint: transparent; color: $text;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "open_or_choose", show=False),
        Binding("down", "open_or_move(1)", show=False),
        Binding("up", "open_or_move(-1)", show=False),
    ]

    def compose(self) -> ComposeResult:
        """The chosen value and the list."""
        yield ChoiceCurrent(self.prompt)
        yield ChoiceOverlay(type_to_search=False).data_bind(compact=Select.compact)

    _typed = ""
    lost = ""  # what was typed or pasted here since the last choice and is none of the options

    def on_paste(self, event: events.Paste) -> None:
        """A text is no option, unless it is one's name."""
        event.stop()
        event.prevent_default()
        found = self._meant(event.text.strip())
        if found:
            self.choose(found[0])
        else:
            self._lose(event.text)

    def _lose(self, text: str) -> None:
        """Keep what found no place, and say so."""
        self.lost += text
        if len(self.lost.strip()) >= SLIP or not self.lost.isascii():
            self.post_message(self.Lost(self, self.lost.strip()))

    class Lost(Message):
        """Something was typed that is none of the options."""

        def __init__(self, choice: Choice, text: str) -> None:
            super().__init__()
            self.choice, self.text = choice, text

        @property
        def control(self) -> Choice:
            """The list."""
            return self.choice

    def on_key(self, event: events.Key) -> None:
        """A letter opens the list at what begins with it."""
        self.look_for(event)

    def look_for(self, event: events.Key) -> None:
        """Go to the option that is meant by what was typed since the list was opened: words, initials or pinyin. A letter after which nothing
        would fit begins anew; one that fits nothing at all changes nothing."""
        if event.key == "backspace":
            typed = self._typed[:-1]
        elif event.is_printable and event.character and not event.character.isspace():
            typed = self._typed + event.character
        else:
            return
        event.stop()
        event.prevent_default()
        found = self._meant(typed) or self._begun(typed := event.character or "")
        if not self.expanded:
            self.action_show_overlay()
        if found and typed:
            self._typed, self.lost = typed, ""
            self.query_one(ChoiceOverlay).highlighted = found[0]
        elif event.key == "backspace":
            self._typed, self.lost = "", self.lost[:-1]
        else:
            self._lose(event.character or "")

    def _meant(self, typed: str) -> list[int]:
        """The places of the options that may be meant, the surest first; none of those that say the opposite of it."""
        labels = [str(label) for label, _ in self._options]
        found = best_first(typed, range(len(labels)), labels.__getitem__) if typed else []
        return [n for n in found if not _denies(labels[n], typed)]

    def _begun(self, letter: str) -> list[int]:
        """The places of the options that begin with a letter: one within a name would leave what was found for a slip."""
        return [n for n in self._meant(letter) if nearness(letter, str(self._options[n][0])) == BEGINS]

    def watch_expanded(self, expanded: bool) -> None:
        """Whoever opens it begins to type anew."""
        self._typed = "" if not expanded else self._typed

    def give_up(self) -> None:
        """Forget what was typed in the open list."""
        self._typed = ""

    def take_typed(self) -> None:
        """Take the option that was found by typing, where the list is open and nobody has chosen; moving about in it chooses nothing."""
        if self.expanded and self._typed and (found := self.query_one(ChoiceOverlay).highlighted) is not None:
            self._typed = ""
            self.value = self._options[found][1]

    def choose(self, index: int | None) -> None:
        """Take the option of that place, and close the list; None leaves the value as it is."""
        if index is not None:
            self.value = self._options[index][1]
        self.lost = ""
        self.focus()
        self.expanded = False

    def action_open_or_choose(self) -> None:
        """Open the list; where it is open and has not got the focus yet, choose."""
        if self.expanded:
            self.choose(self.query_one(ChoiceOverlay).highlighted)
        else:
            self.action_show_overlay()

    def action_open_or_move(self, lines: int) -> None:
        """Open the list; where it is open and has not got the focus yet, move in it."""
        overlay = self.query_one(ChoiceOverlay)
        if not self.expanded:
            self.action_show_overlay()
        elif lines > 0:
            overlay.action_cursor_down()
        else:
            overlay.action_cursor_up()


def _denies(label: str, typed: str) -> bool:
    """Whether an option has what was typed only behind a word that makes the opposite of it: 没有交 for 有."""
    at = label.find(typed)
    return at > 0 and label[at - 1] in NEGATIONS and typed[0] not in NEGATIONS
