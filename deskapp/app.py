"""DeskApp: wires screens, theme and keys. No rule, no SQL."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from itertools import takewhile
from pathlib import Path
from threading import Event
from typing import Any, ClassVar

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")  # committed Chinese is garbled under the kitty protocol
os.environ.setdefault("TEXTUAL_FPS", "120")  # an answer to a key waits for the next picture: not longer than 8 ms

from textual import events
from textual.app import ScreenStackError, SystemCommand
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.geometry import Size
from textual.screen import Screen
from textual.worker import WorkerFailed

from deskapp import garbage
from deskapp.clock import Clock
from deskapp.desk import Desk
from deskapp.errors import DeskError, disk_fault, readable
from deskapp.paths import FIRST_DESK, PRACTICE_DESK
from deskapp.screens.frame.ahead import TypedAhead
from deskapp.screens.frame.base import REFUSALS, DeskScreen
from deskapp.screens.frame.copying import Copying
from deskapp.screens.frame.keys import KEYS, bind
from deskapp.screens.frame.places import PLACES, Place
from deskapp.screens.frame.twice import ENTER, Twice
from deskapp.screens.frame.window import Window
from deskapp.terminal import end_without_terminal
from deskapp.widgets.foot_lines import NOTE, FootLines
from deskapp.widgets.look import choose, dress, follow

WATCH_S = 1.0  # how soon a window notices that another one was covered
CLERKS_ONLY = ("palette", "lock", "seat", "neighbours", "go", "copy")
PLACES_BY_KEY = ("mail", "report", "handover", "practice", "reading", "doctor")


class DeskApp(Copying):
    """The counter. ``desk`` is None on a new data directory until the unit's particulars are filled in. Ends with True when
    the other desk is wanted: the practice desk, or the real one."""

    TITLE = "deskapp"
    CSS_PATH = Path(__file__).with_name("app.tcss")  # absolute: a subclass elsewhere looks the same
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
        bind("palette", priority=True),
        bind("quit", show=False, priority=True),
        bind("lock", show=False, priority=True),
        *(bind(name, show=False, priority=True) for name in ("seat", "neighbours")),
        bind("copy", show=False),
        *(bind(name, show=False, does=f"app.go('{name}')") for name in PLACES_BY_KEY),
    ]

    def __init__(self, home: Path, clock: Clock, desk: Desk | None, visitors: bool = False) -> None:
        # no colours: told at once, else the library makes letters and ground one
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self._home, self._clock, self._desk, self._visitors = home, clock, desk, visitors
        self.animation_level = "none"  # what moves makes people wait
        self.failure: BaseException | None = None
        self.at_rest = Event()  # set by :meth:`rest`
        self.held = False  # whoever runs the app closes the register, when what works with it beside the app is done
        self.wanted = ""  # the name of the desk that is wanted next, where that is not the practice desk
        self._standing = False
        self.window = Window(self)
        self._ahead, self._twice = TypedAhead(self), Twice()
        dress(self)
        self.choose_theme()
        self.stylesheet.set_variables(self.get_css_variables())  # before the sheets are read, or they are read twice

    @property
    def desk(self) -> Desk:
        """The open desk. Raises DeskError before there is one."""
        if self._desk is None:
            raise DeskError("还没有填单位资料。", "", "请先填写并保存。")
        return self._desk

    @property
    def home(self) -> Path:
        """The data directory."""
        return self._home

    @property
    def has_desk(self) -> bool:
        """Whether a desk is open."""
        return self._desk is not None

    @property
    def unit_name(self) -> str:
        """Whose desk this is."""
        try:
            return (self._desk.startup.unit_name if self._desk else "") or "第一次使用"
        except DeskError:
            return "登记簿读不出来"

    @property
    def clerk(self) -> str:
        """Who sits here; empty before there is a desk, and where its register cannot be read."""
        try:
            return self._desk.seat.name if self._desk else ""
        except DeskError:
            return ""

    @property
    def today(self) -> date:
        """The day at the counter."""
        return self._clock.today()

    @property
    def practice(self) -> bool:
        """Whether 练习 stands on every screen."""
        return bool(self._desk and self._desk.startup.practice)

    def on_mount(self) -> None:
        """The board, or the unit's particulars first."""
        follow(self)
        self.open_first()
        self._end_on_request()
        if not self._visitors and self._desk is not None and self._desk.startup.guessed:
            self.say(self._desk.machine.guesses(), True, NOTE)
        elif not self._visitors and self._desk is not None and self._desk.startup.upgraded:
            self.say(self._desk.startup.upgraded)
        elif not (self.is_headless or self._visitors or self._desk is None or self.practice):
            self.say(self._desk.seat.tell_once())
        self._standing = True
        self.window.begin()
        self.set_interval(WATCH_S, self.window.look)
        if not self.is_headless:
            self.set_interval(WATCH_S, end_without_terminal)
        self.window.look()
        self.call_after_refresh(self.check_size)

    def open_first(self) -> None:
        """The first screen: the board, the visitors' page, or the unit's particulars before there is a desk."""
        if self._desk is None or not self._desk.startup.has_unit:
            self.push_screen(PLACES["setup"].enter(self._home))
        else:
            self.push_screen(PLACES["visitors" if self._visitors else "board"].enter())

    def _end_on_request(self) -> None:
        """The system's request to end (SIGTERM) ends the desk as Ctrl+Q does: the terminal is as it was, what was typed is kept."""
        with suppress(NotImplementedError, RuntimeError, ValueError):  # not on Windows, and not in a thread
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGTERM, partial(self.exit, return_code=128 + signal.SIGTERM))

    def choose_theme(self, name: str = "") -> None:
        """Light, dark or of the greatest contrast: as asked, else as this machine is set."""
        kept = self._desk.startup.theme if self._desk else ""
        choose(self, f"counter-{name or os.environ.get('DESKAPP_THEME') or kept or 'light'}")

    def refresh_css(self, animate: bool = True) -> None:
        """Read the sheets of styles again for another theme; the first one they are read for already."""
        if self._standing:
            super().refresh_css(animate)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In visitors' hands the keys to other screens do nothing and are not shown."""
        return not (self.window.for_visitors and action in CLERKS_ONLY)

    # -- places -------------------------------------------------------------------------------------------------

    def action_go(self, name: str) -> None:
        """Enter a screen of the desk; not twice, not from a question that is open, not before there is a desk. What is only a step on the
        way to something ends; where something is lost by that, ask first."""
        place, front = PLACES[name], self.screen
        if (
            self.window.for_visitors
            or self._desk is None
            or not isinstance(front, DeskScreen)
            or type(front).__name__ == place.screen
        ):
            return
        if why := front.stays():
            self.say(why, error=True)
            return
        gone, there = self._left_behind(place)
        if not all(screen.is_mounted for screen in gone):  # it came up a moment ago, and cannot be taken down yet
            self.call_after_refresh(self.action_go, name)
            return
        lost = next((sentence for screen in gone if (sentence := screen.lost_by_leaving())), "")
        if lost:
            from deskapp.screens.frame.confirm import ConfirmScreen

            question = f"{lost}\n现在去【{place.name}】？"
            self.push_screen(
                ConfirmScreen(question, "去"), lambda sure: self._move(gone, there, place) if sure else None
            )
        else:
            self._move(gone, there, place)

    def _left_behind(self, place: Place) -> tuple[list[DeskScreen], bool]:
        """The screens that are taken down by going to a place, the one in front first, and whether the place itself stands below them."""
        stack = [screen for screen in reversed(self.screen_stack) if isinstance(screen, DeskScreen)]
        for depth, screen in enumerate(stack):
            if type(screen).__name__ == place.screen and screen.once():
                return stack[:depth], True
        return list(takewhile(lambda screen: screen.LEFT, stack)), False

    def _move(self, gone: Sequence[DeskScreen], there: bool, place: Place) -> None:
        said = next((screen.LEFT for screen in gone if screen.LEFT), "")
        for screen in gone:
            screen.put_away()
            self.pop_screen()
        if not there:
            self.push_screen(place.enter())
        if said:
            self.say(said, word=NOTE)

    def action_palette(self) -> None:
        """Everything that can be done here and everywhere."""
        from deskapp.screens.frame.palette import PaletteScreen, commands_at

        front = self.screen
        if self.window.for_visitors or not isinstance(front, DeskScreen) or self._desk is None:
            return
        acts = [act.name for act in self._desk.acts.all().values()]

        async def chosen(action: str | None) -> None:
            if action:
                await self.run_action(action, default_namespace=front)

        self.push_screen(PaletteScreen(commands_at(front, PLACES_BY_KEY, acts), acts), chosen)

    def action_lock(self) -> None:
        """Cover the screen."""
        self.window.cover()

    def action_seat(self) -> None:
        """Somebody else sits down here."""
        self.window.change()

    def action_neighbours(self) -> None:
        """Another register of the hall."""
        self.window.to_neighbour()

    def start(self, profile: Any) -> None:
        """Create the data directory for a unit and go to the board, by way of a specimen. Raises DeskError."""
        if self._desk is None:
            self._desk = Desk.create(self._home, profile, self._clock)
        else:
            self._desk.upkeep.save_unit(profile)
        self.switch_screen(PLACES["board"].enter())
        self.push_screen(PLACES["specimen"].enter(profile))

    def change_desk(self) -> None:
        """To the practice desk, or back; a practice desk that has no real one beside it stays."""
        if self.practice and self._home.name not in (PRACTICE_DESK, FIRST_DESK):
            self.say("现在就在练习台上。", word=NOTE)
        else:
            self.exit(True)

    def begin_first_hour(self) -> None:
        """To the register in which somebody who has never sat here goes through an application once."""
        self.wanted = FIRST_DESK
        self.exit(True)

    def rest(self) -> None:
        """The list stands, and what the first key needs is read: what waited for that may begin."""
        garbage.look()
        self.at_rest.set()

    def back_up_today(self) -> None:
        """The day's backup beside the register; runs in a thread of its own, and says so only when it fails."""
        desk = self._desk
        if desk is None or not desk.startup.has_unit or desk.startup.practice:
            return
        for doubt in desk.heads.doubts():
            if self.is_running:
                self.call_from_thread(self.say, f"{doubt.sentence}先不要登记和发文，请在【检查】里看。", True, NOTE)
        try:
            desk.upkeep.daily_backup()
        except DeskError as error:
            if self.is_running:
                self.call_from_thread(self.say, f"今天的自动备份没有做成：{error}", True)

    def say(self, text: str, error: bool = False, word: str = "") -> None:
        """A sentence on the screen in front, once it stands."""
        self.call_after_refresh(self._say, text, error, word)

    def _say(self, text: str, error: bool, word: str) -> None:
        for line in self.screen.query(FootLines):
            line.say(readable(text), error, word)

    def on_resize(self, event: events.Resize) -> None:
        """Ask for a larger window while it is too small to work in."""
        if self._standing:
            self.check_size(event.size)

    def check_size(self, size: Size | None = None) -> None:
        """Ask for a larger window, or go on once it is; ``size`` is the one that it is about to have."""
        from deskapp.screens.frame.too_small import TooSmallScreen

        shown = isinstance(self.screen, TooSmallScreen)
        columns, lines = least = self._least()
        size = size or self.size
        small = size.width < columns or size.height < lines
        if small and not shown:
            self.push_screen(TooSmallScreen(least))
        elif not small and shown:
            self.pop_screen()

    def _least(self) -> tuple[int, int]:
        """The columns and lines that the screen in front needs, or the one under a question."""
        desks = [screen for screen in self.screen_stack if isinstance(screen, DeskScreen)]
        return desks[-1].LEAST if desks else DeskScreen.LEAST

    async def on_event(self, event: events.Event) -> None:
        """One key after the other: what comes while another one is at work waits for it."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded or self._ahead.may_pass(event):
            if isinstance(event, events.Key) and not event.is_forwarded and self._twice.swallows(event, self.screen):
                self._say_swallowed(event.key)
            else:
                await super().on_event(event)

    def _say_swallowed(self, key: str) -> None:
        """What the key would do here, behind what was said last."""
        found = next(
            (b.binding for b in self.screen.active_bindings.values() if b.binding.key == key and b.enabled), None
        )
        known = found is not None and found.id in KEYS
        if known or key == ENTER:  # a list takes Enter itself
            name, shown = (
                (f"【{found.description}】", KEYS[found.id or ""].shown)
                if found and known
                else ("光标所在的一行", "Enter")
            )
            for line in self.screen.query(FootLines):
                line.add(f"要{name}，再按一次 {shown}。")

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """None: every act has its key."""
        return ()

    async def action_quit(self) -> None:
        """Close the desk; where something would be lost, ask first."""
        from deskapp.screens.frame.confirm import ConfirmScreen

        if self.window.for_visitors:
            for screen in self.screen_stack:
                if isinstance(screen, DeskScreen) and screen.CLOSED and self.screen is screen:
                    await screen.run_action("leave")
            return
        lost = self.screen.lost_by_leaving() if isinstance(self.screen, DeskScreen) else ""
        if lost:
            self.push_screen(ConfirmScreen(lost, "退出"), lambda sure: self.exit() if sure else None)
        else:
            self.exit()

    def _handle_exception(self, error: Exception) -> None:
        """What fails beside the keys (a stick that is pulled, a folder that is full) is said, and the desk goes on."""
        cause = error.error if isinstance(error, WorkerFailed) else None
        if self._exit and isinstance(cause or error, REFUSALS):
            return  # somebody left, and the register was closed under what was still on its way
        if (self._exit or not self.is_running) and isinstance(error, NoMatches | ScreenStackError):
            return  # a screen that was just coming up is taken down with the desk
        if isinstance(cause, REFUSALS):
            self.say(str(cause), error=True)
        elif isinstance(cause, OSError):
            self.say(disk_fault(cause), error=True)
        else:
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """An unforeseen error: leave without the library's report, which would show the values of variables."""
        self.failure = self._exception
        self._close_messages_no_wait()

    def on_unmount(self) -> None:
        """Close the register, unless somebody works with it beside the app."""
        if not self.held:
            self.close_register()

    def close_register(self) -> None:
        """Close the register, once nobody works with it any more."""
        if self._desk:
            self._desk.close()
