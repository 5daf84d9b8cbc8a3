"""The county of a run: its folder and its database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from deskapp.cli import Run

if TYPE_CHECKING:
    from deskapp.county.hall import County

DB = "deskapp.county.db"  # where the address of the database is kept for the commands of the county


@contextmanager
def at_county(run: Run) -> Iterator[County]:
    """The county of this run's folder and database."""
    from deskapp.county.database import open_database
    from deskapp.county.hall import County
    from deskapp.county.lawful import put_county_law_in_force

    with open_database(click.get_current_context().meta.get(DB)) as db:
        hall = County(db, run.home, run.clock)
        put_county_law_in_force(hall.home)
        yield hall
