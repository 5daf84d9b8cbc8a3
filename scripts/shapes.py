"""Write ``deskapp/catalogue/shapes.txt``: for each character those that look like it, the likest first.

Two characters are alike by the parts they are made of (their Cangjie codes), by their corners (four-corner codes), by their strokes, and by how
much of their ink lies in the same places. The codes come from the Unihan database (folder of ``Unihan_*.txt.bz2``, Debian package
unicode-data 15.0.0, Unicode licence), the ink from the shipped ``hei.ttf``. Only what was found is kept, none of the codes:

    python -m scripts.shapes /usr/share/unicode
"""

from __future__ import annotations

import bz2
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import nlargest
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from letters.pdf.fonts import SHIPPED

FILE = Path(__file__).parent.parent / "deskapp/catalogue/shapes.txt"
HEAD = "# 形近字：第一个字，后面是和它长得像的字，最像的在前。由 scripts/shapes.py 算出，不要手改。\n"
READ = {"kCangjie": "DictionaryLikeData", "kFourCornerCode": "DictionaryLikeData", "kTotalStrokes": "IRGSources"}
MOST, LEAST, SAME_INK = 16, 0.42, 25  # kept for one character; how alike they must be; looked at for their ink
PARTS, CORNERS, STROKES, INK = 0.35, 0.15, 0.1, 0.4  # what each way to be alike counts
SIDE, GRID, DARK = (
    64,
    24,
    70,
)  # pixels of a drawn character, of the one that is compared, and how dark one is that counts


def signs(first: int, last: int) -> Iterator[str]:
    """The characters of GB 2312 in some of its rows."""
    for row in range(first, last + 1):
        for cell in range(0xA1, 0xFF if row != 0xD7 else 0xFA):
            yield bytes((row, cell)).decode("gb2312")


def codes(folder: Path) -> dict[str, dict[str, str]]:
    """The fields of Unihan that are read, by their name and by character."""
    found: dict[str, dict[str, str]] = {field: {} for field in READ}
    for name in set(READ.values()):
        with bz2.open(folder / f"Unihan_{name}.txt.bz2", "rt", encoding="utf-8") as lines:
            for code, field, value in (line.split("\t") for line in lines if line.startswith("U+")):
                if field in found:
                    found[field][chr(int(code[2:], 16))] = value.split()[0]
    return found


def ink(sign: str, font: ImageFont.FreeTypeFont) -> int:
    """Where a character is dark, a bit for each place; its middle lies in the middle."""
    drawn = Image.new("L", (SIDE, SIDE), 0)
    ImageDraw.Draw(drawn).text((2, -4), sign, font=font, fill=255)
    drawn = drawn.crop(drawn.getbbox())
    side = max(drawn.size)
    square = Image.new("L", (side, side), 0)
    square.paste(drawn, ((side - drawn.width) // 2, (side - drawn.height) // 2))
    small = square.filter(ImageFilter.GaussianBlur(1.5)).resize((GRID, GRID), Image.Resampling.BILINEAR)
    return int("".join("1" if value > DARK else "0" for value in small.tobytes()), 2)


def steps(one: str, other: str) -> int:
    """How many letters must be put in, taken out or changed to make one code of the other."""
    row = list(range(len(other) + 1))
    for at, a in enumerate(one, 1):
        last, row = row, [at]
        for n, b in enumerate(other, 1):
            row.append(min(row[-1] + 1, last[n] + 1, last[n - 1] + (a != b)))
    return row[-1]


class Shapes:
    """Tells how alike characters are."""

    def __init__(self, every: Iterable[str], found: dict[str, dict[str, str]]) -> None:
        self.parts, self.corners = found["kCangjie"], found["kFourCornerCode"]
        self.strokes = {sign: int(number) for sign, number in found["kTotalStrokes"].items()}
        font = ImageFont.truetype(SHIPPED / "hei.ttf", SIDE - 4)
        self.ink = {sign: ink(sign, font) for sign in every}

    def same_ink(self, one: str, other: str) -> float:
        """Which share of the ink of both lies in the same places."""
        a, b = self.ink[one], self.ink[other]
        return (a & b).bit_count() / ((a | b).bit_count() or 1)

    def alike(self, one: str, other: str) -> float:
        """How alike two characters are, from 0 to 1."""
        a, b = self.parts[one], self.parts[other]
        parts = 1 - steps(a, b) / max(len(a), len(b))
        corners = sum(
            x == y for x, y in zip(self.corners.get(one, "")[:4], self.corners.get(other, "")[:4], strict=False)
        )
        strokes = min(self.strokes[one], self.strokes[other]) / max(self.strokes[one], self.strokes[other])
        return PARTS * parts + CORNERS * corners / 4 + STROKES * strokes + INK * self.same_ink(one, other)

    def _keys(self, sign: str) -> set[str]:
        """What characters have in common that are made of nearly the same parts, or have the same corners."""
        code = self.parts[sign]
        shorter = (code[:at] + gap + code[at + 1 :] for at in range(len(code)) for gap in ("", "_"))
        return {code, *shorter, self.corners.get(sign, sign)[:4]}

    def table(self, typed: Iterable[str], meant: Iterable[str]) -> Iterator[str]:
        """A line for each character that may be typed: those of the usual ones (``meant``) that look like it."""
        usual, near = list(meant), defaultdict[str, set[str]](set)
        for sign in usual:
            for key in self._keys(sign):
                near[key].add(sign)
        for sign in typed:
            others = set(nlargest(SAME_INK, usual, key=lambda other: self.same_ink(sign, other)))
            others = others.union(*(near[key] for key in self._keys(sign))) - {sign}
            like = {other: self.alike(sign, other) for other in sorted(others)}
            kept = [other for other in nlargest(MOST, like, key=like.__getitem__) if like[other] >= LEAST]
            if kept:
                yield sign + "".join(kept)


def main() -> None:
    """Write the table anew."""
    every, usual = list(signs(0xB0, 0xF7)), list(signs(0xB0, 0xD7))
    shapes = Shapes(every, codes(Path(sys.argv[1])))
    FILE.write_text(HEAD + "\n".join(shapes.table(every, usual)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
