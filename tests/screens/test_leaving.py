"""The desk is left: at once, or while something still works with the register."""

from __future__ import annotations

from threading import Thread

import pytest

from deskapp import running
from deskapp.app import DeskApp
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.paths import BACKUPS
from tests.conftest import DAY


class LeftAtOnce(DeskApp):
    """An app that is left with its first picture."""

    def run(self, *_args: object, **_options: object) -> bool | None:
        """Without a terminal."""
        return super().run(headless=True, size=(120, 40))

    def on_ready(self) -> None:
        """Leave."""
        self.exit()


def test_who_leaves_at_once_gets_the_days_backup(
    desk: Desk, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not running._work(LeftAtOnce(desk.home, clock, desk))
    assert (desk.home / BACKUPS / f"{DAY}.db").is_file()
    assert "Traceback" not in capsys.readouterr().err
    with pytest.raises(DeskError):
        desk.work.board()


def test_the_backup_waits_until_the_list_stands(desk: Desk, clock: FixedClock) -> None:
    app = DeskApp(desk.home, clock, desk)
    saver = Thread(target=running._back_up_at_rest, args=(app,))
    saver.start()
    saver.join(0.3)
    assert saver.is_alive()
    assert not (desk.home / BACKUPS).exists()
    app.rest()
    saver.join(60)
    assert (desk.home / BACKUPS / f"{DAY}.db").is_file()
