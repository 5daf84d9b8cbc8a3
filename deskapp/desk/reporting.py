"""Reporting: the annual table of a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from deskapp.clock import Clock
from deskapp.errors import DeskError, os_reason
from deskapp.exchange.report_xlsx import write_report
from deskapp.law.annual_report import CountedCase, Dispute, cell_cases
from deskapp.law.dated import LawError
from deskapp.law.report_checks import Report, build_report
from deskapp.register.journal import Journal


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
            return sorted(case.case_no for case in cell_cases(year, self._one_by_one(), row, column))
        except LawError as error:
            raise DeskError(str(error)) from error

    def _counted(self) -> list[CountedCase]:
        """The cases of the register as the annual table counts them, those that count alike together."""
        rows = self._journal.store.query(
            "SELECT substr(received_on, 1, 4) AS received, substr(closed_on, 1, 4) AS closed, row, applicant_class,"
            " count(*) AS n FROM cases WHERE void = 0 AND (substr(closed_on, 1, 4) = '' OR row <> '')"
            " GROUP BY substr(received_on, 1, 4), substr(closed_on, 1, 4), row, applicant_class"
        )
        return [
            CountedCase(
                applicant_class=row["applicant_class"],
                received_on=date(int(row["received"]), 1, 1),
                row=row["row"] or None,
                closed_on=date(int(row["closed"]), 1, 1) if row["closed"] else None,
                count=row["n"],
            )
            for row in rows
        ]

    def _one_by_one(self) -> Iterator[CountedCase]:
        """The cases of the register with their numbers."""
        for row in self._journal.store.each(
            "SELECT case_no, applicant_class, received_on, row, closed_on FROM cases"
            " WHERE void = 0 AND (closed_on = '' OR row <> '')"
        ):
            yield CountedCase(
                applicant_class=row["applicant_class"],
                received_on=date.fromisoformat(row["received_on"]),
                row=row["row"] or None,
                closed_on=date.fromisoformat(row["closed_on"]) if row["closed_on"] else None,
                case_no=row["case_no"],
            )

    def _disputes(self) -> list[Dispute]:
        rows = self._journal.store.query(
            "SELECT route, outcome, opened_on, decided_on FROM matters JOIN cases USING (case_id) WHERE void = 0"
        )
        return [
            Dispute(
                on=date.fromisoformat(row["opened_on"]),
                route=row["route"],
                outcome=row["outcome"],
                decided_on=date.fromisoformat(row["decided_on"]) if row["decided_on"] else None,
            )
            for row in rows
        ]

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
