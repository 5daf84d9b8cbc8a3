"""A terminal is given to a clerk, or to visitors: the desk is opened in it, and closed whatever happens."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from deskapp import garbage
from deskapp.app import DeskApp
from deskapp.clock import Clock, FixedClock
from deskapp.desk import Desk, exists
from deskapp.errors import DeskError
from deskapp.paths import FIRST_DESK, PRACTICE_DESK
from deskapp.register.driver import IN_THE_CLEAR, RegisterKey
from deskapp.terminal import prepare_terminal
from deskapp.unlocking import opened_desk

if (
    TYPE_CHECKING
):  # a desk is opened many times a day, the county's page hardly ever: it waits for no press and no workbook
    from deskapp.county.hall import County


def open_desk(home: Path, clock: Clock) -> None:
    """Open the desk in this terminal. Raises DeskError when the terminal or the register does not allow it."""
    garbage.leave()
    prepare_terminal()
    front = home
    keys: dict[Path, RegisterKey] = {}  # a password is asked for once
    while True:
        desk = opened_desk(front, clock, keys.get(front, IN_THE_CLEAR)) if exists(front) else None
        keys[front] = desk.key if desk else IN_THE_CLEAR
        app = DeskApp(front, clock, desk)
        if not _work(app):
            return
        if app.window.errand:
            _run_errand(app.window.errand, front, clock)
            keys.pop(front)  # another key than it was opened with, or none
        elif app.window.wanted:  # another office of the hall
            home = front = app.window.wanted
        else:
            front = home if front != home else _other_desk(home, app.wanted or PRACTICE_DESK, clock)


def _run_errand(command: str, home: Path, clock: Clock) -> None:
    """A command in this terminal that wants the register for itself: in a process of its own, which has nothing of it open. Waits until
    somebody has read what it said."""
    day = ["--today", f"{clock.today()}"] if isinstance(clock, FixedClock) else []
    subprocess.run([sys.executable, "-P", "-m", "deskapp", "--at", str(home), *day, command], check=False)
    print("按回车回到登记台。", end="", file=sys.stderr, flush=True)  # noqa: T201  # the screen is gone
    with suppress(EOFError):
        input()


def _other_desk(home: Path, name: str, clock: Clock) -> Path:
    """The practice desk of that name beside the real one, made when it is first wanted. Raises DeskError."""
    other = home / name
    if exists(other):
        return other
    if name == FIRST_DESK:
        from deskapp.desk.training.first_desk import make_first_desk

        with opened_desk(home, clock) as desk:
            profile = desk.lookup.unit()
        make_first_desk(other, profile, clock)
    else:
        from deskapp.desk.training.practice import make_practice_desk

        make_practice_desk(other, clock.today())
    return other


def open_county(hall: County) -> None:
    """Open the county in this terminal. Raises DeskError when the terminal or the database does not allow it."""
    from deskapp.county_app import CountyApp

    prepare_terminal()
    name = hall.name  # before the terminal is taken: without its keys there is nothing to show
    app = CountyApp(hall.home.path.parent, hall.clock, hall)
    app.title = name
    app.run()
    if app.failure is not None:
        raise app.failure


def desk_for_visitors(home: Path, clock: Clock) -> Desk:
    """The desk of a terminal that is given to visitors. Raises DeskError without a PIN that leads out."""
    prepare_terminal()
    desk = opened_desk(home, clock)
    if desk.machine.has_pin:
        return desk
    desk.close()
    raise DeskError("还没有设遮屏密码。", "没有密码，查阅的人也能离开查阅模式。", "请先在【本机设置】里设好。")


def open_for_visitors(home: Path, clock: Clock) -> bool:
    """Open the catalogue in this terminal for visitors to read; whether it was left with the PIN. Raises DeskError."""
    return bool(DeskApp(home, clock, desk_for_visitors(home, clock), visitors=True).run())


def _back_up_at_rest(app: DeskApp) -> None:
    """The day's backup once the desk stands: what is read for it would keep the list waiting by a quarter of its time."""
    app.at_rest.wait()
    app.back_up_today()


def _work(app: DeskApp) -> bool:
    """The desk until it is closed; whether the other one is wanted. Who leaves at once gets the day's backup too."""
    app.held = True
    saver = Thread(target=_back_up_at_rest, args=(app,))
    saver.start()
    try:
        change = app.run()
    finally:
        app.rest()
        if saver.is_alive():
            print("正在做今天的备份，请稍等。", file=sys.stderr)  # noqa: T201  # the screen is gone by now
        saver.join()
        app.close_register()
    if app.failure is not None:
        raise app.failure
    if app.return_code:
        sys.exit(app.return_code)
    return bool(change)
