"""记事: what may follow on a case, the likeliest first, and what will not, with the reason; one of them is noted beside the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from deskapp.desk.cases.acts import ActDraft
from deskapp.desk.cases.following import Offer
from deskapp.forms.acts import form_of_act
from deskapp.forms.fields import FormField
from deskapp.forms.view import FormView
from deskapp.register.case import Case
from deskapp.register.matches import best_first
from deskapp.screens.frame.base import REFUSALS
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.form import CaseFormScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import move_in_list
from deskapp.widgets.cells import fit
from deskapp.widgets.line_input import LineInput
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

NAME_WIDTH = 20  # cells of an act's name in the list
WIDE = 110  # columns from where what an act does stands beside its name
MAY, MAY_NOT = "现在可以记的", "现在不能记的"


class NoteScreen(CaseFormScreen):
    """One act on one day."""

    NAME = "记事"
    PURPOSE = (
        "记下申请办理中发生的事。左边上面是现在可以记的，最可能的在最前；下面是现在不能记的，写着为什么。"
        "打字或者拼音首字母能找，上下键选，按 Enter 去填。右边说这件事是什么意思，记下以后期限怎样变。填完按 F9。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    def __init__(self, case_id: str, act: str = "") -> None:
        super().__init__(case_id)
        self._act = act
        self._case: Case | None = None
        self._offers: dict[str, Offer] = {}

    def body(self) -> Iterable[Widget]:
        """The acts on one side; on the other what one means, its form, what it will change."""
        case = self._case = self.look_at_case()
        self._offers = {offer.key: offer for offer in self.desk.acts.offers(case)}
        likely = self._act or next(iter(self._offers))
        left = self.desk.drafts.get(self.draft_key).get("act", likely)
        act = left if left in self._offers else likely
        blank = {"act": likely, **self.desk.acts.begun(case, likely)}
        yield Static(
            Text(f"{case.case_no}　{case.who}：{case.content}", no_wrap=True, overflow="ellipsis"), id="subject"
        )
        yield Horizontal(
            Vertical(
                LineInput(placeholder="打字或者拼音首字母找", id="words", compact=True),
                Rows(wraps=3, id="acts"),
                id="left",
            ),
            Vertical(
                Static(id="called"),
                Prose(id="rule"),
                self.form_of(self._fields(case, act), blank, first="on" if self._act else ""),
                VerticalScroll(Prose(id="after"), id="below", can_focus=False),
                id="right",
            ),
            id="panes",
        )

    def _fields(self, case: Case, act: str, others: dict[str, str] | None = None) -> tuple[FormField, ...]:
        return form_of_act(self.desk.acts.all(), self.desk.acts.fields(case, act, others))

    def on_mount(self) -> None:
        """The list, and the cursor in the line over it; an act that was asked for is filled in at once."""
        self.fit_width()
        self.query_one(
            "#acts"
        ).can_focus = False  # Tab goes from the words to the form: the arrows move the list meanwhile
        if not self._act:
            self.query_one("#words").focus()

    # -- the list ----------------------------------------------------------------------------------------------

    def _fill(self, words: str) -> None:
        """The acts that fit the words; the cursor stays on the one that stands in the form, or goes to the first."""
        found = best_first(words, self._offers.values(), lambda offer: offer.name)
        may, may_not = ([o for o in found if bool(o.why_not) is refused] for refused in (False, True))
        rows = [Row(MAY, heading=True), *map(self._row, may)] if may else []
        rows += [Row(MAY_NOT, heading=True), *self._refused(may_not)] if may_not else []
        chosen = self.query_one(FormView).values()["act"]
        self.query_one("#acts", Rows).fill(
            rows or [Row(f"没有叫【{words}】的事。少打几个字；登记、文书、送达不在这里记。", heading=True)],
            "" if words else chosen,
        )

    def _row(self, offer: Offer) -> Row:
        if not self.has_class("-wide"):
            return Row(f" {offer.name}", offer.key)
        said = fit(offer.why_not or offer.effect, max(self.query_one("#left").size.width - NAME_WIDTH - 6, 8))
        return Row(f" {fit(offer.name, NAME_WIDTH)} {said}", offer.key)

    def _refused(self, offers: list[Offer]) -> Iterable[Row]:
        """Those that may not follow; where there is no room beside a name, its reason stands over all that have it."""
        if self.has_class("-wide"):
            yield from map(self._row, offers)
            return
        for reason in dict.fromkeys(offer.why_not for offer in offers):
            yield Row(f" {reason}", heading=True)
            yield from (Row(f"   {offer.name}", offer.key) for offer in offers if offer.why_not == reason)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self._fill(self.query_one("#words", Input).value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the line goes to the form of the act."""
        self._to_form()

    def on_key(self, event: events.Key) -> None:
        """Arrows go to the list while the cursor stands over it."""
        move_in_list(self, event)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """The act under the cursor stands in the form. Where the cursor is now counts, not where it was when this was sent: two that are on
        their way would else move it to and fro for ever."""
        form, row = self.query_one(FormView), self.query_one("#acts", Rows).current
        if row is not None and row.key and form.values()["act"] != row.key:
            form.put({"act": row.key})
            self.keep_in_step()
            self.settle_now()

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Enter or a click in the list."""
        self._to_form()

    def _to_form(self) -> None:
        form = self.query_one(FormView)
        offer = self._offers[form.values()["act"]]
        if offer.why_not:
            self.say(f"现在不能记【{offer.name}】：{offer.why_not}", error=True)
        else:
            form.focus_field(form.fields[2].key if len(form.fields) > 2 else "on")

    def fit_width(self) -> None:
        """Rows are cut to the width, and the list takes more of it where there is more."""
        self.set_class(self.size.width >= WIDE, "-wide")
        self.call_after_refresh(self._fill_again)

    def _fill_again(self) -> None:
        self._fill(self.query_one("#words", Input).value)

    # -- the form ----------------------------------------------------------------------------------------------

    def keep_in_step(self) -> None:
        """Each act has its meaning and its fields; what the case knows stands in them."""
        form, case = self.query_one(FormView), self._case
        if case is None:
            return
        values = form.values()
        act = values["act"]
        offer = self._offers[act]
        form.blank["act"] = act  # looking at another act fills nothing in
        form.become(self._fields(case, act, values), self.desk.acts.begun(case, act, values))
        form.show_only({field.key for field in form.fields if field.key != "act"} if not offer.why_not else ())
        self.query_one("#called", Static).update(Text(offer.name, style="bold"))
        why = Text(f"现在不能记：{offer.why_not}", style="bold") if offer.why_not else Text(offer.effect)
        self.query_one("#rule", Prose).update(why)
        listed = self.query_one("#acts", Rows)
        if listed.current is None or listed.current.key != act:
            self._fill(self.query_one("#words", Input).value)
        self._show_after()

    def settled(self) -> None:
        """What it would change, as it is filled in."""
        self._show_after()

    def _show_after(self) -> None:
        case, shown = self._case, Text()
        draft = self._draft()
        if case is not None and not self._offers[draft.act].why_not:
            shown.append("记下以后\n", style="bold")
            try:
                shown.append("\n".join(self.desk.acts.would(case, draft)))
            except REFUSALS as error:  # said aloud when somebody saves
                shown.append(f"还差：{getattr(error, 'what', error)}")
        self.query_one("#after", Prose).update(shown)

    def _draft(self) -> ActDraft:
        values = self.query_one(FormView).values()
        return ActDraft(act=values.pop("act"), on=values.pop("on"), values=values)

    def _to_words(self) -> None:
        """Into the line that finds an act; what is typed takes the place of what stands there."""
        line = self.query_one("#words", Input)
        line.focus()
        line.select_all()

    def action_clear_form(self) -> None:
        """Begin afresh, with every act to choose from again."""
        line, typed = self.query_one("#words", Input), self.query_one(FormView).changed
        searched, line.value = line.value, ""
        if typed or not searched:
            super().action_clear_form()
        else:
            self.say("已清空，可以记的都列出来了。")
            self._to_words()

    def save(self) -> None:
        """Note the act."""
        draft, words = self._draft(), self.query_one("#words", Input).value
        if self.query_one("#acts", Rows).current is None:
            self.say(f"没有叫【{words}】的事，没有记下。请把上面打的字改短，再选一件。", error=True)
            self._to_words()
            return
        if reason := self._offers[draft.act].why_not:
            self.say(f"现在不能记【{self._offers[draft.act].name}】：{reason}", error=True)
            return
        if self._case and (question := self.desk.acts.asked_first(self._case, draft)):
            asked = ConfirmScreen(question, self._offers[draft.act].name)
            self.app.push_screen(asked, lambda sure: self._note(draft) if sure else None)
        else:
            self._note(draft)

    def _note(self, draft: ActDraft) -> None:
        case = self.attempt(lambda: self.desk.acts.note(self._case_id, draft, self._seen))
        if case is not None:
            self.finish(f"已记下：{self.desk.acts.all()[draft.act].name}。{self.desk.acts.aside(case)}".rstrip("。"))
