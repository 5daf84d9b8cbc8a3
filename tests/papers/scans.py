"""Files as scanners and offices make them, and as nobody should."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

from PIL import Image, ImageDraw
from pypdf import PdfWriter


def pdf(path: Path, pages: int = 2, password: str = "", owner: str = "") -> Path:
    """A PDF of empty pages, under a password if one is given."""
    writer = PdfWriter()
    for n in range(pages):
        writer.add_blank_page(595, 842 if n % 2 == 0 else 420)
    writer.add_metadata({"/Title": path.stem})
    if password or owner:
        writer.encrypt(password, owner_password=owner or password, algorithm="RC4-128")
    with path.open("wb") as stream:
        writer.write(stream)
    return path


def page(words: str = "scan", size: tuple[int, int] = (827, 1169)) -> Image.Image:
    """A grey page with a few words on it."""
    made = Image.new("L", size, 235)
    ImageDraw.Draw(made).text((60, 60), words, fill=20)
    return made


def picture(path: Path, pages: int = 1, words: str = "scan") -> Path:
    """A scan as a picture of the kind that its name says."""
    first, *rest = [page(f"{words} {n}") for n in range(pages)]
    if path.suffix == ".tif":
        first.save(path, save_all=True, append_images=rest, compression="tiff_deflate", dpi=(100, 100))
    else:
        first.save(path, dpi=(100, 100))
    return path


def docx(path: Path, pages: int | None = 3, extra: bytes = b"") -> Path:
    """A Word file with what is looked at in it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("[Content_Types].xml", "<Types/>")
        box.writestr("word/document.xml", b"<w:document/>" + extra)
        if pages is not None:
            box.writestr("docProps/app.xml", f"<Properties><Pages>{pages}</Pages></Properties>")
    return path


def png_of(width: int, height: int, data: bytes) -> bytes:
    """A PNG that says it has so many pixels, whatever is in it."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def tiff_of(width: int, height: int) -> bytes:
    """A TIFF of one line of bytes that says it has so many pixels."""
    small = io.BytesIO()
    Image.new("L", (16, 16)).save(small, "TIFF")
    content = bytearray(small.getvalue())
    at = struct.unpack("<I", content[4:8])[0]
    for n in range(struct.unpack("<H", content[at : at + 2])[0]):
        entry = at + 2 + 12 * n
        tag, kind = struct.unpack("<HH", content[entry : entry + 4])
        if tag in (256, 257, 278):
            value = {256: width, 257: height, 278: height}[tag]
            struct.pack_into("<HHII", content, entry, tag, 4 if kind in (3, 4) else kind, 1, value)
    return bytes(content)
