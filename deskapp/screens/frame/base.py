"""What every screen has: the header, the footer, help, and a way to say what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual._time import get_time
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.css.query import NoMatches
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input

from deskapp.desk import Desk
from deskapp.errors import DeskError, disk_fault
from deskapp.law.errors import LawError
from deskapp.screens.frame.host import Host
from deskapp.screens.frame.keys import KEYS
from deskapp.screens.frame.places import PLACES
from deskapp.widgets.foot_lines import RUNNING, FootLines, LongSaid
from deskapp.widgets.header import DeskHeader, nobody
from deskapp.widgets.key_line import KeyLine
from deskapp.widgets.pane import MIDDLE, WIDE
from deskapp.widgets.rows import Rows
from letters.errors import PressError

if TYPE_CHECKING:
    from deskapp.desk.sheets.loose import LooseSheet

T = TypeVar("T")
SHEET = Path(__file__).parent.with_name("screens.tcss")
WATCH_S = 2.0
FOR_VISITORS = {"back": "回到开头的画面，刚才打的字、看的内容都不留。", "help": "看这一屏怎么用。", "quit": ""}
"""What help says of a key where the computer is in visitors' hands; nothing at all of one that is empty."""
REFUSALS = (DeskError, LawError, PressError)


def _done(act: Callable[[], T], refused: Callable[[str], object]) -> T | None:
    try:
        return act()
    except REFUSALS as error:
        refused(str(error))
    except OSError as error:  # a folder that went away under the hand
        refused(disk_fault(error))
    return None


class AtDesk:
    """What a full screen and a small one share: the way to the desk. No screen itself, since the library keys its styles by the
    first screen in the line of bases."""

    WARY: ClassVar[bool] = False  # whether Enter does at once what cannot be undone
    stood_at = 0.0  # when it came to the front last

    def on_screen_resume(self) -> None:
        """In front, for the first time or again."""
        self.stood_at = get_time()

    @property
    def host(self) -> Host:
        """The app that this screen stands in, known by what it offers."""
        return cast("Host", cast("Screen[Any]", self).app)

    @property
    def desk(self) -> Desk:
        """The desk this screen acts through."""
        return self.host.desk


class DeskScreen(AtDesk, Screen[None]):
    """A full screen of the desk. Subclasses set NAME and PURPOSE and yield their body."""

    CSS_PATH: ClassVar[Path | None] = SHEET
    NAME: ClassVar[str] = ""
    PURPOSE: ClassVar[str] = ""
    FIRST_RUN: ClassVar[str] = ""  # what the first hour calls it, where a step of it is done here
    CLOSED: ClassVar[bool] = False  # in visitors' hands: no way leads from here to another screen
    LEAST: ClassVar[tuple[int, int]] = (80, 24)  # columns and lines in which it can be worked with
    LEFT: ClassVar[str] = ""  # of a step on the way to something that going elsewhere ends: what is said then

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Callable[[], object]] = []
        self._width = 0  # for which it was shown last

    def compose(self) -> ComposeResult:
        """Header, body, and the foot: the next act, what is said, the keys."""
        app = self.host
        who = nobody if self.CLOSED else lambda: app.clerk
        yield DeskHeader(app.unit_name, self.heading, lambda: app.today, app.practice, who)
        yield Vertical(*self.body(), id="body")
        yield FootLines(single=self.CLOSED)
        yield KeyLine(wraps=self.CLOSED)
        yield LongSaid()

    @property
    def heading(self) -> str:
        """What stands in the header."""
        return self.NAME

    def body(self) -> Iterable[Widget]:
        """The widgets between header and footer."""
        return ()

    def say(self, text: str, error: bool = False, word: str = "") -> None:
        """A sentence on the line above the keys, on this screen or the one that takes its place; ``word`` stands before it where it is neither
        done nor refused."""
        self.host.say(text, error, word)

    def under_way(self, text: str) -> None:
        """A sentence on that line about what has begun and is not done."""
        self.say(text, word=RUNNING)

    def next_act(self, text: str) -> None:
        """What is to be done next on this screen: in words, the key behind them; nothing where there is nothing."""
        app = self.host
        if getattr(app, "has_desk", False) and app.practice:  # the county has none; the first hour is practice
            text = app.desk.first_run.here(self.FIRST_RUN, text)
        for line in self.query(FootLines):
            line.next_act(text)

    def clear_message(self) -> None:
        """Take the sentence above the keys away."""
        for line in self.query(FootLines):
            line.clear_line()

    def attempt(self, act: Callable[[], T]) -> T | None:
        """Do something; a refusal is said, and None returned."""
        return _done(act, lambda refusal: self.say(refusal, error=True))

    def attempt_in_thread(self, act: Callable[[], T]) -> T | None:
        """The same of what a thread does."""
        return _done(act, lambda refusal: self.tell(refusal, error=True))

    def succeeds(self, act: Callable[[], object]) -> bool:
        """Do something that returns nothing; False when it was refused, which is said."""
        return self.attempt(lambda: (act(),)) is not None

    def acts(self) -> list[Binding]:
        """The bindings of this screen and of the desk that have an entry in the registry of keys, each once."""
        found = {b.binding.id: b.binding for b in self.active_bindings.values() if b.binding.id in KEYS and b.enabled}
        return list(found.values())

    def action_help(self) -> None:
        """Explain this screen, and the field under the cursor."""
        told = FOR_VISITORS if self.CLOSED else {}
        acts = [b for b in self.acts() if told.get(b.id or "", True)]
        keys = [(KEYS[b.id or ""].shown, b.description, told.get(b.id or "", b.tooltip)) for b in acts]
        self.go("help", self.NAME, self.PURPOSE, self.about_focused(), keys, not self.CLOSED)

    def about_focused(self) -> str:
        """What help says of the field under the cursor; nothing where there is no form."""
        return ""

    def copied(self) -> str:
        """What is copied where nothing is selected: what stands in the field, or the row under the cursor; empty for nothing."""
        from textual.widgets import TextArea  # the first picture waits for no editor

        if isinstance(self.focused, Input | TextArea):
            return self.focused.value if isinstance(self.focused, Input) else self.focused.text
        rows = [rows for rows in self.query(Rows) if rows is self.focused] or list(self.query(Rows))
        row = rows[0].current if rows else None
        return " ".join(row.text.split()) if row else ""

    def case_in_words(self, case_id: str) -> str:
        """A case as it is copied: number, applicant, what is asked for, uncut."""
        case = self.attempt(lambda: self.desk.lookup.case(case_id))
        return f"{case.case_no}　{case.who}　{case.content}" if case else ""

    def lost_by_leaving(self) -> str:
        """What would be lost if the program ended now, or this step did, as a sentence; empty where everything is kept."""
        return ""

    def stays(self) -> str:
        """Why nobody can go elsewhere just now, as a sentence; empty where one can."""
        return ""

    def once(self) -> bool:
        """Whether somebody who goes there again comes back to this one, because two would write over each other."""
        return False

    def put_away(self) -> None:
        """Called before the screen is taken down by going elsewhere: what is kept is kept now."""

    def go(self, place: str, *args: object, instead: bool = False) -> None:
        """To another screen by its name in the list of places; ``instead`` of this one, if that has done its work."""
        screen = PLACES[place].enter(*args)
        if instead:
            self.app.switch_screen(screen)
        else:
            self.app.push_screen(screen)

    def to_printer(self, make: Callable[[], LooseSheet]) -> None:
        """Make a sheet that belongs to no case, and go to the printers."""
        sheet = self.attempt(make)
        if sheet:
            self.go("sheet", sheet)

    def action_back(self) -> None:
        """To the screen before."""
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()

    def in_front(self, act: Callable[[], object]) -> None:
        """Do something as soon as this screen is in front: nothing opens or closes over the curtain."""
        if self.app.screen is self:
            act()
        else:
            self._waiting.append(act)

    def on_screen_resume(self) -> None:
        """Back in front: what had to wait for it."""
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def from_thread(self, act: Callable[[], object]) -> None:
        """Called in a thread: show what it found, unless the screen has gone meanwhile."""
        if self.is_attached and self.app.is_running:
            self.app.call_from_thread(self._show_found, act)

    def _show_found(self, act: Callable[[], object]) -> None:
        with suppress(NoMatches):  # the screen is just being taken down: its widgets go before it
            act()

    def tell(self, text: str, error: bool = False, word: str = "") -> None:
        """Called in a thread: say a sentence, unless the screen has gone meanwhile."""
        self.from_thread(lambda: self.say(text, error, word))

    def shape_panes(self) -> None:
        """So many panes as the width holds: one below MIDDLE columns (``-narrow``), all of them from WIDE on (``-wide``)."""
        self.set_class(self.size.width < MIDDLE, "-narrow")
        self.set_class(self.size.width >= WIDE, "-wide")

    def action_open_selected(self) -> None:
        """What Enter does with the row under the cursor of its list."""
        self.query_one(Rows).action_select()

    def on_resize(self) -> None:
        """Use another width, once there is something that uses it."""
        if self.is_mounted and self.size.width != self._width:
            self._width = self.size.width
            self.fit_width()

    def fit_width(self) -> None:
        """Show again what depends on the width; a screen of texts has nothing that does."""

    def refresh_rows(self) -> None:
        """Read again what the screen shows; called when it comes back to the front."""


class WatchingScreen(DeskScreen):
    """A screen that shows the register and follows it: what another desk writes is seen within moments."""

    _version = -1
    _day: date | None = None

    def on_mount(self) -> None:
        """Look now and then."""
        self.set_interval(WATCH_S, self._look)

    def fit_width(self) -> None:
        """Its rows are cut to the width."""
        self.refresh_rows()

    def on_screen_resume(self) -> None:
        """Back from another screen: read again."""
        if self.is_mounted:
            self.refresh_rows()
            self._note_version()

    def _note_version(self) -> None:
        version = self.attempt(self.desk.changed_elsewhere)
        self._version, self._day = -1 if version is None else version, self.desk.clock.today()

    def _look(self) -> None:
        if self.app.screen is not self:
            return
        version = self.attempt(self.desk.changed_elsewhere)
        if version is not None and (version, self.desk.clock.today()) != (self._version, self._day):
            self.query_one(DeskHeader).refresh()
            self.refresh_rows()
            self._note_version()


class YearScreen(WatchingScreen):
    """A screen about one year, this one to begin with."""

    FIRST_YEAR = 2008  # of the Regulation: there is nothing before

    def __init__(self) -> None:
        super().__init__()
        self._year = 0

    def on_mount(self) -> None:
        """This year."""
        self._year = self.desk.clock.today().year
        self.refresh_rows()

    def action_earlier_year(self) -> None:
        """The year before."""
        self._go(self._year - 1)

    def action_later_year(self) -> None:
        """The year after, up to this one."""
        self._go(self._year + 1)

    def _go(self, year: int) -> None:
        if self.FIRST_YEAR <= year <= self.desk.clock.today().year:
            self._year = year
            self.refresh_rows()


class DeskModal(AtDesk, ModalScreen[T]):
    """A small screen over another one, ended only by ``dismiss``."""

    CSS_PATH: ClassVar[Path | None] = SHEET
