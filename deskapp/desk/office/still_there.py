"""Where the people of erased cases still stand: in records that are not over yet, half-filled forms, files that were made for others.

Everything in the data directory is looked through but what has its own way: the register (its cases and letters are read as such), backups,
papers on file, keys, and the invented registers of the practice. What is found is named, for somebody to decide; nothing is taken away here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from deskapp.exchange.holding import which_hold
from deskapp.files import is_begun
from deskapp.law.case_file import note_names
from deskapp.paths import BACKUPS, FIRST_DESK, KEYS, LETTERS, PAPERS, PRACTICE_DESK, REGISTER
from deskapp.register.erasing import letter_hashes
from deskapp.register.erasing_notes import note_versions
from deskapp.register.hashing import digest
from deskapp.register.journal import Journal
from deskapp.register.person_words import PersonWords

OWN_WAY = (BACKUPS, FIRST_DESK, KEYS, PAPERS, PRACTICE_DESK)
OTHER_NOTES, FORMS, SETTINGS = "别的登记", "没有填完的表", "本机记住的"
NAMES = {"question": "常见问题", "own_lesson": "练习题", "staff": "人员"}


@dataclass(frozen=True)
class StillThere:
    """What was found: places in the register with how many, files by name or content, and how many files nobody can look into."""

    places: tuple[str, ...]
    files: tuple[str, ...]
    unread: int


def still_there(journal: Journal, home: Path, words: PersonWords, numbers: Iterable[str]) -> StillThere:
    """Look for the words of people, and for the numbers of their cases in the names of files."""
    files, unread = _files(journal, home, words, tuple(numbers))
    return StillThere(tuple(_places(journal, words)), tuple(files), unread)


def _places(journal: Journal, words: PersonWords) -> list[str]:
    names = {**NAMES, **note_names()}
    notes = dict.fromkeys(
        (note.kind, note.key)
        for note in note_versions(journal.store)
        if words.stand_in(json.dumps(note.body, ensure_ascii=False))
    )
    found = Counter(names.get(kind, OTHER_NOTES) for kind, _ in notes)
    found[FORMS] += sum(words.stand_in(str(form.body)) for form in journal.records.all_drafts())
    found[SETTINGS] += sum(words.stand_in(value) for value in journal.records.all_notes().values())
    return [f"{name}{number}处" for name, number in found.items() if number]


def _files(journal: Journal, home: Path, words: PersonWords, numbers: tuple[str, ...]) -> tuple[list[str], int]:
    lying = [path for path in sorted(home.rglob("*")) if path.is_file() and _is_looked_at(path, home)]
    named = {path for path in lying if any(word in path.name for word in (*numbers, *words.words))}
    letters = letter_hashes(journal.store)
    rest = [path for path in lying if path not in named and not _is_letter(path, home, letters)]
    inside = which_hold(rest, words.words)
    named |= {path for path, holds in zip(rest, inside, strict=True) if holds}
    return [str(path.relative_to(home)) for path in lying if path in named], sum(holds is None for holds in inside)


def _is_looked_at(path: Path, home: Path) -> bool:
    first = path.relative_to(home).parts[0]
    return first not in OWN_WAY and not first.startswith(REGISTER) and not is_begun(path)


def _is_letter(path: Path, home: Path, letters: frozenset[str]) -> bool:
    """Whether a file is a letter of the register, saved as it was issued: then it is of a case that keeps its people."""
    return path.relative_to(home).parts[0] == LETTERS and digest(path.read_bytes()) in letters
