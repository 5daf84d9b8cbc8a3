"""What is still to be thought of after the answers of the last year: whether a release is fit for everybody, how it went (随访)."""

from __future__ import annotations

from datetime import date, timedelta

from deskapp.law.categories import categories
from deskapp.register.queries import AfterAct, Queries

BACK = timedelta(days=365)  # answers that are looked at; what is older is no prompt any more
JUDGED: AfterAct = "publication_judged"
ASKED: AfterAct = "followed_up"


def prompts(queries: Queries, today: date) -> list[str]:
    """What the board says: how many releases of the last year nobody has judged; how many applicants nobody has asked, where this
    office asks them at all."""
    since = today - BACK
    released = [item.key for item in categories() if item.releases]
    answers = [item.key for item in categories() if item.answers]
    judge = _some(*queries.served_without(JUDGED, released, since))
    ask = _some(*queries.served_without(ASKED, answers, since)) if queries.any_act(ASKED) else ""
    said = []
    if judge:
        said.append(f"{judge}公开了信息，还没有判断宜不宜转主动公开：打开那一件按 F6。")
    if ask:
        said.append(f"{ask}送达以后还没有随访：打开那一件按 F6。")
    return said


def _some(n: int, newest: str) -> str:
    """The newest number and how many there are: LH-2026-0012等3件; empty for none."""
    return f"{newest}等{n}件" if n > 1 else newest
