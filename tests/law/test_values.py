"""Categories, remedies, fees, delivery: the data a lawyer checks, and that it is whole and fresh."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from deskapp.law.annual_report import rows_of
from deskapp.law.categories import categories, category, find_category
from deskapp.law.dated import DATA, Frozen, LawError, parse, read_toml
from deskapp.law.fees import fee_by_items, fee_by_pages
from deskapp.law.periods import PeriodFile, period
from deskapp.law.receipt import channel_rule
from deskapp.law.remedies import remedies_paragraph
from deskapp.law.service import way, ways

REVIEW, COURT = "青山县人民政府", "青山县人民法院"


def checked_days(node: object) -> list[date]:
    """Every ``checked_on`` in a data file."""
    if isinstance(node, dict):
        own = [node["checked_on"]] if "checked_on" in node else []
        return own + [day for value in node.values() for day in checked_days(value)]
    return [day for item in node for day in checked_days(item)] if isinstance(node, list) else []


@pytest.mark.parametrize("file", sorted(DATA.rglob("*.toml")), ids=lambda f: f.name)
def test_every_value_was_checked_within_eighteen_months(file: Path) -> None:
    days = checked_days(tomllib.loads(file.read_text(encoding="utf-8")))
    assert days
    assert min(days) > date.today() - timedelta(days=548), (
        f"{file.name}: somebody must check it against its source again"
    )


def test_there_are_twenty_five_outcomes_with_the_agreed_keys() -> None:
    keys = (
        "already_public granted partial state_secret prohibited_by_law public_security third_party internal_affairs"
        " deliberative enforcement_file special_access not_held not_our_agency needs_creation still_unclear petition"
        " repeat publication abusive reissue correction_lapsed fee_lapsed withdrawn record_correction proactive_suggestion"
    )
    assert [c.key for c in categories()] == keys.split()


@pytest.mark.parametrize("item", categories(), ids=lambda c: c.key)
def test_every_outcome_has_article_row_letter_and_remedies(item: object) -> None:
    from deskapp.law.categories import Category

    assert isinstance(item, Category)
    assert item.article
    assert item.letter
    assert item.use_when
    assert item.not_when
    rows = {row.key for row in rows_of("2021") if row.group}
    not_counted = item.key in ("record_correction", "proactive_suggestion")
    assert (item.row == "") if not_counted else (item.row in rows)


def test_the_initials_are_those_of_the_names() -> None:
    from scripts.initials import initials

    for item in categories():
        assert item.initials.split()[0] == initials(item.name), "run scripts/initials.py"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("属于国家秘密", "state_secret"),
        ("3.属于国家秘密", "state_secret"),
        ("三（三）1.属于国家秘密", "state_secret"),
        ("予以公开", "granted"),
        ("信息不存在", "not_held"),
        ("本机关不掌握相关政府信息", "not_held"),
        ("withdrawn", "withdrawn"),
        ("已主动公开", "already_public"),
    ],
)
def test_outcomes_are_known_by_name_and_by_row_label(typed: str, key: str) -> None:
    found = find_category(typed)
    assert found
    assert found.key == key


def test_an_unknown_outcome_is_refused() -> None:
    assert find_category("随便") is None
    with pytest.raises(LawError, match="没有“x”这种答复类型"):
        category("x")


@pytest.mark.parametrize("item", [c for c in categories() if c.remedy == "review_first"], ids=lambda c: c.key)
def test_refusals_under_14_15_16_say_review_first_since_2024(item: object) -> None:
    before = remedies_paragraph("review_first", date(2023, 12, 31), REVIEW, COURT)
    since = remedies_paragraph("review_first", date(2024, 1, 1), REVIEW, COURT)
    assert "先向" not in before
    assert "或者" in before
    assert "先向青山县人民政府申请行政复议" in since
    assert "15日内向青山县人民法院" in since


def test_other_answers_give_both_ways() -> None:
    text = remedies_paragraph("choice", date(2026, 11, 20), REVIEW, COURT)
    assert "60日内向青山县人民政府申请行政复议" in text
    assert "6个月内向青山县人民法院提起行政诉讼" in text
    assert "先向" not in text


def test_online_delivery_names_the_online_way_to_review() -> None:
    text = remedies_paragraph("choice", date(2026, 11, 20), REVIEW, COURT, online_channel="复议在线")
    assert text.endswith("也可以通过复议在线提交行政复议申请书。")
    assert "复议在线" not in remedies_paragraph(
        "choice", date(2023, 11, 20), REVIEW, COURT, online_channel="复议在线"
    )


def test_no_remedies_for_a_withdrawal() -> None:
    assert remedies_paragraph("none", date(2026, 11, 20), REVIEW, COURT) == ""


@pytest.mark.parametrize(
    ("items", "yuan"), [(0, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300), (50, 7000)]
)
def test_fee_by_items(items: int, yuan: int) -> None:
    assert fee_by_items(items).fen == yuan * 100


@pytest.mark.parametrize(
    ("pages", "yuan"), [(30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740), (250, 4700)]
)
def test_fee_by_pages(pages: int, yuan: int) -> None:
    fee = fee_by_pages(pages)
    assert fee.fen == yuan * 100
    assert sum(line.fen for line in fee.lines) == fee.fen


def test_no_fee_below_zero() -> None:
    with pytest.raises(LawError, match="不能小于0"):
        fee_by_items(-1)


def test_only_postal_carriers() -> None:
    assert [item.key for item in ways() if not item.allowed] == ["courier"]
    assert way("registered_mail").decides == "交邮之日"
    with pytest.raises(LawError, match="没有“pigeon”"):
        way("pigeon")


def test_the_guardroom_counts_as_receipt() -> None:
    assert "收发室" in channel_rule("挂号邮寄").day


def test_a_period_before_the_first_regulation_is_refused() -> None:
    with pytest.raises(LawError, match="2008年5月1日"):
        period("reply", date(2008, 4, 30))


def test_a_bad_data_file_is_refused_with_file_key_and_reason(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("period = [", encoding="utf-8")
    with pytest.raises(LawError, match=r"bad\.toml 的写法有误"):
        read_toml(bad)
    with pytest.raises(LawError, match=r"periods\.toml 的“period\.0\.article”"):
        parse(PeriodFile, {"period": [{"key": "reply"}]}, "periods.toml")
    with pytest.raises(LawError, match="读不到"):
        read_toml(tmp_path / "none.toml")
    assert issubclass(PeriodFile, Frozen)
