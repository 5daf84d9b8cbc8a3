"""The ledger (台账): its columns in any order, every bad cell named; lines to events, and cases to lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from deskapp.errors import DeskError, readable, shortened
from deskapp.exchange.days import day_of, days_in_order, has_short_year, without_note
from deskapp.exchange.heading import BadCell
from deskapp.exchange.ledger_columns import (
    DAYS,
    LEDGER,
    NUMBER,
    NUMBERED,
    ORDERS,
    OUTCOMES,
    REQUIRED,
    SUITS,
    WAYS,
    WORDED,
)
from deskapp.exchange.ledger_doubts import Doubts
from deskapp.exchange.ledger_faults import MASKED_WITH, faults_of
from deskapp.exchange.mapping import NO_MAPPING, WordMap
from deskapp.exchange.persons import FREE, OF_PERSONS
from deskapp.exchange.sheet_records import Read
from deskapp.exchange.table import OpenTable
from deskapp.exchange.table_record import LeftOut, TableRecord
from deskapp.exchange.whole import ANSWERS, INTO_REMARK, fill, to_remark
from deskapp.exchange.years import year_in
from deskapp.law.categories import find_category
from deskapp.parsing import half_width, person_name
from deskapp.register import events as ev
from deskapp.register.numbers import LETTER, claimed, folded_case_no, folded_number
from deskapp.telling import says_nothing

_POINT_NOUGHT = re.compile(r"^([0-9]+)\.0+$")
OWN_NUMBERS = (("文号", "答复日期"), ("重新答复文号", "重新答复日期"))  # those that we give, with the day of each
SAYS_NOTHING = frozenset(("/", "／", "-", "－", "—", "——", "无", "暂无", "\\", "、"))
QUOTED = (
    "证件号码",
    "联系电话",
    "凭证号",
    "重新凭证号",
    "邮政编码",
)  # where others put an apostrophe so that a number stays whole
_ISO = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SERIAL = re.compile("[0-9]{5}")
_MOVES = re.compile("补正|补充材料|延期|延长|延迟|征求|第三方|收费|缴费")
MAY_SAY_NOTHING = (*DAYS, *NUMBERED, *QUOTED)


@dataclass(frozen=True)
class LedgerOptions:
    """How a ledger is read: one sheet by its name, or every one; what its columns and words stand for; whether it brings what is new of
    cases that are known, and then needs no more than their numbers; the word of the office's own 文号 (empty: nobody asks)
    and its ``site`` in registration numbers."""

    sheet: str = ""
    every: bool = False
    mapping: WordMap = NO_MAPPING
    update: bool = False
    word: str = ""
    site: str = ""


@dataclass(frozen=True)
class LedgerLine:
    """One line of a ledger that is a record: its cells by column, and what is wrong with it; ``certain`` is of that what no register can
    put right, a cell that says what was not meant; ``moved`` are cells as they stood before they were filled in or went into the remark,
    ``rest`` what stands in columns that are not taken."""

    line: int
    cells: dict[str, str]
    bad: tuple[BadCell, ...]
    sheet: str = ""
    certain: tuple[BadCell, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    rest: Mapping[str, str] = field(default_factory=dict)

    def as_written(self) -> dict[str, str]:
        """Its cells before anything was filled in or went into the remark."""
        return {**self.cells, **self.moved}

    def own_numbers(self) -> Iterator[tuple[str, int]]:
        """The 文号 of the line that may be the office's own, those that went into the remark too, each with the year that it lacks."""
        for column, on in OWN_NUMBERS:
            if number := _number_in(column, self.cells, self.moved):
                yield number, year_of(self.cells[on]) or year_of(self.cells["收到日期"])

    def events(self, case_no: str) -> list[ev.AnyEvent]:
        """A good line as the events of a case under that number."""
        return events_of(self.cells, case_no)


@dataclass(frozen=True)
class Tally:
    """What was read of a ledger: the columns that are there, what is to be said, the sheets, the lines that are no records."""

    names: frozenset[str]
    warnings: tuple[str, ...]
    sheets: tuple[Read, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    left_out_more: int = 0


class Ledger:
    """A ledger, opened: its lines one after another."""

    def __init__(self, path: Path, today: date, options: LedgerOptions | None = None) -> None:
        """Find sheet and heading. Raises DeskError when the file cannot be read or lacks a required column."""
        self._options = options or LedgerOptions()
        self._today, self._year = today, year_in(readable(path.stem))
        self._doubts = Doubts(today)
        of = self._options
        self._moved: dict[str, str] = {}  # of the line that is read
        self._table = self._open(path, tuple(column for column in REQUIRED if not of.mapping.whole.get(column)))

    def _open(self, path: Path, required: tuple[str, ...]) -> OpenTable:
        """The table; one that brings what is new may have the numbers and little else."""
        of = self._options

        def opened(required: tuple[str, ...]) -> OpenTable:
            return OpenTable(path, replace(LEDGER, required=required), of.mapping.columns, of.sheet, of.every)

        try:
            return opened(required)
        except DeskError:
            if not of.update:
                raise
            with suppress(DeskError):
                return opened((NUMBER,))
            raise

    @property
    def tally(self) -> Tally:
        """What was read, as far as the lines were."""
        table = self._table
        sheets = (*table.read, *table.not_read)
        warnings = (
            *table.warnings,
            *moved_by([name for _, of in table.chosen for name in of.left]),
            *self._doubts.said(),
        )
        return Tally(frozenset(table.names), warnings, sheets, tuple(table.left_out), table.left_out_more)

    def __iter__(self) -> Iterator[LedgerLine]:
        """The records, each checked by itself and for a number that was there before."""
        seen: dict[str, tuple[str, int]] = {}
        for found in self._table.records():
            self._doubts.at(found.sheet)
            if found.refused:
                [(column, why)] = found.lost.items()
                wrong = (BadCell(found.line, column, found.cells[column], why, found.sheet),)
                yield LedgerLine(found.line, found.cells, wrong, found.sheet, wrong, rest=found.rest)
                continue
            cells = self._folded(found)
            certain = [
                BadCell(found.line, column, shortened(cells[column]), why, found.sheet)
                for column, why in found.lost.items()
            ]
            faults = [
                replace(cell, sheet=found.sheet)
                for cell in faults_of(found.line, cells, self._today, "" if found.year else found.year_from)
                if cell.column not in found.lost
            ]
            number = cells[NUMBER]
            certain += self._unreadable(found, cells)
            self._doubts.see(found.line, cells)
            if number and number in seen:
                where = f"【{seen[number][0]}】" if seen[number][0] != found.sheet else ""
                again = f"与{where}第{seen[number][1]}行重复"
                certain.append(BadCell(found.line, NUMBER, number, again, found.sheet))
            if number:
                seen.setdefault(number, (found.sheet, found.line))
            yield LedgerLine(
                found.line, cells, (*certain, *faults), found.sheet, tuple(certain), self._moved, found.rest
            )

    def _unreadable(self, found: TableRecord, cells: dict[str, str]) -> Iterator[BadCell]:
        """The 文号 in the office's own word of which nobody can tell which one it is; of others that are not written as ours are the lines
        are noted."""
        word = self._options.word
        for column, on in OWN_NUMBERS if word else ():
            if not (number := _number_in(column, cells, self._moved)):
                continue
            serial, how = claimed(number, word, year_of(cells[on]) or year_of(cells["收到日期"]))
            if serial and serial[0] == LETTER + half_width(word):
                self._doubts.serial(found.line, serial[1], serial[2], year_of(cells[on]))
            if how == "unreadable" and column not in found.lost:
                right = (
                    f"【{word}】是本机关的代字，读不出年份和序号，以后可能编出重号，请照 {word}〔2026〕3号 的样子写全"
                )
                yield BadCell(found.line, column, shortened(number), right, found.sheet)
            self._doubts.numbered(found.line, number, word, how)

    def _folded(self, found: TableRecord) -> dict[str, str]:
        """The cells in our words, numbers as they are printed, days ISO where they can be read."""
        words = self._options.mapping
        cells = words.in_ours(found.cells)
        stopped = {
            column: cells[column].rstrip("。；;") for column in WORDED if cells[column].endswith(("。", "；", ";"))
        }
        cells |= words.in_ours(stopped)
        for column in MAY_SAY_NOTHING:
            if cells[column] in SAYS_NOTHING:
                cells[column] = ""
        for column in QUOTED:
            if cells[column] and says_nothing(cells[column]):
                self._doubts.nothing(column, cells[column])
                cells[column] = ""
        self._said_for_all(found.line, cells)
        for column in QUOTED:
            if cells[column]:
                cells[column] = _POINT_NOUGHT.sub(r"\1", cells[column].lstrip("'’‘`"))
        for column in NUMBERED:
            if cells[column] and column != NUMBER:
                cells[column] = folded_number(cells[column])
        cells[NUMBER] = folded_case_no(cells[NUMBER], self._options.site) if cells[NUMBER] else ""
        if self._options.update:
            self._without_masked(cells)
        for column in ("申请人", "法定代表人"):
            cells[column] = person_name(cells[column])
        cells["联系电话"] = _phone(cells["联系电话"])
        self._days(found, cells)
        return cells

    def _said_for_all(self, line: int, cells: dict[str, str]) -> None:
        """Fill a line with what is said for the whole table. A way of delivery whose day nobody wrote proves nothing: the case stands as not
        delivered, the way in its remark. What brings known cases up to date puts nothing into remarks: their days may be known."""
        of = self._options
        unproved = [x for x in ANSWERS if (cells[x[3]] or cells[x[5]]) and not cells[x[4]]]
        self._moved = {}
        if not of.mapping.whole and not unproved:
            return
        before = dict(cells)
        whole = {column: text for column, text in of.mapping.whole.items() if not (of.update and text == INTO_REMARK)}
        for column in fill(cells, whole):
            self._doubts.said_for_all(line, column, whole[column])
        for *_, way, served, proof in ANSWERS:
            if (cells[way] or cells[proof]) and not cells[served]:
                self._doubts.not_delivered(line, of.update)
                if of.update:
                    cells[way] = cells[proof] = ""
                else:
                    to_remark(cells, way, proof)
        self._moved = {column: cell for column, cell in before.items() if cell != cells[column]}

    def _without_masked(self, cells: dict[str, str]) -> None:
        """Leave out what is masked; where the applicant is, all that a masked table changes of him, with stars or without."""
        whole = MASKED_WITH.search(cells["申请人"])
        for column in (*OF_PERSONS, *(FREE if whole else ())):
            if cells[column] and (whole or MASKED_WITH.search(cells[column])):
                self._doubts.masked(column)
                cells[column] = ""

    def _days(self, found: TableRecord, cells: dict[str, str]) -> None:
        """The days of a line; a year that they have from elsewhere is noted with where it stands."""
        if all(not cells[column] or _ISO.fullmatch(cells[column]) for column in DAYS):  # as most are
            days_in_order(cells, DAYS, 0)
            return
        year, where = (found.year, found.year_from) if found.year or found.year_from else (self._year, "文件名")
        if not year:
            year, where = _year_in_line(cells)
        for column in DAYS:
            day, note = without_note(cells[column])
            if note and day_of(day, year):
                cells[column] = day
                self._doubts.day_noted(found.line, note)
        raw = [cells[column] for column in DAYS]
        self._doubts.written(found.line, [text for text in raw if _SERIAL.fullmatch(text) and day_of(text)])
        short = any(has_short_year(text) and day_of(text, year) for text in raw)
        without = [column for column in DAYS if cells[column] and day_of(cells[column]) is None]
        before = dict(cells)
        if days_in_order(cells, DAYS, year):
            self._doubts.turned(found.line)
        if short:
            self._doubts.short_year(found.line, year, where)
        if any(day_of(cells[column]) for column in without if not has_short_year(before[column])):
            self._doubts.year_taken(found.line, year, where)

    def close(self) -> None:
        """Close the file."""
        self._table.close()


def _year_in_line(cells: dict[str, str]) -> tuple[int, str]:
    """The year that a line tells itself, and where: a day that has one, or the year of its number."""
    if full := next(filter(None, (day_of(without_note(cells[column])[0]) for column in DAYS)), None):
        return full.year, "同一行写了年份的日期"
    for column in NUMBERED[:2]:
        if year := year_in(cells[column].replace("-", " ")):
            return year, f"同一行的{column}"
    return 0, ""


def moved_by(left: Sequence[str]) -> list[str]:
    """A word about columns that are not taken and tell of acts by which a last day moves (条例 30, 32, 33, 36)."""
    found = "、".join(f"【{name}】" for name in dict.fromkeys(left) if _MOVES.search(name))
    said = f"{found}没有收，里面的事会改变期限：这些件的最后一日照没有过算，按期的也可能算成逾期，请在案件里补记。"
    return [said] if found else []


def _number_in(column: str, cells: Mapping[str, str], moved: Mapping[str, str]) -> str:
    """The 文号 of a column, also where it went into the remark."""
    return cells[column] or (folded_number(moved[column]) if moved.get(column) else "")


def year_of(day: str) -> int:
    """The year of a day in a cell that was read; 0 for none."""
    return found.year if (found := day_of(day)) else 0


def _phone(text: str) -> str:
    """Telephone numbers as at registration: half-width, without blanks; several stay apart."""
    return half_width(text) if text and not re.search("[\u4e00-\u9fff]", text) else text


def events_of(cells: dict[str, str], case_no: str) -> list[ev.AnyEvent]:
    """The cells of a good line as the events of a case under that number."""
    received_on = day_of(cells["收到日期"])
    assert received_on is not None
    received = {
        "on": received_on, "case_no": case_no, "channel": cells["收到方式"], "applicant": cells["申请人"],
        "applicant_class": cells["申请人类别"], "id_kind": cells["证件类型"], "id_number": half_width(cells["证件号码"]).upper(),
        "phone": cells["联系电话"], "address": cells["通信地址"], "content": cells["申请内容"], "agent": cells["代理人"],
        "guardian": cells["监护人"], "others": cells["一起申请的人"], "representatives": cells["推选的代表"],
        "legal_representative": cells["法定代表人"], "postcode": half_width(cells["邮政编码"]), "email": cells["电子邮箱"],
        "unconfirmed": bool(cells["收到确认"]), "delivery_form": cells["获取方式"], "remark": cells["备注"], "by": ev.BY_LEDGER,
    }  # fmt: skip
    events: list[ev.AnyEvent] = [ev.Received.model_validate(received), *_answer(cells, FIRST_ANSWER)]
    events += _disputes(cells, day_of(cells["答复日期"]) or received_on)
    if ordered_on := day_of(cells["重作收到日期"]):
        by, partly = ORDERS[cells["重作依据"]]
        facts = {"number": cells["重作文号"], "partly": partly, "why": ev.BY_LEDGER, **_period(cells["重作工作日数"])}
        events.append(
            ev.RedoOrdered.model_validate({"on": ordered_on, "ordered_by": by, "by": ev.BY_LEDGER, **facts})
        )
    return events + _answer(cells, SECOND_ANSWER)


def _period(cell: str) -> dict[str, int]:
    """The period an order names: working days, or days of the calendar where the cell says 日."""
    if not cell:
        return {}
    return {"days": int(cell[:-1])} if cell.endswith("日") else {"working_days": int(cell)}


FIRST_ANSWER, SECOND_ANSWER = ANSWERS


def _answer(cells: dict[str, str], columns: Sequence[str]) -> list[ev.AnyEvent]:
    """One answer and its delivery, from its columns."""
    kind, on, number, way, served, proof = [cells[column] for column in columns]
    if not on and not served:
        return []
    answered_on, served_on = day_of(on), day_of(served)
    found = find_category(kind) if kind else None
    events: list[ev.AnyEvent] = []
    if answered_on and found and not found.answers:
        events.append(ev.Withdrawn(on=answered_on, number=number, by=ev.BY_LEDGER))
    elif answered_on and found:
        events.append(ev.Answered(on=answered_on, category=found.key, number=number, by=ev.BY_LEDGER))
    if served_on:
        events.append(ev.Served(on=served_on, way=WAYS[way], proof=proof, by=ev.BY_LEDGER))
    return events


def _disputes(cells: dict[str, str], day: date) -> list[ev.AnyEvent]:
    found: list[ev.AnyEvent] = []
    if cells["复议结果"]:
        found.append(
            ev.Disputed(on=day, route="review", outcome=OUTCOMES[cells["复议结果"]], by=ev.BY_LEDGER, dated=False)
        )
    if cells["诉讼结果"]:
        route, outcome = SUITS[cells["诉讼类型"]], OUTCOMES[cells["诉讼结果"]]
        found.append(ev.Disputed(on=day, route=route, outcome=outcome, by=ev.BY_LEDGER, dated=False))
    return found
