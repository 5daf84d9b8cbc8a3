"""What people wrote beside a case goes with it at the county too: answers to tasks above all, in the database and in every kept bundle."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from deskapp.county.hall import County
from deskapp.desk.office.answers_over import AnswersOver
from deskapp.exchange.bundle.tasks import Task, TaskAnswer, names
from deskapp.register.erasing import erase
from deskapp.register.facts import SIGN
from deskapp.register.person_words import words_of_people
from scripts.postgres import Server
from tests.conftest import DAY
from tests.county.conftest import PointDesk, said
from tests.county.test_forgetting import SECRETS, STAYS, archived, asked, dumped, files, forget, whole
from tests.county.test_taking import snapshot

__all__ = ["asked"]
UNTIL = date(2026, 12, 10)
NAME = SECRETS[0]
OTHER = "另一件已经改好"


def task_for(hall: County, point: PointDesk, folder: Path, text: str, cases: tuple[str, ...] = ()) -> Task:
    """A task of the county that has gone down to the point."""
    made = hall.tasking.give(
        [hall.points.named(point.card.id)], "spot_check" if cases else "mend", text, UNTIL, cases
    )
    target = folder / f"{made[0].id}.county"
    hall.tasking.send(target, [], [])
    point.desk.bundles.take_county(point.key)
    point.desk.county_sets.take(target)
    return made[0]


def number(point: PointDesk) -> str:
    return point.desk.lookup.case(archived(point)).case_no


def forget_all(point: PointDesk) -> None:
    """As the desk does it: what was answered about the case goes with it."""
    case = point.desk.lookup.case(archived(point))
    journal = point.desk.lookup._journal
    notes = AnswersOver(journal).of_case(case.case_no, words_of_people([case]))
    erase(journal, case.case_id, point.desk.clock.today(), "李晓梅", "王建国", "保管期满", notes)


def standing(hall: County, task: Task) -> TaskAnswer:
    body = hall.db.value("SELECT body FROM standings WHERE kind = 'answer' AND standing_key = %s", [task.id])
    return TaskAnswer.model_validate_json(body)


@pytest.fixture
def nowhere(hall: County, server: Server, dsn: str) -> Callable[[str], None]:
    """Looks for a word in a dump of the database and in every kept bundle, and once more after the database was made anew."""

    def looked(word: str = NAME) -> None:
        before = snapshot(hall)
        for turn in ("as it stands", "made anew"):
            assert word not in dumped(server, dsn), turn
            assert word not in "".join(files(hall).values()), turn
            hall.rebuild(hall.home.path)
            assert snapshot(hall) == before, turn

    return looked


def test_an_answer_to_a_task_that_names_the_case(
    hall: County, asked: PointDesk, tmp_path: Path, nowhere: Callable[[str], None], server: Server, dsn: str
) -> None:
    """At the level ``facts`` the county knows no names; it knows which case was to be looked at again."""
    hall.take(asked.bundle())
    task = task_for(hall, asked, tmp_path, "核对送达凭证", (number(asked),))
    other = task_for(hall, asked, tmp_path, "标识牌没有挂在入口")
    asked.desk.tasks.answer(task.id, f"{NAME}来补了签名", {number(asked): f"{NAME}签收的回执找到了"})
    asked.desk.tasks.answer(other.id, OTHER)
    hall.take(asked.bundle())
    assert NAME in dumped(server, dsn)
    assert NAME in "".join(files(hall).values())
    forget(
        asked
    )  # by a program of the point that leaves its answers as they are, and sends them again with every bundle
    hall.take(asked.bundle())
    nowhere(NAME)
    assert standing(hall, task).found == {number(asked): SIGN}
    assert standing(hall, other).text == OTHER
    asked.goes_to(DAY + timedelta(days=1))
    hall.take(asked.bundle())
    nowhere(NAME)


def test_an_answer_that_the_point_emptied_is_emptied_in_every_earlier_bundle(
    hall: County, asked: PointDesk, tmp_path: Path, nowhere: Callable[[str], None]
) -> None:
    """No number and no name at the county leads to it: the point knows, and what it sends says so."""
    task = task_for(hall, asked, tmp_path, "答复要写明救济途径")
    other = task_for(hall, asked, tmp_path, "标识牌没有挂在入口")
    asked.desk.tasks.answer(task.id, f"给{NAME}的答复已经补写")
    asked.desk.tasks.answer(other.id, OTHER)
    hall.take(asked.bundle())
    asked.goes_to(DAY + timedelta(days=1))
    hall.take(asked.bundle())
    assert sum(NAME in text for text in files(hall).values()) == 2
    forget_all(asked)
    assert [each.answer.text for each in asked.desk.tasks.all() if each.answer] == [SIGN, OTHER]
    assert not [finding for finding in asked.desk.upkeep.check() if finding.fault and finding.code == "erased"]
    hall.take(asked.bundle())
    nowhere(NAME)
    assert standing(hall, other).text == OTHER


def test_a_name_that_the_county_was_told_is_found_in_any_answer(
    hall: County, asked: PointDesk, tmp_path: Path, nowhere: Callable[[str], None], server: Server, dsn: str
) -> None:
    task = task_for(hall, asked, tmp_path, "答复要写明救济途径")
    asked.desk.tasks.answer(task.id, f"给{NAME}的答复已经补写")
    hall.take(whole(asked))
    assert NAME in dumped(server, dsn)
    forget(asked)
    hall.take(whole(asked))
    nowhere(NAME)
    asked.cases(1)
    hall.take(whole(asked))  # with the answer in it as it was
    nowhere(NAME)
    assert STAYS in dumped(server, dsn)


def test_all_of_it_in_one_bundle(
    hall: County, asked: PointDesk, tmp_path: Path, nowhere: Callable[[str], None]
) -> None:
    task = task_for(hall, asked, tmp_path, "核对送达凭证", (number(asked),))
    asked.desk.tasks.answer(task.id, f"{NAME}来补了签名", {number(asked): "齐全"})
    forget(asked)
    assert said(hall.take(asked.bundle()))[0][0] == "taken"
    nowhere(NAME)


def test_one_that_waits_for_an_earlier_one_goes_too(
    hall: County, asked: PointDesk, tmp_path: Path, nowhere: Callable[[str], None]
) -> None:
    task = task_for(hall, asked, tmp_path, "核对送达凭证", (number(asked),))
    first = asked.bundle()
    asked.desk.tasks.answer(task.id, f"{NAME}来补了签名", {number(asked): "齐全"})
    forget(asked)
    assert said(hall.take(asked.bundle())) == [("early", "early", 0)]
    assert [each.verdict for each in hall.take(first)] == ["taken", "taken"]
    nowhere(NAME)


def test_a_folder_from_before_does_not_bring_it_back(
    hall: County, asked: PointDesk, tmp_path: Path, nowhere: Callable[[str], None]
) -> None:
    task = task_for(hall, asked, tmp_path, "核对送达凭证", (number(asked),))
    asked.desk.tasks.answer(task.id, f"{NAME}来补了签名", {number(asked): "齐全"})
    hall.take(asked.bundle())
    old = tmp_path / "old"
    shutil.copytree(hall.home.path, old / "county")
    forget(asked)
    hall.take(asked.bundle())
    for path in (hall.home.path / "bundles").rglob("*"):
        target = old / "county/bundles" / path.relative_to(hall.home.path / "bundles")
        if path.is_file() and not target.exists():
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    before = snapshot(hall)
    hall.rebuild(old)
    assert snapshot(hall) == before
    nowhere(NAME)


def test_what_is_answered_after_the_erasing_stays(hall: County, asked: PointDesk, tmp_path: Path) -> None:
    hall.take(asked.bundle())
    task = task_for(hall, asked, tmp_path, "核对档案还在不在", (number(asked),))
    forget_all(asked)
    hall.take(asked.bundle())
    asked.goes_to(DAY + timedelta(days=1))
    asked.desk.tasks.answer(task.id, "个人信息已经删去", {number(asked): "数字还在"})
    hall.take(asked.bundle())
    assert (standing(hall, task).text, standing(hall, task).found) == (
        "个人信息已经删去",
        {number(asked): "数字还在"},
    )


def test_the_countys_own_words_and_names_of_files(
    hall: County, asked: PointDesk, tmp_path: Path, nowhere: Callable[[str], None], server: Server, dsn: str
) -> None:
    where = hall.points.named(asked.card.id)
    hall.tasking.give([where], "mend", f"给{NAME}补寄答复", UNTIL)
    stays = hall.tasking.give([where], "mend", "补公开2025年决算", UNTIL)[0]
    trial = hall.trials.note(where, DAY, "online", SECRETS[3])
    hall.trials.match(trial.id, number(asked))
    path = whole(asked)
    hall.take(path.rename(path.with_name(f"{NAME}一案.bundle")))
    assert f"{NAME}一案" in dumped(server, dsn)
    forget(asked)
    hall.take(whole(asked))
    for word in (NAME, SECRETS[3]):
        nowhere(word)
    assert sorted(each.task.text for each in hall.tasking.all()) == sorted([SIGN, stays.text])
    assert hall.trials.all()[0].case is not None  # it is still known which case it was


def test_an_answer_loses_all_of_its_words_or_none() -> None:
    told = TaskAnswer(task="0" * 8, on=DAY, text="都看过", found={"LH-2026-0001": "缺", "LH-2026-0002": "齐"})
    left = told.without_words()
    assert (left.text, set(left.found), set(left.found.values())) == (SIGN, set(told.found), {SIGN})
    assert (told.emptied, left.emptied, left.without_words()) == (False, True, left)
    assert json.loads(left.model_dump_json())["on"] == DAY.isoformat()
    assert not TaskAnswer(task="0" * 8, on=DAY).emptied


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("LH-2026-0001已经补寄", True), ("见（LH-2026-0001）", True), ("LH-2026-00012", False), ("XLH-2026-0001", False),
        ("LH-2026-0001-2", False), ("", False),
    ],
)  # fmt: skip
def test_a_number_is_not_found_in_a_longer_one(text: str, is_named: bool) -> None:
    assert names(text, "LH-2026-0001") == is_named
