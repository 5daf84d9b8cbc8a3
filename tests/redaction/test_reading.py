"""Papers of others: what cannot be read is told in a sentence; scans have rows, and words where this computer reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageFont
from pypdf import PdfWriter

from deskapp.errors import DeskError
from deskapp.exchange.scans import can_read
from deskapp.redaction import reading
from deskapp.redaction.deciding import Decisions
from deskapp.redaction.pages import Area, Char, PaperPage, lines_of
from deskapp.redaction.proposing import KnownBefore, proposals
from deskapp.redaction.reading import draw_pages, read_pages
from deskapp.redaction.scanned import rows_on, words_on
from tests.redaction.papers import FACE, ROWS, TODAY, scan, text_pdf


def broken(path: Path) -> Path:
    text_pdf(path, [ROWS])
    path.write_bytes(path.read_bytes()[:300])
    return path


def locked(path: Path) -> Path:
    writer = PdfWriter(clone_from=str(text_pdf(path.with_name("open.pdf"), [ROWS])))
    writer.encrypt("密码", algorithm="RC4-128")
    writer.write(path)
    return path


def large(path: Path) -> Path:
    writer = PdfWriter()
    writer.add_blank_page(200_000, 200_000)
    writer.write(path)
    return path


def bomb(path: Path) -> Path:
    Image.new("1", (30_000, 30_000)).save(path)
    return path


def halved(path: Path) -> Path:
    scan(path, ROWS)
    path.write_bytes(path.read_bytes()[:2000])
    return path


BAD = [(broken, "a.pdf", "损坏"), (locked, "b.pdf", "密码"), (bomb, "c.png", "点数"), (halved, "d.png", "损坏")]


@pytest.mark.parametrize(("make", "name", "word"), [*BAD, (Path, "e.docx", "不是 PDF"), (Path, "f.pdf", "没有")])
def test_what_cannot_be_read_is_told(tmp_path: Path, make: object, name: str, word: str) -> None:
    path = tmp_path / name
    make(path)  # type: ignore[operator]  # the makers above
    with pytest.raises(DeskError) as refused:
        read_pages(path)
        list(draw_pages(path, (1,)))
    assert word in refused.value.what
    assert refused.value.todo
    assert "表格" not in str(refused.value)


def test_a_sheet_too_large_is_refused_and_a_large_one_drawn_with_fewer_dots(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="幅面"):
        list(draw_pages(large(tmp_path / "large.pdf"), (1,)))
    writer = PdfWriter()
    writer.add_blank_page(2384, 3370)  # A0
    writer.write(tmp_path / "a0.pdf")
    drawn = next(draw_pages(tmp_path / "a0.pdf", (1,)))
    assert drawn.dots < reading.DOTS
    assert drawn.width * drawn.height <= reading.MOST_PIXELS * 1.01


def test_pages_of_a_picture_file_are_pages(tmp_path: Path) -> None:
    first, second = Image.open(scan(tmp_path / "1.png", ROWS[:2])), Image.open(scan(tmp_path / "2.png", ROWS[2:]))
    first.save(tmp_path / "both.tiff", save_all=True, append_images=[second], dpi=(200, 200))
    pages = read_pages(tmp_path / "both.tiff")
    assert [(page.number, page.wordless, page.pictures) for page in pages] == [(1, True, True), (2, True, True)]
    assert [round(value) for value in (pages[0].width, pages[0].height)] == [595, 842]
    assert [drawn.number for drawn in draw_pages(tmp_path / "both.tiff", (2,))] == [2]


def test_rows_of_a_scan_are_seen(tmp_path: Path) -> None:
    drawn = next(draw_pages(scan(tmp_path / "scan.png", ROWS), (1,)))
    rows = rows_on(drawn)
    assert len(rows) == len(ROWS)
    assert [round(row.box.top / 72 * 2.54 * 10) // 11 for row in rows] == sorted(
        round(row.box.top / 72 * 2.54 * 10) // 11 for row in rows
    )
    assert all(10 < row.box.height < 30 for row in rows)
    decisions = Decisions([PaperPage(1, 595, 842, rows, pictures=True)], KnownBefore(), TODAY)
    decisions.add_lines(1, 2, 3)
    assert [round(box.height, 1) for box in decisions[1].boxes()] == [
        round(rows[n].box.height + 1.2, 1) for n in (1, 2)
    ]


@pytest.mark.skipif(not can_read(), reason="this computer does not read scans")
def test_words_of_a_scan_are_proposed_where_they_stand(tmp_path: Path) -> None:
    drawn = next(draw_pages(scan(tmp_path / "scan.png", ["电话13905550123", "补偿款"]), (1,)))
    lines = words_on(drawn)
    page = PaperPage(1, 595, 842, lines, read_off=True)
    phone = next(item for item in proposals(page, KnownBefore(), TODAY) if item.kind == "phone")
    assert phone.value == "13905550123"
    (box,) = page.boxes_of(phone.spots)
    face = ImageFont.truetype(str(FACE), 44)
    left, right = ((160 + face.getlength(text)) / 200 * 72 for text in ("电话", "电话13905550123"))
    assert left - 12 < box.left < left + 2, "no stroke of the number is left, though the reader's own box leaves one"
    assert right < box.right < right + 12
    assert box.top < 75
    assert box.bottom > 86


def test_columns_of_a_table_are_parted_where_the_file_has_no_blank() -> None:
    chars = [Char("1", Area(n * 6.0, 0, n * 6.0 + 5, 10), n) for n in range(3)] + [Char("2", Area(60, 0, 65, 10), 3)]
    assert lines_of(chars)[0].text == "111 2"
