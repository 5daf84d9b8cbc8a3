"""全县: every point on a line, what is late first; beside it the point under the cursor, and the months."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import takewhile
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from deskapp.county.states import CLOCKS, DUE_SOON
from deskapp.county.summary import PointLine, Summary, up_to_here
from deskapp.county.verdicts import BAD, Offered
from deskapp.errors import DeskError
from deskapp.law.spans import span_of
from deskapp.screens.county.host import CountyView
from deskapp.screens.frame.ask import AskModal
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.widgets.cells import fit
from deskapp.widgets.foot_lines import NOTE
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

KINDS = ("month", "quarter", "year")
COLUMNS = ("上次报来", "逾期", "争议", "收到", "办结", "在办")
WIDTHS = (12, 6, 6, 6, 6, 6)
ONE_PANE, TWO_PANES = 110, 150  # columns from which there is a second and a third pane
FILES = (
    (".html", "网页，能打印，能放在U盘上看"), (".xlsx", "电子表格（xlsx），各点的表都在"), (".docx", "年报表二至表四（docx）"),
    (".pdf", "年报表二至表四（pdf）"),
)  # fmt: skip
SHOWN = 12  # cases in the pane
TAKING = "正在收，请稍等。"
CLEARING = "正在清旧内容，请稍等。"
OLD = "{n}个登记点删过个人信息，旧内容还留在数据库的文件里：按 F8 清掉。"
ASK_CLEAR = (
    "把数据库文件里的旧内容清掉吗？\n一张表一张表重写，数据多的要几分钟；这时候别的人查、收都要等。以后也能清。"
)


class CountyScreen(CountyView):
    """The whole county."""

    NAME = "全县"
    PURPOSE = (
        "每个登记点一行：多久没有报、逾期几件、有没有复议诉讼、这段时间收了办了多少。急的在上面。没有报来的写【？】，不当作零。"
        "F9 收报送包：给出U盘或者文件夹，里面的包、名片都收。F4 换月、季、年，F5、F6 换前后。F7 存成文件。登记点删过个人信息的，F8 清掉数据库文件里的旧内容。"
        "选一个点按 Enter 看里面。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("open_selected", "看这个点"), bind("spans"), bind("earlier_span"), bind("later_span"), bind("export"),
        bind("clear_old"), bind("take_bundles"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._kind, self._day = KINDS[0], date.min
        self._found: Summary | None = None
        self._old = 0
        self._away = False  # at a point
        self._busy = ""

    def stays(self) -> str:
        """Bundles are just coming in, or what is old is being cleared."""
        return self._busy

    def body(self) -> Iterable[Widget]:
        """The span, the points, the panes, what is to be done first."""
        yield Static(id="heading")
        points = Vertical(Static(id="columns"), Rows(id="rows"), id="points")
        yield Horizontal(points, Static(id="one"), Static(id="months"), id="panes")
        yield Prose(id="next")

    def on_mount(self) -> None:
        """This month."""
        self._day = self.hall.clock.today()
        self._read()
        self.query_one("#rows").focus()

    def on_screen_resume(self) -> None:
        """Back from a point, of which something may have been decided: read again. Not after a question: a large county takes seconds."""
        if self._away:
            self._away = False
            self._read_again()

    def _read_again(self) -> bool:
        found = self.attempt(lambda: (self.hall.summary(self.asked), self.hall.clearing.waiting()))
        if found is None:
            return False
        self._found, self._old = found
        self._show()
        return True

    def fit_width(self) -> None:
        """Panes come and go with the width."""
        self._show()

    @property
    def asked(self) -> str:
        """The span that is shown, as a text."""
        if self._kind == "month":
            return f"{self._day:%Y-%m}"
        return f"{self._day.year}Q{(self._day.month + 2) // 3}" if self._kind == "quarter" else str(self._day.year)

    def _read(self) -> bool:
        if not self._read_again():
            return False
        self.clear_message()  # what was refused before is over
        return True

    def refresh_rows(self) -> None:
        """Read again."""
        self._read()

    # -- what is shown -----------------------------------------------------------------------------------------

    @property
    def _lines(self) -> list[PointLine]:
        """The points, the most urgent first."""
        lines = self._found.lines if self._found else ()
        return sorted(lines, key=lambda of: (of.state.need, of.name))

    def _show(self) -> None:
        found = self._found
        if found is None or not self.is_mounted:
            return
        self.set_class(self.size.width < ONE_PANE, "-narrow")
        self.set_class(self.size.width >= TWO_PANES, "-wide")
        running = "（到今天为止）" if found.whole.span.last >= found.today else ""
        self.query_one("#heading", Static).update(Text(f"{found.span}{running}　{len(found.lines)}个登记点"))
        room = max(16, self._room() - sum(WIDTHS))
        head = fit("登记点", room) + "".join(_right(name, width) for name, width in zip(COLUMNS, WIDTHS, strict=True))
        self.query_one("#columns", Static).update(Text(head, style="bold"))
        same = len(same_beginning([line.name for line in self._lines]))
        rows = [Row(_line(line, room, same), line.state.point.point, _style(line)) for line in self._lines]
        self.refill([Row(_sum_line(found, room), heading=True), *rows])
        nothing = "还没有登记点。请登记点写出名片（deskapp enroll），放在U盘里，按 F9 收。"
        old = OLD.format(n=self._old) if self._old else ""
        self.query_one("#next", Prose).update(Text(f"{found.sentence}{old}" if found.lines else ""))
        self.next_act(found.next_act if found.lines else nothing)
        self._show_months()

    def _room(self) -> int:
        """The columns of the list."""
        width = self.size.width
        panes = 0 if width < ONE_PANE else 44 if width < TWO_PANES else 76
        return width - panes - 4

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """The pane follows the cursor."""
        line = next((each for each in self._lines if each.state.point.point == event.row.key), None)
        self.query_one("#one", Static).update(self._of_point(line) if line else Text(""))

    def _of_point(self, line: PointLine) -> Text:
        """What the pane says of a point."""
        found = self._found
        late = [row for row in found.overdue if row.point == line.state.point.point] if found else []
        text = Text(f"{line.name}\n", style="bold")
        if line.state.gap:
            text.append(f"缺第{line.state.gap[0]}至{line.state.gap[1]}条，请它补报\n", style="not bold")
        if line.state.point.held:
            text.append("和以前报的不一样，等着决定\n", style="not bold")
        if line.state.same_number:
            text.append("有登记号两件申请都在用，请它核对\n", style="not bold")
        if line.state.clock:
            text.append(f"{CLOCKS[line.state.clock]}\n", style="not bold")
        text.append(f"\n逾期{len(late)}件\n", style="not bold")
        for row in late[:SHOWN]:
            text.append(f"{fit(row.case_no, 16)}超{row.days}天\n", style="not bold")
        if len(late) > SHOWN:
            text.append(f"还有{len(late) - SHOWN}件\n", style="not bold")
        text.append(f"\n{DUE_SOON}{line.state.due_soon}件\n争议{line.state.disputes}件\n", style="not bold")
        if line.figures:
            of = line.figures
            text.append(f"\n收{of.received}　结{of.closed}　存{of.carried_out}", style="not bold")
        return text

    def _show_months(self) -> None:
        if self.size.width < TWO_PANES:
            return
        months = self.attempt(lambda: self.hall.questions.months(self._day.year)) or []
        lines = [f"{'月份':<4}{'收到':>6}{'办结':>6}"]
        lines += [f"{n:>3}月{got:>8}{done:>8}" for n, (got, done) in enumerate(months, 1) if got or done]
        self.query_one("#months", Static).update(Text("\n".join([f"{self._day.year}年", *lines])))

    # -- acts --------------------------------------------------------------------------------------------------

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Look into a point."""
        if event.row.key:
            self._away = True
            self.go("county_point", event.row.key, self.asked)

    def action_spans(self) -> None:
        """Months, quarters, years."""
        before, self._kind = self._kind, KINDS[(KINDS.index(self._kind) + 1) % len(KINDS)]
        if not self._read():
            self._kind = before

    def action_earlier_span(self) -> None:
        """The span before."""
        self._go_to(span_of(self.asked).first - timedelta(1))

    def action_later_span(self) -> None:
        """The span after, up to today's."""
        after = span_of(self.asked).last + timedelta(1)
        if after <= self.hall.clock.today():
            self._go_to(after)
        else:
            self.say("后面的还没有到。", word=NOTE)

    def _go_to(self, day: date) -> None:
        before, self._day = self._day, day
        if not self._read():
            self._day = before

    def action_export(self) -> None:
        """Write the county to a file."""

        def chosen(ending: str | None) -> None:
            if ending and (path := self.attempt(lambda: self.hall.save_here(self.asked, ending))):
                self.say(f"已存成：{path}")

        self.app.push_screen(PickModal("全县的情况存成哪一种文件？", FILES), chosen)

    def action_take_bundles(self) -> None:
        """Take in what lies on a stick."""

        def named(path: str | None) -> None:
            if path:
                self._take(Path(path).expanduser())

        self.app.push_screen(
            AskModal("报送包在哪里？写U盘、文件夹或者文件的位置。里面的名片也一起登记。", "/media/U盘"), named
        )

    def _take(self, path: Path) -> None:
        if self._busy:
            self.say(self._busy)
            return
        found = self.attempt(lambda: self.hall.take_cards(path))
        if found is None:
            return
        bundles, cards = found
        self._busy = TAKING
        self.under_way(f"{TAKING}（{len(bundles)}个文件）" if bundles else TAKING)
        self._take_bundles(bundles, cards)

    @work(thread=True)
    def _take_bundles(self, bundles: list[Path], cards: list[str]) -> None:
        """By takers with connections of their own, so that the screen can be read meanwhile."""
        try:
            offered = self.hall.take_together(bundles)
            said, bad = _said(offered, cards), any(each.verdict in BAD for each in offered)
        except DeskError as error:
            said, bad = str(error), True
        self.from_thread(lambda: self._taken(said, bad))

    def _taken(self, said: str, bad: bool) -> None:
        self._busy = ""
        self._read()
        self.say(said, error=bad)

    def action_clear_old(self) -> None:
        """Clear the files of the server of what was erased."""
        if self._busy:
            self.say(self._busy)
            return
        if not self._old:
            self.say("没有登记点删过个人信息，或者已经清过。", word=NOTE)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._busy = CLEARING
                self.under_way(CLEARING)
                self._clear()

        self.app.push_screen(ConfirmScreen(ASK_CLEAR, "清掉"), answered)

    @work(thread=True)
    def _clear(self) -> None:
        """By a connection of its own, so that the screen can be read meanwhile."""
        try:
            done = self.hall.clear_old()
            said, whole, told = done.first, done.whole, done.sentence
        except DeskError as error:
            said, whole, told = str(error), False, ""
        self.from_thread(lambda: self._cleared(said, whole, told))

    def _cleared(self, said: str, whole: bool, told: str) -> None:
        self._busy = ""
        self._read()
        self.say(said, error=not whole)
        if told:
            self.app.push_screen(ConfirmScreen(told, "知道了"))


def _said(offered: list[Offered], cards: list[str]) -> str:
    """What became of a stick, in one sentence; what was not taken first."""
    if not offered and not cards:
        return "里面没有报送包，也没有名片。"
    parts = [f"登记了{len(cards)}个登记点：{'、'.join(cards)}。"] if cards else []
    bad = [each for each in offered if each.verdict in BAD or each.verdict == "early"]
    taken = [each for each in offered if each.verdict == "taken"]
    again = sum(1 for each in offered if each.verdict == "again")
    parts += [each.sentence for each in bad[:2]]
    if len(bad) > 2:
        parts.append(f"还有{len(bad) - 2}个没有收进去，用 county take 逐个看。")
    if offered:
        new = sum(each.events for each in taken)
        parts.append(f"收下{len(taken)}个包，新记录{new}条；以前收过的{again}个。")
    return "".join(parts)


def _right(text: str, width: int) -> str:
    """A text at the right of its column."""
    return " " * max(1, width - cell_len(text)) + text


def same_beginning(names: list[str]) -> str:
    """The county's own name where every point's begins with it: said once in the head, and not on each line."""
    same = [signs[0] for signs in takewhile(lambda signs: len(set(signs)) == 1, zip(*names, strict=False))]
    begun = "".join(same) if len(names) > 1 else ""
    last = max(begun.rfind(sign) for sign in "县市区旗")
    return begun[: last + 1]


def _line(line: PointLine, room: int, same: int) -> str:
    """One point; what may be more by what it has not reported has a question mark behind it."""
    of, made = line.state, line.figures
    figures = ["？"] * 5
    if made is not None and of.days_silent is not None:
        counted = (of.overdue, of.disputes, made.received, made.closed, made.carried_out)
        figures = [up_to_here(count, of.in_part) for count in counted]
    texts = "".join(_right(text, width) for text, width in zip((line.heard, *figures), WIDTHS, strict=True))
    return _named(line, room, same) + texts


def _named(line: PointLine, room: int, same: int) -> str:
    """The name of a point in its room; what tells it from another of that name is never what is cut off."""
    name, tail = line.state.point.name, line.name.removeprefix(line.state.point.name)
    left = room - cell_len(tail)
    if not tail or cell_len(name[same:]) <= left:
        return fit(line.name[same:], room)
    return fit(fit(name[same:], left - 1) + tail, room)


def _sum_line(found: Summary, room: int) -> str:
    of = found.whole
    heard = sum(line.state.days_silent is not None for line in found.lines)
    counted = (len(found.overdue), len(found.disputes), of.received, of.closed, of.carried_out)
    texts = (f"{heard}个报过", *(up_to_here(count, found.in_part) for count in counted))
    return fit("合计", room) + "".join(_right(text, width) for text, width in zip(texts, WIDTHS, strict=True))


def _style(line: PointLine) -> str:
    return "bold" if line.state.overdue or line.state.point.held else ""
