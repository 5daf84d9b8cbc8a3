"""Papers on file: what somebody scanned or was given is laid to its case, looked at again, given out as a file, taken off with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from pydantic import BaseModel

from deskapp.clock import Clock
from deskapp.desk.cases.papers_wanted import FILE_KEY, reminder, wanted, wanted_kinds
from deskapp.errors import DeskError, os_reason
from deskapp.files import write_bytes
from deskapp.law.case_file import FILED_KINDS, FiledPaper, filed_name, filed_papers
from deskapp.papers.keeping import FileRead, Shelf
from deskapp.papers.looking import MOST_PAGES, NOTHING, LookedAt, look_at
from deskapp.papers.scan_folder import Scanned, scanned
from deskapp.papers.showing import Looks
from deskapp.parsing import one_line
from deskapp.paths import EXPORTS, free_path, make_private, typed_folder
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.journal import Journal
from deskapp.register.on_file import papers_on_file
from deskapp.typed import Typed

PAGES_TODO = "请数一下有几页，填数字；只有纸质的也要填。"
Open = Callable[[Path], None]


WITH_THE_APPLICATION = ("application", "identity", "authority")


class PaperDraft(BaseModel):
    """A paper as it is typed: its kind, what it is called (as its kind for nothing), pages (as its file says for nothing), its day (for
    nothing that of the application where it was handed in with it, else today), and, for one on paper only, on which pages of the paper file it lies."""

    kind: str = "application"
    name: str = ""
    pages: str = ""
    on: str = ""
    where: str = ""


class PapersOnFile:
    """The moment a paper is laid to its case. ``scan_folder`` is where the scanner of this computer writes to, ``open_file`` the system's
    program for a file."""

    def __init__(
        self, journal: Journal, clock: Clock, home: Path, scan_folder: Callable[[], str], open_file: Open
    ) -> None:
        self._journal, self._clock, self._home = journal, clock, home
        self._shelf, self._looks = Shelf(home, journal.store.key), Looks(home)
        self._scan_folder, self._open = scan_folder, open_file

    # -- what there is -------------------------------------------------------------------------------------------

    def kinds(self) -> list[FiledPaper]:
        """The kinds of paper, in the order in which a form offers them."""
        return list(filed_papers().values())

    def kinds_first(self, case: Case) -> list[FiledPaper]:
        """The same, those that a case still lacks first."""
        lacking = wanted_kinds(case)
        return [*lacking, *(kind for kind in self.kinds() if kind not in lacking)]

    def of(self, case: Case) -> list[ev.Attached]:
        """The papers of a case in the archive's order."""
        return sorted(case.papers, key=lambda paper: (filed_papers()[paper.kind].place, paper.on))

    def wanted(self, case: Case) -> list[str]:
        """The names of the papers that are still wanting."""
        return wanted(case)

    def reminder(self, case: Case) -> str:
        """What of the act that was noted last belongs on file, as a sentence; empty for nothing."""
        return reminder(case, FILE_KEY)

    def scans(self) -> list[Scanned]:
        """What the scanner wrote, the newest first; what is on file is marked. Raises DeskError where no folder is set or it is not there."""
        kept = self._scan_folder()
        if not kept:
            raise DeskError(
                "还没有设扫描文件夹。", "没有列出扫描件。", "请在【本机设置】里写上扫描仪存文件的文件夹。"
            )
        known: dict[int, dict[str, str]] = {}
        for item in papers_on_file(self._journal.store):
            if item.file:
                known.setdefault(item.paper.size, {})[item.paper.sha256] = item.case_no
        return scanned(typed_folder(kept), known)

    @staticmethod
    def look(source: Path) -> LookedAt:
        """What a file is. Raises DeskError for one that cannot be taken."""
        return look_at(source)

    # -- laying to a case ----------------------------------------------------------------------------------------

    def attach(self, case_id: str, source: Path, draft: PaperDraft, by: str = "", seen: int | None = None) -> Case:
        """Lay a file to a case. Raises DeskError for one that cannot be taken; then nothing is kept of it."""
        typed = self._typed(draft)
        taken = self._shelf.read(source)
        event = self._event(self._journal.case(case_id), typed, draft, by, taken)
        with self._journal.write():
            new = self._shelf.put(taken)
            try:
                return self._journal.append(case_id, [event], seen)
            except BaseException:
                if new:
                    self._shelf.drop(taken.file)
                raise

    def note(self, case_id: str, draft: PaperDraft, by: str = "", seen: int | None = None) -> Case:
        """Note a paper that there is on paper only. Raises DeskError where its pages are not said."""
        event = self._event(self._journal.case(case_id), self._typed(draft), draft, by, None)
        return self._journal.append(case_id, [event], seen)

    def _typed(self, draft: PaperDraft) -> Typed:
        typed = Typed(draft, self._clock.today(), NOTHING)
        typed.choice("kind", FILED_KINDS, "请选择是哪一种材料。", "申请书、身份证明等")
        return typed

    def _event(self, case: Case, typed: Typed, draft: PaperDraft, by: str, taken: FileRead | None) -> ev.Attached:
        told = taken.looked.pages if taken else 0
        pages = told or typed.whole("pages", "页数", 0, MOST_PAGES, 0)
        if not pages:
            raise typed.refuse("不知道有几页。", PAGES_TODO, "pages")
        kind = filed_papers()[draft.kind]
        values = {
            "on": typed.day("on", "日期") if draft.on.strip() else self._day_of(case, kind.key), "by": one_line(by),
            "paper_id": self._journal.new_id(), "kind": kind.key, "name": typed.text("name", "名称") or kind.name,
            "pages": pages, "where": "" if taken else typed.text("where", "页号"),
        }  # fmt: skip
        if taken:
            values |= {"sha256": taken.looked.sha256, "size": taken.looked.size, "ending": taken.looked.ending}
        return ev.Attached.model_validate(values)

    def _day_of(self, case: Case, kind: str) -> date:
        """The day of a paper that says none: what is handed in with an application came when that came; the rest comes today."""
        return case.received.on if kind in WITH_THE_APPLICATION else self._clock.today()

    def take_off(self, case_id: str, paper_id: str, why: str, by: str = "", seen: int | None = None) -> Case:
        """Take a paper off that lies there by mistake; its file goes too, unless another case has it. Raises DeskError without a reason."""
        reason = one_line(why)
        if not reason:
            raise DeskError("没有写为什么移出。", "没有移出。", "请写明原因，以后看的人要明白。", "why")
        event = ev.Detached.model_validate(
            {"on": self._clock.today(), "by": one_line(by), "paper_id": paper_id, "why": reason}
        )
        with self._journal.write():
            before = self._paper(self._journal.case(case_id), paper_id)
            case = self._journal.append(case_id, [event], seen)
        with self._journal.write():  # it is written that it is off; nobody lays the same one to another case just now
            left = {item.paper.sha256 for item in papers_on_file(self._journal.store)}
            if before.sha256 and before.sha256 not in left:
                self._shelf.drop(before.sha256 + before.ending)
        return case

    # -- looking again -------------------------------------------------------------------------------------------

    @staticmethod
    def _paper(case: Case, paper_id: str) -> ev.Attached:
        found = next((paper for paper in case.papers if paper.paper_id == paper_id), None)
        if found is None:
            raise DeskError("案卷里没有这份材料。", "", "可能刚被移出，请回到案件看一看。")
        return found

    def content(self, paper: ev.Attached) -> bytes:
        """The bytes of a paper's file. Raises DeskError for one on paper only, or one that is wanting or was changed."""
        if not paper.sha256:
            raise DeskError(
                f"【{paper.name}】只有纸质的。", "没有文件可以打开。", paper.where and f"在{paper.where}。"
            )
        return self._shelf.content(paper.sha256 + paper.ending)

    def show(self, case_id: str, paper_id: str) -> Path:
        """Open a paper with the system's program; the copy that is shown. Raises DeskError."""
        copy = self.copy(case_id, paper_id)
        self._open(copy)
        return copy

    def copy(self, case_id: str, paper_id: str) -> Path:
        """A private copy of a paper, to be looked at or worked on while the desk is open. Raises DeskError."""
        case = self._journal.case(case_id)
        paper = self._paper(case, paper_id)
        return self._looks.copy(f"{case.case_no} {paper.name}", paper.ending, self.content(paper))

    def export(self, case_id: str, papers: Sequence[str] = ()) -> list[Path]:
        """Write papers, or all of a case, as files into the folder for others; where they are. Raises DeskError."""
        case = self._journal.case(case_id)
        chosen = [self._paper(case, paper_id) for paper_id in papers] or [p for p in self.of(case) if p.sha256]
        contents = [(paper, self.content(paper)) for paper in chosen]
        folder = make_private(self._home / EXPORTS)
        made = []
        for paper, content in contents:
            stem = f"{case.case_no} {filed_name(paper.kind)}"
            path = free_path(folder, stem if paper.name in stem else f"{stem} {paper.name}", paper.ending)
            try:
                write_bytes(path, content)
            except OSError as error:
                raise DeskError(f"不能写 {path}：{os_reason(error)}。", "材料还在案卷里。", "请检查磁盘。") from error
            made.append(path)
        return made

    def close(self) -> None:
        """Take away the copies that were looked at."""
        self._looks.close()
