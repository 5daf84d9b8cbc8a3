"""Whether what an answer says of a third party is what the file holds: a part withheld for its sake, its opinion, the day it was asked
(条例 15, 32)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from deskapp.register import events as ev
from deskapp.register.acts_open import POSITIONS
from deskapp.register.case import Case
from letters.document import Finding
from letters.template import Template

FOR_ITS_SAKE = "第十五条"
THIRD_PARTY = "第三方"


def party_findings(case: Case, source: Template, facts: Mapping[str, Any]) -> Iterator[Finding]:
    """What an answer (``facts`` are those of its own fields) says of a third party and the register does not, as advice: only a person
    can tell whether a line withheld touches somebody's rights, and what was done on paper before."""
    if source.stage != "reply":
        return
    asked = [event for event in case.told if isinstance(event, ev.PartyConsulted)]
    answered = [event for event in case.told if isinstance(event, ev.PartyAnswered)]
    opinion = any(isinstance(event, ev.Reviewed) and event.review == "third_party" for event in case.reviews)
    withheld = [str(row[1]) for row in facts.get("withheld") or ()]
    if any(FOR_ITS_SAKE in article for article in withheld) and not (asked or answered or opinion):
        what = f"不给的部分引了{FOR_ITS_SAKE}，登记里没有书面征求第三方意见的记录。"
        todo = "公开会损害第三方合法权益的，要先书面征求他的意见（条例第三十二条）：写征求意见书，或者在纸上办过的按 F6 补记。"
        yield Finding("party_unasked", False, THIRD_PARTY, what, todo, "withheld")
    yield from _position(facts.get("party_position"), answered)
    said = facts.get("consulted_on")
    if asked and said and said not in [event.works_on for event in asked]:
        days = "、".join(f"{event.works_on}" for event in asked)
        what = f"文书上写的是{said}征求意见，登记里是{days}。"
        yield Finding("party_day", False, THIRD_PARTY, what, "请核对是哪一天。", "consulted_on")


def _position(said: Any, answered: list[ev.PartyAnswered]) -> Iterator[Finding]:
    """The opinion that the letter gives a third party, beside those that were noted."""
    if not said:
        return
    if not answered:
        what = f"文书上写第三方{POSITIONS[said]}，登记里没有第三方的答复。"
        todo = "请先按 F6 记下哪天征求、哪天答复；没有征求过的，这一项空着。"
        yield Finding("party_position", False, THIRD_PARTY, what, todo, "party_position")
        return
    noted = [event.position for event in answered if event.position]
    if noted and said not in noted:
        names = "、".join(POSITIONS[position] for position in noted)
        what = f"文书上写第三方{POSITIONS[said]}，登记里记的是{names}。"
        yield Finding(
            "party_position", False, THIRD_PARTY, what, "没有答复的不能写成不同意。请照记下的写。", "party_position"
        )
