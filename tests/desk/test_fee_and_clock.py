"""What is refused while a letter is typed: a fee that is not the tariff's, an act without effect; what is provisional says so."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.fees import lines_of
from deskapp.desk.cases.reply import Preview
from deskapp.errors import DeskError
from deskapp.law.fees import fee_by_items, fee_by_pages
from tests.conftest import register

FEE = {"covered": "第11件至第31件", "payment": "凭本通知书缴纳", "standard": "按件"}


def codes(preview: Preview) -> set[str]:
    return {finding.code for finding in preview.findings if finding.blocking}


def text_of(preview: Preview) -> str:
    return "".join(line.text for page in preview.pages for line in page.lines)


# -- the fee ---------------------------------------------------------------------------------------------------


def test_the_sum_and_its_working_are_the_tariffs(desk: Desk) -> None:
    case = register(desk)
    typed = {**FEE, "units": "31", "counted": "于2026年11月累计提出政府信息公开申请31件"}
    preview = desk.reply.preview(case.case_id, "fee_notice", typed)
    assert codes(preview) == set()
    text = text_of(preview)
    for words in ("收取信息处理费2200元", "第11件至第30件：100元/件×20件=2000元", "第31件：200元/件×1件=200元"):
        assert words in text


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"units": "31", "amount": "2300"}, "fee_differs"),
        ({"counted": "累计提出31件", "amount": "2000"}, "fee_differs"),
        ({"units": "31", "amount": "2200", "working": "第11件至第30件：100元/件×20件=2000元"}, "fee_sum"),
        ({"units": "10", "amount": "100"}, "fee_none"),
        ({"standard": "按量", "units": "31", "amount": "100"}, "fee_differs"),
        ({"standard": "按量", "counted": "共101页", "amount": "700"}, "fee_differs"),
        ({"units": "31", "already": "20", "amount": "2200"}, "fee_differs"),
    ],
)
def test_a_sum_that_is_not_the_tariffs_stops_the_letter(desk: Desk, typed: dict[str, str], code: str) -> None:
    case = register(desk)
    facts = {**FEE, "counted": "累计", **typed}
    assert code in codes(desk.reply.preview(case.case_id, "fee_notice", facts))
    with pytest.raises(DeskError):
        desk.reply.issue(case.case_id, "fee_notice", facts)
    assert desk.lookup.case(case.case_id).letters == ()


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ({"units": "11"}, 100),
        ({"units": "31", "already": "20"}, 1200),
        ({"standard": "按量", "units": "250"}, 4700),
        ({"standard": "按量", "counted": "共１０１页"}, 720),
    ],
)
def test_what_is_left_out_is_computed(desk: Desk, typed: dict[str, str], yuan: int) -> None:
    case = register(desk)
    preview = desk.reply.preview(case.case_id, "fee_notice", {**FEE, "counted": "累计", **typed})
    assert codes(preview) == set()
    assert f"收取信息处理费{yuan}元" in text_of(preview)


def test_a_number_that_nobody_wrote_is_said(desk: Desk) -> None:
    case = register(desk)
    typed = {**FEE, "counted": "多次申请", "amount": "100", "working": "第11件：100元/件×1件=100元"}
    found = desk.reply.preview(case.case_id, "fee_notice", typed).findings
    assert [f.blocking for f in found if f.code == "fee_unknown"] == [False]


def test_the_working_is_a_line_for_each_price() -> None:
    assert lines_of(fee_by_pages(201), "页") == [
        "第31页至第100页：10元/页×70页=700元", "第101页至第200页：20元/页×100页=2000元", "第201页：40元/页×1页=40元",
    ]  # fmt: skip
    assert lines_of(fee_by_items(41), "件", already=31) == [
        "第32件至第40件：200元/件×9件=1800元",
        "第41件：300元/件×1件=300元",
    ]
    assert lines_of(fee_by_items(10), "件") == []


def test_the_number_of_the_month_is_counted_from_the_register(desk: Desk) -> None:
    for n in range(11):
        case = register(desk, content=f"第{n}样")
    first = desk.reply.first(case.case_id, "fee_notice")
    assert (first["units"], first["counted"]) == ("11", "于2026年11月累计提出政府信息公开申请11件")


# -- the clock -------------------------------------------------------------------------------------------------

EXTENSION = {"approved_by": "王建国", "reason": "要逐卷核对", "working_days": "20"}


@pytest.mark.parametrize("days", ["21", "99"])
def test_an_extension_that_the_law_does_not_allow_is_refused_while_it_is_typed(desk: Desk, days: str) -> None:
    case = register(desk)
    preview = desk.reply.preview(case.case_id, "extension_notice", {**EXTENSION, "working_days": days})
    found = next(f for f in preview.findings if f.code == "act_idle")
    assert (found.blocking, found.field) == (True, "working_days")
    assert "延长最长20个工作日" in found.what
    assert "act_idle" not in codes(desk.reply.preview(case.case_id, "extension_notice", EXTENSION))


def test_a_second_extension_and_a_late_one_are_refused_while_they_are_typed(desk: Desk, clock: FixedClock) -> None:
    case = register(desk)
    clock.set(date(2026, 12, 21))
    assert "act_idle" in codes(desk.reply.preview(case.case_id, "extension_notice", EXTENSION))
    clock.set(date(2026, 12, 1))
    desk.acts.note(case.case_id, act_draft("extended", working_days="5", approved_by="王建国"))
    assert "act_idle" in codes(desk.reply.preview(case.case_id, "extension_notice", EXTENSION))


def test_a_last_day_in_a_year_without_notice_is_called_provisional(desk: Desk, clock: FixedClock) -> None:
    case = register(desk)
    preview = desk.reply.preview(case.case_id, "extension_notice", EXTENSION)
    assert "2027年1月18日（暂定，该年放假安排公布后可能变动）前（含当日）" in text_of(preview)
    receipt = desk.reply.issue_form(case.case_id, "receipt")
    assert "暂定" not in receipt.text
    clock.set(date(2026, 12, 25))
    late = register(desk, received_on="2026-12-25")
    for kind in ("receipt", "registration_sheet"):
        assert "（暂定" in desk.reply.issue_form(late.case_id, kind).text
