"""A line of a ledger whose own number the register does not know, and that may be about a case it has all the same."""

from __future__ import annotations

from collections.abc import Container

from deskapp.exchange.ledger import LedgerLine, year_of
from deskapp.register.numbers import meant_case_no
from deskapp.register.queries import Queries
from deskapp.register.tokens import same_facts

OTHER_NUMBER = "登记簿里的{}收到日期、申请人、申请内容都和这一行一样，登记号却不是这个；是同一件的，请把登记号改成{}；确实是另一件的，导入时选【一样的也收】"
TWO_LINES = "和{}说的是同一件（{}），一件只能有一行，请核对后并成一行"
BARE_NUMBER = "这不是写全的登记号，可能是登记簿里的{}；是那一件的，请把登记号写全；不是的，导入时选【一样的也收】"


class Brought:
    """The cases that lines of one file bring up to date, each with its line."""

    def __init__(self) -> None:
        self._lines: dict[str, LedgerLine] = {}

    def again(self, line: LedgerLine, number: str) -> str:
        """Why a line cannot be brought into a case: one before it is about the same; empty for the first."""
        first = self._lines.setdefault(number, line)
        if (first.sheet, first.line) == (line.sheet, line.line):
            return ""
        where = f"【{first.sheet}】" if first.sheet != line.sheet else ""
        return TWO_LINES.format(f"{where}第{first.line}行", number)


def other_number(line: LedgerLine, site: str, here: Container[int], queries: Queries) -> str:
    """Why a line may be about a case that has another number: the same day, applicant and content, or a number that may be its; empty where
    nothing speaks for it. ``here`` are the facts that tell the cases apart."""
    cells = line.cells
    if same_facts(cells["收到日期"], cells["申请人"], cells["申请内容"]) in here:
        known = queries.number_of_line(cells["收到日期"], cells["申请人"], cells["申请内容"])
        return OTHER_NUMBER.format(known, known) if known else ""
    meant = meant_case_no(cells["登记号"], site, year_of(cells["收到日期"]))
    return BARE_NUMBER.format(meant) if meant and queries.has_number(meant) else ""
