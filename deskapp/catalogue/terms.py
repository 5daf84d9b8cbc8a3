"""What the index holds of an entry: the pieces of what it is called and of its text, and how its name sounds from each character on.

Sounds are written without tones and without what many do not hear (zh ch sh as z c s, ang eng ing as an en in), on the typed and on the
kept side alike, as one run of letters: ``chaiqian`` is found by the beginning of a run, so is ``防迅`` for ``防汛``. Traditional characters
count as their simplified ones.
"""

from __future__ import annotations

import re
from functools import lru_cache

from deskapp.catalogue.entry import Entry
from deskapp.register.tokens import GAP, INITIALS, RUN, SOUND, fold_text, pieces

TERMS_READ = 4000  # characters of a full text whose words are found
SPOKEN = 60  # characters of a name that are read aloud
SOUNDED, INITIALLED = 5, 10  # syllables, and initials, from each character on
_RUNS = re.compile(r"[a-z0-9]+|[^a-z0-9]+")
_ZH, _NG = re.compile(r"(?<=[zcs])h"), re.compile(r"(?<=[aei])ng")


def simplified(text: str) -> str:
    """A text with simplified characters for traditional ones."""
    if _is_simple(text):
        return text
    return str(_converter().convert(text))


def _is_simple(text: str) -> bool:
    """Whether all of it stands in the simplified set: then there is nothing to convert, and nothing to load."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]  # the library has no types
    from opencc import OpenCC

    return OpenCC("t2s")


def folded(text: str) -> str:
    """A text as it is compared here: simplified, without signs and spaces, of one width and case."""
    return fold_text(simplified(text))


def title_of(entry: Entry) -> str:
    """What an entry is called and classed as, folded, its parts apart from each other."""
    return GAP.join(map(folded, (entry.name, *entry.words)))


def title_terms(entry: Entry) -> str:
    """The pieces of what an entry is called."""
    return " ".join(pieces(title_of(entry)))


def body_terms(text: str) -> str:
    """The pieces of the beginning of a full text."""
    return " ".join(pieces(folded(text[:TERMS_READ])))


def heard(letters: str) -> str:
    """Letters of a sound without what many do not hear."""
    if "g" not in letters and "h" not in letters:
        return letters
    return _NG.sub("n", _ZH.sub("", letters))


@lru_cache(maxsize=65536)
def syllables(text: str) -> tuple[str, ...]:
    """How a folded text is read, by character: one syllable each as it is read in its words; letters and digits stand for themselves."""
    read: list[str] = []
    for run in _RUNS.findall(text[:SPOKEN]):
        read += run if run.isascii() else _read_aloud(run)
    return tuple(read)


@lru_cache(maxsize=65536)
def _read_aloud(run: str) -> tuple[str, ...]:
    """How a run of characters is read; names that differ by their figures have the same runs."""
    from pypinyin import Style, lazy_pinyin

    said = lazy_pinyin(run, style=Style.NORMAL, errors="default")
    return tuple("".join(c for c in syllable.lower() if c.isalnum()) for syllable in said)


def sound_terms(entry: Entry) -> str:
    """How the name sounds, and its initials, from each character on."""
    said = syllables(folded(entry.name))
    runs = [SOUND + heard("".join(said[at : at + SOUNDED])) for at in range(len(said))]
    letters = [syllable[:1] for syllable in said]
    firsts = [INITIALS + "".join(letters[at : at + INITIALLED]) for at in range(len(letters))]
    return " ".join(dict.fromkeys([*runs, *firsts]))


def sound_query(word: str) -> str:
    """A folded word as the index of sounds is asked for it: a sound, or initials, from any character on."""
    letters = word if word.isascii() else "".join(syllables(word))
    initials = f' OR "{INITIALS}{word}" *' if word.isascii() else ""
    return f'"{SOUND}{heard(letters)}" *{initials}'


def phrase(way: str) -> str:
    """Folded words in the language of the index: their pieces after each other."""
    kept: list[str] = []
    for at, piece in enumerate(pieces(way)):
        kept.append(piece)
        if at + len(piece) == len(way):
            break
    whole = len(kept[-1]) == (RUN if kept[-1].isascii() else 2)
    return f'"{" ".join(kept)}"' + ("" if whole else " *")
