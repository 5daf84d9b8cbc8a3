"""What a person decides of a paper, page by page: what is covered, why, and that the page was looked at.

A page may be confirmed when nothing on it is left open; whatever is changed on it afterwards takes the confirmation back. Only a paper of
which every page is confirmed can be given out (:mod:`deskapp.redaction.covering`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from deskapp.errors import DeskError
from deskapp.law.withholding import COVERED, PRIVACY, Reason, reason
from deskapp.redaction.pages import Area, PaperPage, Spot
from deskapp.redaction.proposing import KnownBefore, places_of, proposals

MM = 72 / 25.4
EDGE = 0.6  # pt around what is covered: no rim of a letter is seen
UNDECIDED = "undecided"  # the code of a refusal to confirm a page with something open
NOTHING_CHANGED = "没有改动。"


@dataclass(frozen=True)
class Cover:
    """One thing to cover: characters, or parts of the page; ``on`` is None where nobody has decided yet. ``value`` is for the eyes of whoever
    decides and goes nowhere else."""

    kind: str
    spots: frozenset[Spot] = frozenset()
    bands: tuple[Area, ...] = ()
    value: str = ""
    why: str = ""
    on: bool | None = True
    reason: str = PRIVACY
    given_by_hand: bool = False

    @property
    def name(self) -> str:
        """What kind of thing it is."""
        return COVERED[self.kind]


@dataclass
class PageDecision:
    """One page with its covers; ``confirmed_by`` is who looked at it as it will be given out."""

    page: PaperPage
    covers: list[Cover] = field(default_factory=list)
    confirmed_by: str = ""

    @property
    def open(self) -> int:
        """How many are undecided."""
        return sum(1 for cover in self.covers if cover.on is None)

    def covered(self) -> set[Spot]:
        """The characters that are covered."""
        return {spot for cover in self.covers if cover.on for spot in cover.spots}

    def boxes(self) -> list[Area]:
        """What is blackened, a rim around each."""
        boxes = [box for cover in self.covers if cover.on for box in self.page.boxes_of(cover.spots)]
        boxes += [band for cover in self.covers if cover.on for band in cover.bands]
        return [box.grown(EDGE) for box in boxes]


@dataclass(frozen=True)
class CoverCount:
    """How many of a kind are covered for one reason, and on which pages."""

    kind: str
    reason: Reason
    count: int
    pages: tuple[int, ...]

    @property
    def name(self) -> str:
        """What the kind is called."""
        return COVERED[self.kind]


class Decisions:
    """A paper on its way to a copy: the ``pages`` that are to be given out, of ``total``; ``known`` is proposed wherever it stands."""

    def __init__(self, pages: Sequence[PaperPage], known: KnownBefore, today: date, total: int = 0) -> None:
        self.pages = [PageDecision(page, _proposed(page, known, today)) for page in pages]
        self.total = total or len(pages)

    def __getitem__(self, number: int) -> PageDecision:
        """A page by its number in the paper, from 1 on. Raises KeyError for one that is left out."""
        for page in self.pages:
            if page.page.number == number:
                return page
        raise KeyError(number)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the pages that are to be given out."""
        return tuple(page.page.number for page in self.pages)

    @property
    def left_out(self) -> tuple[int, ...]:
        """The numbers of the pages that were not chosen, of which nobody has decided anything."""
        return tuple(sorted(set(range(1, self.total + 1)) - set(self.numbers)))

    @property
    def confirmed(self) -> int:
        """How many pages are confirmed."""
        return sum(1 for page in self.pages if page.confirmed_by)

    @property
    def ready(self) -> bool:
        """Whether the copy may be made."""
        return bool(self.pages) and self.confirmed == len(self.pages)

    # -- what a person does ------------------------------------------------------------------------------------------

    def decide(self, number: int, at: int, on: bool) -> None:
        """Cover something or leave it."""
        self._change(number, at, on=on)

    def give_reason(self, number: int, at: int, key: str) -> None:
        """Why something is covered. Raises KeyError for a reason that there is none of."""
        self._change(number, at, reason=reason(key).key)

    def _change(self, number: int, at: int, **changed: object) -> None:
        page = self[number]
        page.covers[at] = replace(page.covers[at], **changed)  # type: ignore[arg-type]  # the fields of a cover
        page.confirmed_by = ""

    def add_words(self, word: str, key: str = PRIVACY) -> list[int]:
        """Cover a word on every page where it stands; the pages. Raises DeskError when it stands nowhere."""
        if not word.strip():
            raise DeskError("没有写词。", NOTHING_CHANGED, "请写要遮的词，和纸上的写法一样。", "word")
        found = []
        for page in self.pages:
            covered = page.covered()
            new = [spots for spots in places_of(page.page, word) if not spots <= covered]
            for spots in new:
                self._add(
                    page.page.number,
                    Cover("word", spots, value=page.page.text_of(spots), reason=key, given_by_hand=True),
                )
            found += [page.page.number] * bool(new)
        if not found:
            raise DeskError(
                f"各页都没有还没遮的【{word.strip()}】。",
                NOTHING_CHANGED,
                "请照纸上的写法写；图片里的字请按行或者按位置遮。",
                "word",
            )
        return found

    def add_lines(self, number: int, first: int, last: int, key: str = PRIVACY) -> None:
        """Cover whole lines of a page, counted from 1. Raises DeskError for a line that is not there."""
        page = self[number].page
        if not 1 <= first <= last <= len(page.lines):
            raise DeskError(
                f"这一页有{len(page.lines)}行，没有第{first}至{last}行。",
                NOTHING_CHANGED,
                "请看右边的行号。",
                "lines",
            )
        for n in range(first - 1, last):
            line = page.lines[n]
            spots = frozenset((n, at) for at in range(len(line.chars)))
            self._add(
                number,
                Cover("line", spots, (line.box,), f"第{n + 1}行 {line.text}".strip(), reason=key, given_by_hand=True),
            )

    def add_part(self, number: int, line: int, first: int, last: int, key: str = PRIVACY) -> None:
        """Cover characters of a line, both counted from 1. Raises DeskError where there are none."""
        page = self[number].page
        known = len(page.lines[line - 1].chars) if 1 <= line <= len(page.lines) else 0
        if not 1 <= first <= last <= known:
            raise DeskError(
                f"第{line}行有{known}个字，没有第{first}至{last}个。",
                NOTHING_CHANGED,
                "空格不算。请看右边的行。",
                "lines",
            )
        spots = frozenset((line - 1, at) for at in range(first - 1, last))
        self._add(number, Cover("part", spots, value=page.text_of(spots), reason=key, given_by_hand=True))

    def add_place(
        self, number: int, left: float, top: float, right: float, bottom: float, key: str = PRIVACY
    ) -> None:
        """Cover a part of a page by its place in mm from the upper left corner. Raises DeskError for one outside of the page."""
        page = self[number].page
        width, height = page.width / MM, page.height / MM
        if not (0 <= left < right <= width + 1 and 0 <= top < bottom <= height + 1):
            raise DeskError(
                f"这一页宽{width:.0f}毫米、高{height:.0f}毫米，没有这个位置。",
                NOTHING_CHANGED,
                "请写：左 上 右 下，从左上角量起的毫米数。",
                "place",
            )
        box = Area(left * MM, top * MM, right * MM, bottom * MM)
        inside = frozenset(
            (n, at)
            for n, line in enumerate(page.lines)
            for at, char in enumerate(line.chars)
            if _middle_in(char.box, box)
        )
        where = f"左{left:g} 上{top:g} 右{right:g} 下{bottom:g} 毫米"
        self._add(number, Cover("place", inside, (box,), where, reason=key, given_by_hand=True))

    def _add(self, number: int, cover: Cover) -> None:
        self[number].covers.append(cover)
        self[number].confirmed_by = ""

    def take_away(self, number: int, at: int) -> None:
        """Take away what was added by hand; what was proposed stays in the list, not covered."""
        page = self[number]
        if page.covers[at].given_by_hand:
            del page.covers[at]
            page.confirmed_by = ""
        else:
            self.decide(number, at, False)

    def confirm(self, number: int, who: str) -> None:
        """Somebody looked at the page as it will be given out. Raises DeskError while something on it is open, or nobody is named."""
        page = self[number]
        if page.open:
            raise DeskError(
                f"第{number}页还有{page.open}处没有定。",
                "这一页没有核定。",
                "逐处选遮或者不遮，再核定。",
                code=UNDECIDED,
            )
        if not who.strip():
            raise DeskError("没有写是谁核的。", "这一页没有核定。", "请写核定人的姓名。", "who")
        page.confirmed_by = who.strip()

    # -- what came of it ---------------------------------------------------------------------------------------------

    def tally(self) -> list[CoverCount]:
        """What is covered by kind and reason, in the order of the kinds: the list that goes with the copy."""
        counts: Counter[tuple[str, str]] = Counter()
        where: dict[tuple[str, str], set[int]] = {}
        for page in self.pages:
            for cover in page.covers:
                if cover.on:
                    counts[cover.kind, cover.reason] += 1
                    where.setdefault((cover.kind, cover.reason), set()).add(page.page.number)
        order = {kind: n for n, kind in enumerate(COVERED)}
        return [
            CoverCount(kind, reason(key), counts[kind, key], tuple(sorted(where[kind, key])))
            for kind, key in sorted(counts, key=lambda item: (order[item[0]], item[1]))
        ]


def _proposed(page: PaperPage, known: KnownBefore, today: date) -> list[Cover]:
    return [
        Cover(item.kind, item.spots, value=item.value, why=item.why, on=True if item.sure else None)
        for item in proposals(page, known, today)
    ]


def _middle_in(char: Area, box: Area) -> bool:
    across, down = (char.left + char.right) / 2, (char.top + char.bottom) / 2
    return box.left <= across <= box.right and box.top <= down <= box.bottom


def sentences(tallied: Iterable[CoverCount]) -> list[str]:
    """The list as the letter 部分公开 wants it: part｜articles｜reason, a line for each reason."""
    by_reason: dict[str, list[CoverCount]] = {}
    for item in tallied:
        by_reason.setdefault(item.reason.key, []).append(item)
    lines = []
    for items in by_reason.values():
        pages = "、".join(str(n) for n in sorted({n for item in items for n in item.pages}))
        parts = "、".join(f"{item.name}{item.count}处" for item in items)
        of = items[0].reason
        harm = "，公开会对第三方合法权益造成损害" if of.article == "第十五条" else ""
        lines.append(f"第{pages}页中遮盖的{parts}｜{of.article}｜属于{of.name}{harm}")
    return lines
