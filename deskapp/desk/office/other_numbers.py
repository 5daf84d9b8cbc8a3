"""A line of a ledger whose own number the register does not know, and that may be about a case it has all the same."""

from __future__ import annotations

from collections.abc import Container

from deskapp.exchange.ledger import LedgerLine, year_of
from deskapp.register.numbers import meant_case_no
from deskapp.register.queries import Queries
from deskapp.register.tokens import same_facts

OTHER_NUMBER = "登记簿里的{}收到日期、申请人、申请内容都和这一行一样，登记号却不是这个；是同一件的，请把登记号改成{}；确实是另一件的，导入时选【一样的也收】"
BARE_NUMBER = "这不是写全的登记号，可能是登记簿里的{}；是那一件的，请把登记号写全；不是的，导入时选【一样的也收】"


def other_number(line: LedgerLine, site: str, here: Container[int], queries: Queries) -> str:
    """Why a line may be about a case that has another number: the same day, applicant and content, or a number that may be its; empty where
    nothing speaks for it. ``here`` are the facts that tell the cases apart."""
    cells = line.cells
    if same_facts(cells["收到日期"], cells["申请人"], cells["申请内容"]) in here:
        known = queries.number_of_line(cells["收到日期"], cells["申请人"], cells["申请内容"])
        return OTHER_NUMBER.format(known, known) if known else ""
    meant = meant_case_no(cells["登记号"], site, year_of(cells["收到日期"]))
    return BARE_NUMBER.format(meant) if meant and queries.has_number(meant) else ""
