"""Ledgers: the cases of a table come in, all or none; the register goes out as a table, or as the list for the platform."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from deskapp.clock import Clock
from deskapp.desk.office.ledger_counts import PART, Imported, Progress
from deskapp.desk.office.ledger_in import REFUSED, KnownLines, LedgerIn
from deskapp.errors import DeskError, os_reason, readable, shortened
from deskapp.exchange.apart import Apart, size_of
from deskapp.exchange.columns import EXACT, Columns
from deskapp.exchange.ledger import LedgerOptions
from deskapp.exchange.ledger_columns import COLUMNS, LEDGER, SHEET, allowed_words
from deskapp.exchange.ledger_out import cells_of
from deskapp.exchange.mapping import NO_MAPPING, WordMap, mapping_of
from deskapp.exchange.mapping_file import mapping_text
from deskapp.exchange.persons import Persons, cells_for, columns_of
from deskapp.exchange.proposing import MappingProposal
from deskapp.exchange.sheets import Cells, write_lines
from deskapp.exchange.table_apart import TableApart
from deskapp.files import write_bytes
from deskapp.parsing import one_line
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.journal import Journal
from deskapp.telling import says_nothing

PLATFORM_SHEET = "未录入平台"
PLATFORM_NO = "平台编号"  # the column that the clerk fills in after entering a case
PLATFORM = Columns(PLATFORM_SHEET, ("登记号", PLATFORM_NO), ("登记号", PLATFORM_NO))
NOTED = "没有记下。"
SHOWN = 5  # lines that are named one by one
MAPPING = "ledger_mapping"  # the note of what an office's columns and words stand for
WIDTHS = (
    14, 11, 9, 14, 12, 10, 20, 14, 24, 48, 12, 20, 11, 20, 10, 11, 16, 9, 10, 9, 20, 24, 24, 40, 16, 10, 8, 20, 10, 12, 20, 12, 10, 20,
    12, 20, 10, 12, 16,
)  # characters, by column  # fmt: skip


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
        known: KnownLines = REFUSED,
    ) -> Imported:
        """Take a ledger in, as :meth:`deskapp.desk.office.ledger_in.LedgerIn.take` does; ``known`` says what is done with lines whose case
        is here. Raises DeskError."""
        source = f"台账《{readable(path.stem)}》"
        made = LedgerIn(self._journal, self._clock.today(), self._home, known, source)
        return made.take(path, dry_run, rejects, progress, options or LedgerOptions())

    def look(self, path: Path, chosen: WordMap = NO_MAPPING) -> MappingProposal:
        """What is believed of an office's table, with what was confirmed here before, and what was ``chosen`` just now. Raises DeskError."""
        known = self.remembered()
        columns = {**{name: column for name, column in known.columns.items() if column}, **chosen.columns}
        return self._proposal(path, LedgerOptions(mapping=WordMap(columns, known.words)))

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
        """What was confirmed of this office's tables, but for columns that are called as ours, which need no memory; nothing where it cannot
        be read any more."""
        with suppress(ValueError, TypeError, DeskError):
            found = mapping_of(json.loads(self._journal.records.note(MAPPING) or "{}"), COLUMNS, MAPPING)
            others = {name: column for name, column in found.columns.items() if LEDGER.meaning(name, {})[1] != EXACT}
            return replace(found, columns=others)
        return NO_MAPPING

    def remember(self, mapping: WordMap) -> None:
        """Keep what was confirmed, beside what was before."""
        old = self.remembered()
        words = {column: {**old.words.get(column, {}), **new} for column, new in mapping.words.items()}
        kept = {"columns": {**old.columns, **mapping.columns}, "words": {**old.words, **words}}
        self._journal.records.set_note(MAPPING, json.dumps(kept, ensure_ascii=False))

    # -- out ---------------------------------------------------------------------------------------------------

    def give(
        self, path: Path, year: int | None = None, persons: Persons = "full", progress: Progress | None = None
    ) -> int:
        """Write the register, or the cases received in a year, as a ledger, with so much of people; the number of cases. ``progress`` may
        stop it by a DeskError: then there is no file."""
        case_ids = _told(self._journal.queries.ids_by_number(year), progress)
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
        if count := self._journal.queries.clocks_beyond_ledger():
            said.append(
                f"有{count}件记过补正、征求意见、延期或者收费，台账没有这些列：再导入时它们的期限照没有过算，最后一日和逾期会不同。"
            )
        if count := self._journal.queries.orders_beyond_ledger():
            said.append(f"有{count}件不止两次答复，或者没有答复就被责令答复：台账写不全，请以登记簿为准。")
        return said

    def give_platform(self, path: Path, persons: Persons = "full", progress: Progress | None = None) -> int:
        """Write the cases that are not yet on the provincial platform, with a column for its number; how many."""
        case_ids = _told(self._journal.queries.ids_by_number(off_platform=True), progress)
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
        if platform_no and no_platform_number(platform_no):
            raise DeskError(
                f"【{shortened(platform_no)}】不是平台编号。", NOTED, "没有编号的，编号空着；没有录入的，不记。"
            )
        today = self._clock.today()
        return self._journal.append(case.case_id, [ev.PlatformEntered(on=today, platform_no=one_line(platform_no))])

    def entered_each(self, case_nos: Sequence[str], platform_no: str = "") -> int:
        """Note that several cases are on the platform now, all or none; how many."""
        with self._journal.write():
            for case_no in case_nos:
                self.entered(case_no, platform_no)
        return len(case_nos)

    def entered_all(self, path: Path) -> PlatformTaken:
        """Note every line of a filled platform list whose column 平台编号 has a number. All or none: a cell whose text is not what
        was meant is refused by its line; words that stand for no number (/, 未录入, 退回) are left out and said."""
        found = TableApart(path, PLATFORM, NOTED)
        done, lines, left = 0, dict[str, int](), list[str]()
        with self._journal.write():
            for record in found:
                if record.refused:
                    raise DeskError(f"第{record.line}行{record.refused}。", NOTED, "")
                number = record.cells[PLATFORM_NO]
                if not number:
                    continue
                if no_platform_number(number):
                    left.append(f"第{record.line}行【{shortened(number)}】")
                    continue
                if before := lines.get(number):
                    what = f"第{record.line}行的{PLATFORM_NO}【{shortened(number)}】和第{before}行一样。"
                    raise DeskError(what, NOTED, "一件一个编号，请照平台上的核对后再试。")
                lines[number] = record.line
                if record.lost:
                    column, why = next(iter(record.lost.items()))
                    value = shortened(record.cells[column])
                    raise DeskError(f"第{record.line}行【{column}】是【{value}】：{why}。", NOTED, "请改正后再试。")
                self.entered(record.cells["登记号"], number)
                done += 1
        said = f"{len(left)}行的{PLATFORM_NO}不是编号，没有记：{'、'.join(left[:SHOWN])}{'等' if len(left) > SHOWN else ''}。"
        return PlatformTaken(done, (said,) if left else ())


@dataclass(frozen=True)
class PlatformTaken:
    """How many cases are noted as entered, and what is to be said of the list besides."""

    done: int
    warnings: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """All of it."""
        return "".join([f"已记下{self.done}件录入省平台。", *self.warnings])


def no_platform_number(text: str) -> bool:
    """Whether a cell of the numbers says something else: that there is none, or how far it is."""
    return says_nothing(text) or not any(map(str.isdigit, text))


def _told(case_ids: Iterable[str], progress: Progress | None) -> Iterator[str]:
    """The cases, with a word about how far they are."""
    for done, case_id in enumerate(case_ids, 1):
        yield case_id
        if progress and done % PART == 0:
            progress("写出", done, None)
