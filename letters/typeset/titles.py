"""Titles broken by meaning (GB/T 9704 7.3.1): words stay whole, the lines stand as 梯形 or 菱形, never as one long and one
short end. The words are those of this trade; what stands between them, such as a name, stays whole too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise

WORDS = (
    "政府信息", "公开", "申请", "答复书", "告知书", "通知书", "征求意见书", "征求意见", "意见", "回执", "补正", "不予公开", "部分公开",
    "主动公开", "第三方", "信息处理费", "收费", "延长", "期限", "说明理由", "登记表", "审批表", "呈批表", "送达", "回证", "更正", "建议",
    "行政查询", "事项", "重复", "处理", "撤回", "确认", "口头", "记录", "卷内", "目录", "人民政府", "办公室", "关于", "予以", "不予",
)  # fmt: skip
TIED_TO_BEFORE = "的了和与及、，。）》〕”书表函"
TIED_TO_AFTER = "（《〔“第不未"
LEADS_ON = "关于"  # a line does not end with it
LONGEST_NAME = 8  # characters between known words that are held for a name and kept whole
MOST_LINES = 3


def break_title(title: str, width_of: Callable[[str], float], measure: float) -> list[str]:
    """The lines of a title for that ``measure``; ``width_of`` tells how wide a text is in the same unit."""
    if width_of(title) <= measure:
        return [title]
    words = _words(title)
    for count in range(2, MOST_LINES + 1):
        fitting = [lines for lines in divisions(words, count) if all(width_of(line) <= measure for line in lines)]
        if fitting:
            return min(fitting, key=lambda lines: _ugliness([width_of(line) for line in lines]))
    return _by_width(title, width_of, measure)


def _words(title: str) -> list[str]:
    """The title in pieces that stay whole: known words, numbers, and what stands between them, such as names."""
    known = "|".join(map(re.escape, sorted(WORDS, key=len, reverse=True)))
    pieces = [p for p in re.split(rf"({known}|[0-9A-Za-z]+年?|[{TIED_TO_BEFORE}])", title) if p]
    pieces = [part for piece in pieces for part in ([piece] if len(piece) <= LONGEST_NAME else piece)]
    joined: list[str] = []
    for piece in pieces:
        if joined and (piece[0] in TIED_TO_BEFORE or joined[-1][-1] in TIED_TO_AFTER or joined[-1] == LEADS_ON):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def divisions(words: Sequence[str], count: int) -> Iterator[list[str]]:
    """Every way to divide the words into ``count`` lines."""
    for cuts in combinations(range(1, len(words)), count - 1):
        edges = [0, *cuts, len(words)]
        yield ["".join(words[a:b]) for a, b in pairwise(edges)]


def _ugliness(widths: list[float]) -> float:
    """0 for the best shape. Two lines: nearly equal, the lower one rather longer (梯形). Three: the middle one longest."""
    spread = max(widths) - min(widths)
    if len(widths) == 2:
        return spread + (0.5 * spread if widths[0] > widths[1] else 0)
    hollow = max(0.0, max(widths[0], widths[2]) - widths[1])
    return spread + 3 * hollow


def _by_width(title: str, width_of: Callable[[str], float], measure: float) -> list[str]:
    """The last resort for a title without usable words: fill line by line."""
    lines = [""]
    for char in title:
        if lines[-1] and width_of(lines[-1] + char) > measure:
            lines.append("")
        lines[-1] += char
    return lines
