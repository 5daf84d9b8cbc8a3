"""Bad cells of a table, told by their kinds with counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deskapp.exchange.heading import BadCell


def bad_said(bad: Sequence[BadCell]) -> list[str]:
    """Bad cells one by one, or, where one kind stands in many lines, once with the count."""
    groups: dict[tuple[str, str, str, str], list[int]] = {}
    for cell in bad:
        groups.setdefault((cell.sheet, cell.column, cell.value, cell.right), []).append(cell.line)
    return [
        f"{f'【{sheet}】' if sheet else ''}第{some_of(lines)}行【{column}】是【{value}】{f'，{len(lines)}处' if len(lines) > 1 else ''}：{right}。"
        for (sheet, column, value, right), lines in groups.items()
    ]


def lines_of(bad: Iterable[BadCell]) -> int:
    """How many lines have a bad cell."""
    return len({(cell.sheet, cell.line) for cell in bad})


def reasons_of(bad: Iterable[BadCell]) -> str:
    """What is wrong with a line, as it stands in the table of the lines that go back."""
    return "；".join(f"{cell.column}【{cell.value}】：{cell.right}" for cell in bad)


def some_of(lines: Sequence[int], most: int = 5) -> str:
    """The first lines, and how many there are."""
    return "、".join(map(str, lines[:most])) + (f"等{len(lines)}" if len(lines) > most else "")
