"""The figures of an annual report's text in the words that offices use for them, and the words that are none."""

from __future__ import annotations

import time
from datetime import date

import pytest

from deskapp.law.report_text import check_text, period_said, quotations

FIGURES = {
    "new": 10, "carried_in": 2, "intake": 12, "natural_persons": 9, "organisations": 3, "new_natural_persons": 8, "new_organisations": 2,
    "group_granted": 3, "group_partial": 1, "group_refused": 1, "group_unable": 2, "group_not_processed": 1, "group_other": 1, "total": 9,
    "carried_out": 3, "review": 2, "suit": 1, "suit_direct": 1, "suit_after_review": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "key", "number"),
    [
        ("本局收到政府信息依申请公开办理事项10件。", "new", 10),
        ("全镇共收到和办理依申请公开12件。", "new", 12),
        ("全年新受理政府信息公开申请件10件。", "new", 10),
        ("共收到10件依申请公开请求。", "new", 10),
        ("共受理了10份政府信息公开申请。", "new", 10),
        ("收到政府信息申请公开件10件。", "new", 10),
        ("本街未收到依申请公开的政府信息。", "new", 0),
        ("全年没有接到政府信息公开申请，", "new", 0),
        ("2022年结转政府信息公开申请2件。", "carried_in", 2),
        ("法定期限内予以答复9件。", "total", 9),
        ("已在规定时限内答复9件。", "total", 9),
        ("新收10件，共办理9件。", "total", 9),
        ("结转下一年3件。", "carried_out", 3),
        ("转下一年度办理答复的有3件。", "carried_out", 3),
        ("3件结转至2024年继续办理。", "carried_out", 3),
        ("另有3件申请顺延到下年度答复。", "carried_out", 3),
        ("结转2024年度继续办理3件。", "carried_out", 3),
        ("其中自然人申请件9件。", "natural_persons", 9),
        ("同意公开答复3件。", "group_granted", 3),
        ("有2件涉及政府信息公开工作的行政复议，", "review", 2),
        ("行政诉讼数为1件。", "suit", 1),
        ("行政复议2件，诉讼1件，均获维持。", "suit", 1),
        ("行政复议、行政诉讼案件共3件。", "review+suit", 3),
        ("本局未发生政府信息公开方面的行政复议和行政诉讼。", "review+suit", 0),
        ("没有因政府信息公开工作被申请行政复议情况。", "", 0),
    ],
)
def test_a_figure_in_these_words_is_found(text: str, key: str, number: int) -> None:
    found = {(quoted.keys[0], quoted.number) for quoted in quotations(text, 2023)}
    assert (key, number) in found if key else not found


@pytest.mark.parametrize(
    "text",
    [
        "全年未发生因依申请公开被行政复议纠错或行政诉讼败诉情形。",
        "行政复议、行政诉讼案件暴露的短板有3个。",
        "有2件行政复议，其中维持1件。",
        "因本机关不掌握相关政府信息无法提供1件。",
        "共办理相关案件7件。",
        "其中自然人3名。",
        "未收到网上申请以外的申请。",
        "通过门户网站收到留言182件。",
        "2022年收到政府信息公开申请30件。",
    ],
)
def test_what_is_none_or_of_another_year_is_left_out(text: str) -> None:
    assert [quoted.words for quoted in quotations(text, 2023) if quoted.keys[0] not in ("review",)] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("新收申请10件。", ""),
        ("未收到政府信息公开申请。", "文字0，表格本年新收10，差10"),
        ("未发生行政复议。", "文字0，表格行政复议2，差2"),
        ("行政复议和行政诉讼案件共4件。", "文字4，表格行政复议＋行政诉讼3，差1"),
        ("2件结转至2024年继续办理。", "文字2，表格结转下年度3，差1"),
        ("予以公开3件（33.33%）。", ""),
        ("予以公开3件（33.34%）。", "占比写33.34%，算出来是办结总计的33.33%、收办（新收加结转）的25.00%、本年新收的30.00%"),
        ("予以公开3件（占比33%）。", ""),
        ("共办理12件。", ""),
        ("共办理11件。", "文字11，表格办结总计9、收办（新收加结转）12、本年新收10，差1"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(text: str, told: str) -> None:
    check = check_text(text, FIGURES, {}, 2023)
    assert check.ok is not bool(told)
    assert told in check.detail


def test_growth_over_a_named_year_is_compared() -> None:
    text = "收到政府信息公开申请10件，申请数量较2022年上升{}%。"
    assert check_text(text.format("25.0"), FIGURES, {"new": 8}, 2023).ok
    assert "上年8，算出来是增长25.00%" in check_text(text.format("20"), FIGURES, {"new": 8}, 2023).detail


LAST = {"new": 8}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("较上年增加2件", ""), ("比上年增加2件，增长25%", ""), ("同比增加3件", "上年8，算出来是增加2件"), ("较去年减少2件", "上年8，算出来是增加2件"),
        ("与上年持平", "上年8，算出来是增加2件"), ("比上年增加2件，增长20%", "上年8，算出来是增长25.00%"), ("较上年增长100%（上年为5件）", ""),
        ("较上年增加4件（2022年为5件）", "上年5，算出来是增加5件"), ("较上年增加2件以上", ""),
    ],
)  # fmt: skip
def test_a_change_by_a_number_is_compared_too(said: str, told: str) -> None:
    check = check_text(f"收到政府信息公开申请10件，{said}。", FIGURES, LAST, 2023)
    assert check.ok is not bool(told)
    assert told in check.detail


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("收到政府信息公开申请10件，同比增长25%。", ["收到政府信息公开申请10件，同比增长25%"]),
        ("收到政府信息公开申请10件，与上年持平。", ["收到政府信息公开申请10件，与上年持平"]),
        ("申请量较上年翻了一番。自然人申请占总量的80%。", ["申请量较上年翻了一番", "自然人申请占总量的80%"]),
        ("法人申请增长近三成。", ["法人申请增长近三成"]),
        ("予以公开3件，占33.3%。", []), ("门户网站访问量增长25%。热线受理咨询增长8%。", []),
    ],
)  # fmt: skip
def test_what_nothing_can_be_compared_with_is_counted_and_named(text: str, named: list[str]) -> None:
    asides = check_text(text, FIGURES, {}, 2023).asides
    assert asides == tuple(f"文字里的【{clause}】没有可以对照的数，没有核对。" for clause in named)


def test_of_many_the_first_are_named() -> None:
    asides = check_text("".join(f"第{n}类申请占比{n}%。" for n in range(1, 13)), FIGURES, {}, 2023).asides
    assert len(asides) == 10
    assert asides[-1] == "文字里还有3处占比、增减没有可以对照的数，没有核对。"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("本报告所列数据的统计期限自2023年1月1日起至12月31日止。", (date(2023, 1, 1), date(2023, 12, 31))),
        ("统计期限为 2023 年 1 月 1 日至 2023 年 11 月 30 日。", (date(2023, 1, 1), date(2023, 11, 30))),
        ("（统计时限：2022年12月1日—2023年12月31日）", (date(2022, 12, 1), date(2023, 12, 31))),
        ("统计期限为2023年1月1日至当年12月31日", (date(2023, 1, 1), date(2023, 12, 31))),
        ("统计期限自2023年1月1日至2023年11月31日。", "2023年1月1日至2023年11月31日"),
        ("2023年1月1日至2023年6月30日，共收到申请3件。", None), ("", None),
    ],
)  # fmt: skip
def test_the_period_that_a_text_names(text: str, said: object) -> None:
    assert period_said(text) == said


def test_the_number_of_a_page_amid_a_sentence_is_none_of_its_numbers() -> None:
    text = "本年共收到政府信息公开\n— 2 —\n申请 10 件，不予公开 1\n-3-\n件。"
    assert [(quoted.keys[0], quoted.number) for quoted in quotations(text)] == [("new", 10), ("group_refused", 1)]


@pytest.mark.parametrize(
    "words",
    ["共计", "总数", "信息公开", "依申请公开", "未发生因的信息公开", "收到3件信息公开", "行政复议、", "3件结转"],
)
def test_a_text_of_filling_words_only_takes_no_longer_than_its_length(words: str) -> None:
    began = time.process_time()
    list(quotations(f"行政复议{words * 2000}未发生{words * 2000}", 2023))
    check_text(f"行政复议{words * 2000}未发生{words * 2000}", FIGURES, {}, 2023)
    assert time.process_time() - began < 5
