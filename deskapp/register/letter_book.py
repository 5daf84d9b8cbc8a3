"""The numbers of letters of a year, as a book of outgoing letters has them: given, given up with the reason, given elsewhere, nobody's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from deskapp.register.events import EVENT, Voided
from deskapp.register.numbers import LETTER, Numbers, serial_of
from deskapp.register.store import Store
from deskapp.register.who import who_of

_LETTERS = """
SELECT l.number, l.issued_on, l.title, l.pages, substr(l.text, 1, 1000) AS head, c.case_no, c.applicant, c.joint
FROM letters l JOIN cases c ON c.case_id = l.case_id WHERE l.number <> ''
"""
_ELSEWHERE = """
SELECT number, answered_on, case_no, applicant, joint FROM cases
WHERE number <> '' AND void = 0 AND number NOT IN (SELECT number FROM letters)
"""
_VOIDED = "SELECT body FROM events WHERE act = 'voided'"


@dataclass(frozen=True)
class NumberTaken:
    """A number of the book: the letter that has it, to whom it went as it says itself, its case, why it was given up; ``outside`` for one that
    a ledger or a clerk told, whose letter is not here. Of a run that nobody has (``gap``), the title says the last."""

    series: str
    serial: int
    number: str
    on: date | None = None
    title: str = ""
    case_no: str = ""
    applicant: str = ""
    pages: int = 0
    void_why: str = ""
    outside: bool = False
    gap: bool = False
    to: str = ""


def letter_book(store: Store, year: int) -> list[NumberTaken]:
    """The numbers of a year, by word and serial; runs that nobody has stand at their place."""
    void = dict(_given_up(store))
    found = [*_ours(store, void), *_elsewhere(store), *_missing(store)]
    of_year = [(item, place) for item in found if (place := serial_of(item.number)) and place[1] == year]
    made = {(item.series, item.serial, item.case_no): item for item, _ in of_year}
    return sorted(made.values(), key=lambda item: (item.series, item.serial, item.case_no))


def _given_up(store: Store) -> Iterator[tuple[str, str]]:
    for row in store.each(_VOIDED):
        event = EVENT.validate_json(row["body"])
        if isinstance(event, Voided):
            yield event.number, event.why


def _ours(store: Store, void: dict[str, str]) -> Iterator[NumberTaken]:
    for row in store.each(_LETTERS):
        if place := serial_of(row["number"]):
            yield NumberTaken(
                place[0], place[2], row["number"], date.fromisoformat(row["issued_on"]), row["title"], row["case_no"],
                who_of(row["applicant"], row["joint"]), row["pages"], void.get(row["number"], ""), to=_addressee(row["head"], row["number"]),
            )  # fmt: skip


def _addressee(head: str, number: str) -> str:
    """To whom a letter is addressed: the line below its number that ends in a colon; empty for a paper that addresses nobody, and for one of
    which the persons were erased."""
    lines = head.splitlines()
    below = lines[lines.index(number) + 1 :] if number in lines else []
    return below[0].removesuffix("：") if below and below[0].endswith("：") else ""


def _elsewhere(store: Store) -> Iterator[NumberTaken]:
    for row in store.each(_ELSEWHERE):
        place = serial_of(row["number"])
        if place and place[0].startswith(LETTER):
            on = date.fromisoformat(row["answered_on"]) if row["answered_on"] else None
            who = who_of(row["applicant"], row["joint"])
            yield NumberTaken(place[0], place[2], row["number"], on, "", row["case_no"], who, outside=True)


def _missing(store: Store) -> Iterator[NumberTaken]:
    for gap in Numbers(store).gaps():
        place = serial_of(gap.first)
        if place and place[0].startswith(LETTER):
            title = "" if gap.first == gap.last else f"到{gap.last}"
            yield NumberTaken(place[0], place[2], gap.first, title=title, outside=gap.ledger, gap=True)
