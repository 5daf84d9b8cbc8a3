"""The events that the deadline clock understands, as a pydantic discriminated union on ``act``."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from deskapp.law.dated import Frozen, Sourced, load
from deskapp.law.errors import LawError


def iso_date(value: Any) -> Any:
    """Accept a date or ``YYYY-MM-DD`` text only; pydantic alone would also take numbers as epochs."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return date.fromisoformat(value)
    if not isinstance(value, date):
        raise ValueError("日期要写成 YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(iso_date)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
ServedBy = Literal["in_person", "entrusted", "registered_mail", "online", "courier"]


class ClockAct(Frozen):
    """What every act of the clock has: the day it counts for. The register's own events of these acts are subclasses."""

    on: Day


class Received(ClockAct):
    """The application was received (条例第三十一条)."""

    act: Literal["received"] = "received"


class CorrectionRequested(ClockAct):
    """A 补正告知 went out; ``respond_by`` is the last day given to the applicant."""

    act: Literal["correction_requested"] = "correction_requested"
    respond_by: Day | None = None


class Corrected(ClockAct):
    """The corrected application was received."""

    act: Literal["corrected"] = "corrected"


class PartyConsulted(ClockAct):
    """A third party was asked; ``received_by_party_on`` is when it got the letter, if known."""

    act: Literal["party_consulted"] = "party_consulted"
    party: Name
    received_by_party_on: Day | None = None


class PartyAnswered(ClockAct):
    """The third party answered."""

    act: Literal["party_answered"] = "party_answered"
    party: Name


class AgencyConsulted(ClockAct):
    """Another agency was asked; ``received_by_agency_on`` is when it got the letter, if known."""

    act: Literal["agency_consulted"] = "agency_consulted"
    agency: Name
    received_by_agency_on: Day | None = None


class AgencyAnswered(ClockAct):
    """The agency answered."""

    act: Literal["agency_answered"] = "agency_answered"
    agency: Name


class Extended(ClockAct):
    """The period was extended by ``working_days``, with the consent of ``approved_by``."""

    act: Literal["extended"] = "extended"
    working_days: int = Field(ge=1, strict=True)
    approved_by: str = ""


class FeeNoticed(ClockAct):
    """A fee notice went out; ``received_on`` is when the applicant got it, if known: the days to pay follow that day."""

    act: Literal["fee_noticed"] = "fee_noticed"
    received_on: Day | None = None


class FeePaid(ClockAct):
    """The fee was paid in full."""

    act: Literal["fee_paid"] = "fee_paid"


class Deferred(ClockAct):
    """A reasonable later day ``until`` was set and told to the applicant (条例第三十五条)."""

    act: Literal["deferred"] = "deferred"
    until: Day


class Withdrawn(ClockAct):
    """The applicant withdrew."""

    act: Literal["withdrawn"] = "withdrawn"


class Served(ClockAct):
    """The answer reached the applicant in the sense of 国办公开办函〔2016〕235号: ``on`` is the deciding day."""

    act: Literal["served"] = "served"
    by: ServedBy


ClockEvent = Annotated[
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
    | Served,
    Field(discriminator="act"),
]
_EVENTS: TypeAdapter[list[ClockEvent]] = TypeAdapter(list[ClockEvent], config=ConfigDict(defer_build=True))

CLOCK_ACTS: tuple[type[ClockAct], ...] = get_args(get_args(ClockEvent)[0])

# Events of one day are taken in this order, whatever the order they were noted in.
SAME_DAY_ORDER = (
    "received", "correction_requested", "corrected", "fee_noticed", "fee_paid", "party_consulted", "agency_consulted",
    "party_answered", "agency_answered", "extended", "deferred", "withdrawn", "served",
)  # fmt: skip


class ActText(Sourced):
    """What one act is called at the counter, and the article it rests on."""

    name: str


class ClockRule(Sourced):
    """One sentence of how the clock counts, for the page that a lawyer reads."""

    text: str


class ActFile(Frozen):
    """The content of clock.toml."""

    rule: tuple[ClockRule, ...]
    act: dict[str, ActText]


def act_text(act: str) -> ActText:
    """What an act is called at the counter, and its article."""
    texts: dict[str, ActText] = load(ActFile, "clock.toml").act
    return texts[act]


def as_stored(event: ClockAct) -> str:
    """An event as JSON with the fields that the clock knows, whatever a subclass has besides."""
    known = next(cls for cls in type(event).__mro__ if cls in CLOCK_ACTS)
    return event.model_dump_json(include=set(known.model_fields))


def parse_events(raw: Any) -> list[ClockEvent]:
    """Events from decoded JSON. Raises LawError with the number of the bad event and what is wrong."""
    if not isinstance(raw, list) or not raw:
        raise LawError('事件表应当是一个不空的列表，写成 {"events": [{"on": "2022-09-30", "act": "received"}]}。')
    try:
        return _EVENTS.validate_python(raw)
    except ValidationError as error:
        raise LawError(_describe(error)) from error


def _describe(error: ValidationError) -> str:
    first = error.errors()[0]
    where = [part for part in first["loc"] if part not in SAME_DAY_ORDER]
    place = f"第{int(where[0]) + 1}条事件" if where and isinstance(where[0], int) else "事件表"
    field = f"的“{where[1]}”" if len(where) > 1 else ""
    kind = first["type"]
    if kind == "union_tag_invalid":
        reason = "act 不是认识的动作，可以用：" + "、".join(SAME_DAY_ORDER)
    elif kind in ("missing", "union_tag_not_found"):
        reason = "缺少这一项" if field else "缺少 act"
    elif kind == "extra_forbidden":
        reason = "没有这个键，请检查拼写"
    elif kind in ("value_error", "date_type"):
        reason = f"“{str(first['input'])[:40]}”不是日期，要写成 2026-11-21"
    else:
        reason = f"“{str(first['input'])[:40]}”不合要求"
    return f"{place}{field}有误：{reason}。"
