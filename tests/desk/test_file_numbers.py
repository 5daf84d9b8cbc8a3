"""The number of a file: given when it is put away, kept, on cover and lists alike, and not moved by what becomes of other cases."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.errors import DeskError
from deskapp.law.case_file import archive_number, archive_serial
from deskapp.register import events as ev
from deskapp.register.case import Case
from tests.conftest import DAY, NOT_HELD, issue, register


def _served(desk: Desk, applicant: str) -> Case:
    letter = issue(desk, register(desk, applicant=applicant).case_id, "not_held", NOT_HELD)
    desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, way="in_person", signed_by=applicant))
    return desk.lookup.case(letter.case_id)


def _put_away(desk: Desk, case: Case, number: str = "") -> str:
    archived = desk.acts.note(case.case_id, act_draft("archived", archive_no=number)).archived
    assert archived
    return archived.archive_no


def _listed(desk: Desk) -> dict[str, str]:
    return {str(line[1]): str(line[0]) for line in desk.year_lists.make("handover", 2026).lines}


def _by_an_older_program(desk: Desk, case: Case) -> None:
    """Put away as before numbers were kept."""
    desk._journal.append(case.case_id, [ev.Archived(on=DAY)])


def test_a_withdrawal_moves_no_number_of_a_file_that_was_put_away(desk: Desk) -> None:
    open_, first, second = register(desk, applicant="甲"), _served(desk, "乙"), _served(desk, "丙")
    assert desk.acts.begun(first, "archived") == {"archive_no": "WS·2026-D10-0001"}
    assert _put_away(desk, first) == "WS·2026-D10-0001"
    assert _listed(desk) == {first.case_no: "WS·2026-D10-0001", second.case_no: "WS·2026-D10-0002（拟）"}
    desk.acts.note(open_.case_id, act_draft("withdrawn"))
    assert _listed(desk) == {
        open_.case_no: "WS·2026-D10-0002（拟）", first.case_no: "WS·2026-D10-0001", second.case_no: "WS·2026-D10-0003（拟）",
    }  # fmt: skip
    assert _put_away(desk, second) == "WS·2026-D10-0002"
    assert _listed(desk)[open_.case_no] == "WS·2026-D10-0003（拟）"


def test_it_stands_on_the_cover_and_in_the_folder(desk: Desk) -> None:
    case = _served(desk, "甲")
    assert "WS·" not in desk.reply.loose(case.case_id, "case_cover").text
    number = _put_away(desk, case)
    assert number in desk.reply.loose(case.case_id, "case_cover").text
    assert desk.folders.make(case.case_id).archive_no == number


def test_files_put_away_without_a_number_keep_the_order_of_their_putting_away(desk: Desk) -> None:
    cases = [_served(desk, name) for name in "甲乙丙"]
    for case in (cases[2], cases[0]):
        _by_an_older_program(desk, case)
    before = {cases[2].case_no: "WS·2026-D10-0001", cases[0].case_no: "WS·2026-D10-0002"}
    assert _listed(desk) == {**before, cases[1].case_no: "WS·2026-D10-0003（拟）"}
    assert any("2件归档时没有记档号" in said for said in desk.year_lists.make("handover", 2026).said)
    assert _put_away(desk, cases[1]) == "WS·2026-D10-0003"
    desk.acts.note(cases[2].case_id, act_draft("disputed", route="review"))
    assert _listed(desk) == {**before, cases[1].case_no: "WS·2026-D10-0003"}
    assert "WS·2026-D10-0001" in desk.reply.loose(cases[2].case_id, "case_cover").text


def test_no_number_is_given_twice(desk: Desk) -> None:
    first, second, older = (_served(desk, name) for name in "甲乙丙")
    _by_an_older_program(desk, older)
    assert _put_away(desk, first, "2026-012") == "2026-012"
    for taken, whose in (("2026-012", first), ("WS·2026-D10-0001", older)):
        with pytest.raises(DeskError, match=f"已经给了{whose.case_no}"):
            _put_away(desk, second, taken)
    assert _put_away(desk, second, "WS·2026-D10-0007") == "WS·2026-D10-0007"
    assert _put_away(desk, _served(desk, "丁")) == "WS·2026-D10-0008"


def test_a_case_that_was_opened_again_keeps_its_number(desk: Desk) -> None:
    case = _served(desk, "甲")
    number = _put_away(desk, case)
    redo = act_draft("redo_ordered", ordered_by="self", why="答复漏了一项", working_days="20")
    desk.acts.note(case.case_id, redo)
    letter = issue(desk, case.case_id, "not_held", {**NOT_HELD, "search_process": "重新查了两个库房，没有找到"})
    serve = DeliveryDraft(letter_id=letter.id, way="in_person", signed_by="甲")
    desk.delivery.serve(case.case_id, serve)
    other = _served(desk, "乙")
    assert _put_away(desk, other) == "WS·2026-D10-0002"
    assert _put_away(desk, desk.lookup.case(case.case_id)) == number


def test_what_was_not_delivered_is_said_in_the_list(desk: Desk) -> None:
    letter = issue(desk, register(desk).case_id, "not_held", NOT_HELD)
    (line,) = desk.year_lists.make("handover", 2026).lines
    assert str(line[7]).startswith("没有送达；没有归档")
    assert letter.number


@pytest.mark.parametrize(
    ("number", "place"), [("2026-012", None), ("WS·2025-D10-0001", None), ("XWS·2026-D10-0001", None)]
)
def test_the_serial_of_a_number(number: str, place: object) -> None:
    made = archive_number(2026, "D30", 12, "Z109", date(2026, 12, 1))
    assert archive_serial(made, 2026, DAY) == ("D30", 12)
    assert archive_serial(number, 2026, DAY) == place
