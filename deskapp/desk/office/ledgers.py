"""Ledgers: the cases of a table come in, all or none; the register goes out as a table, or as the list for the platform."""

from __future__ import annotations

import json
import marshal
import tempfile
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from deskapp.clock import Clock
from deskapp.errors import DeskError, os_reason, shortened
from deskapp.exchange.apart import Apart, size_of
from deskapp.exchange.heading import BadCell, Columns
from deskapp.exchange.ledger import (
    COLUMNS,
    SHEET,
    LedgerLine,
    LedgerOptions,
    Tally,
    events_of,
    ledger_day,
)
from deskapp.exchange.ledger_out import cells_of, reject_cells
from deskapp.exchange.ledger_process import LedgerApart
from deskapp.exchange.mapping import NO_MAPPING, WordMap, mapping_of, mapping_text
from deskapp.exchange.persons import Persons, cells_for, columns_of
from deskapp.exchange.proposing import MappingProposal, allowed_words
from deskapp.exchange.sheets import Cells, write_lines
from deskapp.exchange.table import LeftOut, Read
from deskapp.exchange.table_apart import TableApart
from deskapp.files import gone, write_bytes
from deskapp.parsing import one_line
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.journal import Journal
from deskapp.register.numbers import serial_of
from deskapp.register.store import Undone
from deskapp.register.tokens import sounds_of

PLATFORM_SHEET = "未录入平台"
PLATFORM_NO = "平台编号"  # the column that the clerk fills in after entering a case
PLATFORM = Columns(PLATFORM_SHEET, ("登记号", PLATFORM_NO), ("登记号", PLATFORM_NO))
NOTED = "没有记下。"
MAPPING = "ledger_mapping"  # the note of what an office's columns and words stand for
SAME = "登记簿里已经有一件收到日期、申请人、申请内容都一样的；确实是另一件的，导入时选“一样的也收”"
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
    """What an import did: lines read (taken, left out, bad: together they are all), cases taken, bad cells, the sheets, the lines that are
    no records, what is to be said; ``taken`` is 0 when it was refused or only tried."""

    rows: int
    taken: int
    bad: tuple[BadCell, ...]
    warnings: tuple[str, ...]
    sheets: tuple[Read, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    good_lines: tuple[tuple[str, int], ...] = ()

    @property
    def bad_lines(self) -> int:
        """How many lines have a bad cell."""
        return len({(cell.sheet, cell.line) for cell in self.bad})


class _Progress:
    """How far an import is: lines read and taken, what is wrong, the highest numbers that came along."""

    def __init__(self, tell: Progress) -> None:
        self._tell = tell
        self.rows = self.taken = self.bad_lines = 0
        self.taken_of: Counter[str] = Counter()
        self.good_lines: list[tuple[str, int]] = []
        self.bad: list[BadCell] = []
        self.returned: list[Cells] = []
        self.highest: Highest = {}

    def read(self, line: LedgerLine, keep: bool) -> None:
        """Note a line that was read."""
        self.rows += 1
        self.bad += line.bad
        self.bad_lines += bool(line.bad)
        if line.bad and keep:
            self.returned.append(reject_cells(line))
        if not line.bad:
            self.good_lines.append((line.sheet, line.line))
            for number in filter(None, (line.cells["登记号"], line.cells["文号"])):
                if found := serial_of(number):
                    self.highest[found[:2]] = max(found[2], self.highest.get(found[:2], 0))
        if self.rows % PART == 0:
            self._tell("读取", self.rows, None)

    def wrote(self, sheet: str) -> None:
        """Note a line that was taken."""
        self.taken += 1
        self.taken_of[sheet] += 1
        if self.taken % PART == 0:
            self._tell("写入", self.taken, self.rows)


class Ledgers:
    """The moment tables come in or go out."""

    def __init__(self, journal: Journal, clock: Clock, home: Path) -> None:
        self._journal, self._clock, self._home = journal, clock, home

    # -- in ----------------------------------------------------------------------------------------------------

    def take(
        self,
        path: Path,
        dry_run: bool = False,
        rejects: Path | None = None,
        progress: Progress | None = None,
        options: LedgerOptions | None = None,
        again: bool = False,
    ) -> Imported:
        """Take a ledger in: all rows or none, unless ``rejects`` names a file for the bad ones. Lines that are here already are bad, unless
        ``again`` says that they are other applications.

        One transaction from the first line to the last: a bad line takes all of it back. Raises DeskError when the
        ledger cannot be read or the rejects cannot be written; nothing has been taken then.
        """
        if rejects is not None and rejects.exists():
            raise DeskError(f"{rejects} 已经存在。", "没有导入。", "请给退回的行换一个文件名。")
        ledger = LedgerApart(path, self._clock.today(), options or LedgerOptions())
        done = _Progress(progress or (lambda what, done, total: None))
        sounds_of("张")  # the pinyin tables are read before the transaction starts
        one_step = nullcontext() if dry_run else self._journal.series()
        warnings: list[str] = []
        try:
            with tempfile.TemporaryFile(dir=self._home) as waiting, one_step:
                self._read_and_take(ledger, waiting, done, dry_run, rejects is not None, again)
                if dry_run or (done.bad and rejects is None):
                    raise Undone
                _reconciled(ledger.tally, done)
                if rejects is not None and done.returned:
                    write_lines(rejects, "退回", [[*COLUMNS, "原因"], *done.returned])
            warnings = self._doubles()
        except Undone:
            done.taken, done.taken_of = 0, Counter()
        except BaseException:
            if rejects is not None and done.returned:
                gone(rejects)
            raise
        finally:
            ledger.close()
        return self._imported(ledger.tally, done, warnings)

    def _imported(self, tally: Tally, done: _Progress, warnings: list[str]) -> Imported:
        several = len([read for read in tally.sheets if read.records]) > 1
        sheets = tuple(
            replace(x, taken=done.taken_of[x.name if several else ""] if x.records else 0) for x in tally.sheets
        )
        said = (*tally.warnings, *self._clock_warning(), *warnings)
        left = len(tally.left_out) + tally.left_out_more
        if tally.left_out_more:
            said += (f"另有{tally.left_out_more}行不是申请，没有导入，没有一一列出。",)
        return Imported(
            done.rows + left, done.taken, tuple(done.bad), said, sheets, tally.left_out, tuple(done.good_lines)
        )

    def look(self, path: Path) -> MappingProposal:
        """What is believed of an office's table, with what was confirmed here before. Raises DeskError."""
        return self._proposal(path, LedgerOptions(mapping=self.remembered()))

    def _proposal(self, path: Path, options: LedgerOptions) -> MappingProposal:
        reader = Apart("deskapp.exchange.proposing:proposed", path, options, size=size_of(path))
        found: MappingProposal = next(iter(reader))
        return found

    def propose(self, path: Path, out: Path, options: LedgerOptions) -> tuple[int, int]:
        """Write the mapping that the program believes in for a ledger, to be corrected; how many columns and unknown words. Raises
        DeskError when either file is of no use."""
        found = self._proposal(path, options)
        try:
            write_bytes(out, mapping_text(found.names, found.words, allowed_words()).encode())
        except OSError as error:
            raise DeskError(f"不能写 {out}：{os_reason(error)}。", "没有写文件。", "请换一个文件名。") from error
        return len(found.names), sum(map(len, found.words.values()))

    def remembered(self) -> WordMap:
        """What was confirmed of this office's tables; nothing where it cannot be read any more."""
        with suppress(ValueError, TypeError, DeskError):
            return mapping_of(json.loads(self._journal.records.note(MAPPING) or "{}"), COLUMNS, MAPPING)
        return NO_MAPPING

    def remember(self, mapping: WordMap) -> None:
        """Keep what was confirmed, beside what was before."""
        old = self.remembered()
        words = {column: {**old.words.get(column, {}), **new} for column, new in mapping.words.items()}
        kept = {"columns": {**old.columns, **mapping.columns}, "words": {**old.words, **words}}
        self._journal.records.set_note(MAPPING, json.dumps(kept, ensure_ascii=False))

    def _clock_warning(self) -> list[str]:
        last = self._journal.clock_went_back()
        return [f"电脑的时钟比最后一条记录（{last:%Y-%m-%d %H:%M}）还早，请核对。"] if last else []

    def _doubles(self) -> list[str]:
        """A word about 文号 that are on more than one case now."""
        doubles = list(self._journal.numbers.doubles())
        more = "等" if len(doubles) > SHOWN else ""
        return [f"这些文号用在不止一件上，请核对：{'、'.join(doubles[:SHOWN])}{more}。"] if doubles else []

    def _read_and_take(
        self, ledger: LedgerApart, waiting: IO[bytes], done: _Progress, dry_run: bool, keep: bool, again: bool
    ) -> None:
        """Take the good lines as they are read. Those without a number wait until all numbers of the file are known,
        unless it has no column for them. ``keep`` says that bad lines are returned and the others taken all the same."""
        numbered = "登记号" in ledger.tally.names
        site = self._journal.unit(self._clock.today()).site_code
        here = set() if again else self._journal.queries.same_lines()
        for found in ledger:
            line = self._known(found, here)
            done.read(line, keep)
            if line.bad or dry_run or (done.bad and not keep):
                continue
            if numbered and not line.cells["登记号"]:
                marshal.dump((line.sheet, line.cells), waiting)
            else:
                self._append(line.cells, site)
                done.wrote(line.sheet)
        if dry_run or (done.bad and not keep):
            return
        for (series, year), serial in done.highest.items():
            self._journal.numbers.used_elsewhere(series, year, serial)
        for sheet, cells in _again(waiting):
            self._append(cells, site)
            done.wrote(sheet)

    def _known(self, line: LedgerLine, here: Container[int]) -> LedgerLine:
        """The line, found bad when the register has its number already, or without a number the same day, applicant and content."""
        if line.bad:
            return line
        number, content = line.cells["登记号"], line.cells["申请内容"]
        if number:
            known = self._journal.queries.has_number(number)
            cell = BadCell(line.line, "登记号", number, "这个登记号登记簿里已经有了", line.sheet)
        else:
            known = hash((line.cells["收到日期"], line.cells["申请人"], content)) in here
            cell = BadCell(line.line, "申请内容", shortened(content), SAME, line.sheet)
        return replace(line, bad=(cell,)) if known else line

    def _append(self, cells: dict[str, str], site: str) -> None:
        """One good line as a case, under its own number or the next one."""
        number = cells["登记号"]
        if not number:
            received_on = ledger_day(cells["收到日期"])
            assert received_on is not None
            number = self._journal.numbers.next_case_no(site, received_on.year)
        self._journal.register(events_of(cells, number))

    # -- out ---------------------------------------------------------------------------------------------------

    def give(self, path: Path, year: int | None = None, persons: Persons = "full") -> int:
        """Write the register, or the cases received in a year, as a ledger, with so much of people; the number of cases."""
        case_ids = self._journal.queries.ids_by_number(year)
        return self._write(path, SHEET, (), case_ids, persons)

    def _write(self, path: Path, sheet: str, more: Cells, case_ids: Iterable[str], persons: Persons) -> int:
        """Write cases as lines, with further columns that are empty; how many."""
        columns = columns_of(COLUMNS, persons)
        widths = dict(zip(COLUMNS, WIDTHS, strict=True))

        def cells(case: Case) -> Cells:
            return [*cells_for(dict(zip(COLUMNS, cells_of(case), strict=True)), persons), *([""] * len(more))]

        lines = self._lines([*columns, *more], case_ids, cells)
        return write_lines(path, sheet, lines, (*(widths[column] for column in columns), *([20] * len(more)))) - 1

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

    def give_platform(self, path: Path, persons: Persons = "full") -> int:
        """Write the cases that are not yet on the provincial platform, with a column for its number; how many."""
        case_ids = self._journal.queries.ids_by_number(off_platform=True)
        return self._write(path, PLATFORM_SHEET, (PLATFORM_NO,), case_ids, persons)

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
        """Note every line of a filled platform list whose column 平台编号 is not empty; how many. All or none: a cell whose text is not what
        was meant is refused by its line."""
        found = TableApart(path, PLATFORM, NOTED)
        done = 0
        with self._journal.write():
            for record in found:
                if not record.cells[PLATFORM_NO]:
                    continue
                if record.lost:
                    column, why = next(iter(record.lost.items()))
                    value = shortened(record.cells[column])
                    raise DeskError(f"第{record.line}行“{column}”是“{value}”：{why}。", NOTED, "请改正后再试。")
                self.entered(record.cells["登记号"], record.cells[PLATFORM_NO])
                done += 1
        return done


def _reconciled(tally: Tally, done: _Progress) -> None:
    """Raise DeskError unless every line of the file is accounted for: taken, left out or bad."""
    left = len(tally.left_out) + tally.left_out_more
    accounted = done.taken + done.bad_lines + left
    chosen = sum(x.lines for x in tally.sheets if x.chosen)
    if chosen != accounted:
        raise DeskError(
            f"行数对不上：表里{chosen}行，收下{done.taken}行，退回{done.bad_lines}行，不是申请的{left}行。",
            "没有导入。",
            "请把文件交给维护人员。",
        )


def _again(good: IO[bytes]) -> Iterator[tuple[str, dict[str, str]]]:
    """The lines that were put aside, from the first."""
    good.seek(0)
    with suppress(EOFError):
        while True:
            yield marshal.load(good)
