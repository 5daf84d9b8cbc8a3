"""The points of an assessment, with the cases behind them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.county.assessing import ScoreRule, read_rules, sheet_lines
from deskapp.county.hall import County
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.errors import DeskError
from tests.conftest import issue_granted
from tests.county.conftest import PointDesk

DOCS = Path(__file__).parents[2] / "docs" / "county.md"


def rules_file(folder: Path, text: str = "") -> Path:
    path = folder / "rules.toml"
    example = re.search(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)
    assert example
    path.write_text(text or example[1], encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("each", "most", "count", "points"),
    [(-6, 18, 0, 0), (-6, 18, 2, -12), (-6, 18, 4, -18), (-0.1, 5, 3, -0.3)],
)
def test_a_rule_gives_no_more_than_its_most(each: float, most: float, count: int, points: float) -> None:
    assert ScoreRule(key="a", name="甲", counts="overdue", each=each, most=most).points(count) == points


def test_a_late_answer_costs_and_names_its_case(hall: County, point: PointDesk, tmp_path: Path) -> None:
    point.goes_to(date(2026, 9, 1))
    letter = issue_granted(point.desk)
    point.goes_to(date(2026, 11, 20))
    draft = DeliveryDraft(letter_id=letter.id, way="in_person", on="2026-11-20", signed_by="张三")
    point.desk.delivery.serve(letter.case_id, draft)
    hall.take(point.bundle())
    sheets = hall.assess(rules_file(tmp_path), 2026)
    assert [(each.rule.key, each.count, each.points, each.behind) for each in sheets[0].scored] == [
        ("late", 1, -6, ("LH-2026-0001",)), ("form", None, 0, ()),
    ]  # fmt: skip
    assert sheets[0].points == 94
    assert sheet_lines(sheets)[1] == (point.card.name, "依申请公开超期答复", "1", "-6", "LH-2026-0001", "")


def test_every_measure_counts_something(hall: County, point: PointDesk, tmp_path: Path) -> None:
    measures = (
        "late_answers",
        "overdue",
        "corrected_disputes",
        "owed_items",
        "unfrozen_year",
        "late_tasks",
        "silent_days",
        "trial_faults",
        "by_hand",
    )
    rules = "\n".join(
        f'[[rule]]\nkey = "{m}"\nname = "{m}"\ncounts = "{m}"\neach = -1\nmost = 50\n' for m in measures
    )
    head = 'title = "办法"\nvalid_from = 2026-01-01\nvalid_until = 2026-12-31\ntotal = 100\n'
    path = rules_file(tmp_path, head + rules)
    point.goes_to(date(2026, 9, 1))
    point.cases(2)
    hall.take(point.bundle())
    hall.tasking.give(hall.points.all(), "mend", "补公开决算", date(2026, 11, 20))
    assert isinstance(hall.clock, FixedClock)
    hall.clock.set(date(2026, 11, 25))
    counts = {each.rule.key: each.count for each in hall.assess(path, 2026)[0].scored}
    assert counts == {
        "late_answers": 0, "overdue": 2, "corrected_disputes": 0, "owed_items": 0, "unfrozen_year": 0, "late_tasks": 1, "silent_days": 85,
        "trial_faults": 0, "by_hand": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "title = 1",
        'title = "甲"\nvalid_from = 2026-01-01\nvalid_until = 2025-01-01\ntotal = 1\n',
        "[[rule]]\nkey = 1",
    ],
)
def test_bad_rules_have_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "r.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DeskError, match="考核规则"):
        read_rules(path, 2026)


HEAD = 'title = "办法"\nvalid_from = 2026-01-01\nvalid_until = 2027-12-31\ntotal = 100\n'
RULE = '[[rule]]\nkey = "late"\nname = "超期"\ncounts = "{counts}"\n'


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("most = 18", "没有写 each"), ("each = 3\nmost = 18", "要写负数"), ("each = 0\nmost = 18", "要写负数"), ("each = nan\nmost = 18", "每|each"),
        ("each = -inf\nmost = 18", "each"), ("each = -6\nmost = 0", "most"), ("each = -6\nmost = inf", "most"), ("each = -6\nmost = 101", "比满分"),
    ],
)  # fmt: skip
def test_a_rule_that_would_give_wrong_sheets_is_refused(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(DeskError, match=words):
        read_rules(rules_file(tmp_path, HEAD + RULE.format(counts="late_answers") + line), 2026)


def test_a_file_as_notepad_saves_it(tmp_path: Path) -> None:
    path = rules_file(tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_rules(path, 2026).total == 100


@pytest.mark.parametrize(
    ("counts", "in_2026", "in_2027"), [("overdue", 1, 0), ("late_tasks", 1, 0), ("silent_days", 121, 51), ("unfrozen_year", 0, 1)]
)  # fmt: skip
def test_no_measure_looks_beyond_its_year(
    hall: County, point: PointDesk, tmp_path: Path, counts: str, in_2026: int, in_2027: int
) -> None:
    point.goes_to(date(2026, 9, 1))
    point.cases(1)
    hall.take(point.bundle())
    hall.tasking.give(hall.points.all(), "mend", "补公开决算", date(2026, 12, 1))
    assert isinstance(hall.clock, FixedClock)
    hall.clock.set(date(2027, 2, 21))
    path = rules_file(tmp_path, HEAD + RULE.format(counts=counts) + "each = -0.1\nmost = 50")
    found = {year: hall.assess(path, year)[0].scored[0].count for year in (2026, 2027)}
    assert found == {2026: in_2026, 2027: in_2027}


def test_a_clock_ahead_is_no_silence_to_be_paid_for(hall: County, point: PointDesk, tmp_path: Path) -> None:
    point.goes_to(date(2026, 11, 21))
    point.cases(1)
    hall.take(point.bundle())
    path = rules_file(tmp_path, HEAD + RULE.format(counts="silent_days") + "each = -0.5\nmost = 5")
    assert hall.assess(path, 2026)[0].scored[0].count == 0


def test_rules_of_another_year_are_not_used(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="不管2027年"):
        read_rules(rules_file(tmp_path), 2027)
