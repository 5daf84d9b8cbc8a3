"""What a word of an office most likely means in a column, or which of several it may mean: proposed to a person, never taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from deskapp.exchange.mapping import NOTHING, usual, written
from deskapp.law.categories import categories_named

# The office's own name for itself, what leads to the word, what only says what kind of word it is: 属于信息不存在类, 我局未制作.
_OURSELVES = re.compile(
    "(?:本|我)(?:行政机关|机关|单位|部门|局|镇|街道|县|市|区|委|办|乡|中心)(?:职[责权]?(?:范围)?)?"
)
_BEFORE = re.compile(
    "^(?:经(?:审?[查核]|检索)[，,]?)?(?:该|所)?(?:申请人?)?(?:申请)?的?(?:政府)?(?:信息|内容|事项)?(?:是|属于|属|系|为)"
)
_BETWEEN = re.compile("[、，,;；/／]|以及|[和及与](?=.)")
_DENIED = re.compile(
    "(?:[不未非没无免拒]|没有|拒绝|暂缓|延期|延迟|[拟待])(?:[予能宜应可得再被以]|予以|是|属于?|同意)*$"
)
_BEHIND = re.compile("(?:类申请|类信息|类事项|类|范围|事项|告知书|答复书|决定书|告知|答复|决定|的)$")


def likely_word(column: str, word: str) -> str:
    """Our word for it, or :data:`NOTHING`; empty where nobody can say, and where it may be several."""
    found = _candidates(column.removeprefix("重新"), word)
    return found[0] if len(found) == 1 else ""


def may_be(column: str, word: str) -> tuple[str, ...]:
    """Our words that a word may mean where one alone cannot be told from it; empty where it is known, or nothing is."""
    found = _candidates(column.removeprefix("重新"), word)
    return found if len(found) > 1 else ()


@lru_cache(maxsize=4096)
def _candidates(column: str, word: str) -> tuple[str, ...]:
    """Our words that a word of an office may mean: as it is known, or those of its parts, 公开、不存在."""
    plain, known = _plain(word), _known(column)
    for text in (word.casefold(), plain.casefold(), _kernel(plain).casefold()):
        if text in known:
            return (known[text],)
    if column == "答复类型" and (shared := categories_named(word)):
        return tuple(item.name for item in shared)
    parts = [part for part in _BETWEEN.split(plain) if part]
    if len(parts) > 1:
        return tuple(dict.fromkeys(ours for part in parts for ours in _candidates(column, part)))
    if re.search(written()["never"].get(column, "(?!)"), plain):
        return ()
    several = next(
        (tuple(x) for pattern, x in written()["may_be"].get(column, {}).items() if re.search(pattern, plain)), ()
    )
    return tuple(dict.fromkeys((*several, *_spoken_of(column, plain))))


def _spoken_of(column: str, plain: str) -> Iterator[str]:
    """Our words of which a longer text speaks, and does not deny them: 非主动公开, 未撤回."""
    for ours, pattern in written()["like"].get(column, {}).items():
        found = re.search(pattern, plain, re.IGNORECASE)
        if found and not _DENIED.search(plain[: found.start()]):
            yield ours


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
        kernels.setdefault(_kernel(_plain(word)).casefold(), set()).add(ours)
    sole = {text: ours.pop() for text, ours in kernels.items() if len(ours) == 1}
    return sole | {word.casefold(): ours for word, ours in words.items()}
