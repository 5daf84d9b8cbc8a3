"""公开目录: type and see what is published, and where it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from deskapp.catalogue.entry import Entry
from deskapp.desk.reading.catalogue import PAGE, sentences
from deskapp.desk.reading.list_in import TakenIn
from deskapp.errors import DeskError
from deskapp.forms.reading import CATALOGUE_FILE
from deskapp.forms.view import FormView
from deskapp.paths import typed_path
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickScreen
from deskapp.widgets.cells import fit
from deskapp.widgets.prose import Prose
from deskapp.widgets.reader import Reader
from deskapp.widgets.rows import Row, Rows

Styles = str | list[str | PurePath]
SHOWN_TEXT = 3000  # characters of a full text on the card


class EntriesScreen(PickScreen):
    """The words, the entries, the card of the one under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[tuple[int, Entry]] = []

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
        """The first page, the newest first; the cursor on the entry of that key."""
        found = self.attempt(lambda: self.desk.catalogue.search(words))
        if found is None:
            return
        self._found = found
        self.query_one("#found", Rows).fill(self._rows(found), key)
        if not found:
            self.query_one("#side", Reader).update(Text(self._nothing(words)))
        self._count()

    def _nothing(self, words: str) -> str:
        return "没有找到，请换个词。" if words.strip() else "公开目录还是空的。按 F8 从表格导入。"

    def _rows(self, found: list[tuple[int, Entry]]) -> list[Row]:
        width = max(self.size.width // 2 - 16, 20)
        return [Row(f"{fit(entry.published_on, 10)} {fit(entry.name, width)}", entry.key) for _, entry in found]

    def _count(self) -> None:
        more = "，往下翻还有" if len(self._found) % PAGE == 0 and self._found else ""
        self.query_one("#count", Prose).update(Text(f"列出{len(self._found)}条{more}。"))

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """The card of the entry; at the foot of the page the next one comes."""
        if event.index < len(self._found):
            self.query_one("#side", Reader).update(self._card(self._found[event.index][1]))
        if event.index == len(self._found) - 1 and len(self._found) % PAGE == 0:
            words, before = self.words, self._found[-1][0]
            more = self.attempt(lambda: self.desk.catalogue.search(words, before=before)) or []
            self._found += more
            self.query_one("#found", Rows).add(self._rows(more))
            self._count()

    def _card(self, entry: Entry) -> Text:
        text = Text()
        text.append(f"{entry.name}\n\n", style="bold")
        for label, value in (
            ("文号", entry.doc_no), ("索引号", entry.index_no), ("发布机构", entry.issuer), ("公开日期", entry.published_on),
            ("分类", entry.topic), ("有效性", entry.validity), ("网址", entry.url), ("馆藏", entry.shelf),
        ):  # fmt: skip
            if value:
                text.append(f"{label}：{value}\n")
        full = self.attempt(lambda: self.desk.catalogue.text(entry)) or ""
        if full:
            text.append("\n全文\n", style="bold")
            text.append(full[:SHOWN_TEXT] + ("……" if len(full) > SHOWN_TEXT else ""))
        return text

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
        "登记的时候程序自己会查：目录里有的，按 F7 当场答复。按 F7 印一份给群众，按 F8 从表格导入目录。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("releases"), bind("copy_page"), bind("import_list"), bind("visitors"), bind("back"), bind("help"),
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
        self.app.push_screen(ImportScreen())

    def action_visitors(self) -> None:
        """Hand the computer over to visitors."""
        if not self.desk.machine.has_pin:
            self.say("先在“本机设置”里设遮屏密码：没有密码，查阅的人也能离开查阅模式。", error=True)
            return
        self.go("visitors")

    def on_screen_resume(self) -> None:
        """Back from an import: read again."""
        if self.query("#words"):
            self.refresh_rows()


class ImportScreen(FormScreen):
    """One list, looked at and taken in."""

    NAME = "导入目录"
    PURPOSE = (
        "写上目录表格（xlsx 或 csv）在哪里，按 F9。有一格不对就一行也不收，并列出是哪一格。已经有的更新，没有的添上，不会重复。"
        "列名：索引号、名称、文号、发布机构、公开日期、主题分类、有效性、网址、馆藏位置、全文文件；只有名称必须有。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "导入"), bind("back"), bind("help")]

    @property
    def draft_key(self) -> str:
        """One form."""
        return "catalogue-import"

    def body(self) -> Iterable[Widget]:
        """Which file, and what became of it."""
        yield self.form_of(CATALOGUE_FILE, {})
        yield VerticalScroll(Prose(id="done"), id="page")

    def save(self) -> None:
        """Take it in, in the background."""
        typed = self.query_one(FormView).values()["file"]
        path = self.attempt(lambda: typed_path(typed))
        if path:
            self._done = True
            self.say("正在导入，请稍等……")
            self._take(path)

    @work(thread=True)
    def _take(self, path: Path) -> None:
        try:
            taken = self.desk.catalogue.take(path)
        except DeskError as error:
            sentence = str(error)
            self.from_thread(lambda: self._refused(sentence))
            return
        self.from_thread(lambda: self._taken(taken))

    def _refused(self, sentence: str) -> None:
        self._done = False
        self.say(sentence, error=True)

    def _taken(self, taken: TakenIn) -> None:
        self._done = False
        lines = list(sentences(taken, dry_run=False))
        if not taken.bad:
            self.finish(lines[-1])
            return
        self.clear_message()
        self.query_one("#done", Prose).update(Text("\n".join([lines[-1], "", *lines[:-1]])))
        self.query_one("#page").focus()
