"""The remedies paragraph: which way a letter must point, by the class of the outcome and the day of issue.

Sources: 行政复议法 20, 22, 23; 行政诉讼法 45, 46 (remedies.toml). A refusal under 条例 14, 15 or 16 issued since
2024-01-01 must say that 行政复议 comes first, and to whom.
"""

from __future__ import annotations

from datetime import date

from deskapp.law.categories import RemedyClass
from deskapp.law.dated import Frozen, Sourced, in_force, load


class Clause(Sourced):
    """One paragraph with fields in braces."""

    remedy: RemedyClass
    text: str


class OnlineClause(Sourced):
    """The extra sentence for letters served through the internet (行政复议法 22)."""

    text: str


class RemedyFile(Frozen):
    """The content of remedies.toml."""

    clause: tuple[Clause, ...]
    online: OnlineClause


def remedies_paragraph(
    remedy: RemedyClass, issued_on: date, review_body: str, court: str, *,
    thing: str = "本答复", paper: str = "答复书", online_channel: str = "",
) -> str:  # fmt: skip
    """The paragraph for a letter issued that day, or an empty string for outcomes without remedies.

    ``online_channel`` is where 行政复议 can be filed through the internet; hand it in when the letter goes out online.
    Raises LawError for a day before the first clause.
    """
    if remedy == "none":
        return ""
    file: RemedyFile = load(RemedyFile, "remedies.toml")
    clause = in_force([c for c in file.clause if c.remedy == remedy], issued_on, "救济途径")
    text = clause.text.format(thing=thing, paper=paper, review_body=review_body, court=court)
    if online_channel and file.online.in_force(issued_on):
        text += file.online.text.format(review_online=online_channel)
    return text
