"""The set: the kinds there are, what each says of itself, an office's own templates, and how bad ones are refused."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from deskapp.desk.cases.letter_facts import remedies_for
from deskapp.law.categories import Category, categories
from deskapp.law.remedies import remedy_class
from letters.catalogue import TEMPLATES, TemplateCatalogue, parse_template, shipped
from letters.compose import compose
from letters.errors import PressError
from letters.example import example_facts
from letters.facts import read_facts
from letters.template import Template
from tests.conftest import profile
from tests.letters.conftest import KINDS, composed, facts_of, template

CONTRACT = (
    "already_public granted partial state_secret prohibited_by_law public_security third_party internal_affairs"
    " deliberative enforcement_file special_access not_held not_our_agency needs_creation still_unclear petition repeat"
    " publication abusive reissue correction_lapsed fee_lapsed withdrawn record_correction proactive_suggestion"
    " receipt correction_notice reason_request extension_notice third_party_consultation consultation_notice"
    " agency_consultation third_party_disclosure_notice fee_notice deferral_notice"
    " not_government_information advice public_enterprise archive_referral"
    " application_form oral_record registration_sheet review_sheet service_receipt letter_correction case_cover"
    " case_index handover_sheet envelope"
    " search_record search_slip correction_receipt power_of_attorney address_confirmation refusal_record"
    " review_defence court_defence evidence_list revocation_decision joint_answer inspection_appointment"
    " assistance_request publication_handover"
)
EVERY = [shipped().template(kind) for kind in KINDS]


def test_all_kinds_are_there() -> None:
    assert sorted(KINDS) == sorted(CONTRACT.split())
    assert len(KINDS) == 63


@pytest.mark.parametrize("item", EVERY, ids=lambda t: t.kind)
def test_every_kind_says_when_to_use_it_when_not_and_on_what_ground(item: Template) -> None:
    assert item.use_when.endswith("。")
    assert item.not_when.endswith("。")
    assert item.articles
    assert re.match(r"[1-9]\+", item.version)
    assert all(field.label and field.example is not None for field in item.fields.values())


@pytest.mark.parametrize("item", EVERY, ids=lambda t: t.kind)
def test_legal_passages_are_locked(item: Template) -> None:
    law = [passage for passage in item.passages if "{{ law }}" in passage.text or "管理办法" in passage.text]
    assert all(passage.name in item.locked for passage in law)


@pytest.mark.parametrize("item", EVERY, ids=lambda t: t.kind)
def test_every_article_that_a_letter_cites_stands_in_its_header(item: Template) -> None:
    variants = [{key: choice} for key, field in item.fields.items() for choice in field.choices] or [{}]
    text = "".join(composed(item.kind, **changes).plain_text() for changes in variants)
    for article in item.articles:
        number = article.split("第")[1].split("条")[0]
        if item.stage == "reply" and item.kind not in ("withdrawn",):
            assert f"第{number}条" in text, article


@pytest.mark.parametrize("item", [t for t in EVERY if t.stage == "reply"], ids=lambda t: t.kind)
def test_every_answer_carries_the_right_remedies_before_and_since_2024(item: Template) -> None:
    assert item.remedies == remedy_class(item.kind).replace("none", "")
    old, new = (remedies_for(item, {}, day, profile()).text for day in (date(2023, 12, 31), date(2024, 1, 1)))
    if not item.remedies:
        assert old == new == ""
        return
    assert "或者" in old
    assert "先向" not in old
    assert ("先向青山县人民政府申请行政复议" in new) is (item.remedies == "review_first")
    assert ("或者自收到" in new) is (item.remedies != "review_first" or bool(item.rest))
    shown = compose(item, facts_of(item.kind, remedies={"class": item.remedies, "text": new})).plain_text()
    assert new in shown


def test_the_letter_of_a_third_party_points_to_both_ways_and_speaks_of_the_decision() -> None:
    item = template("third_party_disclosure_notice")
    text = remedies_for(item, {}, date(2026, 11, 20), profile()).text
    assert text.startswith("如对本决定不服，可以自收到本告知书之日起60日内向")


def test_partial_disclosure_sends_to_review_first_for_the_withheld_part_only() -> None:
    text = remedies_for(template("partial"), {}, date(2026, 11, 20), profile()).text
    assert text.startswith("如对本答复中不予公开的部分不服，应当")


@pytest.mark.parametrize("item", categories(), ids=lambda c: c.key)
def test_the_card_of_an_outcome_and_of_its_letter_say_the_same(item: Category) -> None:
    assert (item.use_when, item.not_when) == (template(item.letter).use_when, template(item.letter).not_when)


def test_every_outcome_has_its_letter() -> None:
    assert [item.key for item in categories() if item.letter not in KINDS] == []


# -- an office's own templates --------------------------------------------------------------------------------------


def own(folder: Path, text: str, name: str = "granted.md") -> TemplateCatalogue:
    (folder / name).write_text(text, encoding="utf-8")
    return TemplateCatalogue(folder)


def changed(kind: str, old: str, new: str) -> str:
    text = (TEMPLATES / f"{kind}.md").read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("[!_]*.md")), ids=lambda path: path.stem)
def test_every_body_of_ours_says_only_what_a_template_may(path: Path) -> None:
    """It is not looked at when the program starts."""
    parts = {part.name: part.read_text(encoding="utf-8") for part in TEMPLATES.glob("_*.md")}
    parse_template(path.read_text(encoding="utf-8"), path.name, parts)


def test_an_offices_own_version_comes_before_ours_and_has_its_own_version(tmp_path: Path) -> None:
    text = changed("granted", "本机关决定予以公开。", "我机关决定予以公开。")
    source = own(tmp_path, text).template("granted")
    assert "我机关决定予以公开" in compose(source, facts_of("granted")).plain_text()
    assert source.version != template("granted").version
    assert len(own(tmp_path, text).templates) == 63


def test_an_office_may_add_a_kind_of_its_own(tmp_path: Path) -> None:
    text = changed("withdrawn", 'kind = "withdrawn"', 'kind = "thanks"')
    assert own(tmp_path, text, "thanks.md").template("thanks").title == "政府信息公开申请撤回确认书"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no header", r"granted\.md 缺少"),
        ("+++\nkind = \n+++\n正文", r"granted\.md 第2行写法有误"),
        ("+++\nkind = 'x'\n+++\n正文", r"抬头的“title”一项缺少"),
        (changed("granted", 'stage = "reply"', 'stage = "answer"'), r"抬头的“stage”一项不是可用的值"),
        (changed("granted", "{{ manner }}的形式向", "{{ maner }}的形式向"), r"第49行用了不认识的名称“maner”"),
        (changed("granted", "{% endif %}", ""), r"第49行：模板语句写法有误"),
        (changed("granted", "@how", "@where_to"), r"段落“how”：正文里没有这一段"),
        (
            changed("granted", 'locked = ["opening", "finding", "how"]', 'locked = ["opening", "how"]'),
            r"段落“finding”：抬头",
        ),
    ],
)
def test_a_bad_template_is_refused_with_file_line_and_reason(tmp_path: Path, text: str, says: str) -> None:
    catalogue = own(tmp_path, text)
    with pytest.raises(PressError, match=says):
        catalogue.template("granted")
    assert catalogue.template("receipt").kind == "receipt"  # the others go on


HOSTILE = {
    "{{ 'a' * 3000000000 }}": "不能用 Mul",
    "{{ '%999999999d' % 1 }}": "不能用 Mod",
    "{{ 'x'.center(2000000000) }}": "不能调用函数",
    "{{ 1 / 0 }}": "不能用 Div",
    "{{ 'a'.encode('nope') }}": "不能调用函数",
    "{{ content | length5 }}": "过滤器 length5",
    "{{ content | join('长长长') | join('长长长') }}": "过滤器 join",
    "{% for a in range(99999) %}{% endfor %}": "循环只能照着一项事实走",
    "{% for a in copies %}{% for b in copies %}{% for c in copies %}{% endfor %}{% endfor %}{% endfor %}": "最多两层",
    "{% include '_self.md' %}": "引用绕了圈",
    "{% include you %}": "引用的部分要写明文件名",
    "{% set a = 1 %}": "不能用 Assign",
    "{% macro m() %}{{ m() }}{% endmacro %}": "不能用 Macro",
    "{% if content is divisibleby 3 %}{% endif %}": "判断 divisibleby",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}": "套得太深",
    "{% if you %}" * 3000 + "{% endif %}" * 3000: "套得太深",
}


@pytest.mark.parametrize(("body", "says"), HOSTILE.items(), ids=lambda text: text[:40])
def test_what_could_run_away_is_refused_when_it_is_read(tmp_path: Path, body: str, says: str) -> None:
    (tmp_path / "_self.md").write_text("{% include '_self.md' %}", encoding="utf-8")
    catalogue = own(tmp_path, changed("granted", "本机关决定予以公开。", "本机关决定予以公开。" + body))
    assert says in catalogue.faults["granted"]


ODD = {
    "large": ("长" * 100_000).encode(),
    "gbk": "坏的模板".encode("gbk"),
    "toml": ("+++\na = " + "[" * 5000 + "\n+++\n").encode(),
}


@pytest.mark.parametrize("odd", ["folder", "fifo", *ODD])
def test_a_file_that_is_none_blocks_only_its_own_kind(tmp_path: Path, odd: str) -> None:
    path = tmp_path / "granted.md"
    if odd == "folder":
        path.mkdir()
    elif odd == "fifo":
        os.mkfifo(path)
    else:
        path.write_bytes(ODD[odd])
    catalogue = TemplateCatalogue(tmp_path)
    assert list(catalogue.faults) == ["granted"]
    with pytest.raises(PressError, match=r"granted\.md"):
        catalogue.template("granted")
    assert catalogue.template("receipt").kind == "receipt"


def test_a_form_whose_columns_do_not_fit_is_refused(tmp_path: Path) -> None:
    source = own(
        tmp_path, changed("oral_record", "|:---:|---------|:---:|---------|", "|:---:|--|"), "oral_record.md"
    )
    with pytest.raises(PressError, match="合计应为28"):
        compose(source.template("oral_record"), facts_of("oral_record"))


def test_a_template_cannot_reach_outside_its_facts() -> None:
    for body in ("{{ ''.__class__.__mro__ }}", "{{ unit.model_dump.__globals__ }}"):
        text = changed("withdrawn", "{{ you }}以后需要", body + "{{ you }}以后需要")
        with pytest.raises(PressError, match=r"不能生成|不能用"):
            compose(parse_template(text, "x.md", shipped().template("withdrawn").parts), facts_of("withdrawn"))


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(PressError, match="没有“nonsense”这种文书"):
        template("nonsense")


# -- passages in other words ----------------------------------------------------------------------------------------


def test_a_free_passage_may_stand_in_other_words_and_a_locked_one_may_not() -> None:
    text = composed("receipt", passages={"asking": "查询请打电话。"}).plain_text()
    assert "查询请打电话。" in text
    assert "查询办理情况" not in text
    source = template("receipt")
    with pytest.raises(PressError, match="段落“period”不能改写"):
        read_facts(source, {**example_facts(source), "passages": {"period": "尽快答复。"}})


# -- facts of every type --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "change", "says"),
    [
        ("fee_notice", {"amount": "两千"}, "应当是整数"),
        ("fee_notice", {"amount": True}, "应当是整数"),
        ("fee_notice", {"standard": "按天"}, "这些之一：by_items（按件）、by_pages（按量）"),
        ("case_index", {"entries": [["甲", "乙", "丙", "丁", "戊", "己"]]}, "每行有：题名、日期、页号、文号、备注"),
        ("case_index", {"entries": 5}, "一列表行"),
        ("application_form", {"blank": "maybe"}, "true 或者 false"),
        ("extension_notice", {"copies": [1]}, "copies"),
    ],
)
def test_a_fact_of_the_wrong_type_is_refused_with_what_belongs_there(
    kind: str, change: dict[str, object], says: str
) -> None:
    source = template(kind)
    with pytest.raises(PressError, match=says):
        read_facts(source, {**example_facts(source), **change})


def test_rows_may_be_typed_one_a_line() -> None:
    facts = facts_of("case_index", entries="申请表｜2026年11月2日｜1\n答复书 | 2026年11月6日")
    assert facts.extra["entries"] == [
        ["申请表", "2026年11月2日", "1", "", ""],
        ["答复书", "2026年11月6日", "", "", ""],
    ]


def test_a_blank_application_form_shows_nobody() -> None:
    text = composed("application_form", blank=True).plain_text()
    assert "张三" not in text
    assert "招标文件" not in text
    assert "■" in composed("application_form").plain_text()


def test_bars_and_signs_in_facts_do_not_make_boxes() -> None:
    text = composed("oral_record", content="甲|乙 {4} < ~ # @x").plain_text()
    assert "甲|乙 {4} < ~ # @x" in text


def test_a_record_in_a_passage_is_refused(tmp_path: Path) -> None:
    text = changed("granted", "本机关决定予以公开。", "本机关决定向{{ applicant }}公开。")
    with pytest.raises(PressError, match=r"applicant\.name"):
        compose(own(tmp_path, text).template("granted"), facts_of("granted"))


@pytest.mark.parametrize(
    ("position", "says"),
    [
        ("refused", "第三方不同意公开"),
        ("silent", "第三方逾期没有提出意见，由本机关决定是否公开"),
        ("unreachable", "无法与第三方取得联系"),
        ("partly", "第三方只同意公开一部分"),
    ],
)
@pytest.mark.parametrize("kind", ["third_party", "partial"])
def test_what_the_third_party_said_is_said_and_nothing_else(kind: str, position: str, says: str) -> None:
    text = composed(kind, party_position=position).plain_text()
    assert says.replace("决定是否公开", "") in text
    assert ("第三方不同意公开" in text) is (position == "refused")


def test_where_no_third_party_is_concerned_a_partial_release_does_not_speak_of_one() -> None:
    assert "征求了第三方的意见" not in composed("partial", party_position="").plain_text()


@pytest.mark.parametrize(
    ("redo", "says"),
    [
        (
            {
                "by": "review",
                "number": "青政复决〔2026〕8号",
                "arrived_on": "2026-11-05",
                "answer_number": "柳政依复〔2026〕1号",
            },
            "青政复决〔2026〕8号行政复议决定书（本机关于2026年11月5日收到）撤销该答复，责令本机关重新答复。",
        ),
        (
            {"by": "court", "number": "（2026）浙0702行初8号", "arrived_on": "2026-11-05"},
            "本机关没有在法定期限内作出答复。（2026）浙0702行初8号判决书（本机关于2026年11月5日收到）判令本机关答复。",
        ),
        (
            {"by": "self", "arrived_on": "2026-11-05", "answer_number": "柳政依复〔2026〕1号", "why": "答复种类不当"},
            "经复查，答复种类不当，本机关决定撤销该答复。现重新答复如下。",
        ),
    ],
)
@pytest.mark.parametrize("kind", [t.kind for t in EVERY if t.stage == "reply"])
def test_an_answer_anew_opens_with_the_order(kind: str, redo: dict[str, str], says: str) -> None:
    assert says in composed(kind, redo=redo).plain_text()
    assert "重新答复如下" not in composed(kind).plain_text()


@pytest.mark.parametrize("kind", KINDS)
def test_where_nothing_optional_is_known_no_mark_of_the_template_is_printed(kind: str) -> None:
    """A line all of whose words stand under a condition is left out; an envelope without a postcode began with a bare ">"."""
    optional = {key: None for key, field in template(kind).fields.items() if not field.required}
    lines = composed(kind, unit__postcode="", **optional).plain_text().splitlines()
    assert [line for line in lines if line.strip() in (">", "#", "##", "###", "~")] == []


def test_a_mark_that_somebody_typed_is_printed(tmp_path: Path) -> None:
    assert "＞" in composed("granted", content="收入＞支出").plain_text()
    assert [
        line
        for line in composed("envelope", recipient=">", recipient_address="甲路1号").plain_text().splitlines()
        if ">" in line
    ] == [">（收）"]
