"""What overlaps is covered as a whole, what is broken over two lines is found, what nobody sees is no part of the page, the mark covers nothing."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from deskapp.redaction.proposing import KnownBefore, hits, proposals
from deskapp.redaction.reading import draw_pages, read_pages
from tests.redaction.papers import FACE, TODAY, card, identity, text_pdf
from tests.redaction.test_copy import copied, decided, picture_of

ZHANG = identity("13082219800101231")
WRONG = f"{ZHANG[:17]}{(int(ZHANG[17], 11) + 1) % 10}"
KNOWN = KnownBefore(names=("张三",))


def _proposed(path: Path, known: KnownBefore = KNOWN) -> list[tuple[str, str, bool]]:
    (page,) = read_pages(path)
    return [(item.kind, item.value, item.sure) for item in proposals(page, known, TODAY)]


@pytest.mark.parametrize(("row", "wanted"), [
    ("姓名：张三丰  身份证号：", [("name", "张三丰", True)]),
    ("姓名：欧阳张三  电话", [("name", "欧阳", False), ("name", "张三", True)]),
    ("户主：张三", [("name", "张三", True)]),
    ("户主张三已经领取。", [("name", "张三", True), ("name", "已经", False)]),
    ("邮箱13905550123@163.com", [("email", "13905550123@163.com", True)]),
])  # fmt: skip
def test_no_part_of_a_longer_hit_is_left(tmp_path: Path, row: str, wanted: list[tuple[str, str, bool]]) -> None:
    assert _proposed(text_pdf(tmp_path / "a.pdf", [[row]])) == wanted


def test_words_that_overlap_in_part_are_covered_together(tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "a.pdf", [["在桥头村委会开会"]])
    assert _proposed(path, KnownBefore(words=("桥头村", "村委会"))) == [("word", "桥头村委会", True)]


@pytest.mark.parametrize(("text", "kind"), [
    (f"身份证号\n{WRONG[:10]}\n{WRONG[10:]}", "identity"),
    (f"身份证号{ZHANG[:6]}\n{ZHANG[6:]}", "identity"),
    ("手机：1390555\n0123", "phone"),
    (f"{card('622202120201234567')[:12]}\n{card('622202120201234567')[12:]}", "card"),
])  # fmt: skip
def test_a_number_that_is_broken_over_two_lines_is_one(text: str, kind: str) -> None:
    digits = "".join(sign for sign in text if sign.isascii() and sign.isalnum())
    found = [hit for hit in hits(text, KnownBefore(), TODAY) if hit.kind == kind]
    assert ["".join(text[hit.start : hit.end].split()) for hit in found] == [digits]


@pytest.mark.parametrize("text", ["2026\n12345678901", "1234567\n89012345678", "年度2025\n金额13900"])
def test_other_figures_under_each_other_are_none(text: str) -> None:
    assert not [hit for hit in hits(text, KnownBefore(), TODAY) if hit.kind in ("identity", "phone", "card")]


@pytest.mark.parametrize(("text", "value"), [
    ("微信：zsf_1980", "zsf_1980"), ("微信号 wxid-12ab34", "wxid-12ab34"), ("加vx:abc12345", "abc12345"),
    ("QQ12345678", "12345678"), ("qq号：1234567890", "1234567890"), ("WeChat ID: zsf1980", "zsf1980"),
])  # fmt: skip
def test_how_somebody_is_found_online_is_proposed(text: str, value: str) -> None:
    hit = next(hit for hit in hits(text, KnownBefore(), TODAY) if hit.kind == "online")
    assert text[hit.start : hit.end] == value


@pytest.mark.parametrize("text", ["微信公众号", "关注微信", "box12345 fax:abc123", "QQ群"])
def test_what_only_speaks_of_it_is_not(text: str) -> None:
    assert "online" not in [hit.kind for hit in hits(text, KnownBefore(), TODAY)]


def _layered(path: Path) -> Path:
    """A page whose first line lies in a layer that is turned off, and whose last is white."""
    pdfmetrics.registerFont(TTFont("kai", str(FACE)))
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    canvas.setFont("kai", 12)
    canvas.drawString(40, 780, "张三 13905550123")
    canvas.showPage()
    canvas.save()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="L"))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer], Order=[layer]))
        page = pdf.pages[0]
        page.Resources.Properties = pikepdf.Dictionary(MC0=layer)
        hidden = b"/OC /MC0 BDC\n" + page.Contents.read_bytes() + b"\nEMC\n"
        page.Contents = pdf.make_stream(hidden + b"BT /F1 12 Tf 0 g 40 700 Td (open) Tj 1 g 0 -60 Td (white) Tj ET")
        page.Resources.Font.F1 = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        pdf.save(path)
    return path


def test_what_is_not_on_the_page_is_told_and_not_listed(tmp_path: Path) -> None:
    path = _layered(tmp_path / "a.pdf")
    (page,) = read_pages(path)
    assert [line.text for line in page.lines] == ["open"]
    assert page.unseen == len("张三13905550123") + len("white")
    assert "看不见" in page.not_shown
    assert proposals(page, KNOWN, TODAY) == []
    picture = picture_of(copied(path).pdf)
    dots = picture.width / 595
    assert picture.crop((0, int(40 * dots), int(300 * dots), int(70 * dots))).getextrema() == (255, 255)


def _marks(path: Path) -> tuple[Image.Image, Image.Image]:
    """The copy without anything covered, and the source as it is drawn."""
    given = picture_of(copied(path, decided(path, on=False)).pdf)
    (drawn,) = draw_pages(path, (1,))
    return given, Image.frombytes("L", (drawn.width, drawn.height), drawn.pixels())


def _ink(picture: Image.Image) -> bytes:
    return picture.point(lambda grey: 255 if grey > 127 else 0).tobytes()


def test_the_mark_makes_room_where_something_stands(tmp_path: Path) -> None:
    pdfmetrics.registerFont(TTFont("kai", str(FACE)))
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    canvas.setFont("kai", 12)
    canvas.drawString(400, 815, "发文机关标志在这里")
    canvas.save()
    given, drawn = _marks(path)
    strip = given.height - drawn.height
    assert strip > 0
    assert _ink(given.crop((0, strip, *given.size))) == _ink(drawn)


def test_an_empty_corner_takes_the_mark(tmp_path: Path) -> None:
    given, drawn = _marks(text_pdf(tmp_path / "a.pdf", [["桥头村"]]))
    assert given.size == drawn.size


def test_a_narrow_page_gets_the_whole_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(90, 400), invariant=1)
    canvas.drawString(6, 300, "12")
    canvas.save()
    given = picture_of(copied(path).pdf)
    edge = given.crop((0, 0, 3, given.height))
    assert 0 not in edge.tobytes(), "the frame does not begin beyond the edge"
