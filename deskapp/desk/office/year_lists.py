"""Lists of a year for the archive: the book of outgoing letters, what is handed over, what may go; and all folders of a year at once.

Nothing is deleted here: what may go is only listed, for those who decide.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from deskapp.clock import Clock
from deskapp.desk.cases.file_numbers import FONDS, PROPOSED, file_numbers, numbers_of_year
from deskapp.desk.cases.folder import CaseFolders
from deskapp.desk.cases.folder_plan import folder_items, missing_forms
from deskapp.desk.cases.papers_wanted import wanted
from deskapp.desk.cases.retention import kept_until, retention_of
from deskapp.desk.sheets.loose import LooseSheet, Sheets
from deskapp.desk.sheets.paging import paged
from deskapp.errors import DeskError
from deskapp.exchange.new_file import write_new
from deskapp.exchange.reading_files import YearTable, write_year
from deskapp.law.case_file import retentions
from deskapp.parsing import half_width
from deskapp.paths import EXPORTS, free_path, make_private
from deskapp.register.case import Case, letters_not_served, outside_answer_waits
from deskapp.register.journal import Journal
from deskapp.register.letter_book import NumberTaken, letter_book

ListKind = Literal["letters", "handover", "expired"]
LIST_NAMES: dict[ListKind, str] = {"letters": "发文登记簿", "handover": "归档移交目录", "expired": "保管期满清单"}
LONGEST_FONDS = 20
SHARES: dict[ListKind, tuple[float, ...]] = {
    "letters": (3.3, 1.9, 2.2, 1.4, 1.2, 2.2, 0.8, 1.3),
    "handover": (2.2, 2.2, 2.9, 1.5, 1.8, 0.8, 0.9, 2.1),
    "expired": (2.2, 2.2, 1.5, 2.6, 1.9, 0.9, 1.1, 1.6),
}
UNCHECKED = "档号的编法和保管期限没有核对过原文，是程序提议的；以同级档案馆审定的为准。"
ONLY_LISTED = "只是清单，什么也没有删。销毁要经过鉴定、批准，由两个人监销；复议、诉讼没有完的不销毁。"


@dataclass(frozen=True)
class YearsFolders:
    """All folders of a year: the cases that were written, and those that could not be, with the reason."""

    place: Path
    written: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]

    @property
    def sentence(self) -> str:
        """What became of it."""
        bad = "".join(f"{case_no}没有做成：{why}" for case_no, why in self.refused[:3])
        more = "等" if len(self.refused) > 3 else ""
        return f"{len(self.written)}件的案卷在 {self.place}。{bad}{more}"


class YearLists:
    """The moment a year goes to the archive."""

    def __init__(self, journal: Journal, clock: Clock, home: Path, sheets: Sheets, folders: CaseFolders) -> None:
        self._journal, self._clock, self._home = journal, clock, home
        self._sheets, self._folders = sheets, folders
        self._makers: dict[ListKind, Callable[[int], YearTable]] = {
            "letters": self._letters, "handover": self._handover, "expired": self._expired,
        }  # fmt: skip

    @property
    def fonds(self) -> str:
        """The number of the fonds; empty while nobody has said it."""
        return self._journal.records.note(FONDS)

    def set_fonds(self, text: str) -> None:
        """Keep the number of the fonds. Raises DeskError for too long a one."""
        plain = half_width(text)
        if len(plain) > LONGEST_FONDS:
            raise DeskError(f"全宗号太长，最多{LONGEST_FONDS}个字。", "没有改。", "请照档案馆给的编号填写。")
        self._journal.records.set_note(FONDS, plain)

    # -- the lists -----------------------------------------------------------------------------------------------

    def make(self, kind: ListKind, year: int) -> YearTable:
        """One of the lists. Raises DeskError."""
        return self._makers[kind](year)

    def _letters(self, year: int) -> YearTable:
        taken = letter_book(self._journal.store, year)
        lines = tuple(_number_line(item) for item in taken)
        void = sum(bool(item.void_why) for item in taken)
        gaps = sum(item.gap for item in taken)
        given = sum(not item.gap for item in taken)
        said = f"{year}年发文{given}个号，其中作废{void}个；空缺{gaps}处。"
        heads = ("文号", "日期", "题名", "主送", "申请人", "登记号", "页数", "备注")
        return YearTable(f"{year}年{LIST_NAMES['letters']}", LIST_NAMES["letters"], heads, lines, (said,))

    def _handover(self, year: int) -> YearTable:
        heads = ("档号", "登记号", "题名", "申请人", "起止日期", "页数", "期限", "备注")
        cases = list(self._closed(date(year, 1, 1), date(year, 12, 31)))
        numbers = numbers_of_year(self._journal, year, self._clock.today())
        proposed = numbers.proposed(cases)
        lines = [self._handed(case, numbers.of(case), proposed.get(case.case_id, "")) for case in cases]
        total = sum(int(line[5]) for line in lines)
        later = sum(case.case_id in numbers.later for case in cases)
        said = (
            f"{year}年办结的{len(lines)}件，共{total}页。",
            *((f"有{PROPOSED}的还没有归档，号到归档时才定。",) if proposed else ()),
            *((f"{later}件归档时没有记档号，照归档的先后编，不再变。",) if later else ()),
            UNCHECKED,
            "移交人＿＿＿＿＿　接收人＿＿＿＿＿　日期＿＿＿＿＿",
        )
        return YearTable(f"{year}年{LIST_NAMES['handover']}", LIST_NAMES["handover"], heads, tuple(lines), said)

    def _handed(self, case: Case, given: str, proposed: str) -> tuple[str | int, ...]:
        """A line; the number is the one that was given, or the one that is proposed, and says so."""
        number, kept = given or f"{proposed}{PROPOSED}", retention_of(case)
        missing, unsent = wanted(case), any(True for _ in letters_not_served(case)) or outside_answer_waits(case)
        remarks = [
            "没有送达" if unsent else "",
            "" if case.archived else "没有归档",
            f"缺{'、'.join(missing)}" if missing else "",
        ]
        items, forms = folder_items(case), list(missing_forms(case))
        last = max([case.closed_on or case.received.on, *(item.on for item in items)])
        span = f"{case.received.on:%Y%m%d}—{last:%Y%m%d}"
        pages = sum(item.pages for item in items) + len(forms)  # what the folder makes by itself has one page each
        title = f"{case.content[:40]}的申请"
        return number, case.case_no, title, case.who, span, pages, kept.name, "；".join(filter(None, remarks))

    def _expired(self, year: int) -> YearTable:
        """The files whose period has run out on the first day of a year: it runs from the first day of the year after the closing."""
        heads = ("档号", "登记号", "申请人", "题名", "办结日期", "期限", "满", "鉴定意见")
        shortest = min(kept.years for kept in retentions(date(year, 1, 1)) if kept.years)
        lines: list[tuple[str | int, ...]] = []
        number_of = file_numbers(self._journal, self._clock.today())
        for case in self._closed(date(1, 1, 1), date(year - shortest - 1, 12, 31)):
            last = kept_until(case)
            if last is not None and last < year and not any(matter.open for matter in case.disputes):
                about = (case.who, case.content[:40], str(case.closed_on), retention_of(case).name)
                lines.append((number_of(case), case.case_no, *about, f"{last}年", ""))
        said = (f"到{year}年1月1日，保管期满的{len(lines)}件。", ONLY_LISTED, UNCHECKED)
        return YearTable(f"{year}年{LIST_NAMES['expired']}", LIST_NAMES["expired"], heads, tuple(lines), said)

    def _closed(self, first: date, last: date) -> Iterator[Case]:
        """The cases that were closed in a span, by number."""
        for row in self._journal.queries.closed_in(first, last):
            yield self._journal.case(row.case_id)

    # -- out of the house ----------------------------------------------------------------------------------------

    def sheet(self, kind: ListKind, year: int) -> LooseSheet:
        """A list on paper."""
        table = self.make(kind, year)
        unit = self._journal.unit(self._clock.today()).name
        lines = [[str(cell) for cell in line] for line in table.lines]
        return self._sheets.ruled(
            table.title, paged((unit, table.title), table.heads, lines, SHARES[kind], table.said)
        )

    def save(self, kind: ListKind, year: int, path: Path | None = None, ending: str = ".xlsx") -> Path:
        """Write a list as xlsx or pdf, among the exports where no file is named; the file. Raises DeskError."""
        name = LIST_NAMES[kind]
        place = path or free_path(make_private(self._home / EXPORTS), f"{year}年{name}", ending)
        writers: dict[str, Callable[[YearTable, Path], None]] = {
            ".xlsx": write_year, ".pdf": lambda _, part: _bytes(part, self.sheet(kind, year).pdf),
        }  # fmt: skip
        write_new(place, name, writers, lambda: self.make(kind, year))
        return place

    def folders(
        self, year: int, target: Path | None = None, tell: Callable[[int, int], None] | None = None
    ) -> YearsFolders:
        """The folders of all cases that were closed in a year, in one folder with the list that hands them over; one that cannot be made stops
        no other. Raises DeskError where there is none, or the place is taken."""
        cases = list(self._closed(date(year, 1, 1), date(year, 12, 31)))
        if not cases:
            raise DeskError(f"{year}年没有办结的。", "没有写文件。", "请换一个年份。")
        place = target or free_path(make_private(self._home / EXPORTS), f"{year}年案卷", "")
        if place.exists():
            raise DeskError(f"{place} 已经存在。", "程序不会覆盖它。", "请换一个名字。")
        make_private(place)
        try:
            done, refused = self._written(cases, place, tell)
            self.save("handover", year, place / f"{LIST_NAMES['handover']}.xlsx")
        except BaseException:
            shutil.rmtree(
                place, ignore_errors=True
            )  # half of a year under its name would be taken for the whole, and block the next try
            raise
        return YearsFolders(place, tuple(done), tuple(refused))

    def _written(
        self, cases: Sequence[Case], place: Path, tell: Callable[[int, int], None] | None
    ) -> tuple[list[str], list[tuple[str, str]]]:
        """The folders of cases: those that were written, and those that could not be, with the reason."""
        done, refused = [], []
        for n, case in enumerate(cases, 1):
            try:
                self._folders.write(case.case_id, place / f"案卷 {case.case_no}")
                done.append(case.case_no)
            except DeskError as error:
                refused.append((case.case_no, error.what))
            if tell:
                tell(n, len(cases))
        return done, refused


def _bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _number_line(item: NumberTaken) -> tuple[str | int, ...]:
    if item.gap:
        why = "在别的登记簿里" if item.outside else "空缺，没有记录"
        return item.number, "", item.title, "", "", "", "", why
    remark = f"作废：{item.void_why}" if item.void_why else "系统外发出" if item.outside else ""
    day, pages = str(item.on or ""), item.pages or ""
    return item.number, day, item.title, item.to, item.applicant, item.case_no, pages, remark


def document_of(table: YearTable, kind: ListKind) -> dict[str, object]:
    """A list as a record."""
    rows: Sequence[dict[str, str | int]] = [dict(zip(table.heads, line, strict=True)) for line in table.lines]
    return {"list": kind, "title": table.title, "rows": list(rows), "said": list(table.said)}
