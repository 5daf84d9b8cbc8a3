"""单子的译文: in which languages the sheets for the public are, how far; a table to be filled in goes out, and comes back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.forms.reading import TRANSLATION_FILE
from deskapp.forms.view import FormView
from deskapp.paths import typed_path
from deskapp.screens.frame.ask import AskModal
from deskapp.screens.frame.base import WatchingScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

ASKED = "译成哪种语言？程序做一张表，左边是各张单子上的中文，右边空着，请懂这种语言的人填。"


class TranslationsScreen(WatchingScreen):
    """The languages there are."""

    NAME = "单子的译文"
    PURPOSE = (
        "明白卡、申请表、标识牌、开放时间、工作职责、常见问题，中文下面可以加一种别的文字。按 F7 写语言，做一张翻译的表，放在【导出】里；"
        "请懂的人填好【译文】一列，按 F8 收回来。没有译的、中文改过的句子只印中文，印的时候说有几句。选一行按 Enter 再做一张，译过的已经填好。"
        "藏文、维吾尔文、蒙古文这些程序排不出来的，不收。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("make_translation"), bind("take_translation"), bind("open_selected", "再做一张"), bind("back"), bind("help"),
    ]  # fmt: skip

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield Prose(id="sum")
        yield Rows(id="found")

    def on_mount(self) -> None:
        """Fill the list."""
        self.refresh_rows()
        self.query_one("#found").focus()

    def refresh_rows(self) -> None:
        """Read again; the cursor stays on its row."""
        found = self.attempt(self._states)
        if found is None:
            return
        listed = self.query_one("#found", Rows)
        none = [Row("还没有译文。按 F7 做一张翻译的表。", heading=True)]
        rows = [Row(sentence, name) for name, sentence in found.items()]
        listed.fill(rows or none, listed.current.key if listed.current else "")
        self.query_one("#sum", Prose).update(Text(f"有译文的语言{len(found)}种。", style="bold"))
        self.next_act("译好的表按 F8 收；单子在阅览点按 F7 印。" if found else "按 F7 写语言，做一张翻译的表。")

    def _states(self) -> dict[str, str]:
        translations = self.desk.handouts.translations
        return {name: translations.state(name).sentence(name) for name in translations.languages()}

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """The table of a language once more."""
        self._make(event.row.key)

    def action_make_translation(self) -> None:
        """Ask for the language, then make its table."""
        self.app.push_screen(AskModal(ASKED, "例如 英文"), lambda name: self._make(name) if name else None)

    def _make(self, language: str) -> None:
        made = self.attempt(lambda: self.desk.handouts.translations.give(language))
        if made:
            path, state = made
            self.say(f"已存成：{path}。填好【译文】一列，按 F8 收。{state.sentence(language)}")

    def action_take_translation(self) -> None:
        """To the file."""
        self.go("translations_in")


class TakeTranslationScreen(FormScreen):
    """A table that comes back."""

    NAME = "收译文"
    PURPOSE = "填好的翻译表在哪里，可以从文件管理器里复制。按 F9 收：有一行不对，整张不收，说明是第几行；空着的句子只印中文。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "收"), bind("back"), bind("help")]

    def body(self) -> Iterable[Widget]:
        """One line."""
        yield self.form_of(TRANSLATION_FILE, {})

    def save(self) -> None:
        """Take it."""
        path = self.attempt(lambda: typed_path(self.query_one(FormView).values()["file"]))
        said = self.attempt(lambda: self.desk.handouts.translations.take_whole(path)) if path else None
        if said:
            self.finish(said)
