"""Guardroom: ruled papers of the counter that several people fill by hand."""

from __future__ import annotations

from collections.abc import Callable

from deskapp.clock import Clock
from deskapp.desk.cases.mail_log import Waiting
from deskapp.desk.sheets.loose import LooseSheet, Sheets, blank_rows
from deskapp.register.journal import Journal

COLUMNS = ("序号", "邮件号", "寄件人", "签收人", "签收日期", "送到登记台日期", "登记台签名")
SHARES = (6, 20, 18, 12, 14, 16, 14)
ROWS = 24  # of the guardroom's slip; more waits on no desk
BELOW = "说明：本机关任何人签收的那一天，就是收到申请之日（条例第三十一条第二项），请当天送到登记台。"


class Guardroom:
    """The moment a list goes to another room."""

    def __init__(self, journal: Journal, clock: Clock, mail: Callable[[], list[Waiting]], loose: Sheets) -> None:
        self._journal, self._clock, self._mail, self._sheets = journal, clock, mail, loose

    def sheet(self) -> LooseSheet:
        """收发室信件交接单: what waits, and empty rows."""
        rows = [
            (
                str(n), item.row.number, item.row.sender, item.row.signed_by, str(item.row.signed_on),
                str(item.row.reached_on or ""), "",
            )
            for n, item in enumerate(self._mail()[:ROWS], 1)
        ]  # fmt: skip
        unit = self._journal.unit(self._clock.today()).name
        sheet = blank_rows(COLUMNS, rows, ROWS, SHARES, (unit, "政府信息公开申请信件交接单"), (BELOW,))
        return self._sheets.ruled("信件交接单", [sheet])
