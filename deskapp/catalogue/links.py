"""A document and what explains it (解读), found in both directions by what the list says: an index number, a document's number, or a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from deskapp.catalogue.entries import Entries
from deskapp.catalogue.entry import Entry, entry_of, plain

MOST = 20
_TITLE = re.compile("《([^》]+)》")
_ABOUT = re.compile("解读|图解|问答|说明")


@dataclass(frozen=True)
class Links:
    """The entries that explain one, and those that it explains."""

    explained_by: tuple[Entry, ...] = ()
    explains: tuple[Entry, ...] = ()


def links_of(entries: Entries, entry: Entry) -> Links:
    """What an entry is linked with; an interpretation that names a document in its title, 《…》, is linked without more."""
    return Links(tuple(_explaining(entries, entry)), tuple(_explained(entries, entry)))


def _named(entry: Entry) -> list[str]:
    """What an interpretation says that it speaks of, in the words of its list, or of its name."""
    given = [part for part in re.split(r"[；;\n]", entry.explains) if part.strip()]
    if not given and _ABOUT.search(entry.name):
        given = _TITLE.findall(entry.name)
    return [plain(part.strip("《》 ")) for part in given]


def _explained(entries: Entries, entry: Entry) -> list[Entry]:
    found: list[Entry] = []
    for text in _named(entry):
        near = entries.holding(text, MOST)
        found += [other for other in near if other.key != entry.key and _is_called(other, text)]
    return list(dict.fromkeys(found))[:MOST]


def _explaining(entries: Entries, entry: Entry) -> list[Entry]:
    rows = entries.newest(MOST * 10, where="down_on = '' AND explains <> ''")
    given = [other for other in map(entry_of, rows) if any(_is_called(entry, text) for text in _named(other))]
    titled = [
        other
        for other in entries.holding(plain(entry.name), MOST)
        if any(_is_called(entry, t) for t in _named(other))
    ]
    return [other for other in dict.fromkeys([*given, *titled]) if other.key != entry.key][:MOST]


def _is_called(entry: Entry, text: str) -> bool:
    """Whether a text names an entry: its index number, its number, its name, or its name behind 关于印发."""
    if text in (plain(entry.index_no), plain(entry.doc_no), plain(entry.name)):
        return True
    return len(text) > 3 and not _ABOUT.search(entry.name) and text in plain(entry.name)
