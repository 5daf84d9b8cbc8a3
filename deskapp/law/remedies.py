"""The remedies paragraph: which way a letter must point, by the class of the outcome, the day of issue and the unit.

Sources: 行政复议法 20, 22–24, 27, 28; 行政诉讼法 14, 15, 18, 45, 46 (remedies.toml). A refusal under 条例 14, 15 or 16
issued since 2024-01-01 must say that 行政复议 comes first, and to whom.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal

from deskapp.law.categories import RemedyClass, categories
from deskapp.law.dated import Frozen, Sourced, in_force, load

UnitKind = Literal[
    "township", "county_department", "county_government", "street_office", "vertical", "justice",
    "development_zone", "dispatched_office", "authorised_body", "city_department", "city_office", "public_enterprise",
]  # fmt: skip


class Clause(Sourced):
    """One paragraph with fields in braces."""

    remedy: Literal["review_first", "choice", "review_only", "complaint"]
    review_comes_first: bool = False
    suable: bool = True
    text: str


class OnlineClause(Sourced):
    """The extra sentence for letters served through the internet (行政复议法 22)."""

    text: str


class Silence(Sourced):
    """What can be done against no answer at all."""

    text: str


class Route(Sourced):
    """Who reviews the decisions of a kind of unit, and which court hears them; ``complaint``: neither, somebody complains to the
    body named (条例 55). A unit of that kind, its review body and its court look like ``called_like``, ``review_like``, and not
    like ``court_unlike`` (regular expressions)."""

    kind: UnitKind
    name: str
    complaint: bool = False
    review: str
    review_like: str
    court: str
    court_unlike: str
    called_like: str = ""


class LetterClass(Sourced):
    """The class of remedies of a letter that is no answer to the applicant."""

    kind: str
    remedy: RemedyClass


class RemedyFile(Frozen):
    """The content of remedies.toml."""

    clause: tuple[Clause, ...]
    online: OnlineClause
    silence: tuple[Silence, ...]
    letter: tuple[LetterClass, ...]
    route: tuple[Route, ...]


class Bodies(Frozen):
    """What a unit's particulars say about remedies; ``online`` is where 行政复议 is filed through the internet."""

    kind: UnitKind
    name: str = ""
    review_body: str
    court: str
    online: str = ""


class Remedies(Frozen):
    """The class and paragraph of a letter (empty for outcomes without remedies), its articles."""

    remedy: RemedyClass
    text: str
    article: str
    review_comes_first: bool = False
    online: bool = False


def _file() -> RemedyFile:
    file: RemedyFile = load(RemedyFile, "remedies.toml")
    return file


def remedy_class(kind: str, facts: Mapping[str, object] = MappingProxyType({})) -> RemedyClass:
    """The class of remedies of a kind of letter with these facts: its outcome's, its own, or none."""
    answer = next((item for item in categories() if item.letter == kind), None)
    if answer:
        return answer.remedy_for(facts)
    return next((item.remedy for item in _file().letter if item.kind == kind), "none")


def remedies_of(
    remedy: RemedyClass, issued_on: date, bodies: Bodies, *,
    online: bool = False, thing: str = "本答复", paper: str = "答复书", this: str = "本",
) -> Remedies:  # fmt: skip
    """The remedies of a letter issued that day by such a unit; ``online`` when it goes out through the internet.
    ``this`` stands before the paper's name: nothing where it is another paper that tells of them.

    Raises LawError for a day before the first clause.
    """
    if remedy == "none":
        return Remedies(remedy=remedy, text="", article="")
    worded = "complaint" if route_of(bodies.kind).complaint else remedy
    clause = in_force([c for c in _file().clause if c.remedy == worded], issued_on, "救济途径")
    text = clause.text.format(thing=thing, paper=paper, this=this, review_body=bodies.review_body, court=bodies.court)
    articles = [clause.article]
    extra = _file().online
    shown = bool(online and bodies.online and worded != "complaint" and extra.in_force(issued_on))
    if shown:
        text += extra.text.format(review_online=bodies.online)
        articles.append(extra.article)
    return Remedies(
        remedy=remedy,
        text=text,
        article="；".join(articles),
        review_comes_first=clause.review_comes_first,
        online=shown,
    )


def silence(on: date) -> Silence:
    """What somebody can do who had no answer by a last day that ended then. Raises LawError before the first rule."""
    return in_force(_file().silence, on, "救济途径")


def unit_kinds() -> dict[UnitKind, str]:
    """What each kind of unit is called, in the order in which a form offers them."""
    return {route.kind: route.name for route in _file().route}


def route_of(kind: UnitKind) -> Route:
    """Who reviews the decisions of a kind of unit, and which court hears them."""
    return next(route for route in _file().route if route.kind == kind)


def route_notes(bodies: Bodies) -> list[str]:
    """Where the review body or the court in a unit's particulars does not look like what the law names."""
    route = route_of(bodies.kind)
    notes = []
    if bodies.name and not re.search(route.called_like, bodies.name):
        notes.append(
            f"机关全称【{bodies.name}】不像{route.name}，请核对机关类别；类别决定复议机关是谁（{route.cite}）。"
        )
    if bodies.review_body == bodies.name:
        notes.append(
            f"复议机关写的是本机关【{bodies.name}】；只有国务院部门、省级政府由自己复议（行政复议法第二十四条第二款、第二十五条），请核对。"
        )
    elif not re.search(route.review_like, bodies.review_body):
        notes.append(
            f"复议机关写的是【{bodies.review_body}】，这类机关一般是{route.review}（{route.cite}），请核对。"
        )
    if re.search(route.court_unlike, bodies.court):
        notes.append(f"管辖法院写的是【{bodies.court}】，这类机关一般是{route.court}；实行集中管辖的除外，请核对。")
    return notes
