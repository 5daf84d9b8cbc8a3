"""Which of the things in the catalogue is asked for: one question, wherever an answer can say where it is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from deskapp.screens.frame.pick import PickModal

if TYPE_CHECKING:
    from deskapp.catalogue.entry import Entry
    from deskapp.screens.frame.base import DeskScreen

ON_THE_SPOT = "already_public"  # the letter that says where something published is found


def pick_published(screen: DeskScreen, question: str, found: Sequence[Entry], take: Callable[[Entry], None]) -> None:
    """Ask which of these it is; Esc is none of them."""
    answers = [(str(n), f"{entry.name}　{entry.doc_no}　{entry.validity}".strip()) for n, entry in enumerate(found)]
    screen.app.push_screen(PickModal(question, answers), lambda chosen: take(found[int(chosen)]) if chosen else None)
