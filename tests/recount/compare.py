"""The desk and the recount, cell by cell and case by case."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from deskapp.clock import FixedClock
from tests.conftest import make_desk
from tests.recount.count import behind, table_four, table_three, terms
from tests.recount.town import Look, PlayedTown, told


@dataclass
class Compared:
    """How many figures of each sort were laid side by side, and those that differ, each with its histories."""

    figures: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def side_by_side(self, sort: str, what: str, desk: object, recount: object, played: str = "") -> None:
        """One figure."""
        self.figures[sort] += 1
        if desk != recount:
            self.differences.append(f"{what}: the desk says {desk}, the recount {recount}\n{played}".rstrip())


def compare(town: PlayedTown) -> Compared:
    """Everything the desk said on the days it was looked at."""
    made = Compared()
    for look in town.looks:
        compare_rounds(made, town, look)
        compare_tables(made, town, look)
    return made


def compare_rounds(made: Compared, town: PlayedTown, look: Look) -> None:
    """The last lawful day of each round of each case, and whether it was kept."""
    for case in town.cases:
        said = look.rounds.get(case.history.no)
        if said is not None:
            counted = [(term.due, term.in_time) for term in terms(case.history, look.day)]
            what = f"{case.history.no} on {look.day}"
            made.side_by_side("last days", what, shown(said), shown(counted), told(case))


def compare_tables(made: Compared, town: PlayedTown, look: Look) -> None:
    """Tables three and four of each year."""
    played = {case.history.no: told(case) for case in town.cases}
    for year, table in look.three.items():
        rows = behind(town.histories, year, look.day)
        numbers = {row: sorted(history.no for history in histories) for row, histories in rows.items()}
        for row, counted in table_three(rows, look.day).items():
            what = f"table three of {year} on {look.day}, {row}"
            for n, recount in enumerate(counted):
                made.side_by_side("cells", f"{what}, column {n}", table[row][n], recount, f"counted {numbers[row]}")
            if (said := look.behind.get((year, row))) is not None:
                other = [played[no] for no in sorted({*said} ^ {*numbers[row]})]
                made.side_by_side("lists", what, said, numbers[row], "\n".join(other))
    for year, disputes in look.four.items():
        for route, results in table_four(town.histories, year, look.day).items():
            for result, recount in results.items():
                what = f"table four of {year} on {look.day}, {route}, {result}"
                made.side_by_side("cells", what, disputes[route][result], recount)


def shown(rounds: list[tuple[date | None, bool | None]]) -> str:
    """Rounds in a line."""
    return "; ".join(f"{due} {'' if kept is None else 'in time' if kept else 'late'}".strip() for due, kept in rounds)


def taken_in_again(made: Compared, town: PlayedTown, folder: Path) -> None:
    """The register as a ledger, taken into an empty desk: it makes table three of each year once more."""
    ledger = folder / "ledger.csv"
    town.desk.ledgers.give(ledger)
    again = make_desk(folder / "again", FixedClock(town.last))
    taken = again.ledgers.take(ledger)
    made.side_by_side(
        "ledgers", "what the ledger brings in", (taken.taken, taken.bad), (len(town.looks[-1].rounds), ())
    )
    for year in town.looks[-1].three:
        counted = table_three(behind(town.histories, year, town.last), town.last)
        for row in again.reporting.report(year).table3:
            for n, value in enumerate(row.values):
                what = f"table three of {year} taken in again, {row.key}, column {n}"
                made.side_by_side("cells again", what, value, counted[row.key][n])
    again.close()
