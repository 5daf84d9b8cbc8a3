"""核对年报: a report that was written or published is looked at, and everything that was found is told in lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from deskapp.clock import Clock
from deskapp.exchange.report_in import YEAR, Tell, VerifiedReport, verify_report
from deskapp.exchange.report_pages import NOTHING
from deskapp.exchange.sheets import write_lines
from deskapp.law.annual_report import columns, outcome_names
from deskapp.law.report_checks import ROUTE_NAMES, Check, Report, ReportFault
from deskapp.law.report_published import check_register
from deskapp.law.report_text import quotations
from deskapp.paths import REPORTS, free_path, make_private
from deskapp.typed import Typed

FIRST_YEAR = 2019  # of the reports whose form is known
Sort = Literal["wrong", "note", "register", "right", "found"]
SORTS: dict[Sort, str] = {
    "wrong": "不符", "note": "要看一眼", "register": "和登记簿不同", "right": "相符", "found": "文件里有的",
}  # fmt: skip
"""What may be found, in the order in which it is listed; what is wrong stands under the name of its check."""
TODO = {
    "a": "看是哪一行写错了，还是合计加错了；改的那一行，别的核对也要跟着对。",
    "b": "多半是结转的件数和上年年报不一样，或者漏了一种答复。",
    "c": "看这一行是哪一类申请人写错了，还是总计加错了。",
    "d": "看是哪一种结果写错了，还是总计加错了。",
    "e": "照上年公布的年报改，或者向上级说明为什么不同。",
    "f": "看是文字写错了，还是表写错了，改错的那一个。",
    "g": "改文字里的统计期限；报的不是全年的，重新数。",
    "i": "换成当年的表格，把数搬过去。",
    "j": "别的机关的年报不用看这一处；本机关的，在【统计】里找到这一格，按 Enter 列出是哪几件，和写年报的人对。",
}
HEADS = ("类别", "核对什么", "哪里", "写的", "应当是", "怎么办")
WIDTHS = (14, 34, 60, 24, 34, 60)
NOTE_TODO = "这不一定是错。请对照原文和当年的格式看一眼；空着的格，公布时应当写0。"


@dataclass(frozen=True)
class ReportFinding:
    """One line of what was found: its sort, the check or the thing it is of, itself in one line, the whole of it; ``cells`` are place, what
    is written, what it should be, what to do, for a table."""

    sort: Sort
    of: str
    line: str
    whole: str
    cells: tuple[str, str, str, str] = ("", "", "", "")


@dataclass(frozen=True)
class CheckedReport:
    """A report that was looked at: what its file is called, what was read, how it compares with this register (None where the register has
    nothing of that year, or the form is another), everything in lines."""

    name: str
    verified: VerifiedReport
    register: Check | None
    findings: tuple[ReportFinding, ...]

    def count(self, sort: Sort) -> int:
        """How many findings there are of a sort."""
        return sum(finding.sort == sort for finding in self.findings)

    @property
    def sentence(self) -> str:
        """What it came to."""
        wrong = self.count("wrong")
        parts = [f"不符{wrong}处" if wrong else "没有不符的", f"相符{self.count('right')}项"]
        parts += [f"要看一眼{self.count('note')}处"] if self.count("note") else []
        parts += [f"和登记簿不同{self.count('register')}格"] if self.count("register") else []
        return f"{'，'.join(parts)}。{self.verified.found}{self._not_compared}"

    @property
    def _not_compared(self) -> str:
        """Why it was not compared with the register; empty where it was."""
        report = self.verified.published
        if self.register is not None:
            return ""
        return (
            f"没有和登记簿比：{'表格不是当年的格式' if report.old_form else f'登记簿里没有{report.year}年的申请'}。"
        )


class ReportChecking:
    """The moment somebody looks at a written report; ``here`` gives the report of the register."""

    def __init__(self, clock: Clock, home: Path, here: Callable[[int], Report]) -> None:
        self._clock, self._home, self._here = clock, home, here

    def look(self, path: Path, year: str = "", tell: Tell = lambda read: None) -> CheckedReport:
        """Read a report and check it, as that of the typed ``year``, or of the one that it says it is about, and against the register where
        that has the year. ``tell`` is told how far the reading is, and stops it by raising. Raises DeskError (field ``year`` for a year that
        is none, or that the file does not say), LawError for what is no report."""
        today = self._clock.today()
        typed = Typed({YEAR: year}, today, NOTHING)
        about = typed.whole(YEAR, "年份", FIRST_YEAR, today.year, 0) if year.strip() else None
        verified = verify_report(path, about, tell)
        register = check_register(verified.published, self._here(verified.year))
        return CheckedReport(path.name, verified, register, tuple(_findings(verified, register)))

    def save_here(self, checked: CheckedReport) -> Path:
        """Write what was found into the folder 年报 of the data directory, under a name that is free; the file. Raises DeskError."""
        path = free_path(make_private(self._home / REPORTS), f"核对　{Path(checked.name).stem}", ".xlsx")
        last = ("年报", checked.name, checked.sentence)
        lines = ((SORTS[each.sort], each.of, *_told(each)) for each in checked.findings)
        write_lines(path, "核对", [HEADS, *lines, last], WIDTHS)
        return path


def _told(finding: ReportFinding) -> tuple[str, str, str, str]:
    return finding.cells if any(finding.cells) else (finding.line, "", "", "")


def _findings(verified: VerifiedReport, register: Check | None) -> Iterator[ReportFinding]:
    """Everything, in the order of its sorts."""
    for check in verified.checks:
        yield from (_of_fault("wrong", check, fault) for fault in check.faults)
    for note in verified.notes:
        yield ReportFinding("note", "读的时候", note, f"{note}\n\n{NOTE_TODO}")
    if register is not None:
        yield from (_of_fault("register", register, fault) for fault in register.faults)
    for check in (*verified.checks, *([register] if register else [])):
        if check.ok:
            sort: Sort = "right" if check.compared else "note"
            line = check.name if check.compared else f"{check.verdict}：{check.name}"
            yield ReportFinding(sort, check.name, line, f"{check.name}\n\n{check.rule}\n\n{check.detail}。")
    yield from _found(verified)


def _of_fault(sort: Sort, check: Check, fault: ReportFault) -> ReportFinding:
    todo = TODO.get(check.key, "")
    written = f"{fault.written_as}{fault.written}"
    expected = f"{fault.expected_as}{fault.expected}"
    parts = (
        check.name, f"哪里：{fault.where}", f"写的：{written}", f"{fault.joint}：{expected}", f"为什么：{check.rule}", f"怎么办：{todo}",
    )  # fmt: skip
    return ReportFinding(sort, check.name, fault.line, "\n\n".join(parts), (fault.where, written, expected, todo))


def _found(verified: VerifiedReport) -> Iterator[ReportFinding]:
    """What there is in the file, each with all of it as it was read."""
    report = verified.published
    two = [f"{name}　{'　'.join(values)}" for name, values in verified.two]
    yield _part("表二", f"{len(two)}行", two)
    names = "  ".join(
        column.short for column in columns()
    )  # two characters each, so many cells as a number below has
    three = [f"{row.label}\n{'  '.join(f'{value:>4}' for value in row.values)}" for row in report.table3]
    yield _part("表三", f"{len(three)}行", [names, *three])
    four = [
        f"{ROUTE_NAMES[route]}\n{'　'.join(f'{outcome_names()[key]}{value}' for key, value in block.items())}"
        for route, block in report.table4.items()
    ]
    yield _part("表四", f"{len(four)}个途径", four)
    quoted = [found.words for found in quotations(report.text, report.year)]
    yield _part("文字里的数", f"{len(quoted)}个", quoted)


def _part(name: str, many: str, lines: list[str]) -> ReportFinding:
    if not lines:
        none = f"{name}　没有找到"
        return ReportFinding("found", name, none, f"{none}。文件里真有的，看是不是图片，或者另存成网页、表格再核对。")
    return ReportFinding("found", name, f"{name}　{many}", "\n".join([f"{name}，读到的是：", "", *lines]))
