"""Whether what an answer says of a third party is what the file holds: a part withheld for its sake, its opinion, the day it was asked
(条例 15, 32)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from deskapp.law.categories import outcome
from deskapp.law.clock_events import PartyConsulted
from deskapp.law.pauses import opinion_by
from deskapp.law.workdays import Calendar
from deskapp.register import events as ev
from deskapp.register.acts_open import POSITIONS, last_open
from deskapp.register.case import Case
from letters.document import Finding
from letters.template import Template

FOR_ITS_SAKE = "第十五条"
THIRD_PARTY = "第三方"
TOLD = "third_party_disclosure_notice"


def party_findings(
    case: Case, source: Template, facts: Mapping[str, Any], calendar: Calendar, today: date
) -> Iterator[Finding]:
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
    answer = outcome(source.kind)
    if answer and answer.releases:
        yield from _still_asked(case, calendar, today)
        if not any(FOR_ITS_SAKE in article for article in withheld):
            yield from _against_its_will(case, answered)


def _still_asked(case: Case, calendar: Calendar, today: date) -> Iterator[Finding]:
    """Third parties that may still answer while something is given out (条例 32)."""
    for tick in case.clock_events:
        if not isinstance(tick, PartyConsulted) or not last_open(
            case, tick.act, "party_answered", "party", tick.party
        ):
            continue
        last = opinion_by(tick, calendar, case.received.on)
        if last is None or today <= last:
            until = f"可以在{last}以前提出意见，现在还没有" if last else "的征求意见书还没有送出的记录"
            what = f"【{tick.party}】{until}，这份文书已经要给出信息。"
            todo = "请等它的意见或者期满再决定（条例第三十二条）；给出的部分和它无关的，请核对以后发。"
            yield Finding("party_may_answer", False, THIRD_PARTY, what, todo)


def _against_its_will(case: Case, answered: list[ev.PartyAnswered]) -> Iterator[Finding]:
    """A release that a third party refused wants the decision and its reasons told to it in writing (条例 32)."""
    refused = [event.party for event in answered if event.position in ("refused", "partly")]
    if refused and not any(
        letter.kind == TOLD for letter in case.letters if letter.letter_id not in case.void_letters
    ):
        what = f"【{'、'.join(dict.fromkeys(refused))}】不同意公开，登记里没有书面告知它的记录。"
        todo = "认为不公开会对公共利益造成重大影响、决定公开的，要把决定和理由书面告知第三方（条例第三十二条）。"
        yield Finding("party_untold", False, THIRD_PARTY, what, todo)


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
