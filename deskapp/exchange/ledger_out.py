"""A case as a line of the ledger, and a bad line with its reasons: the way out, and back to whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from deskapp.exchange.bad_cells import reasons_of
from deskapp.exchange.heading import RETURNED
from deskapp.exchange.ledger import SECOND_ANSWER, LedgerLine
from deskapp.exchange.ledger_columns import COLUMNS, NOT_CONFIRMED, ORDERS, OUTCOMES, SUITS, WAYS
from deskapp.exchange.sheet_records import place
from deskapp.exchange.sheets import Cells
from deskapp.law.annual_report import class_names
from deskapp.law.categories import category
from deskapp.law.identity import paper_name
from deskapp.law.receipt import channel_rule
from deskapp.register.case import Case, Earlier, Matter


def cells_of(case: Case) -> Cells:
    """A case as a line of the ledger, in the order of the columns; taken in again it is the same case. Of more than two answers it has
    the one that the year counts, the first, and the one that followed it."""
    received, answer = case.received, case.first_answer
    review = next((m for m in reversed(case.disputes) if m.route == "review"), None)
    suit = next((m for m in reversed(case.disputes) if m.route != "review"), None)
    return [
        received.case_no, received.on.isoformat(), channel_rule(received.channel).name, received.applicant,
        class_names()[received.applicant_class], paper_name(received.id_kind), received.id_number, received.phone, received.address,
        received.content, received.delivery_form, *_answer_cells(answer), _outcome(review),
        _named(SUITS, suit.route) if suit else "", _outcome(suit), received.remark,
        received.agent.line if received.agent else "", received.guardian.line if received.guardian else "",
        "；".join(person.line for person in received.others), "、".join(received.representatives),
        received.legal_representative, received.postcode, received.email, NOT_CONFIRMED if received.unconfirmed else "",
        *_second_cells(case, answer),
    ]  # fmt: skip


def _answer_cells(answer: Earlier | Case) -> Cells:
    """An answer and its delivery in their six columns."""
    served = answer.served
    return [
        category(answer.category).name if answer.category else "", answer.closed_on.isoformat() if answer.closed_on else "",
        answer.number, _named(WAYS, served.way) if served else "", served.on.isoformat() if served else "",
        served.proof if served else "",
    ]  # fmt: skip


def _second_cells(case: Case, first: Earlier | Case) -> Cells:
    """The order that set the first answer aside, and the answer that followed."""
    if not isinstance(first, Earlier):
        return [""] * (4 + len(SECOND_ANSWER))
    order = first.order
    answers: list[Earlier | Case] = [*case.earlier, case]
    by = _named(ORDERS, (order.ordered_by, order.partly))
    days = f"{order.days}日" if order.days else str(order.working_days or "")
    return [by, order.number, order.on.isoformat(), days, *_answer_cells(answers[answers.index(first) + 1])]


def _outcome(matter: Matter | None) -> str:
    return _named(OUTCOMES, matter.outcome) if matter else ""


def _named(names: Mapping[str, object], key: object) -> str:
    """The first word that a column has for a value."""
    return next(name for name, value in names.items() if value == key)


@dataclass(frozen=True)
class ReturnedLine:
    """A bad line on its way back: its cells as they were written, those of the columns that were not taken, where it stood, its reasons."""

    cells: Cells
    rest: Mapping[str, str]
    where: str
    reasons: str


def returned(line: LedgerLine) -> ReturnedLine:
    """A bad line as it goes back."""
    written = line.as_written()
    return ReturnedLine(
        [written[column] for column in COLUMNS], line.rest, place(line.sheet, line.line), reasons_of(line.bad)
    )


def returned_lines(lines: Sequence[ReturnedLine]) -> Iterator[Cells]:
    """The table that goes back: our columns, those of the file that were not taken, and those of :data:`RETURNED`."""
    others = list(dict.fromkeys(name for line in lines for name in line.rest))
    yield [*COLUMNS, *others, *RETURNED]
    for line in lines:
        yield [*line.cells, *(line.rest.get(name, "") for name in others), line.where, line.reasons]
