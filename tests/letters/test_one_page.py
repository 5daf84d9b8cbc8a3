"""One page where one page will do: whether it will is worked out here, from the standard's millimetres and nothing of the press
but how text falls into rows."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskapp.desk.training.specimen import Specimen
from letters.compose import compose
from letters.document import Document, Paragraph, Table
from letters.facts import read_facts
from letters.pdf.fonts import FontBook
from letters.pdf.press import print_document
from letters.typeset.layout import fitted, lay_out
from letters.typeset.linebreak import break_lines
from letters.typeset.typesetting import glyphs_of
from tests.letters.conftest import KINDS, LETTERS, composed
from tests.letters.geometry import LOWEST, MM, faults, layout_faults, pitch_of, read

WIDTH, CELL = 156 * MM, 156 * MM / 28
USUAL, CLOSEST = 225 * MM / 22, 25.8
PRESS = Specimen(Path("/nowhere"), date(2026, 11, 20))
FONTS = FontBook(system=False)


def document_of(kind: str, **changes: Any) -> Document:
    """The letter with the example facts of a kind, remedies and all, some of them changed."""
    raw = {**PRESS.example(kind), **{key: value for key, value in changes.items() if key != "unit"}}
    raw["unit"] = {**raw["unit"], **changes.get("unit", {})}
    source = PRESS.catalogue.template(kind)
    return compose(source, read_facts(source, raw))


def lines_of(text: str, document: Document, first: float = 2, rest: float = 0) -> int:
    glyphs = glyphs_of(text, FONTS, document.names)
    return len(break_lines(glyphs, WIDTH, CELL, first, rest))


def rows_of(document: Document) -> int:
    """How many rows a letter takes from the addressee down, its note behind the last paragraph where that saves a row."""
    paragraphs = [block for block in document.body if isinstance(block, Paragraph)]
    count = lines_of(f"{document.addressee}：", document, 0) if document.addressee else 0
    count += sum(lines_of(p.text, document, p.first, p.rest) for p in paragraphs)
    count += sum(lines_of(p.text, document, p.first, p.rest) for p in document.attachments)
    count += 1 if document.attachments else 0
    count += (2 if document.sealed else 1) + 2
    if not document.note:
        return count
    last = paragraphs[-1].text
    below, behind = lines_of(document.note, document, 2, 2), lines_of(last + document.note, document)
    return count + min(below, behind - lines_of(last, document))


TITLE_ROW = {"letter": 4, "preprinted": 4, "red_head": 10, "plain": 0}


def can_hold(document: Document, title_lines: int) -> bool:
    """Whether one page can hold a letter within the limits: on 信函格式 down to the lower red line, on other paper in the type area."""
    rows = rows_of(document)
    first = TITLE_ROW[document.paper] + title_lines + 1 + (1 if document.paper == "plain" and document.number else 0)
    top = 37 * MM + (first - 1) * USUAL  # of the empty row before the text
    if document.paper in ("letter", "preprinted"):
        ink_below_middle = 6.08  # pt: a baseline lies 0.38 of the type below the middle of its row
        close = top + (rows + 0.5) * CLOSEST <= LOWEST * MM - ink_below_middle + 0.01
        return close or rows <= 22 - first + 1
    return top + (rows + 1) * CLOSEST <= (37 + 225) * MM + 0.01 or rows <= 22 - first


def title_lines(document: Document) -> int:
    return sum(1 for line in lay_out(document, FONTS)[0].lines if line.spans[0].size == 22.0)


TWO_PAGES = {  # of the examples these hold more than a page can
    "correction_notice", "third_party_consultation", "fee_notice", "partial", "third_party", "deliberative", "enforcement_file", "abusive",
}  # fmt: skip


@pytest.mark.parametrize("kind", LETTERS)
def test_of_the_examples_none_that_can_hold_on_one_page_takes_two(kind: str) -> None:
    document = document_of(kind)
    pages = lay_out(document, FONTS)
    main = len(pages) - len(document.sheets)
    assert (main == 1) == can_hold(document, title_lines(document))
    assert (main == 1) == (kind not in TWO_PAGES)
    assert layout_faults(pages, FONTS) == []


WORDS = st.text("柳河镇农村道路硬化项目招标文件二〇年度，“三公”经费决算表", min_size=1, max_size=260)
CHANGES = st.fixed_dictionaries(
    {
        "content": WORDS,
        "unit": st.fixed_dictionaries(
            {
                "name": st.sampled_from(["青山县柳河镇人民政府", "青山县自然资源和规划局", "柳河镇政府"]),
                "sealed": st.booleans(),
                "paper": st.sampled_from(["letter", "letter", "preprinted", "red_head", "plain"]),
                "contact": st.sampled_from(["", "李晓梅", "阿卜杜热西提·买买提依明"]),
            }
        ),
        "applicant": st.fixed_dictionaries(
            {
                "name": st.sampled_from(["张三", "欧阳修远", "柳河镇第一农业合作社联合社有限责任公司"]),
                "class": st.just("自然人"),
            }
        ),
    }
)


def check_random(kind: str, changes: dict[str, Any]) -> None:
    unit = changes["unit"]
    raw = {**changes, "unit": {key: value for key, value in unit.items() if key != "sealed"}}
    document = replace(document_of(kind, **raw), sealed=unit["sealed"])
    pages = lay_out(document, FONTS)
    assert layout_faults(pages, FONTS) == []
    assert (len(pages) - len(document.sheets) == 1) == can_hold(document, title_lines(document))


ANSWERS = tuple(kind for kind in LETTERS if not any(isinstance(b, Table) for b in composed(kind).body))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(ANSWERS), CHANGES)
def test_of_random_letters_none_that_can_hold_on_one_page_takes_two(kind: str, changes: dict[str, Any]) -> None:
    check_random(kind, changes)


@pytest.mark.long
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(ANSWERS), CHANGES)
def test_of_a_thousand_random_letters_none_that_can_hold_on_one_page_takes_two(
    kind: str, changes: dict[str, Any]
) -> None:
    check_random(kind, changes)


def letter_of(rows: int, note: str = "（联系电话：0579-5550100）", last: str = "字" * 27) -> Document:
    """A letter whose text has so many rows, the addressee's among them; its last paragraph leaves no room for the note."""
    body = tuple(Paragraph("一行。") for _ in range(rows - 2))
    return Document(
        "x", "1", "letter", "某机关", "标题", "某字〔2026〕1号", "张三", (*body, Paragraph(last[:25] + "。")),
        signature="青山县柳河镇人民政府", date_text="2026年11月6日", note=note,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "pages", "said"),
    [
        (11, 1, ""),
        (12, 1, "末行用到红线上方，正好一页。"),
        (13, 1, "行距调到27.6磅，正好一页。"),
        (14, 1, "行距调到26.2磅，正好一页。"),
        (15, 2, ""),
    ],
)
def test_the_first_step_that_suffices_is_taken_and_told(rows: int, pages: int, said: str) -> None:
    laid = fitted(letter_of(rows), FONTS)
    assert (len(laid.pages), laid.fit.said) == (pages, said)


def test_the_note_goes_behind_the_closing_paragraph_only_where_closer_rows_do_not_suffice() -> None:
    laid = fitted(letter_of(15, last="完"), FONTS)
    assert laid.fit.said == "联系方式接在正文末尾，行距调到26.2磅，正好一页。"
    last = [line for line in laid.pages[0].lines if line.text.startswith("完。")]
    assert [line.text for line in last] == ["完。（联系电话：0579-5550100）"]


def test_two_pages_have_the_usual_pitch() -> None:
    pages = lay_out(letter_of(15), FONTS)
    assert [page.pitch for page in pages] == [0.0, 0.0]
    assert len([line for line in pages[1].lines if line.row is not None]) > 3


def test_the_last_row_stands_seven_eighths_of_a_character_above_the_red_line() -> None:
    """Measured on the printed page: the lower edge of the type, 0.12 em below its baseline, and the upper of the two red lines."""
    for rows in (12, 13, 14):
        document = letter_of(rows)
        letter = print_document(document, lay_out(document, FONTS), FONTS)
        assert faults(letter.pdf) == []
        with pdfplumber.open(io.BytesIO(letter.pdf)) as pdf:
            page = pdf.pages[0]
            red = [line["top"] - line["linewidth"] / 2 for line in page.lines if line["top"] > 700]
            lowest = max(page.height - c["matrix"][5] for c in page.chars) + 0.12 * 16
        assert min(red) - lowest >= 16 * 7 / 8 - 0.05


def test_type_margins_and_head_stay_where_they_are() -> None:
    usual, close = (read(print_document(d, lay_out(d, FONTS), FONTS).pdf) for d in (letter_of(11), letter_of(14)))
    assert usual.below_title == close.below_title
    assert {row.left for row in close.rows if row.text.startswith("张三")} == {
        row.left for row in usual.rows if row.text.startswith("张三")
    }
    block = [row for row in close.rows if row.baseline > close.below_title[1]]
    assert pitch_of(block) * MM == pytest.approx(26.2, abs=0.1)
    assert read(print_document(letter_of(14), lay_out(letter_of(14), FONTS), FONTS).pdf).pages == 1


def test_without_a_seal_one_row_is_empty_and_the_name_stands_two_cells_from_the_right() -> None:
    document = replace(letter_of(8), sealed=False)
    rows = read(print_document(document, lay_out(document, FONTS), FONTS).pdf).rows
    text = next(n for n, row in enumerate(rows) if row.text.startswith("字"))
    name, day = rows[text + 1], rows[text + 2]
    assert (name.baseline - rows[text].baseline) * MM == pytest.approx(2 * USUAL, abs=0.1)
    assert name.right == pytest.approx(28 + 156 - 2 * 156 / 28, abs=0.3)
    assert day.left - name.left == pytest.approx(2 * 156 / 28, abs=0.1)


def test_an_office_that_does_not_seal_says_so_in_its_particulars() -> None:
    assert document_of("not_held").sealed
    assert not document_of("not_held", unit={"sealed": "no"}).sealed


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"document_title": "关于柳河镇桥头村2025年度农村道路硬化项目政府信息公开申请的答复书", "recipient": "青" * 26},
        {"recipient": "青山县柳河镇" * 8 + "第一" },
    ],
)  # fmt: skip
def test_the_receipt_of_service_holds_on_one_page(changes: dict[str, str]) -> None:
    document = document_of("service_receipt", **changes)
    laid = fitted(document, FONTS)
    assert len(laid.pages) == 1
    letter = print_document(document, laid.pages, FONTS)
    assert faults(letter.pdf, "受送达人签名或者盖章", document.title) == []


@pytest.mark.parametrize("kind", KINDS)
def test_boxes_keep_two_rows_to_sign_in(kind: str) -> None:
    document = composed(kind)
    low = [row.rows for block in document.body if isinstance(block, Table) for row in block.rows if row.rows > 1]
    assert all(rows >= 2 for rows in low)
