"""A few of the failing calls and power cuts; ``make layer`` tries thousands."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.layer.acts import ACTS
from tests.faults.layer.cuts import ALL, SYNCED, Files
from tests.faults.layer.disk import Change


@pytest.mark.long
@pytest.mark.real
@pytest.mark.skipif(not shutil.which("gcc"), reason="gcc is not installed (Debian: gcc, libc6-dev)")
def test_whole_acts_on_a_disk_that_fails_and_on_one_whose_power_goes() -> None:
    each = len(ACTS)
    counts = ["--faults", str(2 * each), "--cuts", str(2 * each)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.layer", *counts], capture_output=True, text=True, check=False
    )
    told = json.loads(done.stdout)
    assert (told["shown"], told["wrong"], done.returncode) == ([], 0, 0)
    assert (told["tried"]["faults"], told["tried"]["cuts"]) == (2 * each, 2 * each)
    assert all(told["tried"][f"cuts: {act.name}"] == 2 for act in ACTS)


def files(tmp_path: Path, how: str, *changes: Change) -> dict[str, bytes]:
    made = Files(tmp_path, how, random.Random(1))
    for change in changes:
        made.take(change)
    return {Path(name).name: bytes(content) for name, content in made.left().items()}


def test_the_disk_that_is_built_again_holds_what_was_synced_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"before")
    old, new, part = (str(tmp_path / name) for name in ("old", "new", "part"))
    write = [Change("C", part, "", 0, b""), Change("W", part, "", 0, b"after")]
    sync, sync_folder = Change("S", part, "", 0, b""), Change("S", str(tmp_path), "", 0, b"")
    rename, over, gone = Change("R", part, new, 0, b""), Change("R", part, old, 0, b""), Change("U", old, "", 0, b"")
    for changes, now, synced in (
        (write, {"old": b"before", "part": b"after"}, {"old": b"before"}),
        ([*write, sync], {"old": b"before", "part": b"after"}, {"old": b"before", "part": b"after"}),
        ([*write, sync, rename], {"old": b"before", "new": b"after"}, {"old": b"before", "part": b"after"}),
        ([*write, sync, over, sync_folder], {"old": b"after"}, {"old": b"after"}),
        ([*write, rename, sync_folder], {"old": b"before", "new": b"after"}, {"old": b"before", "new": b""}),
        ([gone], {}, {"old": b"before"}),
        ([gone, sync_folder], {}, {}),
        ([Change("W", old, "", 2, b"XY"), Change("L", old, "", 3, b"")], {"old": b"beX"}, {"old": b"before"}),
    ):
        assert files(tmp_path, ALL, *changes) == now
        assert files(tmp_path, SYNCED, *changes) == synced
