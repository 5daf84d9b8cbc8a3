"""Delivery of decisions: which day decides, what proof to keep, who may carry (国办公开办函〔2016〕235号)."""

from __future__ import annotations

from deskapp.law.clock_events import ServedBy
from deskapp.law.dated import Frozen, Sourced, load
from deskapp.law.errors import LawError


class Way(Sourced):
    """One way of delivery; ``decides`` names the day that counts, ``allowed`` whether a decision may go that way, ``signed``
    whether somebody signs for it, ``handed`` whether it has reached him that day, ``witnessed`` whether others must prove it,
    ``numbered`` whether the mail's number is its proof, ``needs_online_review`` whether the
    decision must name an online way to review (行政复议法 22), ``last_resort`` whether it is for those whom no other way has reached."""

    key: ServedBy
    name: str
    decides: str
    proof: str
    allowed: bool
    handed: bool = False
    signed: bool = False
    witnessed: bool = False
    numbered: bool = False
    needs_online_review: bool = False
    last_resort: bool = False


class ServiceFile(Frozen):
    """The content of service.toml."""

    way: tuple[Way, ...]


def ways() -> tuple[Way, ...]:
    """All ways of delivery, the usual ones first."""
    listed: tuple[Way, ...] = load(ServiceFile, "service.toml").way
    return listed


def way(key: str) -> Way:
    """The way with that key. Raises LawError for an unknown one."""
    for item in ways():
        if item.key == key:
            return item
    raise LawError(f"没有【{key}】这种送达方式，请从送达方式表里选。")
