"""A register that is gone from its folder: no new one takes its place unseen, or the numbers would begin again."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.files import begun_name
from deskapp.paths import BACKUPS, CATALOGUE, FONTS, KEYS, LETTERS, REGISTER, TEMPLATES
from deskapp.register.opening import MISSING
from tests.conftest import DAY, make_desk, register

CLOCK = FixedClock(DAY)


@pytest.mark.parametrize("name", [CATALOGUE, f"{LETTERS}/回执.pdf", f"{BACKUPS}/2026-11-19.db", f"{KEYS}/甲.age"])
def test_a_folder_whose_register_is_gone_gets_no_new_one(tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    (home / name).parent.mkdir(parents=True)
    (home / name).write_bytes(b"left")
    for begin in (make_desk, Desk.open):
        with pytest.raises(DeskError, match="不见了") as caught:
            begin(home, CLOCK)
        assert caught.value.code == MISSING
        assert name.split("/")[0] in caught.value.what
        assert "deskapp restore" in caught.value.todo
    assert [str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()] == [name]


def test_after_a_day_of_work_the_numbers_do_not_begin_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with make_desk(home, CLOCK) as desk:
        first = register(desk)
        desk.upkeep.daily_backup()
    (home / REGISTER).unlink()
    with pytest.raises(DeskError, match=BACKUPS):
        make_desk(home, CLOCK)
    assert first.case_no.endswith("0001")


def test_a_link_to_nowhere_is_no_empty_folder(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / REGISTER).symlink_to(tmp_path / "gone/register.db")
    with pytest.raises(DeskError, match="不见了"):
        make_desk(home, CLOCK)
    assert (home / REGISTER).is_symlink()


def test_what_an_office_lays_there_before_is_no_remains(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for folder in (FONTS, TEMPLATES, BACKUPS, LETTERS):
        (home / folder).mkdir(parents=True)
    (home / FONTS / "a.ttf").write_bytes(b"x")
    (home / LETTERS / begun_name()).write_bytes(b"half")
    make_desk(home, CLOCK).close()
    assert (home / REGISTER).exists()
