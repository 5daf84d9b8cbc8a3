"""The font book: which file prints which part of a letter, and which characters it holds.

Order for each role: the unit's own files, then the system's under their usual names, then the shipped ones. Only
TrueType outlines can be embedded; anything else is passed over. No character is ever dropped: what no face holds is
reported by :meth:`FontBook.missing`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont, TTFontFile
from reportlab.pdfbase.ttfonts import TTFError as FontFileError

from letters.document import Role

ROLES: tuple[Role, ...] = ("fangsong", "title", "hei", "song", "kai")
SHIPPED = Path(__file__).parent / "fonts"
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
    "title": ("title", "kai"),
    "hei": ("hei", "kai", "song"),
    "song": ("song", "fangsong", "kai"),
    "kai": ("kai", "fangsong", "song"),
}
LATIN_END = 0x2000  # below: Latin letters, digits and signs, set in the Song face


class PressFont(TTFont):
    """A TrueType font whose ToUnicode table is right beyond the BMP (UTF-16 surrogate pairs)."""

    def addObjects(self, doc: Any) -> None:
        """Write the font's objects, then put the corrected ToUnicode tables in the place of the library's."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for n, subset in enumerate(subsets):
            base = b"".join((SUBSETN(n), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            doc.idToObject["toUnicodeCMap:" + base].content = to_unicode_map(subset)


def to_unicode_map(subset: Iterable[int]) -> str:
    """The ToUnicode CMap of a one-byte subset: code n stands for the n-th character."""
    rows = [f"<{n:02X}> <{chr(c).encode('utf-16-be').hex().upper()}>" for n, c in enumerate(subset) if c]
    chunks = [rows[i : i + 100] for i in range(0, len(rows), 100)]
    body = "\n".join(f"{len(chunk)} beginbfchar\n" + "\n".join(chunk) + "\nendbfchar" for chunk in chunks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


class Face:
    """One font file in one role, read when first needed."""

    def __init__(self, role: Role, path: Path) -> None:
        self.role, self.path = role, path
        self.name = (
            f"press-{role}-{path.stem}-{abs(hash(str(path))):x}" if path.parent != SHIPPED else f"press-{role}"
        )

    @cached_property
    def font(self) -> Any:
        """The registered font. The registry is the PDF library's own and lasts as long as the process."""
        if self.name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(PressFont(self.name, str(self.path)))
        return pdfmetrics.getFont(self.name)

    def covers(self, char: str) -> bool:
        """Whether the face has a glyph for the character."""
        return ord(char) in self.font.face.charToGlyph

    def advance(self, char: str) -> float:
        """The width of the character in 1/1000 em."""
        return float(self.font.face.getCharWidth(ord(char)))


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
                    return Face(role, path)
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

    def describe(self) -> list[str]:
        """One line a role: which file is in use."""
        return [f"{role}：{face.path.name}" for role, face in self.faces.items()]


def _is_truetype(path: Path) -> bool:
    try:
        TTFontFile(str(path), charInfo=0)
    except (FontFileError, OSError):
        return False
    return True


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
