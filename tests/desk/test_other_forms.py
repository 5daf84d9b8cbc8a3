"""A letter in other forms: the draft for the leader, that comes back as proposals, and the OFD of what was issued."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from pathlib import Path

import docx
import pytest

from deskapp.desk import Desk
from deskapp.desk.cases.word_drafts import word_paragraphs
from deskapp.errors import DeskError
from deskapp.register.acts import describe
from tests.conftest import issue_granted, register

NOTICE = {
    "ground": "没有写明文件的名称",
    "points": "请写明所需信息的名称",
    "respond_by": "2026-12-15",
    "guidance": "可以在网站上查",
}


def rewritten(path: Path, old: str, new: str) -> Path:
    """A draft as the leader sends it back."""
    book = docx.Document(str(path))
    for paragraph in book.paragraphs:
        if old in paragraph.text:
            paragraph.runs[0].text = paragraph.text.replace(old, new)
    back = path.with_name("改过.docx")
    book.save(str(back))
    return back


def test_a_draft_goes_out_and_comes_back_as_proposals(desk: Desk) -> None:
    case = register(desk)
    typed = {**desk.reply.draft(case.case_id, "correction_notice"), **NOTICE}
    path = desk.word_drafts.save(case.case_id, "correction_notice", typed)
    assert path.name == f"征求意见稿 政府信息公开申请补正告知书 {case.case_no}.docx"
    assert desk.word_drafts.changes(case.case_id, "correction_notice", typed, path) == []
    assert len(desk.lookup.case(case.case_id).history) == len(case.history), "a draft is no act"
    (change,) = desk.word_drafts.changes(
        case.case_id, "correction_notice", typed, rewritten(path, "网站上查", "网站上查，也可以来问")
    )
    assert (change.passage, change.after) == ("guiding", "可以在网站上查，也可以来问。")
    again = {**typed, "passage_guiding": change.after}
    assert "也可以来问" in desk.reply.made(case.case_id, "correction_notice", again).document.plain_text()
    (locked,) = desk.word_drafts.changes(
        case.case_id, "correction_notice", typed, rewritten(path, "视为放弃申请", "视为撤回")
    )
    assert locked.passage == ""


@pytest.mark.parametrize("name", ["没有.docx", "草稿.pdf", "坏的.docx"])
def test_what_is_no_draft_is_told(tmp_path: Path, name: str) -> None:
    if name == "坏的.docx":
        (tmp_path / name).write_bytes(b"PK\x03\x04")
    with pytest.raises(DeskError) as refused:
        word_paragraphs(tmp_path / name)
    assert "文书没有改动" in refused.value.meaning


def test_an_issued_letter_as_ofd_is_noted_with_its_sum_and_the_pdf_stays(desk: Desk) -> None:
    letter = issue_granted(desk)
    path = desk.paper.save_ofd(letter.id)
    ofd = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(ofd)) as packed:
        assert letter.number in packed.read("OFD.xml").decode()
    assert desk.paper.save_ofd(letter.id).read_bytes() == ofd
    noted = desk.lookup.case(letter.case_id).history[-1]
    sum_ = hashlib.sha256(ofd).hexdigest()
    assert describe(noted) == f"已存OFD（校验{sum_[:8]}）"
    assert desk.paper.letter(letter.id).pdf == letter.pdf
    log = desk.paper.log(letter.id)
    assert len(log) == 2
    assert all(re.match(r"\d\d-\d\d \d\d:\d\d ", line) for line in log), (
        "who looks for a sheet knows the hour, not only the day"
    )


def test_pages_that_cannot_be_laid_out_again_are_not_given_as_ofd(desk: Desk) -> None:
    letter = issue_granted(desk)
    folder = desk.home / "templates"
    folder.mkdir(exist_ok=True)
    source = Path(__file__).parents[2] / "letters/templates/granted.md"
    own = source.read_text("utf-8").replace("本机关决定予以公开", "本机关决定公开")
    assert own != source.read_text("utf-8")
    (folder / "granted.md").write_text(own, "utf-8")
    with pytest.raises(DeskError, match="排不出一模一样的页"):
        desk.paper.save_ofd(letter.id)
    assert not list((desk.home / "文书").glob("*.ofd"))
