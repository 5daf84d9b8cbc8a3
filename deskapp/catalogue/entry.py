"""An entry of the catalogue: one thing that is published, what makes two lines the same one, and what its words of validity mean."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Literal

from deskapp.catalogue.words import word_file

SHELF = "查阅点"  # before a cupboard, unless the list says it already
Validity = Literal["", "valid", "partly", "changed", "not_yet", "expired", "repealed"]
IN_FORCE: tuple[Validity, ...] = ("", "valid", "partly", "changed")
GONE: tuple[Validity, ...] = ("expired", "repealed")
Unread = Literal["", "kind", "scan", "read_off"]
UNREAD: dict[str, str] = {
    "kind": "这种文件的文字程序读不出来，查不到里面的词，只能看原件",
    "scan": "这一份是扫描件，没有文字，查不到里面的词，只能看原件",
    "read_off": "这一份是扫描件，文字是程序认出来的，可能有错，以原件为准",
}


@dataclass(frozen=True)
class Entry:
    """One thing that is published. ``published_on`` and ``made_on`` (成文日期) are ISO days or empty; ``validity`` is the office's own
    word; ``file`` the name of the full text beside the catalogue and ``unread`` why its words are not known; ``explains`` what an
    interpretation speaks of, as the list has it (索引号, 文号 or name); ``item`` the item of the standard catalogue; ``bulletin`` the issue
    of the 公报 that it stands in; ``origin`` the case it came from, empty for what came by list. ``down_on`` and ``down_why`` stand where
    it was taken down."""

    index_no: str
    name: str
    doc_no: str = ""
    issuer: str = ""
    published_on: str = ""
    topic: str = ""
    validity: str = ""
    url: str = ""
    shelf: str = ""
    file: str = ""
    origin: str = ""
    made_on: str = ""
    explains: str = ""
    bulletin: str = ""
    item: str = ""
    unread: str = ""
    down_on: str = ""
    down_why: str = ""

    @property
    def key(self) -> str:
        """What makes two lines the same entry: an index number is its office's own, so the office belongs to it; without one it is name,
        number and office."""
        if index := plain(self.index_no):
            return f"{index}@{plain(self.issuer)}"
        return "|".join(map(plain, (self.name, self.doc_no, self.issuer)))

    @property
    def state(self) -> Validity:
        """What its word of validity means; a word that nobody knows counts as none."""
        return meaning_of(self.validity) or ""

    @property
    def mark(self) -> str:
        """The mark of what no longer holds, or not yet or not wholly, in the office's own word; empty for what holds."""
        return f"【{self.validity}】" if self.state not in ("", "valid") else ""

    @property
    def is_down(self) -> bool:
        """Whether it was taken down: visitors do not see it any more."""
        return bool(self.down_on)

    @property
    def words(self) -> tuple[str, ...]:
        """What is searched besides the name."""
        return self.index_no, self.doc_no, self.issuer, self.topic, self.bulletin

    @property
    def reachable(self) -> bool:
        """Whether it says where it is found: a day alone is no way to it (条例 36 第一项)."""
        return bool(self.url or self.shelf) and not self.is_down

    def where(self, point: str = SHELF) -> str:
        """Where it is found, as a letter says it: address on the net, then shelf in the reading point; what no longer holds
        is said."""
        day = _day(self.published_on)
        since = f"{day.year}年{day.month}月{day.day}日公开" if day else ""
        net = f"网址{self.url}，标题《{self.name}》" if self.url else ""
        shelf = f"{point}{self.shelf.removeprefix(SHELF)}，可以查阅、抄录" if self.shelf else ""
        places = "；".join(part for part in (net, shelf) if part)
        return "，".join(part for part in (places, since) if part) + self._holds_no_more()

    def _holds_no_more(self) -> str:
        """That it no longer holds; that its text can be seen only where it says where."""
        if self.state not in GONE:
            return ""
        word = "废止" if self.state == "repealed" else "失效"
        return f"；该文件已{word}" + ("，文本仍可查阅" if self.url or self.shelf or self.file else "")

    def as_contract(self) -> dict[str, str]:
        """The keys of ``deskapp catalogue search --json``."""
        return dict(zip(NAMES, values_of(self), strict=True))


NAMES = tuple(field.name for field in fields(Entry))


values_of = attrgetter(*NAMES)  # of an entry, in the order of its fields


def entry_of(row: dict[str, str]) -> Entry:
    """An entry from its row."""
    return Entry(**{name: row[name] for name in NAMES})


def _day(text: str) -> date | None:
    """An ISO day; None for nothing, and for what is none in a damaged row."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def plain(text: str) -> str:
    """Text without spaces, of one width and case; signs count: 1-11 is not 11-1."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@cache
def validity_words() -> dict[str, Validity]:
    """What offices write under 有效性, by their words."""
    found = word_file()["validity"]
    return {word: key for key, words in found.items() for word in words}


def meaning_of(word: str) -> Validity | None:
    """What a word of validity means; None for one that is not known."""
    return validity_words().get(plain(word)) if word else ""
