"""A small font that stands by itself: the glyphs in use with the map of their characters, its name, and what readers ask of a font file.

A PDF names glyphs by number and needs no more than outlines; other readers look characters up (OpenType: cmap, name, post, OS/2).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable

from letters.pdf.truetype import TrueType

WHOLE = 0xB1B0AFBA  # what the words of a font file add up to
UPRIGHT = "Regular"


def font_file(font: TrueType, signs: Iterable[str], name: str) -> bytes:
    """The bytes of a TrueType file of these characters under a family name, the same for the same characters in the same order."""
    order = list(dict.fromkeys(signs))
    codes = {ord(sign): number for number, sign in enumerate(order, 1)}
    more = {"cmap": _cmap(codes), "name": _name(name), "post": _post()}
    if systems := font.table("OS/2"):
        more["OS/2"] = systems
    packed = font.subset([font.codes.get(ord(sign), 0) for sign in order], more)
    return _summed(zlib.decompress(packed.stream))


def _cmap(codes: dict[int, int]) -> bytes:
    """The characters as Windows looks them up: those of the first plane in segments of one, all of them in groups of one."""
    low = sorted(code for code in codes if code < 0xFFFF)
    count = len(low) + 1
    power = count.bit_length() - 1
    ends, deltas = [*low, 0xFFFF], [*((codes[code] - code) & 0xFFFF for code in low), 1]
    segments = struct.pack(f">{count}H", *ends) + b"\0\0" + struct.pack(f">{count}H", *ends)
    segments += struct.pack(f">{count}H", *deltas) + b"\0\0" * count
    four = (
        struct.pack(">HHHHHHH", 4, 14 + len(segments), 0, 2 * count, 2 << power, power, 2 * count - (2 << power))
        + segments
    )
    groups = b"".join(struct.pack(">III", code, code, codes[code]) for code in sorted(codes))
    twelve = struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(codes)) + groups
    return struct.pack(">HHHHIHHI", 0, 2, 3, 1, 20, 3, 10, 20 + len(four)) + four + twelve


def _name(name: str) -> bytes:
    """Family, style, full name and PostScript name, for Windows in English."""
    texts = [(number, text.encode("utf-16-be")) for number, text in ((1, name), (2, UPRIGHT), (4, name), (6, name))]
    rows, body = b"", b""
    for number, text in texts:
        rows += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(text), len(body))
        body += text
    return struct.pack(">HHH", 0, len(texts), 6 + len(rows)) + rows + body


def _post() -> bytes:
    """No names of glyphs."""
    return struct.pack(">IIhhIIIII", 0x00030000, 0, -100, 50, 0, 0, 0, 0, 0)


def _summed(font: bytes) -> bytes:
    """The same with its sum in ``head``."""
    padded = font + b"\0" * (-len(font) % 4)
    total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
    count = struct.unpack_from(">H", font, 4)[0]
    at = next(
        offset
        for tag, _, offset, _ in (struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(count))
        if tag == b"head"
    )
    return font[: at + 8] + struct.pack(">I", (WHOLE - total) & 0xFFFFFFFF) + font[at + 12 :]
