"""The two lines above the keys: what is to be done next, and what was done or was not. They are always there and always as high, so that
nothing moves under the hand when something is said."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from deskapp.widgets import look
from deskapp.widgets.cells import cut, plain
from deskapp.widgets.key_line import KeyLine
from deskapp.widgets.prose import broken

SHOWN_S = 12.0
DONE, REFUSED, NOTE, RUNNING = "办成", "没有办", "注意", "在办"
NEXT = "下一步"
USES = {DONE: "good", REFUSED: "warn", NOTE: "warn", RUNNING: "accent", NEXT: "accent"}
GAP = 2  # cells between the word and what it is about
MOST = 8  # lines of a long sentence


def _lines(word: str, text: str, width: int) -> list[str]:
    """A sentence behind its word, in lines; those that go on stand under the first."""
    room = max(width - 1 - len(word) * 2 - GAP, 8)
    return broken(Text(text), room).plain.split("\n") if text else []


class LongSaid(Widget):
    """A sentence that is longer than its line: it is painted upward, over the body, which stays as it is."""

    DEFAULT_CSS = """
    LongSaid { layer: said; dock: bottom; display: none; background: $bar; color: $text; }
    """

    def __init__(self) -> None:
        super().__init__(id="long-said")
        self.shown: tuple[str, list[str]] = ("", [])

    def put(self, word: str, lines: list[str]) -> None:
        """Show so many lines, just above the keys."""
        if len(lines) > MOST:
            lines = [*lines[: MOST - 1], f"{lines[MOST - 1]}.."]
        self.shown = word, lines
        self.styles.height = len(lines)
        self.styles.offset = (0, -self.screen.query_one(KeyLine).size.height)
        self.display = True
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line; the first begins with the word."""
        word, lines = self.shown
        text = lines[y] if y < len(lines) else ""
        way = Style(reverse=True) if self.app.native_ansi_color else Style.null()
        return _painted(self, word, text, self.rich_style + way, first=y == 0)


class FootLines(Widget):
    """What is to be done next, and what is said. Texts are plain, never markup. Where nothing is said, what is to be done may go on in the
    second line. A screen in visitors' hands has nothing to do next, and only the line of what is said."""

    DEFAULT_CSS = """
    FootLines { height: 2; background: $ground; color: $text; }
    FootLines.-single { height: 1; }
    """

    def __init__(self, single: bool = False) -> None:
        super().__init__(id="foot", classes="-single" if single else "")
        self._single = single
        self._next = self._said = self._word = ""
        self._stays = False
        self._timer: Timer | None = None

    @property
    def said(self) -> str:
        """The sentence that stands there, whole; empty when nothing is said."""
        return self._said

    @property
    def word(self) -> str:
        """How it went: the word before the sentence."""
        return self._word

    def next_act(self, text: str) -> None:
        """What is to be done next, in words with the key behind them; nothing where there is nothing."""
        text = plain(text)
        if text != self._next:
            self._next = text
            self.refresh()

    def say(self, text: str, error: bool, word: str = "") -> None:
        """Show a sentence for a while; a refusal stays until the next one. Saying nothing changes nothing. ``word`` stands before it where it
        is neither done nor refused."""
        if not text:
            return
        if self._timer:  # of the sentence before: it would take this one away too early
            self._timer.stop()
        usual = REFUSED if error else DONE
        self._said, self._word, self._stays = text, word or usual, error
        self._timer = None if error else self.set_timer(SHOWN_S, self.clear_line)
        self._show()

    def add(self, text: str) -> None:
        """Another sentence behind the one that stands there."""
        before = self._said
        whole = f"{before}　{text}" if before and text not in before else before or text
        self.say(whole, self._stays, self._word if before else NOTE)

    def clear_line(self) -> None:
        """Take the sentence away."""
        self._said, self._stays = "", False
        self._show()

    def on_resize(self) -> None:
        """A sentence may need another number of lines."""
        self._show()

    def _show(self) -> None:
        lines = _lines(self._word, self._said, self.size.width)
        over = self.screen.query_one(LongSaid)
        if len(lines) > 1:
            over.put(self._word, lines)
        elif over.display:
            over.display = False
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """What is to be done, then what is said."""
        if self._said and (y == 1 or self._single):
            return _painted(
                self, self._word, (_lines(self._word, self._said, self.size.width) or [""])[0], self.rich_style
            )
        todo = _lines(NEXT, self._next, self.size.width)
        if len(todo) > 2:
            todo[1] = f"{todo[1]}{todo[2]}"  # cut where it ends
        return _painted(self, NEXT if todo else "", todo[y] if y < len(todo) else "", self.rich_style, first=y == 0)


def _painted(widget: Widget, word: str, text: str, base: Style, first: bool = True) -> Strip:
    """A line: its word as a badge, or as much room, and what it is about."""
    width = widget.size.width
    use = look.style(widget.app, USES[word], reverse=word != NEXT) if word else base
    if word == NEXT:
        use = base + use + Style(bold=True)
    head = Segment(word, use) if first else Segment(" " * len(word) * 2, base)
    rest = max(width - 1 - len(word) * 2, 0)
    return Strip([Segment(" ", base), head, Segment(cut(" " * GAP + text, rest), base)], width)
