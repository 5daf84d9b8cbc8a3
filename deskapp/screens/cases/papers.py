"""案卷材料: the papers of a case in the archive's order, what is still wanting; laid there, opened, given out, taken off."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import events, work
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.cases.papers import PaperDraft
from deskapp.forms.cases import WHY_OFF, paper_form
from deskapp.forms.view import FormView
from deskapp.law.case_file import filed_name
from deskapp.paths import typed_path
from deskapp.register.case import Case
from deskapp.register.events import Attached
from deskapp.screens.frame.base import WatchingScreen
from deskapp.screens.frame.form import CaseFormScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.widgets.cells import fit
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

WHOLE = "folder"
FOLDERS = (
    (WHOLE, "整个案卷存成文件（合订的PDF、各件、目录）"), ("case_cover", "印案卷封面"), ("case_index", "印卷内目录"),
    ("registration_sheet", "印登记表"),
)  # fmt: skip
KIND, DAY, PAGES, BY = 16, 12, 7, 10  # cells


class PapersScreen(WatchingScreen):
    """The papers of one case."""

    NAME = "案卷材料"
    PURPOSE = (
        "申请书、身份证明、回执、送达凭证等，扫描以后归进这一件的案卷。按 F7 写文件的位置，按 F5 从扫描文件夹里选，也可以把文件拖进这个"
        "窗口。没有扫描仪的，按 F7 只记页数和在纸质案卷的第几页。办结以后按 F8 整理成案卷。选一行按 Enter 打开看。下面写着还缺什么。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("open_selected", "看"), bind("give_out"), bind("from_scans"), bind("take_off"), bind("attach_paper"),
        bind("case_folder"), bind("redact"), bind("back"), bind("help"),
    ]  # fmt: skip

    def __init__(self, case_id: str) -> None:
        super().__init__()
        self._case_id = case_id

    def body(self) -> Iterable[Widget]:
        """Whose they are, the list, what is wanting."""
        yield Prose(id="sum")
        yield Prose(id="columns")
        yield Rows(id="found")
        yield Prose(id="wanting")

    def on_mount(self) -> None:
        """Fill the list."""
        self.refresh_rows()
        self.query_one("#found").focus()

    def refresh_rows(self) -> None:
        """Read again; the cursor stays on its row."""
        case = self.attempt(lambda: self.desk.lookup.case(self._case_id))
        if case is None:
            return
        papers, missing = self.desk.papers.of(case), self.desk.papers.wanted(case)
        listed = self.query_one("#found", Rows)
        rows = [Row(self._line(paper), paper.paper_id) for paper in papers]
        listed.fill(rows, listed.current.key if listed.current else "")
        pages = sum(paper.pages for paper in papers)
        text = f"{case.case_no}　{case.who}　材料{len(papers)}份{pages}页，发出的文书{len(case.letters)}份"
        self.query_one("#sum", Prose).update(Text(text, style="bold"))
        heads = self._cells("种类", "名称", "日期", "页数", "谁入卷的")
        self.query_one("#columns", Prose).update(Text(heads if papers else "还没有入卷的材料。按 F7 入卷。"))
        lacking = f"还缺：{'、'.join(missing)}。" if missing else "照这一件的经过，材料都齐了。"
        self.query_one("#wanting", Prose).update(Text(lacking))

    def _line(self, paper: Attached) -> str:
        name = paper.name if paper.sha256 else f"{paper.name}（只有纸质{paper.where}）"
        return self._cells(filed_name(paper.kind), name, str(paper.on), f"{paper.pages}页", paper.by)

    def _cells(self, kind: str, name: str, day: str, pages: str, by: str) -> str:
        width = max(self.size.width - KIND - DAY - PAGES - BY - 6, 16)
        return f"{fit(kind, KIND)}{fit(name, width)}{fit(day, DAY)}{fit(pages, PAGES)}{fit(by, BY)}"

    # -- looking -------------------------------------------------------------------------------------------------

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """A copy of it, to the system's program."""
        self.under_way("正在打开，请稍等。")
        self._show(event.row.key)

    @work(thread=True, exclusive=True)
    def _show(self, paper_id: str) -> None:
        if self.attempt_in_thread(lambda: (self.desk.papers.show(self._case_id, paper_id),)):
            self.tell("已经交给系统打开。看到的是副本，改了不会改案卷里的。")

    def action_give_out(self) -> None:
        """The paper under the cursor as a file into the folder for others."""
        row = self.query_one("#found", Rows).current
        if row is None:
            self.say("还没有材料。", error=True)
            return
        made = self.attempt(lambda: self.desk.papers.export(self._case_id, [row.key]))
        if made:
            self.say(f"已存：{made[0]}。里面有个人信息，用完请删去。")

    def action_redact(self) -> None:
        """To the copy in which is covered what must not be given out: of the paper under the cursor, or of a file."""
        row = self.query_one("#found", Rows).current
        if row is None:
            self.go("redaction", self._case_id)
            return
        copy = self.attempt(lambda: self.desk.papers.copy(self._case_id, row.key))
        if copy:
            self.go("redaction", self._case_id, str(copy))

    # -- laying and taking off -----------------------------------------------------------------------------------

    def action_attach_paper(self) -> None:
        """To the form, without a file."""
        self.go("attach", self._case_id)

    def action_from_scans(self) -> None:
        """Pick one of the scanner's files."""
        found = self.attempt(self.desk.papers.scans)
        if found is None:
            return
        if not found:
            self.say("扫描文件夹里没有PDF、图片或者docx文件。先扫描，再按 F5。", error=True)
            return
        answers = [(str(item.path), item.text) for item in found]
        self.app.push_screen(
            PickModal("哪一个入卷？新的在前。", answers),
            lambda path: self.go("attach", self._case_id, path) if path else None,
        )

    # -- the folder ----------------------------------------------------------------------------------------------

    def action_case_folder(self) -> None:
        """Ask what is wanted: the folder as files, or one of its forms on paper."""
        self.app.push_screen(
            PickModal("案卷要哪一样？", FOLDERS), lambda chosen: self._begin(chosen) if chosen else None
        )

    def _begin(self, chosen: str) -> None:
        if chosen == WHOLE:
            self.under_way("正在整理案卷，材料多的要等一等。")
            self._make_folder()
            return
        made = self.attempt(lambda: self.desk.reply.issue_form(self._case_id, chosen))
        case = self.attempt(lambda: self.desk.lookup.case(self._case_id))
        if made and case:
            self.go("letter_paper", made.id, list(case.letters))

    @work(thread=True, exclusive=True, group="folder")
    def _make_folder(self) -> None:
        if written := self.attempt_in_thread(lambda: self.desk.folders.write(self._case_id)):
            made, place = written
            self.tell(f"{made.sentence}在 {place}。")

    def on_paste(self, event: events.Paste) -> None:
        """A file dropped into the terminal: its path comes as if it were pasted."""
        event.stop()
        dropped = event.text.strip().splitlines()[0] if event.text.strip() else ""
        path = self.attempt(lambda: typed_path(dropped)) if dropped else None
        if path is None or not path.is_file():
            self.say("拖进来的不是文件。请拖一个文件，或者按 F7 写它的位置。", error=True)
            return
        self.go("attach", self._case_id, str(path))

    def action_take_off(self) -> None:
        """Ask why, and take the paper under the cursor off."""
        row = self.query_one("#found", Rows).current
        if row is None:
            self.say("还没有材料。", error=True)
            return
        self.go("take_off", self._case_id, row.key)


class AttachScreen(CaseFormScreen):
    """One paper is laid to the case."""

    NAME = "入卷"
    PURPOSE = (
        "写文件的位置（可以从文件管理器拖进来），选是哪一种材料，按 F9。页数程序自己数；Word文件有时要自己写。没有文件、只有纸质的，"
        "文件空着，写页数和在纸质案卷的第几页。入卷的是副本，原来的文件还在原处。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "入卷"), bind("back"), bind("help")]

    def __init__(self, case_id: str, path: str = "") -> None:
        super().__init__(case_id)
        self._path = path

    @property
    def draft_key(self) -> str:
        """One that begins with a file is begun by it alone."""
        return "" if self._path else super().draft_key

    def body(self) -> Iterable[Widget]:
        """Whose case it is, the form; the kind that is wanting first stands there."""
        case = self.look_at_case()
        kinds = self.desk.papers.kinds_first(case)
        yield Prose(Text(f"{case.case_no}　{case.who}", style="bold"), id="rule")
        blank = {**PaperDraft(kind=kinds[0].key).model_dump(), "file": self._path}
        yield self.form_of(paper_form(kinds), blank, first="kind" if self._path else "file")

    def save(self) -> None:
        """Lay it to the case."""
        values = self.query_one(FormView).values()
        file = values.pop("file").strip()
        draft = PaperDraft.model_validate(values)
        case = self.attempt(lambda: self._laid(file, draft))
        if case is not None:
            paper = case.papers[-1]
            missing = self.desk.papers.wanted(case)
            left = f"还缺：{'、'.join(missing)}。" if missing else "材料都齐了。"
            self.finish(f"已入卷：{filed_name(paper.kind)}【{paper.name}】，{paper.pages}页。{left}")

    def _laid(self, file: str, draft: PaperDraft) -> Case:
        if not file:
            return self.desk.papers.note(self._case_id, draft, seen=self._seen)
        return self.desk.papers.attach(self._case_id, Path(typed_path(file)), draft, seen=self._seen)


class TakeOffScreen(CaseFormScreen):
    """Why a paper is taken off."""

    NAME = "移出"
    PURPOSE = "放错了的材料从案卷里移出：写明原因，按 Enter。经过里留着记录，文件会删去；别的件也有这个文件的，那一件的不动。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "移出"), bind("back"), bind("help")]

    def __init__(self, case_id: str, paper_id: str) -> None:
        super().__init__(case_id)
        self._paper_id = paper_id

    @property
    def draft_key(self) -> str:
        """A reason is not kept."""
        return ""

    def body(self) -> Iterable[Widget]:
        """What it is about, one line."""
        case = self.look_at_case()
        paper = next((paper for paper in case.papers if paper.paper_id == self._paper_id), None)
        about = f"移出：{filed_name(paper.kind)}【{paper.name}】，{paper.pages}页" if paper else "这份材料已经移出。"
        yield Prose(Text(f"{case.case_no}　{case.who}\n{about}"), id="rule")
        yield self.form_of((WHY_OFF,), {}, enter_ends=True)

    def on_form_view_entered(self) -> None:
        """Enter is enough."""
        self.action_save()

    def save(self) -> None:
        """Take it off."""
        why = self.query_one(FormView).values()[WHY_OFF.key]
        case = self.attempt(lambda: self.desk.papers.take_off(self._case_id, self._paper_id, why, seen=self._seen))
        if case is not None:
            self.finish("已移出，原因记在办理经过里。")
