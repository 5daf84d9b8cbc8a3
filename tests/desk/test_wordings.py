"""The office's own words: looked at, kept from a day on, compared, given back; and kinds that only this office has."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.office.wordings import KindLine
from deskapp.errors import DeskError
from letters.citations import as_cited
from tests.conftest import issue, register

SEARCHED = "收到申请后，本机关查找了：〔检索的经过〕。"
ASKED = "〔称呼〕的申请（登记号：〔登记号〕）现在〔进度〕。〔有【预计的日子】才写：预计〔预计的日子〕答复。〕根据〔条例〕第三十三条的规定，请等候。"


def line(desk: Desk, kind: str) -> KindLine:
    return next(each for each in desk.wordings.kinds() if each.kind == kind)


def progress(desk: Desk) -> dict[str, str]:
    """The form of a letter about how far one is, made of the one that extends the period."""
    typed = {
        key: "" if key.startswith("part_") else value
        for key, value in desk.wordings.first("extension_notice", True).items()
    }
    return {
        **typed, "title": "办理进度告知书", "articles": "第三十三条", "use_when": "申请人问办到哪里了。", "more": ASKED,
        "facts": "进度｜检索已经完成\n预计的日子（可不填）｜12月1日",
    }  # fmt: skip


def test_every_kind_is_listed_with_what_it_rests_on(desk: Desk) -> None:
    known = line(desk, "not_held")
    assert (known.whose, known.articles, known.name) == ("程序自带", ("第三十六条第四项",), "信息不存在")
    assert len(desk.wordings.kinds()) == 63


def test_own_words_serve_at_once_and_are_told_apart(desk: Desk) -> None:
    case = register(desk)
    typed = desk.wordings.first("not_held") | {"part_1": SEARCHED}
    assert desk.wordings.look("not_held", typed).findings == ()
    assert "已经发出的文书不变" in desk.wordings.save("not_held", typed)
    assert line(desk, "not_held").whose == "本单位"
    assert [theirs for _, theirs in desk.wordings.compare("not_held")] == [SEARCHED]
    letter = issue(desk, case.case_id, "not_held", {"search_process": "在档案室按年份查了"})
    assert "本机关查找了：在档案室按年份查了。" in letter.text
    assert letter.version == line(desk, "not_held").version


def test_words_for_a_later_day_wait_for_it(desk: Desk, clock: FixedClock) -> None:
    typed = desk.wordings.first("not_held") | {"part_1": SEARCHED, "valid_from": "2027-03-01"}
    assert "从2027-03-01起" in desk.wordings.save("not_held", typed)
    assert line(desk, "not_held").whose == "程序自带"
    assert line(desk, "not_held").notes == ("2027-03-01起换用本单位的另一版，在那以前用现在的。",)
    clock.set(date(2027, 3, 1))
    assert line(desk, "not_held").whose == "本单位"


def test_a_day_that_has_passed_is_refused_at_its_field(desk: Desk) -> None:
    with pytest.raises(DeskError, match="已经过了") as refused:
        desk.wordings.save("not_held", desk.wordings.first("not_held") | {"valid_from": "2026-01-01"})
    assert refused.value.field == "valid_from"
    assert not (desk.home / "templates").exists()


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("根据〔条例〕第三十三条的规定，该政府信息不存在。", "articles_differ"),
        ("该政府信息不存在。", "article_not_cited"),
    ],
)
def test_articles_of_text_and_head_must_agree(desk: Desk, part: str, code: str) -> None:
    typed = desk.wordings.first("not_held") | {"part_2": part}
    assert code in [finding.code for finding in desk.wordings.look("not_held", typed).findings if finding.blocking]
    with pytest.raises(DeskError, match="没有保存"):
        desk.wordings.save("not_held", typed)
    assert not (desk.home / "templates").exists()


def test_a_fact_that_is_nowhere_told_is_said(desk: Desk) -> None:
    typed = desk.wordings.first("not_held") | {"part_1": "收到申请后，本机关进行了检索。"}
    found = desk.wordings.look("not_held", typed).findings
    assert [(finding.code, finding.blocking) for finding in found] == [("fact_untold", False)]
    assert "〔检索的经过〕" in found[0].todo


def test_back_to_ours_keeps_what_was_written(desk: Desk) -> None:
    desk.wordings.save("not_held", desk.wordings.first("not_held") | {"part_1": SEARCHED})
    assert "以后用程序自带的写法" in desk.wordings.back_to_ours("not_held")
    assert line(desk, "not_held").whose == "程序自带"
    kept = [path.read_text(encoding="utf-8") for path in (desk.home / "templates").glob("*.txt")]
    assert len(kept) == 1
    assert "本机关查找了" in kept[0]
    with pytest.raises(DeskError, match="就是程序自带的写法"):
        desk.wordings.back_to_ours("not_held")


def test_saving_again_on_one_day_keeps_the_one_before(desk: Desk) -> None:
    desk.wordings.save("not_held", desk.wordings.first("not_held") | {"part_1": SEARCHED})
    said = desk.wordings.save("not_held", desk.wordings.first("not_held") | {"part_1": SEARCHED + "特此说明。"})
    assert "原来的留在" in said
    assert "已保存，以后的文书用这个写法" in said
    assert len(list((desk.home / "templates").glob("*.md"))) == 1


def test_a_kind_that_only_this_office_has(desk: Desk) -> None:
    typed = progress(desk)
    assert desk.wordings.look("extension_notice", typed, sister=True).findings == ()
    desk.wordings.save("extension_notice", typed, sister=True)
    found = next(each for each in desk.wordings.kinds() if each.title == "办理进度告知书")
    case = register(desk)
    due = desk.lookup.deadline(desk.lookup.case(case.case_id)).due_on
    letter = desk.reply.issue(case.case_id, found.kind, {"own_1": "正在征求意见"})
    assert "现在正在征求意见。根据" in letter.text
    assert desk.lookup.deadline(desk.lookup.case(case.case_id)).due_on == due  # its sister would have moved it
    assert desk.reply.choices("bljd")[0].kind == found.kind


def test_what_an_answer_is_stands_in_the_law(desk: Desk) -> None:
    with pytest.raises(DeskError, match="不能另加一种"):
        desk.wordings.look(
            "not_held", desk.wordings.first("not_held", True) | {"title": "甲", "use_when": "乙"}, sister=True
        )


def test_ours_has_changed_since(desk: Desk) -> None:
    desk.wordings.save("not_held", desk.wordings.first("not_held") | {"part_1": SEARCHED})
    path = desk.home / "templates/not_held.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('based_on = "not_held 1+', 'based_on = "not_held 0+'), encoding="utf-8")
    assert "程序自带的【政府信息不存在告知书】改过了" in line(desk, "not_held").notes[0]
    assert "templates_old" in [finding.code for finding in desk.upkeep.check()]
    desk.wordings.save("not_held", desk.wordings.first("not_held"))
    assert line(desk, "not_held").notes == ()


def test_a_bad_file_is_listed_and_nothing_is_written_by_it(desk: Desk) -> None:
    (desk.home / "templates").mkdir()
    (desk.home / "templates/not_held.md").write_text('+++\nkind = "not_held"\n', encoding="utf-8")
    assert line(desk, "not_held").fault
    with pytest.raises(DeskError, match="缺少"):
        desk.wordings.parts("not_held")


@pytest.mark.parametrize("bracketed", ["〔进度〕", "[进度]", "［进度］", "{进度}"])
@pytest.mark.parametrize(
    "fact", ["进度｜检索已经完成", "进度：检索已经完成", "进度:检索已经完成", "进度|检索已经完成"]
)
def test_what_every_keyboard_has_will_do(desk: Desk, bracketed: str, fact: str) -> None:
    more = ASKED.replace("〔进度〕", bracketed).replace("〔有【预计的日子】才写：预计〔预计的日子〕答复。〕", "")
    looked = desk.wordings.look("extension_notice", progress(desk) | {"more": more, "facts": fact}, sister=True)
    assert looked.findings == ()
    text = "".join(line.text for page in looked.pages for line in page.lines)
    assert "现在检索已经完成。" in text


def test_other_words_in_brackets_stay_as_they_are(desk: Desk) -> None:
    more = ASKED.replace("请等候", "请等候[附图]")
    looked = desk.wordings.look("extension_notice", progress(desk) | {"more": more}, sister=True)
    assert "[附图]" in "".join(line.text for page in looked.pages for line in page.lines)


def test_a_fact_that_nobody_has_named_yet_is_told_where_to_name(desk: Desk) -> None:
    with pytest.raises(DeskError, match="先写在【另外要填的】里"):
        desk.wordings.look("extension_notice", progress(desk) | {"facts": ""}, sister=True)


@pytest.mark.parametrize(
    "typed",
    [
        "第三十三条",
        "第33条",
        "33条",
        "条例第33条",
        "《中华人民共和国政府信息公开条例》第三十三条",
        "政府信息公开条例33条",
    ],
)
def test_articles_are_taken_as_people_type_them(desk: Desk, typed: str) -> None:
    looked = desk.wordings.look("extension_notice", progress(desk) | {"articles": typed}, sister=True)
    assert looked.findings == ()


def test_numbers_of_articles() -> None:
    assert as_cited("10条，第20条第2款、36条第4项；行政复议法第11条,第101条,第110条") == (
        "第十条", "第二十条第二款", "第三十六条第四项", "行政复议法第十一条", "第一百零一条", "第一百一十条",
    )  # fmt: skip
