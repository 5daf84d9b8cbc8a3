"""Whether what an answer says of a third party is what the file holds: a part withheld for its sake, its opinion, the day it was asked
(条例 15, 32)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from deskapp.law.categories import outcome
from deskapp.law.clock_events import PartyConsulted
from deskapp.law.pauses import opinion_by
from deskapp.law.workdays import Calendar
from deskapp.register import events as ev
from deskapp.register.acts_open import POSITIONS, last_open
from deskapp.register.case import Case
from deskapp.register.journal import Journal
from letters.document import Finding
from letters.template import Template

FOR_ITS_SAKE = "第十五条"
THIRD_PARTY = "第三方"
TOLD = "third_party_disclosure_notice"


def party_findings(
    case: Case, source: Template, facts: Mapping[str, Any], journal: Journal, today: date
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
    yield from _position(facts.get("party_position"), asked, answered)
    yield from _agreed(facts, source, answered)
    answer = outcome(source.kind)
    if answer and answer.releases:
        yield from _still_asked(case, journal.calendar(), today)
        if not any(FOR_ITS_SAKE in article for article in withheld):
            yield from _against_its_will(case, answered, told_parties(case, journal), today)


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


@dataclass(frozen=True)
class ToldParty:
    """A third party that a letter told of a release against its will: whether it was delivered, from when on it is to be released."""

    name: str
    delivered: bool
    release_on: date | None


def _against_its_will(
    case: Case, answered: Sequence[ev.PartyAnswered], told: Sequence[ToldParty], today: date
) -> Iterator[Finding]:
    """A release that a third party refused wants the decision and its reasons told to it in writing (条例 32), to each of them, and not
    before the day that it was told."""
    refused = [who for who, position in last_positions(answered).items() if position in ("refused", "partly")]
    named = {each.name: each for each in told}
    if len(refused) == len(named) == 1:  # whom else would it have been
        named = {refused[0]: told[-1]}
    if untold := [who for who in refused if who not in named]:
        what = f"【{'、'.join(untold)}】不同意公开，登记里没有书面告知它的记录。"
        todo = "认为不公开会对公共利益造成重大影响、决定公开的，要把决定和理由书面告知第三方（条例第三十二条）。"
        yield Finding("party_untold", False, THIRD_PARTY, what, todo)
    for each in (named[who] for who in refused if who in named):
        if not each.delivered:
            what = f"给【{each.name}】的公开决定告知书还没有送达的记录。"
            yield Finding("party_not_reached", False, THIRD_PARTY, what, "请先送达、记下，再给出信息。")
        elif each.release_on and today < each.release_on:
            what = f"告知书上对【{each.name}】写的是{each.release_on}以后公开，还没有到。"
            yield Finding(
                "party_release_early", False, THIRD_PARTY, what, f"请等到{each.release_on}；要提前的，先重新告知它。"
            )


def told_parties(case: Case, journal: Journal) -> list[ToldParty]:
    """Who was told of a release by letters that hold."""
    found = []
    for letter in case.letters:
        if letter.kind == TOLD and letter.letter_id not in case.void_letters:
            facts = json.loads(journal.letter(letter.letter_id).facts)
            day = facts.get("release_on")
            release_on = date.fromisoformat(day) if day else None
            found.append(ToldParty(str(facts.get("party", "")), letter.letter_id in case.served_letters, release_on))
    return found


def last_positions(answered: Sequence[ev.PartyAnswered]) -> dict[str, str]:
    """What each third party said last."""
    return {event.party: event.position for event in answered if event.position}


def _agreed(facts: Mapping[str, Any], source: Template, answered: Sequence[ev.PartyAnswered]) -> Iterator[Finding]:
    """What a third party agreed to is given out (条例 15)."""
    withheld = [str(row[1]) for row in facts.get("withheld") or ()]
    if source.kind != "third_party" and not any(FOR_ITS_SAKE in article for article in withheld):
        return
    agreed = [who for who, position in last_positions(answered).items() if position == "agreed"]
    if agreed:
        what = f"【{'、'.join(agreed)}】同意公开，这份文书却为第三方的权益不给。"
        todo = "第三方同意公开的，予以公开（条例第十五条）；不给的部分只涉及别的第三方的，请核对以后发。"
        yield Finding("party_agreed", False, THIRD_PARTY, what, todo, "withheld" if withheld else "")


def _position(said: Any, asked: Sequence[PartyConsulted], answered: Sequence[ev.PartyAnswered]) -> Iterator[Finding]:
    """The opinion that the letter gives a third party, beside those that were noted, of each that was asked."""
    if not said:
        return
    if not answered:
        what = f"文书上写第三方{POSITIONS[said]}，登记里没有第三方的答复。"
        todo = "请先按 F6 记下哪天征求、哪天答复；没有征求过的，这一项空着。"
        yield Finding("party_position", False, THIRD_PARTY, what, todo, "party_position")
        return
    noted = last_positions(answered)
    others = {who: position for who, position in noted.items() if position != said}
    waiting = [name for name in dict.fromkeys(each.party for each in asked) if name not in noted]
    if others or (noted and waiting):
        told = [f"{who}{POSITIONS[position]}" for who, position in noted.items()]
        told += [f"{name}还没有答复的记录" for name in waiting]
        what = f"文书上写第三方{POSITIONS[said]}，登记里是：{'；'.join(told)}。"
        todo = "没有答复的不能写成不同意，几个第三方说的不一样的，一个一个写进理由里。请照记下的写。"
        yield Finding("party_position", False, THIRD_PARTY, what, todo, "party_position")
