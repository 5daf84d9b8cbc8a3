"""Lists of a year: every number with what became of it, what is handed to the archive, what may go; all folders at once."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pdfplumber
import pytest

from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.cases.papers import PaperDraft
from deskapp.desk.office.year_lists import ONLY_LISTED, UNCHECKED, ListKind
from deskapp.errors import DeskError
from deskapp.law.case_file import archive_number, proposed_retention
from deskapp.register import events as ev
from deskapp.register.case import Case
from tests.conftest import NOT_HELD, issue, register
from tests.desk.test_letters import typed_as
from tests.papers import scans

WORD = "柳政依复〔2026〕"


def closed(desk: Desk, applicant: str, archive_no: str | None = None) -> Case:
    """A case that was answered and served, and put away under a number if there is one."""
    letter = issue(desk, register(desk, applicant=applicant).case_id, "not_held", NOT_HELD)
    desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, way="in_person", signed_by=applicant))
    if archive_no is not None:
        desk.acts.note(letter.case_id, act_draft("archived", archive_no=archive_no))
    return desk.lookup.case(letter.case_id)


LISTS: tuple[tuple[ListKind, str], ...] = (("handover", "LH-2026-0040"), ("letters", f"{WORD}40号"))


def old(desk: Desk, applicant: str, day: str, *more: ev.AnyEvent) -> Case:
    """A case as a ledger brings it: answered years ago."""
    on = date.fromisoformat(day)
    received = ev.Received(
        on=on, case_no=f"LH-{on.year}-{applicant}", channel="in_person", applicant=applicant,
        applicant_class="natural_person", content="预算",
    )  # fmt: skip
    return desk._journal.append(desk._journal.new_id(), [received, ev.Answered(on=on, category="granted"), *more])


def test_the_book_of_letters_has_every_number_what_was_given_up_and_what_nobody_has(desk: Desk) -> None:
    first, second = closed(desk, "张三"), register(desk, applicant="李四")
    letter = issue(desk, second.case_id, "not_held", NOT_HELD)
    desk.acts.note(second.case_id, act_draft("voided", number=letter.number, why="地址写错"))
    third = register(desk, applicant="王五")
    desk.acts.note(third.case_id, act_draft("answered", number=f"{WORD}6号", category="granted"))
    desk._store.execute("UPDATE counters SET ledger = 0")
    table = desk.year_lists.make("letters", 2026)
    assert [(line[0], line[7]) for line in table.lines] == [
        (f"{WORD}1号", ""), (f"{WORD}2号", "作废：地址写错"), (f"{WORD}3号", "空缺，没有记录"), (f"{WORD}6号", "系统外发出"),
    ]  # fmt: skip
    assert table.lines[0][1:7] == ("2026-11-20", "政府信息不存在告知书", "张三", "张三", first.case_no, 1)
    assert table.lines[2][2] == f"到{WORD}5号"
    assert table.said == ("2026年发文3个号，其中作废1个；空缺1处。",)
    assert desk.year_lists.make("letters", 2025).lines == ()


def test_what_is_handed_over_has_numbers_by_the_rule_pages_and_what_is_wanting(desk: Desk, tmp_path: Path) -> None:
    put_away = closed(desk, "张三", "2026-依申请-012")
    plain, disputed = closed(desk, "李四"), closed(desk, "王五")
    desk.papers.attach(plain.case_id, scans.pdf(tmp_path / "a.pdf", 4), PaperDraft())
    desk.acts.note(disputed.case_id, act_draft("disputed", route="review"))
    register(desk, applicant="没有办结")
    desk.year_lists.set_fonds("Ｚ109")
    table = desk.year_lists.make("handover", 2026)
    assert [(line[0], line[1], line[6]) for line in table.lines] == [
        ("2026-依申请-012", put_away.case_no, "10年"),
        ("Z109-WS·2026-D10-0001（拟）", plain.case_no, "10年"),
        ("Z109-WS·2026-D30-0001（拟）", disputed.case_no, "30年"),
    ]
    assert [line[5] for line in table.lines] == [3, 7, 3]
    assert table.lines[1][4] == "20261120—20261120"
    assert table.lines[0][7] == "缺申请书、身份证明、送达凭证"
    assert table.lines[1][7] == "没有归档；缺身份证明、送达凭证"
    assert UNCHECKED in table.said
    with pytest.raises(DeskError, match="全宗号太长"):
        desk.year_lists.set_fonds("Z" * 21)


def test_the_number_of_a_file_without_a_fonds_and_the_periods() -> None:
    assert archive_number(2026, "D10", 7, "", date(2026, 12, 31)) == "WS·2026-D10-0007"
    assert proposed_retention(False, date(2026, 1, 1)).years == 10
    assert proposed_retention(True, date(2026, 1, 1)).years == 30


def test_what_may_go_is_listed_when_its_years_have_run_out_and_nothing_is_deleted(desk: Desk) -> None:
    review: list[ev.AnyEvent] = [
        ev.Disputed(on=date(2015, 6, 1), route="review"),
        ev.DisputeDecided(on=date(2015, 8, 1), route="review", outcome="upheld"),
    ]
    for applicant, day, more in (("甲", "2015-12-31", []), ("乙", "2016-01-01", []), ("丙", "2015-05-04", review)):
        old(desk, applicant, day, *more)
    assert [(line[2], line[6]) for line in desk.year_lists.make("expired", 2026).lines] == [("甲", "2025年")]
    assert [line[2] for line in desk.year_lists.make("expired", 2027).lines] == ["甲", "乙"]
    assert [line[2] for line in desk.year_lists.make("expired", 2046).lines] == ["丙", "甲", "乙"]
    assert ONLY_LISTED in desk.year_lists.make("expired", 2026).said
    assert desk.lookup.search("甲")


def test_the_book_of_letters_says_to_whom_each_went(desk: Desk) -> None:
    case = register(desk, applicant="张三")
    asked = typed_as("third_party_consultation", desk, case.case_id)
    desk.reply.issue(case.case_id, "third_party_consultation", asked)
    desk.reply.issue(case.case_id, "extension_notice", typed_as("extension_notice", desk, case.case_id))
    lines = desk.year_lists.make("letters", 2026).lines
    assert [(line[3], line[4]) for line in lines] == [(asked["party"], "张三"), ("张三", "张三")]


def test_lists_as_files_and_on_paper(desk: Desk, tmp_path: Path) -> None:
    for n in range(40):
        closed(desk, f"张{n:02d}")
    path = desk.year_lists.save("handover", 2026, tmp_path / "a.xlsx")
    rows = list(openpyxl.load_workbook(path)["归档移交目录"].iter_rows(values_only=True))
    assert any("WS·2026-D10-0040（拟）" in map(str, row) for row in rows)
    with pytest.raises(DeskError, match="已经存在"):
        desk.year_lists.save("handover", 2026, path)
    with pytest.raises(DeskError, match="不能存成"):
        desk.year_lists.save("handover", 2026, tmp_path / "a.txt")
    for kind, words in LISTS:
        sheet = desk.year_lists.sheet(kind, 2026)
        with pdfplumber.open(io.BytesIO(sheet.pdf)) as pdf:
            texts = ["".join((page.extract_text() or "").split()) for page in pdf.pages]
        assert len(texts) >= 3
        assert sum(words in text for text in texts) == 1
        assert all("青山县柳河镇人民政府" in text for text in texts)
    made = desk.year_lists.save("letters", 2026, ending=".pdf")
    assert made.read_bytes().startswith(b"%PDF")


def test_all_folders_of_a_year_and_one_that_cannot_be_made_stops_no_other(desk: Desk, tmp_path: Path) -> None:
    good, bad = closed(desk, "张三"), closed(desk, "李四")
    bad = desk.papers.attach(bad.case_id, scans.pdf(tmp_path / "a.pdf"), PaperDraft())
    next((desk.home / "案卷材料").iterdir()).unlink()
    with pytest.raises(DeskError, match="2025年没有办结的"):
        desk.year_lists.folders(2025, tmp_path / "x")
    told: list[tuple[int, int]] = []
    made = desk.year_lists.folders(2026, tmp_path / "2026", lambda n, total: told.append((n, total)))
    assert (made.written, told) == ((good.case_no,), [(1, 2), (2, 2)])
    assert made.refused == ((bad.case_no, "这份材料的文件不在了。"),)
    assert sorted(path.name for path in made.place.iterdir()) == ["归档移交目录.xlsx", f"案卷 {good.case_no}"]
    assert (made.place / f"案卷 {good.case_no}/案卷.pdf").exists()
    assert f"{bad.case_no}没有做成：这份材料的文件不在了。" in made.sentence
    with pytest.raises(DeskError, match="已经存在"):
        desk.year_lists.folders(2026, made.place)


def test_folders_that_could_not_be_finished_leave_nothing_in_the_way(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(desk, "张三")
    full = DeskError("磁盘满了。", "没有写文件。", "请清理磁盘。")

    def refused(*_: object) -> None:
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(desk.year_lists, "save", refused)
        with pytest.raises(DeskError, match="磁盘满了"):
            desk.year_lists.folders(2026, tmp_path / "2026")
    assert not (tmp_path / "2026").exists()
    assert desk.year_lists.folders(2026, tmp_path / "2026").place.exists()
