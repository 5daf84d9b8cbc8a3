"""Sheets in a second language: a table goes out and comes back; what is not translated stands alone; what cannot be printed is refused."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from deskapp.desk import Desk
from deskapp.desk.reading.questions import QuestionDraft
from deskapp.desk.sheets.translations import keyed
from deskapp.errors import DeskError
from letters.document import Cell, Document, Paragraph, Table, TableRow
from letters.pdf.fonts import FontBook
from letters.scripts import not_printed, not_printed_language
from letters.typeset.layout import lay_out
from letters.typeset.notice import Part, notice
from tests.conftest import profile

ENGLISH = {
    "青山县柳河镇人民政府": "Liuhe Town",
    "政府信息公开申请表": "Application",
    "申请人": "Applicant",
    "自然人": "natural person",
    "年　月　日": "year / month / day",
    "〔机关名称〕　登记号：": "〔机关名称〕, number",
    "一、怎样申请": "How to apply",
    "电话：〔电话〕": "Telephone: 〔电话〕",
    "〔机关名称〕政府信息查阅点": "Reading Point of 〔机关名称〕",
    "低保怎么申请": "How do I get it?",
    "向镇政府申请。（〔日期〕核对）": "Ask the town. (Checked 〔日期〕)",
}
MISSING = FontBook(None, system=False).missing


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def filled(path: Path, words: Mapping[str, str]) -> Path:
    """The table as somebody fills it in with a table program."""
    book = load_workbook(path)
    for row in book["译文"].iter_rows(min_row=2):
        chinese = str(row[2].value)
        if chinese in words:
            row[3].value = words[chinese] or None
    book.save(path)
    return path


@pytest.fixture
def english(desk: Desk, tmp_path: Path) -> Desk:
    desk.questions.enter(
        QuestionDraft(question="低保怎么申请", answer="向镇政府申请。", checked_by="王建国", checked_on="2026-11-01")
    )
    path, before = desk.handouts.translations.give("英文", tmp_path)
    assert before.done == 0
    desk.handouts.translations.take(filled(path, ENGLISH))
    return desk


def test_every_sentence_goes_out_once_with_where_it_stands(desk: Desk, tmp_path: Path) -> None:
    path, state = desk.handouts.translations.give("英文", tmp_path)
    rows = list(load_workbook(path)["译文"].iter_rows(values_only=True))
    assert rows[0] == ("语言", "用在哪里", "中文", "译文")
    chinese = [str(row[2]) for row in rows[1:]]
    assert len(chinese) == len(set(chinese)) == state.of
    assert {"申请人", "自然人", "一、怎样申请", "法定节假日不开放；急用的请打电话，我们尽量安排。"} <= set(chinese)
    assert not [text for text in chinese if "0579" in text]  # what differs from office to office has a name


def test_what_comes_back_stands_below_the_chinese(english: Desk) -> None:
    made = english.handouts.handout("hours", "英文")
    text = text_of(made.sheet.pdf)
    assert "Reading Point of Liuhe Town" in text
    assert "Telephone: 0579-5550100" in text
    assert made.state is not None
    assert (made.state.done, made.state.of) == (2, 6)
    assert made.state.sentence("英文") == "英文：6句译了2句，4句没有译，只印中文。"
    assert made.sheet.title == "开放时间（英文）"


@pytest.mark.parametrize("kind", ["card", "large"])
def test_the_card_in_both_types(english: Desk, kind: str) -> None:
    made = english.handouts.handout(kind, "英文")
    assert "How to apply" in text_of(made.sheet.pdf)
    assert "一、怎样申请" in text_of(made.sheet.pdf)


def test_the_form_has_labels_and_options_below_the_chinese(english: Desk) -> None:
    text = text_of(english.handouts.handout("blank", "英文").sheet.pdf)
    assert "Applicant" in text
    assert "natural person / 商业企业" in text  # an option without a translation stays as it is
    assert "Liuhe Town, number" in text
    sample = english.handouts.handout("sample", "英文")
    assert "Applicant" in text_of(sample.sheet.pdf)
    assert sample.state is not None
    assert sample.state.of <= english.handouts.handout("blank", "英文").state.of  # type: ignore[union-attr]  # has a translation


def test_questions_keep_their_translation_when_they_move_or_are_checked_anew(english: Desk) -> None:
    first = english.questions.all()[0]
    english.questions.enter(
        QuestionDraft(question="补正是什么", answer="材料不全。", checked_by="王建国", checked_on="2026-11-02")
    )
    english.questions.enter(
        QuestionDraft(**{**first.of.model_dump(include=set(QuestionDraft.model_fields)), "checked_on": "2026-11-19"}),
        first.key,
    )
    for kind in ("questions", "questions_large"):
        text = text_of(english.handouts.handout(kind, "英文").sheet.pdf)
        assert "How do I get it?" in text
        assert "Checked 2026-11-19" in text


def test_a_new_telephone_outdates_nothing_and_other_words_do(english: Desk) -> None:
    english.handing.take_unit(profile(phone="0579-7770000"))
    assert "Telephone: 0579-7770000" in text_of(english.handouts.handout("hours", "英文").sheet.pdf)
    first = english.questions.all()[0]
    draft = first.of.model_dump(include=set(QuestionDraft.model_fields)) | {
        "answer": "向县政府申请。",
        "checked_on": "2026-11-19",
    }
    english.questions.enter(QuestionDraft(**draft), first.key)
    assert "Ask the town" not in text_of(english.handouts.handout("questions", "英文").sheet.pdf)


def test_without_a_language_nothing_changes(english: Desk, desk: Desk) -> None:
    assert english.handouts.handout("card").state is None
    assert "How to apply" not in text_of(english.handouts.sheet("card").pdf)
    with pytest.raises(DeskError, match="还没有法文的译文"):
        desk.handouts.handout("card", "法文")


def test_an_emptied_cell_takes_a_translation_away(english: Desk, tmp_path: Path) -> None:
    path, _ = english.handouts.translations.give("英文", tmp_path)
    taken = english.handouts.translations.take(filled(path, {"申请人": ""}))
    assert (taken.changed, taken.removed) == (0, 1)
    assert "Applicant" not in text_of(english.handouts.handout("blank", "英文").sheet.pdf)


@pytest.mark.parametrize(
    ("key", "said", "why"),
    [
        ("电话：〔电话〕", "Telephone", "少了〔电话〕"),
        ("申请人", "Applicant 〔电话〕", "中文里没有〔电话〕"),
        ("申请人", "ཞུ་མཁན", "藏文"),
        ("申请人", "ئىلتىماس", "维吾尔文"),
        ("申请人", "ᠮᠣᠩᠭᠣᠯ", "蒙古文"),
        ("申请人", "ꆈꌠ", "彝文"),
        ("申请人", "신청인", "朝鲜文"),
        ("申请人", "ผู้สมัคร", "泰文"),
        ("申请人", "A" * 5001, "太长"),
    ],
)
def test_a_bad_line_keeps_the_whole_table_out(english: Desk, tmp_path: Path, key: str, said: str, why: str) -> None:
    before = english.handouts.translations.known("英文")
    path, _ = english.handouts.translations.give("英文", tmp_path)
    filled(path, {"二、申请里要写什么": "What to write", key: said})
    taken = english.handouts.translations.take(path)
    assert [why in cell.right for cell in taken.bad] == [True]
    with pytest.raises(DeskError, match="没有收"):
        english.handouts.translations.take_whole(path)
    assert english.handouts.translations.known("英文") == before


def test_a_language_that_is_not_printed_is_refused_before_anybody_translates(desk: Desk, tmp_path: Path) -> None:
    for name in ("藏文", "维吾尔文", "蒙古语", "彝文", "韩文"):
        with pytest.raises(DeskError, match="这里印不了") as refused:
            desk.handouts.translations.give(name, tmp_path)
        assert refused.value.code == "script"
    assert list(tmp_path.glob("*.xlsx")) == []
    for name in ("英文", "俄文", "壮文", "越南文", "日文", "哈萨克文（西里尔字母）"):
        assert not not_printed_language(name, MISSING)


def test_letters_that_stand_side_by_side_are_printed() -> None:
    for text in ("Applicant", "Заявитель", "Người nộp đơn", "Vunz saenq'gouj", "申し込み", "é ñ ß ł"):
        assert not_printed(text, MISSING) == ""
    assert not_printed("Applicant 𓀀", MISSING) == "没有这些字：𓀀"


def test_a_table_of_two_languages_or_of_old_sentences(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("语言,中文,译文\n英文,申请人,Applicant\n法文,自然人,personne\n", encoding="utf-8")
    with pytest.raises(DeskError, match="2种语言"):
        desk.handouts.translations.take(path)
    path.write_text("语言,中文,译文\n英文,申请人,Applicant\n英文,以前的一句,Gone\n", encoding="utf-8")
    taken = desk.handouts.translations.take(path, dry_run=True)
    assert (taken.changed, taken.unknown, taken.kept) == (1, 1, False)
    assert desk.handouts.translations.languages() == []
    assert "有1行的中文现在的单子上没有" in desk.handouts.translations.take_whole(path)
    assert desk.handouts.translations.languages() == ["英文"]


def test_particulars_stand_by_their_names_the_longest_first() -> None:
    unit = profile(name="青山县人民政府", review_body="青山县人民政府办公室")
    assert keyed("3．青山县人民政府办公室和青山县人民政府", unit) == "〔复议机关〕和〔机关名称〕"
    assert keyed("0579-5550100", unit) == ""


# -- on paper --------------------------------------------------------------------------------------------------


def test_a_translation_hangs_below_its_paragraph_within_the_page() -> None:
    parts = [
        Part("一、怎样申请", heading=True, under="How to apply"),
        Part("可以用申请表。" * 8, under="You may use our form. " * 30),
    ]
    for type in ("normal", "large", "sign"):
        pages = notice("明白卡", parts * 4, FontBook(None, system=False), type, under="Card")
        for page in pages:
            ys = [line.y for line in page.lines]
            assert ys == sorted(ys)
            assert max(ys) < 262 / 25.4 * 72 + 1
            assert all(span.x >= 28 / 25.4 * 72 - 1 for line in page.lines for span in line.spans)


def test_words_of_other_alphabets_stay_whole() -> None:
    text = "Заявитель подписывает " * 20
    lines = [
        line.text.strip()
        for page in notice("卡", [Part("甲", under=text)], FontBook(None, system=False))
        for line in page.lines
    ]
    assert {word for line in lines[2:] for word in line.split()} == {"Заявитель", "подписывает"}


def test_a_box_grows_for_what_stands_below_its_label() -> None:
    def rows(under: str) -> int:
        row = TableRow((Cell("证件", 5, label=True, under=under), Cell("□自然人", 23, under=under)))
        document = Document(
            kind="k", version="1", paper="plain", head="", title="表", number="", addressee="",
            body=(Table((row,)), Paragraph("完。")), signature="",
        )  # fmt: skip
        lines = lay_out(document, FontBook(None, system=False))[0].lines
        return max(line.row or 0 for line in lines)

    assert rows("") < rows("Identity document and its number as they stand on it") - 1
