"""The events of a case's life, a pydantic discriminated union on ``act``. They are facts: immutable, dated, signed."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter

from deskapp.law import annual_report, receipt
from deskapp.law import clock_events as clock
from deskapp.law.annual_report import Outcome, Route
from deskapp.law.categories import Review
from deskapp.law.clock_events import Day, ServedBy
from deskapp.law.identity import paper_key
from deskapp.register.event import Event as Event
from deskapp.register.event import OfLetter as OfLetter
from deskapp.register.events_after import BY_PROGRAM as BY_PROGRAM
from deskapp.register.events_after import Erased as Erased
from deskapp.register.events_after import FollowedUp as FollowedUp
from deskapp.register.events_after import LateExplained as LateExplained
from deskapp.register.events_after import PlatformEntered as PlatformEntered
from deskapp.register.events_after import PrintEnded as PrintEnded
from deskapp.register.events_after import PublicationJudged as PublicationJudged
from deskapp.register.events_after import Redacted as Redacted
from deskapp.register.events_house import Referred as Referred
from deskapp.register.events_house import ReferredBack as ReferredBack
from deskapp.register.events_papers import Attached as Attached
from deskapp.register.events_papers import Detached as Detached
from deskapp.register.events_people import AgentNamed as AgentNamed
from deskapp.register.events_people import OneWithdrew as OneWithdrew
from deskapp.register.events_people import ReceiptConfirmed as ReceiptConfirmed
from deskapp.register.events_people import Talked as Talked
from deskapp.register.people import People

# Registers of the first versions, and ledgers, have the names.
Channel = Annotated[receipt.Channel, BeforeValidator(receipt.channel_key)]
ApplicantClass = Annotated[annual_report.ApplicantClass, BeforeValidator(annual_report.column_key)]
PaperKind = Annotated[str, BeforeValidator(paper_key)]  # ledgers name papers as they like

PartyPosition = Literal["", "agreed", "refused", "partly", "silent", "unreachable"]
BY_LEDGER = "台账导入"  # who noted what a ledger says


class Received(clock.Received, People, Event):
    """An application was received; ``on`` is the legal day of receipt (条例 31), ``handed_over_on`` the day it reached
    the desk. ``mail_number`` and ``signed_by`` belong to registered mail, ``confirmed_on`` to the channels whose day both
    sides confirm, ``difficulty`` (why it was not written) to an oral one, ``split_from`` to an item made of another.
    While it is ``unconfirmed``, ``on`` is the day it came, from which the period is counted for safety."""

    case_no: str
    channel: Channel
    applicant: str
    applicant_class: ApplicantClass
    content: str
    id_kind: PaperKind = ""
    id_number: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    email: str = ""
    legal_representative: str = ""
    delivery_form: str = ""
    mail_number: str = ""
    signed_by: str = ""
    handed_over_on: Day | None = None
    confirmed_on: Day | None = None
    unconfirmed: bool = False
    difficulty: str = ""
    split_from: str = ""
    remark: str = ""


class Split(Event):
    """The application held several; it keeps ``content``, the others became cases under the numbers ``into``
    (办法 4: 一事一申请)."""

    act: Literal["split"] = "split"
    content: str
    into: tuple[str, ...]


class CorrectionRequested(clock.CorrectionRequested, OfLetter):
    """A 补正告知 was issued."""


class Corrected(clock.Corrected, Event):
    """The corrected application came in, with its new wording if it changed."""

    content: str = ""


class ReasonRequested(clock.ReasonRequested, OfLetter):
    """The applicant was asked why so many or so often (条例 35)."""

    respond_by: Day | None = None


class ReasonGiven(Event):
    """The applicant gave reasons; ``reasonable`` is what the office made of them, None while undecided."""

    act: Literal["reason_given"] = "reason_given"
    reason: str
    reasonable: bool | None = None


class PartyConsulted(clock.PartyConsulted, OfLetter):
    """A third party was asked for its opinion (条例 32)."""


class PartyAnswered(clock.PartyAnswered, Event):
    """The third party answered, or did not: what its ``position`` is, and its ``reason`` or how it was tried to be reached
    (条例 32). ``agrees`` is what the first versions kept of it."""

    agrees: bool | None = None
    position: PartyPosition = ""
    reason: str = ""


class AgencyConsulted(clock.AgencyConsulted, OfLetter):
    """Another agency was asked (条例 34)."""


class AgencyAnswered(clock.AgencyAnswered, Event):
    """The agency answered."""


class Extended(clock.Extended, OfLetter):
    """The answer period was extended (条例 33)."""


class FeeNoticed(clock.FeeNoticed, OfLetter):
    """A fee notice went out."""

    fee_fen: int = 0


class FeePaid(clock.FeePaid, Event):
    """The fee was paid."""


class Deferred(clock.Deferred, OfLetter):
    """A reasonable later day was set (条例 35)."""


class Withdrawn(clock.Withdrawn, OfLetter):
    """The applicant withdrew; ``number`` is the 文号 of a confirmation written outside."""

    number: str = ""


class Interrupted(clock.Interrupted, Event):
    """Something nobody could foresee or prevent stood in the way."""


class Drafted(Event):
    """A letter was drafted; ``why`` are the answers of the guide that led to it."""

    act: Literal["drafted"] = "drafted"
    kind: str
    why: str = ""


class Reviewed(Event):
    """An opinion before issue: who gave it, what it says, and whether it agrees. One that is given to the text of a letter names its
    ``kind`` and the mark of its ``text``; ``how``: noted from paper, or given at the desk with the person's own PIN."""

    act: Literal["reviewed"] = "reviewed"
    review: Review
    who: str
    opinion: str
    agreed: bool = True
    kind: str = ""
    text: str = ""
    how: Literal["", "paper", "desk"] = ""


class Issued(Event):
    """A letter took its number and was frozen; ``category`` is set when it is the answer. ``sha256`` is that of the PDF,
    ``seal`` that of everything else the register keeps of the letter (empty in registers of the first versions)."""

    act: Literal["issued"] = "issued"
    letter_id: str
    kind: str
    title: str
    number: str = ""
    category: str = ""
    sha256: str
    pages: int
    seal: str = ""


class Voided(Event):
    """A number was given up: a letter's that was never delivered, or the case's own when it was registered by mistake."""

    act: Literal["voided"] = "voided"
    number: str
    why: str = Field(min_length=1)


class Answered(Event):
    """An answer known from a ledger: its letter is not in this register."""

    act: Literal["answered"] = "answered"
    category: str
    number: str = ""


class Printed(Event):
    """A letter was sent to a printer; ``job`` is the queue's name for it, ``outcome`` what the queue said. A second print
    of the same letter is a reprint, and has its reason."""

    act: Literal["printed"] = "printed"
    letter_id: str
    printer: str
    job: str = ""
    outcome: Literal["printed", "waiting", "saved", "cancelled"]
    why: str = ""


class Copied(Event):
    """A copy marked 副本 was made of a frozen letter."""

    act: Literal["copied"] = "copied"
    letter_id: str
    to: str = ""


class Served(Event):
    """A letter was delivered: ``on`` is the day that decides, ``proof`` the receipt or mail number; ``arrived_on`` is when
    one that was posted or sent reached the other side, if known."""

    act: Literal["served"] = "served"
    way: ServedBy
    arrived_on: Day | None = None
    letter_id: str = ""
    proof: str = ""
    signed_by: str = ""
    relation: str = ""


class Arrived(Event):
    """A letter that was posted or sent reached the other side on that day."""

    act: Literal["arrived"] = "arrived"
    letter_id: str = ""


class Returned(Event):
    """A delivery failed: the letter came back. It may be served again. ``our_fault``: the name or address was written wrong by
    the office, so that the day of posting counts for nothing."""

    act: Literal["returned"] = "returned"
    our_fault: bool = False
    letter_id: str = ""
    why: str = ""


class Closed(Event):
    """The case ended without a letter of its own, in the category under which the year counts it."""

    act: Literal["closed"] = "closed"
    category: str
    why: str = Field(min_length=1)


class Disputed(Event):
    """A 行政复议 or 行政诉讼 about the answer began: ``on`` is the day the copy of the application or complaint came in,
    unless it is not ``dated``: a ledger tells the outcome and not the day. ``answer_by`` is the last day that the notice itself names."""

    act: Literal["disputed"] = "disputed"
    route: Route
    outcome: Outcome = "pending"
    reference: str = ""
    dated: bool = True
    answer_by: Day | None = None


class DisputeAnswered(Event):
    """The office handed in its answer (复议答复, 行诉答辩) in the open matter of that route."""

    act: Literal["dispute_answered"] = "dispute_answered"
    route: Route


class DisputeDecided(Event):
    """The open matter of that route was decided; ``result`` is how, by its key in the law's data."""

    act: Literal["dispute_decided"] = "dispute_decided"
    route: Route
    outcome: Outcome
    result: str = ""
    reference: str = ""


class Appealed(Event):
    """A judgment of first instance is appealed by ``who``: the suit goes on (行政诉讼法 85). ``on`` is the day the copy came in, or the
    office handed in its own."""

    act: Literal["appealed"] = "appealed"
    route: Route
    who: str = ""


class RedoOrdered(clock.RedoOrdered, OfLetter):
    """The answer was set aside (``partly``, if only a part of it) or was never given, and a new one is due: by review or court, or
    of one's own motion with its reason (复议法 64, 行诉法 70, 72). ``procedural``: only for a fault of procedure, so that the same answer
    may be given again (复议法 64 para 2)."""

    partly: bool = False
    procedural: bool = False
    why: str = ""


class Archived(Event):
    """The file was closed and put away."""

    act: Literal["archived"] = "archived"
    archive_no: str = ""


AmendedField = Literal[
    "applicant", "applicant_class", "phone", "address", "content", "id_kind", "id_number", "channel", "received_on",
    "delivery_form", "mail_number", "signed_by", "remark", "postcode", "email", "legal_representative", "agent", "guardian",
    "others", "representatives",
]  # fmt: skip


class Amended(Event):
    """A fact of the registration was put right: which field, its new value, why."""

    act: Literal["amended"] = "amended"
    field: AmendedField
    value: str
    why: str = Field(min_length=1)


class Struck(Event):
    """An entry of the journal was noted by mistake: the ``n``-th event of the case (the receipt is 0) counts no more."""

    act: Literal["struck"] = "struck"
    n: int = Field(ge=1)
    why: str = Field(min_length=1)


AnyEvent = Annotated[
    Received
    | ReceiptConfirmed
    | Talked
    | AgentNamed
    | OneWithdrew
    | Referred
    | ReferredBack
    | Split
    | CorrectionRequested
    | Corrected
    | ReasonRequested
    | ReasonGiven
    | PartyConsulted
    | PartyAnswered
    | AgencyConsulted
    | AgencyAnswered
    | Extended
    | FeeNoticed
    | FeePaid
    | Deferred
    | Withdrawn
    | Interrupted
    | Drafted
    | Reviewed
    | Issued
    | Voided
    | Answered
    | Printed
    | PrintEnded
    | Copied
    | Redacted
    | Served
    | Arrived
    | Returned
    | Closed
    | PublicationJudged
    | FollowedUp
    | LateExplained
    | PlatformEntered
    | Disputed
    | DisputeAnswered
    | DisputeDecided
    | Appealed
    | RedoOrdered
    | Archived
    | Attached
    | Detached
    | Amended
    | Struck
    | Erased,
    Field(discriminator="act"),
]
EVENT: TypeAdapter[AnyEvent] = TypeAdapter(AnyEvent, config=ConfigDict(defer_build=True))
EVENTS: tuple[type[Event], ...] = get_args(get_args(AnyEvent)[0])
