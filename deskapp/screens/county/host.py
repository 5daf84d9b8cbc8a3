"""What the county's screens ask of the app around them, and what they share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, cast

from deskapp.county.hall import County
from deskapp.screens.frame.base import DeskScreen
from deskapp.widgets.rows import Row, Rows


class CountyHost(Protocol):
    """The app around a screen of the county."""

    @property
    def hall(self) -> County:
        """The open county."""


class CountyView(DeskScreen):
    """A screen of the county."""

    @property
    def hall(self) -> County:
        """The county that this screen shows."""
        return cast("CountyHost", self.app).hall

    def refill(self, rows: Iterable[Row]) -> None:
        """Other rows in the list; the cursor stays with whose row it was on."""
        listed = self.query_one("#rows", Rows)
        listed.fill(rows, listed.current.key if listed.current else "")
