"""The remedies paragraph: by class, day of issue, kind of unit, way of delivery, and the unit's setting."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from deskapp.law.categories import categories
from deskapp.law.errors import LawError
from deskapp.law.remedies import Bodies, UnitKind, remedies_of, remedy_class, route_notes, route_of, silence

TOWN = Bodies(
    kind="township",
    name="青山县柳河镇人民政府",
    review_body="青山县人民政府",
    court="青山县人民法院",
    online="行政复议服务平台",
)
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


def test_a_day_before_the_first_clause_is_refused() -> None:
    with pytest.raises(LawError, match="救济途径"):
        remedies_of("choice", date(2014, 1, 1), TOWN)


# Which wording each kind of letter has, by the period of the law in which it is issued. 复/诉 both ways, 先复 review before suit,
# 只复 review only. From 2015-05-01, 2024-01-01 (行政复议法 23), 2025-06-01 (法释〔2025〕8号 10), 2026-07-01 (实施条例 31).
PERIODS = (date(2020, 3, 2), date(2024, 1, 1), date(2025, 6, 1), date(2026, 7, 1))
WORDINGS = """
already_public                       复/诉 复/诉 复/诉 复/诉
granted                              复/诉 复/诉 复/诉 复/诉
partial                              复/诉 先复  先复  先复
state_secret                         复/诉 先复  先复  先复
prohibited_by_law                    复/诉 先复  先复  先复
public_security                      复/诉 先复  先复  先复
third_party                          复/诉 先复  先复  先复
internal_affairs                     复/诉 先复  先复  先复
deliberative                         复/诉 先复  先复  先复
enforcement_file                     复/诉 先复  先复  先复
special_access                       复/诉 复/诉 只复  只复
not_held                             复/诉 复/诉 复/诉 复/诉
not_our_agency                       复/诉 复/诉 复/诉 复/诉
needs_creation                       复/诉 复/诉 只复  只复
still_unclear                        复/诉 复/诉 复/诉 复/诉
petition                             复/诉 复/诉 只复  只复
repeat earlier_result=released       复/诉 复/诉 只复  只复
repeat earlier_result=already_public 复/诉 复/诉 只复  只复
repeat earlier_result=part_released  复/诉 复/诉 只复  只复
repeat earlier_result=refused        复/诉 复/诉 复/诉 复/诉
repeat earlier_result=not_held       复/诉 复/诉 复/诉 复/诉
repeat earlier_result=other          复/诉 复/诉 复/诉 复/诉
publication                          复/诉 复/诉 只复  只复
abusive                              复/诉 复/诉 复/诉 复/诉
reissue earlier_result=released      复/诉 复/诉 只复  只复
reissue earlier_result=not_held      复/诉 复/诉 复/诉 复/诉
reissue ours=no earlier_result=released 复/诉 复/诉 复/诉 复/诉
correction_lapsed                    复/诉 复/诉 复/诉 复/诉
fee_lapsed                           复/诉 复/诉 复/诉 复/诉
withdrawn                            无    无    无    无
record_correction                    复/诉 复/诉 复/诉 复/诉
proactive_suggestion                 无    无    无    无
not_government_information           复/诉 复/诉 复/诉 复/诉
advice                               复/诉 复/诉 复/诉 复/诉
public_enterprise                    复/诉 复/诉 只复  只复
archive_referral                     复/诉 复/诉 只复  只复
third_party_disclosure_notice        复/诉 复/诉 复/诉 复/诉
extension_notice                     无    无    无    无
correction_notice                    无    无    无    无
fee_notice                           无    无    无    无
"""
TABLE = [line.split() for line in WORDINGS.strip().splitlines()]
UNITS: dict[UnitKind, tuple[str, str]] = {  # who reviews, who judges
    "township": ("青山县人民政府", "青山县人民法院"),
    "street_office": ("城东区人民政府", "城东区人民法院"),
    "county_department": ("青山县人民政府", "青山县人民法院"),
    "dispatched_office": ("青山县人民政府", "青山县人民法院"),
    "authorised_body": ("青山县人民政府", "青山县人民法院"),
    "development_zone": ("金州市人民政府", "青山县人民法院"),
    "county_government": ("金州市人民政府", "金州市中级人民法院"),
    "city_department": ("金州市人民政府", "城东区人民法院"),
    "city_office": ("金州市人民政府或者青山县人民政府", "青山县人民法院"),
    "vertical": ("国家税务总局金州市税务局", "青山县人民法院"),
    "justice": ("青山县人民政府或者金州市司法局", "青山县人民法院"),
}


def worded(text: str) -> str:
    """What a paragraph tells the applicant that he may do."""
    review, suit = "申请行政复议" in text, "提起行政诉讼" in text
    return {(True, True): "先复" if "先向" in text else "复/诉", (True, False): "只复", (False, False): "无"}[
        review, suit
    ]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("line", TABLE, ids=lambda line: " ".join(line[:-4]))
def test_each_letter_by_each_kind_of_unit_in_each_period_of_the_law(line: list[str], unit: UnitKind) -> None:
    kind, *given = line[:-4]
    facts = dict(item.split("=") for item in given)
    review, court = UNITS[unit]
    bodies = Bodies(kind=unit, review_body=review, court=court)
    found = [remedies_of(remedy_class(kind, facts), day, bodies) for day in PERIODS]
    assert [worded(item.text) for item in found] == line[-4:]
    for item in found:
        assert (f"向{review}申请行政复议" in item.text) is bool(item.text)
        assert (f"向{court}提起行政诉讼" in item.text) is ("诉讼" in item.text)
        assert item.review_comes_first is ("先向" in item.text)


def test_the_table_has_every_outcome() -> None:
    assert {item.key for item in categories()} <= {line[0] for line in TABLE}


@pytest.mark.parametrize("line", TABLE, ids=lambda line: " ".join(line[:-4]))
def test_who_is_no_authority_is_complained_of(line: list[str]) -> None:
    kind, *given = line[:-4]
    school = Bodies(
        kind="public_enterprise", name="青山县第一中学", review_body="青山县教育局", court="—", online="平台"
    )
    remedy = remedy_class(kind, dict(item.split("=") for item in given))
    text = remedies_of(remedy, TODAY, school, online=True).text
    assert text == ("" if remedy == "none" else "如认为本单位没有依照有关规定公开信息，可以向青山县教育局申诉。")


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2023, 12, 31), "可以申请复议，也可以起诉"),
        (date(2024, 1, 1), "先申请复议"),
        (date(2026, 7, 1), "60日内先申请复议"),
    ],
)
def test_no_answer_at_all(day: date, says: str) -> None:
    assert says in silence(day).text


@pytest.mark.parametrize(
    ("kind", "name", "noted"),
    [
        ("county_department", "青山县水利局", False),
        ("county_department", "金州市自然资源和规划局青山分局", True),
        ("county_department", "青山经济开发区管理委员会", True),
        ("city_office", "金州市自然资源和规划局青山分局", False),
        ("development_zone", "青山经济开发区管委会", False),
        ("township", "青山县柳河镇人民政府", False),
        ("township", "青山县人民政府城东街道办事处", True),
        ("street_office", "青山县人民政府城东街道办事处", False),
    ],
)
def test_a_unit_whose_name_does_not_fit_its_kind_is_noted(kind: UnitKind, name: str, noted: bool) -> None:
    review, court = UNITS[kind]
    notes = route_notes(Bodies(kind=kind, name=name, review_body=review, court=court))
    assert bool(notes) is noted
    assert all("请核对机关类别" in note for note in notes)


@pytest.mark.parametrize("kind", UNITS)
def test_the_bodies_of_the_table_fit(kind: UnitKind) -> None:
    review, court = UNITS[kind]
    assert route_notes(Bodies(kind=kind, review_body=review, court=court)) == []


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
        ("city_office", "金州市人民政府", "青山县人民法院", "所在地的县（区）人民政府"),
        ("city_department", "青山县人民政府", "青山县人民法院", "本级（市级）人民政府"),
        ("development_zone", "金州市商务局", "青山县人民法院", "设立它的人民政府"),
        ("public_enterprise", "青山县人民政府", "—", "主管部门"),
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
