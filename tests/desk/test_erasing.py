"""People of files whose period has run out are erased by two, with everything beside the register, and a certificate says what is left."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.cases.papers import PaperDraft
from deskapp.errors import DeskError
from deskapp.exchange.bundle.tasks import Task, TaskAnswer
from deskapp.register import journal
from tests.conftest import issue_granted
from tests.papers import scans

NAME, PHONE, WANTED = "欧阳修远", "13905550123", "桥头村2024年度财务收支公开表"
LATER = date(2100, 1, 5)
WHY = "鉴定小组意见"


@pytest.fixture(autouse=True)
def far_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that knows no calendar of such a year would take the clock for wrong."""
    monkeypatch.setattr(journal, "YEARS_AHEAD", 200)


def filed(desk: Desk) -> str:
    """A case in the archive with a scan, a letter that was saved here, an exported paper; its number."""
    letter = issue_granted(desk, applicant=NAME, phone=PHONE, content=WANTED)
    desk.papers.attach(letter.case_id, scans.pdf(desk.home / "申请书.pdf", 1), PaperDraft(name=f"{NAME}的申请书"))
    (desk.home / "申请书.pdf").unlink()
    desk.paper.save_pdf(letter.id)
    desk.papers.export(letter.case_id)
    desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, way="in_person", signed_by=NAME))
    return desk.delivery.archive(letter.case_id).case_no


def test_nothing_is_left_but_the_figures(desk: Desk, clock: FixedClock, tmp_path: Path) -> None:
    number = filed(desk)
    desk.upkeep.daily_backup()
    desk.upkeep.backup(tmp_path / "U盘.db")
    table = desk.reporting.report(2026)
    clock.set(LATER)
    done = desk.erasing.erase([number], "王建国", WHY, "李晓梅")
    assert [one.case_no for one in done.cases] == [number]
    assert done.unclean == ""
    assert done.elsewhere == (str(tmp_path / "U盘.db"),)
    assert desk.reporting.report(2026) == table
    assert not [finding for finding in desk.upkeep.check() if finding.fault and finding.code != "calendar"]
    left = [path for path in desk.home.rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()]
    assert left == []
    named = {path.name for path in desk.home.rglob("*") if path.is_file() and number in path.name}
    assert {name.rpartition("/")[2] for name in done.named} == named
    assert number in desk.erasing.certificate(done).title or desk.erasing.certificate(done).pdf.startswith(b"%PDF")


def test_what_was_answered_to_the_county_about_it_goes_too(desk: Desk, clock: FixedClock) -> None:
    """By the number in the task, or by a name in the words, in every version; what is about others stays, and the checks know of it."""
    number = filed(desk)
    due = date(2026, 12, 10)
    tasks = [
        Task(
            id=f"0000000{n}",
            point="0" * 32,
            kind=kind,
            text=text,
            given_on=date(2026, 11, 20),
            until=due,
            cases=cases,
        )
        for n, (kind, text, cases) in enumerate(
            [("spot_check", "核对", (number,)), ("mend", "补写救济途径", ()), ("mend", "挂标识牌", ())]
        )
    ]
    desk.tasks.bring(tasks)
    desk.tasks.answer(tasks[0].id, "查过", {number: f"{NAME}签收的回执在"})
    desk.tasks.answer(tasks[1].id, f"给{NAME}补写了")
    desk.tasks.answer(tasks[1].id, "补写了")  # the version before says who
    desk.tasks.answer(tasks[2].id, "挂好了")
    clock.set(LATER)
    done = desk.erasing.erase([number], "王建国", WHY, "李晓梅")
    assert done.cases[0].notes == 3
    left = {each.task.id: each.answer for each in desk.tasks.all()}
    assert left[tasks[0].id] == TaskAnswer(task=tasks[0].id, on=date(2026, 11, 20), text="—", found={number: "—"})
    assert [answer.text for answer in (left[tasks[1].id], left[tasks[2].id]) if answer] == ["—", "挂好了"]
    assert NAME.encode() not in (desk.home / "register.db").read_bytes()
    assert not [finding for finding in desk.upkeep.check() if finding.fault and finding.code != "calendar"]


def test_it_waits_until_the_period_has_run_out(desk: Desk) -> None:
    number = filed(desk)
    with pytest.raises(DeskError, match="要保管到"):
        desk.erasing.erase([number], "王建国", WHY, "李晓梅")
    assert desk.lookup.case_by_no(number).applicant == NAME


@pytest.mark.parametrize(
    ("second", "why", "field"), [("李晓梅", WHY, "second"), ("", WHY, "second"), ("王建国", " ", "why")]
)
def test_two_people_and_a_reason(desk: Desk, clock: FixedClock, second: str, why: str, field: str) -> None:
    number = filed(desk)
    clock.set(LATER)
    with pytest.raises(DeskError) as refused:
        desk.erasing.erase([number], second, why, "李晓梅")
    assert refused.value.field == field
    assert desk.lookup.case_by_no(number).applicant == NAME


def test_all_of_them_or_none(desk: Desk, clock: FixedClock) -> None:
    first, second = filed(desk), filed(desk)
    clock.set(LATER)
    desk.erasing.erase([first], "王建国", WHY, "李晓梅")
    with pytest.raises(DeskError, match="已经删除过"):
        desk.erasing.erase([second, first], "王建国", WHY, "李晓梅")
    assert desk.lookup.case_by_no(second).applicant == NAME


def test_a_copy_that_cannot_be_made_anew_leaves_the_old_ones(
    desk: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = filed(desk)
    before = desk.upkeep.daily_backup()
    clock.set(LATER)

    def refused() -> None:
        raise DeskError("磁盘满了。", "", "")

    monkeypatch.setattr(desk.upkeep, "daily_backup", refused)
    done = desk.erasing.erase([number], "王建国", WHY, "李晓梅")
    assert "旧备份还留着：磁盘满了" in done.sentence
    assert desk.lookup.case_by_no(number).applicant != NAME
    assert before is not None
    assert before.exists()
