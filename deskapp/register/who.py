"""How lists name who applied."""

from __future__ import annotations


def who_of(applicant: str, others: int) -> str:
    """An applicant as lists name him, with how many others applied with him: 张三等3人."""
    return f"{applicant}等{others + 1}人" if others else applicant
