"""A ledger's line about a case that is in the register: what it says that the register does not, where the two differ, and the acts that
bring the register up to it. Nothing that stands in the register gives way unless that was chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from deskapp.exchange.ledger import events_of
from deskapp.exchange.ledger_columns import COLUMNS, OUTCOMES
from deskapp.exchange.ledger_out import cells_of
from deskapp.register import events as ev
from deskapp.register.case import Case, counting
from deskapp.register.fold import fold, grow
from deskapp.register.tokens import fold_text
from deskapp.register.transitions import refusal, replayed
from deskapp.telling import MASKED

FACTS: dict[str, ev.AmendedField] = {
    "收到日期": "received_on", "收到方式": "channel", "申请人": "applicant", "申请人类别": "applicant_class", "证件类型": "id_kind",
    "证件号码": "id_number", "联系电话": "phone", "通信地址": "address", "申请内容": "content", "获取方式": "delivery_form", "备注": "remark",
    "代理人": "agent", "监护人": "guardian", "一起申请的人": "others", "推选的代表": "representatives",
    "法定代表人": "legal_representative", "邮政编码": "postcode", "电子邮箱": "email",
}  # fmt: skip
"""Columns of the registration, with what an amendment calls them."""
DISPUTES = ("复议结果", "诉讼结果")
PENDING = next(name for name, outcome in OUTCOMES.items() if outcome == "pending")
OUTCOME_ACTS = (
    ev.Answered,
    ev.Withdrawn,
    ev.Issued,
    ev.Closed,
    ev.Served,
    ev.Disputed,
    ev.DisputeDecided,
    ev.RedoOrdered,
)
NOT_OURS = "这一件的办理经过不是从台账来的，不能照台账改；请在案件里更正"
ANOTHER = "登记簿里这个号是另一件：{}，{}收到"
Decide = Callable[[str], bool | None]  # whether the ledger's cell of a column is taken; None: nobody has said
Line = dict[str, str]


@dataclass(frozen=True)
class Difference:
    """A cell that both have and that is not the same."""

    column: str
    here: str
    there: str


@dataclass(frozen=True)
class CaseUpdate:
    """What one line does to its case: acts, the columns that they fill or change, the differences that nobody has decided, how many are left
    as they are here; ``refused`` says why none of it can be done."""

    events: tuple[ev.AnyEvent, ...] = ()
    columns: tuple[str, ...] = ()
    undecided: tuple[Difference, ...] = ()
    kept: int = 0
    refused: str = ""


def line_of(case: Case) -> Line:
    """What the register says of a case, by column."""
    return dict(zip(COLUMNS, cells_of(case), strict=True))


def whole_line(case: Case, line: Line) -> Line:
    """A line that may be about a part of a case only, with what the register knows in its empty cells."""
    return {**line_of(case), **{column: cell for column, cell in line.items() if cell}, "登记号": case.case_no}


def other_case(case: Case, line: Line) -> str:
    """Why a line with the number of a case is about another one; empty when it is about that one."""
    there, here = (fold_text(text) for text in (line["申请人"], line_of(case)["申请人"]))
    strange = bool(there and here) and there not in here and here not in there and not MASKED.search(line["申请人"])
    return ANOTHER.format(case.applicant, case.received.on) if strange else ""


def update_of(case: Case, line: Line, why: str, today: date, decide: Decide) -> CaseUpdate:
    """What a line that was found good brings for its case. ``why`` is the source that amendments name."""
    here, whole = line_of(case), _as_exported(case, whole_line(case, line))
    given = [
        column
        for column in COLUMNS
        if line[column] and here[column] != whole[column] and not _noted(column, here, whole)
    ]
    differing = [column for column in given if here[column] and not _is_progress(column, here, whole)]
    decided = {column: decide(column) for column in differing}
    undecided = tuple(
        Difference(column, here[column], whole[column]) for column in differing if decided[column] is None
    )
    if undecided:
        return CaseUpdate(undecided=undecided)
    columns = tuple(column for column in given if decided.get(column) is not False)
    kept = len(given) - len(columns)
    wanted = _as_exported(case, {**here, **{column: whole[column] for column in columns}})
    made = _checked(case, wanted, columns, list(_acts(case, here, wanted, columns, why, today)), today)
    return replace(made, kept=kept)


def _noted(column: str, here: Line, there: Line) -> bool:
    """Whether the remark of a line stands in the register's already, which may have more: what an import put there."""
    return column == "备注" and set(there[column].split("；")) <= set(here[column].split("；"))


def _is_progress(column: str, here: Line, there: Line) -> bool:
    """Whether a review or suit that was pending here has come to something there."""
    return column in DISPUTES and here[column] == PENDING != there[column]


def _as_exported(case: Case, line: Line) -> Line:
    """A line in the words of the register."""
    return line_of(fold(case.case_id, events_of(line, case.case_no)))


def _checked(
    case: Case, wanted: Line, columns: tuple[str, ...], events: list[ev.AnyEvent], today: date
) -> CaseUpdate:
    """The update, after its acts were tried on the case: each may happen next, and the line comes of it."""
    after = case
    for event in events:
        if why := refusal(after, event, today) or replayed(after, event):
            return CaseUpdate(refused=why.rstrip("。"))
        after = grow(after, event)
    become = line_of(after)
    if any(become[column] != wanted[column] for column in columns):
        return CaseUpdate(refused=NOT_OURS)
    return CaseUpdate(tuple(events), columns)


def _acts(
    case: Case, here: Line, wanted: Line, columns: Iterable[str], why: str, today: date
) -> Iterator[ev.AnyEvent]:
    """The acts that make of what is here what is wanted: amendments of the registration, then what became of it."""
    for column in columns:
        if column in FACTS:
            yield ev.Amended(on=today, by=ev.BY_LEDGER, field=FACTS[column], value=wanted[column], why=why)
    before, after = events_of(here, case.case_no)[1:], events_of(wanted, case.case_no)[1:]
    if [event for event in before if event not in after and not isinstance(event, ev.Disputed)] or _changed_dispute(
        here, wanted
    ):
        yield from _told_again(case, after, why, today)
        return
    yield from (event for event in after if event not in before and not isinstance(event, ev.Disputed))
    yield from _disputes(here, wanted, after, today)


def _changed_dispute(here: Line, wanted: Line) -> bool:
    """Whether a review or suit that is here has ended otherwise there."""
    return any(
        here[x] and here[x] != wanted[x] and not _is_progress(x, here, wanted) for x in (*DISPUTES, "诉讼类型")
    )


def _disputes(here: Line, wanted: Line, after: Iterable[ev.AnyEvent], today: date) -> Iterator[ev.AnyEvent]:
    """Reviews and suits that are new, or that have come to something: on the day that this is noted, for a ledger has no other."""
    for event in after:
        if not isinstance(event, ev.Disputed):
            continue
        column = "复议结果" if event.route == "review" else "诉讼结果"
        if not here[column]:
            yield event
        elif _is_progress(column, here, wanted):
            yield ev.DisputeDecided(on=today, by=ev.BY_LEDGER, route=event.route, outcome=event.outcome)


def _told_again(case: Case, after: Iterable[ev.AnyEvent], why: str, today: date) -> Iterator[ev.AnyEvent]:
    """What an earlier ledger told is struck out and told once more. What was done here itself stays: then the result is not what
    is wanted, and that is refused."""
    told = [n for n, event in counting(case.history) if isinstance(event, OUTCOME_ACTS) and event.by == ev.BY_LEDGER]
    for n in reversed(told):
        yield ev.Struck(on=today, by=ev.BY_LEDGER, n=n, why=why)
    yield from after


def decision_of(chosen: Mapping[tuple[str, str], bool], case_no: str, otherwise: bool | None) -> Decide:
    """What was chosen for the cells of a case, by number and column; ``otherwise`` for the rest."""
    return lambda column: chosen.get((case_no, column), otherwise)
