"""Which files hold a word: plain text in the encodings of offices, what lies packed in a zip (docx, xlsx, ofd), the text of a PDF.

Files of others are opened in a process of its own (:mod:`deskapp.exchange.apart`), all of them in one. Of a picture, a scan or a file under
a password nothing can be said, and that is said.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from deskapp.errors import DeskError
from deskapp.exchange.apart import Apart
from deskapp.zipped import ZIP_FAULTS

LARGEST = 50 << 20  # bytes of a file, or of what lies packed in one, that is looked into
DEEPEST = 3  # a zip in a zip in a zip
MOST_PAGES = 300  # of one PDF
ENCODINGS = ("utf-8", "gb18030", "utf-16-le")
PDF, ZIP = b"%PDF", b"PK\x03\x04"
BLIND = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"II*\x00",
    b"MM\x00*",
    b"BM",
    b"age-encryption.org/v1",
)  # nothing to be read in these
TAGS, BLANKS = re.compile(r"<[^>]*>"), re.compile(r"\s+")
NOTHING = "文件里还有没有，没有看完。"
PART = 10


def which_hold(paths: Sequence[Path], words: Sequence[str]) -> list[bool | None]:
    """For each file whether one of the words stands in it; None where nobody can say: pictures, locked or damaged files, and those behind
    the one at which the reading had to stop."""
    size = sum(path.stat().st_size for path in paths if path.is_file())
    found: list[bool | None] = []
    try:
        if paths and words:
            found += Apart("deskapp.exchange.holding:each", paths, words, size=size, nothing=NOTHING, part=PART)
    except DeskError:
        pass  # those that were not reached stay unknown, which is said of each
    return found + [None] * (len(paths) - len(found))


def each(paths: Sequence[Path], words: Sequence[str]) -> Iterator[bool | None]:
    """What the other process sends for :func:`which_hold`."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it finds is no matter here
    plain = [BLANKS.sub("", word) for word in words]
    for path in paths:
        try:
            yield _in_bytes(path.read_bytes(), plain) if path.stat().st_size <= LARGEST else None
        except OSError:
            yield None


def _in_bytes(content: bytes, words: Sequence[str], depth: int = 0) -> bool | None:
    if any(word.encode(encoding) in content for word in words for encoding in ENCODINGS):
        return True
    if content.startswith(PDF):
        return _in_pdf(content, words)
    if content.startswith(ZIP):
        return _in_zip(content, words, depth)
    if content.startswith(BLIND):
        return None
    return _in_text(content.decode("utf-8", "ignore"), words)


def _in_text(text: str, words: Sequence[str]) -> bool:
    """Whether a word stands in a text, across the marks and blanks that may part it."""
    joined = BLANKS.sub("", TAGS.sub("", text))
    return any(word in joined for word in words)


def _in_zip(content: bytes, words: Sequence[str], depth: int) -> bool | None:
    known = True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for item in packed.infolist():
                if any(word in item.filename for word in words):
                    return True
                small = item.file_size <= LARGEST and depth < DEEPEST
                inside = _in_bytes(packed.read(item), words, depth + 1) if small else None
                if inside:
                    return True
                known = known and inside is not None
    except ZIP_FAULTS:
        return None
    return False if known else None


def _in_pdf(content: bytes, words: Sequence[str]) -> bool | None:
    from pypdf import PdfReader

    seen = True
    try:
        pages = PdfReader(io.BytesIO(content)).pages
        for n in range(len(pages)):
            text = pages[n].extract_text() if n < MOST_PAGES else ""
            if _in_text(text, words):
                return True
            seen = seen and bool(text.strip())
    except Exception:  # noqa: BLE001  # the reader of damaged PDF files raises what it happens to meet
        return None
    return False if seen else None
