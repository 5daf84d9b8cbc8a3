"""Whose eyes could see the data past the program: the disk under it, other users of the machine."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.volumes import encrypted

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the block devices of Linux")


def blocks(folder: Path, here: Path, uuids: list[str]) -> Path:
    """A tree like /sys/dev/block: the disk of ``here`` stands on others, each with its uuid of the device mapper, or none."""
    device = os.stat(here).st_dev
    block = folder / "dev" / f"{os.major(device)}:{os.minor(device)}"
    block.parent.mkdir(parents=True)
    real = folder / "devices/0"
    block.symlink_to(real)
    for n, uuid in enumerate(uuids):
        made = folder / f"devices/{n}"
        (made / "slaves").mkdir(parents=True)
        if uuid:
            (made / "dm").mkdir()
            (made / "dm/uuid").write_text(uuid + "\n", encoding="utf-8")
        if n:
            (folder / f"devices/{n - 1}/slaves/sd{n}").symlink_to(made)
    return block.parent


@pytest.mark.parametrize(
    ("uuids", "says"),
    [
        ([""], "no"),
        (["CRYPT-LUKS2-1-x"], "yes"),
        (["LVM-abc", "CRYPT-LUKS1-1-x", ""], "yes"),
        (["LVM-abc", ""], "no"),
        ([], "unknown"),
    ],
)
def test_a_disk_is_encrypted_if_anything_it_stands_on_is(tmp_path: Path, uuids: list[str], says: str) -> None:
    assert encrypted(tmp_path, blocks(tmp_path / "sys", tmp_path, uuids)) == says


def test_the_doctor_names_what_others_may_see_and_repair_closes_it(desk: Desk) -> None:
    (desk.home / "fonts").mkdir()
    desk.home.chmod(0o777)
    (desk.home / "fonts").chmod(0o755)
    found = {note.code: note.message for note in desk.upkeep.check()}
    assert "home" in found["modes"]
    assert "fonts" in found["modes"]
    desk.upkeep.repair()
    assert stat.S_IMODE(desk.home.stat().st_mode) == 0o700
    assert "modes" not in {note.code for note in desk.upkeep.check()}
    assert "磁盘" in {note.code: note.message for note in desk.upkeep.check()}["volume"]
