"""Handover: one clerk leaves, another comes: what is open, what waits, on one sheet that both sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict

from deskapp.clock import Clock
from deskapp.desk.cases.board import Board, BoardRow, MatterDue
from deskapp.desk.cases.mail_log import Waiting
from deskapp.desk.office.staff import ColleagueDraft, Staff
from deskapp.desk.seat import Seat
from deskapp.desk.sheets.loose import LooseSheet, Sheets
from deskapp.errors import DeskError
from deskapp.law.report_checks import ROUTE_NAMES
from deskapp.parsing import one_line
from deskapp.register.backups_noted import last_outside
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
    """Everything that is not done: cases with their last day and next step, mail, answers that a review or a suit waits for with the
    ``names`` of the applicants by number, what is to be archived."""

    cases: tuple[BoardRow, ...]
    mail: tuple[Waiting, ...]
    matters: tuple[MatterDue, ...]
    names: dict[str, str]
    to_serve: int
    to_archive: int

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        parts = [f"没有办结的{len(self.cases)}件"]
        parts += [f"其中待送达{self.to_serve}件"] if self.to_serve else []
        parts += [f"待归档{self.to_archive}件"] if self.to_archive else []
        parts += [f"没有登记的信件{len(self.mail)}封"] if self.mail else []
        parts += [f"要答复的复议、诉讼{len(self.matters)}件"] if self.matters else []
        return "，".join(parts) + "。"

    @property
    def rows(self) -> list[tuple[str, str, str, str]]:
        """What the sheet lists: number, who, last day, next step; what a review or a suit waits for among it."""
        cases = [(r.case_no, r.applicant, _day(r.due_on) if r.due_on else "期限停着", r.next_act) for r in self.cases]
        asked = [
            (m.case_no, self.names.get(m.case_no, ""), _day(m.simple_on or m.due_on), _step(m)) for m in self.matters
        ]
        return [*cases, *asked]


@dataclass(frozen=True)
class TakenOver:
    """Who takes over: whether he was entered among the office's people just now, and whether he has still to prove who he is."""

    name: str
    entered: bool
    asks: bool
    contact: str = ""  # whom letters name still

    @property
    def sentence(self) -> str:
        """What is said of it."""
        entered = f"已经把{self.name}添进人员。" if self.entered else ""
        contact = (
            f"文书上的联系人还是{self.contact}，要换的在【单位】里改。" if self.contact not in ("", self.name) else ""
        )
        return f"{entered}现在坐在这里的是{self.name}；移交的人不在这里办了的，在【人员】里记下离开。{contact}"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _step(matter: MatterDue) -> str:
    return f"{ROUTE_NAMES[matter.route][2:4]}：提交{'答复' if matter.route == 'review' else '答辩'}"


class Handover:
    """The moment the desk changes hands."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        board: Callable[[], Board],
        mail: Callable[[], list[Waiting]],
        matters: Callable[[], list[MatterDue]],
        loose: Sheets,
        seat: Seat,
        staff: Staff,
    ) -> None:
        self._journal, self._clock = journal, clock
        self._board, self._mail, self._matters, self._sheets = board, mail, matters, loose
        self._seat, self._staff = seat, staff

    def open(self) -> Open:
        """What is open now."""
        groups = self._board().groups
        cases = tuple(row for rows in groups.values() for row in rows)
        matters = tuple(self._matters())
        named = {row.case_no: row.who for row in self._journal.queries.by_numbers([m.case_no for m in matters])}
        return Open(cases, tuple(self._mail()), matters, named, len(groups["to_serve"]), len(groups["to_archive"]))

    def draft(self) -> HandoverDraft:
        """The form to begin with; a backup is handed over where one was made."""
        mail = [
            f"没有登记的{item.row.kind_name}{item.row.number}（{item.row.signed_on}签收）" for item in self._mail()
        ]
        made = last_outside(self._journal.store)
        backup = [f"登记簿备份1份（{made}）"] if made else []
        return HandoverDraft(from_whom=self._journal.by(), things="\n".join([*backup, *mail]))

    def sheet(self, draft: HandoverDraft) -> LooseSheet:
        """The sheet, with every open case. Raises DeskError when a name is missing."""
        for name, label in (("from_whom", "移交人"), ("to_whom", "接收人")):
            if not one_line(getattr(draft, name)):
                raise DeskError(f"没有填{label}。", "没有印。", "请填写姓名。", name)
        rows = [list(row) for row in self.open().rows]
        facts = {
            "from_whom": one_line(draft.from_whom),
            "to_whom": one_line(draft.to_whom),
            "witness": one_line(draft.witness),
            "entries": rows,
            "signs": sign_on_paper(self._journal.store),
            "things": [text for line in draft.things.splitlines() if (text := one_line(line))],
        }
        return self._sheets.form(KIND, facts)

    def take_over(self, draft: HandoverDraft) -> TakenOver:
        """The one who takes over sits here from now on, once both names stand on the sheet; whoever is not among the office's people is
        entered. One who has a PIN has still to prove himself. Raises DeskError where several have that name."""
        name = one_line(draft.to_whom)
        here = [one for one in self._seat.people() if name in (one.called, one.name)]
        one = self._staff.named(name) if here else self._staff.enter(ColleagueDraft(name=name))
        asks = bool(one.pin)
        if not asks:
            self._seat.take(one.key)
        return TakenOver(one.called, not here, asks, self._contact())

    def _contact(self) -> str:
        """Whom letters name for questions; empty as long as the unit is not filled in."""
        try:
            return self._journal.unit(self._clock.today()).contact
        except DeskError:
            return ""
