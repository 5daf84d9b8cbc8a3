"""The events that the deadline clock understands, as a pydantic discriminated union on ``act``."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from deskapp.law.dated import Frozen, Sourced, load
from deskapp.law.errors import LawError

DAY_SIGNS = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def iso_date(value: Any) -> Any:
    """Accept a date or ``YYYY-MM-DD`` text only; pydantic alone would also take numbers as epochs."""
    if isinstance(value, str):
        return _day_of(value)
    if not isinstance(value, date):
        raise ValueError("日期要写成 YYYY-MM-DD")
    return value


@lru_cache(maxsize=20_000)
def _day_of(text: str) -> date:
    """The day that a text names. Raises ValueError."""
    if not DAY_SIGNS.fullmatch(text):
        raise ValueError("日期要写成 YYYY-MM-DD")
    return date.fromisoformat(text)


Day = Annotated[date, BeforeValidator(iso_date)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
OrderedBy = Literal["review", "court", "self"]
ServedBy = Literal["in_person", "entrusted", "registered_mail", "online", "courier", "refused", "public_notice"]


class ClockAct(Frozen):
    """What every act of the clock has: the day it counts for. The register's own events of these acts are subclasses."""

    on: Day

    @property
    def works_on(self) -> date:
        """The day from which it counts."""
        return self.on


class Received(ClockAct):
    """The application was received (条例第三十一条)."""

    act: Literal["received"] = "received"


class Notice(ClockAct):
    """An act that works from the day its letter was sent or arrived: ``on`` is the day it was written or decided, ``sent_on``
    and ``arrived_on`` are None while that has not happened; a record without ``sent_on`` was sent on the day itself."""

    OLDER: ClassVar[tuple[str, ...]] = ("received_by_party_on", "received_by_agency_on", "received_on")
    sent_on: Day | None = None  # the day itself where it is not given
    arrived_on: Day | None = None

    @model_validator(mode="before")
    @classmethod
    def _sent(cls, data: Any) -> Any:
        """Records of the first versions, and lists from outside, may say nothing of sending, and name the arrival otherwise."""
        if not isinstance(data, dict):
            return data
        older = [data[name] for name in cls.OLDER if data.get(name) is not None]
        rest = {key: value for key, value in data.items() if key not in cls.OLDER}
        if older and rest.get("arrived_on") is None:
            rest["arrived_on"] = older[0]
        return {"sent_on": rest.get("on"), **rest}

    @property
    def works_on(self) -> date:
        """The day from which it works; the day it was written while it was not sent."""
        return self.sent_on or self.on

    def checked(self) -> None:
        """Raise LawError for days in an impossible order."""
        if self.arrived_on and (self.sent_on is None or self.arrived_on < self.sent_on):
            sent = self.sent_on.isoformat() if self.sent_on else "（没有）"
            raise LawError(f"对方收到的日期 {self.arrived_on.isoformat()} 早于发出的日期 {sent}，请核对。")


class CorrectionRequested(Notice):
    """A 补正告知; ``respond_by`` is the last day given to the applicant."""

    act: Literal["correction_requested"] = "correction_requested"
    respond_by: Day | None = None


class Corrected(ClockAct):
    """The corrected application was received."""

    act: Literal["corrected"] = "corrected"


class ReasonRequested(Notice):
    """The applicant was asked why so many or so often (条例 35); it moves nothing."""

    act: Literal["reason_requested"] = "reason_requested"


class PartyConsulted(Notice):
    """A third party was asked."""

    act: Literal["party_consulted"] = "party_consulted"
    party: Name


class PartyAnswered(ClockAct):
    """The third party answered."""

    act: Literal["party_answered"] = "party_answered"
    party: Name


class AgencyConsulted(Notice):
    """Another agency was asked."""

    act: Literal["agency_consulted"] = "agency_consulted"
    agency: Name


class AgencyAnswered(ClockAct):
    """The agency answered."""

    act: Literal["agency_answered"] = "agency_answered"
    agency: Name


class Extended(Notice):
    """The period was extended by ``working_days``, with the consent of ``approved_by``."""

    act: Literal["extended"] = "extended"
    working_days: int = Field(ge=1, strict=True)
    approved_by: str = ""


class FeeNoticed(Notice):
    """A fee notice: the days to pay follow its arrival."""

    act: Literal["fee_noticed"] = "fee_noticed"


class FeePaid(ClockAct):
    """The fee was paid in full."""

    act: Literal["fee_paid"] = "fee_paid"


class Deferred(Notice):
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


class RedoOrdered(ClockAct):
    """The answer, or that there was none, was set aside and a new one is due: ``ordered_by`` whom, the ``number`` of the decision,
    the period it names in ``working_days`` or in ``days`` of the calendar, neither for the one of the law; ``on`` is the day the
    decision arrived (or was made, if of one's own motion). Lists from outside call it ``by``, which in the register is who noted it."""

    act: Literal["redo_ordered"] = "redo_ordered"
    ordered_by: OrderedBy
    number: str = ""
    working_days: int | None = Field(default=None, ge=1, strict=True)
    days: int | None = Field(default=None, ge=1, strict=True)

    @model_validator(mode="before")
    @classmethod
    def _by(cls, data: Any) -> Any:
        if not isinstance(data, dict) or "ordered_by" in data:
            return data
        return {("ordered_by" if key == "by" else key): value for key, value in data.items()}


class Interrupted(ClockAct):
    """Something nobody could foresee or prevent stood in the way, up to ``until`` if it is over; no day moves by it."""

    act: Literal["interrupted"] = "interrupted"
    until: Day | None = None
    reason: str = ""


ClockEvent = Annotated[
    Received
    | CorrectionRequested
    | Corrected
    | ReasonRequested
    | PartyConsulted
    | PartyAnswered
    | AgencyConsulted
    | AgencyAnswered
    | Extended
    | FeeNoticed
    | FeePaid
    | Deferred
    | Withdrawn
    | RedoOrdered
    | Interrupted
    | Served,
    Field(discriminator="act"),
]
_EVENTS: TypeAdapter[list[ClockEvent]] = TypeAdapter(list[ClockEvent], config=ConfigDict(defer_build=True))

CLOCK_ACTS: tuple[type[ClockAct], ...] = get_args(get_args(ClockEvent)[0])

# Events of one day are taken in this order, whatever the order they were noted in.
SAME_DAY_ORDER = (
    "received", "interrupted", "reason_requested", "correction_requested", "corrected", "fee_noticed", "fee_paid", "party_consulted",
    "agency_consulted", "party_answered", "agency_answered", "extended", "deferred", "withdrawn", "served", "redo_ordered",
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
    return event.model_dump_json(include=_stored_fields(type(event)))


@cache
def _stored_fields(kind: type[ClockAct]) -> set[str]:
    return set(next(cls for cls in kind.__mro__ if cls in CLOCK_ACTS).model_fields)


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
    field = f"的【{where[1]}】" if len(where) > 1 else ""
    kind = first["type"]
    if kind == "union_tag_invalid":
        reason = "act 不是认识的动作，可以用：" + "、".join(SAME_DAY_ORDER)
    elif kind in ("missing", "union_tag_not_found"):
        reason = "缺少这一项" if field else "缺少 act"
    elif kind == "extra_forbidden":
        reason = "没有这个键，请检查拼写"
    elif kind in ("value_error", "date_type"):
        reason = f"【{str(first['input'])[:40]}】不是日期，要写成 2026-11-21"
    else:
        reason = f"【{str(first['input'])[:40]}】不合要求"
    return f"{place}{field}有误：{reason}。"
