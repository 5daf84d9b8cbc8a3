"""The copy holds nothing of what was covered: every way to get it back is tried."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zlib
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from deskapp.errors import DeskError
from deskapp.redaction.covering import MARK, UNSEEN, GivenCopy, make_copy, page_as_given, sum_of
from deskapp.redaction.deciding import UNDECIDED, Decisions, sentences
from deskapp.redaction.proposing import KnownBefore
from deskapp.redaction.reading import read_pages
from letters.pdf.fonts import FontBook
from tests.redaction.papers import ROWS, TODAY, ZHANG, identity, scan, text_pdf, turned

SECRET = "张三的电话13905550123"
FONTS = FontBook(system=False)


def decided(path: Path, on: bool = True) -> Decisions:
    decisions = Decisions(read_pages(path), KnownBefore(names=("张三",)), TODAY)
    for page in decisions.pages:
        for n in range(len(page.covers)):
            decisions.decide(page.page.number, n, on)
    return decisions


def copied(path: Path, decisions: Decisions | None = None) -> GivenCopy:
    decisions = decisions or decided(path)
    for page in decisions.pages:
        decisions.confirm(page.page.number, "李主任")
    return make_copy(path, decisions, FONTS, TODAY, sum_of(path))


def everything_in(pdf: bytes) -> bytes:
    """All bytes of a file, and of all that is packed in it."""
    parts = [pdf]
    for at in re.finditer(rb"stream\r?\n", pdf):
        unpacker = zlib.decompressobj()
        try:
            parts.append(unpacker.decompress(pdf[at.end() :]))
        except zlib.error:
            continue
    return b"\n".join(parts)


PAIRS = [bytes((pair >> 4, pair & 15)) for pair in range(256)]  # of a byte, its two greys


def spellings(secret: str) -> list[bytes]:
    found = [secret.encode(code) for code in ("utf-8", "gb18030", "utf-16-be", "utf-16-le")]
    return [*found, *(form for one in found for form in (one.hex().encode(), one.hex().upper().encode()))]


def picture_of(pdf: bytes, page: int = 0) -> Image.Image:
    """The picture that a page is, of its sixteen greys."""
    image = PdfReader(io.BytesIO(pdf)).pages[page]["/Resources"]["/XObject"]["/P"]  # type: ignore[index]  # a picture stands there, or the test fails
    size = (int(image["/Width"]), int(image["/Height"]))
    greys = b"".join([PAIRS[pair] for pair in image.get_data()])
    wide = size[0] + size[0] % 2
    return Image.frombytes("L", (wide, size[1]), greys).point(lambda grey: grey * 17).crop((0, 0, *size))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper that keeps its secrets in every drawer of the format: text, title, comment, attachment, outline, thumbnail, earlier state."""
    folder = tmp_path_factory.mktemp("hostile")
    plain = text_pdf(folder / "plain.pdf", [ROWS, ["第二页", SECRET]], title=SECRET, field=f"tel 13905550123 {ZHANG}")
    writer = PdfWriter(clone_from=str(plain))
    writer.add_metadata({"/Subject": SECRET, "/Keywords": ZHANG})
    writer.add_attachment("名单.txt", SECRET.encode())
    writer.add_outline_item(SECRET, 0)
    path = folder / "hostile.pdf"
    writer.write(path)
    again = PdfWriter(str(path), incremental=True)  # an earlier state stays below the one that is shown
    again.add_metadata({"/Title": "改过"})
    again.write(path)
    return path


def test_the_source_does_hold_what_the_copy_must_not(hostile: Path) -> None:
    seen = everything_in(hostile.read_bytes())
    assert any(form in seen for form in spellings(ZHANG))
    assert sum(page.extract_text().count("13905550123") for page in PdfReader(hostile).pages) == 2
    assert PdfReader(hostile).attachments


def test_no_byte_of_what_was_covered_is_in_the_copy(hostile: Path) -> None:
    copy = copied(hostile).pdf
    seen = everything_in(copy)
    for secret in (ZHANG, "13905550123", "139 0555 0456", "6217001234567890", "张三", SECRET, "名单"):
        assert not [form for form in spellings(secret) if len(form) > 3 and form in seen], secret


def test_the_copy_is_pictures_and_nothing_else(hostile: Path) -> None:
    pdf = copied(hostile).pdf
    reader = PdfReader(io.BytesIO(pdf))
    assert pdf.count(b"%%EOF") == 1
    assert pdf.count(b"startxref") == 1
    assert reader.attachments == {}
    assert reader.outline == []
    assert set(reader.root_object) == {
        "/Type",
        "/Pages",
        "/Lang",
        "/ViewerPreferences",
        "/Metadata",
        "/OutputIntents",
    }
    assert reader.metadata is not None
    assert {str(value) for key, value in reader.metadata.items() if "Date" not in key} == {
        MARK,
        "",
        "政府信息公开",
        "deskapp",
    }
    for page in reader.pages:
        assert set(page) == {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
        assert page.extract_text() == ""
        assert page.get_contents().get_data().split() == b"q 595.08 0 0 842.04 0 0 cm /P Do Q".split()  # type: ignore[union-attr]  # a page of ours has one content
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        assert [(len(page.chars), len(page.images), len(page.annots)) for page in opened.pages] == [(0, 1, 0)] * 2
    kinds = re.findall(rb"/Type /(\w+)", pdf)
    assert sorted(set(kinds)) == [b"Catalog", b"Metadata", b"OutputIntent", b"Page", b"Pages", b"XObject"]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler")
def test_other_readers_find_no_text_either(hostile: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.pdf"
    path.write_bytes(copied(hostile).pdf)
    read = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout
    assert read.strip() == b""
    fonts = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
    assert len(fonts.splitlines()) == 2, "its heading only"
    assert pypdfium2.PdfDocument(path)[0].get_textpage().count_chars() == 0


def test_papers_that_differ_only_in_what_is_covered_give_the_same_copy(tmp_path: Path) -> None:
    """The strongest proof: what is not in the copy cannot be told from it."""
    other = identity("33072219730815777")
    one = text_pdf(tmp_path / "one.pdf", [[f"1 张三 {ZHANG} 12000元", "13905550123"]], title="甲")
    two = text_pdf(tmp_path / "two.pdf", [[f"1 张三 {other} 12000元", "13711112222"]], title="乙")
    open_ = text_pdf(tmp_path / "open.pdf", [[f"1 张三 {other} 12001元", "13711112222"]])
    assert copied(one).pdf == copied(two).pdf
    assert copied(open_).pdf != copied(two).pdf


@pytest.mark.parametrize(("degrees", "cut"), [(0, 0.0), (0, 20.5), (90, 0.0), (90, 20.5), (180, 13.3), (270, 7.0)])
@pytest.mark.each(6)
def test_the_same_of_pages_that_are_turned_or_cut(tmp_path: Path, degrees: int, cut: float) -> None:
    one = turned(text_pdf(tmp_path / "one.pdf", [[f"1 张三 {ZHANG} 12000元"]]), degrees, cut)
    two = turned(text_pdf(tmp_path / "two.pdf", [[f"1 张三 {identity('33072219730815777')} 12000元"]]), degrees, cut)
    assert copied(one).pdf == copied(two).pdf
    picture = picture_of(copied(one).pdf)
    assert (picture.width > picture.height) == (degrees in (90, 270))
    assert sum(picture.histogram()[:20]) > 8000, "there are boxes"
    assert sum(picture.histogram()[20:200]) > 100, "and what is not covered"


def test_boxes_are_solid_and_what_is_not_covered_is_whole(tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "list.pdf", [ROWS])
    decisions = decided(path)
    pixels = picture_of(copied(path, decisions).pdf)
    plain = pypdfium2.PdfDocument(path)[0].render(scale=200 / 72, grayscale=True).to_pil().convert("L")
    k = 200 / 72
    for box in decisions[1].boxes():
        area = (int(box.left * k) + 1, int(box.top * k) + 1, int(box.right * k), int(box.bottom * k))
        assert pixels.crop(area).getextrema() == (0, 0)
        assert plain.crop(area).getextrema()[1] > 200, "it was not black before"
    free = decisions[1].page.lines[1].box  # the heading of the table
    area = (int(free.left * k), int(free.top * k), int(free.right * k), int(free.bottom * k))
    difference = [abs(a - b) for a, b in zip(pixels.crop(area).tobytes(), plain.crop(area).tobytes(), strict=True)]
    assert max(difference) <= 8, "sixteen greys are at most half a step off"


def test_comments_and_fields_are_read_as_text_and_can_be_covered(hostile: Path) -> None:
    lines = [line.text for line in read_pages(hostile)[1].lines]
    assert f"tel 13905550123 {ZHANG}" in lines


def test_nothing_is_given_out_unseen(tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "list.pdf", [ROWS, ["第二页"]])
    decisions = Decisions(read_pages(path), KnownBefore(), TODAY)
    with pytest.raises(DeskError) as refused:
        decisions.confirm(1, "李主任")
    assert refused.value.code == UNDECIDED
    for n in range(len(decisions[1].covers)):
        decisions.decide(1, n, True)
    decisions.confirm(1, "李主任")
    with pytest.raises(DeskError) as refused:
        make_copy(path, decisions, FONTS, TODAY, sum_of(path))
    assert (refused.value.code, "第2页" in refused.value.what) == (UNSEEN, True)
    decisions.confirm(2, "李主任")
    decisions.decide(1, 0, False)
    with pytest.raises(DeskError) as refused:
        make_copy(path, decisions, FONTS, TODAY, sum_of(path))
    assert refused.value.code == UNSEEN, "what is changed has to be looked at again"


def test_a_file_that_was_changed_meanwhile_is_not_copied(tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "list.pdf", [ROWS])
    decisions, before = decided(path), sum_of(path)
    decisions.confirm(1, "李主任")
    text_pdf(path, [[*ROWS, "13700001111"]])
    with pytest.raises(DeskError) as refused:
        make_copy(path, decisions, FONTS, TODAY, before)
    assert refused.value.code == UNSEEN


def test_a_page_to_be_looked_at_is_none_to_be_given(tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "list.pdf", [["甲"]])
    decisions = decided(path)
    unconfirmed = page_as_given(path, decisions, 1, FONTS)
    decisions.confirm(1, "李主任")
    confirmed = page_as_given(path, decisions, 1, FONTS)
    assert unconfirmed != confirmed, "its mark says so"
    assert (
        PdfReader(io.BytesIO(confirmed)).pages[0].images[0].data
        == PdfReader(io.BytesIO(copied(path).pdf)).pages[0].images[0].data
    )


def test_a_scan_is_covered_by_place_and_keeps_nothing_of_its_file(tmp_path: Path) -> None:
    path = scan(tmp_path / "scan.png", [SECRET, "第二行"])
    decisions = decided(path)
    decisions.add_place(1, 0, 20, 210, 36)
    copy = copied(path, decisions)
    picture = pypdfium2.PdfDocument(copy.pdf)[0].render(scale=1).to_pil().convert("L")
    k = 72 / 25.4
    assert picture.crop((0, int(21 * k), picture.width, int(35 * k))).getextrema() == (0, 0)
    assert picture.crop((0, int(37 * k), picture.width, int(50 * k))).getextrema()[0] < 100, (
        "the second line is there"
    )


def test_the_list_counts_by_kind_and_article_and_tells_no_value(tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "list.pdf", [ROWS])
    decisions = decided(path)
    decisions.add_lines(1, 1, 1, "internal_affairs")
    tally = decisions.tally()
    assert [(item.name, item.count, item.reason.article, item.pages) for item in tally] == [
        ("身份证件号码", 4, "第十五条", (1,)),
        ("电话号码", 3, "第十五条", (1,)),
        ("银行卡号", 3, "第十五条", (1,)),
        ("姓名", 4, "第十五条", (1,)),
        ("其他号码", 1, "第十五条", (1,)),
        ("整行", 1, "第十六条第一款", (1,)),
    ]
    said = sentences(tally)
    assert said[0].startswith("第1页中遮盖的身份证件号码4处、电话号码3处")
    assert said[1] == "第1页中遮盖的整行1处｜第十六条第一款｜属于内部事务信息"
    assert not re.search("[0-9]{5}|张三", "".join(said))
