"""Time, handed in: the real clock, and one that stands on a given day for ``--today``, tests and practice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where every act gets its time from."""

    def now(self) -> datetime:
        """The moment, with its zone."""

    def today(self) -> date:
        """The day at the counter."""


class SystemClock:
    """The machine's clock in its local zone."""

    def now(self) -> datetime:
        """The moment, with its zone."""
        return datetime.now().astimezone()

    def today(self) -> date:
        """The local day."""
        return self.now().date()


class FixedClock:
    """A clock set to one day; the time of day starts at midnight and moves a millisecond on with every look, so that the
    machine's own clock is never behind it on that day."""

    def __init__(self, day: date) -> None:
        self.set(day)

    def set(self, day: date) -> None:
        """Go to the first moment of another day."""
        self._day = day
        self._now = datetime(day.year, day.month, day.day).astimezone()

    def now(self) -> datetime:
        """The moment, a millisecond later at each call."""
        self._now += timedelta(milliseconds=1)
        return self._now

    def today(self) -> date:
        """The day it was set to."""
        return self._day
