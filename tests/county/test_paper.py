"""A bundle on paper: printed, read by a machine as a scanner reads it, and taken in."""

from __future__ import annotations

import random
from pathlib import Path

import pdfplumber
import pytest

from deskapp.county.hall import County
from deskapp.errors import DeskError
from deskapp.exchange.bundle.paper import MOST_CODES, PIECE, bundles_in, texts_of
from tests.county.conftest import PointDesk, said


def scanned(path: Path) -> list[str]:
    """What a reader of square codes sees on every page."""
    import zxingcpp

    with pdfplumber.open(path) as book:
        return [
            code.text
            for page in book.pages
            for code in zxingcpp.read_barcodes(page.to_image(resolution=220).original)
        ]


def test_a_bundle_is_printed_scanned_and_taken(hall: County, point: PointDesk, tmp_path: Path) -> None:
    point.cases(3)
    path = point.desk.bundles.make(tmp_path / "a.pdf", county=point.key).path
    texts = scanned(path)
    random.Random(1).shuffle(texts)
    (tmp_path / "scan.txt").write_text("\r\n".join([*texts, texts[0], ""]), encoding="utf-8-sig")
    assert said(hall.take(tmp_path / "scan.txt")) == [("taken", "", 3)]
    assert said(hall.take(tmp_path / "scan.txt")) == [("again", "again", 0)]
    (tmp_path / "part.txt").write_text("\n".join(texts[1:]), encoding="utf-8")
    found = hall.take(tmp_path / "part.txt")
    assert said(found) == [("refused", "paper", 0)]
    assert "还缺第" in found[0].why


@pytest.mark.parametrize("size", [1, PIECE - 1, PIECE, PIECE + 1, 5 * PIECE + 3])
def test_every_size_comes_back(size: int) -> None:
    content = random.Random(size).randbytes(size)
    assert bundles_in("\n".join(texts_of(content)).lower().encode()) == [content]


def test_two_bundles_in_one_scan() -> None:
    one, other = b"a" * 900, b"b" * 1500
    texts = [*texts_of(one), *texts_of(other)]
    assert bundles_in("\n".join(texts).encode()) == [one, other]


def test_a_wrong_sign_is_noticed() -> None:
    text = texts_of(b"x" * 300)[0]
    with pytest.raises(DeskError, match="扫错"):
        bundles_in((text[:-3] + ("A" if text[-3] != "A" else "B") + text[-2:]).encode())


def test_too_much_for_paper_is_refused_and_not_noted(
    point: PointDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    point.cases(2)
    monkeypatch.setattr("deskapp.exchange.bundle.paper.MOST_CODES", 1)
    with pytest.raises(DeskError, match="太多了"):
        point.desk.bundles.make(tmp_path / "a.pdf", county=point.key)
    assert not (tmp_path / "a.pdf").exists()
    assert point.desk.bundles.state().last is None
    assert MOST_CODES == 48
