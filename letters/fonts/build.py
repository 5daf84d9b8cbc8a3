"""Build the fonts that ship with the press from named public packages.

Run by hand, rarely: ``python letters/fonts/build.py WORKDIR``. It needs ``npm`` and ``apt-get``
(to download, not to install), ``dpkg-deb``, ``tar`` and the Python package fontTools.

| file           | made from                                                     | licence              |
|----------------|---------------------------------------------------------------|----------------------|
| fangsong.ttf   | FandolFang, Debian texlive-lang-chinese                       | GPL-3, font exception |
| title.ttf      | Noto Serif SC SemiBold, npm @expo-google-fonts/noto-serif-sc  | OFL-1.1              |
| hei.ttf        | Noto Sans SC Medium, npm @expo-google-fonts/noto-sans-sc      | OFL-1.1              |
| song.ttf       | Noto Serif SC ExtraLight, the same package: Latin and digits  | OFL-1.1              |
|                | a little smaller, and the signs of GBK that no other file has |                      |
| kai.ttf        | LXGW WenKai, Debian fonts-lxgw-wenkai                         | OFL-1.1              |

Every file is TrueType outlines (the PDF library embeds no others), without hints and layout
tables, and holds only what a letter can need, so that it loads quickly.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).parent
NPM_PACKAGES = ("@expo-google-fonts/noto-serif-sc@0.4.3", "@expo-google-fonts/noto-sans-sc@0.4.3")
FANDOL = HERE / "sources/FandolFang-Regular.otf"  # from Debian texlive-lang-chinese, as it was published
DEBIAN_PACKAGES = ("fonts-lxgw-wenkai",)
LATIN_END = 0x2000  # as in letters.pdf.fonts: what lies below is set in the Song face beside 仿宋
LIGHT = (
    "200ExtraLight/NotoSerifSC_200ExtraLight.ttf"  # stems of 60/1000: the cut nearest to 仿宋, whose uprights have 44
)
LATIN_SCALE = 31 / 32  # beside 仿宋 of 16 pt, Latin of 15.5 pt looks as large
MAX_ERROR = 1.0  # font units of 1/1000 em, the usual bound for cubic to quadratic curves

PUNCTUATION = "".join(map(chr, [*range(0x2010, 0x2028), *range(0x3000, 0x3020), *range(0xFF01, 0xFF5F)]))
SYMBOLS = "·×÷±°§№℃Ⅰ" + "".join(map(chr, range(0x2460, 0x2474))) + "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ→←↑↓□■○●△▲☆★√"
LATIN = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA1, 0x250), *range(0x1E00, 0x1F00)])) + "€–—‐‑"


def gb2312() -> str:
    """All characters of GB 2312, in code order."""
    rows = (bytes([high, low]) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    return "".join(raw.decode("gb2312", errors="ignore") for raw in rows)


def gbk_signs() -> str:
    """The signs of GBK, its characters that are no ideographs, in code order."""
    rows = (bytes([high, low]) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF))
    found = "".join(raw.decode("gbk", errors="ignore") for raw in rows)
    return "".join(sign for sign in found if not ideographs([ord(sign)])[:-1])


def ideographs(codes: Iterable[int]) -> str:
    """The CJK ideographs among ``codes``, the extensions beyond the BMP included."""
    blocks = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
    return "".join(chr(c) for c in sorted(codes) if any(a <= c <= b for a, b in blocks)) + "〇"


def subset(font: TTFont, text: str) -> TTFont:
    """``font`` cut down to the characters of ``text``, without hints and layout tables."""
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG", "FFTM", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    return font


def renamed(font: TTFont, family: str) -> TTFont:
    """``font`` under another name: a changed file does not go under the original one."""
    postscript = family.replace(" ", "")
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6):
            record.string = postscript if record.nameID == 6 else family
    return font


def to_truetype(font: TTFont) -> TTFont:
    """Replace the CFF outlines of ``font`` by quadratic TrueType outlines."""
    order, glyph_set = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    glyf = font["glyf"] = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, glyphs
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    maxp.maxZones, maxp.maxTwilightPoints, maxp.maxStorage = 1, 0, 0
    maxp.maxFunctionDefs = maxp.maxInstructionDefs = maxp.maxStackElements = 0
    maxp.maxSizeOfInstructions = 0
    maxp.maxComponentElements = max((len(g.components) for g in glyphs.values() if g.isComposite()), default=0)
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 3.0, [], {}
    del font["CFF "]
    font.sfntVersion = "\000\001\000\000"
    return font


def smaller_latin(font: TTFont) -> TTFont:
    """``font`` with its Latin letters, digits and signs at LATIN_SCALE, on the same baseline."""
    glyph_set, glyf, metrics = font.getGlyphSet(), font["glyf"], font["hmtx"].metrics
    names = {name for code, name in font.getBestCmap().items() if code < LATIN_END}
    drawn = {}
    for name in names:
        pen = TTGlyphPen(None)
        flat = DecomposingFilterPen(TransformPen(pen, (LATIN_SCALE, 0, 0, LATIN_SCALE, 0, 0)), glyph_set)
        glyph_set[name].draw(flat)
        drawn[name] = pen.glyph()
    for name, glyph in drawn.items():
        glyf[name] = glyph
        metrics[name] = (round(metrics[name][0] * LATIN_SCALE), 0)
    for name in font.getGlyphOrder():
        glyf[name].recalcBounds(glyf)
        metrics[name] = (metrics[name][0], getattr(glyf[name], "xMin", 0))
    return font


def half_wide(font: TTFont, marks: str) -> TTFont:
    """``font`` with ``marks`` half an em wide: those whose ink lies in the right half are moved to the left."""
    glyf, metrics, names = font["glyf"], font["hmtx"].metrics, font.getBestCmap()
    half = font["head"].unitsPerEm // 2
    for name in (names[ord(mark)] for mark in marks):
        glyph = glyf[name]
        glyph.recalcBounds(glyf)
        if glyph.xMin >= half:
            glyph.coordinates.translate((-half, 0))
            glyph.recalcBounds(glyf)
        metrics[name] = (half, glyph.xMin)
    return font


def fangsong(text: str) -> TTFont:
    """The body face with the characters of ``text``, from the source that lies here."""
    return half_wide(to_truetype(subset(TTFont(FANDOL), text)), "“”‘’")


def download(work: Path) -> None:
    """Fetch and unpack the named packages into ``work``; what is there already is kept."""

    def run(*command: str) -> None:
        subprocess.run(command, cwd=work, check=True)

    for package in NPM_PACKAGES:
        if not (work / f"{package[1:].replace('/', '-').replace('@', '-')}.tgz").exists():
            run("npm", "pack", package)
    for package in DEBIAN_PACKAGES:
        if not list(work.glob(f"{package}_*.deb")):
            run("apt-get", "download", package)
    for archive in work.glob("*.tgz"):
        run("tar", "xzf", archive.name)
    for archive in work.glob("*.deb"):
        run("dpkg-deb", "-x", archive.name, "debian")


def build(work: Path) -> None:
    """Write the font files beside this script."""
    download(work)
    wenkai = next(work.glob("debian/**/LXGWWenKai-Regular.ttf"))
    noto = work / "package"
    punctuation = PUNCTUATION + SYMBOLS
    everything = ideographs(TTFont(FANDOL).getBestCmap()) + gb2312() + punctuation
    kai = TTFont(wenkai)
    jobs = {
        "fangsong.ttf": fangsong(everything),
        "title.ttf": subset(TTFont(noto / "600SemiBold/NotoSerifSC_600SemiBold.ttf"), gb2312() + punctuation + LATIN),
        "hei.ttf": subset(TTFont(noto / "500Medium/NotoSansSC_500Medium.ttf"), gb2312() + punctuation + LATIN),
        "song.ttf": renamed(smaller_latin(subset(TTFont(noto / LIGHT), LATIN + gbk_signs())), "Deskapp Song"),
        "kai.ttf": renamed(subset(kai, ideographs(kai.getBestCmap()) + punctuation + LATIN), "Deskapp Kai"),
    }
    for name, font in jobs.items():
        font["head"].modified = font["head"].created
        font.recalcTimestamp = False
        font.save(HERE / name)
        print(name, (HERE / name).stat().st_size, "bytes,", len(font.getBestCmap()), "characters")


if __name__ == "__main__":
    workdir = Path(sys.argv[1])
    workdir.mkdir(parents=True, exist_ok=True)
    build(workdir.resolve())
