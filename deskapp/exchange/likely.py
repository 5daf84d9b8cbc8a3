"""What a word of an office most likely means in a column, or which of several it may mean: proposed to a person, never taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from deskapp.exchange.mapping import NOTHING, usual, written
from deskapp.law.categories import categories_named

# The office's own name for itself, what leads to the word, what only says what kind of word it is: 属于信息不存在类, 我局未制作.
_OURSELVES = re.compile(
    "(?:本|我)(?:行政机关|机关|单位|部门|局|镇|街道|县|市|区|委|办|乡|中心)(?:职[责权]?(?:范围)?)?"
)
_BEFORE = re.compile(
    "^(?:经(?:审?[查核]|检索)[，,]?)?(?:该|所)?(?:申请人?)?(?:申请)?的?(?:政府)?(?:信息|内容|事项)?(?:是|属于|属|系|为)"
)
_BEHIND = re.compile("(?:类申请|类信息|类事项|类|范围|事项|告知书|答复书|决定书|告知|答复|决定|的)$")


def likely_word(column: str, word: str) -> str:
    """Our word for it, or :data:`NOTHING`; empty where nobody can say, and where it may be several."""
    column = column.removeprefix("重新")
    plain = _plain(word)
    known = _known(column)
    for text in (word, plain, _kernel(plain)):
        if text in known:
            return known[text]
    if may_be(column, word):
        return ""
    said = _spoken_of(column, plain)
    return said[0] if len(said) == 1 else ""


def may_be(column: str, word: str) -> tuple[str, ...]:
    """Our words that a word may mean where one alone cannot be told from it; empty where it is known, or nothing is."""
    column = column.removeprefix("重新")
    plain = _plain(word)
    if plain in _known(column) or _kernel(plain) in _known(column):
        return ()
    if column == "答复类型" and (shared := categories_named(word)):
        return tuple(item.name for item in shared)
    said = _spoken_of(column, plain)
    if len(said) == 1:
        return ()
    for pattern, ours in written()["may_be"].get(column, {}).items():
        if re.search(pattern, plain):
            return tuple(ours)
    return said


def _spoken_of(column: str, plain: str) -> tuple[str, ...]:
    """Our words of which a longer text speaks."""
    of = written()["like"].get(column, {})
    return tuple(ours for ours, pattern in of.items() if re.search(pattern, plain, re.IGNORECASE))


def _plain(word: str) -> str:
    return "".join(unicodedata.normalize("NFKC", word).split()).rstrip("。.;")


def _kernel(plain: str) -> str:
    """A word without what may stand before and behind it."""
    text = _BEFORE.sub("", _OURSELVES.sub("本机关", plain))
    return _BEHIND.sub("", text) or text


@cache
def _known(column: str) -> Mapping[str, str]:
    """The words of offices and, by their kernels, of offices and our own; a kernel that two share says nothing."""
    words = usual().words.get(column, {})
    kernels: dict[str, set[str]] = {}
    for word, ours in (*words.items(), *((ours, ours) for ours in dict.fromkeys(words.values()) if ours != NOTHING)):
        kernels.setdefault(_kernel(_plain(word)), set()).add(ours)
    return {**{text: ours.pop() for text, ours in kernels.items() if len(ours) == 1}, **words}
