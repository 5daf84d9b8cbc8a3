"""The day book, slips, questions, releases and sheets, as cases with literal days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from deskapp.catalogue.entry import Entry
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.reading.daybook import VisitDraft
from deskapp.desk.reading.publication import EntryDraft
from deskapp.desk.reading.questions import QuestionDraft
from deskapp.desk.reading.satisfaction import Share, SlipDraft
from deskapp.errors import DeskError
from deskapp.register.act import NO, YES
from letters.pdf.fonts import FontBook
from letters.typeset.grid import HEIGHT, TOP
from letters.typeset.notice import Part, notice
from tests.conftest import DAY, issue, issue_granted, make_desk, register
from tests.screens.conftest import Paper

ROAD = Entry("LH001", "道路硬化招标公告", url="https://a.example/1", published_on="2025-06-03")


# -- the day book ----------------------------------------------------------------------------------------------


def test_a_day_has_what_was_noted_and_what_was_registered(desk: Desk) -> None:
    register(desk)
    register(desk, channel="挂号邮寄", mail_number="XA1", signed_by="门卫")
    desk.daybook.enter(VisitDraft(kind="advice", people="3", topic="宅基地", minutes="20"))
    lines = desk.daybook.day()
    assert [(line.kind, line.people, line.minutes) for line in lines] == [("application", 1, 0), ("advice", 3, 20)]
    assert lines[0].topic.startswith("LH-2026-0001"), "what came by mail is no visit"


def test_one_paper_of_several_items_is_one_visit(desk: Desk) -> None:
    register(desk, content="甲项内容\n乙项内容", several="several")
    assert len(desk.daybook.day()) == 1


def test_a_year_is_counted_month_by_month(desk: Desk) -> None:
    for on, kind, people in (
        ("2026-01-05", "reading", "2"),
        ("2026-01-31", "reading", "1"),
        ("2026-11-20", "explanation", "40"),
    ):
        desk.daybook.enter(VisitDraft(kind=kind, people=people, on=on))
    register(desk)
    book = desk.daybook.year(2026)
    assert book.months[0]["reading"].people == 3
    assert book.months[0]["reading"].visits == 2
    assert book.total().people == 44
    assert (
        book.sentence
        == "2026年，查阅点共接待群众44人次（4批），其中现场申请1人次、阅览3人次、咨询0人次、政策解读40人次。"
    )
    assert desk.daybook.year(2025).total().people == 0


def test_a_visit_is_put_right_or_taken_back_and_counts_once(desk: Desk) -> None:
    line = desk.daybook.enter(VisitDraft(kind="reading", people="2"))
    changed = {"people": "5", "why": "少数了三个人"}
    desk.daybook.enter(desk.daybook.draft_of(line.key).model_copy(update=changed), line.key)
    assert [found.people for found in desk.daybook.day()] == [5]
    desk.daybook.take_back(line.key, "记到别的点了")
    assert desk.daybook.day() == []
    assert len(desk._store.query("SELECT 1 FROM records WHERE kind = 'visit'")) == 3, "nothing is rubbed out"
    with pytest.raises(DeskError, match="不在了"):
        desk.daybook.take_back(line.key, "再撤")


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "application"), ("kind", "x"), ("people", "0"), ("people", "-1"), ("people", "501"), ("people", "三"),
     ("people", "0000019999"), ("people", "9" * 5000),
     ("minutes", "1441"), ("on", "2026-11-21"), ("on", "2007-01-01"), ("on", "昨天"), ("topic", "话" * 201)],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(desk: Desk, field: str, value: str) -> None:
    with pytest.raises(DeskError):
        desk.daybook.enter(VisitDraft.model_validate({field: value}))
    assert desk.daybook.day() == []


@pytest.fixture(scope="module")
def one_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = make_desk(tmp_path_factory.mktemp("any") / "home", FixedClock(DAY))
    yield made
    made.close()


@settings(max_examples=60, deadline=None)
@given(
    texts=st.fixed_dictionaries(
        {}, optional={name: st.text(max_size=30) for name in ("people", "topic", "minutes", "outcome", "on")}
    )
)
def test_any_text_is_noted_or_refused(one_desk: Desk, texts: dict[str, str]) -> None:
    before = len(one_desk.daybook.day())
    try:
        line = one_desk.daybook.enter(VisitDraft(**texts))
    except DeskError:
        assert len(one_desk.daybook.day()) == before
        return
    assert 1 <= line.people <= 500


# -- satisfaction ----------------------------------------------------------------------------------------------


def test_shares_have_two_decimals_and_their_count(desk: Desk) -> None:
    for mark, times in (("yes", 165), ("no", 2)):
        for _ in range(times):
            desk.satisfaction.enter(SlipDraft(mark=mark, channel="online"))
    opinion = desk.satisfaction.year(2026)
    assert opinion.channels["online"].percent == "98.80%", "临海 2020: 167 online, 98.8 %"
    assert opinion.all.as_contract() == {"slips": 167, "satisfied": 165, "percent": 98.8}
    assert "167份" in opinion.sentence
    assert "只供参考" not in opinion.sentence


def test_few_slips_are_called_few_and_none_is_no_share() -> None:
    assert Share(29, 29).words == "100.00%（29份中29份，份数少，只供参考）"
    assert Share(119, 118).words == "99.16%（119份中118份）", "临海 2020: 119 offline, 99.16 %"
    assert Share(0, 0).words == "没有问卷"


def test_by_month_and_service(desk: Desk) -> None:
    desk.satisfaction.enter(SlipDraft(mark="fair", service="reading", on="2026-03-01", remark="快一点"))
    desk.satisfaction.enter(SlipDraft(mark="no", service="reading", on="2026-11-20"))
    opinion = desk.satisfaction.year(2026)
    assert (opinion.months[2].satisfied, opinion.months[10].satisfied) == (1, 0)
    assert opinion.services["reading"].slips == 2
    assert opinion.remarks == ("2026-03-01 快一点",)
    for field in ("mark", "service", "channel"):
        with pytest.raises(DeskError):
            desk.satisfaction.enter(SlipDraft.model_validate({field: "?"}))


# -- questions -------------------------------------------------------------------------------------------------


def test_questions_are_found_counted_and_grow_old(desk: Desk) -> None:
    desk.questions.enter(QuestionDraft(question="低保名单在哪里看", answer="村务公开栏"))
    desk.questions.enter(
        QuestionDraft(
            question="宅基地怎么批",
            answer="先向村里申请",
            basis="土地管理法第六十二条",
            checked_by="王建国",
            checked_on="2025-11-20",
        )
    )
    fresh, old = desk.questions.all("宅基地")[0], desk.questions.all("dbmd")[0]
    assert (fresh.stale, old.stale) == (False, True)
    assert old.checked == "还没有人核对过"
    desk.questions.answered(fresh.key)
    desk.questions.answered(fresh.key)
    assert [(one.of.question[:3], one.times) for one in desk.questions.all()] == [("宅基地", 2), ("低保名", 0)]
    assert desk.daybook.year(2026).total("advice").visits == 2
    later = Desk.open(desk.home, FixedClock(DAY + timedelta(days=1)))
    assert later.questions.all("宅基地")[0].stale
    assert "已经过了一年" in later.questions.all("宅基地")[0].checked
    later.close()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"question": ""}, "question"), ({"answer": " "}, "answer"), ({"checked_by": "王"}, "checked_on"),
     ({"checked_on": "2026-01-01"}, "checked_by"), ({"checked_by": "王", "checked_on": "2026-12-01"}, "checked_on"),
     ({"question": "问" * 201}, "question")],
)  # fmt: skip
def test_a_question_that_is_not_whole_is_refused(desk: Desk, changes: dict[str, str], field: str) -> None:
    with pytest.raises(DeskError) as refused:
        desk.questions.enter(QuestionDraft(**{"question": "问", "answer": "答", **changes}))
    assert refused.value.field == field
    assert desk.questions.all() == []


def judge(desk: Desk, case_id: str, fit: bool, why: str) -> None:
    desk.acts.note(case_id, act_draft("publication_judged", fit=YES if fit else NO, why=why))


# -- releases --------------------------------------------------------------------------------------------------


def test_a_release_becomes_an_entry(desk: Desk) -> None:
    letter = issue_granted(desk)
    judge(desk, letter.case_id, True, "涉及全镇农户")
    assert [(r.case_no, r.state) for r in desk.publication.releases()] == [("LH-2026-0001", "还没有编进目录")]
    draft = desk.publication.draft_of(letter.case_id)
    assert draft == EntryDraft(), "what an applicant wrote is not meant for everybody"
    with pytest.raises(DeskError, match="没有填名称"):
        desk.publication.enter(letter.case_id, draft)
    with pytest.raises(DeskError, match="在哪里能看到"):
        desk.publication.enter(letter.case_id, EntryDraft(name="流转台账"))
    for name in ("张三要的台账", "330722198001011234的台账", "台账（电话13905550123）"):
        with pytest.raises(DeskError, match="姓名"):
            desk.publication.enter(letter.case_id, EntryDraft(name=name, url="https://a.example"))
    made = desk.publication.enter(letter.case_id, EntryDraft(name="柳河镇土地流转台账", shelf="2号柜"))
    assert made.origin == "LH-2026-0001"
    assert [entry.name for _, entry in desk.catalogue.search("流转台账")] == [made.name]
    assert desk.publication.releases()[0].state == "已编进目录"


def test_several_who_were_given_the_same_are_a_proposal(desk: Desk) -> None:
    for name in ("张三", "李四", "张三"):
        issue_granted(desk, applicant=name)
    assert desk.publication.proposals() == []
    letter = issue_granted(desk, applicant="王五", content="柳河镇2025年农村土地承包经营权流转的台账")
    (proposal,) = desk.publication.proposals()
    assert proposal.applicants == 3
    assert len(proposal.case_nos) == 4
    judge(desk, letter.case_id, False, "有农户的身份信息")
    assert desk.publication.proposals() == []
    assert desk.publication.releases() == []


# -- sheets ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "pages"), [("card", 1), ("large", 2), ("blank", 1), ("sample", 1)])
def test_sheets_to_take_home(desk: Desk, kind: str, pages: int) -> None:
    found = PdfReader(BytesIO(desk.handouts.sheet(kind).pdf)).pages
    assert len(found) == pages
    text = "".join(page.extract_text() for page in found).replace("\n", "").replace(" ", "")
    if kind in ("card", "large"):
        for words in ("20个工作日", "第二十九条", "青山县柳河镇人民政府", "行政复议"):
            assert words in text, words
    assert ("张某某" in text) == (kind == "sample")


def test_the_question_list_and_a_visitors_page_are_printed(tmp_path: Path) -> None:
    paper = Paper()
    desk = make_desk(tmp_path / "printing", FixedClock(DAY), paper)
    with pytest.raises(DeskError, match="没有一年以内核对过"):
        desk.questions.sheet()
    desk.questions.enter(
        QuestionDraft(question="低保名单在哪里看", answer="村务公开栏", checked_by="王", checked_on="2026-11-01")
    )
    assert desk.questions.sheet().pdf.startswith(b"%PDF")
    desk.catalogue.publish(ROAD, "第一条　路面厚度。\n" * 100)
    assert desk.visitors.print(ROAD).state == "printed"
    assert [printer for printer, _ in paper.sent] == ["前台激光"], "the system's own printer, where none was chosen"
    assert (desk.visitors.copies(2026), desk.visitors.copies(2025)) == (1, 0)
    desk.close()


def test_a_heading_of_a_notice_does_not_stand_alone() -> None:
    fonts = FontBook(system=False)
    parts = [Part("文" * 26)] * 25 + [Part("标题", heading=True), Part("下文")]
    first, second = notice("单子", parts, fonts)
    assert [line.text for line in first.lines][-1] == "文" * 26
    assert [line.text for line in second.lines] == ["标题", "下文"]
    for page in notice("很长的标题" * 8, [Part("字" * 500)] * 4, fonts, "large"):
        for line in page.lines:
            assert TOP < line.y < TOP + HEIGHT + 2


def test_what_was_not_judged_fit_is_no_entry(desk: Desk) -> None:
    letter = issue_granted(desk)
    with pytest.raises(DeskError, match="还没有判断"):
        desk.publication.enter(letter.case_id, EntryDraft(name="台账", shelf="2号柜"))
    secret = issue(desk, register(desk).case_id, "already_public", {"public_title": "公告", "where": "网站"})
    judge(desk, secret.case_id, True, "没有道理")
    assert desk.publication.releases() == []
    with pytest.raises(DeskError, match="还没有判断"):
        desk.publication.enter(secret.case_id, EntryDraft(name="公告", shelf="2号柜"))
