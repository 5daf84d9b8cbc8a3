"""The guide: every path ends in one category, every category is reached, the walk reads backwards."""

from __future__ import annotations

import pytest

from deskapp.law.categories import categories, category
from deskapp.law.dated import parse
from deskapp.law.errors import LawError
from deskapp.law.guide import Guide, guide, walk_to, walks
from letters.catalogue import shipped


def test_the_questions_in_their_order() -> None:
    names = [question.name for question in guide().question]
    assert names == ["补不补", "是不是", "上次呢", "谁负责", "有没有", "给不给", "该不该公开", "怎么给", "怎么答"]


def test_every_path_ends_in_exactly_one_category() -> None:
    ends = [path[-1].answer.category for path in walks()]
    assert all(ends)
    assert all(not step.answer.category for path in walks() for step in path[:-1])
    detours = {("earlier", "whose"), ("must_publish", "how_given")}
    straight = [
        path[-1].answer.category
        for path in walks()
        if not detours & {(step.question.key, step.answer.to) for step in path} and path[-1].question.key != "earlier"
    ]
    assert len(straight) == len(set(straight))


def test_how_the_earlier_application_ended_is_asked_and_told_to_the_letter() -> None:
    told = [path[-1].answer.facts for path in walks() if path[-1].answer.category == "repeat"]
    field = shipped().template("repeat").fields["earlier_result"]
    assert [facts["earlier_result"] for facts in told] == list(field.choices)


def test_facts_that_an_answer_tells_are_facts_of_its_letter() -> None:
    for question in guide().question:
        for answer in question.answer:
            fields = (
                shipped()
                .template(category(answer.category).letter if answer.category else answer.letter or "granted")
                .fields
            )
            for key, value in answer.facts.items():
                assert value in fields[key].choices, (question.key, answer.text)


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
        (
            "deliberative",
            ["complete", "is_application", "whose", "held", "may_disclose", "must_publish", "why_refused"],
        ),
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
