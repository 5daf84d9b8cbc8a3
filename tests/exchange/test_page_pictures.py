"""Pages of a PDF as pictures: the same sizes by poppler and by PDFium; what cannot be drawn ends them without a noise."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter

from deskapp.exchange import page_pictures
from deskapp.exchange.page_pictures import MOST, can_draw, pictures_of
from tests.papers import scans


def without_poppler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskapp.exchange.page_pictures.shutil.which", lambda name: None)


def shapes(content: bytes, dots: int, gray: bool) -> list[tuple[str | None, tuple[int, int]]]:
    opened = [Image.open(io.BytesIO(picture)) for picture in pictures_of(content, 9, dots, gray)]
    return [(one.format, one.size) for one in opened]


@pytest.mark.real
@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs poppler, to compare with")
@pytest.mark.parametrize("gray", [False, True])
def test_both_ways_draw_the_same_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gray: bool) -> None:
    content = scans.pdf(tmp_path / "a.pdf", 2).read_bytes()
    by_poppler = shapes(content, 200, gray)
    without_poppler(monkeypatch)
    assert shapes(content, 200, gray) == by_poppler
    assert [size for _, size in by_poppler] == [(1653, 2339), (1653, 1167)]


def test_a_page_of_a_hall_comes_out_coarser(monkeypatch: pytest.MonkeyPatch) -> None:
    without_poppler(monkeypatch)
    writer = PdfWriter()
    writer.add_blank_page(14_400, 14_400)  # five metres each way: 1.6 thousand million dots
    out = io.BytesIO()
    writer.write(out)
    (_, (wide, high)) = shapes(out.getvalue(), 200, True)[0]
    assert MOST * 0.9 < wide * high <= MOST


def test_what_is_no_pdf_has_no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    without_poppler(monkeypatch)
    assert list(pictures_of(b"%PDF-1.7\nnothing", 9, 200)) == []


def test_where_nothing_draws_there_are_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    without_poppler(monkeypatch)
    monkeypatch.setattr(page_pictures, "find_spec", lambda name: None)
    assert not can_draw()
    assert list(pictures_of(scans.pdf(tmp_path / "a.pdf", 1).read_bytes(), 9, 200)) == []
