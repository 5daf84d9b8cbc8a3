"""Table two of the annual report, 主动公开政府信息情况 (条例 20, 50): its lines in the format of a year. The register does not count them; they
are typed in and kept."""

from __future__ import annotations

import re
from datetime import date

from deskapp.law.annual_report import format_of
from deskapp.law.dated import Frozen, Sourced, load
from deskapp.law.errors import LawError

TITLE = "二、主动公开政府信息情况"
ALONE = frozenset({"行政许可", "行政处罚", "行政强制", "行政事业性收费"})  # of one number since the format of 2021
MOST_DIGITS = 12  # before the point
Cells = dict[str, tuple[str, ...]]  # numbers as they are written, by the key of their line; nothing is an empty text


class TwoLine(Sourced):
    """One line: the item of article 20, what is counted, the names of its numbers. ``decimals`` may stand behind the point."""

    key: str
    block: str
    name: str
    columns: tuple[str, ...]
    decimals: int = 0


class TwoFile(Frozen):
    """The content of table_two.toml."""

    line: tuple[TwoLine, ...]


def lines_of(year: int) -> tuple[TwoLine, ...]:
    """The lines of table two in the report on a year, in official order. Raises LawError before 2019."""
    format_of(year)
    file: TwoFile = load(TwoFile, "table_two.toml")
    return tuple(line for line in file.line if line.in_force(date(year, 1, 1)))


def names() -> frozenset[str]:
    """What the lines of either format are called."""
    file: TwoFile = load(TwoFile, "table_two.toml")
    return frozenset(line.name for line in file.line)


def number_text(line: TwoLine, typed: str) -> str:
    """A number of a line as it is kept: digits, with a point where the line may have one; a sign before it where it may fall. Raises
    LawError for anything else."""
    plain = typed.replace(",", "").replace("，", "").strip()
    point = rf"(?:\.[0-9]{{1,{line.decimals}}})?" if line.decimals else ""
    sign = "[-+]?" if any("增/减" in column for column in line.columns) else ""
    if plain and not re.fullmatch(rf"{sign}[0-9]{{1,{MOST_DIGITS}}}{point}", plain):
        some = f"，小数最多{line.decimals}位" if line.decimals else ""
        raise LawError(f"表二【{line.name}】的【{typed.strip()[:20]}】不对，请填数字{some}；没有的填0。")
    return plain
