"""A new workbook: made whole in the memory, then written, so that a disk that is full is one refusal and leaves nothing open."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

BORN = datetime(2019, 5, 15)  # the date inside every workbook we write: equal content is an equal file
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False}


@contextmanager
def new_book(path: Path, title: str = "", by_lines: bool = False) -> Iterator[Any]:
    """A workbook that is written when the block ends; ``by_lines`` keeps no line in the memory that is done with. Raises OSError."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {**AS_TEXT, "constant_memory": by_lines})
    book.set_properties({"created": BORN, **({"title": title} if title else {})})
    yield book
    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error
    path.write_bytes(made.getbuffer())
