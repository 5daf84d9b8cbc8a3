"""A run of letters cut into words: by syllables or by initials, words of the lists and words of the catalogue side by side.

Every way to cut is a row of pieces that has a price; what is written out in full, and is long, is cheap. The cheapest few are given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from deskapp.catalogue.entries import Entries
from deskapp.catalogue.pinyin import LONGEST_SYLLABLE, begun_syllables, spellings
from deskapp.catalogue.spoken import Kind, Spoken, SpokenWords
from deskapp.catalogue.terms import INITIALLED, SOUNDED, heard
from deskapp.register.tokens import INITIALS, SOUND

MOST_LOOKS = 900  # into the index of sounds for one run: what is long or means nothing costs no more
WAYS = 12  # ways to cut that are kept
SHORTEST = 2  # initials of a word
IN_FULL: dict[Kind, float] = {"word": 1.0, "office": 1.05, "former": 1.25, "around": 0.8, "small": 2.3}
BY_INITIALS: dict[Kind, float] = {"office": 1.6, "former": 1.9, "word": 2.0, "around": 2.5}  # three letters and more
BY_TWO: dict[Kind, float] = {"office": 2.4, "word": 2.1}
NAMED, ONE_SYLLABLE = 1.15, 2.6  # what only names hold
NAMED_BY_INITIALS = {2: 2.4, 3: 2.3}  # the fewer, the likelier by accident
NAMED_BY_MORE_INITIALS = 1.9
INEXACT, BEGUN = 0.2, 0.8  # more for what only sounds so, for a syllable that is only begun
STRANGE, LOST = 3.0, 4.0  # a syllable of no word, which falls away; a letter that fits nowhere
WEAK = 2.4  # from here on a piece says little


@dataclass(frozen=True)
class LetterPiece:
    """Letters from ``start`` to ``end``: how they are read (empty for initials), and the words of the lists that they spell; ``named``
    that names in the catalogue hold them, ``begun`` that their last syllable is not finished."""

    start: int
    end: int
    price: float
    said: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    kind: Kind | None = None
    named: bool = False
    begun: str = ""

    @property
    def falls_away(self) -> bool:
        """Whether it is a word around what is looked for."""
        return self.kind in ("around", "small")

    @property
    def of_names(self) -> bool:
        """Whether it is a word that is looked for in names, and no office and no word around."""
        return self.named or self.kind == "word"

    @property
    def lost(self) -> bool:
        """Whether the letters fit nowhere."""
        return not self.said and not self.words and not self.named


@dataclass(frozen=True)
class LetterCut:
    """A row of pieces from the first letter to the last, and its price."""

    price: float
    pieces: tuple[LetterPiece, ...] = ()

    @property
    def only_around(self) -> bool:
        """Whether nothing of it is looked for."""
        return all(piece.falls_away for piece in self.pieces)

    @property
    def doubtful(self) -> bool:
        """Whether some piece says little or nothing."""
        return any(piece.price >= WEAK for piece in self.pieces)

    @property
    def hopeless(self) -> bool:
        """Whether more than half of the letters say little or nothing."""
        weak = sum(piece.end - piece.start for piece in self.pieces if piece.price >= WEAK)
        return 2 * weak > sum(piece.end - piece.start for piece in self.pieces)


class Cutting:
    """One run of ``letters``; no syllable and no initials go over one of the ``breaks``."""

    def __init__(
        self,
        entries: Entries,
        lists: Sequence[SpokenWords],
        letters: str,
        breaks: frozenset[int],
        meanings: Callable[[LetterPiece, str], tuple[str, ...]],
    ) -> None:
        """``meanings`` tells the words that a piece of letters may mean: asked where one sound may be one syllable or two."""
        self._entries, self._lists, self.letters, self._breaks = entries, lists, letters, breaks
        self._meanings = meanings
        self._known: dict[str, bool] = {}

    def ways(self, near: bool = False) -> list[LetterCut]:
        """The cheapest ways to cut; with ``near`` those too in which l is n or h is f."""
        best: dict[int, list[LetterCut]] = {0: [LetterCut(0.0)]}
        for at in range(len(self.letters)):
            for piece in self._pieces(at, near) if at in best else ():
                after = best.setdefault(piece.end, [])
                after += [LetterCut(way.price + piece.price, (*way.pieces, piece)) for way in best[at]]
                after.sort(key=lambda way: way.price)
                del after[WAYS:]
        return best[len(self.letters)]

    def _pieces(self, start: int, near: bool) -> Iterator[LetterPiece]:
        spelled = list(self._spelled(start, near))
        shortest: dict[int, int] = {}
        for piece in spelled:
            shortest[piece.end] = min(len(piece.said), shortest.get(piece.end, len(piece.said)))
        yield from (
            p for p in spelled if p.words or len(p.said) == shortest[p.end] or self._meanings(p, self.letters)
        )
        yield from self._initials(start)
        for end, syllable, more in self._syllables(start, near=False):
            if not more:
                yield LetterPiece(start, end, STRANGE, (syllable,), ("",), "small")
        yield LetterPiece(start, start + 1, LOST)

    def _crossed(self, start: int, end: int) -> bool:
        return any(start < at < end for at in self._breaks)

    # -- in full -----------------------------------------------------------------------------------------------

    def _spelled(self, start: int, near: bool) -> Iterator[LetterPiece]:
        """Pieces of whole syllables, as far as a word or a name goes on so."""
        open_ends: list[tuple[int, tuple[str, ...], float]] = [(start, (), 0.0)]
        seen: set[tuple[int, int, str]] = set()
        while open_ends:
            at, before, price = open_ends.pop(0)
            for end, syllable, more in self._syllables(at, near):
                said = (*before, syllable)
                key = heard("".join(said))
                if (end, len(said), key) in seen:
                    continue
                seen.add((end, len(said), key))
                named = len(said) <= SOUNDED and self._is_named(SOUND + key)
                if named or any(words.begins(key) for words in self._lists):
                    found = list(self._of_sound(start, end, said, key, named))
                    yield from (_dearer(piece, price + more) for piece in found)
                    open_ends.append((end, said, price + more))
            if before and (begun := self._begun(start, at, before)):
                yield _dearer(begun, price)

    def _syllables(self, at: int, near: bool) -> Iterator[tuple[int, str, float]]:
        for end in range(at + 1, min(at + LONGEST_SYLLABLE, len(self.letters)) + 1):
            if not self._crossed(at, end):
                yield from ((end, *meant) for meant in spellings(near).get(self.letters[at:end], ()))

    def _of_sound(self, start: int, end: int, said: tuple[str, ...], key: str, named: bool) -> Iterator[LetterPiece]:
        """The pieces that letters of this sound may be: words of each kind, and what names hold. Words that only sound so are meant
        where none is written so."""
        for kind, found in self._by_kind(word for words in self._lists for word in words.sounding(key, len(said))):
            exact = [word.text for word in found if "".join(word.said) == "".join(said)]
            texts = tuple(exact or (word.text for word in found))
            yield LetterPiece(
                start, end, IN_FULL[kind] + INEXACT * (not exact), said, texts, kind, named and kind == "word"
            )
        if named:
            yield LetterPiece(start, end, NAMED if len(said) > 1 else ONE_SYLLABLE, said, named=True)

    @staticmethod
    def _by_kind(words: Iterable[Spoken]) -> Iterable[tuple[Kind, list[Spoken]]]:
        found: dict[Kind, list[Spoken]] = {}
        for word in words:
            found.setdefault(word.kind, []).append(word)
        return found.items()

    def _begun(self, start: int, at: int, before: tuple[str, ...]) -> LetterPiece | None:
        """A piece whose last syllable ends with the letters before it is finished."""
        rest = self.letters[at:]
        if rest not in begun_syllables() or self._crossed(at, len(self.letters)):
            return None
        if len(before) < SOUNDED and self._is_named(SOUND + heard("".join(before) + rest)):
            return LetterPiece(start, len(self.letters), NAMED + BEGUN, before, named=True, begun=rest)
        return None

    # -- initials ----------------------------------------------------------------------------------------------

    def _initials(self, start: int) -> Iterator[LetterPiece]:
        named = True
        for end in range(start + SHORTEST, min(start + INITIALLED, len(self.letters)) + 1):
            letters = self.letters[start:end]
            if self._crossed(start, end):
                return
            named = named and self._is_named(INITIALS + letters)
            prices = BY_TWO if len(letters) == SHORTEST else BY_INITIALS
            words = [word for words in self._lists for word in words.of_initials(letters) if word.kind in prices]
            of_lists = dict(self._by_kind(words))
            for kind, found in of_lists.items():
                texts = tuple(word.text for word in found)
                yield LetterPiece(start, end, prices[kind], (), texts, kind, named and kind == "word")
            if named and "word" not in of_lists:
                price = NAMED_BY_INITIALS.get(len(letters), NAMED_BY_MORE_INITIALS)
                yield LetterPiece(start, end, price, named=True)

    def _is_named(self, term: str) -> bool:
        """Whether the index of sounds holds anything that begins so."""
        if term not in self._known:
            self._known[term] = len(self._known) < MOST_LOOKS and bool(self._entries.spoken(term, 1))
        return self._known[term]


def _dearer(piece: LetterPiece, more: float) -> LetterPiece:
    if not more:
        return piece
    return LetterPiece(
        piece.start, piece.end, piece.price + more, piece.said, piece.words, piece.kind, piece.named, piece.begun
    )
