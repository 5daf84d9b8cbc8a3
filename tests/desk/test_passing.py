"""代办: several registers side by side, and a case that goes to the owner's register as a file with its papers."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.office.staff import ColleagueDraft
from deskapp.errors import DeskError
from deskapp.exchange.passing import CASE, MANIFEST
from deskapp.printing.file import NoPrinterPort
from tests.conftest import DAY, issue_granted, profile, register

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
    papers = list((owner.home / "文书").glob("ZR-2026-0001 移交*.pdf"))
    assert [paper.read_bytes()[:4] for paper in papers] == [b"%PDF"]
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
    assert not list((owner.home / "文书").glob("*移交*"))


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
