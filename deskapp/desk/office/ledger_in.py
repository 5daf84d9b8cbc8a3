"""A ledger comes in: one transaction from the first line to the last, every line of the file accounted for."""

from __future__ import annotations

import pickle
import re
import tempfile
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO, Literal

from deskapp.desk.office.doubled import SHOWN, Doubled, own_of
from deskapp.desk.office.ledger_counts import PART, Differs, ImportCounts, Imported, Progress, Sorted
from deskapp.desk.office.other_numbers import Brought, other_number
from deskapp.errors import DeskError, os_reason, shortened
from deskapp.exchange.days import day_of
from deskapp.exchange.heading import BadCell
from deskapp.exchange.ledger import LedgerLine, LedgerOptions, Tally, events_of
from deskapp.exchange.ledger_faults import faults_of
from deskapp.exchange.ledger_out import returned_lines
from deskapp.exchange.ledger_process import LedgerApart
from deskapp.exchange.sheets import write_lines
from deskapp.exchange.updating import decision_of, other_case, update_of, whole_line
from deskapp.files import gone
from deskapp.parsing import half_width
from deskapp.register.journal import Journal, Series
from deskapp.register.similar import Person, nearly_same
from deskapp.register.store import Undone
from deskapp.register.tokens import same_facts, sounds_of

SAME = "登记簿里已经有一件收到日期、申请人、申请内容都一样的（标点、空格、全角半角不算）；确实是另一件的，导入时选【一样的也收】；是同一件的，选【更新】"
TAKEN_NUMBER = "这个登记号登记簿里已经有了；要把新内容补进去的，导入时选【更新】"
UNKNOWN = "登记簿里没有这个登记号，表里又没有登记要用的列"
NOTHING_NEW, KEPT_HERE = "登记簿里已经有，没有新内容", "登记簿里已经有，不同的格留登记簿的"
NEAR = "像是登记簿里的{}（{}收到，【{}】）：是同一件的，请在这一行写上登记号；确实是另一件的，另存一份表，不选【更新】导入"
_IN_BRACKETS = re.compile(r"[（(].*[）)]$")
OTHER_SHEET = "和【{}】第{}行收到日期、申请人、申请内容都一样，多半是汇总表：不要的工作表不读；确实是另一件的，导入时选【一样的也收】"
DIFFERS = "登记簿里是【{}】，请定用哪一个"


@dataclass(frozen=True)
class KnownLines:
    """What is done with lines whose case is here: refused, taken as other applications (``again``), or the case is brought up to them
    (``update``). ``differing`` says of cells that both have whether the line's are taken (None: such a line is bad), ``chosen`` says it
    cell by cell, by number and column."""

    lines: Literal["refuse", "again", "update"] = "refuse"
    differing: bool | None = None
    chosen: Mapping[tuple[str, str], bool] = field(default_factory=dict)


REFUSED = KnownLines()


class LedgerIn:
    """One import. Made anew for each."""

    def __init__(self, journal: Journal, today: date, home: Path, known: KnownLines, source: str) -> None:
        self._journal, self._today, self._home, self._known = journal, today, home, known
        self._source, self._unit = source, journal.unit(today)
        self._doubled, self._brought = Doubled(), Brought()
        self._here: Container[int] = set()
        self._sheets: dict[int, tuple[str, int]] = {}  # where lines without a number stood first

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
        done = ImportCounts(progress or (lambda what, done, total: None), word)
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
                    write_lines(rejects, "退回", returned_lines(done.returned))
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

    def _imported(self, tally: Tally, done: ImportCounts, warnings: list[str]) -> Imported:
        several = len([read for read in tally.sheets if read.records]) > 1
        sheets = tuple(
            replace(x, taken=done.taken_of[x.name if several else ""] if x.records else 0) for x in tally.sheets
        )
        said = (*tally.warnings, *self._clock_warning(), *warnings, *done.still_open())
        said += (f"有{done.kept}格和登记簿不一样，照登记簿留着，没有改。",) if done.kept else ()
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
        self, ledger: LedgerApart, waiting: IO[bytes], done: ImportCounts, made: Series | None, keep: bool
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
                line = self._of_another_sheet(line)
                asked = number and not known and not line.bad and self._known.lines != "again"
                queries, site = self._journal.queries, self._unit.site_code
                yield line, known, other_number(line, site, self._here, queries) if asked else ""

    def _of_another_sheet(self, line: LedgerLine) -> LedgerLine:
        """The line; bad where it stands in another sheet of the file too, unless such lines are wanted."""
        if line.cells["登记号"] or line.bad or self._known.lines == "again":
            return line
        sheet, number = self._sheets.setdefault(_facts(line.cells), (line.sheet, line.line))
        if sheet == line.sheet:
            return line
        return _bad(line, "申请内容", shortened(line.cells["申请内容"]), OTHER_SHEET.format(sheet, number))

    def _sorted(self, line: LedgerLine, known: bool, made: Series | None) -> Sorted:
        """The line and what is to be done with it: bad, when the register has its case already, unless that is to be brought up to it."""
        number = line.cells["登记号"]
        if self._known.lines == "update":
            if made and number and line.certain:  # its number may stand in a line before it
                made.write()
                known = self._journal.queries.has_number(number)
            return self._updated(line) if known else Sorted(self._no_slip(_whole(line)))
        if line.bad or not known:
            return Sorted(line)
        if number:
            return Sorted(_bad(line, "登记号", number, TAKEN_NUMBER))
        return Sorted(_bad(line, "申请内容", shortened(line.cells["申请内容"]), SAME))

    def _no_slip(self, line: LedgerLine) -> LedgerLine:
        """A line without a number whose case is not here; bad where it may be one that is, written otherwise."""
        cells = line.cells
        received_on = day_of(cells["收到日期"])
        if line.bad or cells["登记号"] or received_on is None:
            return line
        name = _IN_BRACKETS.sub("", cells["申请人"])
        person = Person(name, half_width(cells["证件号码"]).upper(), half_width(cells["联系电话"]))
        like = nearly_same(self._journal.store, person, received_on, cells["申请内容"])
        if like is None:
            return line
        of = like.case
        why = NEAR.format(of.case_no, of.received_on, shortened(of.content))
        return _bad(line, "申请内容", shortened(cells["申请内容"]), why)

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


def _reconciled(tally: Tally, done: ImportCounts) -> None:
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
