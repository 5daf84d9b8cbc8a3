"""No behaviour hangs on a sentence: every refusal, finding, check and damage says nonsense here, and all goes its way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from textual.widgets import Input

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.cases.intake import Problem
from deskapp.desk.cases.paper import STILL_WAITING
from deskapp.desk.office.finding import DoctorFinding
from deskapp.desk.office.restoring import restore_backup as restore
from deskapp.errors import DeskError
from deskapp.exchange.apart import GAVE_UP
from deskapp.law import counting, report_checks
from deskapp.law.errors import LawError
from deskapp.law.report_checks import RULES
from deskapp.printing.port import JobEnd, PrintResult
from deskapp.redaction import reading
from deskapp.register import integrity
from deskapp.register.store import DAMAGED
from deskapp.screens.cases.letter import LetterScreen
from deskapp.screens.cases.paper import LetterPaperScreen
from deskapp.screens.frame.ask import AskModal
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.office.unit import UnitScreen
from deskapp.screens.office.verifying import ReportFindingsScreen, VerifyReportScreen
from letters import document
from letters.errors import PressError
from tests.conftest import DATA, DAY, issue_granted, make_desk, register
from tests.register.test_integrity import unguarded
from tests.screens.conftest import Paper, front, press, running, workers_ended

NONSENSE = "嗯"


def said_otherwise(make: Callable[..., None], words: tuple[str, ...]) -> Callable[..., None]:
    """An initializer after which these fields hold nonsense, where they held a sentence."""

    def init(self: Any, *given: Any, **named: Any) -> None:
        make(self, *given, **named)
        for name in words:
            if getattr(self, name, ""):
                object.__setattr__(self, name, NONSENSE)

    return init


@pytest.fixture(autouse=True)
def nonsense(monkeypatch: pytest.MonkeyPatch) -> None:
    for cls, words in (
        (DeskError, ("what", "meaning", "todo")),
        (document.Finding, ("where", "what", "todo")),
        (report_checks.Check, ("name", "detail")),
        (report_checks.ReportFault, ("said", "joint")),
        (integrity.Damage, ("where",)),
        (counting.ClockFault, ("message",)),
        (DoctorFinding, ("message", "what_to_do")),
        (Problem, ("message",)),
    ):
        monkeypatch.setattr(cls, "__init__", said_otherwise(cls.__init__, words))
    for error in (LawError, PressError):
        monkeypatch.setattr(error, "__str__", lambda self: NONSENSE)


def test_the_sentences_are_nonsense() -> None:
    assert str(DeskError("甲", "乙", "丙")) == NONSENSE * 3
    assert document.Finding("c", True, "甲", "乙", "丙").what == NONSENSE
    assert report_checks.Check(key="a", name="甲", ok=True, detail="乙").detail == NONSENSE
    assert integrity.Damage("shape", "缺少events").where == NONSENSE


class Jammed(Paper):
    """A printer that keeps what it was given."""

    def send(self, pdf: bytes, title: str, printer: str) -> PrintResult:
        self.sent.append((printer, pdf))
        return PrintResult("waiting", "7", NONSENSE)

    def may_still_print(self, printer: str, job: str) -> bool:
        return True

    def end_of(self, printer: str, job: str) -> JobEnd:
        return ""


async def test_a_letter_that_may_still_print_is_asked_about(tmp_path: Path) -> None:
    jammed = Jammed()
    desk = make_desk(tmp_path / "home", FixedClock(DAY), jammed)
    letter = issue_granted(desk)
    desk.paper.print(letter.id, "前台激光")
    with pytest.raises(DeskError) as refused:
        desk.paper.print(letter.id, "前台激光")
    assert refused.value.code == STILL_WAITING
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(LetterPaperScreen(letter.id, list(desk.lookup.case(letter.case_id).letters)))
        await workers_ended(pilot)  # the printers are looked for in the background
        await press(pilot, "down", "enter")
        await workers_ended(pilot)
        await pilot.pause()
        assert isinstance(front(pilot), ConfirmScreen)
        await press(pilot, "enter")
        await workers_ended(pilot)
        await pilot.pause()
        assert isinstance(front(pilot), AskModal)
        await press(pilot, *"torn", "enter")
        assert len(jammed.sent) == 2


async def test_a_bad_particular_of_the_unit_is_marked(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(UnitScreen())
        await pilot.pause()
        front(pilot)._lay({**front(pilot)._typed(), "postcode": "x"})
        await press(pilot, "f9")
        assert front(pilot).focused.id == "field-postcode"
        assert front(pilot).query_one("#label-postcode").has_class("problem")


async def test_a_missing_fact_of_a_letter_is_marked(desk: Desk) -> None:
    case = register(desk)
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(LetterScreen(case.case_id, "correction_notice", "补正"))
        await press(pilot, "f9")
        assert front(pilot).focused.id == "field-ground"
        assert front(pilot).query_one("#label-points").has_class("problem")


def test_a_register_without_a_table_is_looked_at_no_further(desk: Desk) -> None:
    register(desk)
    tool = unguarded(desk.home / "register.db")
    tool.execute("DROP TABLE records")
    tool.close()
    found = integrity.verify(desk._journal)
    assert {item.code for item in found} == {"shape"}
    assert "records" in {item.lacks for item in found}


def test_a_damaged_backup_is_told_to_have_changed_nothing(tmp_path: Path) -> None:
    (tmp_path / "b.db").write_bytes(b"no register")
    with pytest.raises(DeskError) as refused:
        restore(tmp_path / "b.db", tmp_path / "new", FixedClock(DAY))
    assert (refused.value.code, bool(refused.value.meaning)) == (DAMAGED, True)
    assert not (tmp_path / "new").exists()


def test_a_year_is_frozen_once_and_compared_by_its_key(desk: Desk, clock: FixedClock) -> None:
    issue_granted(desk)
    clock.set(date(2027, 1, 10))
    desk.reporting.freeze(2026)
    assert "h" not in {check.key for check in desk.reporting.frozen(2026).checks}  # type: ignore[union-attr]  # just frozen
    assert "h" in {check.key for check in desk.reporting.report(2026).checks}
    with pytest.raises(DeskError):
        desk.reporting.freeze(2026)


async def test_a_published_report_is_verified_by_what_was_found(desk: Desk) -> None:
    async with running(desk.home, desk) as pilot:
        await pilot.app.push_screen(VerifyReportScreen())
        await pilot.pause()
        front(pilot).query_one("#field-file", Input).value = str(DATA / "reports/金湖县_2023.json")
        front(pilot).query_one("#field-year", Input).value = "2999"
        await press(pilot, "f9")
        assert front(pilot).focused.id == "field-year"
        front(pilot).query_one("#field-year", Input).value = "2023"
        await press(pilot, "f9")
        assert isinstance(front(pilot), ReportFindingsScreen)
        found = front(pilot)._found
        assert (found.count("wrong"), found.count("right")) == (1, 4)
        await press(pilot, "enter")
        assert RULES["d"] in found.findings[0].whole


def test_an_act_without_effect_is_refused_by_its_finding(desk: Desk, clock: FixedClock) -> None:
    case = register(desk)
    clock.set(date(2026, 12, 28))
    for draft in (
        act_draft("extended", working_days="5", approved_by="王建国"),
        act_draft("deferred", until="2027-01-20"),
        act_draft("fee_noticed"),
    ):
        with pytest.raises(DeskError):
            desk.acts.note(case.case_id, draft)
        assert desk.lookup.case(case.case_id) == case


def test_a_letter_that_names_no_way_online_is_not_delivered_online(desk: Desk) -> None:
    letter = issue_granted(desk)
    draft = DeliveryDraft(letter_id=letter.id, way="online")
    with pytest.raises(DeskError) as refused:
        desk.delivery.serve(letter.case_id, draft)
    assert refused.value.field == "way"


def test_the_check_of_remedies_goes_by_what_the_law_says_of_the_paragraph(desk: Desk) -> None:
    case = register(desk)
    made = desk.reply._make(desk.lookup.case(case.case_id), desk.reply._template("third_party"), {})
    assert made.facts.remedies
    assert made.facts.remedies.review_comes_first
    assert not [f for f in made.findings if f.code == "remedies_class"]


def test_a_paper_whose_reader_gives_up_is_told_with_what_to_do_about_a_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not with what to do about a table; the code says that the reader gave up, whatever it says."""
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    for code, again in ((GAVE_UP, True), ("", False)):
        first = DeskError("甲", "乙", "丙", code=code)
        monkeypatch.setattr(reading, "Apart", Mock(side_effect=first))
        with pytest.raises(DeskError) as refused:
            reading.read_pages(path)
        assert (refused.value.__cause__ is first) is again
