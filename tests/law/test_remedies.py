"""The remedies paragraph: by class, day of issue, kind of unit, way of delivery, and the unit's setting."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from deskapp.law.categories import categories
from deskapp.law.errors import LawError
from deskapp.law.remedies import Bodies, UnitKind, remedies_of, route_notes, route_of

TOWN = Bodies(kind="township", review_body="青山县人民政府", court="青山县人民法院", online="行政复议服务平台")
LAST_OLD, FIRST_NEW, TODAY = date(2023, 12, 31), date(2024, 1, 1), date(2026, 11, 20)


@pytest.mark.parametrize("key", [c.key for c in categories() if c.remedy == "review_first"])
def test_refusals_under_14_15_16_say_review_first_since_2024(key: str) -> None:
    before, since = (remedies_of("review_first", day, TOWN).text for day in (LAST_OLD, FIRST_NEW))
    assert "先向" not in before
    assert "或者" in before
    assert "先向青山县人民政府申请行政复议" in since
    assert "15日内依法向青山县人民法院提起行政诉讼" in since
    assert "6个月" not in since


def test_other_answers_give_both_ways() -> None:
    text = remedies_of("choice", TODAY, TOWN).text
    assert "60日内向青山县人民政府申请行政复议" in text
    assert "6个月内依法向青山县人民法院提起行政诉讼" in text
    assert "先向" not in text


def test_online_delivery_names_the_online_way_to_review() -> None:
    online = remedies_of("choice", TODAY, TOWN, online=True)
    assert online.text.endswith("也可以通过行政复议服务平台提交行政复议申请书。")
    assert "第二十二条" in online.article
    assert "平台" not in remedies_of("choice", LAST_OLD, TOWN, online=True).text
    assert "平台" not in remedies_of("choice", TODAY, TOWN).text


def test_no_remedies_for_a_withdrawal() -> None:
    assert remedies_of("none", TODAY, TOWN).text == ""


def test_doubtful_outcomes_give_both_ways_and_advise_to_ask_the_legal_adviser() -> None:
    found = remedies_of("doubtful", TODAY, TOWN)
    assert found.text == remedies_of("choice", TODAY, TOWN).text
    assert "请法律顾问看过再发" in found.advice[0]
    assert remedies_of("choice", TODAY, TOWN).advice == ()


@pytest.mark.parametrize("day", [LAST_OLD, FIRST_NEW])
def test_a_unit_may_set_doubtful_outcomes_to_review_only(day: date) -> None:
    found = remedies_of("doubtful", day, TOWN.model_copy(update={"doubtful": "review_only"}))
    assert "申请行政复议。" in found.text
    assert "行政诉讼" not in found.text
    assert "只写复议" in found.advice[0]


def test_the_setting_touches_no_other_class() -> None:
    only = TOWN.model_copy(update={"doubtful": "review_only"})
    assert remedies_of("choice", TODAY, only).text == remedies_of("choice", TODAY, TOWN).text


def test_a_day_before_the_first_clause_is_refused() -> None:
    with pytest.raises(LawError, match="救济途径"):
        remedies_of("choice", date(2014, 1, 1), TOWN)


@pytest.mark.parametrize(
    ("kind", "review", "court", "article"),
    [
        ("township", "青山县人民政府", "青山县人民法院", "第二十四条第一款第二项"),
        ("county_department", "义乌市人民政府", "义乌市人民法院", "第二十四条第一款第一项"),
        ("county_government", "金州市人民政府", "金州市中级人民法院", "第二十四条第一款第二项"),
        ("street_office", "城东区人民政府", "上海铁路运输法院", "第二十四条第一款第三项"),
        ("vertical", "国家税务总局金州市税务局", "青山县人民法院", "第二十七条"),
        ("justice", "青山县人民政府或者金州市司法局", "青山县人民法院", "第二十八条"),
    ],
)
def test_who_reviews_and_who_judges_each_kind_of_unit(kind: UnitKind, review: str, court: str, article: str) -> None:
    assert article in route_of(kind).article
    assert route_notes(Bodies(kind=kind, review_body=review, court=court)) == []


@pytest.mark.parametrize(
    ("kind", "review", "court", "named"),
    [
        ("township", "柳河镇人民政府", "青山县人民法院", "县级人民政府"),
        ("county_department", "金州市水利局", "青山县人民法院", "本级（县级）人民政府"),
        ("vertical", "青山县人民政府", "青山县人民法院", "上一级主管部门"),
        ("justice", "青山县人民政府", "青山县人民法院", "上一级司法行政部门"),
        ("county_government", "金州市人民政府", "青山县人民法院", "中级人民法院"),
        ("township", "青山县人民政府", "金州市中级人民法院", "基层人民法院"),
    ],
)
def test_particulars_that_do_not_fit_the_kind_of_unit_are_noted(
    kind: UnitKind, review: str, court: str, named: str
) -> None:
    notes = route_notes(Bodies(kind=kind, review_body=review, court=court))
    assert len(notes) == 1
    assert named in notes[0]


def test_every_kind_of_unit_has_a_route() -> None:
    assert all(route_of(kind).review for kind in get_args(UnitKind))
