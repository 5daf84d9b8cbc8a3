"""Numbers of a list: what they have in common stands once in the head of their column, the rest whole in every row."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

SIGN = "-"
HEAD = 2  # parts of a number that may stand in the head: whose, and of which year


def in_common(numbers: Sequence[str]) -> str:
    """The beginning that all numbers share, whole parts of it only: ``LH-2026-``; empty where they share none."""
    parts = [number.split(SIGN) for number in numbers]
    shared = 0
    while parts and shared < HEAD and all(len(of) > shared + 1 and of[shared] == parts[0][shared] for of in parts):
        shared += 1
    return "".join(f"{part}{SIGN}" for part in parts[0][:shared]) if shared else ""


def number_column(numbers: Sequence[str], name: str = "登记号") -> tuple[str, int]:
    """The head of the column of numbers and its width: every number stands whole below it."""
    common = in_common(numbers)
    head = common or name
    return head, max([cell_len(head), *(cell_len(number) - cell_len(common) for number in numbers)])
