"""办理期限计算表: every day of the count with its number, every act with its article, as they are in the deadline."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from deskapp.desk import Desk
from deskapp.register import events as ev
from tests.conftest import DAY, register


def text_of(pdf: bytes) -> list[str]:
    return [page.extract_text().replace(" ", "") for page in PdfReader(BytesIO(pdf)).pages]


def test_the_sheet_tells_every_day_of_the_count(desk: Desk) -> None:
    case = register(desk, received_on="2026-10-30")
    desk.acts.record(case.case_id, ev.PartyConsulted(on=DAY, party="宏远建筑公司"))
    sheet = desk.clock_sheets.of_case(case.case_id)
    assert sheet.title == f"办理期限计算表 {case.case_no}"
    calendar, *lists = text_of(sheet.pdf)
    whole = "".join(lists)
    deadline = desk.lookup.deadline(desk.lookup.case(case.case_id))
    for day in deadline.days:
        assert day.date.isoformat() in whole
    assert all(f"第{n}" in calendar for n in range(1, 15)), "the numbers stand in the calendar too"
    for words in (
        "收到申请（第三十一条）",
        "征求第三方意见（第三十二条",
        f"{deadline.due_on}",
        "最后一日（第三十三条",
        "停算",
        "计算人：",
    ):
        assert words in whole
    assert "2026年10月" in calendar
    assert f"最后一日{deadline.due_on}" in calendar


def test_a_long_history_takes_as_many_pages_as_it_needs(desk: Desk) -> None:
    case = register(desk, received_on="2026-07-20")
    desk.acts.record(
        case.case_id, ev.Extended(on=DAY.replace(month=8, day=10), working_days=20, approved_by="王建国")
    )
    pages = text_of(desk.clock_sheets.of_case(case.case_id).pdf)
    assert len(pages) > 4
    assert "超过" not in pages[0]
    assert any("超" in page for page in pages[2:]), "the days past the last one are counted on"
