"""The events about the people of an application: its receipt was confirmed, talks, an agent, one of several withdrew."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from deskapp.law.clock_events import Name
from deskapp.register.event import Event
from deskapp.register.people import Agent


class ReceiptConfirmed(Event):
    """Both sides confirmed that the application came in, ``who`` and ``how``: that day is the legal day of receipt (条例 31 (二)(三))."""

    act: Literal["receipt_confirmed"] = "receipt_confirmed"
    who: str
    how: str = ""


class Talked(Event):
    """A talk with the applicant or somebody else about the application: ``who``, by what means, what was said."""

    act: Literal["talked"] = "talked"
    who: str
    how: str = ""
    what: str = Field(min_length=1)


class AgentNamed(Agent, Event):
    """An agent was named, showed his paper of authority later, or another took his place (行政复议法 17)."""

    act: Literal["agent_named"] = "agent_named"


class OneWithdrew(Event):
    """One of several applicants withdrew alone; the others' application goes on."""

    act: Literal["one_withdrew"] = "one_withdrew"
    name: Name
