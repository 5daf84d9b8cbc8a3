"""Words as they are looked for: folded text, its pairs of characters, and the sound of names.

The index holds each text as the pieces that begin at each of its characters: two Chinese characters, or four letters and
digits. So a word of two characters is found as well as one of ten, on every version of SQLite, and a number of which many
begin alike is found as fast. Signs and spaces do not count: ``柳政依复〔2026〕3号`` is found by ``20263号``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise, product

LONGEST_SEARCH = 200  # characters; more is nobody's search
RUN = 4  # letters and digits in a piece: enough for the tail of a telephone number
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
GAP = "§"  # between two texts; no folded text holds a sign
_PIECE = re.compile(rf"(?=([a-z0-9]{{1,4}}|{GAP}|[^a-z0-9{GAP}][^{GAP}]?))")
MOST_READINGS, MOST_WAYS = 4, 12
NAME_LENGTH = 20  # characters of a name that are read aloud
_SIGNS = re.compile(r"[\W_]+")  # all but letters, digits and characters
_RETROFLEX, _BACK = re.compile(r"(?<=^[zcs])h"), re.compile(r"(?<=[aei])ng$")
INITIALS, SOUND = "¶", "♪"  # signs that no folded text holds
INNER_INITIALS, INNER_SOUND = "♬", "♭"  # the same from a later character of a name on
INNER, INNER_SYLLABLES = 2, 4  # letters that such initials have at least, syllables that such a sound has at most
MOST_HEARD = 8  # ways to hear letters that are not parted into syllables
_ENDS_BACK = re.compile(r"[aei]ng")


def fold_text(text: str) -> str:
    """``text`` without signs and spaces, full width and capitals made plain."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).casefold())


def same_facts(received_on: str, applicant: str, content: str) -> int:
    """What tells an application from others by its day, applicant and content, however these were spelled: a hash of this process. A text
    of signs alone counts as it is."""
    return hash((received_on, fold_text(applicant) or applicant, fold_text(content) or content))


def pairs(folded: str) -> list[str]:
    """The pairs of neighbouring characters of a folded text."""
    return [a + b for a, b in pairwise(folded)]


def pieces(folded: str) -> list[str]:
    """What the index holds of a folded text: at each place the two characters from there, or the four letters and digits
    from there, as far as the text or the run of them goes."""
    return _PIECE.findall(folded)


def index_text(names: Iterable[str], others: Iterable[str]) -> str:
    """What the index holds of a case: the pieces of each text, the initials and the sounds of the names."""
    known = list(names)
    folded = (fold_text(text) for text in (*known, *others))
    parts = GAP.join([*folded, ""])  # all texts at once: many short searches cost more than a long one
    return " ".join([*_PIECE.findall(parts), *chain.from_iterable(map(_spoken, known))])


def index_query(word: str) -> str:
    """A word as the index is asked for it; empty when nothing of it counts.

    Its pieces must follow each other. The last one that is needed may go on in the text, unless it is whole.
    """
    folded = fold_text(word)
    if not folded:
        return ""
    asked: list[str] = []
    for at, piece in enumerate(pieces(folded)):
        asked.append(piece)
        if at + len(piece) == len(folded):
            break
    whole = len(asked[-1]) == (RUN if asked[-1][0] in _PLAIN else 2)
    query = f'"{" ".join(asked)}"' + ("" if whole else " *")
    return f"({' OR '.join([query, *_as_spoken(folded)])})" if folded.isascii() else query


def _as_spoken(letters: str) -> Iterable[str]:
    """Letters as initials or as the sound of a name, as the index is asked; from the beginning of the name or of a later character."""
    yield f'"{INITIALS}{letters}" *'
    if len(letters) >= INNER:
        yield f'"{INNER_INITIALS}{letters}" *'
        if letters.isalpha():
            for heard in _unparted(letters):
                yield f'"{SOUND}{heard}" *'
                yield f'"{INNER_SOUND}{heard}" *'


def _unparted(letters: str) -> Iterable[str]:
    """The sounds that letters may mean which nobody parted into syllables: fangan is fan'gan or fang'an, heard as fanan."""
    plain = re.sub(r"(?<=[zcs])h", "", letters)
    backs = [found.end() - 1 for found in _ENDS_BACK.finditer(plain)]
    for kept in islice(product((False, True), repeat=len(backs)), MOST_HEARD):
        gone = {at for at, keep in zip(backs, kept, strict=True) if not keep}
        yield "".join(sign for at, sign in enumerate(plain) if at not in gone)


def alike_query(word: str) -> str:
    """The names that sound like a word of Chinese, or hold one that does, as the index is asked; empty for one of letters."""
    folded = fold_text(word)
    if not folded or folded.isascii():
        return ""
    return " OR ".join(f'"{sign}{sound}" *' for sound in sounds_of(folded) for sign in (SOUND, INNER_SOUND))


def sound_query(name: str) -> str:
    """The names that sound like this one, as the index is asked; empty for a name without sound."""
    return " OR ".join(f'"{SOUND}{word}"' for word in sounds_of(name))


@lru_cache(maxsize=16384)
def _spoken(name: str) -> tuple[str, ...]:
    """Initials and sounds of a name as the index holds them."""
    ways = list(_ways(name))
    initials = dict.fromkeys("".join(syllable[0] for syllable in way if syllable) for way in ways)
    whole = (*(INITIALS + word for word in initials if word), *(SOUND + word for word in sounds_of(name)))
    return (*whole, *_inner(ways))


def _inner(ways: Iterable[Sequence[str]]) -> Iterable[str]:
    """Initials and sounds from the later characters of a name on, each once: 绿源 in 清河县绿源环保公司."""
    found: dict[str, None] = {}
    for way in ways:
        spoken = [syllable for syllable in way if syllable]
        for at in range(1, len(spoken)):
            initials = "".join(syllable[0] for syllable in spoken[at:])
            if len(initials) >= INNER:
                found[INNER_INITIALS + initials] = None
            found[INNER_SOUND + "".join(map(_heard, spoken[at : at + INNER_SYLLABLES]))] = None
    return found


def spelled_out(text: str) -> tuple[tuple[str, ...], ...]:
    """The ways to read a text, each syllable by itself without tone; signs have none."""
    return tuple(tuple(syllable for syllable in way if syllable) for way in _ways(text))


def sounds_of(name: str) -> tuple[str, ...]:
    """How a name may sound to one who writes it down: without tones, zh ch sh as z c s, ang eng ing as an en in.

    曾巩 -> ("cengong", "zengong").
    """
    heard = ("".join(map(_heard, way)) for way in _ways(name))
    return tuple(sound for sound in dict.fromkeys(heard) if sound)


@lru_cache(maxsize=2048)
def _heard(syllable: str) -> str:
    """A syllable without what many do not hear: zh ch sh as z c s, ang eng ing as an en in."""
    return _BACK.sub("n", _RETROFLEX.sub("", syllable))


def _ways(name: str) -> Iterable[Sequence[str]]:
    """The ways to read a name: all readings of the first character, the two usual ones of the others, not too many."""
    readings = (_readings(char)[: MOST_READINGS if n == 0 else 2] for n, char in enumerate(name[:NAME_LENGTH]))
    return islice(product(*readings), MOST_WAYS)


@lru_cache(maxsize=16384)
def _readings(char: str) -> tuple[str, ...]:
    """The syllables a character is read as, without tones, the usual one first; a sign has an empty one."""
    from pypinyin import Style, pinyin  # 0.2 s to import: only when a name is registered or looked for

    syllables = pinyin(char, style=Style.NORMAL, heteronym=True)
    plain = ("".join(c for c in reading.lower() if c.isalnum()) for reading in (syllables[0] if syllables else ("",)))
    return tuple(dict.fromkeys(plain))


def syllables_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The syllables of a text as it is read aloud, without tones, with every reading of its first character: 曾巩 -> (("zeng", "ceng"),
    ("gong",)).

    Latin letters and digits stand for themselves, in lower case; signs are left out.
    """
    from pypinyin import Style, pinyin

    read = pinyin(text[:NAME_LENGTH], style=Style.NORMAL, heteronym=True)
    plain = (
        tuple(
            dict.fromkeys("".join(c for c in way.lower() if c.isalnum()) for way in ways[: 1 if n else MOST_READINGS])
        )
        for n, ways in enumerate(read)
    )
    return tuple(ways for ways in plain if any(ways))
