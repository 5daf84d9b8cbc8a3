"""Sentences of annual reports as their offices published them on their sites, 2021 to 2025: the figures in the usual words are found, none else.

Of these pages only the beginning was at hand, without the tables; the signs are the pages' own, commas of half width made full.
"""

from __future__ import annotations

import pytest

from deskapp.law.report_text import check_text, quotations

# Whose sentence, its year, the sentence, its figures in the order of the kinds of figures.
SENTENCES: tuple[tuple[str, int, str, tuple[tuple[str, int], ...]], ...] = (
    (
        "a district",
        2022,
        "2022年，全区各职能部门、镇街共收到政府信息依申请公开1499件。其中，通过网络申请1303件，占86.92%；通过信函申请172件，占11.47%；通过当面申请24件，占1.60%。2022年，全区各职能部门、镇街共完成政府信息依申请公开答复1453件，包括上年结转信息公开申请30件。其中，予以公开答复966件，占66.48%；部分公开67，占4.61%；不予公开81件，占5.57%；无法提供的182件，占12.53%；不予处理的61件，占4.20%；其他处理96件，占6.61%。",
        (
            ("carried_in", 30),
            ("new", 1499),
            ("total", 1453),
            ("group_granted", 966),
            ("group_refused", 81),
            ("group_unable", 182),
            ("group_not_processed", 61),
            ("group_other", 96),
        ),
    ),
    (
        "高淳区",
        2022,
        "2022年，全区共收到政府信息公开申请130件，申请量同比增长103%。为提升答复群众满意率，我区进一步规范政府信息公开申请答复流程，制定统一办理流程和答复文书，办复率100%，其中予以公开或部分公开59件、占45.3%；不予公开32件、占24.6%；无法提供26件、占20%；不予处理1件、占0.7%；其他处理12件、占9.2%。",
        (
            ("new", 130),
            ("group_granted+group_partial", 59),
            ("group_refused", 32),
            ("group_unable", 26),
            ("group_not_processed", 1),
            ("group_other", 12),
        ),
    ),
    (
        "东宝区",
        2024,
        "2024年全区共收到依申请公开件30件，上年度结转办理件1件，共办结24件，结转到2025年办理7件。",
        (("carried_in", 1), ("new", 30), ("total", 24), ("carried_out", 7)),
    ),
    (
        "a zone",
        2024,
        "2024年，全区共收到信息公开申请件40件，比上一年度增长21%，已按时办结36件，4件结转至下年度继续办理，办结率90%。",
        (("new", 40), ("total", 36), ("carried_out", 4)),
    ),
    (
        "硚口区政府办",
        2024,
        "新收到依申请公开政府信息42件，答复依申请公开政府信息39件，均在法定期限内予以答复，结转下年度继续办理3件。",
        (("new", 42), ("total", 39), ("carried_out", 3)),
    ),
    (
        "秦都区",
        2024,
        "全年依申请公开共收到群众网上申请105件，快递17件，合计122件，上年结转11件，截至12月底已回复126件，7件正在办理中。行政复议144件，120件做了复议决定，行政诉讼97件，27件法院做出判决。",
        (("carried_in", 11), ("review", 144), ("suit", 97)),
    ),
    (
        "濂溪区",
        2024,
        "2024年，全区受理依申请公开件255件，办结255件，其中予以公开71件、部分公开5件",
        (("new", 255), ("total", 255), ("group_granted", 71), ("group_partial", 5)),
    ),
    (
        "大丰区",
        2024,
        "全年共办理政府信息公开申请69件，含2023年转至今年办理的3件，办结68件，剩余1件结转下一年度处理，完成市政府办公室协办件13件，已按要求答复。按期答复率100%。",
        (("carried_in", 3), ("total", 68), ("total", 69), ("carried_out", 1)),
    ),
    (
        "a town of 大兴区",
        2025,
        "全年共收到政府信息公开申请16件，均在法定时限内完成答复，答复率100%，",
        (("new", 16),),
    ),
    (
        "望疃镇",
        2023,
        "2023年，我镇未收到依申请公开政府信息。",
        (("new", 0),),
    ),
    (
        "熊官屯镇",
        2023,
        "2023年度，我镇未接到依申请公开办件。",
        (("new", 0),),
    ),
    (
        "汉阳区政府办",
        2022,
        "2022年，区政府办公室共收到8份政府信息公开申请，均为自然人申请。其中，予以公开2件，部分公开2件，属于四类过程性性信息1件，本办不掌握相关政府信息2件，其他1件（申请人自主撤销）。无下年度结转。",
        (("new", 8), ("group_granted", 2), ("group_partial", 2)),
    ),
    (
        "上饶市",
        2022,
        "2022年全市共收到政府信息申请公开件658件，因政府信息公开引起的行政复议22件、行政诉讼案件1件。",
        (("new", 658), ("review", 22), ("suit", 1)),
    ),
    (
        "东城街街道",
        2021,
        "2021年，东城街街道办事处未接到任何形式的信息公开申请。",
        (("new", 0),),
    ),
    (
        "佳荣里街",
        2021,
        "2021年，全街共受理政府信息公开申请总数1件。",
        (("new", 1),),
    ),
    (
        "杨凌示范区审计局",
        2022,
        "2022年，未收到依申请公开事项.",
        (("new", 0),),
    ),
    (
        "螺洋街道",
        2021,
        "街道未收到任何公民、法人和其他组织提出的公开政府信息的申请；街道未向公民、法人和其他组织收取任何与政府信息公开工作相关的费用；街道未发生有关政府信息公开工作的举报、投诉、行政复议或提起行政诉讼等情况。",
        (("new", 0),),
    ),
)


@pytest.mark.parametrize(("who", "year", "text", "figures"), SENTENCES, ids=[who for who, *_ in SENTENCES])
def test_the_figures_of_a_published_sentence_are_found(
    who: str, year: int, text: str, figures: tuple[tuple[str, int], ...]
) -> None:
    assert tuple((quoted.keys[0], quoted.number) for quoted in quotations(text, year)) == figures


def test_shares_that_were_cut_and_not_rounded_are_named_and_those_that_fit_are_not() -> None:
    text = next(text for who, _, text, _ in SENTENCES if who == "高淳区")
    figures = {
        "new": 130, "intake": 130, "total": 130, "group_granted": 50, "group_partial": 9, "group_refused": 32, "group_unable": 26,
        "group_not_processed": 1, "group_other": 12,
    }  # fmt: skip
    told = [fault.line for fault in check_text(text, figures, {}, 2022).faults]
    assert [line.partition("，应当是")[0] for line in told] == [
        "【予以公开或部分公开59件、占45.3%】：占比写45.3%",
        "【不予处理1件、占0.7%】：占比写0.7%",
    ]
    assert "办结总计的45.4%" in told[0]


def test_what_came_and_what_was_closed_of_a_sentence_fit_each_other() -> None:
    text = next(text for who, _, text, _ in SENTENCES if who == "东宝区")
    figures = {"new": 30, "carried_in": 1, "intake": 31, "total": 24, "carried_out": 7}
    assert check_text(text, figures, {}, 2024).ok
    assert [fault.written for fault in check_text(text, {**figures, "total": 25}, {}, 2024).faults] == ["24"]
