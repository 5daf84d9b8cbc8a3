"""Bad cells of a table, told by their kinds with counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deskapp.exchange.heading import BadCell

MANY, SHOWN = 6, 3  # different cells with one fault, from which they are told together; how many of them


def bad_said(bad: Sequence[BadCell]) -> list[str]:
    """Bad cells one by one, or, where one kind stands in many lines, or many cells have one fault, once with the count."""
    kinds: dict[tuple[str, str, str], list[BadCell]] = {}
    for cell in bad:
        kinds.setdefault((cell.sheet, cell.column, cell.right), []).append(cell)
    said: list[str] = []
    for (sheet, column, right), cells in kinds.items():
        values = list(dict.fromkeys(cell.value for cell in cells))
        if len(values) < MANY:
            said += _by_value(cells)
            continue
        some = "、".join(f"【{value}】" for value in values[:SHOWN])
        where = f"{f'【{sheet}】' if sheet else ''}第{some_of([cell.line for cell in cells])}行"
        said.append(f"{where}【{column}】是{some}等，{len(cells)}处：{right}。")
    return said


def _by_value(bad: Sequence[BadCell]) -> list[str]:
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
