"""导入目录: a list of an office comes in: which file, what its columns and words are where that is not clear, all of it or the good part."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from deskapp.desk.reading.list_kinds import NAMES, WHOSE, ListChoice, ListName, ListResult
from deskapp.errors import DeskError
from deskapp.exchange.table_proposal import TableProposal
from deskapp.forms.lists import ListMatching, list_file
from deskapp.forms.view import FormView
from deskapp.paths import free_path, typed_path
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.prose import Prose


class TakingScreen(FormScreen):
    """A form after which a list is taken in, in the background; what is wrong with it is shown, and the good part offered."""

    LEFT = "导入没有做完，一行也没有收。"

    def __init__(self, kind: ListName) -> None:
        super().__init__()
        self.kind: ListName = kind

    @work(thread=True)
    def take(self, path: Path, chosen: ListChoice, good_part: bool = False) -> None:
        """Take it, all or the good part."""
        rejects = (
            free_path(path.parent, f"{path.stem}（退回）", ".xlsx")
            if good_part and self.kind == "catalogue"
            else None
        )
        try:
            done = self.desk.lists.take(self.kind, path, chosen, good_part=good_part, rejects=rejects)
        except DeskError as error:
            sentence = str(error)
            self.from_thread(lambda: self.refused(sentence))
            return
        self.from_thread(lambda: self._taken(path, chosen, done, rejects))

    def refused(self, sentence: str) -> None:
        """A refusal is said, and the form stays."""
        self._done = False
        self.say(sentence, error=True)

    def _taken(self, path: Path, chosen: ListChoice, done: ListResult, rejects: Path | None) -> None:
        self._done = False
        if done.kept:
            back = f"有错的{done.bad_lines}行退回在 {rejects}。" if rejects and done.bad_lines else ""
            self.end(f"{done.said[-1]}{back}")
            return
        self.clear_message()
        self.query_one("#done", Prose).update(Text("\n".join([done.said[-1], "", *done.said[:-1]])))
        self.query_one("#page").focus()
        if done.may:
            question = (
                f"有{done.bad_lines}行有错。其余{done.may}行先收？\n错在哪里，后面列着；有错的可以改好再导入一次。"
            )

            def chosen_good(sure: bool | None) -> None:
                if sure:
                    self.take(path, chosen, good_part=True)

            self.app.push_screen(ConfirmScreen(question, "先收好的"), chosen_good)

    def end(self, sentence: str) -> None:
        """Back to where the import began."""
        self.finish(sentence)


class ImportScreen(TakingScreen):
    """One list, looked at and taken in."""

    NAME = "导入目录"
    PURPOSE = (
        "写上目录表格在哪里，按 F9。列名和通常的叫法不一样的，先问哪一列是什么；有错的列出来，全部不收还是先收好的，由您定。"
        "已经有的更新，没有的添上，不会重复，别的机关的不动。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "导入"), bind("back"), bind("help")]

    def __init__(self, kind: ListName = "catalogue") -> None:
        super().__init__(kind)

    @property
    def draft_key(self) -> str:
        """One form for each kind of list."""
        return f"{self.kind}-import"

    def body(self) -> Iterable[Widget]:
        """Which file, and what became of it."""
        yield Prose(Text(f"导入{NAMES[self.kind]}"), id="heading")
        yield self.form_of(list_file(WHOSE[self.kind]), {})
        yield VerticalScroll(Prose(id="done"), id="page")

    def save(self) -> None:
        """Look at it first, in the background."""
        values = self.query_one(FormView).values()
        path = self.attempt(lambda: typed_path(values["file"]))
        if path:
            self._done = True
            self.under_way("正在看，请稍等。")
            self._look(path, values["whole"])

    @work(thread=True)
    def _look(self, path: Path, whole: str) -> None:
        try:
            proposal = self.desk.lists.look(self.kind, path)
        except DeskError as error:
            sentence = str(error)
            self.from_thread(lambda: self.refused(sentence))
            return
        self.from_thread(lambda: self._looked(path, whole, proposal))

    def _looked(self, path: Path, whole: str, proposal: TableProposal) -> None:
        self._done = False
        self.clear_message()
        if self.desk.lists.is_clear(self.kind, proposal):
            self._done = True
            self.under_way("正在导入，请稍等。")
            self.take(path, ListChoice(whole=whole))
        else:
            self.go("list_matching", self.kind, path, proposal, whole)


class ListMatchingScreen(TakingScreen):
    """Which column is which, where that is not clear."""

    NAME = "核对列"
    PURPOSE = "左边是表里的写法，右边是目录的列；带星号的必须有。程序猜的先放着，不对的改，不要的选【不导入】。按 F9 导入；定过的，下次记得。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "导入"), bind("back"), bind("help")]

    def __init__(self, kind: ListName, path: Path, proposal: TableProposal, whole: str) -> None:
        super().__init__(kind)
        self._path, self._proposal, self._whole = path, proposal, whole

    def _matching(self) -> ListMatching:
        lists = self.desk.lists
        return ListMatching(self._proposal, lists.columns(self.kind), lists.words())

    def body(self) -> Iterable[Widget]:
        """A field for each column and each word, and what became of it."""
        matching = self._matching()
        yield self.form_of(matching.fields, matching.blank)
        yield VerticalScroll(Prose(id="done"), id="page")

    def save(self) -> None:
        """Take it with what was chosen."""
        self._done = True
        self.under_way("正在导入，请稍等。")
        self.take(self._path, self._matching().chosen(self.query_one(FormView).values(), self._whole))

    def end(self, sentence: str) -> None:
        """Past the screen that asked for the file, back to where the import began."""
        self.finish(sentence)
        front = self.app.screen
        if isinstance(front, ImportScreen):
            front.finish(sentence)
