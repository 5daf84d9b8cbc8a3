"""Who reads scans is decided in one place by what is installed; both readers give text with its place, and boxes of a page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from deskapp.exchange import by_models, by_tesseract, scans
from deskapp.exchange.placed import PlacedText, in_lines

MODELS = """
import sys
class RapidOCR:
    def __call__(self, picture):
        assert picture == b"picture", picture
        if "none" in sys.argv: return None, None
        return [[[[10, 5], [60, 7], [60, 27], [10, 25]], "联系电话", 0.9], [[[80, 6], [200, 6], [200, 26], [80, 26]], "13905550123", 0.8],
                [[[10, 50], [60, 50], [60, 70], [10, 70]], "第二行", 0.7]], [0.1]
"""


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of the name, as it answers, for the process that reads."""
    made = tmp_path / "rapidocr_onnxruntime"
    made.mkdir()
    (made / "__init__.py").write_text(MODELS, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return made


@pytest.mark.parametrize(
    ("models", "tesseract", "reader"),
    [(True, True, "rapidocr"), (True, False, "rapidocr"), (False, True, "tesseract"), (False, False, "")],
)
def test_what_is_installed_reads(monkeypatch: pytest.MonkeyPatch, models: bool, tesseract: bool, reader: str) -> None:
    monkeypatch.setattr(by_models, "is_there", lambda: models)
    monkeypatch.setattr(by_tesseract, "is_there", lambda: tesseract)
    assert scans.reader() == reader
    assert scans.can_read() is bool(reader)


def test_the_models_read_in_a_process_of_their_own(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "reader", lambda: "rapidocr")
    assert scans.placed_on(b"picture", 200)[0] == PlacedText("联系电话", 10, 5, 60, 27)
    assert scans.words_in(b"picture", ".png") == "联系电话 13905550123\n第二行"
    assert "rapidocr_onnxruntime" not in sys.modules


@pytest.mark.parametrize("answer", ["raise ValueError", "print('noise')"])
def test_models_that_break_are_no_words(models: Path, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setattr(scans, "reader", lambda: "rapidocr")
    (models / "__init__.py").write_text(
        f"class RapidOCR:\n    def __call__(self, _):\n        {answer}\n        return None, None"
    )
    with pytest.raises(subprocess.SubprocessError):
        scans.placed_on(b"picture", 200)
    assert scans.words_in(b"picture", ".png") == ""


def test_boxes_are_filled_by_place_or_read_below_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Image.new("L", (400, 200), 255)
    boxes = [(0, 0, 100, 90), (100, 0, 400, 90), (0, 100, 400, 190)]
    lines = [
        PlacedText("左", 10, 10, 30, 30),
        PlacedText("右2", 110, 50, 140, 70),
        PlacedText("右1", 110, 10, 140, 30),
    ]
    monkeypatch.setattr(by_tesseract, "is_there", lambda: False)
    monkeypatch.setattr(by_models, "lines_of", lambda picture, patience: lines)
    assert scans.read_boxes(page, boxes, 200) == ["左", "右1\n右2", ""]
    seen: list[tuple[int, int]] = []

    def words(picture: bytes, dots: float, patience: float) -> list[PlacedText]:
        import io

        seen.append(Image.open(io.BytesIO(picture)).size)
        gap = scans.APART
        return [PlacedText("甲", 50, gap + 5, 70, gap + 25), PlacedText("乙", 50, 3 * gap + 190, 70, 3 * gap + 210)]

    monkeypatch.setattr(by_tesseract, "is_there", lambda: True)
    monkeypatch.setattr(by_tesseract, "words_of", words)
    assert scans.read_boxes(page, boxes, 200) == ["甲", "", "乙"]
    assert seen == [(400 + 2 * scans.APART, 270 + 4 * scans.APART)]


def test_pieces_side_by_side_are_a_line_from_the_left() -> None:
    pieces = [
        PlacedText(text, left, top, left + 20, top + 20)
        for text, left, top in (("b", 50, 3), ("a", 10, 0), ("c", 5, 40))
    ]
    assert [[piece.text for piece in line] for line in in_lines(pieces)] == [["a", "b"], ["c"]]


def test_the_words_of_tesseract_have_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    table = "level\tleft\ttop\twidth\theight\ttext\n4\t0\t0\t9\t9\t\n5\t10\t20\t30\t40\t欧阳\n5\t1\t1\t1\t1\t \n"

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        assert command[-3:] == ["--psm", "6", "tsv"]
        return subprocess.CompletedProcess(command, 0, table.encode(), b"")

    monkeypatch.setattr("deskapp.exchange.by_tesseract.subprocess.run", run)
    assert by_tesseract.words_of(b"", 200.2, 1) == [PlacedText("欧阳", 10, 20, 40, 60)]
