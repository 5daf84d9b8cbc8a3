"""What an import comes to while it runs and when it is over: lines read, taken, updated, left out and bad, and what is said of them."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from deskapp.exchange.bad_cells import lines_of
from deskapp.exchange.heading import BadCell
from deskapp.exchange.ledger import LedgerLine
from deskapp.exchange.ledger_out import ReturnedLine, returned
from deskapp.exchange.sheet_records import Read
from deskapp.exchange.table_record import LeftOut
from deskapp.exchange.updating import CaseUpdate, Difference
from deskapp.law.categories import find_category
from deskapp.register.case import Case
from deskapp.register.numbers import claimed, serial_of

PART = 200  # lines between two words about progress
FEW = 3  # open cases that come in together without a word
Highest = dict[tuple[str, int], int]  # the highest serial by series and year
Progress = Callable[[str, int, int | None], None]  # what is done, how many lines, of how many if known


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


class ImportCounts:
    """How far an import is: lines read and taken, what is wrong, the highest numbers that came along."""

    def __init__(self, tell: Progress, word: str) -> None:
        self._tell, self._word = tell, word
        self.rows = self.taken = self.updated = self.updating = self.bad_lines = 0
        self.taken_of: Counter[str] = Counter()
        self.columns: Counter[str] = Counter()
        self.kept = 0  # cells that are other than the register's, which stayed
        self.not_answered = self.not_served = 0  # of the new cases: those that the lists will show as open
        self._aside: list[tuple[str, dict[str, str]]] = []
        self.good_lines: list[tuple[str, int]] = []
        self.idle: list[LeftOut] = []
        self.bad: list[BadCell] = []
        self.differs: list[Differs] = []
        self.returned: list[ReturnedLine] = []
        self.highest: Highest = {}

    def read(self, found: Sorted, keep: bool) -> None:
        """Note a line that was read."""
        line = found.line
        self.rows += 1
        self.bad += line.bad
        self.bad_lines += bool(line.bad)
        self.differs += found.differs
        if line.bad and keep:
            self.returned.append(returned(line))
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
            self.kept += found.update.kept
        else:
            self._stands(line.cells)
        cells = line.cells
        own = (claimed(number, self._word, year)[0] for number, year in line.own_numbers())
        for serial in filter(None, (serial_of(cells["登记号"]), *own)):
            self.highest[serial[:2]] = max(serial[2], self.highest.get(serial[:2], 0))

    def _stands(self, cells: dict[str, str]) -> None:
        """Count a new case that is not over as far as its line says."""
        answer = find_category(cells["答复类型"]) if cells["答复类型"] else None
        self.not_answered += answer is None
        self.not_served += answer is not None and answer.answers and not cells["送达日期"]

    def still_open(self) -> list[str]:
        """A word about what the lists will show of the new cases, and how it is put right; nothing of a few, which anybody sees himself."""
        if self.not_answered + self.not_served <= FEW:
            return []
        parts = [f"{self.not_answered}件没有答复，照没有办结的算期限"] * bool(self.not_answered)
        parts += [f"{self.not_served}件答复了、没有送达日期，列在【待送达】"] * bool(self.not_served)
        todo = "早就办完的，把答复日期、送达日期补进表里再导入，不然【今日】里都是它们"
        return [f"新收的里面，{'；'.join(parts)}。{todo}。"]

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
