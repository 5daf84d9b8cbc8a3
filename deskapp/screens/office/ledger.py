"""导入台账: an office's own table comes in: which file, what its columns and words stand for, what is wrong with it, then all of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from deskapp.desk.office.import_words import counted, done_said, left_said, updated_said
from deskapp.desk.office.ledger_counts import Imported
from deskapp.desk.office.ledger_in import REFUSED, KnownLines
from deskapp.errors import DeskError
from deskapp.exchange.bad_cells import bad_said
from deskapp.exchange.ledger import LedgerOptions
from deskapp.exchange.mapping import NO_MAPPING, WordMap
from deskapp.exchange.proposing import MappingProposal
from deskapp.forms.ledger import AGAIN, ALL_SHEETS, LEDGER_FILE, UPDATE, Differing, Matching
from deskapp.forms.view import FormView
from deskapp.paths import free_path, typed_path
from deskapp.screens.frame.base import DeskScreen
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.foot_lines import NOTE
from deskapp.widgets.prose import Prose

STOPPED = "已经停下。一行也没有导入。"
LEFT = "导入没有做完，一行也没有收。"
CHOSEN = "这份台账还没有导入，这里定过的不会留下。"
_AGAIN = re.compile("（退回）(?:[-（]?[0-9]+）?)?$")
SHOWN = 200  # lines of faults on the screen


class LookingScreen(FormScreen):
    """A form after which a file is looked at, in the background."""

    LEFT = LEFT

    @work(thread=True)
    def look(self, path: Path, chosen: WordMap, then: Callable[[MappingProposal], None]) -> None:
        """See what is believed of a table whose columns were ``chosen`` so far; a refusal is said, and the form stays."""
        try:
            found = self.desk.ledgers.look(path, chosen)
        except DeskError as error:
            sentence = str(error)
            self.from_thread(lambda: self._refused(sentence))
            return
        self.from_thread(lambda: self.in_front(lambda: then(found)))

    def _refused(self, sentence: str) -> None:
        self._done = False
        self.say(sentence, error=True)


class LedgerScreen(LookingScreen):
    """Which file."""

    NAME = "导入台账"
    PURPOSE = (
        "把以前的台账、别的系统导出的表收进登记簿。写上文件在哪里，按 F9：程序先看列名和用词，您核对以后再看有没有错，最后才收。"
        "看的时候什么也不写。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "看一看"), bind("back"), bind("help")]

    def body(self) -> Iterable[Widget]:
        """One line."""
        yield self.form_of(LEDGER_FILE, {})

    def save(self) -> None:
        """Look at the file, in the background."""
        typed = self.query_one(FormView).values()["file"]
        path = self.attempt(lambda: typed_path(typed))
        if path:
            self._done = True
            self.under_way("正在看，请稍等。")
            self.look(path, NO_MAPPING, partial(self._looked, path))

    def _looked(self, path: Path, found: MappingProposal) -> None:
        self._done = False
        self.clear_message()
        self.go("matching", path, found)


class TrialScreen(LookingScreen):
    """A form after which all of the table is read, and nothing is kept."""

    @work(thread=True)
    def try_out(self, path: Path, options: LedgerOptions, known: KnownLines) -> None:
        """Read it, in the background, and show what would become of it."""
        try:
            found = self.desk.ledgers.take(path, dry_run=True, options=options, known=known)
        except DeskError as error:
            sentence = str(error)
            self.from_thread(lambda: self._refused(sentence))
            return
        self.from_thread(lambda: self.in_front(lambda: self._found(path, found, options, known)))

    def lost_by_leaving(self) -> str:
        """What was chosen here."""
        return CHOSEN if self.query_one(FormView).changed else ""

    def action_back(self) -> None:
        """Leave; what was chosen is asked about, for it goes."""
        leave = super().action_back
        if self.lost_by_leaving() and not self._done:
            asked = ConfirmScreen(f"{CHOSEN}离开？", "离开")
            self.app.push_screen(asked, lambda sure: leave() if sure else None)
        else:
            leave()

    def _found(self, path: Path, found: Imported, options: LedgerOptions, known: KnownLines) -> None:
        self._done = False
        self.clear_message()
        if found.differs:
            self.go("differences", path, found, options)
        else:
            self.go("ledger_preview", path, found, options, known)


class MatchingScreen(TrialScreen):
    """Which column is which, and which word means what."""

    NAME = "核对列和词"
    PURPOSE = (
        "左边是表里的写法，右边是登记簿的列或者词；带星号的列必须有。程序猜的先放着，请一行一行看过，不对的改。按 F9 看收下来会怎样，"
        "还是什么也不写。定过的，下次记得。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "看有没有错"), bind("back"), bind("help")]

    _matching: Matching  # made with the form

    def __init__(self, path: Path, proposal: MappingProposal, chosen: WordMap = NO_MAPPING) -> None:
        super().__init__()
        self._path, self._proposal, self._chosen = path, proposal, chosen

    def body(self) -> Iterable[Widget]:
        """A field for each column and each word."""
        known = self.desk.ledgers.remembered()
        self._matching = Matching(self._proposal, known)
        yield self.form_of(self._matching.fields, self._matching.blank(known, self._chosen))

    def save(self) -> None:
        """Read all of it."""
        values = self.query_one(FormView).values()
        sheet = values.get("sheet", "")
        every = sheet == ALL_SHEETS
        chosen = self._matching.mapping(values)
        options = LedgerOptions("" if every else sheet, every, chosen)
        changed = {**self._proposal.names, **self._chosen.columns} != chosen.columns
        if not changed and values["same"] != UPDATE and not self.succeeds(lambda: self._matching.checked(values)):
            return
        self._done = True
        self.under_way("正在核对，请稍等。")
        if changed:
            self.look(self._path, chosen, partial(self._others, chosen))
            return
        self.try_out(self._path, options, KNOWN.get(values["same"], REFUSED))

    def _others(self, chosen: WordMap, found: MappingProposal) -> None:
        """The form once more, with the words of the columns that were chosen."""
        more = self._matching.asks_less(Matching(found))
        self.go("matching", self._path, found, chosen, instead=True)
        self.host.say("列改了，后面多了要定的词，请看过再按 F9。" if more else "列改好了，请再按 F9。", word=NOTE)


KNOWN = {AGAIN: KnownLines("again"), UPDATE: KnownLines("update")}


class DifferencesScreen(TrialScreen):
    """Where the register and the table have two things in one cell: which of them is right."""

    NAME = "两边不同的"
    PURPOSE = (
        "登记簿里已经有的，和台账里写的不一样。左右换着选：登记簿的，还是台账的；先就是登记簿的。用台账的，登记簿里记一笔更正，写明出自哪份台账哪一行。"
        "按 F9 看收下来会怎样，还是什么也不写。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "看有没有错"), bind("back"), bind("help")]

    def __init__(self, path: Path, found: Imported, options: LedgerOptions) -> None:
        super().__init__()
        self._path, self._options, self._differing = path, options, Differing(found.differs)

    def body(self) -> Iterable[Widget]:
        """A field for all of them, and one for each."""
        yield self.form_of(self._differing.fields, {})

    def save(self) -> None:
        """Read all of it once more."""
        self._done = True
        self.under_way("正在核对，请稍等。")
        self.try_out(self._path, self._options, self._differing.known(self.query_one(FormView).values()))


class PreviewScreen(DeskScreen):
    """What would come in and what is wrong; then it comes in."""

    NAME = "看有没有错"
    PURPOSE = "收下来会怎样：几行收、几行不是申请、几行有错，错在哪里、怎样才对。没有错的，按 F9 就收；有错的，可以把有错的行退回一份表，其余照收。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "导入"), bind("back"), bind("help")]

    LEFT = LEFT

    def __init__(self, path: Path, found: Imported, options: LedgerOptions, known: KnownLines) -> None:
        super().__init__()
        self._path, self._found, self._options, self._known = path, found, options, known
        self._importing = self._to_stop = False

    def body(self) -> Iterable[Widget]:
        """The sum, what is to be said, what is left out, what is wrong."""
        yield VerticalScroll(Prose(self._told(), id="told"), id="page")

    def on_mount(self) -> None:
        """It is there to be read."""
        self.query_one("#page").focus()

    def _told(self) -> Text:
        found = self._found
        text = Text(f"{counted(found)}。\n", style="bold")
        for line in (*found.warnings, *updated_said(found), *left_said(found)):
            text.append(f"\n提醒  {line}", style="not bold")
        wrong = bad_said(found.bad)
        for line in wrong[:SHOWN]:
            text.append(f"\n必须改  {line}", style="not bold")
        if len(wrong) > SHOWN:
            text.append(f"\n另有{len(wrong) - SHOWN}种错，没有列出。", style="not bold")
        return text

    def action_save(self) -> None:
        """Take it in; where lines are wrong, ask whether they are to be returned. Once."""
        if self._importing:
            self.under_way("正在导入，请稍等，按 Esc 停下。")
        elif not self._found.good_lines:
            self.say("没有可以收的行。请按 Esc 回去改列和词，或者改好表格再来。", error=True)
        elif self._found.bad:
            number, good = self._found.bad_lines, len(self._found.good_lines)
            question = f"有{number}行有错，退回一份表，其余{good}行照收？\n退回的表放在原来的文件旁边，每行写着错在哪里，改好可以再导入。"
            self.app.push_screen(ConfirmScreen(question, "导入"), lambda sure: self._start() if sure else None)
        else:
            self._start()

    def _start(self) -> None:
        stem = _AGAIN.sub("", self._path.stem)  # what was returned and comes again is returned under the same name
        rejects = free_path(self._path.parent, f"{stem}（退回）", ".xlsx") if self._found.bad else None
        self._importing = True
        self.under_way("正在导入，按 Esc 停下。")
        self._take(rejects)

    @work(thread=True)
    def _take(self, rejects: Path | None) -> None:
        ledgers = self.desk.ledgers
        try:
            done = ledgers.take(self._path, False, rejects, self._progress, self._options, self._known)
            ledgers.remember(self._options.mapping)
        except DeskError as error:
            sentence = str(error)
            self.from_thread(lambda: self._refused(sentence))
            return
        self.from_thread(lambda: self.in_front(lambda: self._taken(done, rejects)))

    def _progress(self, what: str, done: int, total: int | None) -> None:
        if self._to_stop:
            raise DeskError(STOPPED, "", "")
        self.from_thread(partial(self.under_way, f"正在{what}，{done}行，按 Esc 停下。"))

    def _refused(self, sentence: str) -> None:
        self._importing = self._to_stop = False
        self.say(sentence, error=True)

    def _taken(self, done: Imported, rejects: Path | None) -> None:
        self._importing = False
        back = f"，有错的{done.bad_lines}行退回在 {rejects}" if rejects and done.bad else ""
        self.say_at_board(f"{done_said(done)}{back}。{counted(done)}。")

    def say_at_board(self, sentence: str) -> None:
        """Back to where all began, with a sentence."""
        while isinstance(self.app.screen, PreviewScreen | TrialScreen):
            self.app.pop_screen()
        self.action_back()
        self.host.say(sentence)

    def stays(self) -> str:
        """Nobody goes elsewhere while it runs."""
        return "正在导入。等它收完，或者按 Esc 停下，再去别处。" if self._importing else ""

    def lost_by_leaving(self) -> str:
        """What was looked at and is not in."""
        return "正在导入，离开就停下，一行也不收。" if self._importing else CHOSEN

    def action_back(self) -> None:
        """Leave; what runs is stopped first, and keeps nothing."""
        if self._importing:
            self._to_stop = True
            self.under_way("正在停下。")
        else:
            super().action_back()
