"""区分处理: a paper is opened, its pages are gone through one by one, each confirmed as it will be given out, then the copy is made."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from deskapp.desk.cases.redaction import OpenPaper
from deskapp.errors import DeskError
from deskapp.forms.cases import TO_REDACT
from deskapp.forms.view import FormView
from deskapp.law.withholding import reasons
from deskapp.paths import typed_path
from deskapp.redaction.choosing import in_words, left_out_words
from deskapp.redaction.deciding import Cover, PageDecision
from deskapp.redaction.places import CoverPlace, read_place
from deskapp.screens.frame.ask import AskModal
from deskapp.screens.frame.base import DeskScreen
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

STATES = {True: "遮", False: "不遮", None: "？待定"}
STYLES = {True: "reverse", None: "bold underline"}
NO_ROWS = "这一页没有要遮的。看过样子，按 F9 核定。"


class RedactScreen(FormScreen):
    """Which paper, and which words are to be covered wherever they stand."""

    NAME = "区分处理"
    PURPOSE = (
        "把一份材料里不能给的内容遮住，做成可以提供的复制件（条例第三十七条）。写上文件在哪里（PDF 或者图片），"
        "另外要遮的词一行一个，按 F9 打开。程序先找出号码、姓名、地址，逐页由人定。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "打开"), bind("back"), bind("help")]

    def __init__(self, case_id: str, path: str = "") -> None:
        super().__init__()
        self._case_id, self._path, self._reading = case_id, path, False

    def body(self) -> Iterable[Widget]:
        """Two fields."""
        yield Static(Text(self.desk.lookup.case(self._case_id).case_no), id="heading")
        yield self.form_of(TO_REDACT, {"file": self._path})

    def save(self) -> None:
        """Read the paper in the background."""
        values = self.query_one(FormView).values()
        path = self.attempt(lambda: typed_path(values["file"]))
        if path is not None and not self._reading:
            self._reading = True
            self.under_way("正在看这份材料。扫描件要认字，一页要几秒。")
            self._read(path, values["words"].splitlines(), values["pages"])

    @work(thread=True)
    def _read(self, path: Path, words: list[str], only: str) -> None:
        def tell(done: int, all_: int) -> None:
            self.tell(f"已看{done}页，共{all_}页。")

        try:
            paper = self.desk.redaction.open(path, self._case_id, words, tell, only)
        except DeskError as error:
            refusal = error
            self.from_thread(lambda: self._refused(refusal))
            return
        self.from_thread(lambda: self._opened(paper))

    def _refused(self, error: DeskError) -> None:
        self._reading = False
        self.say(str(error), error=True)

    def _opened(self, paper: OpenPaper) -> None:
        self._reading = False
        self.in_front(lambda: self.go("redaction_pages", paper, instead=True))


class RedactionPagesScreen(DeskScreen):
    """The pages of one paper; nothing is given out before each of them is confirmed."""

    NAME = "区分处理"
    WARY = True
    LEFT = "区分处理没有做完，没有做复制件。"
    PURPOSE = (
        "左边是这一页要遮的，光标所在的按 Enter 遮或者不遮；【待定】的要一一定下来。右边是这一页的文字，反白的会遮住。"
        "程序会看漏，也会看错：按 F2 遮一个词，F3 遮整行、行里一段或者页上一块。F7 换理由。"
        "F9 打开这一页将要给出的样子，看过再核定；每一页都核定了，才能做复制件。复制件是图片，遮住的字找不回来。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("open_selected", "遮、不遮"), bind("cover_word"), bind("cover_lines"), bind("leave_open"), bind("page_before"),
        bind("page_after"), bind("cover_reason"), bind("save", "核定"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self, paper: OpenPaper) -> None:
        super().__init__()
        self._paper, self._number = paper, paper.decisions.numbers[0]
        self._reason = reasons()[0].key
        self._busy = False

    @property
    def _page(self) -> PageDecision:
        return self._paper.decisions[self._number]

    def body(self) -> Iterable[Widget]:
        """Where one is, what to cover, the lines of the page."""
        yield Prose(id="where")
        yield Horizontal(Rows(wraps=3, id="covers"), VerticalScroll(Prose(id="lines"), id="page-pane"), id="panes")

    def on_mount(self) -> None:
        """The first page."""
        self._show()
        self.query_one("#covers").focus()

    def fit_width(self) -> None:
        """Rows are cut to the width."""
        if self.query("#covers"):
            self._show(self.query_one(Rows).cursor or 0)

    # -- what is seen --------------------------------------------------------------------------------------------------

    def _show(self, at: int = 0) -> None:
        page, decisions = self._page, self._paper.decisions
        whole = f"第{self._number}页，共{decisions.total}页"
        chosen = f"，选了{in_words(decisions.numbers)}" if decisions.left_out else ""
        text = Text(f"{whole}{chosen}，已核{decisions.confirmed}页", style="bold")
        said = (
            f"　这一页{page.confirmed_by}已核定"
            if page.confirmed_by
            else f"　还有{page.open}处待定"
            if page.open
            else "　还没有核定"
        )
        text.append(said, style="not bold")
        text.append(f"\n{self._paper.path.name}{_about(page)}", style="quiet")
        self.query_one("#where", Prose).update(text)
        rows = [Row(_row(cover), str(n)) for n, cover in enumerate(page.covers)]
        self.query_one("#covers", Rows).fill(rows or [Row(NO_ROWS, heading=True)], str(at))
        self.query_one("#lines", Prose).update(_lines(page))

    def _selected(self) -> int | None:
        row = self.query_one("#covers", Rows).current
        return int(row.key) if row and row.key else None

    # -- what is decided -----------------------------------------------------------------------------------------------

    def on_rows_taken(self) -> None:
        """Enter or a click in the list."""
        self.action_open_selected()

    def action_open_selected(self) -> None:
        """Cover it, or leave it."""
        at = self._selected()
        if at is not None:
            cover = self._page.covers[at]
            if cover.on and cover.given_by_hand:
                self._paper.decisions.take_away(self._number, at)
            else:
                self._paper.decisions.decide(self._number, at, not cover.on)
            self._show(at)
            self.clear_message()  # how many are open stands above, and is another number now

    def action_leave_open(self) -> None:
        """What is undecided under the cursor is left as it is."""
        at = self._selected()
        if at is not None:
            self._paper.decisions.take_away(self._number, at)
            self._show(at)
            self.clear_message()

    def action_cover_word(self) -> None:
        """A word, on every page where it stands."""
        self.app.push_screen(AskModal("遮哪个词？各页里的都遮。", "照纸上的写法写"), self._cover_word)

    def _cover_word(self, word: str | None) -> None:
        if word and (found := self.attempt(lambda: self._paper.decisions.add_words(word, self._reason))):
            self._show(len(self._page.covers) - 1)
            self.say(f"遮在第{'、'.join(map(str, found))}页，要再核定。")

    def action_cover_lines(self) -> None:
        """Lines, a part of a line, or a part of the page."""
        question = (
            "遮哪里？整行写 3 或者 3-5；第3行的第5至9个字写 3:5-9；页上一块写 左 上 右 下（毫米，从左上角量起）。"
        )
        self.app.push_screen(AskModal(question, "3-5"), self._cover_place)

    def _cover_place(self, typed: str | None) -> None:
        if not typed:
            return

        def cover() -> CoverPlace:
            place = read_place(typed)
            place.cover(self._paper.decisions, self._number, self._reason)
            return place

        if self.attempt(cover):
            self._show(len(self._page.covers) - 1)

    def action_cover_reason(self) -> None:
        """Why: of what the cursor stands on, and of what is added from then on."""
        answers = [(item.key, f"{item.name}（{item.article}）") for item in reasons()]
        self.app.push_screen(PickModal("为什么不给？", [(text, key) for text, key in answers]), self._give_reason)

    def _give_reason(self, key: str | None) -> None:
        if key is None:
            return
        self._reason = key
        at = self._selected()
        if at is not None:
            self._paper.decisions.give_reason(self._number, at, key)
            self._show(at)
        else:
            self.say("以后添的都用这个理由。")

    # -- pages ---------------------------------------------------------------------------------------------------------

    def action_page_before(self) -> None:
        """The page before."""
        self._turn(max((n for n in self._paper.decisions.numbers if n < self._number), default=0))

    def action_page_after(self) -> None:
        """The page after."""
        self._turn(min((n for n in self._paper.decisions.numbers if n > self._number), default=0))

    def _turn(self, number: int) -> None:
        if number:
            self._number = number
            self._show()

    def action_save(self) -> None:
        """Show the page as it will be given out, and ask whether somebody has looked at it; then the copy."""
        page = self._page
        if self._busy:
            return
        if page.confirmed_by and self._paper.decisions.ready:
            self._ask_to_give()
        elif page.open:
            self.say(f"这一页还有{page.open}处待定，先一一定下来。", error=True)
        else:
            self._busy = True
            self.under_way("正在排这一页将要给出的样子，请稍等。")
            self._look(self._number)

    @work(thread=True)
    def _look(self, number: int) -> None:
        try:
            path, shown = self.desk.redaction.show_page(self._paper, number)
        except DeskError as error:
            self.from_thread(partial(self._ended, str(error)))
            return
        self.from_thread(lambda: self.in_front(partial(self._ask_to_confirm, number, path, shown)))

    def _ended(self, sentence: str) -> None:
        self._busy = False
        self.say(sentence, error=True)

    def _ask_to_confirm(self, number: int, path: Path, shown: bool) -> None:
        self._busy = False
        where = "已经打开" if shown else "存好了，可是这台电脑没有打开它的程序，请在别处打开来看"
        question = f"第{number}页将要给出的样子{where}：\n{path}\n整页看过了，没有该遮没遮、该给没给的，核定？"
        self.app.push_screen(
            ConfirmScreen(question, "看过了，核定"),
            lambda sure: self.in_front(lambda: self._confirmed(number)) if sure else None,
        )

    def _confirmed(self, number: int) -> None:
        if who := self.desk.redaction.whoever:
            self._confirm(number, who)
        else:
            self.app.push_screen(
                AskModal("谁核的？", "姓名"),
                lambda who: self.in_front(lambda: self._confirm(number, who)) if who else None,
            )

    def _confirm(self, number: int, who: str) -> None:
        decisions = self._paper.decisions
        if not self.succeeds(lambda: decisions.confirm(number, who)):
            return
        waiting = [page.page.number for page in decisions.pages if not page.confirmed_by]
        if waiting:
            self._turn(next((n for n in waiting if n > number), waiting[0]))
            self.say(f"第{number}页已核定。")
        else:
            self._show()
            self._ask_to_give()

    # -- the copy ------------------------------------------------------------------------------------------------------

    def _ask_to_give(self) -> None:
        count = sum(item.count for item in self._paper.decisions.tally())
        decisions = self._paper.decisions
        question = f"{len(decisions.pages)}页都核定了，一共遮{count}处。做复制件？"
        if decisions.left_out:
            question += f"\n{left_out_words(decisions.left_out)}"
        self.app.push_screen(ConfirmScreen(question, "做复制件"), self._may_give)

    def _may_give(self, sure: bool | None) -> None:
        if sure and not self._busy:
            self._busy = True
            self.under_way("正在做复制件，请稍等。")
            self._give()

    @work(thread=True)
    def _give(self) -> None:
        try:
            given = self.desk.redaction.give(self._paper)
        except DeskError as error:
            sentence = str(error)
            self.from_thread(lambda: self._ended(sentence))
            return
        self.from_thread(lambda: self.in_front(lambda: self._ask_for_letter(given.copy, given.lines)))

    def _ask_for_letter(self, copy: Path, lines: tuple[str, ...]) -> None:
        said = f"复制件已存成 {copy}，旁边有一份说明。"

        def answered(sure: bool | None) -> None:
            put = sure and self.attempt(lambda: self.desk.redaction.to_letter(self._paper, lines))
            more = (
                "遮了什么已经写进【部分公开】的草稿。" if put else "这一件已经答复过，没有写进文书。" if sure else ""
            )
            self.say(said + more)
            self._finish()

        if lines:
            question = f"{said}\n遮了什么、为什么，写进【部分公开答复书】的草稿？\n" + "\n".join(lines)
            self.app.push_screen(ConfirmScreen(question, "写进去"), answered)
        else:
            answered(False)

    def _finish(self) -> None:
        self._busy = False
        self.in_front(super().action_back)

    def action_back(self) -> None:
        """Leave; what was decided and not copied is gone, so it is asked first."""

        def answered(sure: bool | None) -> None:
            if sure:
                self.desk.redaction.leave()
                self._finish()

        self.app.push_screen(ConfirmScreen("离开？\n还没有做复制件，定过的都要重来。", "离开"), answered)


def _row(cover: Cover) -> str:
    """What to cover as the list shows it: state, kind, how it stands there, article; in a second line what has to be looked at."""
    article = next(item.article for item in reasons() if item.key == cover.reason)
    look = f"\n　{cover.why}" if cover.why and cover.on is None else ""
    return f"{STATES[cover.on]}　{cover.name}　{cover.value}　{article}{look}"


def _about(page: PageDecision) -> str:
    """What has to be said of how a page was read."""
    return "".join(f"　{said}" for said in (_read(page), page.page.not_shown) if said)


def _read(page: PageDecision) -> str:
    """Of a scan and of pictures."""
    seen = page.page
    if seen.read_off:
        return "扫描件：文字是机器认的，会认错、认漏，以看到的样子为准"
    if seen.wordless:
        return "扫描件：没有文字，按行、按位置遮，以看到的样子为准"
    return "这一页有图片，图里的字这里看不到，请看样子" if seen.pictures else ""


def _lines(page: PageDecision) -> Text:
    """The lines of the page with their numbers, what is covered in them marked."""
    states: dict[tuple[int, int], bool | None] = {}
    for cover in page.covers:
        for spot in cover.spots:
            if cover.on or (cover.on is None and not states.get(spot)):
                states[spot] = cover.on
    bands = [band for cover in page.covers if cover.on for band in cover.bands]
    text = Text()
    for n, line in enumerate(page.page.lines):
        text.append(f"{n + 1:3} ", style="quiet")
        for sign, at in line.pieces:
            state = states.get((n, at), False)
            text.append(sign, style=STYLES.get(state, ""))
        if not line.chars:
            middle = (line.box.top + line.box.bottom) / 2
            covered = any(band.top <= middle <= band.bottom for band in bands)
            text.append(
                f"{line.box.top / 72 * 25.4:.0f}至{line.box.bottom / 72 * 25.4:.0f}毫米{'　遮' if covered else ''}"
            )
        text.append("\n")
    return text
