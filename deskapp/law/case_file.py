"""The file of a case (案卷): which papers lie in it, in which order, how long it is kept, how its number is made.

Dated values, most of them from hearsay: an archive has rules of its own, and ``confidence`` says what nobody has read.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, get_args

from deskapp.law.dated import Frozen, Sourced, in_force, load

FiledKind = Literal[
    "application", "identity", "authority", "reply_slip", "postal", "proof", "released", "review", "other"
]  # fmt: skip
FILED_KINDS: tuple[FiledKind, ...] = get_args(FiledKind)


class FiledPaper(Sourced):
    """One kind of paper on file: its name, where it lies, the acts after which somebody is reminded of it."""

    key: FiledKind
    name: str
    place: int
    after: tuple[str, ...] = ()


class LettersPlace(Sourced):
    """Where letters of some kinds lie."""

    kinds: tuple[str, ...]
    place: int


class StagePlace(Sourced):
    """Where the other letters lie: answers, and those on the way to one."""

    key: Literal["on_the_way", "answer"]
    name: str
    place: int


class Retention(Sourced):
    """How long a file is kept: its sign in a number, in words, in years (0 for ever), and when it is proposed."""

    key: str
    name: str
    years: int
    when: Literal["disputed", "always", "never"]


class NotePeriod(Sourced):
    """How long what the records of a kind (visits, mail, slips) say of people is kept: what the kind is called, in years."""

    kind: str
    name: str
    years: int


class ArchiveNumber(Sourced):
    """How the number of a file is made of its parts, with and without the number of the fonds (全宗号)."""

    pattern: str
    no_fonds: str


class ArchiveFile(Frozen):
    """The content of archive.toml."""

    paper: tuple[FiledPaper, ...]
    letter: tuple[LettersPlace, ...]
    stage: tuple[StagePlace, ...]
    retention: tuple[Retention, ...]
    note: tuple[NotePeriod, ...]
    number: tuple[ArchiveNumber, ...]


def _file() -> ArchiveFile:
    found: ArchiveFile = load(ArchiveFile, "archive.toml")
    return found


def filed_papers() -> dict[str, FiledPaper]:
    """The kinds of paper on file, by their keys, in the order in which a form offers them."""
    return {item.key: item for item in _file().paper}


def filed_name(key: str) -> str:
    """What a kind of paper is called."""
    return filed_papers()[key].name


def reminded_after(act: str) -> tuple[FiledPaper, ...]:
    """The papers that belong on file after an act."""
    return tuple(item for item in _file().paper if act in item.after)


def place_of_letter(kind: str, is_answer: bool) -> int:
    """Where a letter of a kind lies among the papers of its case."""
    for item in _file().letter:
        if kind in item.kinds:
            return item.place
    stage = "answer" if is_answer else "on_the_way"
    return next(item.place for item in _file().stage if item.key == stage)


def retentions(on: date) -> tuple[Retention, ...]:
    """The periods that there are on a day."""
    return tuple(item for item in _file().retention if item.in_force(on))


def proposed_retention(disputed: bool, on: date) -> Retention:
    """The period that is proposed for a file. Raises LawError for a day without rules."""
    fitting = (item for item in _file().retention if item.when == "always" or (disputed and item.when == "disputed"))
    return in_force(fitting, on, "保管期限")


def note_names() -> dict[str, str]:
    """The kinds of records beside the cases that may speak of people, by their keys: what each is called."""
    return {item.kind: item.name for item in _file().note}


def note_kept_until(kind: str, on: date) -> int:
    """The last year in which the words of a record of a day are kept; the period runs from the first day of the next year. Raises LawError
    for a day without rules."""
    fitting = (item for item in _file().note if item.kind == kind)
    return on.year + in_force(fitting, on, "登记的保管期限").years


def archive_number(year: int, retention: str, serial: int, fonds: str, on: date) -> str:
    """The number of a file (档号) by the rule of a day. Raises LawError for a day without rules."""
    rule = in_force(_file().number, on, "档号")
    pattern = rule.pattern if fonds else rule.no_fonds
    return pattern.format(fonds=fonds, year=year, retention=retention, serial=serial)


def archive_serial(number: str, year: int, on: date) -> tuple[str, int] | None:
    """The sign of the period and the serial in a number that was made by the rule of a day, with or without a fonds; None for another."""
    pattern = in_force(_file().number, on, "档号").no_fonds
    parts = {"year": str(year), "retention": "(?P<key>[A-Z0-9]+)", "serial": "(?P<serial>[0-9]{1,9})", "fonds": ""}
    made = re.sub(r"\\\{([a-z]+)[^}]*\}", lambda found: parts[found[1]], re.escape(pattern))
    found = re.search(f"(?:^|-){made}$", number)
    return (found["key"], int(found["serial"])) if found else None
