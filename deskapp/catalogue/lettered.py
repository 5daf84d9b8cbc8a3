"""A question that is typed in letters, written in characters: ``lhzbmys`` becomes ``柳河镇 部门预算``.

The letters are cut (:mod:`deskapp.catalogue.cutting`), each piece becomes the words that names in the catalogue, lists or offices have for it,
and of the cheapest ways to cut that is taken whose words stand together in a name. What cannot be read stays as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from deskapp.catalogue.asking import Synonyms, around_words, light_words, small_words, usual_synonyms
from deskapp.catalogue.cutting import LOST, SHORTEST, Cutting, LetterCut, LetterPiece
from deskapp.catalogue.entries import Entries
from deskapp.catalogue.offices import Offices
from deskapp.catalogue.pinyin import toneless
from deskapp.catalogue.spoken import SpokenWords, spoken_offices, spoken_words
from deskapp.catalogue.terms import heard, phrase, syllables
from deskapp.catalogue.words import word_file
from deskapp.register.tokens import GAP, INITIALS, SOUND

MOST_LETTERS, SHORTEST_READ = 60, 3  # letters of a run that are read, and that make one
SOUNDS_READ, TERMS, NAMES = (
    60,
    6,
    3,
)  # words of the index that are looked at; the most frequent of them, and names that hold each
MOST_COUNTED, KNOWN = 300, 3  # names that a word is counted in; how much more a word of the lists counts
MOST_NAMES = 8  # of offices that one piece may name
MOST_WAYS = 24  # to say what one piece may mean
WORDS = 6  # that one piece may mean
SELDOM = 0.05  # of the most frequent word: what is less frequent is not meant
APART = 2.0  # what it costs that the words of a way stand together in no name
ONLY_AROUND = 0.7  # what it costs that all of them fall away
_GROUP = re.compile(r"[a-z]+(?:[\s'’]+[a-z]+)*")
_LOST = re.compile(
    r"(?<![a-z] )(?<![a-z])[a-z](?: [a-z])?(?! ?[a-z])"
)  # one or two letters that fit nowhere among words
_FIGURES = re.compile(r"(?<=[0-9])(niandu|nian|yuefen|yue|jidu|hao)")
_RUN = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")


@dataclass
class Lettered:
    """A question with characters for letters: what else they may mean (``more``; of ``offices`` which others), and the words that each
    piece of which letters may stand for (``said``)."""

    text: str
    offices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    more: dict[str, tuple[str, ...]] = field(default_factory=dict)
    said: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)

    def told(self, title: str) -> dict[str, str]:
        """What stands for which letters, in the words of a folded title where it has one of them."""
        return {
            typed: "".join(next((word for word in words if word in title), words[0]) for words in pieces)
            for typed, pieces in self.said.items()
        }


class LetterReader:
    """Reads letters by the words of one catalogue; ``own`` are the office's own synonyms."""

    def __init__(self, entries: Entries, own: Synonyms, offices: Offices) -> None:
        self._entries, self._offices = entries, offices
        words = (*usual_synonyms(), *own, *light_words())
        self._meant: dict[LetterPiece, tuple[str, ...]] = {}
        self._words = {**usual_synonyms(), **own}
        self._lists: list[SpokenWords] = [spoken_words(words, around_words(), small_words()), spoken_offices(offices)]

    def read(self, text: str) -> Lettered:
        """The question in characters, as far as its letters can be read."""
        plain = toneless(unicodedata.normalize("NFKC", text))
        plain = _FIGURES.sub(lambda found: word_file()["sounds"]["behind_figures"][found[1]] + " ", plain)
        if not (found := _RUN.findall(plain)):
            return Lettered(text)
        kept = [run for run in dict.fromkeys(found) if self._stands_in_names(run)]
        out = Lettered("")
        parts = re.split("(" + "|".join(map(re.escape, kept)) + ")", plain) if kept else [plain]
        out.text = "".join(part if part in kept else self._written(part, out) for part in parts)
        return out

    def _stands_in_names(self, run: str) -> bool:
        """Whether names hold letters as they were typed: HPV, 5G."""
        if len(run) < SHORTEST:
            return False
        rows = self._entries.matching(f"title : {phrase(run)}", NAMES, columns="entries.title")
        return any(re.search(f"(?<![a-z]){run}(?![a-z])", row["title"].partition(GAP)[0]) for row in rows)

    def _written(self, text: str, out: Lettered) -> str:
        """The groups of letters in characters; those that cannot be read as they were typed."""

        def read(found: re.Match[str]) -> str:
            written = self._group(found[0], out, found[0] == text.strip())
            return f" {written} " if written else found[0]

        return _GROUP.sub(read, text)

    def _group(self, typed: str, out: Lettered, alone: bool) -> str:
        """Letters in characters; empty where they cannot be read. Initials of one word that are all of a question stay letters that may
        mean it: then all names that have them are found."""
        runs = re.findall("[a-z]+", typed)
        letters = "".join(runs)[:MOST_LETTERS]
        ends = [sum(map(len, runs[: n + 1])) for n in range(len(runs) - 1)]
        if len(letters) < SHORTEST_READ:
            return ""
        self._meant.clear()
        way = self._best(Cutting(self._entries, self._lists, letters, frozenset(ends), self._meanings))
        if way is None:
            return ""
        said = [
            (piece, self._meanings(piece, letters) or (letters[piece.start : piece.end],)) for piece in way.pieces
        ]
        if alone and len(said) == 1 and way.pieces[0].of_names and not way.pieces[0].said:
            out.more[letters] = self._with_others(said[0][1])
            return letters
        for piece, (first, *others) in said:
            if others and piece.of_names:
                unwritten = [word for word in self._listed(others) if not self._number(word)]
                out.more[first] = (*others, *self._with_others([first, *unwritten])[1:MOST_WAYS])
            elif others:
                out.offices[first] = tuple(others)
        out.said[typed] = [(words[0], *self._listed(words[1:])) for piece, words in said if not piece.lost]
        return _LOST.sub(" ", " ".join(words[0] for _, words in said)).strip()

    def _listed(self, words: Sequence[str]) -> tuple[str, ...]:
        """The words that the lists know."""
        return tuple(word for word in words if word in self._words)

    def _with_others(self, words: Sequence[str], offices: bool = False) -> tuple[str, ...]:
        """Words and what means the same; of offices their names."""
        if offices:
            named = filter(None, map(self._offices.called, words))
            return (*words, *(name for one in named for name in one.offices))[:MOST_NAMES]
        return tuple(dict.fromkeys(other for word in words for other in (word, *self._words.get(word, ()))))

    def _best(self, cutting: Cutting) -> LetterCut | None:
        """The way to cut that is cheapest, where its words stand together in a name or no way's do; None where none is any good."""
        best = self._cheapest(cutting.ways(), cutting.letters)
        if best is None or best[1].doubtful:
            near = self._cheapest(cutting.ways(near=True), cutting.letters)
            best = min(filter(None, (best, near)), key=lambda one: one[0], default=None)
        return None if best is None or best[1].hopeless else best[1]

    def _cheapest(self, ways: Sequence[LetterCut], letters: str) -> tuple[float, LetterCut] | None:
        """The cheapest of some ways, with what it costs in the end."""
        best: tuple[float, LetterCut] | None = None
        for way in ways:
            if best is not None and way.price >= best[0]:
                break  # they stand in the order of their prices, and none gets cheaper
            price = self._price(way, letters)
            if best is None or price < best[0]:
                best = price, way
        return best

    def _price(self, way: LetterCut, letters: str) -> float:
        """The price of a way: what has no word is lost, what stands together in no name costs more."""
        lost = sum(not self._meanings(piece, letters) for piece in way.pieces if not piece.lost)
        apart = ONLY_AROUND if way.only_around else APART * bool(lost or not self._together(way, letters))
        return way.price + LOST * lost + apart

    def _together(self, way: LetterCut, letters: str) -> bool:
        """Whether some name holds a word of every piece."""
        wanted = [piece for piece in way.pieces if not piece.falls_away]
        every = [self._with_others(self._meanings(piece, letters), not piece.of_names) for piece in wanted]
        if any(piece.lost for piece in wanted):
            return False
        asked = (" OR ".join(map(phrase, words)) for words in every)
        return bool(self._entries.how_many(" AND ".join(f"title : ({either})" for either in asked), 1))

    # -- words -------------------------------------------------------------------------------------------------

    def _meanings(self, piece: LetterPiece, letters: str) -> tuple[str, ...]:
        """The words that a piece may mean, the likeliest first; the letters themselves where they fit nowhere."""
        if piece not in self._meant:
            self._meant[piece] = self._words_of(piece, letters[piece.start : piece.end])
        return self._meant[piece]

    def _words_of(self, piece: LetterPiece, typed: str) -> tuple[str, ...]:
        if piece.lost:
            return (typed,)
        if piece.falls_away:
            return piece.words[:1]
        named = self._in_names(piece, typed) if piece.named else ()
        found = tuple(dict.fromkeys((*piece.words, *named)))
        return (found if piece.said or len(found) == 1 else self._frequent_first(found))[:WORDS]

    def _number(self, word: str) -> int:
        """How many names have a word."""
        return self._entries.how_many(f"title : {phrase(word)}", MOST_COUNTED)

    def _frequent_first(self, words: Sequence[str]) -> tuple[str, ...]:
        """Words in the order of how many names have them; what the lists know counts more than what only stands in a name."""

        def frequent(word: str) -> float:
            number = self._number(word)
            if word not in self._words:
                return number
            return KNOWN * number or any(map(self._number, self._words[word]))

        return tuple(sorted(words, key=frequent, reverse=True))

    def _in_names(self, piece: LetterPiece, typed: str) -> tuple[str, ...]:
        """What names write for letters: the words that are read exactly so before those that only sound so, the most frequent first."""
        key = heard("".join(piece.said) + piece.begun) if piece.said else typed
        terms = self._entries.spoken((SOUND if piece.said else INITIALS) + key, SOUNDS_READ)
        exact, near = Counter[str](), Counter[str]()
        for term, number in sorted(terms, key=lambda one: -one[1])[:TERMS]:
            for title in self._entries.saying(term, NAMES):
                for word, same in _found_in(title.partition(GAP)[0], piece, key):
                    (exact if same else near)[word] += number
        return tuple(_often(exact or near))


def _often(found: Mapping[str, int]) -> list[str]:
    most = max(found.values(), default=0)
    return sorted((word for word, number in found.items() if number >= SELDOM * most), key=lambda word: -found[word])


def _found_in(name: str, piece: LetterPiece, key: str) -> Iterator[tuple[str, bool]]:
    """The places of a name that are read so, and whether they are read exactly so."""
    said = syllables(name)
    length = len(piece.said) + bool(piece.begun) if piece.said else len(key)
    wanted = "".join(piece.said) or key
    sound = heard(wanted)
    for at in range(min(len(name), len(said)) - length + 1):
        if said[at][:1] != sound[0]:
            continue
        part = said[at : at + length]
        written = "".join(part[: len(piece.said)] if piece.said else (syllable[:1] for syllable in part))
        if heard(written) == sound and part[-1].startswith(piece.begun):
            yield name[at : at + length], written == wanted
