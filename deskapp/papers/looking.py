"""What a file is that somebody lays to a case: a PDF, a picture, a Word file; how many pages it has; or why it cannot be taken.

The kind is told by the content and never by the name. The bytes are somebody else's: they are read in a process with limits of memory
and time (:mod:`deskapp.exchange.apart`), and what a few packed bytes would swell to is looked at before they are unpacked.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from deskapp.errors import DeskError, os_reason
from deskapp.exchange.apart import Apart, size_of
from deskapp.zipped import ZIP_FAULTS

LARGEST = 50 << 20  # bytes of a file
MOST_PAGES = 2000
MOST_PIXELS = 80_000_000  # of one page: A3 at 600 dots an inch has 70 million
LARGEST_UNPACKED = 200 << 20  # bytes of a Word file
MOST_PARTS = 5000  # in a Word file
TAIL = 2048  # bytes at the end of a PDF in which its end mark stands
NOTHING = "没有入卷。"
AGAIN = "请重新扫描或者另存一份PDF，再试。"
KINDS = {".pdf": "PDF", ".jpg": "JPEG图片", ".png": "PNG图片", ".tif": "TIFF图片", ".docx": "Word文件"}
TAKEN = "PDF、JPEG、PNG、TIFF图片和docx文件"
ENDINGS = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".docx")  # in the names of files that may be one
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of old office files, and of new ones under a password
_PAGES = re.compile(rb"<(?:\w+:)?Pages>([0-9]{1,5})<")


@dataclass(frozen=True)
class LookedAt:
    """A file that can be taken: its ending by what it is, its pages (0 where only a word processor could tell), its bytes, their hash."""

    ending: str
    pages: int
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """What kind of file it is, in words."""
        return KINDS[self.ending]


def look_at(path: Path) -> LookedAt:
    """Look at a file in a process of its own. Raises DeskError that says what is wrong with it."""
    try:
        size = path.stat().st_size
        regular = path.is_file()
    except OSError as error:
        raise DeskError(f"{path.name} 读不出来：{os_reason(error)}。", NOTHING, "请核对位置和权限。") from error
    if not regular:
        raise DeskError(f"{path.name} 不是文件。", NOTHING, "请写一个文件的位置。")
    if size > LARGEST:
        todo = "请用扫描软件存成200点的灰度，或者拆成几个文件。"
        raise DeskError(f"{path.name} 太大（{size >> 20}兆），最多{LARGEST >> 20}兆。", NOTHING, todo)
    source = "deskapp.papers.looking:things_of"
    found: LookedAt = next(iter(Apart(source, path, size=size, nothing=NOTHING, advice=AGAIN)))
    return found


def look_into(path: Path, folder: str, nothing: str) -> dict[str, LookedAt]:
    """Look at each file below a folder of a zip, without unpacking it anywhere; by its name there. ``nothing`` is what a refusal means.
    Raises DeskError that says what is wrong with the first that cannot be taken."""
    reader = Apart("deskapp.papers.looking:packed_things", path, folder, size=size_of(path), nothing=nothing)
    return dict(reader)


def things_of(path: Path) -> Iterator[LookedAt]:
    """What the other process sends of a file. Raises DeskError, OSError."""
    with path.open("rb") as stream:
        yield _looked(stream.read(LARGEST + 1), path.name)


def packed_things(path: Path, folder: str) -> Iterator[tuple[str, LookedAt]]:
    """What the other process sends of the files in a zip. Raises DeskError, and what a damaged zip raises."""
    with zipfile.ZipFile(path) as box:
        for item in box.infolist():
            if item.filename.startswith(folder):
                if item.file_size > LARGEST:
                    raise DeskError(f"{item.filename} 太大，最多{LARGEST >> 20}兆。", NOTHING, AGAIN)
                yield item.filename.removeprefix(folder), _looked(box.read(item), item.filename)


def _looked(content: bytes, name: str) -> LookedAt:
    if not content:
        raise DeskError(f"{name} 是空的。", NOTHING, "扫描没有存好，请重新扫描。")
    ending = _kind_of(content, name)
    try:
        pages = _COUNTED[ending](content, name)
    except MemoryError as error:
        raise _swells(name) from error
    if pages > MOST_PAGES:
        raise DeskError(f"{name} 有{pages}页，最多{MOST_PAGES}页。", NOTHING, "请拆成几个文件。")
    return LookedAt(ending, pages, len(content), sha256(content).hexdigest())


def _kind_of(content: bytes, name: str) -> str:
    """The ending by what the bytes are. Raises DeskError for what is none of them."""
    if b"%PDF-" in content[:1024]:
        return ".pdf"
    for start, ending in _STARTS.items():
        if content.startswith(start):
            return ending
    if content.startswith(b"PK\x03\x04"):
        return _zip_kind(content, name)
    if content.startswith(_OLE):
        todo = "旧格式的请用文字处理软件另存成PDF或者docx；加了密码的请先去掉密码。"
        raise DeskError(f"{name} 是旧格式的文件（doc、wps、xls），或者加了密码。", NOTHING, todo)
    raise DeskError(f"{name} 不是{TAKEN}。", NOTHING, "请打印成PDF或者扫描成PDF，再入卷。")


_STARTS = {
    b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png", b"II*\x00": ".tif", b"MM\x00*": ".tif",
}  # fmt: skip


def _zip_kind(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            names = set(box.namelist())
    except ZIP_FAULTS as error:
        raise _damaged(name) from error
    if "word/document.xml" in names:
        return ".docx"
    what = "OFD" if "OFD.xml" in names else "压缩包或者别的办公文件"
    raise DeskError(f"{name} 是{what}，不是{TAKEN}。", NOTHING, "请打印成PDF，再入卷；压缩包请先解开。")


def _pdf_pages(content: bytes, name: str) -> int:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it finds is said by us
    if b"%%EOF" not in content[-TAIL:]:
        raise DeskError(f"{name} 不完整，后面一截没有了。", NOTHING, AGAIN)
    try:
        reader = PdfReader(io.BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if locked else len(reader.pages)
    except DependencyError:
        locked, pages = True, 0
    except MemoryError:
        raise
    except Exception as error:  # the reader of damaged PDF files raises what it happens to meet
        raise _damaged(name) from error
    if locked:
        raise DeskError(f"{name} 加了密码。", NOTHING, "请先去掉密码，或者打印成一份没有密码的PDF。")
    if not pages:
        raise DeskError(f"{name} 里一页也没有。", NOTHING, AGAIN)
    return pages


def _picture_pages(content: bytes, name: str) -> int:
    """The pictures of a file, each read through. Raises DeskError for one that is too large or breaks off."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # the bound is ours, and looked at before anything is unpacked
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "TIFF")) as picture:
            pages = int(getattr(picture, "n_frames", 1))
            for n in range(min(pages, MOST_PAGES)):
                picture.seek(n)
                _check_size(picture.size, name)
                picture.draft("L", (picture.width // 8, picture.height // 8))  # of a JPEG: read through, kept small
                picture.load()
    except (DeskError, MemoryError):
        raise
    except UnidentifiedImageError as error:
        raise _damaged(name) from error
    except Exception as error:  # the readers of damaged pictures raise what they happen to meet
        raise _damaged(name) from error
    return pages


def _check_size(size: tuple[int, int], name: str) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        what = f"{name} 的一页有宽{size[0]}、高{size[1]}个点，太大了。"
        raise DeskError(what, NOTHING, "A4纸扫描200点到300点就够，请重新扫描。")


def _docx_pages(content: bytes, name: str) -> int:
    """The pages that a Word file says it has; 0 where it does not. Every part is read through."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            parts = box.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise _swells(name)
            if box.testzip() is not None:
                raise _damaged(name)
            told = _PAGES.search(box.read("docProps/app.xml")) if "docProps/app.xml" in box.namelist() else None
    except DeskError:
        raise
    except ZIP_FAULTS as error:
        raise _damaged(name) from error
    return int(told[1]) if told else 0


def _damaged(name: str) -> DeskError:
    return DeskError(f"{name} 打不开，多半已经损坏。", NOTHING, AGAIN)


def _swells(name: str) -> DeskError:
    return DeskError(f"{name} 解开以后太大。", NOTHING, AGAIN)


_COUNTED: dict[str, Callable[[bytes, str], int]] = {
    ".pdf": _pdf_pages,
    ".jpg": _picture_pages,
    ".png": _picture_pages,
    ".tif": _picture_pages,
    ".docx": _docx_pages,
}
