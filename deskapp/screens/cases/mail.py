"""收件登记: what the guardroom signed for, when it reached the desk, which case it became."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from deskapp.desk.cases.mail_log import MailDraft, MailRow
from deskapp.forms.cases import MAIL, SET_ASIDE
from deskapp.forms.view import FormView
from deskapp.screens.frame.base import WatchingScreen
from deskapp.screens.frame.form import FormScreen, NoteFormScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.widgets.cells import fit
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

RULE = (
    "挂号信以本机关任何人签收的那一天为收到之日，门卫、收发室签收也算（条例第三十一条）；晚交到登记台，期限照样在走。"
)
WIDTHS = (6, 13, 8, 10, 10, 8)  # cells: kind, number, sender, signed, reached, signed by
REGISTER, EDIT, ASIDE, OPEN = "register", "edit", "aside", "open"


class MailScreen(WatchingScreen):
    """The log; what is no case yet stands first."""

    NAME = "收件登记"
    PURPOSE = (
        "信是哪天签收的，哪天送到登记台，成了哪一件，这里都有。没有登记的排在最前面。按 F2 记一封新收的；"
        "选一封按 Enter，可以登记成申请、改正，或者写明为什么不登记。按 F7 印一张收发室的交接单。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("register", "记一封"), bind("open_selected", "办理"), bind("paper", "印交接单"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[MailRow] = []

    def body(self) -> Iterable[Widget]:
        """The rule, the headings, the list."""
        yield Prose(Text(RULE), id="rule")
        yield Static(id="columns")
        yield Rows(id="letters")

    def on_mount(self) -> None:
        """Fill the list."""
        self.refresh_rows()
        self.query_one("#letters").focus()

    def refresh_rows(self) -> None:
        """Read the log."""
        rows = self.attempt(self.desk.mail.rows)
        if rows is None:
            return
        self._rows = rows
        listed = self.query_one("#letters", Rows)
        none = [Row("还没有记过信件。收到信按 F2 记一封。", heading=True)]
        listed.fill([self._listed(row) for row in rows] or none, listed.current.key if listed.current else "")
        head = ("类别", "邮件号", "寄件人", "签收日期", "到登记台", "谁签收", "成了哪一件")
        self.query_one("#columns", Static).update(Text(self._cells(*head), no_wrap=True))

    def _listed(self, row: MailRow) -> Row:
        became = row.case_no or (f"不登记：{row.set_aside}" if row.set_aside else "还没有登记")
        reached = str(row.reached_on) if row.reached_on else "没有"
        line = self._cells(row.kind_name, row.number, row.sender, str(row.signed_on), reached, row.signed_by, became)
        return Row(line, row.key, "bold" if row.waits else "")

    def _cells(self, *parts: str) -> str:
        width = max(self.size.width - sum(WIDTHS) - len(WIDTHS) - 3, 10)
        return " ".join(fit(part, width) for part, width in zip(parts, (*WIDTHS, width), strict=True))

    # -- acts --------------------------------------------------------------------------------------------------

    def action_register(self) -> None:
        """Write down one that came in."""
        self.app.push_screen(MailEntryScreen())

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Ask what to do with it."""
        row = next((item for item in self._rows if item.key == event.row.key), None)
        if row is None:
            return
        if row.waits:
            answers = [(REGISTER, "登记成一件申请"), (EDIT, "改正这一条"), (ASIDE, "不是申请，写明原因")]
        else:
            answers = [(OPEN, f"打开{row.case_no}")] if row.case_no else []
            answers += [(EDIT, "改正这一条")]
        name = f"{row.kind_name}{row.number}　{row.signed_on}签收"
        self.app.push_screen(PickModal(name, answers), lambda answer: self._do(row, answer))

    def _do(self, row: MailRow, answer: str | None) -> None:
        if answer == REGISTER:
            self.go("register", row.key)
        elif answer == EDIT:
            self.app.push_screen(MailEntryScreen(row.key))
        elif answer == ASIDE:
            self.app.push_screen(SetAsideScreen(row.key))
        elif answer == OPEN:
            case = self.attempt(lambda: self.desk.lookup.case_by_no(row.case_no))
            if case:
                self.go("case", case.case_id)

    def action_paper(self) -> None:
        """The slip that guardroom and desk sign."""
        self.to_printer(self.desk.guardroom.sheet)


class MailEntryScreen(NoteFormScreen):
    """One thing that came in."""

    DRAFT = "mail"
    NAME = "收件登记"
    PURPOSE = "照信封记下一封信：邮件号、谁签收、哪天签收、哪天送到登记台。填完按 F9。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    def body(self) -> Iterable[Widget]:
        """The rule and the form."""
        first = self.desk.mail.draft_of(self._key) if self._key else MailDraft()
        yield Prose(Text(RULE), id="rule")
        yield self.form_of(MAIL, first.model_dump())

    def save(self) -> None:
        """Write it down."""
        draft = MailDraft.model_validate(self.query_one(FormView).values())
        row = self.attempt(lambda: self.desk.mail.enter(draft, self._key))
        if row:
            self.finish(f"已记下：{row.kind_name}{row.number}，{row.signed_on}签收。")


class SetAsideScreen(FormScreen):
    """Why something that came in is no application."""

    NAME = "收件登记"
    PURPOSE = "写明为什么这一封不登记成申请，以后查得到。填完按 F9。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key

    @property
    def draft_key(self) -> str:
        """One form for each."""
        return f"aside:{self._key}"

    def body(self) -> Iterable[Widget]:
        """What came in, and the reason."""
        row = self.desk.mail.row(self._key)
        yield Prose(Text(f"{row.kind_name}{row.number}　{row.sender}　{row.signed_on}签收"), id="rule")
        yield self.form_of(SET_ASIDE, {})

    def save(self) -> None:
        """Keep the reason."""
        why = self.query_one(FormView).values()["why"]
        if self.attempt(lambda: self.desk.mail.set_aside(self._key, why)):
            self.finish("已记下，不登记成申请。")
