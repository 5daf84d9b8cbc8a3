"""A choice has a key that the text of a kind goes by; what it is called may change, and is understood all the same."""

from __future__ import annotations

import re

import pytest

from letters.catalogue import TEMPLATES, shipped
from letters.facts import read_field

CHINESE = re.compile(r'(?:==|!=|\bin\b) *["\'(\[][^"\']*[\u4e00-\u9fff]')
NAMED_BY_THEMSELVES = {"fee_notice.md": "standard", "reissue.md": "ours"}
"""Facts of letters that registers hold, which the desk reads back; their choices are their own names."""


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
    for name, key in NAMED_BY_THEMSELVES.items():
        assert f"{key} ==" in found.pop(name)
    assert found == {}
