"""What is said of an import, at the screen and by the command."""

from __future__ import annotations

from collections.abc import Sequence

from deskapp.desk.office.ledgers import Imported
from deskapp.exchange.heading import BadCell


def counted(result: Imported) -> str:
    """The sum that every import ends with."""
    parts = [f"{'可以收的' if result.bad_lines else '收下'}{len(result.good_lines)}行"]
    parts += [f"不是申请的{len(result.left_out)}行"] if result.left_out else []
    parts += [f"有错的{result.bad_lines}行"] if result.bad_lines else []
    return f"共{result.rows}行 = {' + '.join(parts)}"


def left_said(result: Imported) -> list[str]:
    """The lines that are no applications, by their reasons."""
    groups: dict[tuple[str, str], list[int]] = {}
    for left in result.left_out:
        groups.setdefault((left.sheet, left.why), []).append(left.line)
    return [
        f"{f'“{sheet}”' if sheet else ''}第{_some(lines)}行没有导入：{why}。"
        for (sheet, why), lines in groups.items()
    ]


def bad_said(bad: Sequence[BadCell]) -> list[str]:
    """Bad cells one by one, or, where one kind stands in many lines, once with the count."""
    groups: dict[tuple[str, str, str, str], list[int]] = {}
    for cell in bad:
        groups.setdefault((cell.sheet, cell.column, cell.value, cell.right), []).append(cell.line)
    return [
        f"{f'“{sheet}”' if sheet else ''}第{_some(lines)}行“{column}”是“{value}”{f'，{len(lines)}处' if len(lines) > 1 else ''}：{right}。"
        for (sheet, column, value, right), lines in groups.items()
    ]


def _some(lines: Sequence[int], most: int = 5) -> str:
    return "、".join(map(str, lines[:most])) + ("等" if len(lines) > most else "")
