"""Belongings: what is a desk's besides its register and its keys, file by file; docs/register.md has the table.

What can be made again from the register, holds persons and was meant for others (exports), belongs to this machine (logs) or is invented
(the practice desk) is not carried. A folder that nobody here knows is left where it lies, and named.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from deskapp.files import is_begun
from deskapp.paths import (
    BACKUPS,
    CATALOGUE,
    EXPORTS,
    FIRST_DESK,
    FONTS,
    KEYS,
    LETTERS,
    LOG,
    PAPERS,
    PRACTICE_DESK,
    REPORTS,
    TEMPLATES,
    TEXTS,
)

FOLDERS = {LETTERS: "letters", REPORTS: "reports", TEMPLATES: "templates", FONTS: "fonts"}
STAY = (
    BACKUPS,
    EXPORTS,
    KEYS,
    PAPERS,
    PRACTICE_DESK,
    FIRST_DESK,
    TEXTS,
)  # texts and papers go by the names that speak of them
NOT_OURS = (".db", ".age", ".zip", ".log")  # endings of registers, backups and logs
FIGURES = {
    "entries": ("公开目录", "条"),
    "texts": ("目录全文", "份"),
    "scans": ("案卷材料", "份"),
    "letters": ("文书文件", "个"),
    "reports": ("年报文件", "个"),
    "templates": ("自己的范本", "个"),
    "fonts": ("自己的字体", "个"),
    "others": ("其他文件", "个"),
}  # what is counted: its name and its measure word
Figures = dict[str, int]


def papers(home: Path) -> dict[str, Path]:
    """The files that are carried besides the catalogue, by their names below the data directory. Raises OSError."""
    found = {path.name: path for path in sorted(home.iterdir()) if _is_paper(path)}
    for folder in FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            if path.is_file() and not path.is_symlink() and not is_begun(path):
                found[path.relative_to(home).as_posix()] = path
    return found


def _is_paper(path: Path) -> bool:
    """Whether a file that lies in a data directory by itself is somebody's, and none of the program's."""
    ours = path.name == LOG or any(ending in path.name for ending in NOT_OURS)
    return (
        path.is_file() and not path.is_symlink() and not is_begun(path) and not ours and not path.name.startswith(".")
    )


def unknown(home: Path) -> tuple[str, ...]:
    """The folders of a data directory that nobody here knows: they are not carried. Raises OSError."""
    known = (*FOLDERS, *STAY)
    return tuple(
        path.name
        for path in sorted(home.iterdir())
        if (path.is_dir() or path.is_symlink()) and path.name not in known and not path.name.startswith(".")
    )


def kind_of(name: str) -> str:
    """Which figure counts a file of this name; none for the catalogue, whose entries are counted."""
    if name == CATALOGUE:
        return ""
    top = PurePosixPath(name).parts[0]
    return {TEXTS: "texts", PAPERS: "scans"}.get(top) or FOLDERS.get(top, "others")


def figures(names: Iterable[str], entries: int) -> Figures:
    """How many of each there are."""
    counted = Counter(kind_of(name) for name in names)
    return {**{key: counted[key] for key in FIGURES}, "entries": entries}


def told(counted: Figures) -> str:
    """Figures in words, those of nothing left out; empty where there is nothing."""
    return "、".join(f"{name}{counted[key]}{word}" for key, (name, word) in FIGURES.items() if counted.get(key))


@dataclass(frozen=True)
class Beside:
    """What a backup says lies beside it: the figures of all, the file it lies in (none where there is nothing), the mark of that file,
    and whether it is a day's catalogue and no crate."""

    figures: Figures
    file: str = ""
    mark: str = ""
    daily: bool = False

    @property
    def text(self) -> str:
        """As the backup keeps it."""
        values = {"figures": self.figures, "file": self.file, "mark": self.mark, "daily": self.daily}
        return json.dumps(values, ensure_ascii=False)


def beside_of(text: str) -> Beside | None:
    """What a backup says lies beside it; None for a backup that says nothing: it is older than that."""
    try:
        read = json.loads(text)
        counted = {key: int(read["figures"].get(key, 0)) for key in FIGURES}
        return Beside(counted, str(read["file"]), str(read["mark"]), bool(read["daily"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
