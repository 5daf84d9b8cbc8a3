"""The benchmarks run against the program as it is: what they start is there."""

import subprocess
import sys
from pathlib import Path

from benchmarks.desk import OURS
from benchmarks.register import TODAY, fill
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.printing.file import NoPrinterPort
from deskapp.unit import read_profile
from letters.example import UNIT


def test_the_desk_s_first_paint_can_be_measured(tmp_path: Path) -> None:
    desk = Desk.create(tmp_path, read_profile(UNIT, "benchmark"), FixedClock(TODAY), NoPrinterPort())
    fill(desk, 20)
    desk.close()
    done = subprocess.run([sys.executable, "-c", OURS, str(tmp_path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    stands, lists = (float(line) for line in done.stdout.split())
    assert stands <= lists
