"""How fast last days are found: our sorted table against walking day by day with another package's calendar."""

from __future__ import annotations

import random
from datetime import date, timedelta

import chinese_calendar

from benchmarks.timing import best_of, table
from deskapp.law.clock_events import parse_events
from deskapp.law.deadline import evaluate
from deskapp.law.workdays import official_calendar

HOW_MANY, PERIOD = 10_000, 20


def main() -> None:
    """Print milliseconds for 10,000 last days, three ways, and how many times slower than the first each is."""
    picked = random.Random(20261121)
    first = date(2009, 1, 1)
    days = [first + timedelta(picked.randrange(6300)) for _ in range(HOW_MANY)]
    calendar = official_calendar()
    histories = [parse_events([{"act": "received", "on": day}]) for day in days]
    today = date(2026, 11, 21)
    table(
        f"{HOW_MANY} last days",
        {
            "sorted table and bisect": best_of(lambda: [calendar.nth_after(day, PERIOD) for day in days]),
            "the whole clock, with its working": best_of(lambda: [evaluate(h, today) for h in histories]),
            "day by day with chinesecalendar": best_of(lambda: [_walk(day) for day in days], 1),
        },
    )


def _walk(day: date) -> date:
    counted = 0
    while counted < PERIOD:
        day += timedelta(days=1)
        counted += chinese_calendar.is_workday(day)
    return day


if __name__ == "__main__":
    main()
