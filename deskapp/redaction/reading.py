"""Papers of others, read and drawn in a process of its own (:mod:`deskapp.exchange.apart`): PDF by pypdfium2, pictures by Pillow.

Comments and filled fields of forms become part of the page before it is read, so that no text stands on the picture that the lines do not
tell. What comes over is plain: characters with boxes, and pictures as rows of grey.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskapp.errors import DeskError, os_reason
from deskapp.exchange.apart import GAVE_UP, Apart, size_of
from deskapp.redaction.pages import Area, Char, PaperPage, lines_of

if TYPE_CHECKING:
    from PIL import Image

DOTS = 200  # to the inch, of the copy
MOST_PIXELS = 16_000_000  # of one page; a larger sheet is drawn with fewer dots
FEWEST_DOTS = 60
MOST_PAGES = 500
MOST_CHARS = 60_000  # of one page
MOST_BYTES = 200_000_000
A_PAGE = 400_000  # what drawing a page may cost, as if it were so many bytes of a file
LOOK = 144  # dots to the inch with which it is looked whether a character is seen
NO_INK = 1  # greys between the brightest and the darkest place, where nothing can be read of it
FINE = 100  # steps to the pt in which places are asked for
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")
NOTHING = "没有打开。"
SCAN_IT = "请打印出来扫描成图片再来。"
NO_PART = "no_part"  # the code of a refusal for want of the extra
_PASSWORD = 4  # the error of the library


@dataclass(frozen=True)
class Drawn:
    """A page as a picture in grey: ``rows`` are its bytes, compressed, one a pixel."""

    number: int
    width: int
    height: int
    dots: float
    rows: bytes

    def pixels(self) -> bytes:
        """The bytes, row by row from the top."""
        return zlib.decompress(self.rows)


def read_pages(path: Path) -> list[PaperPage]:
    """The pages of a PDF or a picture. Raises DeskError when it cannot be read, or is too much."""
    return list(_apart("pages_of", path, size=_looked_at(path) + A_PAGE))


def draw_pages(path: Path, numbers: tuple[int, ...], dots: int = DOTS) -> Iterator[Drawn]:
    """Some of its pages as pictures, one after the other. Raises DeskError."""
    size = _looked_at(path) + A_PAGE * len(numbers)
    yield from _apart("drawn", path, numbers, dots, size=size)


def _apart(name: str, *words: Any, size: int) -> Iterator[Any]:
    """What a function below yields in the other process. Raises DeskError that tells what to do with a paper."""
    try:
        yield from Apart(f"deskapp.redaction.reading:{name}", *words, size=size, nothing=NOTHING, part=1)
    except DeskError as error:
        if error.code == GAVE_UP:
            raise DeskError(error.what, NOTHING, SCAN_IT) from error
        raise


def _looked_at(path: Path) -> int:
    """The size of a paper that may be read. Raises DeskError."""
    ending = path.suffix.lower()
    if ending != ".pdf" and ending not in PICTURES:
        raise DeskError(
            f"【{path.name}】不是 PDF，也不是图片。", NOTHING, "请另存成 PDF 再来；扫描件可以是 PDF、JPG、PNG、TIFF。"
        )
    if not path.is_file():
        raise DeskError(f"没有【{path.name}】这个文件。", NOTHING, "请看位置写对了没有。")
    if (size := size_of(path)) > MOST_BYTES:
        raise DeskError("文件太大。", NOTHING, "请分成几份，每份不超过200兆。")
    return size


# -- in the other process ------------------------------------------------------------------------------------------------


def pages_of(path: Path) -> Iterator[PaperPage]:
    """What the other process sends for :func:`read_pages`."""
    if path.suffix.lower() == ".pdf":
        with _opened(path) as pdf:
            for n in range(len(pdf)):
                yield _page(pdf, n)
        return
    for n, picture in enumerate(_frames(path), 1):
        width, height = _size_of(picture)
        yield PaperPage(n, width, height, (), pictures=True)


def drawn(path: Path, numbers: tuple[int, ...], dots: int) -> Iterator[Drawn]:
    """What the other process sends for :func:`draw_pages`."""
    if path.suffix.lower() == ".pdf":
        with _opened(path) as pdf:
            for number in numbers:
                yield _picture_of(pdf, number, dots)
        return
    for number, picture in enumerate(_frames(path), 1):
        if number in numbers:
            yield _grey(picture, number, dots)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """A PDF with its forms. Raises DeskError."""
    try:
        import pypdfium2
    except ImportError as error:
        raise DeskError("这台机器没有装看 PDF 的组件。", NOTHING, "请安装 deskapp[papers]。", code=NO_PART) from error
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", 0) == _PASSWORD:
            raise DeskError("这份 PDF 有密码。", NOTHING, "请在看 PDF 的软件里去掉密码，另存一份。") from error
        raise DeskError("这份 PDF 打不开，多半已经损坏。", NOTHING, "请向给文件的人再要一份。") from error
    try:
        if not 0 < len(pdf) <= MOST_PAGES:
            raise DeskError(f"这份 PDF 有{len(pdf)}页。", NOTHING, f"一次最多{MOST_PAGES}页，请分成几份。")
        pdf.init_forms()
        yield pdf
    except pypdfium2.PdfiumError as error:
        raise DeskError("这份 PDF 有一页读不出来。", NOTHING, SCAN_IT) from error
    finally:
        pdf.close()


def _flat(pdf: Any, n: int) -> Any:
    """A page with its comments and fields as part of it. Raises DeskError where they cannot be: they would be seen and not read."""
    import pypdfium2.raw as raw

    page = pdf[n]
    if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_FAIL:
        raise DeskError(f"第{n + 1}页的批注或者表单读不出来。", NOTHING, SCAN_IT)
    page.close()
    return pdf[n]


def _page(pdf: Any, n: int) -> PaperPage:
    import pypdfium2.raw as raw

    page = _flat(pdf, n)
    width, height = page.get_size()
    read = page.get_textpage()
    count = read.count_chars()
    if count > MOST_CHARS:
        raise DeskError(f"第{n + 1}页有{count}个字，太多了。", NOTHING, SCAN_IT)
    chars: list[Char] = []
    blank = False
    for k in range(count):
        sign = _sign(raw.FPDFText_GetUnicode(read, k))
        if sign.strip() and (box := _box(page, read, k, width, height)):
            chars.append(Char(sign, box, k, blank))
        blank = not sign.strip()
    pictures = any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4))
    seen = _seen(page, chars, pictures)
    return PaperPage(n + 1, width, height, lines_of(seen), pictures=pictures, unseen=len(chars) - len(seen))


def _seen(page: Any, chars: list[Char], pictures: bool) -> list[Char]:
    """The characters that are on the page as it is shown: where one stands there is ink. Beside a picture its words may be laid a little
    off: there a line above and below is looked at as well."""
    if not chars:
        return chars
    picture = page.render(scale=LOOK / 72, grayscale=True).to_pil().convert("L")
    k, all_ = LOOK / 72, (0, 0, picture.width, picture.height)
    seen = []
    for char in chars:
        box = char.box.grown(char.box.height if pictures else 0.5)
        left, top = max(all_[0], int(box.left * k)), max(all_[1], int(box.top * k))
        right, bottom = min(all_[2], int(box.right * k) + 1), min(all_[3], int(box.bottom * k) + 1)
        if right <= left or bottom <= top:
            continue
        darkest, brightest = picture.crop((left, top, right, bottom)).getextrema()
        if brightest - darkest > NO_INK:
            seen.append(char)
    return seen


def _sign(code: int) -> str:
    """A character; what is none, or half of one, shows as a mark that still can be covered."""
    if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "\ufffd"
    return chr(code)


def _box(page: Any, read: Any, k: int, width: float, height: float) -> Area | None:
    """Where a character stands on the page as it is shown: what its font claims for it and what it really blackens."""
    import ctypes

    import pypdfium2.raw as raw

    corners = []
    wide, high = round(width * FINE), round(height * FINE)
    for loose in (True, False):
        left, bottom, right, top = read.get_charbox(k, loose=loose)
        for x, y in (
            ((left, bottom), (left, top), (right, bottom), (right, top)) if (left, bottom) != (right, top) else ()
        ):
            at_x, at_y = ctypes.c_int(), ctypes.c_int()
            raw.FPDF_PageToDevice(page, 0, 0, wide, high, 0, x, y, at_x, at_y)
            corners.append((at_x.value / FINE, at_y.value / FINE))
    if not corners:
        return None
    xs, ys = zip(*corners, strict=True)
    return Area(min(xs), min(ys), max(xs), max(ys))


def _picture_of(pdf: Any, number: int, dots: int) -> Drawn:
    page = _flat(pdf, number - 1)
    width, height = page.get_size()
    dots_ = _dots(width, height, dots)
    bitmap = page.render(scale=dots_ / 72, grayscale=True)
    return _sent(bitmap.to_pil().convert("L"), number, dots_)


def _dots(width: float, height: float, dots: float) -> float:
    """How finely a page of that size (pt) is drawn. Raises DeskError for one so large that nothing could be read."""
    pixels = width * height * (dots / 72) ** 2
    fewer = dots * min(1.0, (MOST_PIXELS / pixels) ** 0.5) if pixels > 0 else 0
    if fewer < min(FEWEST_DOTS, dots):
        raise DeskError("有一页的幅面太大。", NOTHING, "请缩小到 A3 以内，另存一份。")
    return fewer


def _sent(picture: Image.Image, number: int, dots: float) -> Drawn:
    return Drawn(number, picture.width, picture.height, dots, zlib.compress(picture.tobytes(), 1))


def _frames(path: Path) -> Iterator[Image.Image]:
    """The pictures of a file, the right way up. Raises DeskError."""
    from PIL import Image, ImageOps, ImageSequence

    Image.MAX_IMAGE_PIXELS = 4 * MOST_PIXELS
    try:
        with Image.open(path, formats=("PNG", "JPEG", "TIFF", "BMP")) as file:
            if getattr(file, "n_frames", 1) > MOST_PAGES:
                raise DeskError("图片的页数太多。", NOTHING, f"一次最多{MOST_PAGES}页，请分成几份。")
            for frame in ImageSequence.Iterator(file):
                if frame.width * frame.height > 4 * MOST_PIXELS:
                    raise DeskError("图片的点数太多。", NOTHING, "请用300点以下的精度重新扫描。")
                yield ImageOps.exif_transpose(frame)
    except Image.DecompressionBombError as error:
        raise DeskError("图片的点数太多。", NOTHING, "请用300点以下的精度重新扫描。") from error
    except (DeskError, MemoryError):
        raise
    except Exception as error:  # the readers of damaged pictures raise what they happen to meet
        reason = f"：{os_reason(error)}" if isinstance(error, OSError) and error.errno else "，多半已经损坏"
        raise DeskError(f"图片打不开{reason}。", NOTHING, "请重新扫描一份。") from error


def _size_of(picture: Image.Image) -> tuple[float, float]:
    """The size of a picture in pt, by the dots to the inch that it claims, or as wide as A4."""
    claimed = picture.info.get("dpi", (0, 0))
    dots = float(claimed[0]) if 70 <= float(claimed[0]) <= 1300 else picture.width / 210 * 25.4
    return picture.width * 72 / dots, picture.height * 72 / dots


def _grey(picture: Image.Image, number: int, dots: int) -> Drawn:
    width, height = _size_of(picture)
    dots_ = min(_dots(width, height, dots), picture.width * 72 / width)  # a scan becomes no finer than it is
    size = (max(1, round(width * dots_ / 72)), max(1, round(height * dots_ / 72)))
    picture = _in_eight(picture)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = _on_white(picture)
    return _sent(picture.convert("L").resize(size), number, dots_)


def _in_eight(picture: Image.Image) -> Image.Image:
    """A picture of more than 256 greys in eight bits: what converts it otherwise cuts off all that is brighter than the 256th. Whole
    numbers reach from black to 65535 (a signed picture to its brightest), fractions to 1 or to what a byte or two hold."""
    if not picture.mode.startswith(("I", "F")):
        return picture
    wide = picture if picture.mode == "F" else picture.convert("I")
    brightest = float(wide.getextrema()[1])  # type: ignore[arg-type]  # of one band: its least and its most
    whole = next((most for most in (1.0, 255.0, 65535.0) if brightest <= most), brightest)
    if picture.mode != "F":
        whole = max(whole, 65535.0)
    return wide.convert("F").point(lambda value: value * (255.0 / whole) + 0.0).convert("L")


def _on_white(picture: Image.Image) -> Image.Image:
    from PIL import Image

    seen = picture.convert("RGBA")
    paper = Image.new("RGBA", seen.size, "white")
    paper.alpha_composite(seen)
    return paper
