"""Numbers in the text of a report that are none of its figures: denied, of other matters, of parts of the year, of routes, of offices, of
another year; and faults that its sentences tell by themselves."""

from __future__ import annotations

import pytest

from deskapp.law.report_context import in_figures
from deskapp.law.report_text import check_text

FIGURES = {
    "new": 59, "carried_in": 1, "intake": 60, "total": 32, "carried_out": 28, "natural_persons": 52, "organisations": 8,
    "new_natural_persons": 51, "new_organisations": 8, "group_granted": 10, "group_partial": 1, "group_refused": 5, "group_unable": 10,
    "group_not_processed": 4, "group_other": 2, "review": 0, "suit": 0, "suit_direct": 0, "suit_after_review": 0,
}  # fmt: skip
SILENT = """
今年未办结28件。
年末尚未办结28件，均在期限内。
全年没有不按期答复32件的情况。
转办28件，办结10件信访事项。
未予以公开22件。
未能部分公开3件。
收到群众来信申请补助120件。
其中网上收到申请11件，信函收到申请28件，当面收到申请20件。
镇党政办收到申请50件，镇农业办收到申请9件。
上半年办结20件，下半年办结12件。
收到举报投诉类申请3件。
通过信函受理申请28件。
收到申请59件，已办结32件，其中延期答复5件，按期答复27件。
对5件申请作出不予公开答复，对10件予以公开。
本级收到申请59件，下属单位收到申请12件。
较2025年收到申请51件，增长15.7%。
12345热线办结1203件。
办理人大建议办结12件、政协提案办结8件。
行政许可办结1203件。
收到网民留言申请公开类15件。
一季度收到申请20件，二季度收到15件，三季度收到12件，四季度收到12件。
全镇各部门共收到申请120件，其中镇政府本级收到59件。
按期办结率100%，办结率53.3%。
收到申请59件，办结率达100%。
收到申请59件，其中当面21件，邮寄28件。
收到申请59件，同比增长15.7%（2025年51件）。
全年共收到依申请公开五十九件。
办好民生实事，一件一件抓落实。
"""
FAULTS = """
全年收到公众提出的信息公开申请58件。|文字58，表格本年新收59
全年共收到依申请公开五十八件。|文字58，表格本年新收59
全年因政府信息公开被申请行政复议、提起行政诉讼各1件。|文字1，表格行政复议0
年底尚有27件未办结，结转2027年继续办理。|文字27，表格结转下年度28
未办结27件。|文字27，表格结转下年度28
办结率为63.3%。|写63.3%，办结总计32，算出来是
收到申请59件，其中当面21件，邮寄28件，网络11件，传真0件。|各项相加60，总数59，差1
收到申请59件，同比增长25.7%（2025年51件）。|上年51，算出来是增长15.69%
2026年收到申请59件。另据统计，收到申请58件。|文字58，表格本年新收59
"""


@pytest.mark.parametrize("text", SILENT.split())
def test_nothing_is_said_of_it(text: str) -> None:
    assert check_text(f"2026年收到申请59件，办结32件。{text}", FIGURES, {"new": 51}, 2026).faults == ()


@pytest.mark.parametrize(("text", "told"), [line.split("|") for line in FAULTS.split()])
def test_it_is_named(text: str, told: str) -> None:
    check = check_text(text, FIGURES, {}, 2026)
    assert not check.ok
    assert told in check.detail


@pytest.mark.parametrize(
    ("text", "figures"),
    [("六十件", "60件"), ("一百零三起", "103起"), ("一百一十件", "110件"), ("二〇件", "20件"), ("十件", "10件"),
     ("两件", "2件"), ("一件事", "一件事"), ("第六件", "第六件")],
)  # fmt: skip
def test_numerals_before_what_is_counted(text: str, figures: str) -> None:
    assert in_figures(text) == figures


def test_a_text_in_which_nothing_was_found_is_not_said_to_fit() -> None:
    check = check_text("本年工作扎实推进。", FIGURES, {}, 2026)
    assert (check.ok, check.compared, check.verdict) == (True, False, "没有核对到")
    assert check_text("收到申请59件。", FIGURES, {}, 2026).verdict == "相符"
    assert check_text("收到申请58件。", FIGURES, {}, 2026).verdict == "不符"
