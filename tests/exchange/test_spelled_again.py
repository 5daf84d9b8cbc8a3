"""The same application in a table once more, spelled otherwise: seen before anything is written, as the register itself sees it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from deskapp.desk import Desk
from deskapp.desk.office.ledger_in import KnownLines
from deskapp.parsing import one_line, person_name
from deskapp.register.people import People
from tests.conftest import register
from tests.exchange.test_tables import HEAD, book, row

NUMBER = "柳政依复〔2026〕1号"
HEADED = [*HEAD, "答复类型", "答复日期", "文号"]
FIRST = {"申请人": "李明", "申请内容": "2025年预算"}


def table(tmp_path: Path, changes: dict[str, str], number: str = NUMBER) -> Path:
    line: list[Any] = [*row(1, **{**FIRST, **changes}), "予以公开", "2026-03-10", number]
    return book(tmp_path / "a.xlsx", {"台账": [HEADED, line]})


@pytest.mark.parametrize(
    "changes",
    [
        {"申请人": "李　明"}, {"申请人": "李 明"}, {"申请人": "李\xa0明"}, {"申请人": "李\u200b明"}, {"申请内容": "2025年预算。"},
        {"申请内容": "２０２５年预算"}, {"申请内容": "2025年“预算”"}, {"申请内容": "2025年\n预算"}, {"申请内容": "《2025年预算》"},
        {"申请内容": "2025 年预算"}, {"申请人": "李　明", "申请内容": "2025年预算；"},
    ],
)  # fmt: skip
def test_the_same_in_another_spelling(desk: Desk, tmp_path: Path, changes: dict[str, str]) -> None:
    assert desk.ledgers.take(table(tmp_path, {})).taken == 1
    tried = desk.ledgers.take(table(tmp_path, changes), dry_run=True)
    assert "登记簿里已经有一件" in tried.bad[0].right
    updated = desk.ledgers.take(table(tmp_path, changes), known=KnownLines("update", differing=False))
    assert (updated.taken, updated.bad) == (0, ())
    assert desk.ledgers.take(table(tmp_path, {"申请内容": "2025年决算"}), dry_run=True).bad == ()


def test_twice_in_one_file(desk: Desk, tmp_path: Path) -> None:
    lines = [HEAD, row(1, **FIRST), row(2, 申请人="李　明", 申请内容="２０２５年预算。")]
    done = desk.ledgers.take(book(tmp_path / "a.xlsx", {"台账": lines}), dry_run=True)
    assert any("第3行和前面的行收到日期、申请人、申请内容都一样" in said for said in done.warnings)


def test_a_number_on_two_cases_is_told_before_it_is_done(desk: Desk, tmp_path: Path) -> None:
    assert desk.ledgers.take(table(tmp_path, {})).taken == 1
    other = {"申请人": "王五"}
    tried = desk.ledgers.take(table(tmp_path, other, "柳政依复[2026]第1号"), dry_run=True)
    assert tried.warnings == ("这些文号会用在不止一件上，请核对：柳政依复〔2026〕1号（第2行）。",)
    assert desk.ledgers.take(table(tmp_path, other, "柳政依复〔2026〕2号"), dry_run=True).warnings == ()
    known = KnownLines("update")
    assert desk.ledgers.take(table(tmp_path, {}), dry_run=True, known=known).warnings == ()
    again = [HEADED, *([*row(n), "予以公开", "2026-03-10", "柳政依复〔2026〕9号"] for n in (3, 4))]
    tried = desk.ledgers.take(book(tmp_path / "b.xlsx", {"台账": again}), dry_run=True)
    assert tried.warnings == ("这些文号会用在不止一件上，请核对：柳政依复〔2026〕9号（第3行）。",)


def test_names_are_kept_as_registration_keeps_them(desk: Desk, tmp_path: Path) -> None:
    assert register(desk, applicant="李　明").who == "李明"
    lines = [
        [*HEAD, "代理人", "推选的代表", "一起申请的人"],
        [*row(1, 申请人="⻢　明"), "张　三｜｜139", "王　五、⻢明", "王　五；赵六"],
    ]
    assert desk.ledgers.take(book(tmp_path / "a.xlsx", {"台账": lines})).taken == 1
    received = desk.lookup.case_by_no("LH-2026-0002").received
    assert received.applicant == "马明"
    assert received.agent
    assert (received.agent.name, received.representatives) == ("张三", ("王五", "马明"))
    assert [person.name for person in received.others] == ["王五", "赵六"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("李　明", "李明"), ("李 小 明", "李小明"), ("张三 李四", "张三 李四"), ("李 小明", "李 小明"), ("A B", "A B"), ("⽊明", "木明"),
        ("买买提·艾力", "买买提·艾力"), ("王", "王"), ("", ""),
    ],
)  # fmt: skip
def test_the_blanks_of_a_name(typed: str, kept: str) -> None:
    assert person_name(typed) == kept


def test_radicals_are_characters() -> None:
    assert one_line("⻢⻋⻔⻰⼀⽊⺠") == "马车门龙一木民"
    assert one_line("⺮⻌") == "⺮⻌"  # parts of characters are none


def test_representatives_by_name() -> None:
    assert People.model_validate({"representatives": "张三 李四、王　五"}).representatives == ("张三", "李四", "王五")
