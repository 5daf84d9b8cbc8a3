"""The registration number of a ledger's line in the spellings of hands: folded where it is sure, asked about where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.desk.office.ledger_counts import Imported
from deskapp.desk.office.ledger_in import KnownLines
from deskapp.register.numbers import folded_case_no

HEAD = "登记号,收到日期,收到方式,申请人,申请人类别,申请内容,答复类型,答复日期"
FOLDED = [
    "LH-2026-1", "LH-2026-001", "LH—2026—0001", "LH20260001", "LH 2026 0001", "LH2026-0001", "ＬＨ－２０２６－０００１", "LH_2026_0001",
    "LH-26-0001", "LH-2026-0001号", "LH〔2026〕0001号", "lh-2026-0001", "'LH-2026-0001", "LH-2026-0001。",
]  # fmt: skip
NOT_SURE = ["〔2026〕0001", "0001", "1", "2026-0001", "第1号"]
OTHERS = ["旧2020-5", "XX-2026-1", "SQ202603050001", "LH202603050001", "柳依申〔2025〕1号", "LH-2026"]


def take(desk: Desk, tmp_path: Path, number: str, known: KnownLines = KnownLines(), **changes: str) -> Imported:  # noqa: B008  # frozen
    cells = {"申请人": "赵一", "申请内容": "征地批文", "答复类型": "", "答复日期": "", **changes}
    line = f"{number},2026-03-05,当面,{cells['申请人']},自然人,{cells['申请内容']},{cells['答复类型']},{cells['答复日期']}"
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD}\n{line}\n", encoding="utf-8")
    return desk.ledgers.take(path, known=known)


@pytest.mark.parametrize("number", FOLDED)
def test_another_spelling_is_the_same_number(desk: Desk, tmp_path: Path, number: str) -> None:
    assert take(desk, tmp_path, "LH-2026-0001").taken == 1
    assert take(desk, tmp_path, number).bad[0].right.startswith("这个登记号登记簿里已经有了")
    done = take(desk, tmp_path, number, KnownLines("update"), 答复类型="予以公开", 答复日期="2026-03-19")
    assert (done.taken, done.updated, done.bad) == (0, 1, ())


@pytest.mark.parametrize("number", NOT_SURE)
def test_a_number_that_is_not_whole_is_asked_about(desk: Desk, tmp_path: Path, number: str) -> None:
    assert take(desk, tmp_path, "LH-2026-0001").taken == 1
    for known in (KnownLines(), KnownLines("update")):
        done = take(desk, tmp_path, number, known, 申请人="赵一一")
        assert (done.taken, done.updated) == (0, 0)
        assert done.bad[0].right.startswith("这不是写全的登记号，可能是登记簿里的LH-2026-0001")
    assert take(desk, tmp_path, number, KnownLines("again"), 申请人="赵一一").taken == 1


@pytest.mark.parametrize("number", [*NOT_SURE, *OTHERS])
def test_the_same_day_person_and_content_is_asked_about_whatever_the_number(
    desk: Desk, tmp_path: Path, number: str
) -> None:
    assert take(desk, tmp_path, "LH-2026-0007").taken == 1
    for known in (KnownLines(), KnownLines("update")):
        done = take(desk, tmp_path, number, known, 申请内容="征地批文。")
        assert (done.taken, done.updated) == (0, 0)
        assert done.bad[0].right.startswith("登记簿里的LH-2026-0007收到日期、申请人、申请内容都和这一行一样")
    assert take(desk, tmp_path, number, KnownLines("again")).taken == 1


@pytest.mark.parametrize("number", OTHERS)
def test_numbers_of_others_stay_as_they_stand(number: str) -> None:
    assert folded_case_no(number, "LH") == number


def test_in_an_empty_register_the_numbers_of_an_old_ledger_come_in(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = "\n".join(f"{n},2026-03-05,当面,赵{n},自然人,甲{n},," for n in range(1, 4))
    path.write_text(f"{HEAD}\n{lines}\n", encoding="utf-8")
    assert desk.ledgers.take(path).taken == 3


def test_two_spellings_of_one_number_in_one_file(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = "LH-2026-1,2026-03-05,当面,赵一,自然人,甲,,\nLH20260001,2026-03-06,当面,钱二,自然人,乙,,"
    path.write_text(f"{HEAD}\n{lines}\n", encoding="utf-8")
    assert desk.ledgers.take(path).bad[0].right == "与第2行重复"


@pytest.mark.parametrize("number", ["", "LH-2026-0001"])
def test_two_lines_for_one_case_are_named(desk: Desk, tmp_path: Path, number: str) -> None:
    assert take(desk, tmp_path, "LH-2026-0001").taken == 1
    path = tmp_path / "b.csv"
    one = f"{number},2026-03-05,当面,赵一,自然人,征地批文,予以公开,2026-03-19"
    two = ",2026-03-05,当面,赵 一,自然人,征地批文,信息不存在,2026-03-18"
    path.write_text(f"{HEAD}\n{one}\n{two}\n", encoding="utf-8")
    done = desk.ledgers.take(path, known=KnownLines("update", differing=True))
    assert (done.taken, done.updated, done.bad_lines) == (0, 0, 1)
    assert done.bad[0].line == 3
    assert done.bad[0].right == "和第2行说的是同一件（LH-2026-0001），一件只能有一行，请核对后并成一行"
