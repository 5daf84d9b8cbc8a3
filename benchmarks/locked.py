"""What an encrypted register costs, and what the logs of heads cost: the same work on the same cases, by turns in one run, as ratios."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.register import TODAY, fill, queries, timed
from benchmarks.timing import write_section
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.intake import IntakeDraft
from deskapp.register.driver import IN_THE_CLEAR, RegisterKey
from deskapp.register.integrity import verify
from deskapp.register.journal import Journal
from deskapp.register.moving import move
from deskapp.register.opening import open_store
from deskapp.unit import read_profile
from letters.example import UNIT

CASES, TURNS = 10_000, 5
HEADING = "# Encryption at rest, and the logs of heads"
KEY = RegisterKey(bytes(range(32)))
DRAFT = IntakeDraft(applicant="张三", phone="13905550123", content="柳河镇2025年农村土地承包经营权流转台账")


def acts(desk: Desk, folder: Path) -> dict[str, Callable[[], object]]:
    """The work, by its name."""
    store = Journal(desk._store, desk.clock).store
    words = [word for group in queries(CASES).values() for word in group[:8]]

    def copy() -> None:
        (folder / "copy.db").unlink(missing_ok=True)
        store.vacuum_into(folder / "copy.db")

    return {
        "register a case": lambda: [desk.intake.register(DRAFT) for _ in range(10)],
        "board": desk.work.board,
        "search (all kinds of words)": lambda: [desk.lookup.search(word, 50) for word in words],
        "report of a year": lambda: desk.reporting.report(2024),
        "verify the whole": lambda: verify(Journal(store, desk.clock)),
        "a copy (VACUUM INTO)": copy,
        "open": lambda: open_store(store.path, key=store.key).close(),
    }


def main() -> None:
    """Measure by turns and write the section."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clock = FixedClock(TODAY)
        desks = {}
        for key, home in ((IN_THE_CLEAR, folder / "plain"), (KEY, folder / "locked")):
            desk = Desk.create(home, read_profile(UNIT, "benchmark"), clock)
            fill(desk, CASES)
            desk.close()
            if key:
                work_once = partial(move, home / "register.db", IN_THE_CLEAR, KEY, lambda path: None)
                moved = timed(work_once, 1)[0]
            desks[bool(key)] = Desk.open(home, clock, key=key)
        work = {locked: acts(desk, folder) for locked, desk in desks.items()}
        spent: dict[tuple[str, bool], list[float]] = {}
        for _ in range(TURNS):
            for act in work[False]:
                for locked in (False, True):
                    spent.setdefault((act, locked), []).extend(timed(work[locked][act], 1))
        sizes = [(folder / home / "register.db").stat().st_size / 1e6 for home in ("plain", "locked")]
        lines = [HEADING, "", f"{CASES:,} cases, {TURNS} turns, medians in ms of the one and the other by turns.", ""]
        lines += ["| | in the clear | encrypted | ratio |", "|---|---:|---:|---:|"]
        for act in work[False]:
            before, after = (statistics.median(spent[act, which]) for which in (False, True))
            lines.append(f"| {act} | {before:,.1f} | {after:,.1f} | {after / before:.2f} |")
        lines += [f"| file (MB) | {sizes[0]:,.1f} | {sizes[1]:,.1f} | {sizes[1] / sizes[0]:.2f} |", ""]
        lines.append(
            f"- Encrypting the file takes {moved / statistics.median(spent['a copy (VACUUM INTO)', False]):.1f} times as long as a copy in the clear."
        )
        lines.append(
            "- The two are not one SQLite: SQLCipher brings a newer one than Python's, which is why some of it is faster encrypted."
        )
        lines.append(_heads(desks[False]))
        for desk in desks.values():
            desk.close()
    print("\n".join(lines))
    write_section("\n".join(lines))


def _heads(desk: Desk) -> str:
    """What the two logs add to a step, measured with and without them by turns."""
    store, ratios = desk._store, []
    for _ in range(TURNS):
        spent = []
        for hook in (lambda: None, desk.heads.note):
            store.after_write = hook
            spent.append(statistics.median(timed(lambda: desk.intake.register(DRAFT), 20)))
        ratios.append(spent[1] / spent[0])
    return f"- The two logs of heads: registering a case takes {statistics.median(ratios):.2f} times as long as without them."


if __name__ == "__main__":
    main()
