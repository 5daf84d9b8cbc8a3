"""The sights of what is published, for one finger and every eye: tiles to begin with, a list of hits, one entry to read.

Where there is room the list and the entry stand beside each other; in a window that a large type leaves (40 x 15) one of them fills it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Literal

from rich.text import Text
from textual import events
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from deskapp.catalogue.entry import Entry
from deskapp.catalogue.listing import Facet
from deskapp.desk.office.machine import DRAWN, NORMAL, SPACED, TYPES
from deskapp.desk.reading.questions import Asked
from deskapp.screens.frame.base import DeskScreen
from deskapp.screens.reading import looking
from deskapp.screens.reading.looking import Sight
from deskapp.screens.reading.tile_types import look_of_first, look_of_letters
from deskapp.widgets.foot_lines import NOTE
from deskapp.widgets.large_type import LargeType
from deskapp.widgets.line_input import LineInput
from deskapp.widgets.prose import Prose, broken
from deskapp.widgets.reader import Reader
from deskapp.widgets.rows import Row, Rows
from deskapp.widgets.scrolled import Scrolled
from deskapp.widgets.tiles import Tiles
from letters.pdf.fonts import SHIPPED

WIDE, WIDE_SPACED, HIGH = 80, 120, 20  # from where the list and the entry stand beside each other
EDGES = 6  # cells at the sides of a list: its room and its bar
LONGEST, SETTLE_S = 60, 0.08  # characters of a question; how long after the last key it is looked for
BROWSED = 200  # entries of a subject
LONGEST_ROW = 3  # lines of a row
Part = Literal["tiles", "letters", "hits", "entry"]
SIDES = {"side": "正文"}  # what is called by its name, where it stands beside a list
SIZES = (NORMAL, SPACED, DRAWN)
LETTERS_HELP = "点字的拼音首字母，例如 低保 点 D、B；点完按【好了】。"
NOTHING = Sight((), "", {}, {})


class SightScreen(DeskScreen):
    """The three sights and what leads from one to the other. A subclass says in :meth:`touch` that somebody is here."""

    def __init__(self) -> None:
        super().__init__()
        self._part: Part = "tiles"
        self._sight = NOTHING
        self._type = NORMAL
        self._whole: Facet | None = None
        self._settling: Timer | None = None
        self._telling = False

    def body(self) -> Iterable[Widget]:
        """A word of welcome, the line, and the three sights."""
        duty = self.attempt(lambda: self.desk.machine.duty)
        shown = f"　值班：{duty}" if duty else ""
        yield Prose(Text(f"想知道什么，写在这里，或者点下面的。{shown}　（工作人员按 Ctrl+Q 离开）"), id="welcome")
        yield LineInput(placeholder="例如：低保怎么领，征地补偿，或者拼音首字母", id="words", max_length=LONGEST)
        yield Prose(id="count")
        yield Tiles(id="tiles")
        yield Tiles(id="letters", least=6)
        yield Horizontal(
            Rows(wraps=LONGEST_ROW, id="found"),
            Reader(id="side"),
            LargeType(SHIPPED / "hei.ttf", id="large"),
            id="panes",
        )
        yield Prose(id="more")

    def on_mount(self) -> None:
        """What can be scrolled tells when something else is in sight."""
        for one in self.query(Scrolled).results():
            one.on_look = self._look_again

    def touch(self) -> None:
        """Somebody is here."""

    # -- what there is more ------------------------------------------------------------------------------------

    def _look_again(self) -> None:
        if not self._telling:
            self._telling = True
            self.call_after_refresh(self._tell_more)

    def _tell_more(self) -> None:
        """Say that there is more below, and which key leads there."""
        self._telling = False
        if not self.is_attached:
            return
        seen = [one for one in self.query(Scrolled).results() if one.display and one.region.height]
        more = [f"{SIDES.get(one.id or '', '')}下面还有{one.below}{one.UNIT}" for one in seen if one.below]
        self.query_one("#more", Prose).update(Text(f"{'，'.join(more)}。按 F6 往下看。" if more else ""))

    # -- sights ------------------------------------------------------------------------------------------------

    def fit_width(self) -> None:
        """Other rows for another width, one sight or two."""
        if self._part in ("hits", "entry"):
            self._list_again()
        self._show(self._part)

    @property
    def _is_wide(self) -> bool:
        least = {NORMAL: WIDE, SPACED: WIDE_SPACED}.get(self._type)
        return least is not None and self.size.width >= least and self.size.height >= HIGH

    def _show(self, part: Part) -> None:
        """Let one sight be seen."""
        self._part = part
        drawn, wide = self._type == DRAWN, self._is_wide
        low = self.size.height < HIGH
        self.set_class(not wide, "-single")
        self.set_class(part == "letters", "-letters")  # the keyboard must not move under the finger
        self.query_one("#welcome").display = part == "tiles" and not low
        self.query_one("#count").display = part != "tiles"
        tiles = self.query_one("#tiles", Tiles)
        tiles.display = part == "tiles"
        self.query_one("#letters").display = part == "letters"
        self.query_one("#panes").display = part in ("hits", "entry")
        self.query_one("#found").display = not drawn and (wide or part == "hits")
        self.query_one("#side").display = not drawn and (wide or part == "entry")
        self.query_one("#large").display = drawn
        if part == "tiles":
            first = self.attempt(lambda: looking.first_tiles(self.desk, self._whole)) or []
            tiles.fill(first, **look_of_first(self._type, low, self.size.width)._asdict())
        elif part == "letters":
            letters = self.query_one("#letters", Tiles)
            letters.fill(looking.letter_tiles(), **look_of_letters(self._type, low)._asdict())
        front = {"tiles": "#words", "letters": "#letters", "hits": "#words", "entry": "#side"}[part]
        self.query_one("#large" if drawn and part in ("hits", "entry") else front).focus()

    @property
    def words(self) -> str:
        """What stands in the line."""
        return self.query_one("#words", Input).value

    def _room(self) -> int:
        return max((self.size.width // 2 if self._is_wide else self.size.width) - EDGES, 20)

    def _look_for(self, words: str) -> None:
        """What fits the words; the tiles again for none."""
        if not words.strip():
            self.query_one("#count", Prose).update(Text(LETTERS_HELP if self._part == "letters" else ""))
            self._show("letters" if self._part == "letters" else "tiles")
            return
        found = self.attempt(lambda: looking.hits_of(self.desk, words))
        if found is not None:
            self._list(found)

    def _list(self, sight: Sight) -> None:
        """Let a list be seen."""
        self._sight = sight
        rows = self.query_one("#found", Rows)
        rows.fill(self._typed_rows(sight.rows))
        self.query_one("#count", Prose).update(Text(sight.told))
        if self._part != "letters":
            self._show("hits")
        if rows.current is None:  # else the cursor, which stands on another row, shows its card
            self._show_card()

    def _list_again(self) -> None:
        """The list once more, for another width or type; the cursor stays."""
        rows = self.query_one("#found", Rows)
        here = rows.current.key if rows.current else ""
        rows.fill(self._typed_rows(self._sight.rows), here)

    def _typed_rows(self, rows: tuple[Row, ...]) -> list[Row]:
        if self._type != SPACED:
            return list(rows)
        return [replace(row, text=self._spaced_row(row)) for row in rows]

    def _spaced_row(self, row: Row) -> str:
        lines = broken(looking.spaced(Text(" ".join(row.text.split()))), self._room()).plain.rstrip().split("\n")
        return "\n".join([*lines[:LONGEST_ROW], ""])

    def _browse(self, key: str) -> None:
        """What a tile or a row leads to."""
        kind, _, rest = key.partition(":")
        if kind == looking.MORE:
            self._whole = _facet(rest)
            self._show("tiles")
            return
        if kind == looking.QUESTIONS:
            asked = {
                f"{looking.QUESTION}:{one.key}": one
                for one in self.attempt(lambda: self.desk.visitors.answers("")) or []
            }
            rows = tuple(Row(one.of.question, key) for key, one in asked.items())
            self._list(Sight(rows, f"大家常问的，有{len(rows)}条。" if rows else "还没有核对过的问答。", {}, asked))
            return
        facet, _, value = rest.partition(":")
        catalogue = self.desk.catalogue
        ranked = self.attempt(
            lambda: (
                catalogue.search("", BROWSED)
                if kind == looking.NEWEST
                else catalogue.browse(_facet(facet), value, BROWSED)
            )
        )
        entries = {f"{looking.ENTRY}:{entry.key}": entry for _, entry in ranked or []}
        rows = tuple(Row(looking.line_of(entry), key) for key, entry in entries.items())
        more = "，更早的请打几个字找" if len(rows) == BROWSED else ""
        name = "最新公开的" if kind == looking.NEWEST else f"【{value}】"
        self._list(Sight(rows, f"{name}，列出最近的{len(rows)}条{more}。", entries, {}))

    # -- one entry ---------------------------------------------------------------------------------------------

    def current(self) -> Entry | Asked | None:
        """The entry or the answer under the cursor."""
        row = self.query_one("#found", Rows).current
        if row is None or self._part not in ("hits", "entry"):
            return None
        return self._sight.entries.get(row.key) or self._sight.asked.get(row.key)

    def _show_card(self) -> None:
        """The entry or the answer under the cursor, in the type that was chosen."""
        row = self.query_one("#found", Rows).current
        text = Text()
        if row and row.key in self._sight.entries:
            entry = self._sight.entries[row.key]
            text = self.attempt(lambda: looking.card_of(self.desk, entry)) or text
        elif row and row.key in self._sight.asked:
            text = looking.answer_of(self._sight.asked[row.key])
        elif not self._sight.entries:
            helped = self.attempt(self.desk.visitors.help) or ""
            text = Text(f"{self._sight.told}\n\n{helped}")
        side, large = self.query_one("#side", Reader), self.query_one("#large", LargeType)
        side.update(looking.spaced(text) if self._type == SPACED else text)
        rows = self.query_one("#found", Rows)
        listed = self._part == "hits" and self._type == DRAWN
        place = f"　第{(rows.cursor or 0) + 1}条，共{len(rows.rows)}条" if listed and rows.rows else ""
        self.query_one("#count", Prose).update(Text(f"{self._sight.told}{place}"))
        large.update(text.plain.split("\n")[0] if listed else text.plain)

    def on_rows_moved(self) -> None:
        """Another row under the cursor."""
        self._show_card()

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """A row was pressed: read it, or go where it leads."""
        self.touch()
        if event.row.key in self._sight.entries or event.row.key in self._sight.asked:
            self._show("entry")
            self._show_card()
        elif event.row.key:
            self._browse(event.row.key)

    def on_tiles_taken(self, event: Tiles.Taken) -> None:
        """A tile was pressed."""
        self.touch()
        line = self.query_one("#words", Input)
        if self._part != "letters":
            self._browse(event.tile.key)
        elif event.tile.key == looking.READY:
            self._part = "hits" if self.words else "tiles"
            self._look_for(self.words)
        elif event.tile.key == looking.CLEAR:
            line.value = ""
        else:
            line.value = line.value[:-1] if event.tile.key == looking.TAKE_BACK else line.value + event.tile.key

    # -- keys --------------------------------------------------------------------------------------------------

    def on_input_changed(self) -> None:
        """Somebody is typing: look, by what stands there now."""
        self.touch()
        if self._settling:
            self._settling.stop()
        self._settling = self.set_timer(SETTLE_S, self.settle)

    def settle(self) -> None:
        """Look now for what was typed; a key that acts on the list does not come before it."""
        if self._settling:
            self._settling.stop()
            self._settling = None
            self._look_for(self.words)

    def on_input_submitted(self) -> None:
        """Enter in the line reads the entry under the cursor."""
        self.settle()
        if self._part == "hits":
            self.query_one("#found", Rows).action_select()

    def on_key(self, event: events.Key) -> None:
        """Somebody is reading; arrows move in the list or on the tiles while the cursor stands in the line."""
        self.touch()
        drawn = self._type == DRAWN and self._part in ("hits", "entry")
        if not (isinstance(self.focused, Input) or drawn) or event.key not in ("up", "down", "enter"):
            return
        self.settle()
        rows, tiles = self.query_one("#found", Rows), self.query_one("#tiles", Tiles)
        act: dict[str, Callable[[], object]]
        if self._part == "hits":
            act = {"up": rows.action_cursor_up, "down": rows.action_cursor_down, "enter": rows.action_select}
        elif self._part == "tiles":
            act = {"down": tiles.focus} if event.key == "down" else {}
        else:
            act = {"up": lambda: self._page(-1), "down": lambda: self._page(1)}
        if event.key in act:
            act[event.key]()
            event.stop()

    def on_mouse_move(self) -> None:
        """Somebody moves the mouse."""
        self.touch()

    def _page(self, step: int) -> None:
        self.settle()
        large, side, rows = (
            self.query_one("#large", LargeType),
            self.query_one("#side", Reader),
            self.query_one("#found", Rows),
        )
        if self._part in ("tiles", "letters"):
            self.query_one(f"#{self._part}", Tiles).page(step)
        elif self._type == DRAWN:
            if not large.page(step) and self._part == "hits":
                rows.action_cursor_down() if step > 0 else rows.action_cursor_up()
        elif self._part == "entry":
            side.action_page_down() if step > 0 else side.action_page_up()
        else:
            rows.action_page_down() if step > 0 else rows.action_page_up()

    def action_page_after(self) -> None:
        """A page further."""
        self._page(1)

    def action_page_before(self) -> None:
        """A page back."""
        self._page(-1)

    def action_next_type(self) -> None:
        """Larger type; after the largest the usual one."""
        self._set_type(SIZES[(SIZES.index(self._type) + 1) % len(SIZES)])
        self.say(TYPES[self._type], word=NOTE)

    def _set_type(self, name: str) -> None:
        self._type = name
        self._list_again()
        self._show(self._part)
        self._show_card()

    def action_contrast(self) -> None:
        """White on black, or back."""
        self.host.choose_theme("light" if self.app.theme.endswith("contrast") else "contrast")

    def action_letters(self) -> None:
        """The letters on the screen, or away with them."""
        if self._part == "letters":
            self._part = "hits" if self.words else "tiles"
            self._look_for(self.words)
        else:
            self._show("letters")


def _facet(name: str) -> Facet:
    return "issuer" if name == "issuer" else "bulletin" if name == "bulletin" else "topic"
