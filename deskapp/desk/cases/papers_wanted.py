"""What a file still lacks: the papers that the life of a case asks for, beside those that lie there. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from deskapp.law.case_file import FiledKind, FiledPaper, filed_papers, reminded_after
from deskapp.law.categories import category
from deskapp.law.delivery import way
from deskapp.law.receipt import channel_rule
from deskapp.register import events as ev
from deskapp.register.case import Case

NOTE_KEY = "F6"  # that notes an act
FILE_KEY = "F9"  # that leads from a case to its papers


def wanted(case: Case) -> list[str]:
    """The names of the papers that are still wanting, in the archive's order, with how many where it is more than one."""
    lacking = _lacking(case)
    names = ((kind.name, lacking[kind.key]) for kind in wanted_kinds(case))
    return [name if number == 1 else f"{name}{number}份" for name, number in names]


def wanted_kinds(case: Case) -> list[FiledPaper]:
    """Their kinds, in the archive's order."""
    lacking = _lacking(case)
    return sorted((kind for kind in filed_papers().values() if lacking[kind.key]), key=lambda kind: kind.place)


def _lacking(case: Case) -> Counter[FiledKind]:
    """How many of each kind are wanting."""
    return Counter(_asked(case)) - Counter[FiledKind](paper.kind for paper in case.papers)


def _asked(case: Case) -> Iterator[FiledKind]:
    """Each paper that there must be, by its kind."""
    known = case.received
    if not known.split_from:  # those of an item lie to the application that it was split from
        if not channel_rule(known.channel).spoken:
            yield "application"
        yield "identity"
    if known.acting:
        yield "authority"
    for event in case.told:
        yield from _of(event)
    if case.category and category(case.category).releases and not case.without_letter:
        yield "released"


def _of(event: ev.AnyEvent) -> Iterator[FiledKind]:
    if isinstance(event, ev.PartyAnswered | ev.AgencyAnswered) and not _silent(event):
        yield "reply_slip"
    if isinstance(event, ev.Served):
        yield "postal" if way(event.way).numbered else "proof"
    if isinstance(event, ev.Disputed):
        yield "review"


def _silent(event: ev.PartyAnswered | ev.AgencyAnswered) -> bool:
    """Whether what was noted is that nothing came."""
    return isinstance(event, ev.PartyAnswered) and event.position in ("silent", "unreachable")


def reminder(case: Case, key: str) -> str:
    """What of the act that was noted last belongs on file, as a sentence with the key that puts it there; empty for nothing."""
    last = case.history[-1]
    kinds = [kind.key for kind in reminded_after(last.act)] or list(_of(last))
    lacking = _lacking(case)
    names = [filed_papers()[kind].name for kind in kinds if lacking[kind] > 0]
    return f"请把{'、'.join(names)}入卷：在案件里按 {key}。" if names else ""
