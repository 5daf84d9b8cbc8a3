"""Screens around one form: what is half filled in is kept, and a case that changed meanwhile is not written over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import BindingType
from textual.timer import Timer

from deskapp.errors import DeskError
from deskapp.forms.view import FormView
from deskapp.screens.base import DeskScreen
from deskapp.screens.keys import bind

if TYPE_CHECKING:
    from deskapp.register.case import Case

T = TypeVar("T")
SETTLE_S = 0.4


class FormScreen(DeskScreen):
    """A screen around one form whose half-filled state is kept: after leaving, closing the terminal, a crash."""

    _timer: Timer | None = None
    _done = False
    _blank: dict[str, str] | None = None
    greeting = ""  # what is said of a form that another room has begun
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
        if self.greeting:
            self.say(self.greeting)
        elif self._blank is not None and any(
            self._blank.get(key, "") != value for key, value in form.values().items()
        ):
            self.say("上次没填完的还在，接着填就行；不要的，按 F6 清空。")

    def attempt(self, act: Callable[[], T]) -> T | None:
        """Do something; a refusal is said, and the cursor goes to the field it is about."""

        def with_place() -> T:
            form = self.query_one(FormView)
            try:
                return act()
            except DeskError as error:
                form.mark_problems({error.field: f"{error.what}{error.todo}"} if error.field else {})
                form.focus_field(error.field)
                raise

        return super().attempt(with_place)

    def action_clear_form(self) -> None:
        """Begin afresh."""
        self.succeeds(lambda: self.desk.drafts.drop(self.draft_key))
        self.query_one(FormView).put(self._blank or {})
        self.clear_message()
        self.settled()

    def settled(self) -> None:
        """Called a moment after the last key, once the form is kept."""

    def about_focused(self) -> str:
        """What help says of the field under the cursor."""
        return self.query_one(FormView).about_focused()

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
