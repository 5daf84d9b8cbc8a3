"""Handover: one clerk leaves, another comes: what is open, what waits, on one sheet that both sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from deskapp.clock import Clock
from deskapp.desk.cases.board import Board, BoardRow
from deskapp.desk.cases.mail_log import Waiting
from deskapp.desk.sheets.loose import LooseSheet, Sheets
from deskapp.errors import DeskError
from deskapp.parsing import one_line
from deskapp.register.heads import sign_on_paper
from deskapp.register.journal import Journal

KIND = "handover_sheet"


class HandoverDraft(BaseModel):
    """The form as it is typed."""

    model_config = ConfigDict(extra="ignore")

    from_whom: str = ""
    to_whom: str = ""
    witness: str = ""
    things: str = ""


@dataclass(frozen=True)
class Open:
    """Everything that is not done: cases with their last day and next step, mail, what is to be archived."""

    cases: tuple[BoardRow, ...]
    mail: tuple[Waiting, ...]
    to_serve: int
    to_archive: int

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        parts = [f"没有办结的{len(self.cases)}件"]
        parts += [f"其中待送达{self.to_serve}件"] if self.to_serve else []
        parts += [f"待归档{self.to_archive}件"] if self.to_archive else []
        parts += [f"没有登记的信件{len(self.mail)}封"] if self.mail else []
        return "，".join(parts) + "。"


class Handover:
    """The moment the desk changes hands."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        board: Callable[[], Board],
        mail: Callable[[], list[Waiting]],
        loose: Sheets,
    ) -> None:
        self._journal, self._clock = journal, clock
        self._board, self._mail, self._sheets = board, mail, loose

    def open(self) -> Open:
        """What is open now."""
        groups = self._board().groups
        cases = tuple(row for rows in groups.values() for row in rows)
        return Open(cases, tuple(self._mail()), len(groups["to_serve"]), len(groups["to_archive"]))

    def draft(self) -> HandoverDraft:
        """The form to begin with."""
        mail = [
            f"没有登记的{item.row.kind_name}{item.row.number}（{item.row.signed_on}签收）" for item in self._mail()
        ]
        things = "\n".join(["登记簿备份1份", *mail])
        return HandoverDraft(from_whom=self._journal.by(), things=things)

    def sheet(self, draft: HandoverDraft) -> LooseSheet:
        """The sheet, with every open case. Raises DeskError when a name is missing."""
        for name, label in (("from_whom", "移交人"), ("to_whom", "接收人")):
            if not one_line(getattr(draft, name)):
                raise DeskError(f"没有填{label}。", "没有印。", "请填写姓名。", name)
        rows = [
            [r.case_no, r.applicant, f"{r.due_on.month}月{r.due_on.day}日" if r.due_on else "期限停着", r.next_act]
            for r in self.open().cases
        ]
        facts = {
            "from_whom": one_line(draft.from_whom),
            "to_whom": one_line(draft.to_whom),
            "witness": one_line(draft.witness),
            "entries": rows,
            "signs": sign_on_paper(self._journal.store),
            "things": [text for line in draft.things.splitlines() if (text := one_line(line))],
        }
        return self._sheets.form(KIND, facts)
