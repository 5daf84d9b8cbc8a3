"""What the columns and words of an office's own table stand for: a TOML file that the program proposes and a person corrects.

``[columns]`` has the names in the file and the columns they stand for, empty for one that is not wanted; ``[words."列"]`` the words of a
column and ours. What is usual is proposed from ``words.toml``, never taken by itself: 公民 may be anybody.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from deskapp.errors import DeskError, os_reason

LARGEST = 1_000_000  # bytes
NOTHING = "（不填）"  # what a word like 正在办理 stands for: the cell is as if it were empty
WORDS = Path(__file__).with_name("words.toml")


@dataclass(frozen=True)
class WordMap:
    """A mapping: columns, words by column, and what stands in a column for the whole table that has none."""

    columns: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    whole: Mapping[str, str] = field(default_factory=dict)

    def word(self, column: str, text: str) -> str:
        """Our word for one of the file's, nothing for one that says nothing; the same for one it does not know."""
        ours = self.words.get(column, {}).get(text) or text
        return "" if ours == NOTHING else ours

    def in_ours(self, cells: Mapping[str, str]) -> dict[str, str]:
        """The cells of a line, by column, each as :meth:`word` has it."""
        found = {column: "" if cell == NOTHING else cell for column, cell in cells.items()}
        found.update((column, self.word(column, cells[column])) for column in self.words if column in cells)
        return found


NO_MAPPING = WordMap()


@cache
def written() -> dict[str, Any]:
    """``words.toml`` as it stands."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


@cache
def usual() -> WordMap:
    """The usual names of columns of a ledger, and the words of offices with what they most likely mean."""
    found = written()
    columns = {
        other: column for column, others in found["columns"].items() for one in others for other in spelled_out(one)
    }
    words = {
        column: {other: ours for ours, others in of.items() for other in others}
        for column, of in found["words"].items()
    }
    return WordMap(columns, words)


@cache
def open_names() -> dict[str, tuple[str, ...]]:
    """The names that may mean more than one column of a ledger, or none."""
    found = written()["either"]
    return {other: tuple(columns) for one, columns in found.items() for other in spelled_out(one)}


@cache
def cell_shapes() -> dict[str, str]:
    """What stands in the columns of a ledger, as patterns."""
    return dict(written()["cells"])


def spelled_out(name: str) -> Iterator[str]:
    """A name with each of the parts that it leaves to choose: {收到|收件}{日期|时间}."""
    parts = [part.split("|") for part in re.split("[{}]", name)]
    return ("".join(chosen) for chosen in product(*parts))


HOW_WRITTEN = (
    '左右两边都要放在英文引号里，例如 "收件时间" = "收到日期"；台账的可以用 --propose-mapping 写出的文件改。'
)


def read_mapping(path: Path, columns: tuple[str, ...]) -> WordMap:
    """A mapping from its file. Raises DeskError for one that cannot be read or names a column that there is not."""
    try:
        if path.stat().st_size > LARGEST:
            raise DeskError(f"对应表 {path.name} 太大。", "没有导入。", "请核对文件。")
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DeskError(f"对应表 {path.name} 读不出来：{os_reason(error)}。", "没有导入。", "请核对文件。") from error
    except (ValueError, RecursionError) as error:
        raise DeskError(f"对应表 {path.name} 不是能读的 TOML。", "没有导入。", HOW_WRITTEN) from error
    return mapping_of(found, columns, path.name)


def meant_by(path: Path | None, columns: tuple[str, ...]) -> WordMap:
    """The mapping of a file, or none where no file is given. Raises DeskError as :func:`read_mapping`."""
    return read_mapping(path, columns) if path else NO_MAPPING


def mapping_of(found: Any, columns: tuple[str, ...], name: str) -> WordMap:
    """A mapping from its content. Raises DeskError."""
    whole = isinstance(found, dict)
    of_columns: Any = found.get("columns", {}) if whole else {}
    of_words: Any = found.get("words", {}) if whole else {}
    of_whole: Any = found.get("whole", {}) if whole else {}
    whole = whole and (
        isinstance(of_columns, dict)
        and isinstance(of_whole, dict)
        and isinstance(of_words, dict)
        and all(isinstance(x, dict) for x in of_words.values())
    )
    texts = (
        [*of_columns.values(), *of_whole.values(), *(text for x in of_words.values() for text in x.values())]
        if whole
        else [0]
    )
    if not all(isinstance(text, str) for text in texts) or set(found) - {"columns", "words", "whole"}:
        raise DeskError(
            f"对应表 {name} 的写法不对。",
            "没有导入。",
            '只有 [columns]、[words."列名"] 和 [whole] 三部分，都是文字。',
        )
    strange = sorted(
        {column for column in (*of_columns.values(), *of_words, *of_whole) if column and column not in columns}
    )
    if strange:
        raise DeskError(
            f"对应表 {name} 里没有这样的列：{'、'.join(strange)}。",
            "没有导入。",
            f"可以用的列：{'、'.join(columns)}。",
        )
    return WordMap(of_columns, of_words, of_whole)
