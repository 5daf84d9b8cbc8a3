"""区分处理 at the desk: names of the register are proposed, the copy is noted by kind and count, never by value, and told to the letter."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.redaction import OpenPaper
from deskapp.errors import DeskError
from deskapp.redaction import scanned
from deskapp.redaction.covering import UNSEEN
from deskapp.register import events as ev
from deskapp.register.acts import describe
from deskapp.register.facts import Ordinals, facts_of
from tests.conftest import issue, register
from tests.redaction.papers import ROWS, ZHANG, scan, text_pdf

SECRETS = (ZHANG, "13905550123", "赵六", "补偿款")


def opened(desk: Desk, path: Path, *words: str) -> OpenPaper:
    return desk.redaction.open(path, register(desk).case_id, words)


def decided(paper: OpenPaper) -> OpenPaper:
    for page in paper.decisions.pages:
        for n in range(len(page.covers)):
            paper.decisions.decide(page.page.number, n, True)
        paper.decisions.confirm(page.page.number, "李主任")
    return paper


def test_names_of_the_register_and_words_given_are_proposed(desk: Desk, tmp_path: Path) -> None:
    register(desk, applicant="王五", phone="13811112222")
    case = register(desk)
    desk.acts.note(case.case_id, act_draft("party_consulted", party="赵六"))
    paper = desk.redaction.open(text_pdf(tmp_path / "list.pdf", [ROWS]), case.case_id, ["桥头村"])
    sure = {cover.value for cover in paper.decisions[1].covers if cover.on and cover.kind in ("name", "word")}
    assert sure == {"张三", "王五", "赵六", "桥头村"}
    asked = [cover.value for cover in paper.decisions[1].covers if cover.on is None and cover.kind == "name"]
    assert asked == ["李四"]


def test_our_own_number_is_not_proposed(desk: Desk, tmp_path: Path) -> None:
    phone = desk.lookup.unit().phone
    paper = opened(desk, text_pdf(tmp_path / "a.pdf", [[f"联系电话{phone}，13905550123"]]))
    assert [cover.value for cover in paper.decisions[1].covers] == ["13905550123"]


def test_the_copy_is_noted_by_kind_and_count_and_told_to_the_letter(desk: Desk, tmp_path: Path) -> None:
    paper = decided(opened(desk, text_pdf(tmp_path / "发放表.pdf", [ROWS, ["第二页"]]), "补偿款"))
    given = desk.redaction.give(paper)
    case = desk.lookup.case(paper.case_id)
    noted = case.history[-1]
    assert isinstance(noted, ev.Redacted)
    assert (noted.pages, noted.by, noted.source_sha256) == (2, "李主任", paper.sha256)
    assert {part.kind: part.count for part in noted.covered} == {
        "identity": 4, "phone": 2, "card": 3, "name": 4, "number": 1, "word": 1,
    }  # fmt: skip
    assert "身份证件号码4处（第十五条）" in describe(noted)
    assert f"校验{noted.copy_sha256[:8]}" in describe(noted)
    files = given.copy.read_bytes() + given.listed.read_bytes()
    journal = (desk.home / "register.db").read_bytes() + b"".join(
        p.read_bytes() for p in desk.home.glob("register.db-*")
    )
    for secret in (ZHANG, "赵六", "补偿款发放"):
        assert secret.encode() not in files
        assert secret.encode() not in journal
    assert len(PdfReader(io.BytesIO(given.copy.read_bytes())).pages) == 2
    said = given.listed.read_text("utf-8-sig")
    assert paper.sha256 not in said, "whoever guesses what is covered could try it"
    assert given.copy.name == f"区分处理件 {case.case_no} {given.sha256[:8]}.pdf", (
        "the paper's own name may name somebody"
    )
    assert "第1页：李主任核定" in said
    assert all(line in said for line in given.lines)
    assert desk.redaction.to_letter(paper, given.lines)
    withheld = desk.reply.draft(paper.case_id, "partial")["withheld"]
    assert withheld.splitlines() == list(given.lines)
    assert desk.redaction.to_letter(paper, given.lines)
    assert desk.reply.draft(paper.case_id, "partial")["withheld"] == withheld, "twice said is once written"
    typed = {**desk.reply.draft(paper.case_id, "partial"), "given": "发放表", "attachments": "发放表（2页）"}
    letter = issue(desk, paper.case_id, "partial", typed)
    assert "第1页中遮盖的身份证件号码4处" in letter.text
    assert not desk.redaction.to_letter(paper, given.lines), "it has its answer"


def test_what_travels_to_the_county_has_pages_and_no_sums(desk: Desk, tmp_path: Path) -> None:
    paper = decided(opened(desk, text_pdf(tmp_path / "a.pdf", [ROWS])))
    desk.redaction.give(paper)
    case = desk.lookup.case(paper.case_id)
    sent = facts_of(case.history[-1], Ordinals(case.history, lambda number: number))
    assert sent == {"act": "redacted", "on": "2026-11-20", "pages": 1, "source_sha256": "—", "copy_sha256": "—"}


def test_without_every_page_confirmed_there_is_no_file_and_no_note(desk: Desk, tmp_path: Path) -> None:
    paper = decided(opened(desk, text_pdf(tmp_path / "a.pdf", [ROWS, ROWS])))
    paper.decisions.decide(2, 0, False)
    before = len(desk.lookup.case(paper.case_id).history)
    with pytest.raises(DeskError) as refused:
        desk.redaction.give(paper)
    assert refused.value.code == UNSEEN
    assert not list((desk.home / "导出").glob("区分处理*"))
    assert len(desk.lookup.case(paper.case_id).history) == before


def test_pages_that_were_looked_at_are_taken_away(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []

    def seen(path: Path) -> None:
        shown.append(path)

    monkeypatch.setattr("deskapp.desk.cases.redaction.open_file", seen)
    paper = opened(desk, text_pdf(tmp_path / "a.pdf", [ROWS]))
    path, opened_ = desk.redaction.show_page(paper, 1)
    assert (shown, opened_, path.exists()) == ([path], True, True)
    desk.redaction.leave()
    assert not path.parent.exists()
    desk.redaction.leave()
    again, _ = desk.redaction.show_page(paper, 1)
    desk.close()
    assert not again.exists()


def test_a_scan_has_rows_and_words_only_where_this_computer_reads_them(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scan(tmp_path / "a.png", ["电话13905550123", "补偿款"])
    monkeypatch.setattr(scanned, "can_read", lambda: False)
    page = opened(desk, path).decisions[1]
    assert (len(page.page.lines), page.page.wordless, page.page.read_off, page.covers) == (2, True, False, [])
    monkeypatch.undo()
    if shutil.which("tesseract"):
        page = opened(desk, path).decisions[1]
        assert page.page.read_off
        assert [cover.value for cover in page.covers if cover.kind == "phone"] == ["13905550123"]


def test_pages_that_were_not_chosen_are_not_in_the_copy_and_are_noted(desk: Desk, tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "a.pdf", [ROWS, ["第二页 13905550123"], ["第三页"]])
    paper = desk.redaction.open(path, register(desk).case_id, only="2-3")
    assert (paper.decisions.numbers, paper.decisions.left_out, paper.decisions.total) == ((2, 3), (1,), 3)
    with pytest.raises(KeyError):
        paper.decisions[1]
    paper.decisions.confirm(3, "李主任")
    with pytest.raises(DeskError) as refused:
        desk.redaction.give(paper)
    assert refused.value.code == UNSEEN
    given = desk.redaction.give(decided(paper))
    noted = desk.lookup.case(paper.case_id).history[-1]
    assert isinstance(noted, ev.Redacted)
    assert (noted.pages, noted.left_out) == (2, (1,))
    assert "2页，另1页没有给" in describe(noted)
    assert given.lines[0].startswith("第2页中遮盖的")
    assert len(PdfReader(given.copy).pages) == 2
    assert "给2页，原件共3页" in given.listed.read_text(encoding="utf-8-sig")
    assert given.left_out.startswith("第1页没有选")
