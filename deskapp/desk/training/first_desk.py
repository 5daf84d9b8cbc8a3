"""The register of the first hour: a practice desk with the office's own particulars."""

from __future__ import annotations

from pathlib import Path

from deskapp.clock import Clock
from deskapp.desk import Desk
from deskapp.unit import UnitProfile


def make_first_desk(home: Path, profile: UnitProfile, clock: Clock) -> None:
    """Create it in a new data directory. Raises DeskError if one is there."""
    desk = Desk.create(home, profile, clock)
    try:
        desk.upkeep.mark_practice()
        desk.first_run.begin()
    except BaseException:
        desk.discard()
        raise
    desk.close()
