"""A choice has a key that the text of a kind goes by; what it is called may change, and is understood all the same."""

from __future__ import annotations

import re

import pytest

from letters.catalogue import TEMPLATES, parse_template, shipped
from letters.compose import compose
from letters.facts import read_field
from tests.letters.conftest import facts_of

CHINESE = re.compile(r'(?:==|!=|\bin\b) *["\'(\[][^"\']*[\u4e00-\u9fff]')


@pytest.mark.parametrize("value", ["third_party", "第三方"])
def test_a_choice_is_read_by_its_key_or_by_what_it_is_called(value: str) -> None:
    fact = shipped().templates["consultation_notice"].fields["whom"]
    assert read_field(fact, "whom", value) == "third_party"


def test_what_is_no_choice_is_refused() -> None:
    fact = shipped().templates["consultation_notice"].fields["whom"]
    with pytest.raises(Exception, match="这些之一"):
        read_field(fact, "whom", "邻居")


def test_no_text_of_ours_goes_by_what_a_choice_is_called() -> None:
    found = {
        path.name: line
        for path in TEMPLATES.glob("*.md")
        for line in path.read_text("utf-8").splitlines()
        if CHINESE.search(line)
    }
    assert found == {}


def test_an_offices_own_copy_that_goes_by_the_names_goes_on_serving() -> None:
    text = (TEMPLATES / "third_party_consultation.md").read_text("utf-8")
    older = text.replace('example = "body"', 'choices = ["自然人", "单位"]\nexample = "单位"').replace(
        '[fields.party_class.choices]\nperson = "自然人"\nbody = "单位"\n', ""
    )
    assert older != text
    own = parse_template(older, "third_party_consultation.md")
    for value, you in (("自然人", "您"), ("单位", "贵单位")):
        facts = facts_of("third_party_consultation", party_class=value)
        assert facts.extra["party_class"] in ("person", "body")
        extra = {**facts.extra, "party_class": read_field(own.fields["party_class"], "party_class", value)}
        given = facts.model_copy(update={"extra": extra})
        assert compose(own, given).plain_text() == compose(shipped().templates[own.kind], facts).plain_text()
        assert you in compose(own, given).plain_text()
