"""Ledgers: the cases of a table come in, all or none; the register goes out as a table, or as the list for the platform."""

from __future__ import annotations

import marshal
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from deskapp.clock import Clock
from deskapp.errors import DeskError
from deskapp.exchange.heading import BadCell
from deskapp.exchange.ledger import (
    COLUMNS,
    SHEET,
    Ledger,
    LedgerLine,
    cells_of,
    events_of,
    ledger_day,
    reject_cells,
)
from deskapp.exchange.ledger_process import AheadLedger, open_ledger
from deskapp.exchange.sheets import Cells, read_lines, write_lines
from deskapp.files import gone
from deskapp.parsing import one_line
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.journal import Journal
from deskapp.register.numbers import serial_of
from deskapp.register.store import Undone
from deskapp.register.tokens import sounds_of

PLATFORM_SHEET = "未录入平台"
PLATFORM_NO = "平台编号"  # the column that the clerk fills in after entering a case
WIDTHS = (
    14, 11, 9, 14, 12, 10, 20, 14, 24, 48, 12, 20, 11, 20, 10, 11, 16, 9, 10, 9, 20, 24, 24, 40, 16, 10, 8, 20, 10, 12, 20, 12, 10, 20,
    12, 20, 10, 12, 16,
)  # characters, by column  # fmt: skip
SHOWN = 5  # numbers in a warning
PART = 200  # lines between two words about progress
Highest = dict[tuple[str, int], int]  # the highest serial by series and year
Progress = Callable[[str, int, int | None], None]  # what is done, how many lines, of how many if known


@dataclass(frozen=True)
class Imported:
    """What an import did: rows read, taken, bad cells, warnings; ``taken`` is 0 when it was refused or only tried."""

    rows: int
    taken: int
    bad: tuple[BadCell, ...]
    warnings: tuple[str, ...]


class _Progress:
    """How far an import is: lines read and taken, what is wrong, the highest numbers that came along."""

    def __init__(self, tell: Progress) -> None:
        self._tell = tell
        self.rows = self.taken = 0
        self.bad: list[BadCell] = []
        self.returned: list[Cells] = []
        self.highest: Highest = {}

    def read(self, line: LedgerLine, keep: bool) -> None:
        """Note a line that was read."""
        self.rows += 1
        self.bad += line.bad
        if line.bad and keep:
            self.returned.append(reject_cells(line))
        if not line.bad:
            for number in filter(None, (line.cells["登记号"], line.cells["文号"])):
                if found := serial_of(number):
                    self.highest[found[:2]] = max(found[2], self.highest.get(found[:2], 0))
        if self.rows % PART == 0:
            self._tell("读取", self.rows, None)

    def wrote(self) -> None:
        """Note a line that was taken."""
        self.taken += 1
        if self.taken % PART == 0:
            self._tell("写入", self.taken, self.rows)


class Ledgers:
    """The moment tables come in or go out."""

    def __init__(self, journal: Journal, clock: Clock, home: Path) -> None:
        self._journal, self._clock, self._home = journal, clock, home

    # -- in ----------------------------------------------------------------------------------------------------

    def take(
        self, path: Path, dry_run: bool = False, rejects: Path | None = None, progress: Progress | None = None
    ) -> Imported:
        """Take a ledger in: all rows or none, unless ``rejects`` names a file for the bad ones.

        One transaction from the first line to the last: a bad line takes all of it back. Raises DeskError when the
        ledger cannot be read or the rejects cannot be written; nothing has been taken then.
        """
        if rejects is not None and rejects.exists():
            raise DeskError(f"{rejects} 已经存在。", "没有导入。", "请给退回的行换一个文件名。")
        ledger = open_ledger(path, self._clock.today())
        done = _Progress(progress or (lambda what, done, total: None))
        sounds_of("张")  # the pinyin tables are read before the transaction starts
        one_step = nullcontext() if dry_run else self._journal.series()
        try:
            with tempfile.TemporaryFile(dir=self._home) as waiting, one_step:
                self._read_and_take(ledger, waiting, done, dry_run, rejects is not None)
                if dry_run or (done.bad and rejects is None):
                    raise Undone
                if rejects is not None and done.returned:
                    write_lines(rejects, "退回", [[*COLUMNS, "原因"], *done.returned])
        except Undone:
            return Imported(done.rows, 0, tuple(done.bad), (*ledger.warnings, *self._clock_warning()))
        except BaseException:
            if rejects is not None and done.returned:
                gone(rejects)
            raise
        finally:
            ledger.close()
        warnings = (*ledger.warnings, *self._clock_warning(), *self._doubles())
        return Imported(done.rows, done.taken, tuple(done.bad), warnings)

    def _clock_warning(self) -> list[str]:
        last = self._journal.clock_went_back()
        return [f"电脑的时钟比最后一条记录（{last:%Y-%m-%d %H:%M}）还早，请核对。"] if last else []

    def _doubles(self) -> list[str]:
        """A word about 文号 that are on more than one case now."""
        doubles = list(self._journal.numbers.doubles())
        more = "等" if len(doubles) > SHOWN else ""
        return [f"这些文号用在不止一件上，请核对：{'、'.join(doubles[:SHOWN])}{more}。"] if doubles else []

    def _read_and_take(
        self, ledger: Ledger | AheadLedger, waiting: IO[bytes], done: _Progress, dry_run: bool, keep: bool
    ) -> None:
        """Take the good lines as they are read. Those without a number wait until all numbers of the file are known,
        unless it has no column for them. ``keep`` says that bad lines are returned and the others taken all the same."""
        numbered = "登记号" in ledger.names
        site = self._journal.unit(self._clock.today()).site_code
        for found in ledger:
            line = self._known(found)
            done.read(line, keep)
            if line.bad or dry_run or (done.bad and not keep):
                continue
            if numbered and not line.cells["登记号"]:
                marshal.dump(line.cells, waiting)
            else:
                self._append(line.cells, site)
                done.wrote()
        if dry_run or (done.bad and not keep):
            return
        for (series, year), serial in done.highest.items():
            self._journal.numbers.used_elsewhere(series, year, serial)
        for cells in _again(waiting):
            self._append(cells, site)
            done.wrote()

    def _known(self, line: LedgerLine) -> LedgerLine:
        """The line, found bad when the register has its number already."""
        number = line.cells["登记号"]
        if line.bad or not number or not self._journal.queries.has_number(number):
            return line
        double = BadCell(line.line, "登记号", number, "这个登记号登记簿里已经有了")
        return replace(line, bad=(double,))

    def _append(self, cells: dict[str, str], site: str) -> None:
        """One good line as a case, under its own number or the next one."""
        number = cells["登记号"]
        if not number:
            received_on = ledger_day(cells["收到日期"])
            assert received_on is not None
            number = self._journal.numbers.next_case_no(site, received_on.year)
        self._journal.register(events_of(cells, number))

    # -- out ---------------------------------------------------------------------------------------------------

    def give(self, path: Path, year: int | None = None) -> int:
        """Write the register, or the cases received in a year, as a ledger; the number of cases."""
        case_ids = self._journal.queries.ids_by_number(year)
        return write_lines(path, SHEET, self._lines([*COLUMNS], case_ids, cells_of), WIDTHS) - 1

    def said_less(self) -> list[str]:
        """What a ledger cannot say of this register: its columns have one review and one suit, without their days, and two answers."""
        said = []
        if count := self._journal.queries.beyond_ledger():
            said.append(
                f"有{count}件的复议、诉讼台账写不全（没有日期，各只一件）：再导入时表四的年份可能不同，请以登记簿为准。"
            )
        if count := self._journal.queries.orders_beyond_ledger():
            said.append(f"有{count}件不止两次答复，或者没有答复就被责令答复：台账写不全，请以登记簿为准。")
        return said

    def give_platform(self, path: Path) -> int:
        """Write the cases that are not yet on the provincial platform, with a column for its number; how many."""
        heading = [*COLUMNS, PLATFORM_NO]
        case_ids = self._journal.queries.ids_by_number(off_platform=True)
        lines = self._lines(heading, case_ids, lambda case: [*cells_of(case), ""])
        return write_lines(path, PLATFORM_SHEET, lines, (*WIDTHS, 20)) - 1

    def _lines(self, heading: Cells, case_ids: Iterable[str], cells: Callable[[Case], Cells]) -> Iterator[Cells]:
        """The heading, then the cases."""
        yield heading
        for case_id in case_ids:
            yield cells(self._journal.case(case_id))

    # -- the platform ------------------------------------------------------------------------------------------

    def entered(self, case_no: str, platform_no: str = "") -> Case:
        """Note that a case is on the platform now. Raises DeskError for an unknown number, or one noted before."""
        case = self._journal.case_by_no(case_no)
        if case.platform:
            raise DeskError(f"{case_no}已经记过录入平台。", "没有再记。", "")
        today = self._clock.today()
        by = self._journal.unit(today).contact
        return self._journal.append(
            case.case_id, [ev.PlatformEntered(on=today, by=by, platform_no=one_line(platform_no))]
        )

    def entered_each(self, case_nos: Sequence[str], platform_no: str = "") -> int:
        """Note that several cases are on the platform now, all or none; how many."""
        with self._journal.write():
            for case_no in case_nos:
                self.entered(case_no, platform_no)
        return len(case_nos)

    def entered_all(self, path: Path) -> int:
        """Note every line of a filled platform list whose column 平台编号 is not empty; how many. All or none."""
        lines = read_lines(path, PLATFORM_SHEET)
        heading = list(next(lines, (1, []))[1])
        if "登记号" not in heading or PLATFORM_NO not in heading:
            raise DeskError(
                f"{path.name} 缺少“登记号”或者“{PLATFORM_NO}”列。", "没有记下。", "请用导出的那张表填写。"
            )
        at, number_at = heading.index("登记号"), heading.index(PLATFORM_NO)
        done = 0
        with self._journal.write():
            for _, cells in lines:
                if len(cells) > max(at, number_at) and cells[number_at]:
                    self.entered(cells[at], cells[number_at])
                    done += 1
        return done


def _again(good: IO[bytes]) -> Iterator[dict[str, str]]:
    """The lines that were put aside, from the first."""
    good.seek(0)
    with suppress(EOFError):
        while True:
            yield marshal.load(good)
