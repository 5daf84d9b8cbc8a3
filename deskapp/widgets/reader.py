"""A long text to read beside a list: drawn line by line, scrolling by itself, so that another text costs no new layout."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.strip import Strip

from deskapp.widgets.prose import broken
from deskapp.widgets.scrolled import Scrolled


class Reader(Scrolled, can_focus=True):
    """Texts are plain, never markup; broken by the rules of Chinese signs."""

    DEFAULT_CSS = """
    Reader { height: 1fr; width: 1fr; padding: 0 1; }
    Reader > .reader--bar { background: $bar; }
    Reader > .reader--thumb { background: $edge; text-style: $thumb-way; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"reader--bar", "reader--thumb"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "line_down", show=False),
        Binding("up", "line_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = Text()
        self._made: tuple[int, list[Text]] | None = None  # the lines, and the width they are for

    def update(self, text: Text) -> None:
        """Show another text, from its beginning."""
        self._text, self._made, self._top = text, None, 0
        self.refresh()

    @property
    def line_count(self) -> int:
        """How many lines the text has at this width."""
        return len(self._lines())

    def _lines(self) -> list[Text]:
        width = max(self.size.width - 2, 1)  # the bar, and a gap before it
        if self._made is None or self._made[0] != width:
            lines = list(broken(self._text, width).split("\n", allow_blank=True)) if self._text.plain else []
            self._made = width, lines
        return self._made[1]

    def render_line(self, y: int) -> Strip:
        """One line, and its piece of the bar where there is more than can be seen."""
        lines, width = self._lines(), self.size.width
        base, line = self.rich_style, y + self._top
        piece = self.piece_of_bar(y)
        bar = [Segment(" ", self.get_component_rich_style(f"reader--{piece}"))] if piece else []
        spans = lines[line].render(self.app.console) if line < len(lines) else ()
        words = [Segment(part.text, base + part.style if part.style else base) for part in spans if part.text]
        return Strip([*Strip(words).adjust_cell_length(width - len(bar), base), *bar], width)

    # -- keys and mouse ----------------------------------------------------------------------------------------

    def action_line_down(self) -> None:
        """A line further."""
        self._look(1)

    def action_line_up(self) -> None:
        """A line back."""
        self._look(-1)

    def action_page_down(self) -> None:
        """A page further."""
        self._look(max(self.size.height - 1, 1))

    def action_page_up(self) -> None:
        """A page back."""
        self._look(-max(self.size.height - 1, 1))

    def action_first(self) -> None:
        """The beginning."""
        self._look(-self.line_count)

    def action_last(self) -> None:
        """The end."""
        self._look(self.line_count)
