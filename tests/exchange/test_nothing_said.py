"""Words that stand where a number should, and masked numbers: they are nobody's, in a ledger, at the door, and in what was there before."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.desk.cases.intake import IntakeDraft
from deskapp.register.similar import Person, of_person
from deskapp.telling import says_nothing, tells_person, tells_phone
from tests.conftest import register

HEAD = "收到日期,收到方式,申请人,申请人类别,申请内容,证件号码,联系电话"
NOTHING = [
    "未提供",
    "不详",
    "无",
    "0",
    "（略）",
    "身份证",
    "未留",
    "保密",
    "未填写",
    "不愿提供",
    "无身份证",
    "【不详】",
    "N/A",
]
MASKED = ["110105********002X", "139****0001", "1101051949XXXX002X", "33010219900101●●●●", "1234", "00000000", "某某"]


@pytest.mark.parametrize("text", NOTHING)
def test_words_that_say_nothing(text: str) -> None:
    assert says_nothing(text)
    assert (tells_person(text), tells_phone(text)) == ("", "")


@pytest.mark.parametrize(
    "text", ["赵无", "缺德柱", "略阳县教育局", "未央区财政局", "无锡某公司", "明空", "", "13900000000", "没"]
)
def test_names_say_something(text: str) -> None:
    assert not says_nothing(text)


@pytest.mark.parametrize("number", MASKED)
def test_masked_and_short_numbers_prove_nobody(desk: Desk, number: str) -> None:
    register(desk, applicant="张三", id_number=number, phone=number)
    assert of_person(desk._store, Person("钱二", number, number)) == []
    assert [like.why for like in of_person(desk._store, Person("张三", number, number))] == ["姓名相同"]


@pytest.mark.parametrize("number", ["G12345678", "军字第1234567号", "11010519491231002X", "0577-88880000"])
def test_whole_numbers_do(desk: Desk, number: str) -> None:
    register(desk, applicant="张三", id_number=number)
    assert [like.why for like in of_person(desk._store, Person("钱二", number))] == ["证件号码相同"]


@pytest.mark.parametrize("name", ["张某", "李**", "王×"])
def test_masked_names_prove_nobody(desk: Desk, name: str) -> None:
    register(desk, applicant=name)
    assert of_person(desk._store, Person(name)) == []


def test_a_ledger_counts_them_and_makes_nobody_one(desk: Desk, tmp_path: Path) -> None:
    people = [
        ("赵一", "未提供", "不详"),
        ("钱二", "未提供", "不详"),
        ("孙三", "0", "（略）"),
        ("李四", "身份证", "0"),
    ]
    lines = [f"2026-03-0{n},当面,{who},自然人,甲{n},{one},{two}" for n, (who, one, two) in enumerate(people, 1)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join([HEAD, *lines]), encoding="utf-8")
    done = desk.ledgers.take(path)
    assert done.taken == 4
    assert "有8格写的不是号码，当作没有填：证件号码【未提供】2格、联系电话【不详】2格" in "".join(done.warnings)
    assert not any("证件号码有疑问" in said for said in done.warnings)
    assert of_person(desk._store, Person("周五", "未提供", "不详")) == []


@pytest.mark.parametrize("name", ["不详", "（略）", "未提供"])
def test_an_applicant_of_such_words_is_bad(desk: Desk, tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD}\n2026-03-01,当面,{name},自然人,甲,,\n", encoding="utf-8")
    assert desk.ledgers.take(path).bad[0].right == "这不是谁的名字，请照原件写明申请人"
    typed = IntakeDraft(channel="in_person", applicant=name, applicant_class="natural_person", content="甲")
    assert any(x.field == "applicant" and x.blocking and name in x.message for x in desk.intake.check(typed))


def test_at_the_door_they_are_registered_as_empty_and_said(desk: Desk) -> None:
    case = register(desk, applicant="张三", id_number="不详", phone="未留")
    assert (case.received.id_number, case.received.phone) == ("", "")
    typed = IntakeDraft(
        channel="in_person", applicant="张三", applicant_class="natural_person", content="甲", phone="未留"
    )
    said = [x.message for x in desk.intake.check(typed) if x.field == "phone" and not x.blocking]
    assert "写的是【未留】，登记时当作没有填。" in said


@pytest.mark.parametrize(
    ("column", "text", "doubted"),
    [
        ("联系电话", "57188880000", True), ("联系电话", "5778880000", True), ("联系电话", "1066668888", True), ("联系电话", "2166668888", True),
        ("联系电话", "057188880000", False), ("联系电话", "13900000001", False), ("联系电话", "88880000", False), ("联系电话", "4008001234", False),
        ("邮政编码", "10020", True), ("邮政编码", "010020", False), ("邮政编码", "325000", False),
    ],
)  # fmt: skip
def test_a_nought_that_was_lost_at_the_beginning(
    desk: Desk, tmp_path: Path, column: str, text: str, doubted: bool
) -> None:
    path = tmp_path / "a.csv"
    head = "收到日期,收到方式,申请人,申请人类别,申请内容"
    path.write_text(f"{head},{column}\n2026-03-01,当面,张三,自然人,甲,{text}\n", encoding="utf-8")
    said = [x for x in desk.ledgers.take(path).warnings if "丢了开头的0" in x]
    assert said == ([f"第2行的{column}像是丢了开头的0（表格把它当成了数值），照写的收，请核对。"] if doubted else [])
