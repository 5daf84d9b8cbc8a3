"""代办: several registers side by side, and a case that goes to the owner's register as a file with its papers."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.papers import PaperDraft
from deskapp.desk.office.staff import ColleagueDraft
from deskapp.errors import DeskError
from deskapp.exchange import passing
from deskapp.exchange.passing import CASE, MANIFEST
from deskapp.printing.file import NoPrinterPort
from deskapp.register.case import Case
from tests.conftest import DAY, issue_granted, profile, register
from tests.papers import scans
from tests.reading.test_point import text_of

OWNER = "青山县自然资源局"


@pytest.fixture
def owner(tmp_path: Path) -> Desk:
    """The register of another office in the same hall, three days later."""
    unit = profile(name=OWNER, site_code="ZR", letter_word="青自然依复", kind="county_department")
    return Desk.create(tmp_path / "owner", unit, FixedClock(date(2026, 11, 23)), NoPrinterPort())


def passed(desk: Desk, folder: Path) -> Path:
    desk.staff.enter(ColleagueDraft(name="周小雨"))
    case = register(desk, applicant="欧阳修远", remark="急用")
    desk.reply.issue_form(case.case_id, "receipt")
    return desk.passing.out(case.case_no, OWNER, folder).file


def test_a_case_comes_in_with_its_day_of_receipt_and_its_papers(desk: Desk, owner: Desk, tmp_path: Path) -> None:
    file = passed(desk, tmp_path)
    gone = desk.lookup.case_by_no("LH-2026-0001")
    assert gone.void
    assert OWNER in gone.history[-1].why  # type: ignore[union-attr]  # a Voided
    assert gone.history[-1].by == "周小雨"
    assert desk.reporting.cell(2026, "new", "total") == [], "the year counts it where it is answered"
    found = owner.passing.look(file)
    assert "青山县柳河镇人民政府移交，那边的登记号LH-2026-0001：欧阳修远" in found.sentence
    case = owner.passing.take(file)
    assert (case.case_no, case.applicant, case.received.on) == ("ZR-2026-0001", "欧阳修远", DAY)
    assert case.received.remark == "急用；青山县柳河镇人民政府移交（LH-2026-0001）"
    assert case.received.by == "李晓梅", "whoever takes it in"
    assert owner.lookup.deadline(case).due_on == date(2026, 12, 18), "the period runs from the day of receipt"
    (receipt,) = case.papers
    assert (receipt.kind, receipt.name, receipt.on, receipt.pages) == ("other", "政府信息公开申请收件回执", DAY, 1)
    assert owner.papers.content(receipt) == desk.paper.letter(gone.letters[0].letter_id).pdf
    assert gone.history[-1].why.split("校验")[1] == found.mark  # type: ignore[union-attr]  # its last entry is the passing
    with pytest.raises(DeskError, match="已经收过"):
        owner.passing.take(file)


def altered(file: Path, name: str, content: bytes | None) -> Path:
    """The file with one of its files changed, or without it."""
    other = file.with_name("改过.zip")
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(other, "w") as after:
        for item in before.namelist():
            if item != name:
                after.writestr(item, before.read(item))
        if content is not None:
            after.writestr(name, content)
    return other


def test_what_was_changed_on_the_way_is_not_taken_in(desk: Desk, owner: Desk, tmp_path: Path) -> None:
    file = passed(desk, tmp_path)
    with zipfile.ZipFile(file) as parts:
        names = parts.namelist()
        case = json.loads(parts.read(CASE))
    case["received"]["on"] = "2026-11-22"
    paper = next(name for name in names if name.startswith("papers/"))
    for name, content in (
        (CASE, json.dumps(case).encode()),
        (paper, b"%PDF-other"),
        (paper, None),
        ("papers/more.pdf", b"x"),
    ):
        with pytest.raises(DeskError, match="指纹对不上"):
            owner.passing.take(altered(file, name, content))
    for manifest in (None, b"[]", b"[{}]", b"1"):
        with pytest.raises(DeskError, match="不是移交的文件"):
            owner.passing.take(altered(file, MANIFEST, manifest))
    (tmp_path / "other.zip").write_bytes(b"no zip")
    with pytest.raises(DeskError, match="不是移交的文件"):
        owner.passing.take(tmp_path / "other.zip")
    assert owner.lookup.search("欧阳修远") == []
    assert not list((owner.home / "案卷材料").glob("*"))


PAGES = 3  # of the application that was scanned


def with_papers(desk: Desk, folder: Path) -> tuple[Case, Path]:
    """A case with a receipt, two files laid to it (one was taken off again) and a paper that there is on paper only; its file."""
    desk.staff.enter(ColleagueDraft(name="周小雨"))
    case = register(desk, applicant="欧阳修远")
    desk.reply.issue_form(case.case_id, "receipt")
    application = scans.pdf(folder / "申请书.pdf", PAGES)
    desk.papers.attach(case.case_id, application, PaperDraft(kind="application", on="2026-11-19"))
    other = desk.papers.attach(case.case_id, scans.pdf(folder / "别人的.pdf"), PaperDraft(kind="other"))
    desk.papers.take_off(case.case_id, other.papers[-1].paper_id, "放错了")
    case = desk.papers.note(case.case_id, PaperDraft(kind="identity", name="身份证复印件", pages="2", where="3—4页"))
    done = desk.passing.out(case.case_no, OWNER, folder)
    assert (done.papers, done.on_paper) == (2, ("身份证复印件",))
    assert done.sentence.endswith("（文书和材料2份，校验" + done.mark + "）。只有纸质的另外交：身份证复印件。")
    return case, done.file


def test_what_was_laid_to_a_case_goes_with_it_and_into_the_file_of_the_other(
    desk: Desk, owner: Desk, tmp_path: Path
) -> None:
    _, file = with_papers(desk, tmp_path)
    assert "文书和材料2份，另有只有纸质的1份" in owner.passing.look(file).sentence
    case = owner.passing.take(file)
    told = [(p.kind, p.name, p.pages, str(p.on), p.where, p.ending) for p in owner.papers.of(case)]
    assert told == [
        ("application", "申请书", PAGES, "2026-11-19", "", ".pdf"),
        ("identity", "身份证复印件", 2, str(DAY), "3—4页", ""),
        ("other", "政府信息公开申请收件回执", 1, str(DAY), "", ".pdf"),
    ]
    assert owner.papers.content(owner.papers.of(case)[0]) == (tmp_path / "申请书.pdf").read_bytes()
    assert {event.by for event in case.history} == {"李晓梅"}, "whoever takes it in lays them to it"


def test_a_paper_that_is_wanting_or_too_much_to_be_taken_in_is_said_before_anything_goes(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = register(desk)
    application = scans.pdf(tmp_path / "申请书.pdf")
    case = desk.papers.attach(case.case_id, application, PaperDraft())
    monkeypatch.setattr(passing, "MOST_BYTES", passing.ROOM + application.stat().st_size - 1)
    with pytest.raises(DeskError, match=r"材料太多.*收不进去"):
        desk.passing.out(case.case_no, OWNER, tmp_path)
    next((desk.home / "案卷材料").glob("*.pdf")).unlink()
    with pytest.raises(DeskError, match="材料【申请书】：这份材料的文件不在了"):
        desk.passing.out(case.case_no, OWNER, tmp_path)
    assert not desk.lookup.case(case.case_id).void
    assert not list(tmp_path.glob("移交*"))


def sealed_anew(file: Path, target: Path, document: dict[str, Any], papers: dict[str, bytes]) -> Path:
    """A file of the same case as somebody else might write it: with a right manifest, and other papers."""
    found = passing.unpack(file)
    target.unlink(missing_ok=True)
    passing.pack(target, {**found.document, **document}, papers)
    return target


def test_what_is_no_paper_comes_in_with_nothing_kept(desk: Desk, owner: Desk, tmp_path: Path) -> None:
    _, file = with_papers(desk, tmp_path)
    application = (tmp_path / "申请书.pdf").read_bytes()
    paper = {"kind": "other", "name": "材料", "pages": 1, "on": "2026-11-20", "where": ""}
    good = {**paper, "file": "好.pdf"}
    for papers, files, said in (
        ([good, {**paper, "file": "坏.pdf"}], {"好.pdf": application, "坏.pdf": b"MZ"}, "不是PDF、JPEG"),
        ([good], {"好.pdf": application, "没列.pdf": application}, "列的材料和装着的不一样"),
        ([good, {**paper, "file": "没有.pdf"}], {"好.pdf": application}, "列的材料和装着的不一样"),
        ([good, good], {"好.pdf": application}, "列的材料和装着的不一样"),
        ([{**good, "kind": "secret"}], {"好.pdf": application}, "登记读不出来"),
        (["好.pdf"], {"好.pdf": application}, "登记读不出来"),
        (None, {"好.pdf": application}, "登记读不出来"),
    ):
        other = sealed_anew(file, tmp_path / "别人写的.zip", {"papers": papers}, files)
        with pytest.raises(DeskError, match=said):
            owner.passing.take(other)
    assert owner.lookup.search("欧阳修远") == []
    assert not list((owner.home / "案卷材料").glob("*"))


def test_a_register_that_fails_keeps_no_file(
    desk: Desk, owner: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError("no")

    _, file = with_papers(desk, tmp_path)
    monkeypatch.setattr(type(owner.passing._journal.records), "save_record", fails)
    with pytest.raises(OSError, match="no"):
        owner.passing.take(file)
    assert owner.lookup.search("欧阳修远") == []
    assert not list((owner.home / "案卷材料").glob("*"))


def test_a_file_of_the_format_before_brings_its_letters(desk: Desk, owner: Desk, tmp_path: Path) -> None:
    """There the letters lay beside the registration and were listed nowhere."""
    _, file = with_papers(desk, tmp_path)
    document = {**passing.unpack(file).document, "papers": None, "format": passing.UNLISTED}
    letters = {"01 收件回执.pdf": (tmp_path / "申请书.pdf").read_bytes()}
    old = sealed_anew(file, tmp_path / "以前的.zip", document, letters)
    case = owner.passing.take(old)
    assert [(p.kind, p.name, p.pages, p.on) for p in case.papers] == [("other", "01 收件回执", PAGES, DAY)]


def test_what_was_begun_here_is_not_passed_on(desk: Desk, tmp_path: Path) -> None:
    answered = issue_granted(desk)
    number = desk.lookup.case(answered.case_id).case_no
    with pytest.raises(DeskError, match="已经答复"):
        desk.passing.out(number, OWNER, tmp_path)
    begun = register(desk)
    desk.acts.note(begun.case_id, act_draft("referred", department="农业农村办"))
    with pytest.raises(DeskError, match="对方接不上"):
        desk.passing.out(begun.case_no, OWNER, tmp_path)
    with pytest.raises(DeskError, match="没有填移交给谁"):
        desk.passing.out(register(desk).case_no, " ", tmp_path)
    assert not list(tmp_path.glob("移交*")), "what is refused leaves no file"


def test_a_folder_that_is_gone_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    case = register(desk)
    with pytest.raises(DeskError, match="没有写成"):
        desk.passing.out(case.case_no, OWNER, tmp_path / "no folder")
    assert not desk.lookup.case(case.case_id).void


def test_one_item_of_several_takes_the_papers_of_the_whole_along(desk: Desk, owner: Desk, tmp_path: Path) -> None:
    whole = register(desk, applicant="钱明", content="三项")
    desk.papers.attach(whole.case_id, scans.pdf(tmp_path / "a.pdf", PAGES), PaperDraft(kind="application"))
    desk.papers.note(whole.case_id, PaperDraft(kind="other", pages="1"))
    cases = desk.intake.split(whole.case_id, ["第一项", "第二项", "第三项。"])
    receipt = desk.reply.issue_form(whole.case_id, "receipt")
    shown = text_of(receipt.pdf)
    assert "分别登记为：LH-2026-0001-2 第二项；LH-2026-0001-3 第三项。" in shown
    file = desk.passing.out("0001-2", OWNER, tmp_path).file
    case = owner.passing.take(file)
    assert case.content == "第二项"
    assert [(p.kind, p.pages) for p in owner.papers.of(case)] == [("application", PAGES), ("other", 1)]
    assert desk.lookup.case(cases[1].case_id).void
    assert not desk.lookup.case(whole.case_id).void


def test_a_number_is_understood_as_the_lists_show_it(desk: Desk) -> None:
    first, second = register(desk), register(desk)
    desk.intake.split(second.case_id, ["一", "二"])
    for typed, number in (("1", first.case_no), ("0001", first.case_no), ("２", second.case_no), ("0002-2", "LH-2026-0002-2"),
                          ("lh-2026-0001", first.case_no), (" LH-2026-0002-2 ", "LH-2026-0002-2")):  # fmt: skip
        assert desk.passing.case_named(typed).case_no == number, typed
    for typed in ("3", "0001-2", "赵建国"):
        with pytest.raises(DeskError, match="没有登记号是"):
            desk.passing.case_named(typed)


def test_a_number_of_two_years_is_asked_for_whole(tmp_path: Path) -> None:
    clock = FixedClock(date(2025, 12, 30))
    desk = Desk.create(tmp_path / "two", profile(), clock, NoPrinterPort())
    register(desk)
    clock.set(date(2026, 1, 5))
    register(desk, received_on="2026-01-05")
    with pytest.raises(DeskError, match="【0001】有2件：LH-2026-0001、LH-2025-0001"):
        desk.passing.case_named("0001")


def test_what_was_handed_over_says_so_and_asks_for_nothing(desk: Desk, tmp_path: Path) -> None:
    passed(desk, tmp_path)
    case = desk.lookup.case_by_no("LH-2026-0001")
    glance = desk.lookup.glance(case.case_id)
    assert (glance.left.state, glance.left.number, glance.left.words) == ("已作废", None, "")
    assert glance.next_step.startswith(f"2026-11-20已经作废：移交{OWNER}办理")
    assert glance.next_step.endswith("这个登记号不再用，没有要做的事。")
    assert [found.status_name for found in desk.lookup.search("欧阳修远")] == ["已作废"]


# -- several registers on one machine --------------------------------------------------------------------------


def test_the_registers_of_a_hall_are_known_by_their_units(desk: Desk, owner: Desk) -> None:
    owner.close()
    assert desk.neighbours.all() == []
    kept = desk.neighbours.choose([str(desk.home), str(owner.home), "", str(owner.home)])
    assert [one.name for one in kept] == ["青山县柳河镇人民政府", OWNER]
    assert [one.name for one in desk.neighbours.others()] == [OWNER]
    with pytest.raises(DeskError, match="没有登记簿"):
        desk.neighbours.choose([str(desk.home.parent)])
    assert len(desk.neighbours.all()) == 2, "what is refused changes nothing"
