"""The folder of a case (案卷): cover, index, everything in the archive's order with its page numbers as one PDF, the parts, the index as
xlsx and JSON with hashes."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskapp.clock import Clock
from deskapp.desk.cases.file_numbers import file_number
from deskapp.desk.cases.folder_plan import OPINIONS, FolderItem, folder_items, index_lines, missing_forms, numbered
from deskapp.desk.cases.papers import PapersOnFile
from deskapp.desk.cases.reply import Reply
from deskapp.desk.cases.retention import retention_of
from deskapp.errors import DeskError, os_reason
from deskapp.exchange.new_book import BORN
from deskapp.exchange.sheets import write_lines
from deskapp.files import begun_name, sync_folder, write_bytes, written
from deskapp.law.case_file import place_of_letter
from deskapp.law.categories import REVIEW_NAMES
from deskapp.papers.pages import bindable
from deskapp.paths import EXPORTS, file_name, free_path, make_private
from deskapp.register.case import Case
from deskapp.register.journal import Journal
from letters.errors import PressError

if TYPE_CHECKING:
    from letters.pdf.binding import BoundPart

NOT_MADE = "案卷没有做成。"
HEADS = ("序号", "文号", "题名", "日期", "页号", "页数", "备注", "文件", "SHA-256")
WIDTHS = (6, 24, 40, 12, 10, 6, 20, 36, 66)
PDF, SHEET, INDEX = "案卷.pdf", "目录.xlsx", "index.json"


@dataclass(frozen=True)
class FolderPart:
    """One thing in a made folder: what it is, the name of its file, its bytes; no name where there is no file of it."""

    item: FolderItem
    file: str = ""
    content: bytes = b""

    @cached_property
    def sha256(self) -> str:
        """The hash of the file; empty where there is none."""
        return sha256(self.content).hexdigest() if self.file else ""


@dataclass(frozen=True)
class MadeFolder:
    """A folder: the bound PDF with its counted pages, whether it is PDF/A, the parts, what is still wanting, how long it is kept."""

    case_no: str
    archive_no: str
    retention: str
    pdf: bytes
    pages: int
    archival: bool
    parts: tuple[FolderPart, ...]
    missing: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """The index as a record."""
        items = [
            {"no": n, "number": part.item.number, "title": part.item.title, "on": part.item.on.isoformat(), "name": part.file,
             "pages": part.item.pages, "first": part.item.first, "remark": part.item.remark,
             "sha256": part.sha256}
            for n, part in enumerate(self.parts, 1)
        ]  # fmt: skip
        return {
            "case_no": self.case_no, "archive_no": self.archive_no, "retention": self.retention, "pages": self.pages,
            "pdf": {"name": PDF, "sha256": sha256(self.pdf).hexdigest(), "pdf_a": self.archival}, "missing": list(self.missing),
            "items": items,
        }  # fmt: skip

    def lines(self) -> list[tuple[str, ...]]:
        """The index as a table, its heads first."""
        rows = [
            (str(n), part.item.number, part.item.title, part.item.on.isoformat(), part.item.range, str(part.item.pages),
             part.item.remark, part.file, part.sha256)
            for n, part in enumerate(self.parts, 1)
        ]  # fmt: skip
        return [HEADS, *rows]

    @property
    def sentence(self) -> str:
        """What it is, in words."""
        kind = "PDF/A" if self.archival else "PDF（有一份材料不合PDF/A，没有声明）"
        lacking = f"还缺：{'、'.join(self.missing)}。" if self.missing else ""
        held = f"{self.case_no}的案卷：{len(self.parts)}件，{self.pages}页，{kind}，保管期限{self.retention}。"
        return f"{held}{self._elsewhere}{lacking}"

    @property
    def _elsewhere(self) -> str:
        """What is counted with the page that stands for it here, and has its own pages elsewhere."""
        apart = [part.item.paper for part in self.parts if part.item.remark and part.item.paper]
        if not apart:
            return ""
        return f"其中{len(apart)}件只有纸质的或者另附，共{sum(paper.pages for paper in apart)}页，这里每件用一页说明代替。"


class CaseFolders:
    """The moment a case becomes a folder."""

    def __init__(self, journal: Journal, clock: Clock, home: Path, reply: Reply, papers: PapersOnFile) -> None:
        self._journal, self._clock, self._home = journal, clock, home
        self._reply, self._papers = reply, papers

    def make(self, case_id: str) -> MadeFolder:
        """The folder of an answered case. Raises DeskError for one that is open, or a paper that is wanting or damaged."""
        case = self._journal.case(case_id)
        if case.void:
            raise DeskError(f"{case.case_no}的登记号已经作废。", NOT_MADE, "作废的登记号不立案卷，留在登记簿里。")
        if case.closed_on is None:
            raise DeskError(f"{case.case_no}还没有办结。", NOT_MADE, "办结以后再整理案卷；材料可以先入卷。")
        try:
            return self._make(case)
        except PressError as error:
            raise DeskError(str(error), NOT_MADE, "") from error

    def _make(self, case: Case) -> MadeFolder:
        from letters.pdf.binding import bind

        retention = retention_of(case).name
        forms = [self._form(case, kind) for kind, _ in missing_forms(case)]
        made = [(item, *self._part(case, item)) for item in folder_items(case, forms)]
        items = numbered([self._counted(item, part) for item, part, _, _ in made])
        total = sum(item.pages for item in items)
        front = self._front(case, items, total, retention)
        bound = bind([*front, *(part for _, part, _, _ in made)], self._reply.press("case_cover")[1])
        parts = tuple(
            FolderPart(item, f"{n:02d}-{file_name(item.title[:40], ending)}" if content else "", content)
            for n, (item, (_, _, ending, content)) in enumerate(zip(items, made, strict=True), 1)
        )
        archive_no = file_number(self._journal, case, self._clock.today())
        missing = tuple(self._papers.wanted(case))
        return MadeFolder(case.case_no, archive_no, retention, bound.pdf, bound.pages, bound.archival, parts, missing)

    @staticmethod
    def _counted(item: FolderItem, part: BoundPart) -> FolderItem:
        """The item with the pages that it really has in the file."""
        from letters.pdf.binding import page_count

        return replace(item, pages=page_count(part.pdf))

    def _form(self, case: Case, kind: str) -> FolderItem:
        """A form that nobody has made: it is made for the folder alone."""
        on = dict(missing_forms(case))[kind]
        if kind == OPINIONS:
            return FolderItem(
                place_of_letter("review_sheet", False), "审查意见", on, remark="照登记簿摘录", form=kind
            )
        return FolderItem(place_of_letter(kind, False), self._reply.choice(kind).name, on, form=kind)

    def _front(self, case: Case, items: Sequence[FolderItem], total: int, retention: str) -> list[BoundPart]:
        """Cover and index, whose pages are not counted."""
        from letters.pdf.binding import BoundPart

        cover = {"pages_total": str(total), "retention": retention}
        kinds = (("case_cover", cover), ("case_index", {"entries": index_lines(items)}))
        made = [self._reply.loose(case.case_id, kind, facts) for kind, facts in kinds]
        return [BoundPart(letter.title, letter.pdf, counted=False) for letter in made]

    def _part(self, case: Case, item: FolderItem) -> tuple[BoundPart, str, bytes]:
        """An item to be bound, and its file as it is: its ending and its bytes."""
        from letters.pdf.binding import BoundPart

        if item.form == OPINIONS:
            pdf = self._page(item.title, [case.case_no, *_opinions(case)])
            return BoundPart(item.title, pdf), ".pdf", pdf
        if item.form:
            pdf = self._reply.loose(case.case_id, item.form).pdf
            return BoundPart(item.title, pdf), ".pdf", pdf
        if item.paper is None:
            pdf = self._journal.letter(item.letter_id).pdf
            return BoundPart(item.title, pdf), ".pdf", pdf
        if not item.paper.sha256:
            return BoundPart(item.title, self._slip(case, item, "只有纸质的")), "", b""
        content = self._papers.content(item.paper)
        found = bindable(content, item.paper.ending, item.title)
        if found is None:
            return BoundPart(item.title, self._slip(case, item, "是Word文件，另附")), item.paper.ending, content
        return BoundPart(item.title, found.pdf, archival=found.archival), item.paper.ending, content

    def _slip(self, case: Case, item: FolderItem, why: str) -> bytes:
        """A page in the place of what cannot be bound."""
        where = f"，在纸质案卷{item.paper.where}" if item.paper and item.paper.where else ""
        lines = [f"{case.case_no}　{item.title}，{item.on}，{item.pages}页。", f"这一件{why}{where}。"]
        return self._page("备考", lines)

    def _page(self, title: str, lines: Sequence[str]) -> bytes:
        """A plain page of the press."""
        from letters.pdf.press import print_pages
        from letters.typeset.notice import Part, notice

        fonts = self._reply.press("case_cover")[1]
        unit = self._journal.unit(self._clock.today()).name
        pages = notice(title, [Part(line) for line in lines], fonts)
        return print_pages(pages, fonts, title=title, author=unit, practice=self._journal.records.practice)

    # -- writing -------------------------------------------------------------------------------------------------

    def write(self, case_id: str, target: Path | None = None) -> tuple[MadeFolder, Path]:
        """The folder as files: the PDF alone for a name in .pdf, all in one file for .zip, else as a folder; among the exports where no
        place is named. What is there is not written over. Raises DeskError, and leaves nothing."""
        made = self.make(case_id)
        place = target or free_path(make_private(self._home / EXPORTS), f"案卷 {made.case_no}", "")
        if os.path.lexists(place):
            raise DeskError(f"{place} 已经存在。", "程序不会覆盖它。", "请换一个名字。")
        writers: dict[str, Callable[[MadeFolder, Path], None]] = {".pdf": _write_pdf, ".zip": _write_zip}
        try:
            writers.get(place.suffix.lower(), _write_folder)(made, place)
        except OSError as error:
            raise DeskError(f"不能写 {place}：{os_reason(error)}。", NOT_MADE, "请换一个位置再试。") from error
        return made, place


def _opinions(case: Case) -> list[str]:
    """The opinions that were noted, a paragraph each."""
    return [
        f"{REVIEW_NAMES[one.review]}：{one.who}，{one.on}，{'同意' if one.agreed else '不同意'}。{one.opinion}"
        for one in case.reviews
    ]


def _write_pdf(made: MadeFolder, target: Path) -> None:
    write_bytes(target, made.pdf)


def _write_folder(made: MadeFolder, target: Path) -> None:
    """Written beside under a name that is only begun, and then put in place as a whole."""
    begun = target.with_name(begun_name())
    try:
        begun.mkdir(mode=0o700)
        for name, content in _files(made).items():
            write_bytes(begun / name, content)
        write_lines(begun / SHEET, "卷内目录", made.lines(), WIDTHS)
        begun.rename(target)
        sync_folder(target.parent)
    finally:
        shutil.rmtree(begun, ignore_errors=True)


def _write_zip(made: MadeFolder, target: Path) -> None:
    """The same files in one, each with the same day, so that the same folder makes the same file."""
    sheet = target.with_name(begun_name("open")).with_suffix(".xlsx")
    try:
        write_lines(sheet, "卷内目录", made.lines(), WIDTHS)
        files = {**_files(made), SHEET: sheet.read_bytes()}
    finally:
        sheet.unlink(missing_ok=True)
    with written(target) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in files.items():
            box.writestr(zipfile.ZipInfo(name, BORN.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)


def _files(made: MadeFolder) -> dict[str, bytes]:
    """All but the table."""
    index = json.dumps(made.document(), ensure_ascii=False, indent=1).encode()
    return {PDF: made.pdf, **{part.file: part.content for part in made.parts if part.file}, INDEX: index}
