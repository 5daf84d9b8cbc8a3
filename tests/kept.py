"""Text snapshots of anything: one file each, so that a change reads as a change. ``pytest FILE --snapshot-update`` takes what is there now."""

from __future__ import annotations

from typing import Any

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode


class Kept(SingleFileSnapshotExtension):
    """A text file."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def kept(snapshot: Any) -> Any:
    """Equal to the text that was accepted."""
    return snapshot.use_extension(Kept)
