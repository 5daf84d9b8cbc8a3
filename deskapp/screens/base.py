"""What every screen has: the header, the footer, help, and a way to say what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, OptionList

from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.forms.view import FormView
from deskapp.law.dated import LawError
from deskapp.screens.keys import KEYS, bind
from deskapp.widgets.header import DeskHeader
from deskapp.widgets.key_line import KeyLine
from deskapp.widgets.message_line import MessageLine
from letters.errors import PressError

if TYPE_CHECKING:
    from deskapp.app import DeskApp
    from deskapp.desk.loose import LooseSheet
    from deskapp.register.case import Case

T = TypeVar("T")
SETTLE_S, WATCH_S = 0.4, 2.0
REFUSALS = (DeskError, LawError, PressError)


class DeskScreen(Screen[None]):
    """A full screen of the desk. Subclasses set NAME and PURPOSE and yield their body."""

    NAME: ClassVar[str] = ""
    PURPOSE: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Callable[[], object]] = []

    @property
    def desk(self) -> Desk:
        """The desk this screen acts through."""
        return cast("DeskApp", self.app).desk

    def compose(self) -> ComposeResult:
        """Header, body, footer."""
        app = cast("DeskApp", self.app)
        yield DeskHeader(app.unit_name, self.NAME, lambda: app.today, app.practice)
        yield Vertical(*self.body(), id="body")
        yield MessageLine()
        yield KeyLine()

    def body(self) -> Iterable[Widget]:
        """The widgets between header and footer."""
        return ()

    def say(self, text: str, error: bool = False) -> None:
        """A sentence on the line above the keys, on this screen or the one that takes its place."""
        cast("DeskApp", self.app).say(text, error)

    def clear_message(self) -> None:
        """Take the sentence above the keys away."""
        for line in self.query(MessageLine):
            line.clear_line()

    def attempt(self, act: Callable[[], T]) -> T | None:
        """Do something; a refusal is said, and None returned."""
        try:
            return act()
        except REFUSALS as error:
            self.say(str(error), error=True)
            return None

    def succeeds(self, act: Callable[[], object]) -> bool:
        """Do something that returns nothing; False when it was refused, which is said."""
        return self.attempt(lambda: (act(),)) is not None

    def acts(self) -> list[Binding]:
        """The bindings of this screen and of the desk that have an entry in the registry of keys, each once."""
        found = {b.binding.id: b.binding for b in self.active_bindings.values() if b.binding.id in KEYS and b.enabled}
        return list(found.values())

    def action_help(self) -> None:
        """Explain this screen, and the field under the cursor."""
        from deskapp.screens.help import HelpScreen

        about = next((form.about_focused() for form in self.query(FormView)), "")
        self.app.push_screen(HelpScreen(self.NAME, self.PURPOSE, about, [b.id or "" for b in self.acts()]))

    def to_printer(self, make: Callable[[], LooseSheet]) -> None:
        """Make a sheet that belongs to no case, and go to the printers."""
        from deskapp.screens.paper import SheetScreen

        sheet = self.attempt(make)
        if sheet:
            self.app.push_screen(SheetScreen(sheet))

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

    def refresh_rows(self) -> None:
        """Read again what the screen shows; called when it comes back to the front."""


class WatchingScreen(DeskScreen):
    """A screen that shows the register and follows it: what another desk writes is seen within moments."""

    _version = -1
    _day: date | None = None

    def on_mount(self) -> None:
        """Look now and then."""
        self.set_interval(WATCH_S, self._look)

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


class FormScreen(DeskScreen):
    """A screen around one form whose half-filled state is kept: after leaving, closing the terminal, a crash."""

    _timer: Timer | None = None
    _done = False
    _blank: dict[str, str] | None = None
    BINDINGS: ClassVar[list[BindingType]] = [bind("clear_form", show=False)]

    @property
    def draft_key(self) -> str:
        """Under which name the form is kept."""
        raise NotImplementedError

    def restored(self, first: dict[str, str]) -> dict[str, str]:
        """``first`` with what was kept laid over it."""
        self._blank = dict(first)
        return {**first, **self.desk.drafts.get(self.draft_key)}

    def on_mount(self) -> None:
        """Say so when the form is one that was left half filled."""
        form = self.query_one(FormView)
        if self._blank is not None and any(self._blank.get(key, "") != value for key, value in form.values().items()):
            self.say("上次没填完的还在，接着填就行；不要的，按 F6 清空。")

    def action_clear_form(self) -> None:
        """Begin afresh."""
        self.succeeds(lambda: self.desk.drafts.drop(self.draft_key))
        self.query_one(FormView).put(self._blank or {})
        self.clear_message()
        self.settled()

    def settled(self) -> None:
        """Called a moment after the last key, once the form is kept."""

    def on_form_view_changed(self, event: FormView.Changed) -> None:
        """Keep what is typed, a moment after the last key."""
        self.clear_message()
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(SETTLE_S, self._settle)

    def settle_now(self) -> None:
        """What is typed counts now; nothing comes after it that would wipe away what is said next."""
        if self._timer:
            self._timer.stop()
        self._settle()

    def _settle(self) -> None:
        if not self._done:
            self._keep()
            self.settled()

    def _keep(self) -> None:
        """Keep the form; one that says nothing new is not kept, so that it begins afresh next time."""
        if self._done:
            return
        values = self.query_one(FormView).values()
        if self._blank is not None and all(self._blank.get(key, "") == value for key, value in values.items()):
            self.succeeds(lambda: self.desk.drafts.drop(self.draft_key))
        else:
            self.succeeds(lambda: self.desk.drafts.keep(self.draft_key, values))

    def finish(self, sentence: str, error: bool = False) -> None:
        """The form has done its work: forget what was kept, say what was done, go back."""
        self._done = True
        self.succeeds(lambda: self.desk.drafts.drop(self.draft_key))
        self.say(sentence, error)
        super().action_back()

    def action_back(self) -> None:
        """Leave; what was typed is kept."""
        self._keep()
        super().action_back()


class CaseFormScreen(FormScreen):
    """A form about one case; it remembers how much of the case's history the clerk has seen."""

    def __init__(self, case_id: str) -> None:
        super().__init__()
        self._case_id = case_id
        self._seen = 0

    @property
    def draft_key(self) -> str:
        """One form of a kind for each case."""
        return f"{type(self).__name__}:{self._case_id}"

    def look_at_case(self) -> Case:
        """The case as it stands now, noted as seen. Raises DeskError when it is gone."""
        case = self.desk.lookup.case(self._case_id)
        self._seen = len(case.history)
        return case

    def form_to_printer(self, kind: str) -> None:
        """Make a form of the case's file, and go to the printers."""
        from deskapp.screens.paper import LetterPaperScreen

        made = self.attempt(lambda: self.desk.reply.issue_form(self._case_id, kind))
        if made:
            self.app.push_screen(LetterPaperScreen(made.id, list(self.look_at_case().letters)))


class PickScreen(DeskScreen):
    """A line to type in over a list: arrows move in the list meanwhile, Enter or a click takes a row."""

    def on_key(self, event: events.Key) -> None:
        """Arrows go to the list while the cursor stays in the line."""
        rows = self.query_one(OptionList)
        moves = {"down": rows.action_cursor_down, "up": rows.action_cursor_up}
        for side in self.query(VerticalScroll).results():
            moves |= {"pagedown": side.action_page_down, "pageup": side.action_page_up}
        if isinstance(self.focused, Input) and event.key in moves:
            moves[event.key]()
            event.stop()

    def on_input_submitted(self) -> None:
        """Enter in the line takes the row under the cursor."""
        self.action_open_selected()

    def on_option_list_option_selected(self) -> None:
        """Enter or a click in the list."""
        self.action_open_selected()

    def action_open_selected(self) -> None:
        """Take the row under the cursor."""
        raise NotImplementedError


class DeskModal(ModalScreen[T]):
    """A small screen over another one, ended only by ``dismiss``."""

    @property
    def desk(self) -> Desk:
        """The desk this screen acts through."""
        return cast("DeskApp", self.app).desk
