"""TrueType files as the press needs them: which characters, how wide, and a small font of the glyphs in use.

Reads the tables it needs from a mapped file and no more: cmap (formats 4 and 12), hmtx, loca, glyf, and the numbers of head,
hhea and maxp that a PDF font descriptor wants. Glyphs are copied as they are; those made of parts bring their parts. Each
outline is compressed once a process and the compressed pieces are joined, which a deflate stream allows after a full flush
(RFC 1951): the same glyphs in the same order give the same bytes, in any process.
"""

from __future__ import annotations

import mmap
import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from letters.errors import PressError

TRUETYPE = (b"\x00\x01\x00\x00", b"true")
LEVEL = 3  # of compression; more of it costs more time than it saves room
NO_TABLES: Mapping[str, bytes] = {}
KEPT = ("head", "hhea", "maxp")
# Flags of a part of a composite glyph (OpenType specification, glyf table).
WORDS, SCALE, MORE, SCALE_XY, SCALE_2X2 = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a font file: its bytes, the same as a deflate block, the sum of its words; for a glyph also its metric, and
    whether it is made of others."""

    raw: bytes
    block: bytes
    sum: int
    size: int
    metric: bytes
    composite: bool


@dataclass(frozen=True)
class Packed:
    """A font file as a zlib stream; ``length`` is what it unpacks to."""

    length: int
    stream: bytes


class TrueType:
    """One font file. Raises PressError when it has no TrueType outlines."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pieces: dict[int, Piece] = {}
        try:
            with path.open("rb") as stream:
                self._data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
            self._tables = self._directory()
            self.units = int(self._word("head", 18))
            self._long_loca = bool(self._word("head", 50))
            self._advances = int(self._word("hhea", 34))
            self.glyphs = int(self._word("maxp", 4))
        except (OSError, ValueError, KeyError, struct.error) as error:
            raise PressError(f"字体文件 {path.name} 不是 TrueType 轮廓的字体，不能嵌入文书。") from error

    def _directory(self) -> dict[str, tuple[int, int]]:
        """Where each table lies. ValueError for a file of another kind."""
        if self._data[:4] not in TRUETYPE:
            raise ValueError
        count = struct.unpack_from(">H", self._data, 4)[0]
        rows = (struct.unpack_from(">4sIII", self._data, 12 + 16 * n) for n in range(count))
        tables = {tag.decode("latin-1"): (offset, length) for tag, _, offset, length in rows}
        if not {"glyf", "loca", "cmap", "hmtx", *KEPT} <= tables.keys():
            raise ValueError
        return tables

    def _table(self, tag: str) -> bytes:
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]

    def _word(self, tag: str, at: int, kind: str = ">H") -> int:
        return int(struct.unpack_from(kind, self._data, self._tables[tag][0] + at)[0])

    # -- characters and widths -----------------------------------------------------------------------------------

    @cached_property
    def codes(self) -> dict[int, int]:
        """Glyph numbers by code point."""
        table = self._table("cmap")
        found = {}
        for n in range(struct.unpack_from(">H", table, 2)[0]):
            platform, encoding, offset = struct.unpack_from(">HHI", table, 4 + 8 * n)
            found[platform, encoding] = offset
        best = next((found[key] for key in ((3, 10), (0, 4), (0, 6), (3, 1), (0, 3)) if key in found), None)
        if best is None:
            return {}
        return _format_12(table, best) if struct.unpack_from(">H", table, best)[0] == 12 else _format_4(table, best)

    @cached_property
    def _widths(self) -> array[int]:
        """Advances of the glyphs in 1/1000 em."""
        rows = array("H", self._table("hmtx")[: 4 * self._advances])
        if sys.byteorder == "little":
            rows.byteswap()
        return array("H", (round(width * 1000 / self.units) for width in rows[::2]))

    def advance(self, glyph: int) -> int:
        """The width of a glyph in 1/1000 em."""
        return self._widths[min(glyph, self._advances - 1)]

    # -- what a font descriptor says -------------------------------------------------------------------------------

    @property
    def box(self) -> tuple[int, int, int, int]:
        """The box around all glyphs, 1/1000 em."""
        left, bottom, right, top = (self._scaled(self._word("head", at, ">h")) for at in (36, 38, 40, 42))
        return left, bottom, right, top

    @property
    def ascent(self) -> int:
        """The height of the tallest letters, 1/1000 em."""
        return self._scaled(self._word("hhea", 4, ">h"))

    @property
    def descent(self) -> int:
        """The depth of the lowest letters, below the baseline negative, 1/1000 em."""
        return self._scaled(self._word("hhea", 6, ">h"))

    def _scaled(self, value: int) -> int:
        return round(value * 1000 / self.units)

    # -- a font of the glyphs in use -------------------------------------------------------------------------------

    @cached_property
    def _loca(self) -> array[int]:
        offsets = array("I" if self._long_loca else "H", self._table("loca"))
        if sys.byteorder == "little":
            offsets.byteswap()
        return offsets

    def _outline(self, glyph: int) -> bytes:
        """The outline of a glyph as it stands in the file; empty for a space."""
        scale = 1 if self._long_loca else 2
        start, end = self._loca[glyph] * scale, self._loca[glyph + 1] * scale
        base = self._tables["glyf"][0]
        return self._data[base + start : base + end]

    def table(self, tag: str) -> bytes:
        """A table as it stands in the file; empty for one that it lacks."""
        return self._table(tag) if tag in self._tables else b""

    def subset(self, used: Iterable[int], more: Mapping[str, bytes] = NO_TABLES) -> Packed:
        """A font file of glyph 0 and the ``used`` ones, numbered 1, 2, … in the order given, parts of glyphs behind; with ``more`` tables."""
        order = [0, *used]
        known = self._pieces.get
        pieces = [known(glyph) or self._piece(glyph) for glyph in order]
        if any(piece.composite for piece in pieces):
            pieces = self._with_parts(order)
        loca = array("I", accumulate([piece.size for piece in pieces], initial=0))
        head = bytearray(self._table("head"))
        head[8:12], head[50:52] = b"\0\0\0\0", b"\0\1"
        hhea, maxp = bytearray(self._table("hhea")), bytearray(self._table("maxp"))
        hhea[34:36] = maxp[4:6] = struct.pack(">H", len(order))
        advances = b"".join([piece.metric for piece in pieces])
        small = {
            "head": bytes(head), "hhea": bytes(hhea), "hmtx": advances, "loca": _big_endian(loca), "maxp": bytes(maxp), **more,
        }  # fmt: skip
        return _join(pieces, small)

    def _with_parts(self, order: list[int]) -> list[Piece]:
        """The pieces of an order in which some glyphs are made of parts; parts not in it yet are added to it."""
        new = {glyph: n for n, glyph in enumerate(order)}
        pieces = []
        for glyph in order:  # grows while parts are found
            piece = self._piece(glyph)
            if piece.composite:
                piece = pack(_renumbered(piece.raw, new, order), piece.metric)
            pieces.append(piece)
        return pieces

    def _piece(self, glyph: int) -> Piece:
        """The outline of a glyph, padded and compressed; kept for the next letter."""
        if glyph not in self._pieces:
            self._pieces[glyph] = pack(self._outline(glyph), self._metric(glyph))
        return self._pieces[glyph]

    def _metric(self, glyph: int) -> bytes:
        """Advance and left bearing of a glyph, as hmtx has them."""
        offset, _ = self._tables["hmtx"]
        if glyph < self._advances:
            return self._data[offset + 4 * glyph : offset + 4 * glyph + 4]
        last = offset + 4 * (self._advances - 1)
        bearing = offset + 4 * self._advances + 2 * (glyph - self._advances)
        return self._data[last : last + 2] + self._data[bearing : bearing + 2]


def _format_12(table: bytes, at: int) -> dict[int, int]:
    """A cmap subtable of ranges over all of Unicode."""
    codes: dict[int, int] = {}
    for n in range(struct.unpack_from(">I", table, at + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", table, at + 16 + 12 * n)
        codes.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
    return codes


def _format_4(table: bytes, at: int) -> dict[int, int]:
    """A cmap subtable of segments in the first plane."""
    count = struct.unpack_from(">H", table, at + 6)[0] // 2
    ends, starts, deltas, ranges = (
        struct.unpack_from(f">{count}H", table, at + 14 + 2 * count * n + (2 if n else 0)) for n in range(4)
    )
    codes: dict[int, int] = {}
    for n, (end, start, delta, offset) in enumerate(zip(ends, starts, deltas, ranges, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                where = at + 16 + 6 * count + 2 * n + offset + 2 * (code - start)
                glyph = struct.unpack_from(">H", table, where)[0]
            if not offset or glyph:
                codes[code] = (glyph + delta) & 0xFFFF
    return codes


def _renumbered(outline: bytes, new: dict[int, int], order: list[int]) -> bytes:
    """A glyph made of parts, its parts under their new numbers; parts not yet taken are added to ``order``."""
    data, at, flags = bytearray(outline), 10, MORE
    while flags & MORE:
        flags, part = struct.unpack_from(">HH", data, at)
        if part not in new:
            new[part] = len(order)
            order.append(part)
        struct.pack_into(">H", data, at + 2, new[part])
        at += 8 if flags & WORDS else 6
        at += 2 if flags & SCALE else 4 if flags & SCALE_XY else 8 if flags & SCALE_2X2 else 0
    return bytes(data)


def pack(raw: bytes, metric: bytes = b"") -> Piece:
    """A piece of a font file: padded to whole words, its sum, and a deflate block that others may follow."""
    padded = raw + b"\0" * (-len(raw) % 4)
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(padded) + packer.flush(zlib.Z_FULL_FLUSH) if padded else b""
    return Piece(
        padded, block, sum(_words(padded)) & 0xFFFFFFFF, len(padded), metric, raw[:2] > b"\x7f\xff" and bool(metric)
    )


def _join(outlines: list[Piece], small: dict[str, bytes]) -> Packed:
    """A font file of the small tables and the outlines behind them."""
    count = len(small) + 1
    power = count.bit_length() - 1
    offset = 12 + 16 * count
    rows, body = [], []
    for tag, data in small.items():
        padded = data + b"\0" * (-len(data) % 4)
        rows.append(struct.pack(">4sIII", tag.encode(), sum(_words(padded)) & 0xFFFFFFFF, offset, len(data)))
        body.append(padded)
        offset += len(padded)
    total = sum([piece.sum for piece in outlines]) & 0xFFFFFFFF
    rows.append(struct.pack(">4sIII", b"glyf", total, offset, sum([piece.size for piece in outlines])))
    head = struct.pack(">4sHHHH", TRUETYPE[0], count, 16 << power, power, 16 * count - (16 << power))
    pieces = [pack(b"".join([head, *sorted(rows), *body])), *outlines]
    raw = b"".join([piece.raw for piece in pieces])
    blocks = b"".join([piece.block for piece in pieces])
    return Packed(len(raw), b"\x78\x01" + blocks + b"\x03\0" + struct.pack(">I", zlib.adler32(raw)))


def _words(data: bytes) -> array[int]:
    """The 32-bit words of a table."""
    words = array("I", data)
    if sys.byteorder == "little":
        words.byteswap()
    return words


def _big_endian(words: array[int]) -> bytes:
    """Numbers in the order of a font file."""
    if sys.byteorder == "little":
        words.byteswap()
    return words.tobytes()
