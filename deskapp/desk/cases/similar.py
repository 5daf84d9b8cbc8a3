"""Similar cases: who asked before, how often, what became of it; for repeats, for fees, for deciding like cases alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from deskapp.clock import Clock
from deskapp.law.categories import category
from deskapp.law.fees import fee_by_items
from deskapp.parsing import half_width, hidden, masked, one_line
from deskapp.register.case import Case
from deskapp.register.journal import Journal
from deskapp.register.similar import EQUAL, HINT, SAME, SEVERAL, Like, Person, counts, of_content, of_person

SHOWN = 10  # lines of each kind
YEAR = timedelta(days=365)
TAKEN_OVER = (
    "applicant", "applicant_class", "legal_representative", "id_kind", "id_number", "phone", "address", "postcode", "email",
    "delivery_form",
)  # fmt: skip


@dataclass(frozen=True)
class Alike:
    """What is known about an applicant and a content: how many in the month and year with this one, earlier
    applications of the person, similar ones by anybody, and sentences that draw the clerk's attention."""

    in_month: int
    in_year: int
    person: tuple[Like, ...]
    content: tuple[Like, ...]
    advice: tuple[str, ...]

    def earlier(self) -> list[str]:
        """Earlier applications of the person, one line each, without those whose name only sounds alike."""
        sure = [like for like in self.person if like.score >= HINT]
        return [f"{like.case.case_no} {like.case.who} {like.case.content[:20]}（{outcome(like)}）" for like in sure]

    def as_document(self) -> dict[str, Any]:
        """The document of ``deskapp alike --json``."""
        return {
            "in_month": self.in_month,
            "in_year": self.in_year,
            "same_person": [_document(like) for like in self.person],
            "similar": [_document(like) for like in self.content],
            "advice": list(self.advice),
        }


def _document(like: Like) -> dict[str, Any]:
    case = like.case
    return {
        "case_no": case.case_no,
        "applicant": case.who,
        "content": case.content,
        "received_on": case.received_on.isoformat(),
        "category": case.category,
        "closed_on": case.closed_on.isoformat() if case.closed_on else "",
        "score": round(like.score, 2),
        "why": like.why,
    }


def outcome(like: Like) -> str:
    """What became of an earlier application."""
    return category(like.case.category).name if like.case.category else "还在办理"


@dataclass(frozen=True)
class Known:
    """Somebody who applied before, as the last application wrote them down."""

    case_no: str
    received_on: date
    values: dict[str, str]  # by field of the registration form

    @property
    def line(self) -> str:
        """Enough to tell people of one name apart, no more."""
        of = self.values
        parts = (
            of["applicant"],
            masked(of["id_number"]),
            hidden(of["phone"]),
            of["address"],
            f"{self.received_on}来过",
        )
        return "　".join(part for part in parts if part)


class SimilarCases:
    """The moment somebody asks whether this was there before."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock

    def of_case(self, case: Case) -> Alike:
        """What was there before a case, and beside it."""
        received = case.received
        person = Person(received.applicant, received.id_number, received.phone)
        return self._look(person, received.content, received.on, case.case_id)

    def of_form(self, applicant: str, id_number: str, phone: str, content: str) -> Alike:
        """The same for a form that is being filled in today."""
        person = Person(one_line(applicant), half_width(id_number).upper(), half_width(phone))
        return self._look(person, one_line(content), self._clock.today(), "")

    def known(self, applicant: str, id_number: str, phone: str) -> list[Known]:
        """The people who may be this one, the surest and newest first, each once."""
        person = Person(one_line(applicant), half_width(id_number).upper(), half_width(phone))
        if not (person.name or person.id_number or person.phone):
            return []
        found: dict[tuple[str, ...], Known] = {}
        for like in of_person(self._journal.store, person):
            if like.score < HINT:
                continue
            received = self._journal.case(like.case.case_id).received
            values = {name: str(getattr(received, name)) for name in TAKEN_OVER}
            key = tuple(values[name] for name in ("applicant", "id_number", "phone", "address"))
            found.setdefault(key, Known(received.case_no, received.on, values))
        return list(found.values())[:SHOWN]

    def _look(self, person: Person, content: str, on: date, besides: str) -> Alike:
        store = self._journal.store
        mine = of_person(store, person, besides) if person.name or person.id_number or person.phone else []
        like = of_content(store, content, besides) if content else []
        month, year = counts(mine, on)
        advice = [*_repeats(mine, like), *_many(month + 1, year + 1), *_several(like, person, on)]
        return Alike(month + 1, year + 1, tuple(mine[:SHOWN]), tuple(like[:SHOWN]), tuple(advice))


def _repeats(mine: list[Like], like: list[Like]) -> list[str]:
    """The same person asked for the same before (条例 36 第六项): only what was answered can be repeated."""
    own = {item.case.case_id for item in mine if item.score == SAME}
    for item in like:
        if item.case.case_id in own and item.score >= EQUAL:
            case = item.case
            if case.category:
                when = f"{case.received_on}，{outcome(item)}"
                return [f"重复？{case.case_no}几乎相同（{when}），见第三十六条第六项。"]
            return [f"重复？同一申请人的{case.case_no}几乎相同，还在办理，请核对。"]
    return []


def _many(month: int, year: int) -> list[str]:
    """How often in the month, once a fee may be due (信息处理费管理办法 4)."""
    fee = fee_by_items(month)
    if not fee.fen:
        return []
    return [f"本月第{month}件、今年第{year}件：按件计收累计{fee.fen // 100}元；可要求说明理由（第三十五条）。"]


def _several(like: list[Like], person: Person, on: date) -> list[str]:
    """Several applicants asked for the same within a year (条例 44)."""
    since = on - YEAR
    names = {item.case.applicant for item in like if item.score >= EQUAL and item.case.received_on >= since}
    names |= {person.name} if person.name else set()
    if len(names) < SEVERAL:
        return []
    return [f"一年里有{len(names)}名申请人要几乎相同的，可以公开的宜主动公开（第四十四条）。"]
