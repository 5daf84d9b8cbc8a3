"""A bundle on paper: texts that fit square codes, for a point without a stick that works; a scanner that types them gives the bundle back.

Each text says whose it is (the beginning of the hash of the whole), which of how many, and a piece in base32, which square codes hold in their
denser alphabet. The order in which they are scanned does not matter, nor does scanning one twice.
"""

from __future__ import annotations

import base64
import hashlib
import re

from deskapp.errors import DeskError

HEAD = "DESK1"
PIECE = 700  # bytes of a piece: a code of 109 modules, which prints well at six centimetres
MOST_CODES = 48  # on paper: more belongs on a stick
_TEXT = re.compile(rf"{HEAD}:([0-9A-F]{{8}}):([0-9]{{1,3}}):([0-9]{{1,3}}):([A-Z2-7]+)")


def texts_of(content: bytes) -> list[str]:
    """The texts of a bundle. Raises DeskError for one that is too large for paper."""
    pieces = [content[start : start + PIECE] for start in range(0, len(content), PIECE)]
    if len(pieces) > MOST_CODES:
        raise DeskError(
            f"这个包要印{len(pieces)}个码，太多了。",
            "没有打包。",
            "请用U盘；或者用 --after 分几次，每次少一些。",
            code="too_large",
        )
    mark = hashlib.sha256(content).hexdigest()[:8].upper()
    return [
        f"{HEAD}:{mark}:{n}:{len(pieces)}:{base64.b32encode(piece).decode().rstrip('=')}"
        for n, piece in enumerate(pieces, 1)
    ]


def is_scanned(content: bytes) -> bool:
    """Whether a file holds what a scanner typed."""
    return content.lstrip(b"\xef\xbb\xbf \r\n\t")[: len(HEAD) + 1].upper() == f"{HEAD}:".encode()


def bundles_in(content: bytes) -> list[bytes]:
    """The bundles that were scanned into a file, each whole. Raises DeskError, code ``paper``, where a code is wanting or was read wrong."""
    found: dict[str, dict[int, str]] = {}
    counts: dict[str, int] = {}
    for mark, n, of, piece in _TEXT.findall(content.decode("ascii", "ignore").upper()):
        found.setdefault(mark, {})[int(n)] = piece
        counts[mark] = int(of)
    if not found:
        raise DeskError("没有认出纸上的码。", "没有收。", "请用扫码枪把每一张都扫进一个文本文件。", code="paper")
    return [_whole(mark, pieces, counts[mark]) for mark, pieces in found.items()]


def _whole(mark: str, pieces: dict[int, str], count: int) -> bytes:
    """One bundle of its pieces."""
    wanting = [str(n) for n in range(1, count + 1) if n not in pieces]
    if wanting:
        raise DeskError(
            f"纸上的码还缺第{'、'.join(wanting[:10])}个（共{count}个）。", "没有收。", "请补扫。", code="paper"
        )
    texts = [pieces[n] for n in range(1, count + 1)]
    try:
        content = b"".join(base64.b32decode(text + "=" * (-len(text) % 8)) for text in texts)
    except ValueError:
        content = b""
    if hashlib.sha256(content).hexdigest()[:8].upper() != mark:
        raise DeskError("纸上的码有扫错的。", "没有收。", "请重新扫一遍。", code="paper")
    return content
