"""Acts: whatever happens to a case besides its letters and deliveries, noted by hand as one small form.

Which acts there are, what each means and which fields it asks for stands in its record (:mod:`deskapp.register.acts`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from deskapp.clock import Clock
from deskapp.desk.cases.letter_events import append_checked
from deskapp.desk.cases.papers_wanted import FILE_KEY, reminder, wanted
from deskapp.errors import DeskError
from deskapp.law.periods import spelled
from deskapp.parsing import LONGEST_TEXT, half_width, one_line, whole_number
from deskapp.register import events as ev
from deskapp.register.act import NO, YES, Act, ByHand, Field
from deskapp.register.acts import ACTS, by_hand
from deskapp.register.case import Case, items_apart, order_to_note
from deskapp.register.events import EVENT
from deskapp.register.journal import Journal
from deskapp.register.numbers import serial_of
from deskapp.register.transitions import never_now
from deskapp.typed import NOTHING_DONE, Typed, first_fault

Archive = Callable[[str, str, int | None], Case]
Split = Callable[[str, Sequence[str], int | None], list[Case]]


class ActDraft(BaseModel):
    """An act as it is typed: its name, its day (empty for today), the texts of its fields by their keys."""

    model_config = ConfigDict(extra="ignore")

    act: str
    on: str = ""
    values: dict[str, str] = {}


def act_draft(act: str, on: str = "", **values: str) -> ActDraft:
    """An act with its fields."""
    return ActDraft(act=act, on=on, values=values)


class Acts:
    """The moment something happens to a case. ``archive`` is how a file is put away, ``split`` how it is divided."""

    def __init__(self, journal: Journal, clock: Clock, archive: Archive, split: Split) -> None:
        self._journal, self._clock, self._archive, self._split = journal, clock, archive, split

    # -- what there is ---------------------------------------------------------------------------------------------

    def all(self) -> dict[str, Act]:
        """The acts that may be noted by hand, by their names."""
        return by_hand()

    def possible(self, case: Case) -> dict[str, Act]:
        """Those that may be noted of this case today, as far as that does not depend on what is typed."""
        today = self._clock.today()
        return {key: act for key, act in by_hand().items() if not never_now(case, act, today)}

    def effect(self, case: Case | None, act: str) -> str:
        """What an act does to this case, with the periods that govern it; to one that comes in today for none."""
        return spelled(_noted(act).effect, case.received.on if case else self._clock.today())

    def fields(self, case: Case, act: str) -> tuple[Field, ...]:
        """The fields of an act, its choices and sentences as they are for this case."""
        on = case.received.on
        return tuple(
            replace(field, choices=field.offered(case), help=spelled(field.help, on), todo=spelled(field.todo, on))
            for field in _noted(act).fields
        )

    def likely(self, case: Case) -> str:
        """The act that is most likely to be noted next."""
        if case.category:
            open_routes = [matter for matter in case.disputes if matter.open]
            if open_routes:
                return "dispute_decided" if open_routes[0].answered_on else "dispute_answered"
            if order_to_note(case):
                return "redo_ordered"
            return "followed_up" if case.archived else "archived"
        open_acts = {event.act for event in case.clock_events}
        if "correction_requested" in open_acts and "corrected" not in open_acts:
            return "corrected"
        if "party_consulted" in open_acts and "party_answered" not in open_acts:
            return "party_answered"
        return "party_consulted" if "corrected" in open_acts else "extended"

    # -- noting ----------------------------------------------------------------------------------------------------

    def note(self, case_id: str, draft: ActDraft, seen: int | None = None, by: str = "") -> Case:
        """Note one act, by whoever is named or sits here. Raises DeskError when a needed field is empty, or the act may not happen next."""
        _noted(draft.act)
        if draft.act == "archived":
            return self._archive(case_id, one_line(draft.values.get("archive_no", "")), seen)
        if draft.act == "split":
            return self._split(case_id, draft.values.get("items", "").splitlines(), seen)[0]
        event = self._event(self._journal.case(case_id), draft)
        return self.record(case_id, event.model_copy(update={"by": one_line(by)}), seen)

    def record(self, case_id: str, event: ev.AnyEvent, seen: int | None = None) -> Case:
        """Append an act such as a correction received, an extension or an opinion asked for.

        Raises DeskError when it may not happen next or the clock cannot take it.
        """
        with self._journal.write():
            found = serial_of(getattr(event, "number", ""))
            if found and isinstance(event, ev.Answered | ev.Withdrawn):  # written outside, under a number of ours
                self._journal.numbers.used_elsewhere(*found)
            return append_checked(self._journal, self._journal.case(case_id), [event], seen)

    @staticmethod
    def aside(case: Case) -> str:
        """What the act that was noted last did not do and somebody has to; empty for nothing."""
        last = case.history[-1]
        if apart := items_apart(case, last):
            return f"拆出的{'、'.join(apart)}没有随着改：请在那几件先冲销这份文书的一条，再照这一天重记。"
        if isinstance(last, ev.Archived):
            missing = "、".join(wanted(case))
            return f"案卷里还缺{missing}：按 {FILE_KEY} 入卷。" if missing else ""
        return reminder(case, FILE_KEY)

    def _event(self, case: Case, draft: ActDraft) -> ev.AnyEvent:
        """The event that a form describes. Raises DeskError when a needed field is empty or makes no sense."""
        today, noted = self._clock.today(), _noted(draft.act)
        typed = Typed({key: one_line(text) for key, text in {**draft.values, "on": draft.on}.items()}, today)
        on = typed.day_if_any("on", "日期") or today
        fields = self.fields(case, draft.act)
        values = {field.key: _read(field, typed, case, on) for field in fields}
        if noted.one_of and all(values[key] in ("", None) for key in noted.one_of):
            names = "、".join(field.label for field in fields if field.key in noted.one_of)
            raise typed.refuse(f"{names}都没有填，等于没有记。", "请至少填一项。", noted.one_of[-1])
        if noted.make:
            return noted.make(case, values, on, today)
        given = {key: value for key, value in values.items() if value is not None}
        try:
            return EVENT.validate_python({"act": draft.act, "on": on, **given})
        except ValidationError as error:
            key = first_fault(error)[0].rpartition(".")[2]
            label = next((field.label for field in noted.fields if field.key == key), key)
            raise DeskError(f"{label}写得不对，或者太长。", NOTHING_DONE, "请核对这一项。", key) from error


def _noted(act: str) -> ByHand:
    """How an act is noted by hand. Raises DeskError for one that is not."""
    known = ACTS.get(act)
    if known is None or known.by_hand is None:
        raise DeskError("请选择发生了什么事。", NOTHING_DONE, "", "act")
    return known.by_hand


# -- one field, by its type --------------------------------------------------------------------------------------


def _read(field: Field, typed: Typed, case: Case, on: date) -> Any:
    """What was typed in a field of an act of the day ``on``, as its type; None for nothing. Raises DeskError with the key of the field."""
    if field.required and not typed.text(field.key, field.label, LONGEST_TEXT):
        raise typed.refuse(f"没有{'选' if field.choices else '填'}{field.label}。", field.todo, field.key)
    if field.type == "day_ahead":
        return typed.day_if_any(field.key, field.label, "ahead", on)
    return _READERS.get(field.type, _text)(field, typed, case)


def _text(field: Field, typed: Typed, case: Case) -> str:
    return typed.text(field.key, field.label, LONGEST_TEXT)


def _day(field: Field, typed: Typed, case: Case) -> date | None:
    return typed.day_if_any(field.key, field.label)


def _number(field: Field, typed: Typed, case: Case) -> int | None:
    written = _text(field, typed, case)
    plain = half_width(written)
    if plain and whole_number(plain) is None:
        raise typed.refuse(f"{field.label}“{written[:20]}”不是数字。", field.todo, field.key)
    return whole_number(plain)


def _choice(field: Field, typed: Typed, case: Case) -> str:
    return typed.choice(field.key, {key for key, _ in field.offered(case)}, f"请选择{field.label}。", field.todo)


def _verdict(field: Field, typed: Typed, case: Case) -> bool | None:
    return {YES: True, NO: False}.get(_choice(field, typed, case))


def _letter(field: Field, typed: Typed, case: Case) -> str:
    """The letter with that 文号, or the answer for none."""
    number = _text(field, typed, case)
    if not number:
        return case.answer_id
    for letter in case.letters:
        if letter.number == number:
            return letter.letter_id
    raise typed.refuse(f"这一件里没有文号“{number}”。", "请照文书上的文号填写；退回的是答复就不用填。", field.key)


_READERS: dict[str, Callable[[Field, Typed, Case], Any]] = {
    "day": _day,
    "number": _number,
    "choice": _choice,
    "verdict": _verdict,
    "letter": _letter,
}
