"""Who is at this window: the curtain falls and is lifted, somebody sits down, another window is covered, another day begins."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from textual.app import App
from textual.screen import Screen

from deskapp.errors import DeskError
from deskapp.screens.frame.base import DeskScreen
from deskapp.widgets.header import DeskHeader

if TYPE_CHECKING:
    from deskapp.screens.frame.host import Host


class Window:
    """The window of an app; nothing of it happens in visitors' hands."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._covered = ""
        self.wanted: Path | None = None  # the register that is to be opened instead of this one
        self.errand = ""  # the command that is to be run once this window is closed

    @property
    def _host(self) -> Host:
        return cast("Host", self._app)

    @property
    def for_visitors(self) -> bool:
        """Whether the computer is in visitors' hands."""
        return any(isinstance(screen, DeskScreen) and screen.CLOSED for screen in self._app.screen_stack)

    def begin(self) -> None:
        """From now on; what was covered before this window opened is past."""
        with suppress(DeskError):
            self._covered = self._host.desk.startup.covered

    # -- the curtain -------------------------------------------------------------------------------------------

    def cover(self) -> None:
        """Cover the screen; what lies under it stays as it is. Whoever lifts the curtain says who he is, where there are several."""
        from deskapp.screens.frame.lock import LockScreen

        if not self.for_visitors and not isinstance(self._app.screen, LockScreen):
            self._app.push_screen(LockScreen(), lambda _: self._uncovered())

    def _uncovered(self) -> None:
        self._host.check_size()
        self.sit()

    def tell_others(self) -> None:
        """The curtain of this window falls; what that tells the others is no news to this one."""
        with suppress(DeskError):  # it falls here in any case
            self._covered = self._host.desk.machine.cover() or self._covered

    def look(self) -> None:
        """Cover this window when another one of this register was covered; ask who sits here when another day has begun, or somebody
        was entered who may as well."""
        with suppress(DeskError):
            told = self._host.desk.startup.covered
            if told != self._covered:
                self._covered = told
                self.cover()
            elif isinstance(self._app.screen, DeskScreen) and self._host.desk.seat.asks:
                self.sit()

    # -- the registers of a hall -----------------------------------------------------------------------------------

    def to_neighbour(self) -> None:
        """Another register of the hall is wanted: ask which, keep what is typed, and leave for it."""
        from deskapp.screens.frame.pick import PickModal

        front = self._app.screen
        if self.for_visitors or not self._host.has_desk or not isinstance(front, DeskScreen):
            return
        others = self._host.desk.neighbours.others()
        if why := _held_by(front):
            self._host.say(why, error=True)
        elif not others:
            self._host.say("这台电脑只有这一本登记簿。别的机关的登记簿，在【本机设置】里写它的文件夹，一行一个。")
        else:
            answers = [(one.folder, one.name) for one in others]
            self._app.push_screen(PickModal("换到哪个机关的登记簿？填了一半的都留着。", answers), self._leave_for)

    def _leave_for(self, folder: str | None) -> None:
        if folder:
            self.wanted = Path(folder)
            self._leave()

    def leave_for(self, command: str) -> None:
        """Close the desk for a command that wants the register for itself; what is typed is kept."""
        if why := next((said for screen in self._app.screen_stack if (said := _held_by(screen))), ""):
            self._host.say(why, error=True)
            return
        self.errand = command
        self._leave()

    def _leave(self) -> None:
        for screen in self._app.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.put_away()
        self._app.exit(True)

    # -- the seat ----------------------------------------------------------------------------------------------

    def sit(self) -> None:
        """Ask who sits here, where there are several."""
        from deskapp.screens.frame.seat import SeatModal

        with suppress(DeskError):
            if self._host.has_desk and not self.for_visitors and len(self._host.desk.seat.people()) > 1:
                self._app.push_screen(SeatModal(), self._seated)

    def _seated(self, sat: bool | None) -> None:
        for header in self._app.screen.query(DeskHeader):
            header.refresh()
        if sat:
            self._host.say(f"现在是{self._host.clerk}，以后记的都写这个名字。")

    def change(self) -> None:
        """Somebody else wants to sit down here."""
        if self.for_visitors or not self._host.has_desk or not isinstance(self._app.screen, DeskScreen):
            return
        if len(self._host.desk.seat.people()) > 1:
            self.sit()
        else:
            self._host.say("人员里只有一个人，或者还没有填。要换人，先在【人员】里添上（Ctrl+P 打【人员】）。")


def _held_by(screen: Screen[Any]) -> str:
    """Why a screen does not let the desk be closed now; empty where it does."""
    return (screen.stays() or screen.lost_by_leaving()) if isinstance(screen, DeskScreen) else ""
