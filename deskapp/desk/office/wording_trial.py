"""Templates of others, tried before they are taken: read, composed, laid out and checked with example facts.

What a stranger wrote may say little and mean much work: it is tried in a process with limits (:mod:`deskapp.exchange.apart`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from deskapp.desk.cases.letter_events import act_fault
from deskapp.desk.office.wording_checks import looked
from deskapp.errors import DeskError
from deskapp.exchange.apart import Apart
from deskapp.law.categories import outcome
from deskapp.law.periods import periods_on
from deskapp.unit import UnitProfile, read_profile
from letters.catalogue import parse_template, shipped, template_text
from letters.citations import not_in_head
from letters.errors import PressError
from letters.template import Template

Trial = tuple[str, tuple[str, ...]]  # why it cannot be taken (empty: it can), what is to be known besides
SAME_AS_OURS = {
    "stage": "属于哪一类", "numbered": "编不编文号", "act": "办的是哪一步", "act_facts": "办这一步要的事实", "act_values": "办这一步固定的事实",
    "remedies": "救济告知", "remedies_by": "救济告知", "addressee": "发给谁",
}  # fmt: skip
"""What of a head a kind of ours keeps, whoever words it: the desk acts by it, and no office rewrites it on the screen."""
NOTHING = "没有收，这里的文书模板没有动。"
TOO_MUCH = "里面有一种文书排得没完没了，请对方核对，另给一份。"


def tried(
    texts: Sequence[tuple[str, str]], parts: Mapping[str, str], unit: UnitProfile, on: date, fonts: Path
) -> list[Trial]:
    """What becomes of each template of file name and text for an office on a day. Raises DeskError where the trial itself is broken off."""
    words = (list(texts), dict(parts), unit.model_dump(mode="json"), on, fonts)
    found = list(Apart("deskapp.desk.office.wording_trial:trials", *words, nothing=NOTHING, advice=TOO_MUCH))
    if len(found) != len(texts):
        raise DeskError("文书模板没有试完。", NOTHING, TOO_MUCH)
    return found


def faults_of(paths: Sequence[Path], unit: UnitProfile, on: date, fonts: Path) -> list[str]:
    """Why none of these files of templates can be taken, one sentence a file, empty for one that can; all of them in one trial. Raises
    DeskError where the trial itself is broken off."""
    texts, faults = [], []
    for path in paths:
        try:
            texts.append((path.name, template_text(path)))
            faults.append("")
        except PressError as error:
            faults.append(f"{error}{NOTHING}")
    parts = next(iter(shipped().templates.values())).parts
    found = iter(tried(texts, parts, unit, on, fonts) if texts else ())
    return [fault or next(found)[0] for fault in faults]


def trials(
    texts: Sequence[tuple[str, str]], parts: Mapping[str, str], unit: dict[str, Any], on: date, fonts: Path
) -> Iterator[Trial]:
    """What the other process sends: one trial for each template."""
    from letters.pdf.fonts import FontBook

    book, profile = FontBook(fonts), read_profile(unit, "单位资料")
    for name, text in texts:
        try:
            yield _trial(parse_template(text, name, dict(parts)), profile, on, book)
        except (PressError, DeskError) as error:
            yield str(error), ()


def _trial(made: Template, unit: UnitProfile, on: date, fonts: Any) -> Trial:
    ours = shipped().templates.get(made.kind)
    spelled = made.spelled(periods_on(on))
    for fault in (_other_than_ours(ours, made), act_fault(made), _articles(made), _over(made, on)):
        if fault:
            return fault, ()
    found = looked(ours or made, spelled, unit, on, fonts).findings
    wrong = [f"{finding.where}：{finding.what}{finding.todo}" for finding in found if finding.blocking]
    return (wrong[0] if wrong else ""), tuple(f"{each.where}：{each.what}" for each in found if not each.blocking)


def _other_than_ours(ours: Template | None, made: Template) -> str:
    if ours is None:
        known = made.stage != "reply" or outcome(made.kind)
        return "" if known else "答复有哪几种由条例定，这里没有这一种；对方的程序可能更新。"
    for key, name in SAME_AS_OURS.items():
        if getattr(ours, key) != getattr(made, key):
            return f"抬头里的 {key}（{name}）和程序自带的不一样，收了会改变办理的步骤。"
    return ""


def _articles(made: Template) -> str:
    wrong = not_in_head(made)
    return f"正文引用了{'、'.join(wrong)}，抬头的依据里没有。" if wrong else ""


def _over(made: Template, on: date) -> str:
    return f"只用到{made.valid_to}，已经过了。" if made.valid_to and made.valid_to < max(on, made.valid_from) else ""
