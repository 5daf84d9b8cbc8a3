"""The draft as docx: in order for every reader of the schema, in the measures of the standard, and read back as proposals only."""

from __future__ import annotations

import io
import itertools
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import docx
import pdfplumber
import pytest

from letters.catalogue import TemplateCatalogue
from letters.compose import compose, free_passages
from letters.document import Document, Paper
from letters.errors import PressError
from letters.example import example_facts
from letters.facts import read_facts
from letters.pdf.fonts import FontBook
from letters.typeset.layout import lay_out
from letters.word import DRAFT, ROW, word_draft
from letters.word_back import WordChange, changes, paragraphs_of

DAY = date(2026, 11, 6)
KINDS = sorted(TemplateCatalogue().templates)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The order in which the schema wants the children that we write (ISO/IEC 29500-1, CT_PPr and CT_RPr).
PPR = "keepNext pageBreakBefore widowControl pBdr autoSpaceDE autoSpaceDN snapToGrid spacing ind jc".split()  # noqa: SIM905  # the order of the standard, as it is printed there
RPR = "rFonts b color spacing sz szCs".split()  # noqa: SIM905  # as above


@pytest.fixture(scope="module")
def fonts() -> FontBook:
    return FontBook(system=False)


def document(kind: str, paper: Paper | None = None) -> Document:
    source = TemplateCatalogue().template(kind)
    made = compose(source, read_facts(source, example_facts(source)))
    return replace(made, paper=paper) if paper else made


def draft(kind: str, fonts: FontBook, paper: Paper | None = None) -> bytes:
    made = document(kind, paper)
    return word_draft(made, lay_out(made, fonts), fonts, DAY)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.each(4)
def test_every_kind_opens_and_says_the_same(kind: str, fonts: FontBook) -> None:
    made, file = document(kind), draft(kind, fonts)
    opened = docx.Document(io.BytesIO(file))
    assert opened.core_properties.title == made.title
    said, wanted = (
        "".join(paragraphs_of(file)),
        made.plain_text().replace(made.number, "", 1) if made.number else made.plain_text(),
    )
    assert Counter(re.sub(r"\s", "", said)) >= Counter(re.sub(r"\s", "", wanted)), "nothing of the letter is missing"
    for header in (
        opened.sections[0].header,
        opened.sections[0].first_page_header,
        opened.sections[0].even_page_header,
    ):
        assert DRAFT in "".join(paragraph.text for paragraph in header.paragraphs), (
            "every page says that it is a draft"
        )


@pytest.mark.parametrize("kind", ["partial", "registration_sheet", "correction_notice"])
@pytest.mark.parametrize("paper", ["letter", "red_head", "plain", "preprinted"])
def test_children_stand_in_the_order_of_the_schema(kind: str, paper: Paper, fonts: FontBook) -> None:
    with zipfile.ZipFile(io.BytesIO(draft(kind, fonts, paper))) as packed:
        parts = [
            packed.read(name)
            for name in packed.namelist()
            if re.match(r"word/(document|header\d|footer\d)\.xml", name)
        ]
    from xml.etree import ElementTree

    for part in parts:
        tree = ElementTree.fromstring(part)
        for tag, order in (("pPr", PPR), ("rPr", RPR)):
            for properties in tree.iter(f"{W}{tag}"):
                names = [child.tag.removeprefix(W) for child in properties]
                assert names == sorted(names, key=order.index)
        for spacing in tree.iter(f"{W}pPr"):
            line = spacing.find(f"{W}spacing")
            assert line is not None
            assert line.get(f"{W}lineRule") == "exact"


def test_the_two_red_heads(fonts: FontBook) -> None:
    letter = docx.Document(io.BytesIO(draft("partial", fonts, "letter")))
    first = letter.sections[0].first_page_header
    assert "柳政依复〔2026〕7号" in [paragraph.text for paragraph in first.paragraphs]
    assert "青山县柳河镇人民政府" in [paragraph.text for paragraph in first.paragraphs]
    assert "thickThinSmallGap" in first._element.xml
    assert "thinThickSmallGap" in letter.sections[0].first_page_footer._element.xml
    full = docx.Document(io.BytesIO(draft("partial", fonts, "red_head")))
    lines = [paragraph.text for paragraph in full.paragraphs]
    assert (
        lines.index("青山县柳河镇人民政府")
        < lines.index("柳政依复〔2026〕7号")
        < lines.index("政府信息部分公开答复书")
    )
    assert 'w:val="FF0000"' in full.paragraphs[1]._p.xml


def test_page_numbers_stand_outside(fonts: FontBook) -> None:
    section = docx.Document(io.BytesIO(draft("partial", fonts, "plain"))).sections[0]
    sides = [
        re.findall(r'<w:jc w:val="(\w+)"', part._element.xml) for part in (section.footer, section.even_page_footer)
    ]
    assert sides == [["right"], ["left"]]
    assert "PAGE" in section.footer._element.xml
    assert docx.Document(io.BytesIO(draft("partial", fonts))).settings.odd_and_even_pages_header_footer


@pytest.mark.real
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice with its writer")
@pytest.mark.long
def test_a_word_processor_sets_as_many_pages_in_rows_of_the_grid(fonts: FontBook, tmp_path: Path) -> None:
    wanted = {}
    for kind, paper in (
        ("partial", "letter"),
        ("correction_notice", "letter"),
        ("partial", "red_head"),
        ("not_held", "preprinted"),
    ):
        made = document(kind, paper)  # type: ignore[arg-type]  # one of the names above
        laid = lay_out(made, fonts)
        wanted[f"{kind}-{paper}"] = len(laid)
        (tmp_path / f"{kind}-{paper}.docx").write_bytes(word_draft(made, laid, fonts, DAY))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        *map(str, tmp_path.glob("*.docx")),
    ]
    subprocess.run(command, capture_output=True, timeout=180, check=True)
    for name, pages in wanted.items():
        with pdfplumber.open(tmp_path / f"{name}.pdf") as pdf:
            assert len(pdf.pages) == pages, name
            rows = sorted(
                {
                    round(char["bottom"], 1)
                    for char in pdf.pages[-1].chars
                    if 105 < char["top"] < 740 and char["size"] == 16
                }
            )
            steps = [b - a for a, b in itertools.pairwise(rows) if b - a > 20]
            assert steps
            assert all(abs(step / round(step / (ROW / 20)) - ROW / 20) < 0.2 for step in steps), name
            assert min(char["x0"] for char in pdf.pages[-1].chars if char["size"] == 16) == pytest.approx(
                28 / 25.4 * 72, abs=1
            )


# -- back again ------------------------------------------------------------------------------------------------------


def changed(file: bytes, old: str, new: str) -> bytes:
    """A draft as somebody sends it back."""
    opened = docx.Document(io.BytesIO(file))
    for paragraph in opened.paragraphs:
        if old in paragraph.text:
            paragraph.runs[0].text = paragraph.text.replace(old, new)
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def back(kind: str, fonts: FontBook, old: str, new: str) -> list[WordChange]:
    source = TemplateCatalogue().template(kind)
    facts = read_facts(source, example_facts(source))
    file = draft(kind, fonts)
    return changes(paragraphs_of(file), paragraphs_of(changed(file, old, new)), free_passages(source, facts))


def test_a_draft_that_comes_back_as_it_went_proposes_nothing(fonts: FontBook) -> None:
    assert back("correction_notice", fonts, "没有这些字", "x") == []


def test_a_free_passage_is_proposed(fonts: FontBook) -> None:
    (change,) = back("correction_notice", fonts, "中查找", "中查找，也可以来电询问")
    assert change.passage == "guiding"
    assert change.after == "所需信息的名称可以在县政府网站“政府信息公开目录”中查找，也可以来电询问。"
    assert change.before != change.after


def test_what_the_law_says_is_told_and_never_proposed(fonts: FontBook) -> None:
    (change,) = back("correction_notice", fonts, "2026年11月27日", "2026年12月27日")
    assert change.passage == ""
    assert "12月27日" in change.after
    (gone,) = back("partial", fonts, "第三十七条", "第三十八条")
    assert gone.passage == ""


def test_new_and_missing_paragraphs_are_told() -> None:
    ours, free = ["甲甲甲甲", "乙乙乙乙", "丙丙丙丙"], {"b": ("乙乙乙乙",)}
    assert changes(ours, ["甲甲甲甲", "新的一段", "乙乙乙乙", "丙丙丙丙"], free) == [WordChange("", "", "新的一段")]
    assert changes(ours, ["甲甲甲甲", "丙丙丙丙"], free) == [WordChange("b", "乙乙乙乙", "")]
    assert changes(ours, ["甲甲甲甲", "乙乙乙乙改", "又一段", "丙丙丙丙"], free) == [
        WordChange("b", "乙乙乙乙", "乙乙乙乙改"), WordChange("", "", "又一段"),
    ]  # fmt: skip


def packed_body(inside: str) -> bytes:
    """A docx of one body and nothing else."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W[1:-1]}"><w:body>{inside}</w:body></w:document>'
        )
    return file.getvalue()


def test_tracked_changes_count_as_they_would_read() -> None:
    body = packed_body(
        "<w:p><w:r><w:t>甲</w:t></w:r><w:ins><w:r><w:t>乙</w:t></w:r></w:ins><w:del><w:r><w:delText>丙</w:delText></w:r></w:del></w:p>"
    )
    assert paragraphs_of(body) == ["甲乙"]


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04broken", b"%PDF-1.7"])
def test_what_is_no_docx_is_refused(body: bytes) -> None:
    with pytest.raises(PressError, match="不是完好的"):
        paragraphs_of(body)


def test_entities_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(PressError, match="不是完好的"):
        paragraphs_of(file.getvalue())


def with_parts(file: bytes, change: Callable[[str], str], comments: str = "") -> bytes:
    """A draft whose text was changed in its XML, with comments in its margin."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()) if name == "word/document.xml" else content)
        if comments:
            said = f"<w:p><w:r><w:t>{comments}</w:t></w:r></w:p>"
            noted = f'<w:comments xmlns:w="{W[1:-1]}"><w:comment w:id="0">{said}</w:comment></w:comments>'
            new.writestr("word/comments.xml", noted)
    return out.getvalue()


@pytest.mark.parametrize("mark", ["<w:strike/>", "<w:dstrike/>"])
def test_what_a_leader_strikes_or_writes_in_the_margin_is_told(fonts: FontBook, mark: str) -> None:
    ours = draft("correction_notice", fonts)
    theirs = with_parts(
        ours,
        lambda text: re.sub(r"(<w:rPr>)(?=(?:(?!</w:r>).)*请写明)", rf"\1{mark}", text, count=1),
        "不能补正，直接答复",
    )
    source = TemplateCatalogue().template("correction_notice")
    free = free_passages(source, read_facts(source, example_facts(source)))
    found = changes(paragraphs_of(ours), paragraphs_of(theirs), free)
    assert WordChange("", "", "批注：不能补正，直接答复") in found
    assert len(found) > 1, "what is struck is no longer there"


def test_what_was_moved_away_stands_only_where_it_is_now(fonts: FontBook) -> None:
    ours = draft("correction_notice", fonts)
    moved = with_parts(
        ours,
        lambda text: re.sub(
            r"(<w:r>(?:(?!</w:r>).)*张三(?:(?!<w:r>).)*?</w:r>)", r"<w:moveFrom>\1</w:moveFrom>", text, count=1
        ),
    )
    assert len(paragraphs_of(moved)) == len(paragraphs_of(ours)) - 1


def test_how_deep_a_text_stands_is_no_matter() -> None:
    runs = packed_body("<w:p>" + "<w:r>" * 5000 + "<w:t>甲</w:t>" + "</w:r>" * 5000 + "</w:p>")
    assert paragraphs_of(runs) == ["甲"]
    boxes = packed_body("<w:p>" * 50_000 + "<w:r><w:t>乙</w:t></w:r>" + "</w:p>" * 50_000)
    assert paragraphs_of(boxes) == ["乙"]


def test_what_stands_in_a_box_is_read_once() -> None:
    box = "<w:r><w:txbxContent><w:p><w:r><w:t>印</w:t></w:r></w:p></w:txbxContent></w:r>"
    assert paragraphs_of(packed_body(f"<w:p><w:r><w:t>甲</w:t></w:r>{box}</w:p>")) == ["甲", "印"]


@pytest.mark.parametrize(
    "inside", ["<w:p><w:r><w:t>甲</w:t></w:r></w:p>" * 1001, f"<w:p><w:r><w:t>{'甲' * 200_001}</w:t></w:r></w:p>"]
)
def test_more_than_a_letter_ever_has_is_refused_and_not_cut(inside: str) -> None:
    with pytest.raises(PressError, match="字太多"):
        paragraphs_of(packed_body(inside))


def test_a_draft_of_other_words_is_soon_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[int]()
    ratio = SequenceMatcher.ratio

    def counted(match: Any) -> float:
        asked.append(len(match.a) * len(match.b))
        return float(ratio(match))

    monkeypatch.setattr(SequenceMatcher, "ratio", counted)
    ours = [f"第{number}段的话" + "天地玄黄" * 400 for number in range(30)]
    theirs = [f"另起{number}的话" + "黄玄地天宇" * 40 for number in range(800)]
    assert len(changes(ours, theirs, {})) >= 800
    assert len(asked) <= 30 * 20
    assert sum(asked) <= 30 * 20 * 300 * 300, "each of the first signs only"
