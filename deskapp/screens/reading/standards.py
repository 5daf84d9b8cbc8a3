"""标准目录: what must be published, how each item stands, who owes what; which entries belong to an item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from deskapp.desk.reading.duties import STATES, Duty, DutyState, states_said
from deskapp.forms.reading import NOT_HERE
from deskapp.forms.view import FormView
from deskapp.screens.frame.base import DeskScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.screens.reading.catalogue import EntriesScreen
from deskapp.widgets.cells import fit
from deskapp.widgets.prose import Prose
from deskapp.widgets.reader import Reader
from deskapp.widgets.rows import Row, Rows

MARKS: dict[DutyState, str] = {
    "missing": "缺",
    "due": "到期",
    "late": "晚了",
    "published": "有",
    "not_here": "无此项",
}
ADD, AWAY = "add", "away"
WAYS: tuple[DutyState, ...] = ("missing", "due", "late", "published", "not_here")
OF_A_CATALOGUE = ("filter", "match_again", "not_here", "print_owed", "open_selected")
"""Acts that need an item."""


class StandardsScreen(DeskScreen):
    """The items, those of one state if wanted; the item under the cursor beside them."""

    NAME = "标准目录"
    PURPOSE = (
        "标准目录里每一项应当公开什么、公开了没有：【缺】是没有公开的，【到期】是该再公开的，【晚了】是超过时限才公开的。公开目录里的信息由程序"
        "配到各项，配错的、配漏的，选一项按 Enter 改。F4 换着看，F5 重新配，F6 记本地没有的，F7 印出谁该补什么，F8 导入标准目录。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("filter"), bind("match_again"), bind("not_here"), bind("print_owed"), bind("import_list"),
        bind("open_selected", "改"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._duties: dict[str, Duty] = {}
        self._state: DutyState | None = None
        self._any = True  # whether there is a catalogue to work with

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where there is no catalogue yet it can only be imported."""
        return self._any or action not in OF_A_CATALOGUE

    def body(self) -> Iterable[Widget]:
        """The sum, the list beside the item."""
        yield Prose(id="sum")
        yield Horizontal(Rows(id="found"), Reader(id="side"), id="panes")

    def on_mount(self) -> None:
        """Fill the list."""
        self.refresh_rows()
        self.query_one("#found").focus()

    def on_screen_resume(self) -> None:
        """Back from an import or a form: read again."""
        if self.query("#found"):
            self.refresh_rows()

    def fit_width(self) -> None:
        """The rows are cut to the width."""
        self.refresh_rows()

    def refresh_rows(self) -> None:
        """Read again; the cursor stays on its item."""
        every = self.attempt(self.desk.duties.all)
        if every is None:
            return
        listed = self.query_one("#found", Rows)
        here = listed.current.key if listed.current else ""
        shown = [duty for duty in every if self._state in (None, duty.state)]
        self._duties = {duty.item.key: duty for duty in shown}
        listed.fill(self._rows(shown), here)
        if self._any != bool(every):
            self._any = bool(every)
            self.refresh_bindings()
        which = f"只看{STATES[self._state]}：" if self._state else ""
        none = "还没有标准目录。按 F8 从表格导入。" if not every else ""
        self.query_one("#sum", Prose).update(
            Text(none or f"共{len(every)}项。{which}{'，'.join(states_said(every))}。")
        )
        if not shown:
            self.query_one("#side", Reader).update(Text("" if none else "没有这样的事项。"))

    def _rows(self, duties: list[Duty]) -> list[Row]:
        width = max(self.size.width // 2 - 12, 16)
        rows: list[Row] = []
        area = ""
        for duty in duties:
            if duty.item.area != area:
                area = duty.item.area
                rows.append(Row(fit(area or "没有写领域", width), heading=True))
            rows.append(Row(f"{fit(MARKS[duty.state], 6)} {fit(duty.item.name, width - 2)}", duty.item.key))
        return rows

    def current(self) -> Duty | None:
        """The item under the cursor."""
        row = self.query_one("#found", Rows).current
        return self._duties.get(row.key) if row else None

    def on_rows_moved(self) -> None:
        """The card of the item."""
        duty = self.current()
        if duty:
            self.query_one("#side", Reader).update(self._card(duty))

    def _card(self, duty: Duty) -> Text:
        item, text = duty.item, Text()
        text.append(f"{item.first}{'　' + item.second if item.second else ''}\n", style="bold")
        text.append(f"{duty.said}\n\n", style="bold")
        for label, value in (
            ("内容", item.content), ("依据", item.basis), ("时限", item.due), ("主体", item.duty), ("渠道", item.channels),
            ("对象", item.audience), ("方式", item.way), ("层级", item.tiers),
        ):  # fmt: skip
            if value:
                text.append(f"{label}：{value}\n")
        late = {entry.key: last for entry, last in duty.late}
        found = self.attempt(lambda: self.desk.duties.entries(item.key)) or []
        text.append(f"\n配到的（{len(found)}条）\n", style="bold")
        for entry, how in found:
            sign = "" if how == "yes" else "（程序配的）"
            over = f"，最迟{late[entry.key]}" if entry.key in late else ""
            text.append(f"{entry.published_on or '没有日期'} {entry.mark}{entry.name}{sign}{over}\n")
        return text

    # -- acts --------------------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Another state, then all again."""
        states: tuple[DutyState | None, ...] = (None, *WAYS)
        self._state = states[(states.index(self._state) + 1) % len(states)]
        self.refresh_rows()

    def action_match_again(self) -> None:
        """See anew which entries fit."""
        self.under_way("正在配，请稍等。")
        self._match()

    @work(thread=True)
    def _match(self) -> None:
        if self.succeeds(self.desk.duties.match_again):
            self.from_thread(self._matched)

    def _matched(self) -> None:
        self.refresh_rows()
        self.say("重新配好了；人工定过的没有动。")

    def action_not_here(self) -> None:
        """Say why the item under the cursor does not exist here."""
        duty = self.current()
        if duty:
            self.app.push_screen(NotHereScreen(duty))

    def action_print_owed(self) -> None:
        """What is owed, by who owes it, on paper."""
        self.to_printer(self.desk.duties.sheet)

    def action_import_list(self) -> None:
        """Take in a standard catalogue."""
        self.go("import_list", "standard")

    def on_rows_taken(self) -> None:
        """Enter or a click."""
        self.action_open_selected()

    def action_open_selected(self) -> None:
        """Put right which entries belong to the item under the cursor."""
        duty = self.current()
        if duty is None:
            return
        key = duty.item.key
        found = self.attempt(lambda: self.desk.duties.entries(key)) or []
        answers = [(ADD, "再配一条公开目录里的")]
        answers += [(f"{AWAY}:{entry.key}", f"不是这一项的：{entry.name}") for entry, _ in found]
        self.app.push_screen(
            PickModal(f"{duty.item.name}\n怎么改？", answers), lambda answer: self._put_right(key, answer)
        )

    def _put_right(self, key: str, answer: str | None) -> None:
        if answer == ADD:
            self.app.push_screen(FitScreen(key))
        elif answer and self.succeeds(lambda: self.desk.duties.fits(key, answer.partition(":")[2], False)):
            self.refresh_rows()


class NotHereScreen(FormScreen):
    """Why an item does not exist here."""

    NAME = "本地没有"
    PURPOSE = "写为什么本地没有这一项，以后不再算缺；空着按 F9 就是本地有。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    def __init__(self, duty: Duty) -> None:
        super().__init__()
        self._item = duty.item

    def body(self) -> Iterable[Widget]:
        """The item and one line."""
        yield Prose(Text(f"{self._item.first}　{self._item.second}"), id="heading")
        yield self.form_of(NOT_HERE, {"why": self._item.not_here})

    def save(self) -> None:
        """Keep it."""
        why = self.query_one(FormView).values()["why"]
        if self.succeeds(lambda: self.desk.duties.not_here(self._item.key, why)):
            self.finish("已记下。")


class FitScreen(EntriesScreen):
    """Which entry belongs to an item: type and take it."""

    NAME = "配一条"
    PURPOSE = "打几个字找到那一条，按 Enter 就配上。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("back"), bind("help")]

    def __init__(self, item: str) -> None:
        super().__init__()
        self._item = item

    def action_open_selected(self) -> None:
        """Take the entry under the cursor."""
        entry = self.current()
        if entry and self.succeeds(lambda: self.desk.duties.fits(self._item, entry.key, True)):
            self.say(f"已配上：{entry.name}")
            self.action_back()
