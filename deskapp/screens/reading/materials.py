"""材料清单: what must lie out at the point, what is missing first; each thing ticked with the day and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.reading.materials import ITEMS, Material, TickDraft
from deskapp.forms.reading import TICK
from deskapp.forms.view import FormView
from deskapp.screens.frame.base import WatchingScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.cells import fit
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

STATE, DAY, BY = 14, 12, 8


class MaterialsScreen(WatchingScreen):
    """The list."""

    NAME = "材料清单"
    PURPOSE = (
        "查阅点应当备有的材料，一样一样核对：选一行按 Enter，写有没有、谁哪天看的。缺的、没有核对过的排在前面；过了三个月提醒再看。"
        "F7 把清单打印出来，可以拿着去点。清单里引的条文都是政府信息公开条例的。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("open_selected", "核对"), bind("print_sheet"), bind("back"), bind("help"),
    ]  # fmt: skip

    def body(self) -> Iterable[Widget]:
        """How many are missing, the list."""
        yield Prose(id="sum")
        yield Prose(id="columns")
        yield Rows(id="found")

    def on_mount(self) -> None:
        """Fill the list."""
        self.refresh_rows()
        self.query_one("#found").focus()

    def refresh_rows(self) -> None:
        """Read again; the cursor stays on its row."""
        items = self.attempt(self.desk.materials.all)
        if items is None:
            return
        listed = self.query_one("#found", Rows)
        listed.fill([Row(self._line(item), item.key) for item in items], listed.current.key if listed.current else "")
        missing, old = sum(item.missing for item in items), sum(item.old and not item.missing for item in items)
        text = f"应当备有{len(items)}样：缺的、没有核对过的{missing}样，过了三个月要再看的{old}样。"
        self.query_one("#sum", Prose).update(Text(text, style="bold"))
        self.query_one("#columns", Prose).update(Text(self._cells("有没有", "核对日期", "谁", "材料、条例、备注")))

    def _line(self, item: Material) -> str:
        tick = item.tick
        remark = f"　{tick.remark}" if tick and tick.remark else ""
        state = "请再看" if item.old and not item.missing else item.state
        on, by = (tick.on, tick.by) if tick else ("", "")
        return self._cells(state, on, by, f"{item.name}（{item.articles}）{remark}")

    def _cells(self, state: str, on: str, by: str, name: str) -> str:
        width = max(self.size.width - STATE - DAY - BY - 6, 20)
        return f"{fit(state, STATE)}{fit(on, DAY)}{fit(by, BY)}{fit(name, width)}"

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """To the form of one thing."""
        self.app.push_screen(TickScreen(event.row.key))

    def action_print_sheet(self) -> None:
        """The list on paper."""
        self.to_printer(self.desk.materials.sheet)


class TickScreen(FormScreen):
    """One thing was looked for."""

    NAME = "核对一样"
    PURPOSE = "这一样有没有、谁哪天看的。缺的在备注里写怎么补。按 Enter 记下。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key

    def body(self) -> Iterable[Widget]:
        """What it is, the form; whoever looked last is there already."""
        name, articles = ITEMS[self._key]
        yield Prose(Text(f"{name}（条例{articles}）"), id="rule")
        yield self.form_of(
            TICK, TickDraft(by=self.desk.materials.last_by()).model_dump(), enter_ends=True, first="by"
        )

    def on_form_view_entered(self) -> None:
        """Enter in any line is enough."""
        self.action_save()

    def save(self) -> None:
        """Note it."""
        draft = TickDraft.model_validate(self.query_one(FormView).values())
        tick = self.attempt(lambda: self.desk.materials.tick(self._key, draft))
        if tick:
            self.finish(f"已记下：{ITEMS[self._key][0]}，{'有' if tick.there else '缺'}。")
