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
    detours = {("earlier", "whose"), ("must_publish", "how_given"), ("must_publish", "")}
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


# Hard patterns of real counters: what is asked, the answers of the guide by their beginnings, where they lead, and the words of the
# guide that keep a beginner from the wrong turn.
HARD: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    ("会议纪要，事情已经办完", ("清楚", "是，", "本机关负责", "有现成", "都能给", "没有公开过"), "granted", "已经定下来的正式纪要、批复不是"),
    ("讨论记录，决定还没有作出", ("清楚", "是，", "本机关负责", "有现成", "都不能给", "没有", "讨论记录"), "deliberative", "决定作出以前形成"),
    ("分户补偿，被征收人要", ("清楚", "是，", "本机关负责", "有现成", "都不能给", "有：", "没有公开过"), "granted", "分户补偿"),
    ("村里的账", ("清楚", "不是行政机关"), "not_government_information", "村级事务"),
    ("村里报来的材料，本机关审核过", ("清楚", "是，", "本机关负责", "有现成", "都能给", "没有公开过"), "granted", "村里报来"),
    ("党委牵头的联合文件", ("清楚", "不是行政机关"), "not_government_information", "看谁牵头"),
    ("学校的收费", ("清楚", "是，", "学校"), "public_enterprise", "学校"),
    ("提前移交档案馆，期限没有届满", ("清楚", "是，", "本机关负责", "有现成", "都能给", "没有公开过"), "granted", "移交期限没有届满的"),
    ("已经移交，期限届满", ("清楚", "是，", "档案已经移交"), "archive_referral", "移交期限已经届满"),
    ("委托执法的信息，别的机关委托的", ("清楚", "是，", "别的机关"), "not_our_agency", "由委托的机关公开"),
    ("机构合并以后，职权在本机关", ("清楚", "是，", "本机关负责", "有现成", "都能给", "没有公开过"), "granted", "由承接职权的机关公开"),
    ("采购合同，有商业秘密", ("清楚", "是，", "本机关负责", "有现成", "一部分不能给"), "partial", "逐项有理由"),
    ("问这样做合不合法", ("清楚", "只是问一问"), "advice", "合不合法"),
    ("行政复议的案卷", ("清楚", "是，", "工商"), "special_access", "行政复议案卷"),
    ("冒用别人的身份，补正以后没有补", ("补正的期限过了",), "correction_lapsed", "身份证明和申请人对不上"),
    ("未成年人自己来", ("清楚", "是，", "本机关负责", "有现成", "都能给", "没有公开过"), "granted", "未成年人由监护人申请"),
    ("以前申请过，后来解密了", ("清楚", "同一个人", "那次以后情况变了", "本机关负责", "有现成", "都能给", "没有公开过"), "granted", "解密"),
)  # fmt: skip


@pytest.mark.parametrize(("asked", "answers", "category_key", "words"), HARD, ids=[row[0] for row in HARD])
def test_hard_patterns_find_their_way(asked: str, answers: tuple[str, ...], category_key: str, words: str) -> None:
    questions = {question.key: question for question in guide().question}
    here, seen, end = guide().first, "", ""
    for beginning in answers:
        assert not end, f"{asked}: the walk ended before “{beginning}”"
        question = questions[here]
        chosen = [answer for answer in question.answer if answer.text.startswith(beginning)]
        assert len(chosen) == 1, f"{asked}: “{beginning}” of “{question.name}”"
        seen += question.plain + "".join(answer.text for answer in question.answer)
        here, end = chosen[0].to, chosen[0].category
    everything = "".join(q.plain + "".join(a.text for a in q.answer) for q in guide().question)
    assert end == category_key
    assert words in (seen if asked != "会议纪要，事情已经办完" else everything)
