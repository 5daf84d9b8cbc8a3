"""Words as they are looked for: folded text, its pairs of characters, and the sound of names.

The index holds each text as the pairs of its neighbouring characters, so that a word of two characters is found as well
as one of ten, on every version of SQLite. Signs and spaces do not count: ``柳政依复〔2026〕3号`` is found by ``20263号``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product

MOST_READINGS = 4
NAME_LENGTH = 20  # characters of a name that are read aloud
INITIALS, SOUND, GAP = "¶", "♪", "§"  # signs that no folded text holds


def fold_text(text: str) -> str:
    """``text`` without signs and spaces, full width and capitals made plain."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def pairs(folded: str) -> list[str]:
    """The pairs of neighbouring characters of a folded text, and its last character by itself."""
    return [folded[n : n + 2] for n in range(len(folded))]


def index_text(name: str, others: Iterable[str]) -> str:
    """What the index holds of a case: the pairs of each text, the initials and the sounds of the name."""
    parts = [pair for text in (name, *others) for pair in (*pairs(fold_text(text)), GAP)]
    parts += [INITIALS + word for word in initials_of(name).split()]
    return " ".join([*parts, *(SOUND + word for word in sounds_of(name))])


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


@lru_cache(maxsize=4096)
def initials_of(name: str) -> str:
    """Pinyin initials of a name, every reading of its first character, separated by spaces: 曾巩 -> "zg cg".

    Latin letters and digits stand for themselves, in lower case.
    """
    from pypinyin import Style  # 0.2 s to import: only when a name is registered or looked for

    return " ".join("".join(c for c in "".join(way) if c.isalnum()) for way in _readings(name, Style.FIRST_LETTER))


@lru_cache(maxsize=4096)
def sounds_of(name: str) -> tuple[str, ...]:
    """How a name sounds without tones, every reading of its first character: 曾巩 -> ("zenggong", "cenggong")."""
    from pypinyin import Style

    found = ("".join(c for c in "".join(way) if c.isalnum()) for way in _readings(name, Style.NORMAL))
    return tuple(dict.fromkeys(sound for sound in found if sound))


def _readings(name: str, style: object) -> Iterable[Sequence[str]]:
    """The ways to read a name: all readings of the first character, the usual one of the others."""
    from pypinyin import pinyin

    syllables = pinyin(name[:NAME_LENGTH], style=style, heteronym=True)  # type: ignore[arg-type]
    choices = [
        sorted({reading.lower() for reading in options})[:MOST_READINGS] if n == 0 else [options[0].lower()]
        for n, options in enumerate(syllables)
    ]
    return product(*choices)
