"""Reporting: ledgers in, the annual table out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deskapp.clock import Clock
from deskapp.errors import DeskError, os_reason
from deskapp.exchange.ledger import BadCell, LedgerRow, read_ledger, write_rejects
from deskapp.exchange.report_xlsx import write_report
from deskapp.law.annual_report import CountedCase, Dispute, cell_cases
from deskapp.law.dated import LawError
from deskapp.law.report_checks import Report, build_report
from deskapp.register import events as ev
from deskapp.register.journal import Journal
from deskapp.register.search import initials_of


@dataclass(frozen=True)
class Imported:
    """What an import did: rows taken, bad cells, warnings; ``taken`` is 0 when it was refused or only tried."""

    rows: int
    taken: int
    bad: tuple[BadCell, ...]
    warnings: tuple[str, ...]


class Reporting:
    """The moment the year is counted."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock

    def report(self, year: int) -> Report:
        """Tables three and four of a year from the register. Raises DeskError for a year before the first format."""
        try:
            return build_report(year, self._counted(), self._disputes())
        except LawError as error:
            raise DeskError(str(error)) from error

    def cell(self, year: int, row: str, column: str) -> list[str]:
        """The numbers of the cases that one cell of table three counts. Raises DeskError for an unknown cell."""
        try:
            return sorted(case.case_no for case in cell_cases(year, self._counted(), row, column))
        except LawError as error:
            raise DeskError(str(error)) from error

    def _counted(self) -> list[CountedCase]:
        """The cases of the register as the annual table counts them."""
        rows = self._journal.store.query(
            "SELECT case_no, applicant_class, received_on, row, category, closed_on FROM cases"
        )
        return [
            CountedCase(
                applicant_class=row["applicant_class"],
                received_on=date.fromisoformat(row["received_on"]),
                row=row["row"] or None,
                closed_on=date.fromisoformat(row["closed_on"]) if row["closed_on"] else None,
                case_no=row["case_no"],
            )
            for row in rows
            if not row["category"] or row["row"]
        ]

    def _disputes(self) -> list[Dispute]:
        rows = self._journal.store.query("SELECT body FROM events WHERE act = 'disputed'")
        found = [ev.EVENT.validate_json(row["body"]) for row in rows]
        return [Dispute(on=e.on, route=e.route, outcome=e.outcome) for e in found if isinstance(e, ev.Disputed)]

    def save_report(self, year: int, path: Path) -> None:
        """Write the report as xlsx. Raises DeskError for any other kind of file."""
        if path.suffix.lower() != ".xlsx":
            raise DeskError(
                f"年报还不能存成 {path.suffix or '没有后缀的文件'}。",
                "没有写文件。",
                "请用 .xlsx；docx 和 pdf 要等后续版本。",
            )
        if path.exists():
            raise DeskError(f"{path} 已经存在。", "程序不会覆盖它。", "请换一个文件名。")
        try:
            write_report(self.report(year), self._journal.unit(self._clock.today()).name, path)
        except OSError as error:
            raise DeskError(f"年报没有写上：{os_reason(error)}。", "", "请检查文件夹和磁盘，再试一次。") from error

    def import_ledger(
        self,
        path: Path,
        dry_run: bool = False,
        rejects: Path | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> Imported:
        """Take a ledger in: all rows or none, unless ``rejects`` names a file for the bad ones."""
        ledger = read_ledger(path, self._clock.today())
        taken_numbers = {row["case_no"] for row in self._journal.store.query("SELECT case_no FROM cases")}
        doubles = [
            BadCell(row.line, "登记号", row.case_no, "这个登记号登记簿里已经有了")
            for row in ledger.rows
            if row.case_no in taken_numbers
        ]
        bad = (*ledger.bad, *doubles)
        result = Imported(ledger.total, 0, bad, ledger.warnings)
        if dry_run or (bad and rejects is None):
            return result
        bad_lines = {cell.line for cell in bad}
        good = [row for row in ledger.rows if row.line not in bad_lines]
        if rejects is not None and bad:
            write_rejects(rejects, ledger, bad)
        self._take(good, progress)
        return Imported(ledger.total, len(good), bad, ledger.warnings)

    def _take(self, rows: list[LedgerRow], progress: Callable[[int], None] | None) -> None:
        initials_of("张")  # the pinyin tables are read before the transaction starts
        with self._journal.store.write():
            for row in rows:
                if row.case_no and (serial := row.serial):
                    self._journal.raise_serial(f"case:{serial[0]}", serial[1], serial[2])
            site = self._journal.unit(self._clock.today()).site_code
            for n, row in enumerate(rows, 1):
                number = row.case_no or self._journal.next_case_no(site, row.received_on.year)
                self._journal.append(self._journal.new_id(), row.events(number))
                if progress and n % 100 == 0:
                    progress(n)
