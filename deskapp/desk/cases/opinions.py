"""Opinions on paper and on a text: what the sheet that is signed prints of the boxes, and how one text of a letter is told from another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from deskapp.desk.cases.boxes import OpinionBox
from deskapp.law.categories import OF_THE_TEXT
from deskapp.register.hashing import seal
from letters.document import Facts
from letters.template import Template

OPINIONS = "opinions"  # the fact of the sheet that holds the boxes
MARK = 16  # signs: two texts of one case are told apart, no more is wanted
ALWAYS = ("head", "secrecy", "legal", "council", "sign_off")  # the rows that the sheet has in any case
NOT_OF_THE_TEXT: dict[str, Any] = {"issued_on": True, "number": True, "practice": True, "extra": {"signs", OPINIONS}}
"""What is known only when it is issued, and where the register stands by then."""


def text_mark(source: Template, facts: Facts) -> str:
    """The mark of what a letter says: the same until a fact, a passage, the template or the remedies change."""
    said = facts.model_dump_json(exclude=NOT_OF_THE_TEXT)
    return seal([source.kind, source.version, said])[:MARK]


def opinion_rows(boxes: Iterable[OpinionBox]) -> list[list[str]]:
    """The rows of the sheet: what the box is called, what was noted in it; an empty one is left for a pen."""
    rows = []
    for box in boxes:
        if box.review not in ALWAYS and box.empty and not box.needed:
            continue
        rows.append([box.name.removesuffix("意见"), "" if box.empty else _said(box)])
    return rows


def _said(box: OpinionBox) -> str:
    verdict = "" if box.of_party else "同意" if box.agreed else "不同意"
    opinion = "" if box.opinion in ("", verdict) else box.opinion
    said = "，".join(part for part in (verdict, opinion) if part)
    day = f"{box.on.year}年{box.on.month}月{box.on.day}日" if box.on else ""
    signed = "签" if box.review in OF_THE_TEXT else ""
    return f"{said}。　{box.who}{signed}　{day}"
