"""A workbook on a disk that is full: one refusal, and nothing is left open that would speak up later."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest

from deskapp.errors import DeskError
from deskapp.exchange.new_book import new_book
from deskapp.exchange.sheets import write_lines

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="Linux has it")
def test_nothing_is_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    unheard: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", unheard.append)
    with pytest.raises(OSError, match="No space"), new_book(FULL, "x") as book:
        book.add_worksheet("a").write_string(0, 0, "b")
    gc.collect()
    assert unheard == []


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="不能写"):
        write_lines(tmp_path / "none" / "a.xlsx", "台账", [["a"]])
