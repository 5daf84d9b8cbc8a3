"""Every kind for every odd name, at one, two and five pages, measured in the PDF."""

from __future__ import annotations

import io

import pdfplumber
import pytest

from letters.pdf.fonts import FontBook
from letters.typeset.layout import lay_out
from tests.conftest import odd_names
from tests.letters.conftest import KINDS, composed, printed, template
from tests.letters.geometry import PITCH, faults, layout_faults, pitch_of, read

LONG = (
    "关于柳河镇桥头村、上街村2019年至2025年“一事一议”财政奖补项目（含道路硬化、路灯安装）的招标文件、中标通知书、"
    "施工合同、竣工验收报告和资金拨付凭证；以及《柳河镇人民政府关于下达2023年度项目计划的通知》（柳政〔2023〕15号）等文件"
)
SHORT: dict[str, dict[str, object]] = {
    "not_held": {"search_process": "经查档案目录，没有找到"},
    "correction_notice": {"points": ["请写明文件名称"], "guidance": "可以查目录", "ground": "内容不明确"},
}
MEASURED = ("receipt", "granted", "not_held", "not_our_agency", "correction_notice")
UNNAMED = (
    "agency_consultation",
    "handover_sheet",
    "assistance_request",
    "publication_handover",
    "review_defence",
    "court_defence",
    "evidence_list",
)  # they do not say who applied
SOME_NAMES = odd_names()[::6]


@pytest.mark.each(4)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_for_every_odd_name_lies_on_the_grid(kind: str, fonts: FontBook) -> None:
    """Short and long, looked at before it is printed; what the printed page adds is measured below."""
    for name in odd_names():
        for content in ("2026年预算", LONG):
            document = composed(kind, applicant__name=name, content=content)
            assert layout_faults(lay_out(document, fonts), fonts) == [], name


@pytest.mark.parametrize("name", SOME_NAMES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.each(8)
def test_every_kind_measured_on_the_printed_page(kind: str, name: str, fonts: FontBook) -> None:
    letter = printed(kind, fonts, applicant__name=name, content=LONG)
    shown = () if "party" in template(kind).addressee or kind in UNNAMED else (name,)
    assert faults(letter.pdf, *shown) == []


@pytest.mark.parametrize("name", odd_names())
@pytest.mark.parametrize("kind", MEASURED)
@pytest.mark.each(8)
def test_one_and_two_pages(kind: str, name: str, fonts: FontBook) -> None:
    short = printed(
        kind, fonts, applicant__name=name, content="2026年预算", unit__paper="plain", **SHORT.get(kind, {})
    )
    normal = printed(kind, fonts, applicant__name=name, content=LONG)
    assert faults(short.pdf, name) == []
    assert faults(normal.pdf, name) == []
    assert (short.pages, normal.pages) == (1, 2)


@pytest.mark.parametrize("name", SOME_NAMES)
@pytest.mark.parametrize("kind", MEASURED)
@pytest.mark.each(4)
def test_five_pages(kind: str, name: str, fonts: FontBook) -> None:
    def pages(times: int) -> int:
        return len(lay_out(composed(kind, applicant__name=name, content=LONG * times), fonts))

    times = next(n for n in range(14, 40) if pages(n) == 5)
    letter = printed(kind, fonts, applicant__name=name, content=LONG * times)
    assert letter.pages == 5
    assert faults(letter.pdf, name) == []


def test_a_long_list_repeats_its_head_and_keeps_rows_whole(fonts: FontBook) -> None:
    entries = [[f"第{n}件文书，题名比较长，要占两行才写得下", "2026年11月6日", str(n)] for n in range(1, 40)]
    letter = printed("case_index", fonts, entries=entries)
    assert letter.pages >= 4
    assert faults(letter.pdf) == []
    with pdfplumber.open(io.BytesIO(letter.pdf)) as pdf:
        for page in pdf.pages:
            text = "".join((page.extract_text() or "").split())
            assert "序号文号题名日期页号备注" in text
            assert text.count("写得下") == text.count("件文书")


def test_the_boxes_of_a_form_are_closed_on_every_page(fonts: FontBook) -> None:
    letter = printed("oral_record", fonts, content=LONG * 8)
    assert letter.pages > 1
    with pdfplumber.open(io.BytesIO(letter.pdf)) as pdf:
        for page in pdf.pages:
            level = {round(line["top"], 1) for line in page.lines if abs(line["top"] - line["bottom"]) < 0.1}
            upright_ends = {
                round(y, 1) for line in page.lines if line["x0"] == line["x1"] for y in (line["top"], line["bottom"])
            }
            assert min(upright_ends) in level
            assert max(upright_ends) in level


def test_copies_stand_at_the_foot_of_the_last_page(fonts: FontBook) -> None:
    for paper in ("letter", "red_head"):
        letter = printed("granted", fonts, copies=["青山县人民政府办公室", "县信访局"], unit__paper=paper)
        assert faults(letter.pdf, "抄送：青山县人民政府办公室，县信访局。") == []
        with pdfplumber.open(io.BytesIO(letter.pdf)) as pdf:
            chars = [c for c in pdf.pages[-1].chars if c["text"] == "抄"]
            below = [c for c in pdf.pages[-1].chars if c["top"] > chars[0]["bottom"] and c["size"] > 14.5]
            assert below == []
            thick = [
                line
                for line in pdf.pages[-1].lines
                if line["linewidth"] < 1.5 and line["stroking_color"] == (0, 0, 0)
            ]
            assert len(thick) == (3 if paper == "red_head" else 0)


@pytest.mark.parametrize("paper", ["letter", "preprinted", "red_head", "plain"])
@pytest.mark.parametrize("kind", MEASURED)
def test_every_paper(kind: str, paper: str, fonts: FontBook) -> None:
    assert faults(printed(kind, fonts, unit__paper=paper).pdf, "张三") == []


@pytest.mark.long
def test_the_signature_takes_two_body_lines_with_it(fonts: FontBook) -> None:
    """Whatever the length, at least two lines of text stand on the page of the signature."""
    for length in range(0, 400, 7):
        letter = printed("granted", fonts, content="柳河镇" * 5 + "的台账" * length, attachments=[])
        rows = [r for r in read(letter.pdf).rows if r.page == letter.pages]
        signature = next(n for n, row in enumerate(rows) if row.text == "青山县柳河镇人民政府")
        assert signature >= 2, f"length {length}"


def test_the_date_stands_four_cells_from_the_right_and_the_signature_over_its_middle(fonts: FontBook) -> None:
    rows = read(printed("granted", fonts).pdf).rows
    day = next(r for r in rows if r.text == "2026年11月6日")
    name = next(r for r in rows if r.text == "青山县柳河镇人民政府")
    assert day.right == pytest.approx(28 + 156 - 4 * 156 / 28, abs=0.5)
    assert (name.left + name.right) / 2 == pytest.approx((day.left + day.right) / 2, abs=0.5)
    block = [r for r in rows if r.baseline > name.baseline - 2 * PITCH]
    assert day.baseline - name.baseline == pytest.approx(pitch_of(block), abs=0.1)


def test_a_unit_name_too_long_for_the_usual_place_stays_in_the_block(fonts: FontBook) -> None:
    name = "中华人民共和国黑龙江省佳木斯市桦川县星火朝鲜族乡人民政府"
    assert faults(printed("granted", fonts, unit__name=name).pdf, name) == []


def test_a_body_line_holds_twenty_eight_characters(fonts: FontBook) -> None:
    letter = printed("not_held", fonts, explanation="一" * 200)
    full = [row for row in read(letter.pdf).rows if set(row.text) == {"一"} and row.left < 29]
    assert [len(row.text) for row in full[:3]] == [28, 28, 28]
