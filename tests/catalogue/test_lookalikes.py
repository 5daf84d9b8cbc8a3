"""One character mistaken for another that looks like it: what was meant is found, and what it was taken for is told."""

from __future__ import annotations

import pytest

from deskapp.catalogue.lookalikes import LookAlikes, shapes
from deskapp.desk.reading.catalogue import Catalogue

PAIRS = "未末 己已 人入 土士 呆保 汛迅 折拆 迂迁 改政 货贷 牧收 薄簿 日曰 低底 王玉 待侍 候侯 拨拔 徽微 晴睛 暑署 孤狐 补朴 济挤 住往 材村"


@pytest.mark.parametrize(
    ("question", "typed", "meant"),
    [
        ("社呆", "社呆", "社保"),
        ("社呆缴费", "社呆", "社保"),
        ("低呆怎么领", "低呆", "低保"),
        ("医呆报销", "医呆", "医保"),
        ("末成年人", "末成年人", "未成年人"),
        ("土兵", "土兵", "士兵"),
        ("折迁补偿", "折迁", "拆迁"),
        ("拆迂补偿", "拆迂", "拆迁"),
        ("土地征牧", "土地征牧", "土地征收"),
        ("人学报名", "人学报名", "入学报名"),
        ("危房政造", "政造", "改造"),
        ("扶贫货款", "货款", "贷款"),
        ("户囗", "户囗", "户口"),
        ("宅其地", "宅其地", "宅基地"),
    ],
)
def test_a_character_of_the_same_shape_is_seen_through(
    county: Catalogue, question: str, typed: str, meant: str
) -> None:
    found = county.find(question)
    assert (found.how, dict(found.instead)) == ("sound", {typed: meant})
    assert found.hits


@pytest.mark.parametrize(("question", "meant"), [("防迅预案", "防汛"), ("地保", "低保"), ("徵地", "征地")])
def test_what_sounds_alike_comes_first(county: Catalogue, question: str, meant: str) -> None:
    assert list(dict(county.find(question).instead).values()) == [meant]


@pytest.mark.parametrize("question", ["已婚登记", "外星旅游"])
def test_another_word_is_not_taken_for_a_misspelt_one(county: Catalogue, question: str) -> None:
    """已婚 is not 离婚: where a part of it is written, only a character that looks alike is a mistake."""
    assert not county.find(question).instead


@pytest.mark.parametrize("pair", PAIRS.split())
def test_what_is_confused_stands_in_the_table_both_ways(pair: str) -> None:
    one, other = pair[0], pair[1]
    assert other in shapes()[one]
    assert one in shapes()[other]


def test_every_line_of_the_table_names_each_character_once() -> None:
    assert all(len({sign, *others}) == 1 + len(others) for sign, others in shapes().items())


def test_a_known_word_of_the_lists_comes_before_a_chance_in_a_name() -> None:
    names = ["供销社采购目录", "社保卡"]
    found = LookAlikes(lambda word: sum(word in name for name in names), {"社保"})
    assert found.meant_by("社呆") == "社保"


@pytest.mark.parametrize("typed", ["", "社", "abc", "社b", "社" * 13, "囧囧"])
def test_what_is_no_word_is_left_alone(typed: str) -> None:
    assert LookAlikes(lambda _: 0).meant_by(typed, any_sign=True) == ""
