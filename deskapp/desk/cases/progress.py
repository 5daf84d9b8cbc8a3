"""Progress: what happens to a case besides its letters and deliveries, as one small form."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from deskapp.clock import Clock
from deskapp.desk.cases.acts import NoteDraft, event_of
from deskapp.desk.cases.letter_events import append_checked
from deskapp.parsing import one_line
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.event_labels import describe, name_of
from deskapp.register.journal import Journal
from deskapp.register.numbers import serial_of
from deskapp.register.transitions import STRIKABLE

Archive = Callable[[str, str, int | None], Case]
Split = Callable[[str, Sequence[str], int | None], list[Case]]


class Progress:
    """The moment something happens to a case. ``archive`` is how a file is put away, ``split`` how it is divided."""

    def __init__(self, journal: Journal, clock: Clock, archive: Archive, split: Split) -> None:
        self._journal, self._clock, self._archive, self._split = journal, clock, archive, split

    def record(self, case_id: str, event: ev.AnyEvent, seen: int | None = None) -> Case:
        """Append an act such as a correction received, an extension or an opinion asked for.

        Raises DeskError when it may not happen next or the clock cannot take it.
        """
        with self._journal.write():
            found = serial_of(getattr(event, "number", ""))
            if found and isinstance(event, ev.Answered | ev.Withdrawn):  # written outside, under a number of ours
                self._journal.numbers.used_elsewhere(*found)
            return append_checked(self._journal, self._journal.case(case_id), [event], seen)

    def likely(self, case: Case) -> str:
        """The act that is most likely to be noted next."""
        if case.category:
            open_routes = [matter for matter in case.disputes if not matter.decided_on]
            if open_routes:
                return "dispute_decided" if open_routes[0].answered_on else "dispute_answered"
            return "followed_up" if case.archived else "archived"
        open_acts = {event.act for event in case.clock}
        if "correction_requested" in open_acts and "corrected" not in open_acts:
            return "corrected"
        if "party_consulted" in open_acts and "party_answered" not in open_acts:
            return "party_answered"
        return "party_consulted" if "corrected" in open_acts else "extended"

    def strikable(self, case: Case) -> list[tuple[str, str]]:
        """The entries of a case that may be struck out, newest first: place and words."""
        struck = {event.n for event in case.history if isinstance(event, ev.Struck)}
        return [
            (str(n), f"{event.on:%m-%d} {name_of(event)} {describe(event)}".strip())
            for n, event in reversed(list(enumerate(case.history)))
            if event.act in STRIKABLE and n not in struck
        ]

    def note(self, case_id: str, draft: NoteDraft, seen: int | None = None) -> Case:
        """Note one act. Raises DeskError when a needed field is empty, or the act may not happen next."""
        if draft.act == "archived":
            return self._archive(case_id, one_line(draft.archive_no), seen)
        if draft.act == "split":
            return self._split(case_id, draft.items.splitlines(), seen)[0]
        today = self._clock.today()
        event = event_of(self._journal.case(case_id), draft, today)
        signed = event.model_copy(update={"by": self._journal.unit(today).contact})
        return self.record(case_id, signed, seen)
