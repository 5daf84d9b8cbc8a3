"""The number of a file (档号): given when the file is put away, kept with it, and never changed by what becomes of another case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from deskapp.desk.cases.retention import retention_of
from deskapp.errors import DeskError
from deskapp.law.case_file import archive_number, archive_serial, proposed_retention
from deskapp.register.case import Case
from deskapp.register.file_numbers import case_with_file_number, files_put_away
from deskapp.register.journal import Journal

FONDS = "fonds"  # the small note of the number that the archive gave to the office (全宗号)
PROPOSED = "（拟）"  # behind a number that nobody has kept yet


@dataclass
class YearsNumbers:
    """The numbers of the files of a year: those kept by case; those of files that were put away without one, in that order (``later``);
    the last serial that is in use, by period."""

    year: int
    fonds: str
    on: date
    kept: dict[str, str] = field(default_factory=dict)
    later: dict[str, str] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)

    def of(self, case: Case) -> str:
        """The number of a file that was put away; empty for another."""
        return (self.kept.get(case.case_id) or self.later.get(case.case_id, "")) if case.archived else ""

    def next(self, case: Case) -> str:
        """The number that the file of a case gets when it is put away now: the one it had, or the next of its period."""
        known = self.kept.get(case.case_id) or self.later.get(case.case_id)
        return known or self._number(retention_of(case).key, self.last.get(retention_of(case).key, 0) + 1)

    def proposed(self, cases: Iterable[Case]) -> dict[str, str]:
        """Those that the files which are not put away would get one after another, by case."""
        found = {}
        for case in cases:
            if not case.archived:
                found[case.case_id] = number = self.next(case)
                self._use(number)
        return found

    def put_away(self, case_id: str, number: str, disputed: bool, kept: set[str]) -> None:
        """Take in a file that was put away: its number, or the first of its period that none was kept under."""
        if case_id in self.later and number:
            del self.later[case_id]
        if number:
            self.kept[case_id] = number
        elif case_id not in self.kept and case_id not in self.later:
            key = proposed_retention(disputed, date(self.year, 12, 31)).key
            serial = 1
            while (tried := self._number(key, serial)) in kept or tried in self.later.values():
                serial += 1
            self.later[case_id] = number = tried
        self._use(number)

    def _number(self, key: str, serial: int) -> str:
        return archive_number(self.year, key, serial, self.fonds, self.on)

    def _use(self, number: str) -> None:
        if place := archive_serial(number, self.year, self.on):
            key, serial = place
            self.last[key] = max(self.last.get(key, 0), serial)


def numbers_of_year(journal: Journal, year: int, today: date) -> YearsNumbers:
    """The numbers of the files of the cases that were closed first in a year, by the rule of today."""
    numbers = YearsNumbers(year, journal.records.note(FONDS), today)
    files = list(files_put_away(journal.store, year))
    kept = {file.number for file in files if file.number}
    for file in files:
        numbers.put_away(file.case_id, file.number, file.disputed, kept)
    return numbers


def file_numbers(journal: Journal, today: date) -> Callable[[Case], str]:
    """What gives the numbers of the files of many cases, each year read once; empty for a case that is not put away."""
    of_year = cache(lambda year: numbers_of_year(journal, year, today))

    def number(case: Case) -> str:
        if case.archived is None:
            return ""
        return case.archived.archive_no or of_year(_year(case)).of(case)

    return number


def file_number(journal: Journal, case: Case, today: date) -> str:
    """The number of the file of a case; empty while it is not put away."""
    return file_numbers(journal, today)(case)


def next_file_number(journal: Journal, case: Case, today: date) -> str:
    """The number that the file of a closed case gets when it is put away now."""
    return numbers_of_year(journal, _year(case), today).next(case)


def checked_file_number(journal: Journal, case: Case, typed: str, today: date) -> str:
    """The number to keep: the one that was typed, or the next. Raises DeskError for one that another file has."""
    numbers = numbers_of_year(journal, _year(case), today)
    mine = numbers.next(case)
    if not typed or typed == mine:
        return mine
    other = case_with_file_number(journal.store, typed, case.case_id)
    if not other and typed in numbers.later.values():
        other = next(journal.case(case_id).case_no for case_id, number in numbers.later.items() if number == typed)
    if other:
        raise DeskError(
            f"档号 {typed} 已经给了{other}。", "没有归档。", f"请换一个；清空就编下一个：{mine}。", "archive_no"
        )
    return typed


def _year(case: Case) -> int:
    """The year whose file it is: that of the first closing, as the year's lists count it."""
    return (case.counted_on or case.closed_on or case.received.on).year
