"""The county of a run: its folder and its database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from deskapp.cli import Run, pad, shown_width

if TYPE_CHECKING:
    from deskapp.county.hall import County

DB = "deskapp.county.db"  # where the address of the database is kept for the commands of the county


@contextmanager
def at_county(run: Run, older: bool = False) -> Iterator[County]:
    """The county of this run's folder and database. Raises DeskError where the database is that of another version of the program; of an
    ``older`` one too, unless that is what is asked for."""
    from deskapp.county.database import open_database
    from deskapp.county.hall import County
    from deskapp.county.lawful import put_county_law_in_force
    from deskapp.county.schema import check_version

    with open_database(click.get_current_context().meta.get(DB)) as db:
        if not older:
            check_version(db)
        hall = County(db, run.home, run.clock)
        put_county_law_in_force(hall.home)
        yield hall


def pad_point(called: str, width: int) -> str:
    """What a point is called, filled to a width; what tells it from another of its name is never what is cut off."""
    from deskapp.county.points import tail_of

    tail = tail_of(called)
    if not tail or shown_width(called) < width:
        return pad(called, width)
    return pad(pad(called.removesuffix(tail), max(4, width - shown_width(tail) - 1)).rstrip() + tail, width)
