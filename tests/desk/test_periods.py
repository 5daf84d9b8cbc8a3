"""月报: what a span came to, beside the year before; the months together are the year, and the year is its table."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pdfplumber
import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import ActDraft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.reporting.periods import PeriodReport
from deskapp.errors import DeskError
from deskapp.law.annual_report import CLASSES, class_names
from deskapp.law.categories import categories
from deskapp.law.errors import LawError
from deskapp.law.period_figures import change, points
from deskapp.law.receipt import channel_names
from deskapp.law.spans import span_of
from tests.conftest import issue_granted, make_desk, register
from tests.exchange.test_ledger import GOOD, write_csv

YEAR = 2025


@pytest.mark.parametrize(
    ("asked", "first", "last", "name"),
    [
        ("2026-10", "2026-10-01", "2026-10-31", "2026年10月"), ("2024-2", "2024-02-01", "2024-02-29", "2024年2月"),
        ("2026Q3", "2026-07-01", "2026-09-30", "2026年第三季度"), ("2026q4", "2026-10-01", "2026-12-31", "2026年第四季度"),
        ("2026", "2026-01-01", "2026-12-31", "2026年"),
        ("2026-01-05..2026-02-03", "2026-01-05", "2026-02-03", "2026-01-05至2026-02-03"),
    ],
)  # fmt: skip
def test_spans_as_they_are_asked_for(asked: str, first: str, last: str, name: str) -> None:
    span = span_of(asked)
    assert (span.first.isoformat(), span.last.isoformat(), span.name) == (first, last, name)


@pytest.mark.parametrize(
    "asked", ["", "2026-13", "2026Q5", "10", "2026-02-30..2026-03-01", "2026-03-02..2026-03-01", "二〇二六"]
)
def test_what_is_no_span_is_refused(asked: str) -> None:
    with pytest.raises(LawError, match="2026Q3"):
        span_of(asked)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("2024-02", "2023-02-01", "2023-02-28"),
        ("2025-02", "2024-02-01", "2024-02-29"),
        ("2024-02-29..2024-03-10", "2023-02-28", "2023-03-10"),
    ],
)
def test_the_same_span_of_the_year_before(asked: str, first: str, last: str) -> None:
    before = span_of(asked).a_year_before
    assert (before.first.isoformat(), before.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [(113, 100, "增长13.00%"), (50, 100, "下降50.00%"), (7, 7, "持平"), (7, 0, "—"), (0, 5, "下降100.00%")],
)
def test_change_against_the_year_before(now: int, before: int, said: str) -> None:
    assert change(now, before) == said


@pytest.fixture
def busy(tmp_path: Path) -> Desk:
    """A register with two years of cases, as a ledger tells them."""
    chance, desk, lines = random.Random(7), make_desk(tmp_path / "home", FixedClock(date(2026, 2, 10))), []
    kinds = [category.name for category in categories() if category.answers and category.row]
    for n in range(240):
        received = date(2024, 1, 1) + timedelta(chance.randrange(720))
        line = {
            **{key: GOOD[key] for key in ("申请人", "申请内容")}, "收到日期": received.isoformat(), "申请内容": f"预算{n}",
            "收到方式": chance.choice(list(channel_names().values())), "申请人类别": chance.choice(list(class_names().values())),
        }  # fmt: skip
        if chance.random() < 0.9 and (answered := received + timedelta(chance.randrange(1, 45))) < date(2026, 2, 10):
            line |= {"答复类型": chance.choice(kinds), "答复日期": answered.isoformat()}
            line |= {"送达方式": "当面", "送达日期": answered.isoformat()}
        lines.append(line)
    done = desk.ledgers.take(write_csv(tmp_path / "a.csv", lines))
    assert not done.bad, done.bad[:3]
    return desk


def figures(desk: Desk, asked: str) -> PeriodReport:
    return desk.periods.report(asked)


def test_twelve_months_are_the_year_and_the_year_is_its_table(busy: Desk) -> None:
    year, months = figures(busy, str(YEAR)).now, [figures(busy, f"{YEAR}-{month:02}").now for month in range(1, 13)]
    table = {row.key: row.values for row in busy.reporting.report(YEAR).table3}
    assert (year.received, year.carried_in, year.closed, year.carried_out) == tuple(
        table[key][-1] for key in ("new", "carried_in", "total", "carried_out")
    )
    assert list(year.classes.values()) == list(table["new"][: len(CLASSES)])
    assert {f"group_{key}": count for key, count in year.groups.items()}.items() <= busy.reporting.report(
        YEAR
    ).narrative.items()
    for name in ("received", "closed", "judged", "in_time"):
        assert sum(getattr(month, name) for month in months) == getattr(year, name), name
    assert [month.carried_in for month in months[1:]] == [month.carried_out for month in months[:-1]]
    assert sorted(late.case_no for month in months for late in month.late) == sorted(
        late.case_no for late in year.late
    )
    assert year.late, "some are late"
    assert year.received + year.carried_in == year.closed + year.carried_out
    busy.close()


def test_the_year_before_stands_beside(busy: Desk) -> None:
    found = figures(busy, "2025Q2")
    assert found.before is not None
    assert found.before.received == figures(busy, "2024Q2").now.received
    line = next(line for line in found.lines if line[0] == "新收")
    assert line[1:] == (
        f"{found.now.received}件", f"{found.before.received}件", change(found.now.received, found.before.received),
    )  # fmt: skip
    share = next(line for line in found.lines if line[0].startswith("按期率"))
    assert share[3] == points(found.now.in_time_share, found.before.in_time_share)
    assert [line[2:] for line in figures(busy, "2023").lines] == [("—", "—")] * len(figures(busy, "2023").lines)
    assert figures(busy, "2023").before is None
    busy.close()


def test_working_days_and_in_time_of_a_case_by_hand(desk: Desk) -> None:
    """Received on Friday 2026-11-20, answered and handed over the same day: no working day after, in time."""
    letter = issue_granted(desk)
    desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, signed_by="本人"))
    now = figures(desk, "2026-11").now
    assert (now.received, now.closed, now.judged, now.in_time, now.working_days, now.timed) == (1, 1, 1, 1, 0.0, 1)
    assert (now.channels["in_person"], now.groups["granted"], now.closed_share, now.in_time_share) == (1, 1, 1.0, 1.0)
    assert now.visits["application"] == 1


def late_case(home: Path) -> tuple[Desk, str]:
    """An answer that goes out on 2026-11-20 although its last day was 2026-11-09."""
    desk = make_desk(home, FixedClock(date(2026, 11, 20)))
    letter = issue_granted(desk, received_on="2026-10-12")
    verdict = desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, signed_by="本人"))
    assert verdict.in_time is False
    return desk, letter.case_id


def test_a_late_answer_is_listed_with_its_reason(tmp_path: Path) -> None:
    desk, case_id = late_case(tmp_path / "home")
    assert figures(desk, "2026-11").late_lines == ["LH-2026-0001　最后一日2026-11-09，2026-11-20送出：没有记原因"]
    for why in ("经办人休假", "征求意见的回函迟到"):
        desk.acts.note(case_id, ActDraft(act="late_explained", values={"why": why}))
    assert figures(desk, "2026-11").late_lines == [
        "LH-2026-0001　最后一日2026-11-09，2026-11-20送出：征求意见的回函迟到"
    ]
    assert figures(desk, "2026-11").as_contract()["late"][0]["why"] == "征求意见的回函迟到"
    desk.close()


def test_what_is_overdue_at_the_end_of_the_span_is_listed(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "home", FixedClock(date(2026, 11, 20)))
    register(desk, received_on="2026-10-12")
    assert [late.case_no for late in figures(desk, "2026-11").now.overdue] == ["LH-2026-0001"]
    assert figures(desk, "2026-10").now.overdue == []
    register(desk, received_on="2026-10-30")  # its last day is 2026-11-27
    for asked in ("2026-11", "2026Q4", "2026"):
        assert [late.case_no for late in figures(desk, asked).now.overdue] == ["LH-2026-0001"], (
            "what is due later is not overdue yet"
        )
    desk.close()


@pytest.mark.parametrize("ending", [".xlsx", ".pdf"])
def test_the_page_as_a_file(busy: Desk, tmp_path: Path, ending: str) -> None:
    path = busy.periods.save_here("2025Q1", ending)
    found, title = figures(busy, "2025Q1"), "青山县柳河镇人民政府2025年第一季度政府信息公开申请办理情况"
    if ending == ".xlsx":
        book = openpyxl.load_workbook(path)
        page = book["月报"]
        assert page["A1"].value == title
        assert [
            tuple(cell.value for cell in row) for row in page.iter_rows(min_row=3, max_row=2 + len(found.lines))
        ] == found.lines
        months = [tuple(cell.value for cell in row) for row in book["全年走势"].iter_rows(min_row=2, max_col=3)]
        assert [row[1:] for row in months] == busy.periods.months(2025)
        assert len(book["全年走势"]._charts) == 1  # type: ignore[attr-defined]  # the library has no types for it
    else:
        with pdfplumber.open(path) as pdf:
            text = "".join((page.extract_text() or "") for page in pdf.pages).replace("\n", "")
        assert title in text
        assert all(line[0].strip() in text for line in found.lines)
        assert all(word in text for word in ("上年同期", "2025年每月收到和办结的件数", "12月"))
        assert all(late.split("　")[0] in text for late in found.late_lines)
    with pytest.raises(DeskError, match="已经存在"):
        busy.periods.save("2025Q1", path)
    with pytest.raises(DeskError, match="月报不能存成"):
        busy.periods.save("2025Q1", tmp_path / "a.txt")
    busy.close()


def test_a_span_that_has_not_begun_is_refused(desk: Desk) -> None:
    with pytest.raises(DeskError, match="2026年12月还没有到"):
        figures(desk, "2026-12")
    with pytest.raises(DeskError, match="不是一段时间"):
        figures(desk, "上个月")


def test_an_empty_register_has_a_page_of_nothings(desk: Desk) -> None:
    now = figures(desk, "2026-11").now
    assert (now.received, now.closed_share, now.in_time_share, now.working_days) == (0, None, None, None)
    assert figures(desk, "2026-11").late_lines == []
