"""Screens around one form: what is half filled in is kept, and a case that changed meanwhile is not written over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import BindingType
from textual.timer import Timer

from deskapp.errors import DeskError, shortened
from deskapp.forms.fields import FormField
from deskapp.forms.view import FormView
from deskapp.screens.frame.base import DeskScreen
from deskapp.screens.frame.keys import KEYS, bind
from deskapp.widgets.foot_lines import NOTE

if TYPE_CHECKING:
    from deskapp.register.case import Case
    from deskapp.screens.frame.host import Host

T = TypeVar("T")
SETTLE_S = 0.4


def _no_place(label: str, text: str) -> str:
    """That what was typed is none of a list's options, and where it may belong."""
    return f"【{label}】里没有【{shortened(text, 20)}】这一项，打的字没有记下。别的栏的，按 Tab 到那一栏再打。"


class FormScreen(DeskScreen):
    """A screen around one form whose half-filled state is kept: after leaving, closing the terminal, a crash.

    A subclass yields :meth:`form_of` in its body, does its work in :meth:`save`, and shows in :meth:`keep_in_step` what belongs to the
    values that stand in the form.
    """

    _timer: Timer | None = None
    _done = False
    _taken_away: dict[str, str] | None = None
    _said_of: dict[str, str] | None = None
    BINDINGS: ClassVar[list[BindingType]] = [bind("save"), bind("clear_form")]

    def __init__(self, greeting: str = "") -> None:
        """``greeting`` is said of a form that another screen has begun."""
        super().__init__()
        self._greeting = greeting

    @property
    def draft_key(self) -> str:
        """Under which name the form is kept; empty where nothing is kept."""
        return ""

    def form_of(
        self, fields: Sequence[FormField], blank: Mapping[str, str], *, enter_ends: bool = False, first: str = ""
    ) -> FormView:
        """The form, what was kept of it laid over ``blank``."""
        kept = self.desk.drafts.get(self.draft_key) if self.draft_key else {}
        return FormView(fields, blank, kept, enter_ends=enter_ends, first=first)

    def on_mount(self) -> None:
        """Arrange the form, and say so when it is one that was left half filled."""
        form = self.query_one(FormView)
        self.keep_in_step()
        self.say_next()
        left = "".join(f"【{label}】上次选的，现在没有这一项了，请重新选。" for label in form.not_offered)
        if self._greeting:
            self.say(self._greeting, word=NOTE)
        elif form.changed:
            self.say(
                f"上次没填完的还在{self._whose()}，接着填就行；不要的，按 {KEYS['clear_form'].shown} 清空。{left}",
                word=NOTE,
            )
        elif self._filled_elsewhere():
            self.say("另一个窗口正在填这张表，两边各填各的：那边填了什么，这里看不到，也不会混在一起。", word=NOTE)

    def _filled_elsewhere(self) -> bool:
        """Whether another window is filling in the same form."""
        with suppress(DeskError):  # a register that cannot be read is named by whoever reads the rest
            return bool(self.draft_key) and self.desk.drafts.filled_elsewhere(self.draft_key)
        return False

    def _whose(self) -> str:
        """When and where it was typed, where another window has left it."""
        left = self.desk.drafts.left(self.draft_key) if self.draft_key else None
        return f"（{left.words}填的）" if left else ""

    def keep_in_step(self) -> None:
        """Show what belongs to the values in the form; called when it stands, and whenever a choice or the whole form changes."""

    def say(self, text: str, error: bool = False, word: str = "") -> None:
        """A sentence above the keys; it stays until something else is typed."""
        self._said_of = self._typed()
        super().say(text, error, word)

    def _typed(self) -> dict[str, str]:
        """What stands in the form; nothing before it stands and after it is gone."""
        return next((form.values() for form in self.query(FormView).results()), {})

    def attempt(self, act: Callable[[], T]) -> T | None:
        """Do something; a refusal is said, and the cursor goes to the field it is about."""

        def with_place() -> T:
            try:
                return act()
            except DeskError as error:
                for form in self.query(FormView).results():  # none while the screen is being made
                    form.mark_problems({error.field: f"{error.what}{error.todo}"} if error.field else {})
                    form.focus_field(error.field)
                raise

        return super().attempt(with_place)

    # -- save --------------------------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Do what the form is for. Twice pressed does it once. What was typed just now and found no place is told first."""
        form = self.query_one(FormView)
        form.settle()
        if self._done:
            return
        if lost := form.lost_here():
            self.say(f"{_no_place(*lost)}真的不要，再按一次 {KEYS['save'].shown}。", error=True)
        else:
            self.save()

    def on_form_view_lost(self, event: FormView.Lost) -> None:
        """What was typed is nowhere."""
        self.say(_no_place(event.label, event.text), error=True)

    def save(self) -> None:
        """Do what the form is for; a refusal is said and changes nothing."""
        raise NotImplementedError

    def finish(self, sentence: str, error: bool = False, word: str = "") -> None:
        """The form has done its work: forget what was kept, say what was done, go back; somebody who is elsewhere meanwhile stays there."""
        self._done = True
        self._forget()
        self.say(sentence, error, word)
        self.in_front(super().action_back)

    # -- clear -------------------------------------------------------------------------------------------------

    def action_clear_form(self) -> None:
        """Begin afresh; or put back what was taken away last, as long as nothing else was typed."""
        form, again = self.query_one(FormView), KEYS["clear_form"].shown
        if self._done:
            return
        if form.changed:
            self._taken_away = form.values()
            self._lay(form.blank)
            form.focus_first()  # whoever clears begins again from the top
            self.say(f"已清空。要全都放回来，再按一次 {again}。")
        elif self._taken_away:
            self._lay(self._taken_away)
            self._taken_away = None
            self.say("已经放回来了。")
        else:
            self.say("这张表还没有填过，不用清空。", word=NOTE)

    def _lay(self, values: Mapping[str, str]) -> None:
        """Put values into the form, and everything around it in step."""
        form = self.query_one(FormView)
        form.put(values)
        self.keep_in_step()
        form.put(values)  # those of the fields that came with the others
        form.mark_problems({})
        self.settle_now()

    # -- keep --------------------------------------------------------------------------------------------------

    def settled(self) -> None:
        """Called a moment after the last key, once the form is kept."""

    def about_focused(self) -> str:
        """What help says of the field under the cursor."""
        return self.query_one(FormView).about_focused()

    def on_form_view_changed(self, event: FormView.Changed) -> None:
        """Keep what is typed, a moment after the last key. A sentence goes only when something was typed after it."""
        if self._typed() != self._said_of:
            self.clear_message()
        if event.of_choice:
            self.keep_in_step()
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
            self.say_next()
            self.settled()

    def say_next(self) -> None:
        """What is still to be filled in, and the key that ends the form."""
        form = self.query_one(FormView)
        wanting = "、".join(form.wanting)
        does = next((b.description for b in self._bindings.get_bindings_for_key(KEYS["save"].key)), "")
        self.next_act(f"{f'填{wanting}，' if wanting else ''}填好按 {KEYS['save'].shown} {does}。")

    def _keep(self) -> None:
        """Keep the form; one that says nothing new is not kept, and a secret never is."""
        if self._done or not self.draft_key:
            return
        form = self.query_one(FormView)
        if form.changed:
            secret = {field.key for field in form.fields if field.kind == "secret"}
            values = {key: value for key, value in form.values().items() if key not in secret}
            self.succeeds(lambda: self.desk.drafts.keep(self.draft_key, values))
        else:
            self._forget()

    def _forget(self) -> None:
        if self.draft_key:
            self.succeeds(lambda: self.desk.drafts.drop(self.draft_key))

    def action_back(self) -> None:
        """Leave; what was typed is kept."""
        self._keep()
        super().action_back()

    def once(self) -> bool:
        """What is typed is kept under one name."""
        return True

    def put_away(self) -> None:
        """What was typed is kept."""
        self._keep()


class SlowFormScreen(FormScreen):
    """A form whose work goes on beside the screen for a while. A subclass says what is going on (GOING_ON), calls :meth:`begin`, and in its
    thread :meth:`tell_end`."""

    GOING_ON: ClassVar[str] = ""

    def action_save(self) -> None:
        """Do it; once more while that goes on only says so."""
        if self._done:
            self.under_way(self.GOING_ON)
        super().action_save()

    def begin(self) -> None:
        """It has begun."""
        self._done = True
        self.under_way(self.GOING_ON)

    def tell_end(self, app: Host, sentence: str, failed: bool = False) -> None:
        """Called in the thread: what became of it, which is said also to somebody who has left this screen meanwhile."""
        if self.is_attached:
            self.from_thread(lambda: self.ended(sentence, failed))
        elif app.is_running:
            app.call_from_thread(app.say, sentence, failed)

    def ended(self, sentence: str, failed: bool) -> None:
        """It is over, well or not: the form may be used again."""
        self._done = False
        self.say(sentence, error=failed)


class NoteFormScreen(FormScreen):
    """A form of something that is noted, or, with its key, put right; a subclass says under which name (DRAFT) its forms are kept."""

    DRAFT: ClassVar[str] = ""

    def __init__(self, key: str = "") -> None:
        super().__init__()
        self._key = key

    @property
    def draft_key(self) -> str:
        """One form for new ones, one for each that is put right."""
        return f"{self.DRAFT}:{self._key}"


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
        made = self.attempt(lambda: self.desk.reply.issue_form(self._case_id, kind))
        if made:
            self.go("letter_paper", made.id, list(self.look_at_case().letters))
