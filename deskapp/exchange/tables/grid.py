"""What every reader gives: the sheets of a file, and their lines as cells of text on one line each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from deskapp.parsing import one_line

MOST_COLUMNS = 500  # a table with more is no table of an office
MOST_CHARACTERS = 40_000  # of a cell: Excel takes 32,767
NO_VALUE = "这一格是公式，没有算好的值，请改成值"
LOST_DIGITS = "这是数值，15位以后的数字已经丢了，请把这一列改成文本，照原件重填"
SCIENTIFIC = "已经变成科学计数，后面的数字丢了，请把这一列改成文本，照原件重填"
UNREADABLE = "有字读不出来（存成别的编码时丢了），请照原件补上"
BROKEN_LINE = "一格里有换行，引号可能没有关上，后面的行也可能在这一格里，请核对后改成一行"
TRUTHS = ("TRUE", "FALSE")
_ERROR = re.compile(
    "#(?:N/A|GETTING_DATA|[A-Z]+(?:/0)?[!?])|Err:[0-9]{3}"
)  # what a table program shows in place of a value
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{2,3}")
MOST_WHOLE = 10**15  # a number that Excel keeps with every digit is smaller


@dataclass(frozen=True)
class TableLine:
    """One line of a sheet: its number in the file (where it begins), its cells (a merged one stands in every line it covers), why the text of
    some is not what was meant, by their place, and the cells with merged ones in every column as well, as a heading is read; ``struck`` says
    that words of it are struck through, ``broken`` which cells may hold whole lines and ``swallowed`` how many further lines of the file they
    reach over, ``from_above`` which cells are filled by a merged one that begins above, ``worded`` how many numbers have what their format
    adds."""

    number: int
    cells: tuple[str, ...]
    lost: Mapping[int, str] = field(default_factory=dict)
    hidden: bool = False
    over_columns: tuple[str, ...] = ()
    struck: bool = False
    broken: frozenset[int] = frozenset()
    from_above: frozenset[int] = frozenset()
    worded: int = 0
    swallowed: int = 0

    @property
    def spread(self) -> tuple[str, ...]:
        """The cells as a heading is read."""
        return self.over_columns or self.cells

    @property
    def empty(self) -> bool:
        """Whether it holds nothing: borders and colours are nothing."""
        return not any(self.cells)


@dataclass(frozen=True)
class SheetInfo:
    """A sheet of a file: its name, whether people see it."""

    name: str
    hidden: bool = False


def text_of(value: object) -> tuple[str, str]:
    """A text as a cell, and why it is not what was meant; empty where it is."""
    raw = str(value)
    text = one_line(raw)[:MOST_CHARACTERS]
    if "\ufffd" in text:
        return text, UNREADABLE
    if _SCIENTIFIC.fullmatch(text):
        return text, SCIENTIFIC
    return error_text(text) if _ERROR.fullmatch(text) else (text, "")


def error_text(text: str) -> tuple[str, str]:
    """What a table program shows in place of a value, as a cell."""
    return text, f"这一格是错误值 {text}，请改正"


def truth_text(value: bool) -> tuple[str, str]:
    """TRUE or FALSE as a cell, which is no text that anybody meant."""
    text = str(value).upper()
    return text, f"这一格是{text}，不是文字，请改正"


def bare_text(text: str) -> tuple[str, str]:
    """A cell of a file whose cells are of no kind (csv, a page): TRUE and FALSE are what a table program wrote for a value."""
    return truth_text(text == "TRUE") if text in TRUTHS else text_of(text)


def number_text(value: float) -> tuple[str, str]:
    """A number as a cell: whole ones without a point; too long ones have lost their end."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e300:
        value = int(value)
    return str(value), LOST_DIGITS if abs(value) >= MOST_WHOLE else ""
