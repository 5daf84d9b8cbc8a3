"""Which version made which entry: told of every entry, also where two versions take turns and where an old register has none."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from deskapp import __version__
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.register import made_by
from deskapp.register.made_by import NOT_KEPT, ByVersion, made, stretches
from deskapp.register.opening import open_store
from deskapp.register.projection import NewRows
from tests.conftest import DATA, DAY, register

OLD = sorted((DATA / "registers").glob("*.db"))


def _stretches(home: Path) -> list[ByVersion]:
    store = open_store(home / "register.db")
    found = stretches(store)
    store.close()
    return found


def _as(version: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more application, taken in by a program of that version."""
    monkeypatch.setattr(made_by, "__version__", version)
    desk = Desk.open(home, FixedClock(DAY))
    register(desk)
    desk.close()


def test_every_entry_of_a_new_register_is_of_this_version_and_one_record_says_so(desk: Desk) -> None:
    assert desk.upkeep.made_by() == ""
    for _ in range(3):
        register(desk)
    assert desk.upkeep.made_by() == f"第1条起由 {__version__} 记下"
    acts = [one for _, acts in desk.day_acts.of(DAY).people for one in acts if one.case_no]
    assert {one.version for one in acts} == {__version__}
    assert desk.day_acts.of(DAY).sentence.endswith(f"由程序 {__version__} 记下。")


def test_versions_that_take_turns_are_told_apart(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    home = desk.home
    desk.close()
    for version in ("1.0.0", "1.1.0", "1.1.0", "1.0.0"):
        _as(version, home, monkeypatch)
    found = _stretches(home)
    assert [each.version for each in found] == ["1.0.0", "1.1.0", "1.0.0"]
    first, second, third = (each.first for each in found)
    assert (first, 1 < second < third) == (1, True)
    assert [made(found, seq).version for seq in (1, second - 1, second, third - 1, third, third + 9)] == [
        "1.0.0", "1.0.0", "1.1.0", "1.1.0", "1.0.0", "1.0.0",
    ]  # fmt: skip


@pytest.mark.parametrize("old", OLD, ids=lambda path: path.stem)
def test_entries_of_an_old_register_have_no_version_and_what_follows_has(
    tmp_path: Path, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copyfile(old, tmp_path / "register.db")
    assert _stretches(tmp_path) == [ByVersion(1, "")]
    with sqlite3.connect(tmp_path / "register.db") as tool:
        count = tool.execute("SELECT count(*) FROM events").fetchone()[0]
    tool.close()
    _as(__version__, tmp_path, monkeypatch)
    assert _stretches(tmp_path) == [ByVersion(1, ""), ByVersion(count + 1, __version__)]
    desk = Desk.open(tmp_path, FixedClock(DAY))
    assert desk.upkeep.made_by() == f"第1条起由 {NOT_KEPT} 记下，第{count + 1}条起由 {__version__} 记下"
    assert not [note for note in desk.upkeep.check() if note.fault]
    desk.close()


def test_an_entry_that_was_not_kept_leaves_no_version(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: NewRows) -> None:
        raise DeskError("磁盘满了。", "", "")

    with monkeypatch.context() as broken:
        broken.setattr(NewRows, "write_all", full)
        with pytest.raises(DeskError, match="磁盘满了"):
            register(desk)
    assert desk.upkeep.made_by() == ""
    register(desk)
    assert desk.upkeep.made_by() == f"第1条起由 {__version__} 记下"
