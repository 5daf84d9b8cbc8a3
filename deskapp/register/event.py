"""What every event of a case has, and every act that a letter of ours makes."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from deskapp.law.clock_events import Day


class Event(BaseModel):
    """What every event has: the day it counts for, and who noted it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)  # built when the first is read

    on: Day
    by: str = ""


class OfLetter(Event):
    """An act that a letter of ours makes: ``letter_id`` is empty when it was written outside. It counts no more when that
    letter's number is given up, and cannot be struck out apart from it."""

    letter_id: str = ""
