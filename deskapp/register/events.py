"""The events of a case's life, a pydantic discriminated union on ``act``. They are facts: immutable, dated, signed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from deskapp.law.annual_report import ApplicantClass, Outcome, Route
from deskapp.law.categories import Review
from deskapp.law.clock_events import Day, ServedBy

Channel = Literal["当面", "挂号邮寄", "平信", "网络", "传真", "口头"]


class Event(BaseModel):
    """What every event has: the day it counts for, and who noted it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: Day
    by: str = ""


class Received(Event):
    """An application was received; ``on`` is the legal day of receipt (条例 31), ``handed_over_on`` the day it reached
    the desk. ``mail_number`` and ``signed_by`` belong to registered mail."""

    act: Literal["received"] = "received"
    case_no: str
    channel: Channel
    applicant: str
    applicant_class: ApplicantClass
    content: str
    id_kind: str = ""
    id_number: str = ""
    phone: str = ""
    address: str = ""
    delivery_form: str = ""
    mail_number: str = ""
    signed_by: str = ""
    handed_over_on: Day | None = None
    remark: str = ""


class CorrectionRequested(Event):
    """A 补正告知 was issued; ``letter_id`` is empty when it was written outside."""

    act: Literal["correction_requested"] = "correction_requested"
    respond_by: Day | None = None
    letter_id: str = ""


class Corrected(Event):
    """The corrected application came in, with its new wording if it changed."""

    act: Literal["corrected"] = "corrected"
    content: str = ""


class PartyConsulted(Event):
    """A third party was asked for its opinion (条例 32)."""

    act: Literal["party_consulted"] = "party_consulted"
    party: str
    received_by_party_on: Day | None = None


class PartyAnswered(Event):
    """The third party answered."""

    act: Literal["party_answered"] = "party_answered"
    party: str
    agrees: bool | None = None


class AgencyConsulted(Event):
    """Another agency was asked (条例 34)."""

    act: Literal["agency_consulted"] = "agency_consulted"
    agency: str
    received_by_agency_on: Day | None = None


class AgencyAnswered(Event):
    """The agency answered."""

    act: Literal["agency_answered"] = "agency_answered"
    agency: str


class Extended(Event):
    """The answer period was extended (条例 33)."""

    act: Literal["extended"] = "extended"
    working_days: int = Field(ge=1)
    approved_by: str = ""


class FeeNoticed(Event):
    """A fee notice went out."""

    act: Literal["fee_noticed"] = "fee_noticed"
    fee_fen: int = 0


class FeePaid(Event):
    """The fee was paid."""

    act: Literal["fee_paid"] = "fee_paid"


class Deferred(Event):
    """A reasonable later day was set (条例 35)."""

    act: Literal["deferred"] = "deferred"
    until: Day


class Withdrawn(Event):
    """The applicant withdrew."""

    act: Literal["withdrawn"] = "withdrawn"


class Reviewed(Event):
    """An opinion before issue: who gave it and what it says."""

    act: Literal["reviewed"] = "reviewed"
    review: Review
    who: str
    opinion: str


class Issued(Event):
    """A letter took its number and was frozen; ``category`` is set when it is the answer."""

    act: Literal["issued"] = "issued"
    letter_id: str
    kind: str
    title: str
    number: str = ""
    category: str = ""
    sha256: str
    pages: int


class Answered(Event):
    """An answer known from a ledger: its letter is not in this register."""

    act: Literal["answered"] = "answered"
    category: str
    number: str = ""


class Printed(Event):
    """A letter was sent to a printer; ``job`` is the queue's name for it, ``outcome`` what the queue said."""

    act: Literal["printed"] = "printed"
    letter_id: str
    printer: str
    job: str = ""
    outcome: Literal["printed", "waiting", "saved"]


class Served(Event):
    """A letter was delivered: ``on`` is the day that decides, ``proof`` the receipt or mail number."""

    act: Literal["served"] = "served"
    way: ServedBy
    letter_id: str = ""
    proof: str = ""
    signed_by: str = ""
    relation: str = ""


class Disputed(Event):
    """A 行政复议 or 行政诉讼 about the answer, with its outcome so far."""

    act: Literal["disputed"] = "disputed"
    route: Route
    outcome: Outcome


class Archived(Event):
    """The file was closed and put away."""

    act: Literal["archived"] = "archived"
    archive_no: str = ""


class Amended(Event):
    """A fact of the registration was put right: which field, its new value, why."""

    act: Literal["amended"] = "amended"
    field: Literal["applicant", "applicant_class", "phone", "address", "content", "id_number"]
    value: str
    why: str


AnyEvent = Annotated[
    Received
    | CorrectionRequested
    | Corrected
    | PartyConsulted
    | PartyAnswered
    | AgencyConsulted
    | AgencyAnswered
    | Extended
    | FeeNoticed
    | FeePaid
    | Deferred
    | Withdrawn
    | Reviewed
    | Issued
    | Answered
    | Printed
    | Served
    | Disputed
    | Archived
    | Amended,
    Field(discriminator="act"),
]
EVENT: TypeAdapter[AnyEvent] = TypeAdapter(AnyEvent)

NAMES: dict[str, str] = {
    "received": "收到申请",
    "correction_requested": "发出补正告知",
    "corrected": "收到补正",
    "party_consulted": "征求第三方意见",
    "party_answered": "第三方答复",
    "agency_consulted": "征求机关意见",
    "agency_answered": "机关答复",
    "extended": "延长答复期限",
    "fee_noticed": "发出收费通知",
    "fee_paid": "完成缴费",
    "deferred": "延迟答复",
    "withdrawn": "申请人撤回",
    "reviewed": "审查意见",
    "issued": "发出文书",
    "answered": "已答复（台账）",
    "printed": "打印",
    "served": "送达",
    "disputed": "复议或诉讼",
    "archived": "归档",
    "amended": "更正登记",
}
