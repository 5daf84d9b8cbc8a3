"""The pages of a PDF of others as pictures: by poppler where this computer has it, else by PDFium of the extra ``papers``, which comes with
the kit. Nothing of a page touches a disk. For the process with limits: both draw whatever the file asks for.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice
from math import sqrt

PATIENCE_S = 60  # for one page
MOST = 60_000_000  # pixels of a page that PDFium draws; a larger one comes out coarser
POINTS = 72  # of a PDF to the inch


def can_draw() -> bool:
    """Whether this computer can draw the pages of a PDF."""
    return bool(shutil.which("pdftoppm")) or find_spec("pypdfium2") is not None


def pictures_of(content: bytes, most: int, dots: int, gray: bool = False) -> Iterator[bytes]:
    """Its pages in order, at most ``most``, at ``dots`` to the inch, JPEG in colour or PNG in grey; ends at the first that cannot be drawn, and yields none
    where nothing can draw. Raises OSError or SubprocessError where poppler cannot be started or takes too long."""
    tool = shutil.which("pdftoppm")
    if tool:
        yield from _by_poppler(tool, content, most, dots, gray)
    elif can_draw():
        yield from islice(_by_pdfium(content, dots, gray), most)


def _by_poppler(tool: str, content: bytes, most: int, dots: int, gray: bool) -> Iterator[bytes]:
    kind = ["-gray", "-png"] if gray else ["-jpeg", "-jpegopt", "quality=80"]
    for n in range(1, most + 1):
        command = [tool, "-r", str(dots), "-f", str(n), "-l", str(n), *kind, "-"]
        done = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE_S, check=False)
        if done.returncode or not done.stdout:
            return  # behind the last page, or one that is damaged
        yield done.stdout


def _by_pdfium(content: bytes, dots: int, gray: bool) -> Iterator[bytes]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        for page in document:
            wide, high = page.get_size()
            finest = sqrt(MOST * POINTS**2 / max(wide * high, 1))
            shown = min(dots, int(finest))
            picture = page.render(scale=shown / POINTS, grayscale=gray).to_pil()
            out = io.BytesIO()
            picture.convert("L" if gray else "RGB").save(
                out, "PNG" if gray else "JPEG", quality=80, dpi=(shown, shown)
            )
            yield out.getvalue()
    except pypdfium2.PdfiumError:
        return
