"""A case from its registration to its second answer, as commands."""

from __future__ import annotations

import pytest

from tests.cli.conftest import FACTS, Shell, file


def test_a_review_and_a_suit_from_end_to_end(unit: Shell) -> None:
    case = unit.json("register", file(unit, "a.json", FACTS), "--today", "2026-10-12")["case_no"]
    assert case == "LH-2026-0001"
    granted = file(unit, "g.json", {"attachments": ["预算表（3页）"], "manner": "纸质复制件"})
    refused = unit("issue", case, "granted", granted, "--today", "2026-11-05", expect=1)
    assert "保密审查" in refused.stderr
    opinion = ("note", case, "reviewed")
    assert "没有“reviewed”这种可以记的事" in unit(*opinion, "--today", "2026-11-05", expect=1).stderr
    unit("note", case, "answered", "category=not_held", "number=柳政依复〔2026〕1号", "--today", "2026-11-05")
    sent = ("serve", case, "柳政依复〔2026〕1号", "--way", "registered_mail", "--proof", "XA1", "--on", "2026-11-06")
    assert unit.json(*sent, "--today", "2026-11-06")["in_time"] is True
    unit("note", case, "disputed", "route=review", "reference=青政复〔2026〕8号", "--today", "2026-11-20")
    unit("note", case, "dispute_answered", "route=review", "--today", "2026-11-27")
    decided = ("route=review", "outcome=corrected", "reference=青政复决〔2026〕8号")
    unit("note", case, "dispute_decided", *decided, "--today", "2026-12-11")
    ordered = unit.json("note", case, "redo_ordered", "by=review", "number=青政复决〔2026〕8号", "--by", "王芳",
                        "--today", "2026-12-14")  # fmt: skip
    assert (ordered["status"], ordered["due_on"]) == ("running", "2027-01-12")
    shown = unit.json("show", case, "--today", "2026-12-14")
    assert [item["in_time"] for item in shown["clock"]["rounds"]] == [True, None]
    assert shown["journal"][-1]["by"] == "王芳"
    assert unit.json("today", "--today", "2026-12-15")["due_soon"] == []
    report = unit.json("report", "2026", "--today", "2026-12-15")
    assert {row["key"]: row["values"][-1] for row in report["table3"]}["not_held"] == 1
    assert report["table4"]["review"]["corrected"] == 1


def test_the_acts_that_there_are_and_those_that_may_follow(unit: Shell) -> None:
    unit("register", file(unit, "a.json", FACTS), "--today", "2026-10-12")
    every = {item["act"] for item in unit.json("acts")}
    now = {item["act"] for item in unit.json("acts", "LH-2026-0001", "--today", "2026-10-13")}
    assert {"redo_ordered", "interrupted", "arrived", "extended", "followed_up"} <= every
    assert now < every
    assert "followed_up" not in now
    assert "corrected" not in now
    order = next(item for item in unit.json("acts") if item["act"] == "redo_ordered")
    assert [field["key"] for field in order["fields"]] == [
        "ordered_by",
        "number",
        "working_days",
        "days",
        "partly",
        "procedural",
        "why",
    ]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ([], "JSON 对象"),
        ({**FACTS, "nobody": "李四"}, "没有“nobody”这一项"),
        ({**FACTS, "agent": "李四"}, "请选代理人交没有交授权委托书"),
        ({**FACTS, "agent": {"name": "李四", "surname": "李"}}, "【agent】写得不对"),
        ({**FACTS, "agent": {"name": "李四", "authority": "代为申请", "until": "2026-10-01"}}, "已经到期"),
        ({**FACTS, "others": [{"nobody": 1}]}, "【others】写得不对"),
        ({**FACTS, "others": ["李四", "李四"]}, "同名"),
        ({**FACTS, "others": [f"王{n}" for n in range(10)]}, "一共11名申请人"),
        ({**FACTS, "applicant": ""}, "请填写申请人"),
        ({**FACTS, "phone": 13905550123}, "应当是文字"),
        ({**FACTS, "received_on": "2026-13-01"}, "收到日期"),
    ],
)
def test_a_registration_that_cannot_be_leaves_no_trace(unit: Shell, facts: object, says: str) -> None:
    assert says in unit("register", file(unit, "a.json", facts), "--today", "2026-10-12", expect=1).stderr
    assert unit.json("search", "张", "--today", "2026-10-12") == []


def test_what_is_no_act_no_fact_no_letter_is_said(unit: Shell) -> None:
    unit("register", file(unit, "a.json", FACTS), "--today", "2026-10-12")
    case, day = "LH-2026-0001", ("--today", "2026-10-13")
    assert "没有“x”这一项" in unit("note", case, "extended", "x=1", *day, expect=1).stderr
    assert "要写成 项=值" in unit("note", case, "extended", "working_days", *day, expect=2).stderr
    wrong = file(unit, "w.json", {"nonsense": "1"})
    assert "没有“nonsense”这一项" in unit("issue", case, "not_held", wrong, *day, expect=1).stderr
    assert (
        "没有等着送达的"
        in unit("serve", case, "1号", "--way", "in_person", "--on", "2026-10-13", *day, expect=1).stderr
    )


def test_a_search_may_be_for_what_remains_or_for_who_works_on_it(unit: Shell) -> None:
    unit("register", file(unit, "a.json", FACTS), "--today", "2026-10-12")
    (due,) = unit.json("search", "--left", "余8日以上", "--today", "2026-10-12")
    assert due["case_no"] == "LH-2026-0001"
    assert unit.json("search", "--left", "已超期", "--today", "2026-10-12") == []
    assert [row["case_no"] for row in unit.json("search", "--left", "已超期", "--today", "2026-11-25")] == [
        "LH-2026-0001"
    ]
    unit("people", "--add", "周小雨", "--today", "2026-10-12")
    unit("note", "LH-2026-0001", "referred", "department=农业农村办", "--by", "周小雨", "--today", "2026-10-13")
    assert [row["case_no"] for row in unit.json("search", "--who", "周小雨")] == ["LH-2026-0001"]
    assert unit.json("search", "张", "--who", "周小雨", "--left", "停算", "--today", "2026-10-13") == []
    assert unit.json("search", "--who", "没有这个人") == []
