"""The font book: which file prints which part of a letter, and which characters it holds.

Order for each role: the unit's own files, then the system's under their usual names, then the shipped ones. Only
TrueType outlines can be embedded; anything else is passed over and named. No character is ever dropped: what no face holds
is reported by :meth:`FontBook.missing`.
"""

from __future__ import annotations

import os
import sys
from functools import cached_property, lru_cache
from pathlib import Path

from letters.document import Role
from letters.errors import PressError
from letters.pdf.truetype import TrueType

ROLES: tuple[Role, ...] = ("fangsong", "title", "hei", "song", "kai")
ROLE_NAMES: dict[Role, str] = {
    "fangsong": "正文", "title": "标题和机关名称", "hei": "一级标题和表格栏目", "song": "数字和外文", "kai": "二级标题和生僻字",
}  # fmt: skip
STANDARD: dict[Role, str] = {"fangsong": "仿宋_GB2312", "title": "方正小标宋", "hei": "黑体"}
SHIPPED = Path(__file__).parents[1] / "fonts"
SYSTEM_NAMES: dict[Role, tuple[str, ...]] = {
    "fangsong": ("仿宋_GB2312.ttf", "simfang.ttf", "FangSong_GB2312.ttf"),
    "title": ("方正小标宋_GBK.ttf", "方正小标宋简体.ttf", "FZXBSJW.TTF"),
    "hei": ("simhei.ttf", "黑体.ttf"),
    "song": (),
    "kai": (),
}
# A face for the body is looked for in this order, a face for the title in the other.
FALLBACK: dict[Role, tuple[Role, ...]] = {
    "fangsong": ("fangsong", "kai", "song"),
    "title": ("title", "kai", "song"),
    "hei": ("hei", "kai", "song"),
    "song": ("song", "fangsong", "kai"),
    "kai": ("kai", "fangsong", "song"),
}
LATIN_END = 0x2000  # below: Latin letters, digits and signs, set in the Song face


class Face:
    """One font file in one role, read when first needed; ``own`` is one that the unit brought and may change at any time."""

    def __init__(self, role: Role, path: Path, own: bool = False) -> None:
        self.role, self.path, self._own = role, path, own

    @cached_property
    def font(self) -> TrueType:
        """The file. Raises PressError when it has no TrueType outlines."""
        try:
            known = self.path.stat()
        except OSError:
            return TrueType(self.path)  # says it
        return TrueType(self.path) if self._own else _once(self.path, known.st_mtime_ns, known.st_size)

    def covers(self, char: str) -> bool:
        """Whether the face has a glyph for the character."""
        return ord(char) in self.font.codes

    def advance(self, char: str) -> float:
        """The width of the character in 1/1000 em."""
        return self.font.advance(self.font.codes.get(ord(char), 0))


class FontBook:
    """The faces of one office."""

    def __init__(self, unit_folder: Path | None = None, system: bool = True) -> None:
        self.faces: dict[str, Face] = {}
        self.rejected: list[Path] = []
        for role in ROLES:
            self.faces[role] = self._find(role, unit_folder, system)

    def _find(self, role: Role, unit_folder: Path | None, system: bool) -> Face:
        own = [unit_folder / f"{role}.ttf"] if unit_folder else []
        installed = [folder / name for folder in _system_folders() for name in SYSTEM_NAMES[role]] if system else []
        for path in (*own, *installed):
            if path.is_file():
                if _is_truetype(path):
                    return Face(role, path, path in own)
                self.rejected.append(path)
        return Face(role, SHIPPED / f"{role}.ttf")

    def face_for(self, char: str, role: Role = "fangsong") -> str:
        """The face (by role) that prints a character of text in ``role``; the role itself when none does."""
        first: Role = "song" if role == "fangsong" and ord(char) < LATIN_END and char != "·" else role
        return next((name for name in FALLBACK[first] if self.faces[name].covers(char)), role)

    def faces_for_name(self, name: str, role: Role = "fangsong") -> list[str]:
        """Faces for a name, one for each character: all its Chinese characters in the same face where one has them."""
        chinese = [c for c in name if ord(c) >= LATIN_END]
        whole = next((f for f in FALLBACK[role] if all(self.faces[f].covers(c) for c in chinese)), None)
        return [whole if whole and ord(c) >= LATIN_END else self.face_for(c, role) for c in name]

    def advance(self, face: str, char: str) -> float:
        """The width of a character in a face, in 1/1000 em."""
        return self.faces[face].advance(char)

    def missing(self, text: str, role: Role = "fangsong") -> list[str]:
        """The characters of ``text`` that no face can print, each once, in order."""
        return [c for c in dict.fromkeys(text) if c != "\n" and not self.faces[self.face_for(c, role)].covers(c)]

    def wanting(self) -> list[str]:
        """The faces of the standard (5.2.2, 7.2, 7.3) that this machine lacks, and what stands in for them."""
        return [
            f"没有找到{STANDARD[face.role]}，{ROLE_NAMES[face.role]}用随程序带的字体代替。"
            for face in self.faces.values()
            if face.path.parent == SHIPPED and face.role in STANDARD
        ]

    def describe(self) -> list[str]:
        """One line a role: which file is in use and how many characters it holds."""
        return [
            f"{ROLE_NAMES[face.role]}：{face.path.name}（{'随程序带的，' if face.path.parent == SHIPPED else ''}"
            f"{len(face.font.codes)}字）"
            for face in self.faces.values()
        ]


@lru_cache(maxsize=2 * len(ROLES))
def _once(path: Path, written: int, size: int) -> TrueType:
    """A file of the program or of the system, once a process: its tables of characters take longer to read than a letter to set, and
    what was compressed for one letter serves the next. Not for the unit's own, which stays mapped and could not be replaced on Windows."""
    return TrueType(path)


def _is_truetype(path: Path) -> bool:
    try:
        return bool(TrueType(path).codes)
    except PressError:
        return False


def _system_folders() -> list[Path]:
    """Where the system keeps fonts."""
    if sys.platform == "win32":
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
    if sys.platform == "darwin":
        return [Path("/Library/Fonts"), Path.home() / "Library/Fonts"]
    homes = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"]
    return [
        folder for home in homes if home.is_dir() for folder in (home, *(p for p in home.rglob("*") if p.is_dir()))
    ]
