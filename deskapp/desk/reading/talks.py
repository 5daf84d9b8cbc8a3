"""Talks at the point: what somebody asked about before he applies is found again when he does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deskapp.clock import Clock
from deskapp.desk.reading.daybook import ALL_KINDS, Visit
from deskapp.desk.reading.record_book import RecordBook
from deskapp.parsing import half_width, hidden, one_line
from deskapp.register.journal import Journal
from deskapp.register.tokens import fold_text, pairs
from deskapp.telling import tells_phone

TALKS = ("advice", "explanation")  # the kinds of visits that are talks
LEAST_PAIRS, INSIDE = 2, 0.75  # of a topic: pairs of characters it has, share of them that stands in the content
SHOWN = 2


@dataclass(frozen=True)
class Talk:
    """A talk with somebody who has applied: its key in the day book, its day, what was said of it."""

    key: str
    on: date
    text: str


class Talks:
    """The moment an application may go back to a talk."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._book = RecordBook(journal, clock, "visit", Visit)

    def before(self, name: str, phone: str, content: str) -> list[str]:
        """What the same person asked about, then what was asked about the same thing, the newest first; a line each."""
        asked = set(pairs(fold_text(content)))
        talks = [visit for visit in self._book.all().values() if visit.kind in TALKS]
        talks.sort(key=lambda visit: visit.on, reverse=True)
        mine = [visit for visit in talks if _is_of(visit, name, phone)]
        lines = [f"{_when(v)}本人来{ALL_KINDS[v.kind]}过：{_what(v)}{_left(v)}" for v in mine[:SHOWN]]
        alike = [v for v in talks if v not in mine and _inside(v.topic, asked)]
        if alike:
            lines.append(f"这件事有人来问过{len(alike)}次，最近{_when(alike[0])}：{_what(alike[0])}")
        return lines

    def of_person(self, name: str, phone: str) -> list[Talk]:
        """Every talk with the same person, by the name or the telephone that was left, the newest first."""
        mine = [(key, v) for key, v in self._book.all().items() if v.kind in TALKS and _is_of(v, name, phone)]
        found = [Talk(key, date.fromisoformat(v.on), f"{ALL_KINDS[v.kind]}：{_what(v)}") for key, v in mine]
        return sorted(found, key=lambda talk: talk.on, reverse=True)


def _is_of(visit: Visit, name: str, phone: str) -> bool:
    """Whether a talk was with that person."""
    who, number = fold_text(one_line(name)), tells_phone(half_width(phone))
    return bool((who and fold_text(visit.name) == who) or (number and visit.phone == number))


def _inside(topic: str, asked: set[str]) -> bool:
    """Whether what was talked about stands in what is applied for."""
    own = set(pairs(fold_text(topic)))
    return len(own) >= LEAST_PAIRS and len(own & asked) / len(own) >= INSIDE


def _when(visit: Visit) -> str:
    return f"{date.fromisoformat(visit.on)}"


def _what(visit: Visit) -> str:
    return "，".join(part for part in (visit.topic or "没有写什么事", visit.outcome) if part)


def _left(visit: Visit) -> str:
    """What the person left, as far as it tells people apart."""
    left = "，".join(part for part in (visit.name, hidden(visit.phone)) if part)
    return f"（留的是{left}）" if left else ""
