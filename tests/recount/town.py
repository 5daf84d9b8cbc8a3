"""The player: a town of applications, played day by day through the desk, by chance and the same for the same seed.

What it does it writes down as plain facts (:mod:`tests.recount.count`); what the desk refuses it writes down with the sentence.
It looks at the desk only for numbers, and on some days for what the recount is compared with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from deskapp.clock import FixedClock
from deskapp.desk.cases.acts import act_draft
from deskapp.errors import DeskError
from deskapp.register.case import Case
from letters.catalogue import shipped
from tests.conftest import give_opinions, make_desk, register
from tests.recount.count import CLASSES, ONE, Deed, History, is_void, works

Done = TypeVar("Done")
FIRST, LAST = date(2025, 1, 1), date(2027, 3, 31)
CHANNELS = ("in_person", "registered_mail", "ordinary_mail", "online", "fax", "oral")
CONFIRMED = ("ordinary_mail", "online", "fax")
PAUSES = (0, 0, 1, 1, 2, 3, 4, 5, 7, 9, 12, 20)  # days from one move in a case to the next
REST_DAYS = 0.2  # how often a day of rest is worked through
LOOK_EVERY = 40  # days


@dataclass
class PlayedCase:
    """A case at the desk and its history; ``entries`` are the places in the journal of what was done, ``refused`` what was not."""

    case_id: str
    history: History
    next: date | None
    entries: dict[int, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Look:
    """What the desk said at the end of a day: each case's rounds as last day and whether in time, the tables of each year, and the cases
    behind each row of table three."""

    day: date
    rounds: dict[str, list[tuple[date | None, bool | None]]]
    three: dict[int, dict[str, list[int]]]
    four: dict[int, dict[str, dict[str, int]]]
    behind: dict[tuple[int, str], list[str]]


class PlayedTown:
    """A desk, its days, and everything that was done at it. ``move`` is what is done in a case when its turn comes."""

    def __init__(self, home: Path, seed: int, papers: int) -> None:
        self.random, self.first, self.last = Random(seed), FIRST, LAST
        self.clock = FixedClock(self.first)
        self.desk = make_desk(home, self.clock)
        self.cases: list[PlayedCase] = []
        self.acts: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.looks: list[Look] = []
        self.papers, self.serial = papers, 0
        span = (self.last - self.first).days
        self.arrivals = Counter(self.first + ONE * int(span * self.random.random() ** 1.2) for _ in range(papers))

    @property
    def today(self) -> date:
        """The day at the desk."""
        return self.clock.today()

    @property
    def histories(self) -> list[History]:
        """Every case as it was played."""
        return [case.history for case in self.cases]

    # -- the days --------------------------------------------------------------------------------------------------

    def play(self, move: Callable[[PlayedTown, PlayedCase], None]) -> None:
        """Every day from the first to the last."""
        for day in self._days():
            self.clock.set(day)
            for _ in range(self.arrivals[day]):
                self._register()
            if works(day) or self.chance(REST_DAYS):
                for case in [case for case in self.cases if case.next and case.next <= day]:
                    move(self, case)
            if (day - self.first).days % LOOK_EVERY == 0 or (day.month, day.day) == (12, 31) or day == self.last:
                self._look()

    def _days(self) -> Iterator[date]:
        return (self.first + ONE * n for n in range((self.last - self.first).days + 1))

    def _look(self) -> None:
        living = [case for case in self.cases if not is_void(case.history, self.today)]
        rounds = {case.history.no: self._rounds(case) for case in living}
        reports = {year: self.desk.reporting.report(year) for year in range(self.first.year - 1, self.today.year + 1)}
        three = {year: {row.key: list(row.values) for row in made.table3} for year, made in reports.items()}
        four = {year: {str(route): row for route, row in made.table4.items()} for year, made in reports.items()}
        rows = [(year, row) for year, table in three.items() for row in table if self.today == self.last]
        behind = {(year, row): self.desk.reporting.cell(year, row, "total") for year, row in rows}
        self.looks.append(Look(self.today, rounds, three, four, behind))

    def _rounds(self, case: PlayedCase) -> list[tuple[date | None, bool | None]]:
        said = self.desk.lookup.deadline(self.desk.lookup.case(case.case_id)).rounds
        return [(item.due_on, item.in_time) for item in said]

    # -- one act ---------------------------------------------------------------------------------------------------

    def chance(self, share: float) -> bool:
        """Whether something happens that happens in that share of cases."""
        return self.random.random() < share

    def ago(self, most: int = 4) -> date:
        """Mostly today, sometimes a few days ago: what is noted late."""
        return self.today - ONE * self.random.randint(1, most) if self.chance(0.12) else self.today

    def ahead(self, least: int, most: int) -> date:
        """A day to come."""
        return self.today + timedelta(days=self.random.randint(least, most))

    def number(self) -> int:
        """A number that was not used yet."""
        self.serial += 1
        return self.serial

    def tried(self, case: PlayedCase, what: str, do: Callable[[], Done]) -> Done | None:
        """What an act gave, or None where the desk refused it; its sentence is kept."""
        try:
            return do()
        except DeskError as error:
            sentence = str(error)
            self.refused[re.sub(r"“[^”]*”|[0-9A-Z-]+|[^。，：（]*〔\d*〕\d*号", "…", sentence.split("。")[0])] += 1
            case.refused.append(f"{self.today} {what}: {sentence}")
            return None
        except Exception as error:  # whatever it is goes on, with the history that led to it
            error.add_note(f"{self.today} {what} in\n{told(case)}")
            raise

    def record(
        self, case: PlayedCase, what: str, letter: str = "", on: date | None = None, **says: str | int
    ) -> None:
        """Write down an act that was done."""
        self._write(case, Deed(len(case.history.deeds), self.today, on or self.today, what, letter, says))

    def _write(self, case: PlayedCase, deed: Deed) -> None:
        case.entries[deed.place] = len(self.desk.lookup.case(case.case_id).history) - 1
        case.history.deeds.append(deed)
        self.acts[deed.what if deed.what != "letter" else str(deed.says["kind"])] += 1

    def note(self, case: PlayedCase, act: str, on: date | None = None, **values: str) -> bool:
        """Note an act by hand; whether the desk took it."""
        day = (on or self.today).isoformat()
        draft = act_draft(act, on=day, **values)
        return self.tried(case, act, lambda: self.desk.acts.note(case.case_id, draft)) is not None

    def issue(self, case: PlayedCase, kind: str, says: dict[str, str | int] | None = None, **typed: str) -> None:
        """Issue a letter, mostly with the opinions it needs."""
        if self.chance(0.97):
            self.tried(case, kind, lambda: give_opinions(self.desk, case.case_id, kind))
        facts = {**self._typed(case, kind), **typed}
        letter = self.tried(case, kind, lambda: self.desk.reply.issue(case.case_id, kind, facts))
        if letter is not None:
            place = len(case.history.deeds)
            self._write(
                case, Deed(place, self.today, self.today, "letter", letter.number, {"kind": kind, **(says or {})})
            )

    def _typed(self, case: PlayedCase, kind: str) -> dict[str, str]:
        """A form as the desk fills it first, its gaps filled from the examples and with the day."""
        typed = self.desk.reply.draft(case.case_id, kind)
        for key, spec in shipped().template(kind).fields.items():
            if not spec.computed and not typed.get(key, "").strip():
                typed[key] = self.today.isoformat() if spec.type == "date" else written(spec.example)
        return typed

    # -- registration ----------------------------------------------------------------------------------------------

    def _register(self) -> None:
        channel, column = self.random.choice(CHANNELS), self.random.choice(CLASSES)
        received = max(self.ago(6), self.first - ONE * 20)
        reached = received - ONE * self.random.randint(0, 3) if channel in CONFIRMED else received
        n = self.number()
        made = register(
            self.desk, received_on=received.isoformat(), channel=channel, applicant_class=column, applicant=f"张{n}",
            handed_over_on=reached.isoformat(), content=f"第{n}号文件{n * 7919}", difficulty="不识字",
        )  # fmt: skip
        self.take_in(made, channel, column)

    def take_in(self, made: Case, channel: str, column: str, of: History | None = None) -> None:
        """A case that is at the desk from now on."""
        history = History(made.case_no, self.today, made.received.on, channel, column, of=of)
        history.since = len(of.deeds) if of else 0
        self.acts["registered"] += 1
        self.cases.append(PlayedCase(made.case_id, history, self.today + ONE * self.random.choice(PAUSES)))


def told(case: PlayedCase) -> str:
    """A case's whole history as it was played, with what was refused."""
    return "\n".join([case.history.told(), *(f"  refused {line}" for line in case.refused)])


def written(example: Any) -> str:
    """An example as a clerk types it."""
    if isinstance(example, list | tuple):
        return "\n".join("｜".join(row) if isinstance(row, list | tuple) else str(row) for row in example)
    return str(example)
