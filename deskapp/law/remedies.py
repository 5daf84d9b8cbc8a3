"""The remedies paragraph: which way a letter must point, by the class of the outcome, the day of issue and the unit.

Sources: 行政复议法 20, 22–24, 27, 28; 行政诉讼法 14, 15, 18, 45, 46 (remedies.toml). A refusal under 条例 14, 15 or 16
issued since 2024-01-01 must say that 行政复议 comes first, and to whom.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from deskapp.law.categories import RemedyClass, categories
from deskapp.law.dated import Frozen, Sourced, in_force, load

UnitKind = Literal["township", "county_department", "county_government", "street_office", "vertical", "justice"]
DoubtfulSetting = Literal["both", "review_only"]


class Clause(Sourced):
    """One paragraph with fields in braces."""

    remedy: Literal["review_first", "choice", "review_only"]
    review_comes_first: bool = False
    text: str


class OnlineClause(Sourced):
    """The extra sentence for letters served through the internet (行政复议法 22)."""

    text: str


class DoubtfulAdvice(Sourced):
    """The advice for outcomes of which it is disputed whether courts take the case, and the names of the settings."""

    text: str
    both: str
    review_only: str


class Route(Sourced):
    """Who reviews the decisions of a kind of unit, and which court hears them."""

    kind: UnitKind
    review: str
    review_like: str
    court: str
    court_unlike: str


class LetterClass(Sourced):
    """The class of remedies of a letter that is no answer to the applicant."""

    kind: str
    remedy: RemedyClass


class RemedyFile(Frozen):
    """The content of remedies.toml."""

    clause: tuple[Clause, ...]
    online: OnlineClause
    doubtful: DoubtfulAdvice
    letter: tuple[LetterClass, ...]
    route: tuple[Route, ...]


class Bodies(Frozen):
    """What a unit's particulars say about remedies; ``online`` is where 行政复议 is filed through the internet."""

    kind: UnitKind
    review_body: str
    court: str
    online: str = ""
    doubtful: DoubtfulSetting = "both"


class Remedies(Frozen):
    """The class and paragraph of a letter (empty for outcomes without remedies), its articles, advice before issue."""

    remedy: RemedyClass
    text: str
    article: str
    advice: tuple[str, ...] = ()
    review_comes_first: bool = False
    online: bool = False


def _file() -> RemedyFile:
    file: RemedyFile = load(RemedyFile, "remedies.toml")
    return file


def remedy_class(kind: str) -> RemedyClass:
    """The class of remedies of a kind of letter: its outcome's, its own, or none."""
    outcomes = {item.letter: item.remedy for item in categories()}
    others = {item.kind: item.remedy for item in _file().letter}
    return outcomes.get(kind) or others.get(kind) or "none"


def remedies_of(
    remedy: RemedyClass, issued_on: date, bodies: Bodies, *,
    online: bool = False, thing: str = "本答复", paper: str = "答复书",
) -> Remedies:  # fmt: skip
    """The remedies of a letter issued that day by such a unit; ``online`` when it goes out through the internet.

    Raises LawError for a day before the first clause.
    """
    if remedy == "none":
        return Remedies(remedy=remedy, text="", article="")
    worded = ("choice" if bodies.doubtful == "both" else "review_only") if remedy == "doubtful" else remedy
    clause = in_force([c for c in _file().clause if c.remedy == worded], issued_on, "救济途径")
    text = clause.text.format(thing=thing, paper=paper, review_body=bodies.review_body, court=bodies.court)
    articles = [clause.article]
    extra = _file().online
    shown = bool(online and bodies.online and extra.in_force(issued_on))
    if shown:
        text += extra.text.format(review_online=bodies.online)
        articles.append(extra.article)
    return Remedies(
        remedy=remedy,
        text=text,
        article="；".join(articles),
        advice=_advice(remedy, bodies),
        review_comes_first=clause.review_comes_first,
        online=shown,
    )


def _advice(remedy: RemedyClass, bodies: Bodies) -> tuple[str, ...]:
    """What a legal adviser should look at before such a letter goes out."""
    rule = _file().doubtful
    if remedy != "doubtful":
        return ()
    return (rule.text.format(setting=rule.both if bodies.doubtful == "both" else rule.review_only),)


def route_of(kind: UnitKind) -> Route:
    """Who reviews the decisions of a kind of unit, and which court hears them."""
    return next(route for route in _file().route if route.kind == kind)


def route_notes(bodies: Bodies) -> list[str]:
    """Where the review body or the court in a unit's particulars does not look like what the law names."""
    route = route_of(bodies.kind)
    notes = []
    if not re.search(route.review_like, bodies.review_body):
        notes.append(f"复议机关写的是“{bodies.review_body}”，这类机关一般是{route.review}（{route.cite}），请核对。")
    if re.search(route.court_unlike, bodies.court):
        notes.append(f"管辖法院写的是“{bodies.court}”，这类机关一般是{route.court}；实行集中管辖的除外，请核对。")
    return notes
