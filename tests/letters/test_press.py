"""The finished letter: the same bytes, the right words, the right faces, nothing lost."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pdfplumber
import pytest

from letters.errors import PressError
from letters.example import example_facts
from letters.facts import read_facts
from letters.pdf.fonts import SHIPPED, FontBook
from letters.pdf.press import print_letter
from letters.typeset.layout import as_rows, lay_out
from tests.conftest import odd_names
from tests.letters.conftest import KINDS, LETTERS, composed, facts_of, printed, template
from tests.letters.geometry import read


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_facts_give_the_same_bytes(kind: str, fonts: FontBook) -> None:
    first = printed(kind, fonts)
    other = print_letter(template(kind), facts_of(kind), FontBook(system=False))
    assert first.pdf == other.pdf
    assert first.sha256 == hashlib.sha256(first.pdf).hexdigest()


def test_a_letter_comes_with_the_facts_and_the_template_it_was_made_of(fonts: FontBook) -> None:
    letter = printed("granted", fonts)
    facts = json.loads(letter.facts)
    assert facts["applicant"] == {
        "name": "张三",
        "class": "自然人",
        "address": "青山县柳河镇桥头村12号",
        "phone": "13905550123",
        "others": [],
        "guardian": "",
    }
    again = read_facts(template("granted"), facts)
    assert print_letter(template("granted"), again, fonts).pdf == letter.pdf
    assert letter.version == template("granted").version


def test_the_same_bytes_in_another_process(fonts: FontBook) -> None:
    code = (
        "from letters.catalogue import shipped; from letters.facts import read_facts;"
        "from letters.example import example_facts; from letters.pdf.fonts import FontBook;"
        "from letters.pdf.press import print_letter; source = shipped().template('receipt');"
        "print(print_letter(source, read_facts(source, example_facts(source)), FontBook(system=False)).sha256)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == printed("receipt", fonts).sha256


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "applicant_class", ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
)
def test_every_kind_for_every_class_full_and_minimal(kind: str, applicant_class: str, fonts: FontBook) -> None:
    source = template(kind)
    optional = {key: None for key, field in source.fields.items() if not field.required}
    for changes in ({}, optional):
        document = composed(kind, applicant__class=applicant_class, **changes)
        text = document.plain_text()
        assert "待填" not in text
        assert "None" not in text
        assert lay_out(document, fonts)
        if kind in LETTERS and not source.addressee:
            you, other = ("您", "贵单位") if applicant_class == "自然人" else ("贵单位", "您")
            assert you in text
            assert other not in text


@pytest.mark.parametrize(("given", "you"), [("自然人", "您"), ("单位", "贵单位")])
@pytest.mark.parametrize("kind", ["third_party_consultation", "third_party_disclosure_notice"])
def test_a_third_party_is_spoken_to_by_its_own_class(kind: str, given: str, you: str) -> None:
    text = composed(kind, party_class=given).plain_text()
    assert you in text
    assert ({"您", "贵单位"} - {you}).pop() not in text
    assert "张三" not in text, "who asked is nobody's business"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.each(4)
def test_the_printed_text_is_the_composed_text(kind: str, fonts: FontBook) -> None:
    letter = printed(kind, fonts, applicant__name="吴𬭚")
    extracted = re.sub("—[0-9]+—", "", read(letter.pdf).text)  # page numbers stand between the pages
    if kind not in LETTERS:  # the boxes of a form stand side by side, so that its lines are not one text
        pieces = [part for line in letter.text.splitlines() for part in line.split("　") if 1 < len(part) < 5]
        assert all(piece in extracted for piece in pieces)
        return
    for paragraph in (
        letter.text.split("回执")[0].splitlines() if template(kind).addressee else letter.text.splitlines()
    ):
        flat = "".join(paragraph.split())
        pieces = [flat] if len(flat) < 20 else [flat[:20], flat[-20:]]
        assert all(piece in extracted for piece in pieces if "—" not in piece)


@pytest.mark.parametrize("name", odd_names())
def test_a_name_stands_in_one_face(name: str, fonts: FontBook) -> None:
    document = composed("granted", applicant__name=name)
    first = next(
        line for line in lay_out(document, fonts)[0].lines if line.text.startswith(name[:2]) and not line.red
    )
    chinese = {s.face for s in first.spans for c in s.text if ord(c) >= 0x2000 and c in name}
    assert len(chinese) == 1


def test_every_character_of_the_odd_names_can_be_printed(fonts: FontBook) -> None:
    assert [name for name in odd_names() if fonts.missing(name)] == []


def test_what_no_face_holds_is_reported(fonts: FontBook) -> None:
    assert fonts.missing("张\U0001f600三\U0001f600") == ["\U0001f600"]


def test_extraction_is_right_beyond_the_bmp(fonts: FontBook) -> None:
    letter = printed("granted", fonts, applicant__name="𠮷𬭚𫖯")
    with pdfplumber.open(io.BytesIO(letter.pdf)) as pdf:
        assert "𠮷𬭚𫖯" in "".join(c["text"] for c in pdf.pages[0].chars)


def test_practice_stands_across_every_page(fonts: FontBook) -> None:
    letter = printed("granted", fonts, practice=True)
    with pdfplumber.open(io.BytesIO(letter.pdf)) as pdf:
        for page in pdf.pages:
            turned = "".join(c["text"] for c in page.chars if abs(c["matrix"][1]) > 0.1)
            assert turned == "练习"


def test_the_pdf_names_unit_title_and_language(fonts: FontBook) -> None:
    letter = printed("granted", fonts)
    with pdfplumber.open(io.BytesIO(letter.pdf)) as pdf:
        assert pdf.metadata["Author"] == "青山县柳河镇人民政府"
        assert pdf.metadata["Title"] == "政府信息公开申请答复书（柳政依复〔2026〕7号）"


def test_the_head_is_red_and_the_lines_are_170_mm(fonts: FontBook) -> None:
    with pdfplumber.open(io.BytesIO(printed("granted", fonts).pdf)) as pdf:
        page = pdf.pages[0]
        head = [c for c in page.chars if c["size"] > 30]
        assert "".join(c["text"] for c in head) == "青山县柳河镇人民政府"
        assert {tuple(c["non_stroking_color"]) for c in head} == {(0.85, 0, 0)}
        lengths = {round((line["x1"] - line["x0"]) / 72 * 25.4) for line in page.lines}
        assert lengths == {170}
        assert len(page.lines) == 4
        upper_edges = [(page.height - c["matrix"][5] - 0.88 * c["size"]) / 72 * 25.4 for c in head]
        assert upper_edges == pytest.approx([30] * len(head), abs=0.1)


def test_preprinted_paper_gets_no_head(fonts: FontBook) -> None:
    with pdfplumber.open(io.BytesIO(printed("granted", fonts, unit__paper="preprinted").pdf)) as pdf:
        assert not [c for c in pdf.pages[0].chars if c["size"] > 30]
        assert not pdf.pages[0].lines


def test_attachments_are_numbered_and_hang(fonts: FontBook) -> None:
    rows = [r.text for r in read(printed("granted", fonts, attachments=["甲" * 40, "乙"]).pdf).rows]
    first = next(n for n, text in enumerate(rows) if text.startswith("附件：1."))
    assert rows[first + 1].startswith("甲")
    assert rows[first + 2].startswith("2.乙")


def test_markup_and_template_signs_in_facts_are_only_text(fonts: FontBook) -> None:
    text = printed("granted", fonts, content="{{ unit.name }} {% if %} [/bad] # 标题").text
    assert "{{ unit.name }} {% if %} [/bad] # 标题" in text


def test_lines_and_control_characters_in_facts_do_not_break_paragraphs(fonts: FontBook) -> None:
    text = printed("granted", fonts, content="第一行\n\n第二行\t末尾\x07\u202e").text
    assert "第一行 第二行 末尾" in text


def test_the_screen_shows_the_same_lines_as_the_page(fonts: FontBook) -> None:
    document = composed("granted")
    shown = [row.strip() for page in lay_out(document, fonts) for row in as_rows(page) if row.strip()]
    assert document.title in shown
    assert "张三：" in shown
    pages = lay_out(document, fonts)
    assert [len(as_rows(page)) for page in pages] == [
        max(22, *(line.row + 1 for line in page.lines if line.row)) for page in pages
    ]


def test_a_units_own_font_comes_first(tmp_path: Path) -> None:
    (tmp_path / "fangsong.ttf").write_bytes((SHIPPED / "kai.ttf").read_bytes())
    (tmp_path / "title.ttf").write_bytes(b"not a font")
    book = FontBook(tmp_path, system=False)
    assert book.faces["fangsong"].path == tmp_path / "fangsong.ttf"
    assert book.faces["title"].path == SHIPPED / "title.ttf"
    assert book.rejected == [tmp_path / "title.ttf"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"nonsense": 1}, "没有“nonsense”这一项"),
        ({"issued_on": "6.11"}, "“issued_on”有误"),
        ({"respond_by": "soon"}, "“respond_by”（补正的最后一日）应当是日期"),
        ({"points": 5}, "“points”"),
        ({"applicant": {"name": "张三"}}, "applicant.class"),
    ],
)
def test_bad_facts_are_refused_by_name(changes: dict[str, object], says: str) -> None:
    with pytest.raises(PressError, match=says):
        source = template("correction_notice")
        read_facts(source, {**example_facts(source), **changes})
