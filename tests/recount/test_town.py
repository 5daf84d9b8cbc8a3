"""A small town, played and counted again; ``make recount`` does it with large ones."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.recount import count
from tests.recount.compare import compare, taken_in_again
from tests.recount.moves import move
from tests.recount.town import PlayedTown, told

SEED, PAPERS = 3, 96
pytestmark = pytest.mark.xdist_group("town")  # or each process plays it
EVERY_SORT = {
    "sent", "arrived", "returned", "corrected", "asked", "opinion", "extended", "extension_notice", "deferral_notice", "paid",
    "split", "withdrawn", "answered", "closed", "amended", "struck", "voided", "disputed", "decided", "ordered", "archived",
}  # fmt: skip
WRONG = {"REPLY_DAYS": 21, "OPINION_DAYS": 14, "PAYMENT_DAYS": 5, "MOST_EXTENSION": 10, "LEAVE_2027": ()}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlayedTown]:
    """A town of a few dozen papers, played once a process."""
    played = PlayedTown(tmp_path_factory.mktemp("recount") / "town", SEED, PAPERS)
    played.play(move)
    yield played
    played.desk.close()


@pytest.mark.long
def test_the_desk_counts_as_the_recount_does(town: PlayedTown, tmp_path: Path) -> None:
    """One test for all of it: a town takes seconds to play."""
    made = compare(town)
    taken_in_again(made, town, tmp_path)
    assert not made.differences, "\n".join(made.differences)
    assert min(made.figures[sort] for sort in ("last days", "cells", "lists", "cells again")) > 0
    kept = {in_time for look in town.looks for said in look.rounds.values() for _, in_time in said}
    assert kept == {True, False, None}
    assert not EVERY_SORT - town.acts.keys()
    faults = [note for note in town.desk.upkeep.check() if note.fault and note.code != "calendar"]
    assert faults == []  # but for the year 2027, which has no notice yet


@pytest.mark.long
def test_a_wrong_number_in_the_recount_is_noticed(town: PlayedTown, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison can fail, and then it tells the whole history as it was played."""
    histories = [told(case) for case in town.cases]
    for name, wrong in WRONG.items():
        with monkeypatch.context() as patch:
            patch.setattr(count, name, wrong)
            count.notices.cache_clear()
            differences = compare(town).differences
        count.notices.cache_clear()
        assert any(said.endswith(history) for said in differences for history in histories), name


def test_the_recount_knows_nothing_of_the_project() -> None:
    """It imports the standard library and nothing else."""
    tree = ast.parse(Path(count.__file__).read_text(encoding="utf-8"))
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {f"{'.' * node.level}{node.module}" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in named} <= sys.stdlib_module_names
