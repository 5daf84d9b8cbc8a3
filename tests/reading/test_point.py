"""The point itself: its log and what is to be mended, what must lie out, talks found again, papers that hang there, years as files."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.reading.daybook import PrintedCopy, VisitDraft
from deskapp.desk.reading.materials import ITEMS, TickDraft
from deskapp.desk.reading.point_log import POINT_KINDS, PointDraft
from deskapp.desk.reading.record_book import RecordBook
from deskapp.desk.reading.satisfaction import SlipDraft
from deskapp.desk.reading.year_files import What
from deskapp.errors import DeskError
from deskapp.exchange.report_draft import overall
from tests.conftest import DAY

INSPECTED = PointDraft(
    kind="inspection", on="2026-10-10", title="看查阅点的材料", who="周敏", role="监督员", people="2", opinions="1",
    found="公报只到八月", mend="补齐九、十月公报", mend_by="党政办", mend_until="2026-10-31",
)  # fmt: skip


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "")


# -- the log ---------------------------------------------------------------------------------------------------


def test_what_is_to_be_mended_is_first_and_on_the_board_until_it_is(desk: Desk) -> None:
    desk.point_log.enter(INSPECTED)
    desk.point_log.enter(
        INSPECTED.model_copy(update={"mend_until": "2026-12-31", "mend": "换标识牌", "on": "2026-11-02"})
    )
    late, later = desk.point_log.open_mends()
    assert (late.late, later.late) == (True, False)
    banner = (
        "2026-10-10监督员检查要改的：补齐九、十月公报（党政办，限2026-10-31，已经过了）。改好了在【工作记事】里记下。"
    )
    assert [line for line in desk.work.board().banners if "要改的" in line] == [banner]
    desk.point_log.mended(late.key)
    assert [mend.note.mend for mend in desk.point_log.open_mends()] == ["换标识牌"]
    assert not [line for line in desk.work.board().banners if "要改的" in line]
    assert "改好了" in desk.point_log.history(late.key)[-1]


def test_the_numbers_of_a_year_are_sentences_of_the_report(desk: Desk) -> None:
    notes = (
        INSPECTED,
        PointDraft(kind="meeting", on="2026-03-01", title="听意见", people="15", opinions="8"),
        PointDraft(kind="survey", title="查阅点好不好用", copies_out="200", copies_back="119", satisfied="118"),
        PointDraft(kind="training", title="登记台操作", people="12"),
        PointDraft(kind="training", title="条例", people="10"),
        PointDraft(kind="publicity", title="赶集发明白卡", people="60", copies_out="300"),
        PointDraft(kind="open_day", title="请群众看窗口", people="20", on="2025-05-15"),
    )
    for note in notes:
        desk.point_log.enter(note)
    assert desk.point_log.sentences(2026) == (
        "全年组织座谈会1次，到会15人次，意见8条。",
        "全年组织问卷调查1次，发出200份，收回119份，满意118份，满意率99.16%。",
        "全年接受监督员检查1次，来了2人次，指出1条，要改的1件，已改好0件。",
        "全年组织业务培训2次，参加22人次。",
        "全年组织宣传活动1次，参加60人次，发出300份。",
    )
    parts = dict(overall(desk.reporting.content(2026)))
    assert parts["（五）监督保障情况"][1:] == desk.point_log.sentences(2026)
    assert desk.point_log.sentences(2024) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [({"kind": "?"}, "kind"), ({"title": " "}, "title"), ({"people": "-1"}, "people"), ({"on": "2027-01-01"}, "on"),
     ({"mend": ""}, "mend"), ({"mend_by": ""}, "mend_by"), ({"mend_until": "2026-10-01"}, "mend_until"),
     ({"mended_on": "2026-10-01"}, "mended_on"), ({"kind": "survey", "copies_out": "1", "copies_back": "2"}, "copies_back"),
     ({"kind": "survey", "copies_out": "9", "copies_back": "2", "satisfied": "3"}, "satisfied")],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(desk: Desk, change: dict[str, str], field: str) -> None:
    with pytest.raises(DeskError) as refused:
        desk.point_log.enter(INSPECTED.model_copy(update=change))
    assert refused.value.field == field
    assert desk.point_log.year(2026) == []


def test_a_note_is_put_right_and_taken_back_with_a_reason(desk: Desk) -> None:
    desk.point_log.enter(INSPECTED)
    (mend,) = desk.point_log.open_mends()
    draft = desk.point_log.draft_of(mend.key)
    desk.point_log.enter(draft.model_copy(update={"people": "3", "why": "少记一人"}), mend.key)
    assert desk.point_log.year(2026)[0].people == 3
    desk.point_log.take_back(mend.key, "记重了")
    assert desk.point_log.open_mends() == []


def test_days_of_a_note_are_seen_from_the_day_it_is_about(desk: Desk) -> None:
    texts = {"kind": "inspection", "title": "看材料", "mend": "补公报", "mend_by": "党政办"}
    note = desk.point_log.enter(PointDraft(**texts, on="12-28", mend_until="1-15", mended_on="1-10"))
    assert (note.on, note.mend_until, note.mended_on) == ("2025-12-28", "2026-01-15", "2026-01-10")
    note = desk.point_log.enter(PointDraft(**texts, on="5-6", mend_until="5-20", mended_on="11-2"))
    assert (note.on, note.mend_until, note.mended_on) == ("2026-05-06", "2026-05-20", "2026-11-02")


# -- what must lie out -----------------------------------------------------------------------------------------


def test_what_is_missing_stands_first_and_what_was_seen_long_ago_is_to_be_seen_again(desk: Desk) -> None:
    assert all(item.missing for item in desk.materials.all())
    for key in ITEMS:
        desk.materials.tick(key, TickDraft(by="李晓梅", on="2026-11-20"))
    desk.materials.tick("gazette", TickDraft(there="no", by="李晓梅", remark="向县里要"))
    desk.materials.tick("aids", TickDraft(by="李晓梅", on="2026-08-01"))
    first, second, *others = desk.materials.all()
    assert (first.key, first.state, second.key) == ("gazette", "缺", "aids")
    assert second.old
    assert not any(item.missing or item.old for item in others)
    assert desk.materials.last_by() == "李晓梅"
    printed = text_of(desk.materials.sheet().pdf)
    assert "向县里要" in printed
    assert "第二十五条" in printed
    with pytest.raises(DeskError, match="谁核对的"):
        desk.materials.tick("gazette", TickDraft())
    with pytest.raises(DeskError, match="清单里没有"):
        desk.materials.tick("x", TickDraft(by="李"))


@pytest.mark.parametrize(
    ("kind", "words"),
    [("sign", ("政府信息查阅点", "柳河镇")), ("hours", ("开放时间", "地址")), ("duties", ("第二十五条", "工作职责"))],
)
def test_papers_of_the_point(desk: Desk, kind: str, words: tuple[str, ...]) -> None:
    unit = desk.lookup.unit()
    desk.upkeep.save_unit(unit.model_copy(update={"office_hours": "工作日8:30至17:30"}))
    sheet = desk.handouts.sheet(kind)
    printed = text_of(sheet.pdf)
    assert all(word in printed for word in words)
    assert len(PdfReader(BytesIO(sheet.pdf)).pages) == 1


def test_a_sign_without_hours_says_what_to_do_and_the_two_forms_have_two_names(desk: Desk) -> None:
    unit = desk.lookup.unit()
    desk.upkeep.save_unit(unit.model_copy(update={"office_hours": ""}))
    with pytest.raises(DeskError, match="填上办公时间"):
        desk.handouts.sheet("hours")
    titles = [desk.handouts.sheet(kind).title for kind in ("blank", "sample")]
    assert titles == ["政府信息公开申请表（空白）", "政府信息公开申请表（填写样例）"]


# -- talks -----------------------------------------------------------------------------------------------------


def test_a_talk_is_found_by_the_person_and_by_what_it_was_about(desk: Desk) -> None:
    desk.daybook.enter(
        VisitDraft(kind="advice", topic="征地补偿标准", name="张三", phone="1390000 0123", on="2026-11-02")
    )
    desk.daybook.enter(VisitDraft(kind="advice", topic="征地补偿标准", on="2026-11-03"))
    desk.daybook.enter(VisitDraft(kind="reading", topic="征地补偿标准", on="2026-11-04"))
    same = "2026-11-02本人来咨询过：征地补偿标准，当场办好（留的是张三，139****0123）"
    for name, phone in (("张 三", ""), ("", "13900000123")):
        assert desk.talks.before(name, phone, "别的")[0] == same
    (line,) = desk.talks.before("李四", "", "柳河镇2025年征地的补偿标准是多少")
    assert line == "这件事有人来问过2次，最近2026-11-03：征地补偿标准，当场办好"
    assert "张三" not in line
    assert desk.talks.before("李四", "", "低保名单") == []
    assert desk.talks.before("", "", "") == []


# -- a year as paper and file ----------------------------------------------------------------------------------


def test_copies_are_a_line_of_the_month_table_and_of_the_sentence(desk: Desk) -> None:
    book = RecordBook(desk._journal, FixedClock(DAY), "copy", PrintedCopy)
    for on, pages in (("2026-03-01", 1), ("2026-03-02", 3), ("2025-01-01", 9)):
        book.put(PrintedCopy(on=on, pages=pages))
    year = desk.daybook.year(2026)
    assert (year.copies[2], sum(year.copies)) == (4, 4)
    assert year.sentence.endswith("群众自助打印4份。")
    table = desk.reading_files.table("visits", 2026)
    assert (table.lines[2][-1], table.lines[-1][-1]) == (4, 4)


@pytest.mark.parametrize("what", ["visits", "satisfaction", "point_log"])
def test_a_year_is_written_with_its_chart_and_on_paper_with_its_plot(desk: Desk, tmp_path: Path, what: What) -> None:
    desk.daybook.enter(VisitDraft(kind="advice", people="7", on="2026-03-05"))
    desk.satisfaction.enter(SlipDraft(remark="=1+1", on="2026-03-05"))
    desk.point_log.enter(INSPECTED)
    desk.reading_files.save(what, 2026, tmp_path / "a.xlsx")
    sheet: Any = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    if what == "visits":
        assert lines[4][:7] == ["3月", 0, 0, 7, 0, 7, 0]
    assert len(sheet._charts) == (what != "point_log")
    path = desk.reading_files.save_here(what, 2026, ".pdf")
    text = text_of(path.read_bytes())
    assert "青山县柳河镇人民政府" in text
    assert ("12月" in text) == (what != "point_log")
    with pytest.raises(DeskError, match="已经存在"):
        desk.reading_files.save(what, 2026, path)
    with pytest.raises(DeskError, match="不能存成"):
        desk.reading_files.save(what, 2026, tmp_path / "a.doc")


def test_every_kind_has_its_name() -> None:
    assert len(set(POINT_KINDS.values())) == 6
