"""Categories, remedies, fees, delivery: the data a lawyer checks, and that it is whole and fresh."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from deskapp.law.annual_report import counted_row, rows_of
from deskapp.law.categories import Category, RemedyClass, categories, categories_named, category, find_category
from deskapp.law.dated import DATA, Frozen, Sourced, load, parse, read_toml
from deskapp.law.delivery import way, ways
from deskapp.law.errors import LawError
from deskapp.law.fees import fee_by_items, fee_by_pages
from deskapp.law.periods import PeriodFile, period
from deskapp.law.remedies import RemedyFile


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


def test_the_outcomes_with_the_agreed_keys() -> None:
    keys = (
        "already_public granted partial state_secret prohibited_by_law public_security third_party internal_affairs"
        " deliberative enforcement_file special_access not_held not_our_agency needs_creation still_unclear petition"
        " repeat publication abusive reissue correction_lapsed fee_lapsed withdrawn record_correction proactive_suggestion"
        " not_government_information advice public_enterprise archive_referral"
    )
    assert [c.key for c in categories()] == keys.split()


@pytest.mark.parametrize("item", categories(), ids=lambda c: c.key)
def test_every_outcome_has_article_row_letter_and_remedies(item: Category) -> None:
    assert item.article
    assert item.letter
    assert item.use_when
    assert item.not_when
    assert item.facts
    assert item.remedy in get_args(RemedyClass)
    rows = {row.key for row in rows_of("2021") if row.group}
    not_counted = item.key in ("record_correction", "proactive_suggestion")
    assert (item.row == "") if not_counted else (item.row in rows)
    assert not_counted or counted_row(item.row, "2019") in {row.key for row in rows_of("2019")}


@pytest.mark.parametrize("item", categories(), ids=lambda c: c.key)
def test_refusals_under_14_15_16_and_only_they_must_go_to_review_first(item: Category) -> None:
    regulation = item.document.startswith("政府信息公开条例")
    under = regulation and any(article in item.article for article in ("第十四条", "第十五条", "第十六条"))
    assert (item.remedy == "review_first") is under


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
        ("withdrawn", "withdrawn"),
        ("已主动公开", "already_public"),
    ],
)
def test_outcomes_are_known_by_name_and_by_row_label(typed: str, key: str) -> None:
    found = find_category(typed)
    assert found
    assert found.key == key


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("（四）1.本机关不掌握相关政府信息", ("信息不存在", "不属于本机关负责公开")),
        ("其他", ("申请人撤回申请", "不属于政府信息", "答复咨询", "属于公共企事业单位的信息")),
        ("3.其他", ("申请人撤回申请", "不属于政府信息", "答复咨询", "属于公共企事业单位的信息")),
    ],
)
def test_a_row_that_several_outcomes_share_names_none_of_them(typed: str, names: tuple[str, ...]) -> None:
    assert find_category(typed) is None
    assert tuple(item.name for item in categories_named(typed)) == names


def test_an_unknown_outcome_is_refused() -> None:
    assert find_category("随便") is None
    with pytest.raises(LawError, match="没有【x】这种答复类型"):
        category("x")


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
    with pytest.raises(LawError, match="没有【pigeon】"):
        way("pigeon")


def test_a_period_before_the_first_regulation_is_refused() -> None:
    with pytest.raises(LawError, match="2008年5月1日"):
        period("reply", date(2008, 4, 30))


def whole(*changes: dict[str, str]) -> dict[str, object]:
    """A file with good periods, one for each change to them."""
    source = {"document": "条例", "valid_from": "2019-05-15", "checked_on": "2026-11-21", "confidence": "verified"}
    good = {"key": "reply", "name": "答复期限", "value": 20, "unit": "working_days", "article": "第三十三条"}
    return {"source": source, "period": [{**good, **change} for change in changes]}


def test_what_a_file_says_at_its_head_holds_for_its_values_unless_they_say_otherwise() -> None:
    both = parse(PeriodFile, whole({}, {"confidence": "unverified"}), "periods.toml").period
    assert [p.confidence for p in both] == ["verified", "unverified"]
    assert {p.document for p in both} == {"条例"}


def test_a_bad_data_file_is_refused_with_file_key_and_reason(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("period = [", encoding="utf-8")
    with pytest.raises(LawError, match=r"bad\.toml 的写法有误"):
        read_toml(bad)
    with pytest.raises(LawError, match=r"periods\.toml 的【period\.0\.article】一项有误：缺少这一项"):
        parse(PeriodFile, {"period": [{"key": "reply"}]}, "periods.toml")
    with pytest.raises(LawError, match=r"【period\.0\.unit】一项有误：只能是"):
        parse(PeriodFile, whole({"unit": "weeks"}), "periods.toml")
    with pytest.raises(LawError, match=r"【period\.0\.checked_on】一项有误：应当是日期"):
        parse(PeriodFile, whole({"checked_on": "昨天"}), "periods.toml")
    with pytest.raises(LawError, match="读不到"):
        read_toml(tmp_path / "none.toml")
    assert issubclass(PeriodFile, Frozen)


def followed() -> dict[str, list[Sourced]]:
    """The dated values that follow each other in time, by what they are about."""
    periods, remedies = load(PeriodFile, "periods.toml").period, load(RemedyFile, "remedies.toml")
    found: dict[str, list[Sourced]] = defaultdict(list)
    for about, value in (
        *((f"period {item.key}", item) for item in periods),
        *((f"clause {item.remedy}", item) for item in remedies.clause),
        *(("silence", item) for item in remedies.silence),
    ):
        found[about].append(value)
    return found


@pytest.mark.parametrize("about", followed())
def test_dated_values_follow_each_other_without_gap_and_overlap(about: str) -> None:
    values = sorted(followed()[about], key=lambda value: value.valid_from)
    for earlier, later in pairwise(values):
        assert earlier.valid_to == later.valid_from - timedelta(days=1), (about, later.valid_from)
