"""One bad letter for every finding, and a good one with none."""

from __future__ import annotations

from typing import Any

import pytest

from letters.pdf.fonts import FontBook
from tests.letters.conftest import CHOICE, FIRST, KINDS, findings


@pytest.mark.parametrize("kind", KINDS)
def test_a_good_letter_has_no_finding(kind: str, fonts: FontBook) -> None:
    assert [f for f in findings(kind, fonts) if f.code != "lone_character"] == []


BLOCKING: list[tuple[str, str, dict[str, Any]]] = [
    ("empty_field", "not_held", {"search_process": ""}),
    ("empty_field", "granted", {"content": "  "}),
    ("empty_field", "correction_notice", {"points": []}),
    ("placeholder", "not_held", {"explanation": "该项目由××村实施"}),
    ("placeholder", "not_held", {"explanation": "见____"}),
    ("number_missing", "granted", {"number": ""}),
    ("remedies_missing", "granted", {"remedies": None}),
    ("remedies_class", "granted", {"remedies": {"class": "choice", "text": FIRST}}),
    ("remedies_class", "granted", {"remedies": {"class": "review_first", "text": CHOICE}}),
    ("remedies_class", "state_secret", {"remedies": {"class": "choice", "text": CHOICE}}),
    ("remedies_class", "withdrawn", {"remedies": {"class": "choice", "text": CHOICE}}),
    ("empty_field", "fee_notice", {"amount": None}),
    ("empty_field", "case_index", {"entries": []}),
    ("placeholder", "third_party_consultation", {"disclosed": "××公司的报价"}),
    ("partial_wording", "third_party", {"reason": "其余部分现向您提供"}),
    ("partial_wording", "state_secret", {"severable": "经区分处理"}),
    ("date_in_future", "repeat", {"earlier_on": "2026-12-01"}),
    ("article_not_in_force", "fee_notice", {"issued_on": "2020-12-31", "received_on": "2020-12-06"}),
    ("applicant_named", "third_party_consultation", {"disclosed": "张三要的报价"}),
    ("applicant_named", "agency_consultation", {"disclosed": "13905550123要的文件"}),
    ("applicant_named", "envelope", {"recipient": "青山县宏远建筑工程有限公司"}),
    ("correction_missing", "still_unclear", {"corrected_on": None}),
    ("empty_field", "state_secret", {"severable": ""}),
    ("empty_field", "third_party", {"weighing": ""}),
    ("empty_field", "partial", {"attachments": []}),
    ("empty_field", "public_security", {"which": ""}),
    ("date_before_receipt", "granted", {"issued_on": "2026-10-30"}),
    ("date_in_future", "granted", {"issued_on": "2026-11-30"}),
    ("date_in_future", "granted", {"received_on": "2026-11-25", "issued_on": "2026-11-26"}),
    ("limit_too_early", "correction_notice", {"respond_by": "2026-11-06"}),
    ("article_not_in_force", "granted", {"issued_on": "2019-05-14", "received_on": "2019-05-06"}),
    ("unit_missing", "granted", {"unit__phone": ""}),
    ("unprintable", "granted", {"applicant__name": "张\U0001f600"}),
    ("unprintable", "granted", {"applicant__name": "张\U0003134a"}),
]


@pytest.mark.parametrize(("code", "kind", "changes"), BLOCKING)
def test_blocking(code: str, kind: str, changes: dict[str, Any], fonts: FontBook) -> None:
    found = [f for f in findings(kind, fonts, **changes) if f.code == code]
    assert found
    assert all(f.blocking for f in found)
    assert all(f.where and f.what and f.todo for f in found)


ADVICE = [
    ("long_content", "granted", {"content": "台账" * 800}),
    ("number_form", "granted", {"number": "柳政依复[2026]07"}),
    ("square_year", "not_held", {"explanation": "依据柳政[2026]15号文件"}),
    ("half_width", "not_held", {"explanation": "没有找到,已经核实"}),
    ("relative_date", "not_held", {"explanation": "该会议昨天才开"}),
    ("weekday", "not_held", {"explanation": "该会议于2026年11月6日（星期六）召开"}),
    ("no_such_day", "not_held", {"explanation": "该会议于2026年2月30日（星期一）召开"}),
    ("other_phone", "granted", {"where": "请拨打0579-5559999联系领取"}),
]


@pytest.mark.parametrize(("code", "kind", "changes"), ADVICE)
def test_advice(code: str, kind: str, changes: dict[str, Any], fonts: FontBook) -> None:
    found = [f for f in findings(kind, fonts, **changes) if f.code == code]
    assert found
    assert not any(f.blocking for f in found)


def test_words_of_a_release_are_no_fault_where_something_is_released(fonts: FontBook) -> None:
    found = findings("partial", fonts, given="其余部分现向您提供")
    assert "partial_wording" not in {f.code for f in found}


def test_a_character_alone_on_a_last_line_is_pointed_out(fonts: FontBook) -> None:
    found = [
        f for n in range(1, 29) for f in findings("granted", fonts, content="表" * n) if f.code == "lone_character"
    ]
    assert found
    assert not any(f.blocking for f in found)
    assert all("最后一行只有一个字" in f.what for f in found)


def test_the_right_weekday_is_no_finding(fonts: FontBook) -> None:
    assert findings("not_held", fonts, explanation="该会议于2026年11月6日（星期五）召开") == []


def test_the_applicants_own_words_are_not_our_mistakes(fonts: FontBook) -> None:
    assert findings("granted", fonts, content="昨天的会议纪要,柳政[2026]15号") == []


def test_blocking_findings_come_first(fonts: FontBook) -> None:
    found = findings("not_held", fonts, explanation="没有找到,已经核实", search_process="")
    assert [f.blocking for f in found] == sorted((f.blocking for f in found), reverse=True)


@pytest.mark.parametrize(("article", "stops"), [("第十五条、第三十二条", False), ("第三十八条", True), ("", True)])
def test_a_part_is_withheld_on_one_of_three_grounds_only(article: str, stops: bool, fonts: FontBook) -> None:
    found = findings("partial", fonts, withheld=[["单价分析表", article, "商业秘密"]])
    assert ("no_ground" in [finding.code for finding in found if finding.blocking]) is stops
