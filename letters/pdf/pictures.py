"""Pictures as pages: each frame of a scan on a page of its size, so that PDF/A allows it: grey or RGB, no layer, no mask, nothing scaled.

A JPEG goes in as it is; anything else is written anew, in two colours without loss, otherwise as JPEG. The bytes are somebody else's: whoever
calls this does it in a process with limits.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, StreamObject

from letters.typeset.grid import PAGE_HEIGHT, PAGE_WIDTH

QUALITY = 85  # of a JPEG that is written
SMALLEST, LARGEST = 72.0, 1200.0  # pt of the sides of a page whose picture says how fine it is; A3 is 1191 high
FINEST = (50, 1300)  # dots an inch that are believed
TURNS = {3: 180, 6: 90, 8: 270}  # how far a page is turned, by the orientation that a camera noted
ORIENTATION = 0x0112  # the tag of Exif


def picture_pages(pictures: Iterable[bytes]) -> bytes:
    """A PDF of all frames of the pictures. Raises what the reader of pictures raises on a damaged one."""
    Image.MAX_IMAGE_PIXELS = None  # looked at when the picture was taken in
    writer = PdfWriter()
    for content in pictures:
        for stream, size, turn in _frames(content):
            _add(writer, stream, size, turn)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _frames(content: bytes) -> Iterator[tuple[StreamObject, tuple[float, float], int]]:
    with Image.open(io.BytesIO(content)) as picture:
        for n in range(int(getattr(picture, "n_frames", 1))):
            picture.seek(n)
            turn = TURNS.get(int(picture.getexif().get(ORIENTATION, 1)), 0)
            size = _size_of(picture, turn in (90, 270))
            if picture.format == "JPEG" and picture.mode in ("L", "RGB"):
                yield _stream(content, picture.size, "/DCTDecode", picture.mode == "RGB"), size, turn
            else:
                yield _written(picture), size, turn


def _size_of(picture: Image.Image, lying: bool) -> tuple[float, float]:
    """The page in pt: as large as the picture says, or A4, upright or lying as the picture is seen."""
    across, down = (float(dots) for dots in picture.info.get("dpi", (0, 0)))
    if all(FINEST[0] <= dots <= FINEST[1] for dots in (across, down)):
        size = picture.width / across * 72, picture.height / down * 72
        if all(SMALLEST <= side <= LARGEST for side in size):
            return size
    room = (PAGE_HEIGHT, PAGE_WIDTH) if (picture.width > picture.height) else (PAGE_WIDTH, PAGE_HEIGHT)
    scale = min(room[0] / picture.width, room[1] / picture.height)
    return picture.width * scale, picture.height * scale


def _written(picture: Image.Image) -> StreamObject:
    """A frame written anew: what was transparent is white."""
    if picture.mode == "1":
        packed = zlib.compress(picture.tobytes(), 6)
        return _stream(packed, picture.size, "/FlateDecode", False, bits=1)
    if "A" in picture.getbands() or "transparency" in picture.info:
        layers = picture.convert("RGBA")
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(layers, mask=layers.getchannel("A"))
    else:
        flat = picture.convert("L" if picture.mode in ("L", "I", "I;16", "F") else "RGB")
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=QUALITY)
    return _stream(out.getvalue(), flat.size, "/DCTDecode", flat.mode == "RGB")


def _stream(content: bytes, size: tuple[int, int], packed: str, colours: bool, bits: int = 8) -> StreamObject:
    stream = StreamObject()
    stream._data = content
    stream.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image"),
        NameObject("/Width"): NumberObject(size[0]), NameObject("/Height"): NumberObject(size[1]),
        NameObject("/ColorSpace"): NameObject("/DeviceRGB" if colours else "/DeviceGray"),
        NameObject("/BitsPerComponent"): NumberObject(bits), NameObject("/Filter"): NameObject(packed),
    })  # fmt: skip
    return stream


def _add(writer: PdfWriter, stream: StreamObject, size: tuple[float, float], turn: int) -> None:
    page = writer.add_blank_page(*size)
    page[NameObject("/MediaBox")] = ArrayObject([NumberObject(0), NumberObject(0), *map(FloatObject, size)])
    image = writer._add_object(stream)
    page[NameObject("/Resources")] = DictionaryObject({
        NameObject("/XObject"): DictionaryObject({NameObject("/Scan"): image})
    })  # fmt: skip
    drawn = StreamObject()
    drawn._data = f"q {size[0]:.3f} 0 0 {size[1]:.3f} 0 0 cm /Scan Do Q".encode("ascii")
    page[NameObject("/Contents")] = writer._add_object(drawn)
    if turn:
        page[NameObject("/Rotate")] = NumberObject(turn)
