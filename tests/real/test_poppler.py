"""Letters read by another program: poppler sees every font embedded, the same words, and ink where it belongs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from letters.pdf.fonts import FontBook
from tests.letters.conftest import KINDS, SHEETS, printed, template

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not shutil.which("pdffonts"), reason="poppler is not installed (Debian: poppler-utils)"),
]


@pytest.fixture(params=KINDS)
def pdf(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"{request.param}.pdf"
    path.write_bytes(printed(request.param, FontBook(system=False), applicant__name="吴𬭚").pdf)
    return path


UNNAMED = (
    "handover_sheet",
    "court_defence",
    "evidence_list",
    "publication_handover",
)  # they name nobody, or who complains


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_every_font_is_embedded_and_has_a_unicode_table(pdf: Path) -> None:
    rows = run("pdffonts", str(pdf)).splitlines()[2:]
    assert rows
    for row in rows:
        assert row.split()[-5:-2] == ["yes", "yes", "yes"], row


@pytest.mark.each(4)
def test_the_words_come_out_in_order_beyond_the_bmp_too(pdf: Path) -> None:
    kind = pdf.stem
    text = "".join(run("pdftotext", "-layout", str(pdf), "-").split())
    if kind in SHEETS:
        assert "吴𬭚" in text or kind in UNNAMED
        assert "LH-2026-0012" in text or kind == "application_form"
        return
    name = "青山县" if template(kind).addressee else "吴𬭚："
    assert text.index(name) < text.index("登记号") < text.index("青山县柳河镇人民政府", text.index("登记号"))


def red_points(picture: Image.Image) -> int:
    """How many have much red and little green."""
    red, green, _ = picture.split()
    both = ImageChops.darker(
        red.point([255 * (n > 150) for n in range(256)]), green.point([255 * (n < 90) for n in range(256)])
    )
    return both.histogram()[255]


def dark_points(picture: Image.Image) -> int:
    """How many have little of any colour."""
    red, green, blue = picture.split()
    return sum(ImageChops.lighter(ImageChops.lighter(red, green), blue).histogram()[:110])


@pytest.mark.each(4)
def test_the_page_has_a_red_head_and_black_words(pdf: Path, tmp_path: Path) -> None:
    run("pdftoppm", "-r", "50", "-f", "1", "-l", "1", "-png", str(pdf), str(tmp_path / "page"))
    picture = Image.open(next(tmp_path.glob("page*.png"))).convert("RGB")
    width, height = picture.size
    head = picture.crop((0, 0, width, int(height * 48 / 297)))
    body = picture.crop((0, int(height * 60 / 297), width, int(height * 260 / 297)))
    assert (red_points(head) > 200) is (pdf.stem not in SHEETS)
    assert red_points(body) == 0
    assert dark_points(body) > 200
