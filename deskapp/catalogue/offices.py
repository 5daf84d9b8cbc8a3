"""Which office a question names, by its whole name or as people shorten it: ``县民政局``, ``人社局``, ``镇政府``, ``柳河镇``.

A shortened name is one whose characters stand in the office's own in the same order and that ends as it ends. Of the pieces of a question
the longest that names an office is taken; what could be nearly any office names none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from deskapp.catalogue.terms import folded
from deskapp.catalogue.words import word_file

LONGEST, LOOKED_AT = 24, 80  # characters of a piece that may name an office, and of a question that are looked at
FEW = 4  # offices that one place may have; of more the place alone tells none
_PLACES = ("人民政府", "办事处", "村民委员会", "居民委员会")  # what governs a place
_LEVELS = "省市县区旗乡镇"
_PLACE_ENDS = f"{_LEVELS}村道"
_ENDS = {  # what an office may be called at its end, besides its own end
    "办": ("办公室", "办事处"), "委": ("局", "委员会"), "局": ("委员会",), "联": ("联合会",), "街道": ("街道办事处",),
    "镇": ("镇人民政府",), "乡": ("乡人民政府",), "村": ("村村民委员会", "村委会"), "社区": ("社区居民委员会", "社区居委会"),
}  # fmt: skip


@dataclass(frozen=True)
class Named:
    """An office that a question names: the piece it is named by, whose it may be (folded), and whether that is only a place."""

    piece: str
    offices: tuple[str, ...]
    place: bool = False


@cache
def _renamed() -> dict[str, tuple[str, ...]]:
    """What offices were called before, with the ends of what they are called now."""
    return {old: tuple(now) for old, now in word_file()["offices"]["renamed"].items()}


def short_names() -> tuple[str, ...]:
    """What offices are usually called for short."""
    return tuple(word_file()["offices"]["short"])


def former_names() -> tuple[str, ...]:
    """What offices were called before."""
    return tuple(_renamed())


class Offices:
    """The offices of a catalogue, compared with questions."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = tuple(dict.fromkeys(plain for name in names if (plain := folded(name))))
        self._joined = "§".join(self.names)
        self._by_last: dict[str, list[str]] = {}
        for name in self.names:
            self._by_last.setdefault(name[-1], []).append(name)
        self._signs = frozenset(self._joined) | frozenset("".join(_ENDS)) | frozenset("".join(_renamed()))
        self._ends = frozenset(self._by_last) | {end[-1] for end in (*_ENDS, *_renamed())}

    def named_in(self, text: str, common: Callable[[str], bool]) -> Iterator[Named]:
        """The offices that a text names, from its beginning on; ``common`` says that a piece is a word that means more than an office."""
        at, text = 0, text[:LOOKED_AT]
        while at < len(text):
            named = self._from(text, at, common)
            if named:
                yield named
            at += len(named.piece) if named else 1

    def _from(self, text: str, at: int, common: Callable[[str], bool]) -> Named | None:
        """The longest piece from here on that names an office."""
        end = at
        while end < len(text) and end - at < LONGEST and text[end] in self._signs:
            end += 1
        for stop in range(end, at + 1, -1):
            piece = text[at:stop]
            if text[stop - 1] in self._ends and not common(piece) and (found := self.called(piece)):
                return found
        return None

    def called(self, piece: str) -> Named | None:
        """The offices that a piece may name, by the nearest way in which it names any."""
        bare = piece[1:] if piece[0] in _LEVELS and len(piece) > 3 else ""
        for way in (self._whole, self._by_end, self._by_place, self._inside, self._shortened, self._before):
            for said in (piece, bare):
                found = way(said) if said else ()
                if found and len(found) <= max(FEW, len(self.names) // 2):
                    return Named(piece, found, piece[-1] in _PLACE_ENDS)
        return None

    def _whole(self, piece: str) -> tuple[str, ...]:
        return (piece,) if piece in self.names else ()

    def _by_end(self, piece: str) -> tuple[str, ...]:
        return tuple(name for name in self.names if name.endswith(piece)) if f"{piece}§" in f"{self._joined}§" else ()

    def _by_place(self, piece: str) -> tuple[str, ...]:
        """The office that governs a place; none for a place of many offices."""
        if not 0 < f"§{self._joined}".count(f"§{piece}") <= FEW:
            return ()
        return tuple(name for name in self.names if any(name.endswith(f"{piece}{end}") for end in _PLACES))

    def _inside(self, piece: str) -> tuple[str, ...]:
        """The offices in whose names it stands: it ends as offices do, for a place stands in many."""
        if len(piece) < 3 or piece[-1] in _LEVELS or piece not in self._joined:
            return ()
        return tuple(name for name in self.names if piece in name)

    def _shortened(self, piece: str) -> tuple[str, ...]:
        ways = [
            piece,
            *(
                piece.removesuffix(end) + other
                for end, others in _ENDS.items()
                for other in others
                if piece.endswith(end)
            ),
        ]
        for way in ways:
            if len(way) > 2 and (
                found := tuple(name for name in self._by_last.get(way[-1], ()) if _shortens(way, name))
            ):
                return found
        return ()

    def _before(self, piece: str) -> tuple[str, ...]:
        return tuple(name for now in _renamed().get(piece, ()) for name in self.names if now in name)


def _shortens(piece: str, name: str) -> bool:
    """Whether a piece is a name with characters left out."""
    rest = iter(name)
    return all(sign in rest for sign in piece)


@lru_cache(maxsize=8)
def offices_of(names: tuple[str, ...]) -> Offices:
    """The offices of these names; made once, for every question asks for them."""
    return Offices(names)
