"""A ledger comes in: one transaction from the first line to the last, every line of the file accounted for."""

from __future__ import annotations

import pickle
import tempfile
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO, Literal

from deskapp.desk.office.doubled import SHOWN, Doubled, own_of
from deskapp.desk.office.other_numbers import Brought, other_number
from deskapp.errors import DeskError, os_reason, shortened
from deskapp.exchange.bad_cells import lines_of
from deskapp.exchange.days import day_of
from deskapp.exchange.heading import BadCell
from deskapp.exchange.ledger import OWN_NUMBERS, LedgerLine, LedgerOptions, Tally, events_of, faults_of, year_of
from deskapp.exchange.ledger_columns import COLUMNS
from deskapp.exchange.ledger_out import reject_cells
from deskapp.exchange.ledger_process import LedgerApart
from deskapp.exchange.sheets import Cells, write_lines
from deskapp.exchange.table import LeftOut, Read
from deskapp.exchange.updating import CaseUpdate, Difference, decision_of, other_case, update_of, whole_line
from deskapp.files import gone
from deskapp.register.case import Case
from deskapp.register.journal import Journal, Series
from deskapp.register.numbers import claimed, serial_of
from deskapp.register.store import Undone
from deskapp.register.tokens import same_facts, sounds_of

SAME = "登记簿里已经有一件收到日期、申请人、申请内容都一样的（标点、空格、全角半角不算）；确实是另一件的，导入时选【一样的也收】；是同一件的，选【更新】"
TAKEN_NUMBER = "这个登记号登记簿里已经有了；要把新内容补进去的，导入时选【更新】"
UNKNOWN = "登记簿里没有这个登记号，表里又没有登记要用的列"
NOTHING_NEW, KEPT_HERE = "登记簿里已经有，没有新内容", "登记簿里已经有，不同的格留登记簿的"
DIFFERS = "登记簿里是【{}】，请定用哪一个"
PART = 200  # lines between two words about progress
Highest = dict[tuple[str, int], int]  # the highest serial by series and year
Progress = Callable[[str, int, int | None], None]  # what is done, how many lines, of how many if known


@dataclass(frozen=True)
class KnownLines:
    """What is done with lines whose case is here: refused, taken as other applications (``again``), or the case is brought up to them
    (``update``). ``differing`` says of cells that both have whether the line's are taken (None: such a line is bad), ``chosen`` says it
    cell by cell, by number and column."""

    lines: Literal["refuse", "again", "update"] = "refuse"
    differing: bool | None = None
    chosen: Mapping[tuple[str, str], bool] = field(default_factory=dict)


REFUSED = KnownLines()


@dataclass(frozen=True)
class Differs:
    """A cell that is not the same in the register and in a line, and that nobody has decided."""

    line: int
    case_no: str
    who: str
    cell: Difference


@dataclass(frozen=True)
class Sorted:
    """A line, and what is to be done with it: nothing (it is bad), a new case, the update of one, or nothing because it is known
    (``idle`` says why)."""

    line: LedgerLine
    case: Case | None = None
    update: CaseUpdate | None = None
    differs: tuple[Differs, ...] = ()
    idle: str = ""


@dataclass(frozen=True)
class Imported:
    """What an import did: lines read (taken, updated, left out, bad: together they are all), cases taken, cases that were brought up to
    their line and how often a column was, bad cells, the cells that nobody has decided, the sheets, the lines that nothing came of, what
    is to be said; ``taken`` and ``updated`` are 0 when it was refused or only tried."""

    rows: int
    taken: int
    updated: int
    bad: tuple[BadCell, ...]
    warnings: tuple[str, ...]
    sheets: tuple[Read, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    good_lines: tuple[tuple[str, int], ...] = ()
    updating: int = 0  # of the good lines
    columns: tuple[tuple[str, int], ...] = ()
    differs: tuple[Differs, ...] = ()

    @property
    def bad_lines(self) -> int:
        """How many lines have a bad cell."""
        return lines_of(self.bad)


class _Progress:
    """How far an import is: lines read and taken, what is wrong, the highest numbers that came along."""

    def __init__(self, tell: Progress, word: str) -> None:
        self._tell, self._word = tell, word
        self.rows = self.taken = self.updated = self.updating = self.bad_lines = 0
        self.taken_of: Counter[str] = Counter()
        self.columns: Counter[str] = Counter()
        self._aside: list[tuple[str, dict[str, str]]] = []
        self.good_lines: list[tuple[str, int]] = []
        self.idle: list[LeftOut] = []
        self.bad: list[BadCell] = []
        self.differs: list[Differs] = []
        self.returned: list[Cells] = []
        self.highest: Highest = {}

    def read(self, found: Sorted, keep: bool) -> None:
        """Note a line that was read."""
        line = found.line
        self.rows += 1
        self.bad += line.bad
        self.bad_lines += bool(line.bad)
        self.differs += found.differs
        if line.bad and keep:
            self.returned.append(reject_cells(line))
        if found.idle:
            self.idle.append(LeftOut(line.line, found.idle, line.sheet))
        elif not line.bad:
            self._good(found)
        if self.rows % PART == 0:
            self._tell("读取", self.rows, None)

    def _good(self, found: Sorted) -> None:
        line = found.line
        self.good_lines.append((line.sheet, line.line))
        if found.update:
            self.updating += 1
            self.columns.update(found.update.columns)
        cells = line.cells
        own = (
            claimed(cells[number], self._word, year_of(cells[on]))[0] for number, on in OWN_NUMBERS if cells[number]
        )
        for serial in filter(None, (serial_of(cells["登记号"]), *own)):
            self.highest[serial[:2]] = max(serial[2], self.highest.get(serial[:2], 0))

    def put_aside(self, line: LedgerLine, waiting: IO[bytes]) -> None:
        """Let a line wait in a file, many at a time."""
        self._aside.append((line.sheet, line.cells))
        if len(self._aside) == PART:
            self.aside_done(waiting)

    def aside_done(self, waiting: IO[bytes]) -> None:
        """Write the lines that wait in memory."""
        if not self._aside:
            return
        waiting.write(pickle.dumps(self._aside, pickle.HIGHEST_PROTOCOL))
        self._aside = []

    def wrote(self, sheet: str, new: bool = True) -> None:
        """Note a line that was taken."""
        self.taken += new
        self.updated += not new
        self.taken_of[sheet] += new
        if (self.taken + self.updated) % PART == 0:
            self._tell("写入", self.taken + self.updated, self.rows)


class LedgerIn:
    """One import. Made anew for each."""

    def __init__(self, journal: Journal, today: date, home: Path, known: KnownLines, source: str) -> None:
        self._journal, self._today, self._home, self._known = journal, today, home, known
        self._source, self._unit = source, journal.unit(today)
        self._doubled, self._brought = Doubled(), Brought()
        self._here: Container[int] = set()

    def take(
        self, path: Path, dry_run: bool, rejects: Path | None, progress: Progress | None, options: LedgerOptions
    ) -> Imported:
        """Take a ledger in: all rows or none, unless ``rejects`` names a file for the bad ones.

        One transaction from the first line to the last: a bad line takes all of it back. Raises DeskError when the
        ledger cannot be read or the rejects cannot be written; nothing has been taken then.
        """
        if rejects is not None and rejects.exists():
            raise DeskError(f"{rejects} 已经存在。", "没有导入。", "请给退回的行换一个文件名。")
        word = self._unit.letter_word
        update = self._known.lines == "update"
        options = replace(options, update=update, word=word, site=self._unit.site_code)
        ledger = LedgerApart(path, self._today, options)
        done = _Progress(progress or (lambda what, done, total: None), word)
        sounds_of("张")  # the pinyin tables are read before the transaction starts
        one_step = nullcontext() if dry_run else self._journal.series()
        warnings: list[str] = []
        try:
            with _waiting_room(self._home) as waiting, one_step as made:
                self._read_and_take(ledger, waiting, done, made, rejects is not None)
                if dry_run or (done.bad and rejects is None):
                    raise Undone
                _reconciled(ledger.tally, done)
                if rejects is not None and done.returned:
                    write_lines(rejects, "退回", [[*COLUMNS, "原因"], *done.returned])
            warnings = self._doubles()
        except Undone:
            warnings = self._doubled.said()
            done.taken, done.updated, done.taken_of = 0, 0, Counter()
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
            done.rows + left, done.taken, done.updated, tuple(done.bad), said, sheets, (*tally.left_out, *done.idle),
            tuple(done.good_lines), done.updating, tuple(done.columns.items()), tuple(done.differs),
        )  # fmt: skip

    def _clock_warning(self) -> list[str]:
        last = self._journal.clock_went_back()
        return [f"电脑的时钟比最后一条记录（{last:%Y-%m-%d %H:%M}）还早，请核对。"] if last else []

    def _doubles(self) -> list[str]:
        """A word about 文号 that are on more than one case now."""
        doubles = list(self._journal.numbers.doubles())
        more = "等" if len(doubles) > SHOWN else ""
        return [f"这些文号用在不止一件上，请核对：{'、'.join(doubles[:SHOWN])}{more}。"] if doubles else []

    # -- line by line ------------------------------------------------------------------------------------------

    def _read_and_take(
        self, ledger: LedgerApart, waiting: IO[bytes], done: _Progress, made: Series | None, keep: bool
    ) -> None:
        """Take the good lines as they are read; without ``made`` it is only tried. Those without a number wait until all numbers of the
        file are known, unless it has no column for them. ``keep`` says that bad lines are returned and the others taken all the same."""
        if self._known.lines != "again":  # asked inside of the transaction: another import may just have ended
            self._here = self._journal.queries.same_lines()
        numbered = "登记号" in ledger.tally.names
        site = self._unit.site_code
        for line, known, other in self._looked_up(ledger):
            found = (
                Sorted(_bad(line, "登记号", line.cells["登记号"], other))
                if other
                else self._sorted(line, known, made)
            )
            done.read(found, keep)
            if found.line.bad or found.idle or made is None or (done.bad and not keep):
                continue
            if found.case and found.update:
                made.append(found.case.case_id, found.update.events)
                done.wrote(line.sheet, new=False)
            elif numbered and not line.cells["登记号"]:
                done.put_aside(line, waiting)
            else:
                self._append(line.cells, site, made)
                done.wrote(line.sheet)
        if made is None or (done.bad and not keep):
            return
        made.write()  # a number that is given must not be one of these
        done.aside_done(waiting)
        for (series, year), serial in done.highest.items():
            self._journal.numbers.used_elsewhere(series, year, serial)
        for sheet, cells in _again(waiting):
            self._append(cells, site, made)
            done.wrote(sheet)
        made.write()

    def _looked_up(self, ledger: LedgerApart) -> Iterator[tuple[LedgerLine, bool, str]]:
        """The lines, each with whether the register has its case already: its number, or without one the same day, applicant and content;
        and why one with a number of its own may be about a case that has another. It is asked for many at a time."""
        lines = iter(ledger)
        while part := list(islice(lines, PART)):
            taken = self._journal.queries.numbers_taken([number for x in part if (number := x.cells["登记号"])])
            letters = self._journal.queries.letters_taken(own_of(*part))
            for line in part:
                number = line.cells["登记号"]
                known = number in taken if number else _facts(line.cells) in self._here
                self._doubled.note(line, known, letters)
                asked = number and not known and not line.bad and self._known.lines != "again"
                queries, site = self._journal.queries, self._unit.site_code
                yield line, known, other_number(line, site, self._here, queries) if asked else ""

    def _sorted(self, line: LedgerLine, known: bool, made: Series | None) -> Sorted:
        """The line and what is to be done with it: bad, when the register has its case already, unless that is to be brought up to it."""
        number = line.cells["登记号"]
        if self._known.lines == "update":
            if made and number and line.certain:  # its number may stand in a line before it
                made.write()
                known = self._journal.queries.has_number(number)
            return self._updated(line) if known else Sorted(_whole(line))
        if line.bad or not known:
            return Sorted(line)
        if number:
            return Sorted(_bad(line, "登记号", number, TAKEN_NUMBER))
        return Sorted(_bad(line, "申请内容", shortened(line.cells["申请内容"]), SAME))

    def _updated(self, line: LedgerLine) -> Sorted:
        """A line whose case is here, and what it brings."""
        cells, queries = line.cells, self._journal.queries
        number = cells["登记号"] or queries.number_of_line(cells["收到日期"], cells["申请人"], cells["申请内容"])
        case = self._journal.case_by_no(number)
        if why := self._brought.again(line, number):
            return Sorted(_bad(line, "登记号", number, why))
        if why := other_case(case, cells):
            return Sorted(_bad(line, "登记号", number, why))
        faults = (*line.certain, *faults_of(line.line, whole_line(case, cells), self._today))
        line = replace(line, bad=tuple(replace(cell, sheet=line.sheet) for cell in faults))
        if line.bad:
            return Sorted(line)
        decide = decision_of(self._known.chosen, number, self._known.differing)
        found = update_of(case, cells, f"{self._source}第{line.line}行", self._today, decide)
        if found.undecided:
            bad = tuple(
                BadCell(line.line, x.column, shortened(x.there), DIFFERS.format(shortened(x.here)), line.sheet)
                for x in found.undecided
            )
            differs = tuple(Differs(line.line, number, case.who, cell) for cell in found.undecided)
            return Sorted(replace(line, bad=bad), differs=differs)
        if found.refused:
            return Sorted(_bad(line, "登记号", number, found.refused))
        if not found.events:
            return Sorted(line, idle=KEPT_HERE if found.kept else NOTHING_NEW)
        return Sorted(line, case, found)

    def _append(self, cells: dict[str, str], site: str, made: Series) -> None:
        """One good line as a case, under its own number or the next one."""
        number = cells["登记号"]
        if not number:
            received_on = day_of(cells["收到日期"])
            assert received_on is not None
            number = self._journal.numbers.next_case_no(site, received_on.year)
        made.register(events_of(cells, number))


@contextmanager
def _waiting_room(folder: Path) -> Iterator[IO[bytes]]:
    """A file without a name in which lines wait. Raises DeskError where the disk refuses it; closing it afterwards undoes nothing."""
    file: IO[bytes] | None = None
    try:
        file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  # closed below, where a refusal undoes nothing
        yield file
    except OSError as error:
        what = f"导入到一半停了：{os_reason(error)}。"
        raise DeskError(what, "没有导入。", "请检查数据文件夹和磁盘，再试一次。") from error
    finally:
        with suppress(OSError):
            if file is not None:
                file.close()


def _facts(cells: dict[str, str]) -> int:
    """What tells a line from others, as the register does."""
    return same_facts(cells["收到日期"], cells["申请人"], cells["申请内容"])


def _bad(line: LedgerLine, column: str, value: str, why: str) -> LedgerLine:
    return replace(line, bad=(BadCell(line.line, column, value, why, line.sheet),))


def _whole(line: LedgerLine) -> LedgerLine:
    """A line whose case is not here; where the file has no columns to register it from, that is what is said."""
    if line.cells["登记号"] and not (line.cells["收到日期"] or line.cells["申请人"]):
        return _bad(line, "登记号", line.cells["登记号"], UNKNOWN)
    return line


def _reconciled(tally: Tally, done: _Progress) -> None:
    """Raise DeskError unless every line of the file is accounted for: taken, brought into its case, left out or bad."""
    left = len(tally.left_out) + tally.left_out_more + len(done.idle)
    accounted = done.taken + done.updated + done.bad_lines + left
    chosen = sum(x.lines for x in tally.sheets if x.chosen)
    if chosen != accounted:
        raise DeskError(
            f"行数对不上：表里{chosen}行，收下{done.taken}行，更新{done.updated}行，退回{done.bad_lines}行，没有用的{left}行。",
            "没有导入。",
            "请把文件交给维护人员。",
        )


def _again(good: IO[bytes]) -> Iterator[tuple[str, dict[str, str]]]:
    """The lines that were put aside, from the first."""
    good.seek(0)
    with suppress(EOFError):
        while True:
            yield from pickle.load(good)
