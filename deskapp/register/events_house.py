"""The events inside the house: an application is with a department, and comes back."""

from __future__ import annotations

from typing import Literal

from deskapp.law.clock_events import Day, Name
from deskapp.register.event import Event


class Referred(Event):
    """A department of the house was given the application, to look for the information or to propose the answer: ``what`` it is to do,
    ``back_by`` when it shall return it. The period of the answer goes on."""

    act: Literal["referred"] = "referred"
    department: Name
    back_by: Day | None = None
    what: str = ""


class ReferredBack(Event):
    """The department gave it back: ``answer`` is what it says."""

    act: Literal["referred_back"] = "referred_back"
    department: Name
    answer: str = ""
