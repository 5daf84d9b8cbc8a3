"""The legal day of receipt by channel (条例 31): which day it is, the article, the proof to keep.

The Regulation of 2019 wins over 国办公开办函〔2015〕207号 where the two differ; the difference stands in ``differs``.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

from deskapp.law.dated import Frozen, Sourced, load, remembered
from deskapp.law.errors import LawError

Channel = Literal["in_person", "registered_mail", "ordinary_mail", "online", "fax", "oral"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)


class ChannelRule(Sourced):
    """One channel: ``name`` is what it is called, ``day`` says in words which day counts as the day of receipt, ``decides`` which
    date that is, ``asks`` what a registration asks about its arrival; ``at_counter``: somebody stood there; ``spoken``: a
    record was written for him."""

    key: Channel
    name: str
    asks: tuple[str, ...]
    at_counter: bool = False
    spoken: bool = False
    day: str
    decides: Literal["arrived", "confirmed"]
    proof: str
    differs: str


class ReceiptFile(Frozen):
    """The content of receipt.toml."""

    channel: tuple[ChannelRule, ...]


class Arrival(Frozen):
    """What happened to an application on its way in.

    ``arrived_on`` is the day it was handed in, signed for (by anybody of the house, guardroom included), or lay in the
    box; ``confirmed_on`` the day both sides confirmed it; ``handed_over_on`` the day it reached the desk.
    """

    channel: Channel
    arrived_on: date
    confirmed_on: date | None = None
    handed_over_on: date | None = None
    signed_by: str = ""


class Receipt(Frozen):
    """The legal day of receipt; ``on`` is None while the applicant has not been reached and no period runs."""

    on: date | None
    article: str
    proof: str
    why: str
    differs: str


def channel_rule(key: str) -> ChannelRule:
    """The rule of a channel. Raises LawError for an unknown one."""
    for rule in channel_rules():
        if rule.key == key:
            return rule
    raise LawError(f"没有【{key}】这种收到方式，可以用：{'、'.join(channel_names().values())}。")


def channel_names() -> dict[Channel, str]:
    """What each channel is called, in the order in which a form offers them."""
    rules = {rule.key: rule.name for rule in channel_rules()}
    return {key: rules[key] for key in CHANNELS}


def channel_key(text: str) -> str:
    """The key of a channel that is given by its key or by its name, as ledgers and the first registers do; anything else stays."""
    return _channel_keys().get(text, text) if isinstance(text, str) else text


@remembered
def _channel_keys() -> dict[str, str]:
    return {text: rule.key for rule in reversed(channel_rules()) for text in (rule.key, rule.name)}


def channel_rules() -> tuple[ChannelRule, ...]:
    """The rules of all channels."""
    rules: tuple[ChannelRule, ...] = load(ReceiptFile, "receipt.toml").channel
    return rules


def receipt_of(arrival: Arrival) -> Receipt:
    """The legal day of receipt of an arrival. Raises LawError for an unknown channel or days in an impossible order."""
    rule = channel_rule(arrival.channel)
    for day, name in ((arrival.confirmed_on, "确认"), (arrival.handed_over_on, "转到本机构")):
        if day and day < arrival.arrived_on:
            raise LawError(f"{name}的日期{day}早于收到的日期{arrival.arrived_on}，请核对。")
    on = arrival.arrived_on if rule.decides == "arrived" else arrival.confirmed_on
    return Receipt(on=on, article=rule.cite, proof=rule.proof, why=_why(arrival, rule, on), differs=rule.differs)


def _why(arrival: Arrival, rule: ChannelRule, on: date | None) -> str:
    """The reason in one sentence."""
    if on is None:
        return (
            f"{arrival.arrived_on}收到{rule.name}，还没有与申请人确认：先登记，期限从恢复联络、双方确认之日起算。"
            "每次联络都要记下时间。"
        )
    if rule.decides == "confirmed":
        late = f"（{arrival.arrived_on}已经收到，应当当日确认）" if on > arrival.arrived_on else ""
        return f"以与申请人确认之日{on}为收到之日{late}。"
    signed = f"，{arrival.signed_by}签收" if arrival.signed_by else ""
    handed = arrival.handed_over_on
    moved = f"{handed}才转到本机构，不影响期限。" if handed and handed > on else ""
    return f"以{rule.day.split('（')[0]}{on}为收到之日{signed}。{moved}"
