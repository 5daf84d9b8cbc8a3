"""Chinese prose on a screen: broken at any character as the width asks, no stop at the beginning of a line."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from deskapp.widgets.cells import cut

NOT_FIRST = frozenset("，。、；：？！”’）》〉」』】〕…—％·,.;:?!)]}%")  # signs that may not begin a line
NOT_LAST = frozenset("（“‘《〈「『【〔([{")  # signs that may not end one


def broken(text: Text, width: int, hang: int = 0) -> Text:
    """``text`` in lines of at most ``width`` cells; lines that go on are indented by ``hang`` cells."""
    lines = (part for line in text.split("\n", allow_blank=True) for part in _lines(line, width, hang))
    return Text("\n").join(lines)


def _lines(line: Text, width: int, hang: int) -> Iterator[Text]:
    """One line of the text as lines of the screen."""
    breaks = list(_breaks(line.plain, width, width - hang))
    for n, part in enumerate(line.divide(breaks) if breaks else [line]):
        yield Text(" " * hang) + part if n else part


def _breaks(plain: str, first: int, rest: int) -> Iterator[int]:
    """Where a line is broken: before which characters."""
    start, used, most = 0, 0, max(first, 4)
    for at, char in enumerate(plain):
        cells = cell_len(char)
        if used + cells > most and at > start:
            cut = _good_place(plain, start, at)
            yield cut
            start, most = cut, max(rest, 4)
            used = cell_len(plain[cut:at])
        used += cells


def _good_place(plain: str, start: int, at: int) -> int:
    """The nearest place up to ``at`` where a line may end: not inside a word, number or date, nor against the rules of signs."""
    for end in range(at, max(start, at - 24), -1):
        before, after = plain[end - 1], plain[end]
        word = before.isascii() and after.isascii() and not before.isspace() and not after.isspace()
        if not word and after not in NOT_FIRST and before not in NOT_LAST:
            return end
    return at


class Prose(Widget):
    """A text that is broken to the width it has; where it has more lines than there are rows, the last one shows that it goes on."""

    DEFAULT_CSS = "Prose { height: auto; width: 1fr; }"

    def __init__(self, text: Text | None = None, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._text = text or Text()
        self._made: tuple[int, Text] | None = None  # the lines, and the width they are for

    @property
    def plain(self) -> str:
        """The text without its breaks."""
        return self._text.plain

    def update(self, text: Text) -> None:
        """Show another text; the screen is laid out again only if it is another one."""
        if text == self._text and text.style == self._text.style:
            return
        self._text, self._made = text, None
        height = self.styles.height
        self.refresh(layout=height is None or height.is_auto)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the text needs at that width."""
        return self._broken(width).plain.count("\n") + 1 if self._text.plain else 0

    def render(self) -> Text:
        """The lines that there are rows for."""
        made, rows = self._broken(self.size.width), self.size.height
        lines = made.split("\n", allow_blank=True) if 0 < rows <= made.plain.count("\n") else None
        if lines is None:
            return made
        last = lines[rows - 1]
        last.plain = cut(f"{last.plain}{lines[rows].plain}...", self.size.width)
        shown = Text("\n", no_wrap=True, style=made.style).join(lines[:rows])
        shown.no_wrap = True
        return shown

    def _broken(self, width: int) -> Text:
        if self._made is None or self._made[0] != width:
            self._made = width, broken(self._text, width)
            self._made[1].no_wrap = True
        return self._made[1]
