"""A template as an office rewrites it: the file that comes of it, kinds of its own, versions by their days, articles that agree."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from letters.catalogue import TEMPLATES, TemplateCatalogue, parse_template, shipped
from letters.citations import in_head, in_text, not_in_head
from letters.compose import compose
from letters.errors import PressError
from letters.example import example_facts
from letters.facts import read_facts
from letters.own import OwnFact, Rewritten, differences, own_facts, parts_of, rewrite
from letters.template import Template

TODAY = date(2026, 11, 26)


def as_it_is(template: Template, **changed: object) -> Rewritten:
    """What leaves a template as it is, but for ``changed``."""
    texts = {part.n: part.plain for part in parts_of(template) if part.sort != "fixed"}
    given: dict[str, object] = {
        "title": template.title, "use_when": template.use_when, "not_when": template.not_when, "articles": template.articles,
        "valid_from": TODAY, "texts": texts, **changed,
    }  # fmt: skip
    return Rewritten(**given)  # type: ignore[arg-type]  # those of the class


def rewritten(of: str, **changed: object) -> Template:
    template = shipped().template(of)
    made = rewrite(
        (TEMPLATES / template.file).read_text(encoding="utf-8"), template, as_it_is(template, **changed), "x"
    )
    return parse_template(made, template.file, dict(template.parts))


def text_of(template: Template) -> str:
    return compose(template, read_facts(template, example_facts(template))).plain_text()


@pytest.mark.parametrize("kind", sorted(shipped().templates))
def test_a_template_kept_as_it_is_says_the_same(kind: str) -> None:
    assert text_of(rewritten(kind)) == text_of(shipped().template(kind))


def test_other_words_and_another_paragraph() -> None:
    template = shipped().template("not_held")
    texts = {part.n: part.plain for part in parts_of(template)}
    texts[1] = "我们查了：〔检索的经过〕。"
    made = rewritten("not_held", texts=texts, more=("以上情况，可以联系〔本机关联系人〕。",))
    text = text_of(made)
    assert "我们查了：2026年11月5日" in text
    assert text.index("该政府信息不存在") < text.index("可以联系李晓梅")
    assert made.valid_from == TODAY
    assert made.based_on == "x"


def test_a_part_left_out_is_gone_from_the_head_too() -> None:
    made = rewritten("partial", texts={**{p.n: p.plain for p in parts_of(shipped().template("partial"))}, 6: ""})
    assert "no_information" not in made.locked


def test_a_kind_of_its_own_takes_no_act_and_no_fact_that_it_does_not_tell() -> None:
    template = shipped().template("extension_notice")
    assert template.act
    nothing = {part.n: "" for part in parts_of(template)}
    made = rewritten(
        "extension_notice", kind="own_jd", title="办理进度告知书", articles=("第三十三条",), texts=nothing,
        more=("〔称呼〕的申请现在〔进度〕。根据〔条例〕第三十三条办理。",), facts=(OwnFact("进度", "检索已经完成"),),
    )  # fmt: skip
    assert (made.kind, made.act, list(made.fields)) == ("own_jd", "", ["own_1"])
    assert own_facts(made) == (OwnFact("进度", "检索已经完成"),)
    assert "您的申请现在检索已经完成。" in text_of(made)


def test_an_empty_letter_is_refused() -> None:
    with pytest.raises(PressError, match="正文是空的"):
        rewritten("not_held", texts={part.n: "" for part in parts_of(shipped().template("not_held"))})


@pytest.mark.parametrize("label", ["", "甲〔乙〕", "一" * 21, "“甲”"])
def test_a_fact_needs_a_name_that_can_be_written(label: str) -> None:
    with pytest.raises(PressError, match="名称不合要求"):
        rewritten("not_held", facts=(OwnFact(label, "样例"),))


def test_what_differs_is_told_part_by_part() -> None:
    ours = shipped().template("not_held")
    texts = {part.n: part.plain for part in parts_of(ours)}
    theirs = rewritten(
        "not_held", title="信息不存在告知书", texts={**texts, 1: "查了：〔检索的经过〕。"}, more=("另行说明。",)
    )
    assert differences(ours, theirs) == [
        ("题目：政府信息不存在告知书", "题目：信息不存在告知书"),
        (texts[1], "查了：〔检索的经过〕。"),
        ("", "另行说明。"),
    ]
    assert differences(ours, ours) == []


# -- articles ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(shipped().templates))
def test_every_article_in_our_texts_stands_in_their_heads(kind: str) -> None:
    assert not_in_head(shipped().template(kind)) == ()


def test_articles_of_other_laws_are_not_the_regulations() -> None:
    fee = shipped().template("fee_notice")
    assert in_text(fee) == ("第四十二条",)
    assert in_head(fee) == ("第四十二条",)


def test_an_article_that_the_head_does_not_name() -> None:
    texts = {part.n: part.plain for part in parts_of(shipped().template("not_held"))}
    made = rewritten("not_held", texts={**texts, 2: "根据〔条例〕第三十三条的规定，该政府信息不存在。"})
    assert not_in_head(made) == ("第三十三条",)


# -- versions ------------------------------------------------------------------------------------------------------


def lay(folder: Path, name: str, day: date, words: str) -> None:
    template = shipped().template("not_held")
    texts = {part.n: part.plain for part in parts_of(template)} | {1: f"{words}：〔检索的经过〕。"}
    given = as_it_is(template, valid_from=day, texts=texts)
    source = (TEMPLATES / template.file).read_text(encoding="utf-8")
    (folder / name).write_text(rewrite(source, template, given, "x"), encoding="utf-8")


def test_a_version_of_a_later_day_lets_the_present_one_serve_until_then(tmp_path: Path) -> None:
    lay(tmp_path, "a.md", date(2026, 1, 1), "第一版")
    lay(tmp_path, "b.md", date(2027, 1, 1), "第二版")

    def words(day: date) -> str:
        return TemplateCatalogue(tmp_path, on=day).template("not_held").source

    assert "检索：{{ search_process }}" in words(date(2025, 12, 31))  # ours
    assert "第一版" in words(date(2026, 1, 1))
    assert "第一版" in words(date(2026, 12, 31))
    assert "第二版" in words(date(2027, 1, 1))


def test_two_versions_of_one_day_are_refused_by_name(tmp_path: Path) -> None:
    lay(tmp_path, "a.md", date(2026, 1, 1), "第一版")
    lay(tmp_path, "b.md", date(2026, 1, 1), "第二版")
    with pytest.raises(PressError, match=r"a\.md 和 b\.md 都从2026-01-01起用"):
        TemplateCatalogue(tmp_path, on=TODAY).template("not_held")
