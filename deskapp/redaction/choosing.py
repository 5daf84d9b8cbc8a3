"""Which pages of a paper are given out, as somebody types it: 1-3,7. The others are left out of the copy, and it is said which."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from deskapp.errors import DeskError

PART = re.compile(r"([0-9]{1,4})(?: ?[-—–~至] ?([0-9]{1,4}))?")
BETWEEN = re.compile(r"[,，、;；\s]+")
NOTHING = "没有打开。"
HOW = "请写页码，例如 1-3,7：从前往后写，每页写一次；全都给的不填。"
BAD_PAGES = "bad_pages"  # the code of a refusal of pages that are not there, or are not written so


def chosen_pages(typed: str, total: int) -> tuple[int, ...]:
    """The pages that are meant, of so many, every page for an empty text. Raises DeskError for what is no page, is not there, is written
    twice, or runs backwards: a slip of the finger must not decide what is given out."""
    text = unicodedata.normalize("NFKC", typed).strip().strip(",、; ")
    if not typed.strip():
        return tuple(range(1, total + 1))
    text = re.sub(r"\s*([-—–~至])\s*", r"\1", text)
    spans = [_span(part, total) for part in BETWEEN.split(text)]
    for (_, before), (after, _) in pairwise(spans):
        if after <= before:
            raise _refused(f"【{typed.strip()}】里有页码写了两次，或者前后颠倒。")
    return tuple(number for first, last in spans for number in range(first, last + 1))


def _span(part: str, total: int) -> tuple[int, int]:
    found = PART.fullmatch(part)
    if not found:
        raise _refused(f"看不懂页码【{part}】。")
    first, last = int(found[1]), int(found[2] or found[1])
    if first > last:
        raise _refused(f"【{part}】前后颠倒。")
    if first < 1 or last > total:
        raise _refused(f"这份材料有{total}页，没有第{part}页。")
    return first, last


def _refused(what: str) -> DeskError:
    return DeskError(what, NOTHING, HOW, "pages", code=BAD_PAGES)


def in_words(numbers: Iterable[int]) -> str:
    """Pages as people say them: 第1至3、7页; empty for none."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][-1] + 1:
            spans[-1][1:] = [number]
        else:
            spans.append([number])
    return f"第{'、'.join('至'.join(map(str, span)) for span in spans)}页" if spans else ""


def left_out_words(numbers: Iterable[int]) -> str:
    """What is said of the pages that were not chosen; empty where every page was."""
    which = in_words(numbers)
    return f"{which}没有选，没有看过，不在复制件里；为什么不给、是不是与申请无关，要在答复书里写明。" if which else ""
