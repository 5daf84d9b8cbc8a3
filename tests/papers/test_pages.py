"""A paper on file as pages: its size as the scanner says it, turned as a camera says it, in grey or RGB; damaged ones are named."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from deskapp.errors import DeskError
from deskapp.papers.pages import Bindable, bindable
from letters.pdf.binding import BoundPart, bind
from letters.pdf.fonts import FontBook
from tests.letters.conftest import printed
from tests.papers import scans


def made(picture: Image.Image, kind: str, **how: object) -> Bindable:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    found = bindable(out.getvalue(), {"JPEG": ".jpg", "PNG": ".png", "TIFF": ".tif"}[kind], "扫描")
    assert found is not None
    return found


def page_of(found: Bindable) -> tuple[float, float, int, str]:
    """Width, height and turn of the first page, and the colours of its picture."""
    page = PdfReader(io.BytesIO(found.pdf)).pages[0]
    image = page["/Resources"]["/XObject"]["/Scan"]  # type: ignore[index]  # objects of the library
    return round(page.mediabox.width), round(page.mediabox.height), page.rotation, str(image["/ColorSpace"])


@pytest.mark.parametrize(
    ("picture", "kind", "how", "expected"),
    [
        (scans.page(), "JPEG", {"dpi": (100, 100)}, (595, 842, 0, "/DeviceGray")),
        (scans.page().convert("RGB"), "JPEG", {"dpi": (72, 72)}, (827, 1169, 0, "/DeviceRGB")),
        (scans.page(size=(4000, 3000)).convert("RGB"), "JPEG", {"dpi": (72, 72)}, (794, 595, 0, "/DeviceRGB")),
        (scans.page().convert("CMYK"), "JPEG", {"dpi": (100, 100)}, (595, 842, 0, "/DeviceRGB")),
        (scans.page().convert("1"), "TIFF", {"dpi": (100, 100), "compression": "group4"}, (595, 842, 0, "/DeviceGray")),
        (scans.page().convert("RGBA"), "PNG", {}, (595, 841, 0, "/DeviceRGB")),
        (scans.page().convert("P"), "PNG", {"dpi": (100, 100)}, (595, 842, 0, "/DeviceRGB")),
    ],
)  # fmt: skip
def test_a_picture_lies_on_a_page_of_its_size(
    picture: Image.Image, kind: str, how: dict[str, object], expected: tuple[int, int, int, str]
) -> None:
    found = made(picture, kind, **how)
    assert found.archival
    width, height, turn, colours = page_of(found)
    assert (turn, colours) == expected[2:]
    assert (width, height) == pytest.approx(expected[:2], abs=2)


def test_a_photograph_that_was_taken_lying_is_seen_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert page_of(made(scans.page(), "JPEG", exif=exif))[2] == 90


def test_a_scan_in_two_colours_is_kept_without_loss() -> None:
    picture = scans.page("black and white").convert("1")
    page = PdfReader(io.BytesIO(made(picture, "TIFF").pdf)).pages[0]
    assert page.images[0].image is not None
    assert page.images[0].image.convert("1").tobytes() == picture.tobytes()


def test_the_number_stands_upright_at_the_upper_right_of_any_page() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    fonts = FontBook(system=False)
    turned = made(scans.page(), "JPEG", exif=exif, dpi=(100, 100))
    bound = bind([BoundPart("封面", printed("case_cover", fonts).pdf, False), BoundPart("照片", turned.pdf)], fonts)
    page = PdfReader(io.BytesIO(bound.pdf)).pages[1]
    at: list[tuple[float, float]] = []
    page.extract_text(
        visitor_text=lambda text, cm, tm, *_: (
            at.append((tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5])) if "1" in text else None
        )
    )
    assert (page.rotation, len(at)) == (0, 1)
    assert page.mediabox.width > page.mediabox.height
    assert float(page.mediabox.right) - at[0][0] < 60
    assert float(page.mediabox.top) - at[0][1] < 40


@pytest.mark.apart
def test_a_damaged_file_is_named_by_the_process_apart(tmp_path: Path) -> None:
    content = scans.pdf(tmp_path / "a.pdf").read_bytes()[:-200] + b"%%EOF"
    with pytest.raises(DeskError, match="【回执】的文件读不下去") as refused:
        bindable(content, ".pdf", "回执")
    assert refused.value.meaning == "案卷没有做成。"
    assert bindable(b"PK", ".docx", "来信") is None
