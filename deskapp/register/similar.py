"""The same applicant and the same content: who asked before, how often, and what became of it. Scored, newest first.

Two applications are of one person when their identity numbers agree, or when their names agree and the numbers do not
contradict. A telephone or the sound of a name alone is a hint. A number that is masked, too short or says nothing (不详) proves
nobody, nor does such a name. Contents are alike by the pairs of characters they share.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from deskapp.register.queries import CaseRow, case_row
from deskapp.register.search import matching
from deskapp.register.store import Store
from deskapp.register.tokens import fold_text, index_query, pairs, pieces, sound_query, sounds_of
from deskapp.telling import MASKED, says_nothing, tells_person, tells_phone

SEVERAL = 3  # applicants who ask for the same within a year (条例 44 names no number)
SAME, HINT = 1.0, 0.5  # how sure it is that two applications are of one person
ALIKE, EQUAL = 0.5, 0.85  # from which share of pairs contents are alike, and as good as the same
SLIP, NEARLY = (
    5,
    0.75,
)  # days between two writings of one day of receipt; the share of pairs of two writings of one content
RARE_PIECES, COUNTED_UP_TO, CANDIDATES = 8, 2000, 400


@dataclass(frozen=True)
class Person:
    """Who asks, as far as it is known."""

    name: str
    id_number: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Like:
    """An earlier application, how alike it is from 0 to 1, and in what."""

    case: CaseRow
    score: float
    why: str


def of_person(store: Store, person: Person, besides: str = "", most: int = CANDIDATES) -> list[Like]:
    """Applications of that person, the surest first, then the newest; ``besides`` is the case that is looked at."""
    person = Person(_own_name(person.name), tells_person(person.id_number), tells_phone(person.phone))
    cases: dict[str, CaseRow] = {}
    for column, value in (("id_number", person.id_number), ("phone", person.phone)):
        if value:
            sql = f"SELECT * FROM cases WHERE {column} = ? ORDER BY rank DESC LIMIT ?"
            cases |= {case.case_id: case for case in map(case_row, store.query(sql, [value, most]))}
    asked = sound_query(person.name) or index_query(person.name)
    if asked:
        cases |= {case.case_id: case for case in matching(store, asked, most)}
    cases.pop(besides, None)
    found = [like for case in cases.values() if not case.void and (like := _same(person, case))]
    return sorted(found, key=lambda like: (-like.score, -like.case.rank))


def _own_name(name: str) -> str:
    """A name that can be somebody's own; empty for one that is masked (张某、李*) or says nothing."""
    return "" if MASKED.search(name) or says_nothing(name) else name


def _same(person: Person, case: CaseRow) -> Like | None:
    """How sure it is that a case is of that person; None when it is another."""
    one, other = person.id_number, tells_person(case.id_number)
    if one and one == other:
        return Like(case, SAME, "证件号码相同")
    if fold_text(person.name) == fold_text(case.applicant) and person.name:
        if one and other:
            return None
        return Like(case, SAME, "姓名和电话相同" if person.phone and person.phone == case.phone else "姓名相同")
    if person.phone and person.phone == case.phone:
        return Like(case, HINT, "电话相同")
    if set(sounds_of(person.name)) & set(sounds_of(case.applicant)):
        return None if one and other else Like(case, HINT / 2, "姓名同音")
    return None


def counts(likes: Iterable[Like], on: date) -> tuple[int, int]:
    """How many of a person's sure applications were received in the natural month of ``on``, and in its year."""
    days = [like.case.received_on for like in likes if like.score == SAME]
    in_year = [day for day in days if day.year == on.year]
    return sum(day.month == on.month for day in in_year), len(in_year)


def of_content(store: Store, content: str, besides: str = "", most: int = 20) -> list[Like]:
    """Applications with such content by anybody, the most alike first, then the newest."""
    folded = fold_text(content)
    wanted = set(pairs(folded))
    if not wanted:
        return []
    asked = " OR ".join(f'"{piece}"' for piece in _rarest(store, set(pieces(folded))))
    cases = matching(store, asked, CANDIDATES) if asked else []
    scored = [
        Like(case, score, "内容几乎相同" if score >= EQUAL else "内容相近")
        for case in cases
        if case.case_id != besides and not case.void and (score := _shared(wanted, case.content)) >= ALIKE
    ]
    return sorted(scored, key=lambda like: (-like.score, -like.case.rank))[:most]


def nearly_same(store: Store, person: Person, received_on: date, content: str) -> Like | None:
    """A case of that person that a line with a slip of the pen may mean: of that day and like content, or of nearly that day and
    content. None where there is none."""
    wanted = set(pairs(fold_text(content)))
    for like in of_person(store, person):
        if like.score != SAME:
            continue
        apart, shared = abs((like.case.received_on - received_on).days), _shared(wanted, like.case.content)
        if (not apart and shared >= ALIKE) or (apart <= SLIP and shared >= NEARLY):
            return like
    return None


def _rarest(store: Store, wanted: set[str]) -> list[str]:
    """The pieces that the fewest cases have, of those that any has: they tell contents apart. Counting stops early."""
    often = {
        piece: store.value(
            "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)", [f'"{piece}"', COUNTED_UP_TO]
        )
        for piece in sorted(wanted)[:200]
    }
    return sorted((piece for piece, count in often.items() if count), key=lambda piece: often[piece])[:RARE_PIECES]


def _shared(wanted: set[str], content: str) -> float:
    """The share of pairs that two contents have in common (Dice), 0 to 1."""
    other = set(pairs(fold_text(content)))
    return 2 * len(wanted & other) / (len(wanted) + len(other)) if other else 0.0
