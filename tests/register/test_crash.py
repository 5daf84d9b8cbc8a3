"""A process killed while it writes: what it acknowledged is there, nothing is half there, the file opens."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.register.integrity import verify
from deskapp.register.journal import Journal
from deskapp.register.opening import open_store
from tests.conftest import DAY, make_desk

WRITER = """
import sys
from pathlib import Path
from deskapp.desk import Desk
from tests.conftest import register
desk = Desk.open(Path(sys.argv[1]))
while True:
    print(register(desk).case_no, flush=True)
"""
KILLS = 12


def test_killed_at_any_moment_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    home = tmp_path / "home"
    make_desk(home, FixedClock(DAY)).close()
    chance = random.Random(20261120)
    acknowledged: list[str] = []
    for _ in range(KILLS):
        worker = subprocess.Popen([sys.executable, "-c", WRITER, str(home)], stdout=subprocess.PIPE, text=True)
        assert worker.stdout
        acknowledged.append(worker.stdout.readline().strip())
        time.sleep(chance.uniform(0, 0.05))
        worker.send_signal(signal.SIGKILL)
        acknowledged += worker.stdout.read().split()
        worker.wait()
        worker.stdout.close()
    store = open_store(home / "register.db")
    numbers = {row["case_no"] for row in store.query("SELECT case_no FROM cases")}
    assert set(acknowledged) <= numbers
    assert len(numbers) == store.query("SELECT count(*) AS n FROM events")[0]["n"]
    assert verify(Journal(store, FixedClock(DAY))) == []
    store.close()
    desk = Desk.open(home, FixedClock(DAY))
    assert not [note for note in desk.upkeep.check() if note.fault]
    desk.close()
