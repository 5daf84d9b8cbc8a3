"""How many there are of each sort, in one line; a click goes to them. Behind it, or below where it is narrow, what stands to be noted for
weeks, shortly; below, a line each, what presses."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from deskapp.widgets.cells import cut
from deskapp.widgets.look import style

GAP, NOTED, MOST = 2, "注意", 4  # lines of what presses
ROOM = 40  # cells behind the counts in which a note can be read


class CountsLine(Widget):
    """One line, and one for each note that stands below it."""

    DEFAULT_CSS = "CountsLine { height: auto; padding: 0 1; }"

    class Taken(Message):
        """A click on one of the counts, by its place."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._counts: list[tuple[str, int, str]] = []
        self._pressing: list[str] = []
        self._notes: list[str] = []

    def show(self, counts: Sequence[tuple[str, int, str]], pressing: Sequence[str], notes: Sequence[str]) -> None:
        """Each with its name, how many, and the use it is written in; the sentences that press, and those that stand for weeks."""
        before = self._lines(self.size.width)
        self._counts, self._pressing, self._notes = list(counts), list(pressing), list(notes)
        self.refresh(layout=self._lines(self.size.width) != before)

    def _lines(self, width: int) -> int:
        """How many lines there are."""
        return 1 + len(self._pressing[:MOST]) + (1 if self._notes and not self._behind(width) else 0)

    @property
    def _spans(self) -> list[tuple[int, int, str]]:
        """From which cell to which each of the counts stands, and its text."""
        spans, at = [], 0
        for name, many, _ in self._counts:
            text = f"{name}{many}"
            spans.append((at, at + cell_len(text), text))
            at += cell_len(text) + GAP
        return spans

    def _behind(self, width: int) -> bool:
        spans = self._spans
        return width - (spans[-1][1] if spans else 0) - GAP >= ROOM

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many as there are lines."""
        return self._lines(width)

    def _note(self, text: str, others: int, room: int) -> list[Segment]:
        """Something to be noted, how many there are with it, and where to read them."""
        where = f"（共{others}条，按 F1 看全）" if others > 1 else ""
        room -= cell_len(NOTED) + 1
        if cell_len(text + where) > room:
            where = where or "（按 F1 看全）"
            text = cut(text, room - cell_len(where)).rstrip()
        warn = self.rich_style + style(self.app, "warn")
        return [Segment(NOTED, warn), Segment(f" {text}{where}", self.rich_style)]

    def render_line(self, y: int) -> Strip:
        """The counts, or a note."""
        width, base = self.size.width, self.rich_style
        line: list[Segment] = []
        if y == 0:
            for (_, _, text), (_, _, use) in zip(self._spans, self._counts, strict=True):
                ink = style(self.app, use) if use else Style.null()
                line += [Segment(text, base + ink + Style(bold=True)), Segment(" " * GAP, base)]
            if self._notes and self._behind(width):
                used = sum(cell_len(segment.text) for segment in line)
                note = self._note(self._notes[0], len(self._notes), width - used)
                line += [Segment(" " * (width - used - sum(cell_len(s.text) for s in note)), base), *note]
        elif y <= len(self._pressing[:MOST]):
            last = len(self._pressing) if y == MOST else 0
            line = self._note(self._pressing[y - 1], last, width)
        elif self._notes:
            line = self._note(self._notes[0], len(self._notes), width)
        return Strip(line).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        """To what the count is of."""
        place = event.get_content_offset(self)
        if place and place.y == 0:
            found = next((n for n, (start, end, _) in enumerate(self._spans) if start <= place.x < end), None)
            if found is not None:
                self.post_message(self.Taken(found))
