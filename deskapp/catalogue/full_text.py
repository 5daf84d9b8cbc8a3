"""The words of a full text: txt, PDF with text in it, docx with the extra ``word``; of other files that offices have, that they cannot be
read."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from deskapp.catalogue.entry import Unread
from deskapp.errors import DeskError, os_reason
from deskapp.exchange.apart import Apart
from deskapp.exchange.scans import words_of
from deskapp.exchange.tables.text import encoding_of

LARGEST = 50 << 20  # bytes of a file that is taken in
LARGEST_UNPACKED = 200 << 20  # bytes of a docx, whose few packed bytes may hold very many
NOTHING = "这一份全文没有读。"
AGAIN = "请另存一份再导入。"
LONGEST = 200_000  # characters that are kept of a text
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp")
OTHERS = (
    ".doc",
    ".wps",
    ".ofd",
    ".rtf",
    ".odt",
    ".xls",
    ".xlsx",
    ".et",
    ".ppt",
    ".pptx",
    ".dps",
    ".htm",
    ".html",
    ".mht",
)


@dataclass(frozen=True)
class TextRead:
    """The text of a file, its lines kept, at most ``LONGEST`` characters, and why there is none."""

    text: str = ""
    unread: Unread = ""


def read_text(path: Path) -> TextRead:
    """What can be read of a full text. A file of a kind that is not read has no text, nor has a scan, unless this computer can read scans;
    each says so. Raises DeskError as :func:`text_of`."""
    kind = path.suffix.lower()
    if kind in OTHERS:
        return TextRead(unread="kind")
    text = "" if kind in PICTURES else text_of(path)
    if text.strip() or kind == ".txt":
        return TextRead(text)
    seen = _clean(words_of(path))[:LONGEST]
    return TextRead(seen, "read_off" if seen.strip() else "scan")


def text_of(path: Path) -> str:
    """The text of a file, its lines kept, at most ``LONGEST`` characters; what is not plain is read in a process of its own. Raises
    DeskError with the reason it cannot be read."""
    if path.suffix.lower() not in _READERS:
        raise DeskError(f"{path.name} 不是 pdf、txt 或者 docx 文件。", "", "请转换以后再导入。")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise DeskError(f"{path.name} 太大，最多{LARGEST >> 20}兆。", "", "请拆开或者压缩以后再导入。")
        if path.suffix.lower() == ".txt":
            return _clean(_plain(path))
        return str(
            next(iter(Apart("deskapp.catalogue.full_text:things_of", path, size=size, nothing=NOTHING, advice=AGAIN)))
        )
    except OSError as error:
        raise DeskError(f"{path.name} 读不出来：{os_reason(error)}。", "", "请检查文件和权限。") from error


def things_of(path: Path) -> Iterator[str]:
    """What the other process sends: the text. Raises DeskError, OSError."""
    yield _clean(_READERS[path.suffix.lower()](path)[: 2 * LONGEST])[:LONGEST]


def _clean(text: str) -> str:
    """Without control characters and half characters, which are no text."""
    return "".join(c for c in text if c in "\n\t" or c.isprintable()).encode("utf-8", "ignore").decode("utf-8")


def _plain(path: Path) -> str:
    with path.open(encoding=encoding_of(path), errors="replace") as stream:
        return stream.read(LONGEST)


def _pdf(path: Path) -> str:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it finds is said by us
    try:
        text = ""
        for page in PdfReader(path).pages:
            text += page.extract_text() + "\n"
            if len(text) > LONGEST:
                break
        return text.rstrip("\n")
    except Exception as error:  # the reader of damaged PDF files raises what it happens to meet
        raise DeskError(f"{path.name} 打不开，可能已经损坏或者加了密码。", "", "请另存一份再导入。") from error


def _docx(path: Path) -> str:
    try:
        from docx import Document
    except ImportError as error:
        raise DeskError(
            f"读 {path.name} 需要 word 组件。", "", "请安装 deskapp[word]，或者另存为 pdf、txt。"
        ) from error
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(item.file_size for item in packed.infolist())
        lines = (
            [] if unpacked > LARGEST_UNPACKED else [paragraph.text for paragraph in Document(str(path)).paragraphs]
        )
    except Exception as error:  # the reader of damaged archives raises what it happens to meet
        raise DeskError(f"{path.name} 打不开，可能已经损坏。", "", "请另存一份再导入。") from error
    if unpacked > LARGEST_UNPACKED:
        raise DeskError(f"{path.name} 解开以后太大。", "", "请另存为 txt 再导入。")
    return "\n".join(lines)


_READERS: dict[str, Callable[[Path], str]] = {".pdf": _pdf, ".txt": _plain, ".docx": _docx}
KINDS = tuple(_READERS)
KEPT = (*KINDS, *OTHERS, *PICTURES)  # what may lie beside an entry
