"""The words of a template without code: what a passage looks like, that it comes back as it was, what is refused."""

from __future__ import annotations

import pytest

from letters.catalogue import shipped
from letters.errors import PressError
from letters.wording import Wording

KINDS = sorted(shipped().templates)


def passage(kind: str, name: str) -> str:
    return next(each.text for each in shipped().templates[kind].passages if each.name == name)


@pytest.mark.parametrize("kind", KINDS)
def test_every_passage_of_ours_comes_back_as_it_was(kind: str) -> None:
    template = shipped().templates[kind]
    wording = Wording(template)
    for each in template.passages:
        if not each.text.startswith(("|", "#", ">", "~")):
            assert wording.source(wording.plain(each.text)) == each.text


@pytest.mark.parametrize("kind", KINDS)
def test_no_passage_shows_code(kind: str) -> None:
    wording = Wording(shipped().templates[kind])
    for each in shipped().templates[kind].passages:
        assert "{" not in wording.plain(each.text).replace("{head}", "") or each.text.startswith("|")


def test_facts_stand_by_their_names() -> None:
    wording = Wording(shipped().template("not_held"))
    assert wording.plain(passage("not_held", "search")) == (
        "收到申请后，本机关进行了检索：〔检索的经过〕。〔有【说明】才写：〔说明〕。〕"
    )


def test_conditions_go_on_in_words() -> None:
    plain = Wording(shipped().template("third_party")).plain(passage("third_party", "finding"))
    assert "〔【第三方的意见】是【逾期没有提出意见】才写：" in plain
    assert "〔不然，【第三方的意见】是【无法联系】才写：" in plain
    assert "〔不然写：第三方不同意公开" in plain


def test_what_has_no_words_is_kept_by_a_name() -> None:
    wording = Wording(shipped().template("correction_notice"))
    assert wording.plain(passage("correction_notice", "what")) == "〔照原样：需要补正的事项〕"
    assert wording.source("第一，〔照原样：需要补正的事项〕").startswith("第一，{% for point in points %}")


def test_a_year_in_brackets_is_a_year() -> None:
    wording = Wording(shipped().template("not_held"))
    assert wording.source("国办公开办函〔2016〕235号") == "国办公开办函〔2016〕235号"


@pytest.mark.parametrize(
    ("plain", "says"),
    [
        ("检索〔检索经过〕。", "是不是〔检索的经过〕"),
        ("〔有【别的】才写：甲〕", "没有叫【别的】的事实"),
        ("〔检索的经过", "少一个右括号"),
        ("检索的经过〕", "多了一个右括号"),
        ("〔不然写：甲〕", "前面没有条件"),
        ("{{ you }}", "不能写【{{】"),
        ("甲\n# 乙", "不能用【#】开头"),
        ("@甲", "不能用【@】开头"),
        ("〔照原样：没有的〕", "没有【没有的】这样一段"),
        ("〔有【说明】才写：" * 8 + "甲" + "〕" * 8, "套得太深"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_words(plain: str, says: str) -> None:
    with pytest.raises(PressError, match=says):
        Wording(shipped().template("not_held")).source(plain)


def test_a_choice_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(PressError, match=r"没有【也许】这一种，可以写：.*不同意公开"):
        Wording(shipped().template("third_party")).source("〔【第三方的意见】是【也许】才写：甲〕")
