"""转主动公开: what was released to one and is fit for everybody, how far it is, and the entry made from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.reading.publication import EntryDraft
from deskapp.forms.reading import PUBLICATION
from deskapp.forms.view import FormView
from deskapp.register.similar import SEVERAL
from deskapp.screens.frame.base import WatchingScreen
from deskapp.screens.frame.form import CaseFormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.cells import fit
from deskapp.widgets.foot_lines import NOTE
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

RELEASE, PROPOSAL = "release:", "proposal:"
NUMBER, DAY, STATE = 14, 11, 16


class PublicationScreen(WatchingScreen):
    """The releases and the proposals."""

    NAME = "转主动公开"
    PURPOSE = (
        "答复公开过、审查以后判断为宜让所有人知道的，实际公开以后在这里编进公开目录：选一行按 Enter。下面是一年里几名申请人"
        "要过同一样东西的，属于可以公开的，可以纳入主动公开（条例第四十四条第一款）；审查过了按 F4 记下判断和理由。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("judge"), bind("open_selected", "编进目录"), bind("back"), bind("help"),
    ]  # fmt: skip

    def body(self) -> Iterable[Widget]:
        """What it is about, the list."""
        rule = "先审查（不涉及第十四条至第十六条的情形，个人信息已经隐去），记下判断；在网站或者查阅点公开以后，再编进目录。"
        yield Prose(Text(rule), id="rule")
        yield Rows(id="found")

    def on_mount(self) -> None:
        """Fill the list."""
        self.refresh_rows()
        self.query_one("#found").focus()

    def refresh_rows(self) -> None:
        """Read again."""
        releases = self.attempt(self.desk.publication.releases)
        proposals = self.attempt(self.desk.publication.proposals)
        if releases is None or proposals is None:
            return
        width = max(self.size.width - NUMBER - DAY - STATE - 6, 10)
        rows = [Row(f"宜公开的（{len(releases)}件）", style="bold", heading=True)]
        rows += [
            Row(
                f"{fit(r.case_no, NUMBER)}{fit(r.judged_on, DAY)}{fit(r.state, STATE)}{fit(r.content, width)}",
                RELEASE + r.case_id,
            )
            for r in releases
        ]
        rows += [
            Row("", heading=True),
            Row(f"一年里{SEVERAL}名以上申请人拿到过同一样的（{len(proposals)}样）", style="bold", heading=True),
        ]
        rows += [Row(f"{p.content}\n    {p.sentence}", PROPOSAL + p.case_id) for p in proposals]
        listed = self.query_one("#found", Rows)
        listed.fill(rows, listed.current.key if listed.current else "")

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """To the form of the entry; a proposal is judged first."""
        key = event.row.key
        if key.startswith(RELEASE):
            self.app.push_screen(EntryScreen(key.removeprefix(RELEASE)))
        else:
            self.say("先按 F4 记下判断，再编进目录。", word=NOTE)

    def action_judge(self) -> None:
        """Judge what several were given: fit or not, and why."""
        row = self.query_one("#found", Rows).current
        if row is None or not row.key.startswith(PROPOSAL):
            self.say("下面没有选中：光标移到几个人拿到过的那一样上，再按 F4。", error=True)
            return
        self.go("note", row.key.removeprefix(PROPOSAL), "publication_judged")


class EntryScreen(CaseFormScreen):
    """The entry made from a release."""

    NAME = "编进目录"
    PURPOSE = "写下给所有人看的名称、实际在哪里公开。不写申请人，不写证件和电话号码；部分公开的，只编已经区分处理的文本。填完按 F9。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "编进去"), bind("back"), bind("help")]

    def body(self) -> Iterable[Widget]:
        """The form."""
        case = self.look_at_case()
        yield Prose(Text(f"{case.case_no}申请的是：{case.content}"), id="rule")
        first = self.desk.publication.draft_of(self._case_id)
        yield self.form_of(PUBLICATION, first.model_dump())

    def save(self) -> None:
        """Make the entry."""
        draft = EntryDraft.model_validate(self.query_one(FormView).values())
        entry = self.attempt(lambda: self.desk.publication.enter(self._case_id, draft))
        if entry:
            self.finish(f"公开目录里有了：{entry.name}。")
