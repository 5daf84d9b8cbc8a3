"""Words as they are looked for: folded text, its pairs of characters, and the sound of names.

The index holds each text as the pairs of its neighbouring characters, so that a word of two characters is found as well
as one of ten, on every version of SQLite. Signs and spaces do not count: ``柳政依复〔2026〕3号`` is found by ``20263号``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise, product

MOST_READINGS = 4
NAME_LENGTH = 20  # characters of a name that are read aloud
_SIGNS = re.compile(r"[\W_]+")  # all but letters, digits and characters
INITIALS, SOUND, GAP = "¶", "♪", "§"  # signs that no folded text holds


def fold_text(text: str) -> str:
    """``text`` without signs and spaces, full width and capitals made plain."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).casefold())


def pairs(folded: str) -> list[str]:
    """The pairs of neighbouring characters of a folded text, and its last character by itself."""
    return [*(a + b for a, b in pairwise(folded)), *folded[-1:]]


def index_text(name: str, others: Iterable[str]) -> str:
    """What the index holds of a case: the pairs of each text, the initials and the sounds of the name."""
    parts = [pair for text in (name, *others) for pair in (*pairs(fold_text(text)), GAP)]
    return " ".join([*parts, *_spoken(name)])


def index_query(word: str) -> str:
    """A word as the index is asked for it; empty when nothing of it counts."""
    folded = fold_text(word)
    if not folded:
        return ""
    asked = f'"{folded}" *' if len(folded) == 1 else f'"{" ".join(pairs(folded)[:-1])}"'
    return f'({asked} OR "{INITIALS}{folded}" *)' if folded.isascii() else asked


def sound_query(name: str) -> str:
    """The names that sound like this one, as the index is asked; empty for a name without sound."""
    return " OR ".join(f'"{SOUND}{word}"' for word in sounds_of(name))


@lru_cache(maxsize=16384)
def _spoken(name: str) -> tuple[str, ...]:
    """Initials and sounds of a name as the index holds them."""
    return (
        *(INITIALS + word for word in initials_of(name).split()), *(SOUND + word for word in sounds_of(name))
    )  # fmt: skip


def initials_of(name: str) -> str:
    """Pinyin initials of a name, every reading of its first character, separated by spaces: 曾巩 -> "zg cg".

    Latin letters and digits stand for themselves, in lower case.
    """
    found = ("".join(syllable[0] for syllable in way if syllable) for way in _ways(name))
    return " ".join(dict.fromkeys(found))


def sounds_of(name: str) -> tuple[str, ...]:
    """How a name sounds without tones, every reading of its first character: 曾巩 -> ("cenggong", "zenggong")."""
    return tuple(sound for sound in dict.fromkeys("".join(way) for way in _ways(name)) if sound)


def _ways(name: str) -> Iterable[Sequence[str]]:
    """The ways to read a name: all readings of the first character, the usual one of the others."""
    readings = [_readings(char) for char in name[:NAME_LENGTH]]
    return product(*(sorted(found)[:MOST_READINGS] if n == 0 else found[:1] for n, found in enumerate(readings)))


@lru_cache(maxsize=16384)
def _readings(char: str) -> tuple[str, ...]:
    """The syllables a character is read as, without tones, the usual one first; a sign has none."""
    from pypinyin import Style, pinyin  # 0.2 s to import: only when a name is registered or looked for

    syllables = pinyin(char, style=Style.NORMAL, heteronym=True)
    plain = ("".join(c for c in reading.lower() if c.isalnum()) for reading in (syllables[0] if syllables else ()))
    return tuple(dict.fromkeys(plain))
