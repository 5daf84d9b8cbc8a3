"""Choices that are ticked: several columns below one name, or several boxes in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from deskapp.exchange.columns import Columns

TICKS = "√✓✔☑🗹■●"
NO_TICKS = "□☐▢○◯⬜"
TICKED = (
    *TICKS,
    "þ",
    "ü",
    "1",
    "是",
    "Y",
    "y",
    "V",
    "v",
    "对",
    "勾",
)  # in a column of ticks; þ and ü are those of Wingdings
NOT_TICKED = (*NO_TICKS, "", "0", "否", "N", "n", "×", "✗", "/", "-", "—", "无", "¨")
NONE_TICKED = "一个勾也没有打"
_BRACKET = re.compile(rf"[（(\[【]\s*([{TICKS}]?)\s*[）)\]】]")
_MARK = re.compile(f"[{TICKS}{NO_TICKS}]")
_DAY_PART = re.compile(r"(.{0,8}?)的?(年|月|日|月[./、]?日)(?:份|度)?")
_MONTH_DAY = re.compile(
    r"([0-9]{1,2})[./月-]([0-9]{2}|[4-9])日?"
)  # 3.1 may be the 10th of which a program took the end
LEAST = 2  # columns of a group
DAY_PARTS = ("年", "月", "日", "月日")  # of a day that stands in several columns


@lru_cache(maxsize=4096)
def has_boxes(cell: str) -> bool:
    """Whether a cell holds boxes or ticks beside words."""
    if not _MARK.search(cell):
        return False
    plain = _BRACKET.sub(lambda found: found[1] or "□", cell)
    return bool(_MARK.sub("", plain).strip())


def ticked(cell: str, required: bool) -> tuple[str, str]:
    """The word that is ticked in a cell, and why it cannot be taken: two are ticked, or none where one must be."""
    plain = _BRACKET.sub(lambda found: found[1] or "□", cell).strip()
    marks, texts = _MARK.findall(plain), _MARK.split(plain)
    before = not texts[0].strip()  # the mark stands before its word, or behind
    words = [text.strip(" ,，、;；/") for text in (texts[1:] if before else texts[:-1])]
    pairs = [(mark, word.split()[0 if before else -1]) for mark, word in zip(marks, words, strict=True) if word]
    return _one([word for mark, word in pairs if mark in TICKS], required)


def _one(words: Sequence[str], required: bool) -> tuple[str, str]:
    if len(words) > 1:
        return "、".join(words), f"打了{len(words)}个勾，只能有一个"
    if not words:
        return "", NONE_TICKED if required else ""
    return words[0], ""


def ticked_column(cells: Mapping[str, str], required: bool) -> tuple[str, str]:
    """Of columns by their words the one whose cell is ticked, and why none can be taken."""
    strange = [(word, cell) for word, cell in cells.items() if cell not in TICKED and cell not in NOT_TICKED]
    if strange:
        word, cell = strange[0]
        return cell, f"【{word}】下面只能打勾或者空着"
    return _one([word for word, cell in cells.items() if cell in TICKED], required)


def parted_days(names: Sequence[str], columns: Columns, mapping: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The names of one line in which the parts of a day stand beside each other (收到年、收到月、收到日; 年、月、日; 年度、月.日): each as the
    name of the day with its part as the choice below it, as if the heading had two lines."""
    found, choices, start = list(names), [""] * len(names), 0
    for before, of in groupby([_DAY_PART.fullmatch(name.strip()) for name in names], lambda part: part and part[1]):
        run = ["月日" if part and len(part[2]) > 1 else part[2] if part else "" for part in of]
        end = start + len(run)
        if before is not None and (
            {"月", "日"} <= set(run) or ("月日" in run and run != ["月日"]) or (before and run == ["月日"])
        ):
            name = f"{before}日期"
            if len(set(run)) == len(run) and column_of(name, run, columns, mapping):
                found[start:end], choices[start:end] = [name] * len(run), run
        start = end
    return found, choices


def ticked_words(
    names: Sequence[str], below: Sequence[Sequence[str]], columns: Columns, mapping: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """The names of one line in which words of one column stand beside each other with nothing above and ticks ``below`` (公民、法人): each as
    the name of that column with its word as the choice below it. Numbers below are counts, as a summary has them."""
    found, choices, start = list(names), [""] * len(names), 0

    def of(name: str) -> str:
        known = not name or columns.meaning(name, mapping)[0] in columns.names or columns.may_mean(name)
        return "" if known else next((column for column in columns.words if columns.fits(column, name)), "")

    for column, run in groupby([of(name) for name in names]):
        end = start + len(list(run))
        several = column and end - start >= LEAST and len(set(names[start:end])) == end - start
        if several and _only_ticks([cell for cells in below for cell in cells[start:end]]):
            found[start:end], choices[start:end] = [column] * (end - start), names[start:end]
        start = end
    return found, choices


def is_tick(cell: str) -> bool:
    """Whether a cell is a tick, and not a number, which may be a count."""
    return cell in TICKED and not cell.isdigit()


def _only_ticks(cells: Sequence[str]) -> bool:
    return all(cell in TICKED or cell in NOT_TICKED for cell in cells) and any(map(is_tick, cells))


def are_day_parts(choices: Iterable[str]) -> bool:
    """Whether the choices below a name are the parts of a day, and no choices to be ticked."""
    return set(choices) <= set(DAY_PARTS)


def put_together(parts: Mapping[str, str]) -> str:
    """A day that stands in several columns as one text: 2026年3月15日; without the year where the heading has none, and no day at all where
    it has one that is empty here. What is no number stays to be seen."""
    cells = {part: cell.strip() for part, cell in parts.items()}
    if split := _MONTH_DAY.fullmatch(cells.get("月日", "")):
        cells |= {"月": split[1], "日": split[2], "月日": ""}
    if not any(cells.values()):
        return ""
    if cells.get("月日"):
        return f"{cells.get('年', '')} {cells['月日']}".strip()
    given = [(part, cells[part]) for part in DAY_PARTS if part in cells and (cells[part] or part == "年")]
    return "".join(cell if part in cell else f"{cell}{part}" for part, cell in given)


def inherited(upper: Sequence[str], lower: Sequence[str], columns: Columns, mapping: Mapping[str, str]) -> list[str]:
    """The upper line of a heading, in which a name is continued over the choices below it where the file has no merged cells."""
    names = list(upper)
    for place in range(1, len(names)):
        before = names[place - 1]
        if before and not names[place] and lower[place] and lower[place - 1] not in ("", before):
            column = column_of(before, (lower[place - 1], lower[place]), columns, mapping)
            names[place] = before if column else ""
    return names


def groups(
    upper: Sequence[str], lower: Sequence[str], columns: Columns, mapping: Mapping[str, str]
) -> Iterator[tuple[range, str]]:
    """The places of each name that stands over choices, and the column that the choices are of."""
    for name, found in groupby(range(len(upper)), lambda place: upper[place]):
        places = list(found)
        choices = [lower[place] for place in places]
        if not name or len(places) < LEAST or len(set(choices) - {"", name}) < len(choices):
            continue
        if column := column_of(name, choices, columns, mapping):
            yield range(places[0], places[-1] + 1), column


def column_of(name: str, choices: Sequence[str], columns: Columns, mapping: Mapping[str, str]) -> str:
    """The column of which the choices below a name are words; empty where they are not."""
    sole, _ = columns.meaning(name, mapping)
    if are_day_parts(choices):
        days = [x for x in ((sole,) if sole in columns.names else columns.may_mean(name)) if x in columns.days]
        return days[0] if len(days) == 1 else ""
    possible = [x for x in ((sole,) if sole in columns.names else columns.may_mean(name)) if x in columns.words]
    return columns.decided(possible, choices)
