"""Labels of forms broken between words, in lines as even as the words allow; those of this trade are listed, a name stays whole."""

from __future__ import annotations

import re
from collections.abc import Callable

from letters.typeset.titles import divisions

WORDS = (
    "受送达人", "送达人", "见证人", "申请人", "代收人", "收件人", "受托人", "答辩人", "负责人", "代表人", "法定", "部门", "征求", "意见", "同意", "不同意",
    "部分", "签名", "盖章", "按指印", "所需", "信息", "名称", "文号", "申请", "公开", "不能", "书面", "提出", "原因", "邮编", "邮箱", "补正", "告知",
    "最后", "一日", "答复", "送达", "关系", "拒收", "情况", "两人", "什么词", "怎样", "请在", "此日前", "回复", "查找", "结果", "附后", "没有", "写明",
    "在哪里", "能不能", "理由", "依据", "身份", "电话", "地址", "委托", "事项", "权限", "网上", "可以", "代收", "经过", "文书", "处理", "查阅", "哪些",
    "复制", "几页",
)  # fmt: skip
BEFORE = "了等查人、，。；：）》”"  # stay with what stands before them
AFTER = ("的", "或者", "不能", "与", "和", "（", "《", "“")  # stay with what follows them
LONGEST_NAME = 4  # characters between known words that are held for a name
_KNOWN = "|".join(sorted(map(re.escape, (*WORDS, *AFTER)), key=len, reverse=True))
_PIECES = re.compile(rf"({_KNOWN}|[0-9A-Za-z]+|[{BEFORE}]|\s+)")


def label_lines(text: str, width_of: Callable[[str], float], measure: float) -> list[str]:
    """The lines of a label for that ``measure``; the text as it is where its words do not fit."""
    if width_of(text) <= measure:
        return [text]
    words = _words(text)
    for count in range(2, len(words) + 1):
        fitting = [
            lines for lines in divisions(words, count) if all(width_of(line.strip()) <= measure for line in lines)
        ]
        if fitting:
            best = min(fitting, key=lambda lines: sum(width_of(line.strip()) ** 2 for line in lines))
            return [line.strip() for line in best]
    return [text]


def _words(text: str) -> list[str]:
    """The label in pieces that stay whole."""
    pieces = [piece for piece in _PIECES.split(text) if piece]
    pieces = [part for piece in pieces for part in ([piece] if len(piece) <= LONGEST_NAME else piece)]
    joined: list[str] = []
    for piece in pieces:
        if joined and (piece in BEFORE or joined[-1] in AFTER):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined
