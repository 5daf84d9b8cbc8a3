"""Plans: where the guide ended for a case, and the answers that led there, kept as the reasons of its letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from deskapp.law.guide import Step
from deskapp.register.journal import Journal

KEPT = "guide:"  # drafts: the kind of letter a case was led to, and why


@dataclass(frozen=True)
class Plan:
    """Where the guide ended for a case: the kind of letter, the answers that led there in words, the facts of the letter that they
    told."""

    kind: str = ""
    why: str = ""
    facts: dict[str, str] = field(default_factory=dict)


def kept_plan(journal: Journal, case_id: str) -> Plan:
    """The plan of a case; empty before one was made."""
    kept = journal.records.draft(KEPT + case_id)
    facts = kept.get("facts", {})
    return Plan(str(kept.get("kind", "")), str(kept.get("why", "")), facts if isinstance(facts, dict) else {})


def kept_walk(journal: Journal, case_id: str, kind: str) -> str:
    """Why that kind of letter was chosen for a case; empty when the guide led elsewhere."""
    plan = kept_plan(journal, case_id)
    return plan.why if plan.kind == kind else ""


def said(steps: Sequence[Step]) -> str:
    """A walk in words: 要不要补正：清楚，材料也齐；是不是信息公开申请：…"""
    return "；".join(f"{step.question.noted or step.question.name}：{step.answer.text}" for step in steps)


def told(steps: Sequence[Step]) -> dict[str, str]:
    """The facts of the letter that the answers of a walk told."""
    return {key: value for step in steps for key, value in step.answer.facts.items()}
