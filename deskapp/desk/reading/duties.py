"""What must be published and is not: the items of the standard catalogue with their entries, what is missing, due again or late, and who
owes it (条例第二十六条; the periods of the catalogue itself where it names shorter ones)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from deskapp.catalogue.entry import Entry
from deskapp.catalogue.items import Fit, Items
from deskapp.catalogue.standards import EVERY_NAMES, STANDARD, Every, Item, StandardFile
from deskapp.clock import Clock
from deskapp.desk.sheets.loose import LooseSheet, Sheets, blank_rows
from deskapp.errors import DeskError
from deskapp.exchange.bad_cells import bad_said, lines_of
from deskapp.exchange.heading import BadCell
from deskapp.exchange.table_apart import TableChoice
from deskapp.exchange.table_proposal import TableProposal, proposed_apart
from deskapp.law.periods import period
from deskapp.law.workdays import Calendar
from deskapp.parsing import one_line
from deskapp.register.store import Undone

if TYPE_CHECKING:
    from letters.typeset.ruled import RuledSheet

DutyState = Literal["missing", "due", "late", "published", "not_here"]
STATES: dict[DutyState, str] = {
    "missing": "没有公开的", "due": "该再公开的", "late": "公开晚了的", "published": "已经公开的", "not_here": "本地没有的",
}  # fmt: skip
OWED: tuple[DutyState, ...] = ("missing", "due")
NOBODY = "没有写主体"


@dataclass(frozen=True)
class Duty:
    """An item and how it stands: its newest day of publication, how many entries it has, since when it is due again, and the entries that
    were published too late with their last day."""

    item: Item
    state: DutyState
    entries: int = 0
    newest: str = ""
    due_on: date | None = None
    late: tuple[tuple[Entry, date], ...] = ()

    @property
    def said(self) -> str:
        """How it stands, in words."""
        if self.state == "not_here":
            return f"本地没有：{self.item.not_here}"
        if self.state == "missing":
            return "还没有公开"
        if self.state == "due":
            every = EVERY_NAMES[self.item.when.every]
            return f"{every}要公开，最近一次是{self.newest or '没有日期'}"
        late = f"，{len(self.late)}条晚了" if self.late else ""
        return f"已公开{self.entries}条，最近{self.newest or '没有日期'}{late}"


@dataclass(frozen=True)
class StandardTaken:
    """What an import of a standard catalogue did: lines (items new, changed, the same, lines left out, lines with a bad cell: together all)."""

    rows: int
    new: int
    changed: int
    same: int
    left_out: int
    bad: tuple[BadCell, ...]
    warnings: tuple[str, ...]
    kept: bool

    @property
    def said(self) -> list[str]:
        """It in words, the sum at the end."""
        bad_lines = lines_of(self.bad)
        parts = [f"新的{self.new}项", f"更新{self.changed}项", f"没有变化{self.same}项"]
        parts += [f"没有用上的{self.left_out}行"] if self.left_out else []
        parts += [f"有错的{bad_lines}行"] if bad_lines else []
        done = "已导入" if self.kept else "没有导入"
        return [*self.warnings, *bad_said(self.bad), f"{done}：共{self.rows}行 = {' + '.join(parts)}。"]


@dataclass
class Duties:
    """The moment the keeper asks what must be published. ``items`` are those of the catalogue, ``calendar`` counts working days."""

    items_of: Callable[[], Items]
    clock: Clock
    calendar: Callable[[], Calendar]
    sheets: Sheets

    @cached_property
    def _items(self) -> Items:
        return self.items_of()

    # -- in ----------------------------------------------------------------------------------------------------

    def look(self, path: Path, choice: TableChoice) -> TableProposal:
        """What is believed of an office's standard catalogue. Raises DeskError."""
        return proposed_apart(path, STANDARD, choice)

    def take(
        self,
        path: Path,
        choice: TableChoice | None = None,
        area: str = "",
        good_part: bool = False,
        dry_run: bool = False,
    ) -> StandardTaken:
        """Take a standard catalogue in: all lines or none, unless the good part is wanted; then see which entries fit. Raises DeskError."""
        lines = StandardFile(path, choice or TableChoice(), area)
        counts, bad, taken, kept = {"new": 0, "changed": 0, "same": 0}, list[BadCell](), dict[str, Item](), False
        try:
            with self._items.write():
                for found in lines:
                    bad += found.bad
                    if found.bad:
                        continue
                    item = found.item
                    if before := taken.get(item.key):
                        item = _joined(before, item)
                        lines.twice += 1
                        self._items.put(item)
                        counts["same"] += 1
                    else:
                        counts[self._items.put(item)] += 1
                    taken[item.key] = item
                if dry_run or (bad and not good_part):
                    raise Undone
            kept = True
        except Undone:
            pass
        finally:
            lines.close()
        if kept:
            self._items.match(taken.values())
        rows = sum(counts.values()) + lines_of(bad) + lines.left_out
        return StandardTaken(
            rows, counts["new"], counts["changed"], counts["same"], lines.left_out, tuple(bad), lines.warnings, kept
        )

    def match_again(self) -> None:
        """See anew which entries fit which item; what a person said stays."""
        self._items.match(self._items.all())

    # -- what is owed ------------------------------------------------------------------------------------------

    def all(self, state: DutyState | Literal[""] = "") -> list[Duty]:
        """Every item with how it stands today, or those of one state, in the order of the catalogue."""
        items, days = self._items.all(), self._items.days()
        late = self._late(items)
        found = [self._duty(item, days.get(item.key, []), late.get(item.key, ())) for item in items]
        return [duty for duty in found if not state or duty.state == state or (state == "late" and duty.late)]

    def _duty(self, item: Item, days: list[str], late: tuple[tuple[Entry, date], ...]) -> Duty:
        if item.not_here:
            return Duty(item, "not_here")
        if not days:
            return Duty(item, "missing")
        dated = [date.fromisoformat(day) for day in days if day]
        since = _due_since(item.when.every, self.clock.today())
        if since and not any(day >= since for day in dated):
            return Duty(item, "due", len(days), days[0], since, late)
        return Duty(item, "late" if late else "published", len(days), days[0], None, late)

    def _late(self, every: Sequence[Item]) -> dict[str, tuple[tuple[Entry, date], ...]]:
        """Of each item the entries that were published after their last day."""
        items = {item.key: item for item in every}
        found: dict[str, tuple[tuple[Entry, date], ...]] = {}
        for key, entry in self._items.late():
            last = self.last_day(items[key], date.fromisoformat(entry.made_on)) if key in items else None
            if last and date.fromisoformat(entry.published_on) > last:
                found[key] = (*found.get(key, ()), (entry, last))
        return found

    def last_day(self, item: Item, made_on: date) -> date:
        """The last day on which something made on a day may be published: the item's own period where it names a shorter one, else that of
        the Regulation."""
        law = period("publication", self.clock.today())
        by_law = self.calendar().nth_after(made_on, law.value)
        due = item.when
        if not due.days:
            return by_law
        own = self.calendar().nth_after(made_on, due.days) if due.working else made_on + timedelta(days=due.days)
        return min(own, by_law)

    def owed(self) -> dict[str, list[Duty]]:
        """What is missing or due again, by who owes it."""
        found: dict[str, list[Duty]] = {}
        for duty in self.all():
            if duty.state in OWED:
                found.setdefault(duty.item.duty or NOBODY, []).append(duty)
        return found

    def sheet(self) -> LooseSheet:
        """What is owed, by who owes it, on paper for the month."""
        today = self.clock.today()
        rows = [
            (who if n == 0 else "", duty.item.area, duty.item.name, duty.said, "")
            for who, duties in self.owed().items()
            for n, duty in enumerate(duties)
        ]
        title = f"{today.year}年{today.month}月应公开未公开事项"
        if not rows:
            raise DeskError("没有缺的、该再公开的事项。", "没有印。", "")
        return self.sheets.ruled(title, _pages(title, rows))

    # -- by hand -----------------------------------------------------------------------------------------------

    def entries(self, key: str) -> list[tuple[Entry, Fit]]:
        """The entries of an item, and who says so."""
        return self._items.fitting(key)

    def fits(self, item: str, entry: str, fits: bool) -> None:
        """A person says whether an entry belongs to an item."""
        self._items.say(item, entry, fits)

    def not_here(self, key: str, why: str) -> None:
        """An item that does not exist here, with the reason; an empty one takes it back."""
        self._items.not_here(key, one_line(why))

    @property
    def count(self) -> int:
        """How many items there are."""
        return len(self._items.all())


ROWS_A_PAGE = 14


def _pages(title: str, rows: Sequence[tuple[str, ...]]) -> Iterator[RuledSheet]:
    for start in range(0, len(rows), ROWS_A_PAGE):
        part = rows[start : start + ROWS_A_PAGE]
        columns = ("谁公开", "领域", "事项", "怎么样", "哪天补上")
        yield blank_rows(columns, part, ROWS_A_PAGE, (18, 14, 30, 26, 12), (title,))


def _joined(before: Item, after: Item) -> Item:
    """Two lines of one item: their contents one below the other."""
    content = "\n".join(dict.fromkeys(filter(None, (before.content, after.content))))
    return before.model_copy(update={"content": content})


def _due_since(every: Every, today: date) -> date | None:
    """The first day of the period before the one that runs: who has published nothing since owes it."""
    if every == "year":
        return date(today.year - 1, 1, 1)
    if every == "quarter":
        first = (today.month - 1) // 3 * 3 + 1
        return date(today.year, first - 3, 1) if first > 3 else date(today.year - 1, 10, 1)
    if every == "month":
        return date(today.year, today.month - 1, 1) if today.month > 1 else date(today.year - 1, 12, 1)
    return None


def states_said(duties: list[Duty]) -> Iterator[str]:
    """How many items stand how."""
    for state, name in STATES.items():
        if number := sum(duty.state == state for duty in duties):
            yield f"{name}{number}项"
