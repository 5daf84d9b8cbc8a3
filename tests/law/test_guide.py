"""The guide: every path ends in one category, every category is reached, the walk reads backwards."""

from __future__ import annotations

import pytest

from deskapp.law.categories import categories
from deskapp.law.dated import parse
from deskapp.law.errors import LawError
from deskapp.law.guide import Guide, guide, walk_to, walks


def test_seven_questions_with_the_agreed_names() -> None:
    names = [question.name for question in guide().question]
    assert names == ["补不补", "是不是", "谁负责", "有没有", "给不给", "怎么给", "怎么答"]


def test_every_path_ends_in_exactly_one_category() -> None:
    ends = [path[-1].answer.category for path in walks()]
    assert all(ends)
    assert all(not step.answer.category for path in walks() for step in path[:-1])
    assert len(ends) == len(set(ends))


def test_every_category_is_reached_and_its_walk_reads_backwards() -> None:
    reached = {path[-1].answer.category for path in walks()}
    assert reached == {item.key for item in categories()}
    for item in categories():
        path = walk_to(item.key)
        assert path[0].question.key == guide().first
        assert path[-1].answer.category == item.key


@pytest.mark.parametrize(
    ("key", "answers"),
    [
        ("granted", ["complete", "is_application", "whose", "held", "may_disclose", "how_given"]),
        ("deliberative", ["complete", "is_application", "whose", "held", "may_disclose", "why_refused"]),
        ("not_our_agency", ["complete", "is_application", "whose"]),
        ("withdrawn", ["complete"]),
    ],
)
def test_walks(key: str, answers: list[str]) -> None:
    assert [step.question.key for step in walk_to(key)] == answers


def test_an_unknown_category_is_refused() -> None:
    with pytest.raises(LawError, match="走不到"):
        walk_to("nonsense")


def test_an_answer_with_two_ways_is_refused() -> None:
    raw = guide().model_dump(mode="python")
    raw["question"][0]["answer"][1]["to"] = "held"
    with pytest.raises(LawError, match="只填一个"):
        parse(Guide, raw, "guide.toml")
