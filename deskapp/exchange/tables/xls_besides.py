"""What an old workbook (.xls, .et) has beside its cells, read by xlrd (extra ``books``): the library that reads the cells, faster and of more
kinds, does not tell it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deskapp.exchange.tables.besides import NOT_TOLD, Aside, Besides, Place
from deskapp.exchange.tables.grid import number_text
from deskapp.exchange.tables.number_words import Shown, shown_by


class OldBesides:
    """Such a workbook, opened a second time for what stands beside its cells. Of one that cannot be read that way nothing is told."""

    def __init__(self, path: Path) -> None:
        try:
            import xlrd

            self._book: Any = xlrd.open_workbook(
                path, logfile=io.StringIO(), formatting_info=True, on_demand=True, ragged_rows=True
            )
            self._number: int = xlrd.XL_CELL_NUMBER
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - it raises what it happens to meet in a damaged file, and is missing where only the other is there
            self._book = None

    def of(self, name: str) -> Besides:
        """What a sheet has, by its name."""
        try:
            sheet = self._book.sheet_by_name(name)
            hidden = frozenset(place for place, column in sheet.colinfo_map.items() if column.hidden)
            rows = sorted(place for place, row in sheet.rowinfo_map.items() if row.hidden)
            shown = dict(self._shown(sheet))
            return Besides((), tuple((row, row) for row in rows), shown, Aside(hidden, len(sheet.cell_note_map)))
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - it raises what it happens to meet in a damaged file
            return Besides(aside=NOT_TOLD)

    def _shown(self, sheet: Any) -> Iterator[tuple[Place, str]]:
        """The numbers that a format shows with words or noughts, as they are shown."""
        worded = self._worded()
        for row in range(sheet.nrows) if worded else ():
            for column in range(sheet.row_len(row)):
                shown = worded.get(sheet.cell_xf_index(row, column))
                if shown is None or sheet.cell_type(row, column) != self._number:
                    continue
                plain, lost = number_text(sheet.cell_value(row, column))
                if not lost and (text := shown.of(plain)) != plain:
                    yield (row, column), text

    def _worded(self) -> dict[int, Shown]:
        """The styles whose format of numbers adds what a cell itself does not hold."""
        found = {}
        for place, style in enumerate(self._book.xf_list):
            code = self._book.format_map.get(style.format_key)
            if code is not None and (shown := shown_by(code.format_str)):
                found[place] = shown
        return found
