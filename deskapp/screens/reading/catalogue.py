"""公开目录: type and see what is published, and where it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from deskapp.catalogue.entry import Entry
from deskapp.desk.reading.catalogue import PAGE
from deskapp.forms.reading import SHELF_OF, TAKEN_DOWN
from deskapp.forms.view import FormView
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal, PickScreen
from deskapp.screens.reading.looking import card_of, line_of
from deskapp.widgets.cells import cut
from deskapp.widgets.foot_lines import NOTE
from deskapp.widgets.prose import Prose
from deskapp.widgets.reader import Reader
from deskapp.widgets.rows import Row, Rows

Styles = str | list[str | PurePath]


class EntriesScreen(PickScreen):
    """The words, the entries, the card of the one under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[tuple[int, Entry]] = []
        self._near = False

    def body(self) -> Iterable[Widget]:
        """The line, the list beside the card, the count."""
        yield self.line("名称、文号、索引号、全文里的词、拼音首字母")
        yield Horizontal(Rows(id="found"), Reader(id="side"), id="panes")
        yield Prose(id="count")

    def refresh_rows(self) -> None:
        """Read again; the cursor stays on its entry."""
        row = self.query_one("#found", Rows).current
        self.fill(self.words, row.key if row else "")

    def fill(self, words: str, key: str = "") -> None:
        """The first page, the newest first; where nothing holds every word, what is near. The cursor on the entry of that key."""
        found = self.attempt(lambda: self.desk.catalogue.search(words))
        if found is None:
            return
        self._near = False
        if not found and words.strip():
            near = self.attempt(lambda: self.desk.catalogue.find(words))
            found = [(hit.rank, hit.entry) for hit in near.hits] if near else []
            self._near = bool(found)
        self._found = found
        self.query_one("#found", Rows).fill(self._rows(found), key)
        if not found:
            self.query_one("#side", Reader).update(Text(self._nothing(words)))
        self._count()

    def _nothing(self, words: str) -> str:
        return "没有找到，请换个词。" if words.strip() else "公开目录还是空的。按 F8 从表格导入。"

    def _rows(self, found: list[tuple[int, Entry]]) -> list[Row]:
        width = max(self.size.width // 2 - 5, 20)
        return [Row(cut(line_of(entry), width), entry.key) for _, entry in found]

    def _count(self) -> None:
        more = "，往下翻还有" if self._has_more else ""
        near = "没有全部对上的，列出相近的" if self._near else "列出"
        self.query_one("#count", Prose).update(Text(f"{near}{len(self._found)}条{more}。"))

    @property
    def _has_more(self) -> bool:
        return bool(self._found) and len(self._found) % PAGE == 0 and not self._near

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """The card of the entry; at the foot of the page the next one comes."""
        if event.index < len(self._found):
            self.query_one("#side", Reader).update(self._card(self._found[event.index][1]))
        if event.index == len(self._found) - 1 and self._has_more:
            words, before = self.words, self._found[-1][0]
            more = self.attempt(lambda: self.desk.catalogue.search(words, before=before)) or []
            self._found += more
            self.query_one("#found", Rows).add(self._rows(more))
            self._count()

    def _card(self, entry: Entry) -> Text:
        return self.attempt(lambda: card_of(self.desk, entry)) or Text(entry.name)

    def action_open_selected(self) -> None:
        """Into the card."""
        self.query_one("#side").focus()

    def current(self) -> Entry | None:
        """The entry under the cursor."""
        at = self.query_one("#found", Rows).cursor
        return self._found[at][1] if at is not None and at < len(self._found) else None


class CatalogueScreen(EntriesScreen):
    """The catalogue in the clerk's hands."""

    NAME = "公开目录"
    PURPOSE = (
        "打名称、文号、索引号、全文里的词或者拼音首字母，边打边出结果，新的在前。右边是在哪里能看到，PgUp、PgDn 翻全文。"
        "登记的时候程序自己会查：目录里有的，按 F7 当场答复。按 F7 印一份给群众，按 F8 从表格导入目录；F4 撤下不该公开的，F5 写纸质的放在哪里，"
        "F3 看标准目录里哪些还没有公开。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("standards", "标准"), bind("take_down", "撤下"), bind("put_on_shelf"), bind("releases"), bind("copy_page"), bind("import_list"),
        bind("visitors", "查阅"), bind("back"), bind("help"),
    ]  # fmt: skip

    def action_releases(self) -> None:
        """To what was released and may become an entry."""
        self.go("publication")

    def action_copy_page(self) -> None:
        """The entry under the cursor on paper."""
        entry = self.current()
        if entry:
            self.to_printer(lambda: self.desk.visitors.page(entry))

    def action_import_list(self) -> None:
        """Take in a list."""
        self.go("import_list", "catalogue")

    def action_standards(self) -> None:
        """To what must be published."""
        self.go("standards")

    def action_take_down(self) -> None:
        """Take the entry under the cursor from visitors' sight, or choose one that was to be given back."""
        entry = self.current()
        down = self.attempt(self.desk.catalogue.taken_down) or []
        answers = [("down", f"撤下：{entry.name}")] if entry else []
        answers += [
            (f"back:{other.key}", f"恢复{other.down_on}撤下的：{other.name}（{other.down_why}）") for other in down
        ]
        if not answers:
            self.say("没有可以撤下的，也没有撤下过的。", word=NOTE)
            return
        self.app.push_screen(
            PickModal("撤下的不再给来查阅的人看，登记簿里留着。", answers), lambda answer: self._down(entry, answer)
        )

    def _down(self, entry: Entry | None, answer: str | None) -> None:
        if answer == "down" and entry:
            self.app.push_screen(TakeDownScreen(entry))
        elif answer and (down := self.attempt(lambda: self.desk.catalogue.entry(answer.partition(":")[2]))):
            question = (
                f"恢复【{down.name}】？\n{down.down_on}撤下的，原因是：{down.down_why}。恢复以后，来查阅的人又看得到、印得出，"
                "登记的时候也会拿它答复。"
            )
            self.app.push_screen(ConfirmScreen(question, "恢复"), lambda sure: self._back(down) if sure else None)

    def _back(self, down: Entry) -> None:
        if self.attempt(lambda: self.desk.catalogue.put_back(down.key)):
            self.refresh_rows()
            self.say(f"已恢复：{down.name}")

    def action_put_on_shelf(self) -> None:
        """Where the paper of the entry under the cursor stands."""
        entry = self.current()
        if entry:
            self.app.push_screen(ShelfScreen(entry))

    def action_visitors(self) -> None:
        """Hand the computer over to visitors."""
        if not self.desk.machine.has_pin:
            self.say("先在【本机设置】里设遮屏密码：没有密码，查阅的人也能离开查阅模式。", error=True)
            return
        self.go("visitors")

    def on_screen_resume(self) -> None:
        """Back from an import: read again."""
        if self.query("#words"):
            self.refresh_rows()


class TakeDownScreen(FormScreen):
    """Why an entry is taken down."""

    NAME = "撤下"
    PURPOSE = "写为什么撤下，按 F9。撤下以后来查阅的人看不到，登记的时候也不会拿它答复；要恢复，在公开目录里再按 F4。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "撤下"), bind("back"), bind("help")]

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self._entry = entry

    def body(self) -> Iterable[Widget]:
        """The entry and one line."""
        yield Prose(Text(self._entry.name), id="heading")
        yield self.form_of(TAKEN_DOWN, {})

    def save(self) -> None:
        """Take it down."""
        why = self.query_one(FormView).values()["down_why"]
        if self.attempt(lambda: self.desk.catalogue.take_down(self._entry.key, why)):
            self.finish(f"已撤下：{self._entry.name}")


class ShelfScreen(FormScreen):
    """Where the paper of an entry stands."""

    NAME = "馆藏位置"
    PURPOSE = "写纸质的放在查阅点哪个柜、哪一层，按 F9。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self._entry = entry

    def body(self) -> Iterable[Widget]:
        """The entry and one line."""
        yield Prose(Text(self._entry.name), id="heading")
        yield self.form_of(SHELF_OF, {"shelf": self._entry.shelf})

    def save(self) -> None:
        """Keep it."""
        shelf = self.query_one(FormView).values()["shelf"]
        if self.attempt(lambda: self.desk.catalogue.put_on_shelf(self._entry.key, shelf)):
            self.finish("已记下。")
