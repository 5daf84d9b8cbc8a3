"""A scanned application form is read and proposed: cells and ticks whatever reads the words, the words by tesseract where it is installed."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

import pytest
from PIL import Image

import letters
from deskapp.desk import Desk
from deskapp.desk.cases import read_form
from deskapp.desk.cases.read_form import CARRIER, CARRIERS, DELIVERIES, DELIVERY, LABELS, ReadField
from deskapp.errors import DeskError
from deskapp.exchange import by_tesseract, ruled_form
from deskapp.exchange.ruled_form import RuledForm, cells_of, straight
from deskapp.exchange.scans import Box
from deskapp.law.annual_report import class_names
from tests.letters.conftest import template
from tests.papers import forms
from tests.papers import scans as files
from tests.redaction.papers import identity

ZHANG = identity("33072219800101123")
PERSON = {
    "applicant": "欧阳修远", "id_number": ZHANG, "phone": "13905550123", "postcode": "321000", "address": "青山县柳河镇桥头村8组19号",
    "content": "柳河镇2024年度农村饮水安全工程招标文件", "content_2": "和桥头村征地补偿安置方案",
}  # fmt: skip
TICKS = ("社会公益组织", "光盘", "自行领取")
SLANTS = [(200, 0.0, 0), (200, 1.3, 400), (300, -0.8, 400), (200, -2.5, 400)]
real = pytest.mark.skipif(
    not by_tesseract.is_there(), reason="tesseract is not installed (Debian: tesseract-ocr-chi-sim)"
)


@pytest.fixture
def no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that knows what our form says where, and no word of what was written."""
    monkeypatch.setattr(read_form, "can_read", lambda: True)

    def read(page: Image.Image, boxes: list[Box], dots: float) -> list[str]:
        labels = iter(LABELS)
        return [next(labels, "") if n and box[0] < page.width * 0.25 else "" for n, box in enumerate(boxes)]

    monkeypatch.setattr(ruled_form, "read_boxes", read)


def read(desk: Desk, page: Image.Image, folder: Path, dots: int = 200) -> dict[str, ReadField]:
    return {item.key: item for item in desk.form_reading.read(forms.saved(page, folder / "申请表.png", dots))}


def test_the_form_is_that_of_the_template() -> None:
    fields = template("application_form").fields
    assert tuple(fields["carrier"].choices) == CARRIERS
    assert tuple(fields["delivery"].choices) == DELIVERIES
    text = (Path(letters.__file__).parent / "templates/application_form.md").read_text(encoding="utf-8")
    assert all(label in text for label in (*LABELS, *class_names().values()))


@pytest.mark.each(2)
@pytest.mark.parametrize(("dots", "slant", "specks"), SLANTS)
def test_cells_and_ticks_are_seen_on_an_aslant_page(dots: int, slant: float, specks: int) -> None:
    page = straight(forms.filled(PERSON, TICKS, dots, slant, specks))
    rows = cells_of(page, dots)
    assert [len(row) for row in rows] == [2, 2, 2, 4, 4, 2, 2, 2, 2, 2, 2, 2, 4, 2]
    ticks = {n: list(ruled_form._ticks(page.crop(rows[n][1]))) for n in (1, 9, 10)}
    assert ticks == {1: [False] * 3 + [True] + [False] * 2, 9: [False, False, True], 10: [False, True, False, False]}


def test_an_empty_form_has_no_ticks_and_is_told_from_a_filled_one(desk: Desk, tmp_path: Path, no_words: None) -> None:
    with pytest.raises(DeskError, match="没有认出填的字"):
        read(desk, forms.blank(), tmp_path)


def test_two_classes_are_doubted_and_every_way_is_told(
    monkeypatch: pytest.MonkeyPatch, desk: Desk, tmp_path: Path
) -> None:
    monkeypatch.setattr(read_form, "can_read", lambda: True)

    def words(page: Image.Image, boxes: list[Box], dots: float) -> list[str]:
        known = {(1, 0): "申请人", (2, 0): "申请人类别", (9, 0): CONTENT, (10, 0): CARRIER, (11, 0): DELIVERY}
        known |= {(5, 0): "联系电话", (3, 0): "证件", (3, 1): "居民身份证 330722198001011230", (5, 1): "1390555o123"}
        tops = sorted({box[1] for box in boxes[1:]})
        return ["", *(known.get((tops.index(b[1]) + 1, int(b[0] > page.width * 0.25)), "") for b in boxes[1:])]

    monkeypatch.setattr(ruled_form, "read_boxes", words)
    got = read(desk, forms.filled({}, ("自然人", "商业企业", "纸面", "邮寄", "自行领取")), tmp_path)
    assert got["applicant_class"].doubt == "选了不止一种"
    assert got["delivery_form"].value == "纸面、邮寄、自行领取"
    assert got["id_number"].doubt
    assert "？样子不像" in got["phone"].text


CONTENT = read_form.CONTENT


@pytest.mark.parametrize("what", ["letter", "empty", "text"])
@pytest.mark.each(3)
def test_what_is_not_the_form_says_so(desk: Desk, tmp_path: Path, no_words: None, what: str) -> None:
    page = files.page() if what == "text" else Image.new("L", (1654, 2339), 255)
    path = tmp_path / ("a.png" if what != "letter" else "a.pdf")
    forms.saved(page, path)
    with pytest.raises(DeskError, match="不是政府信息公开申请表") as refused:
        desk.form_reading.read(path)
    assert "没有填进去什么" in str(refused.value)


def test_a_computer_that_reads_no_scans_says_so(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_form, "can_read", lambda: False)
    with pytest.raises(DeskError, match="没有认字的程序"):
        desk.form_reading.read(tmp_path / "a.png")


@pytest.mark.real
@real
@pytest.mark.parametrize(("dots", "slant", "specks"), SLANTS)
@pytest.mark.each(4)
def test_a_filled_form_is_read_by_tesseract(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dots: int, slant: float, specks: int
) -> None:
    got = read(desk, forms.filled(PERSON, TICKS, dots, slant, specks), tmp_path, dots)
    wanted = {**PERSON, "content": PERSON["content"] + PERSON["content_2"], "delivery_form": "光盘、自行领取"}
    del wanted["content_2"]
    assert {key: got[key].value for key in ("id_number", "phone", "postcode", "delivery_form")} == {
        key: wanted[key] for key in ("id_number", "phone", "postcode", "delivery_form")
    }
    assert got["applicant_class"].told == "社会公益组织"
    for key in ("applicant", "address", "content"):
        assert SequenceMatcher(None, got[key].value, wanted[key]).ratio() >= 0.9, got[key].value
    assert not [item.text for item in got.values() if item.doubt]
    assert set(got) == {*wanted, "applicant_class"}


@pytest.mark.real
@real
@pytest.mark.long
def test_a_letter_and_a_blank_form_are_no_application(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(DeskError, match="没有认出填的字"):
        read(desk, forms.blank(), tmp_path)
    with pytest.raises(DeskError, match="不是政府信息公开申请表"):
        read(desk, files.page("关于征求意见的函"), tmp_path)


@pytest.mark.long
def test_a_page_is_set_straight_to_a_tenth_of_a_degree() -> None:
    for slant in (-3.6, -0.4, 0.0, 2.15):
        page = straight(forms.blank().rotate(slant, Image.Resampling.BICUBIC, fillcolor=255))
        form = cells_of(page, 200)
        assert len(form) == 14, slant
        lefts = [row[0][0] for row in form]
        assert max(lefts) - min(lefts) <= 6, slant


def test_a_box_list_of_another_length_proposes_nothing(no_words: None) -> None:
    form = RuledForm(forms.filled({}, ("纸面",)), 200, LABELS)
    assert form.ticked("没有的", ("甲",)) == []
    assert form.ticked("申请人类别", ("甲", "乙")) == []
