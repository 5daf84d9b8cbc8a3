"""Official tables as the press rules them: for the desk's own report and the county's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deskapp.exchange.report_form import Form
from letters.pdf.fonts import FontBook
from letters.pdf.press import print_pages
from letters.typeset.ruled import Box, RuledSheet, rule_sheet


@dataclass(frozen=True)
class Ruled:
    """Tables to be printed, each on a page of its own under ``heading``; ``below`` are lines under the last."""

    title: str
    author: str
    heading: str
    forms: tuple[Form, ...]
    below: tuple[str, ...] = ()
    practice: bool = False


def rule_tables(of: Ruled, own_fonts: Path, today: date) -> bytes:
    """The bytes of the PDF; ``own_fonts`` is the folder of the office's own fonts."""
    fonts = FontBook(own_fonts)
    last = len(of.forms) - 1
    sheets = [_sheet(form, of.heading, of.below if n == last else ()) for n, form in enumerate(of.forms)]
    pages = [rule_sheet(sheet, fonts) for sheet in sheets]
    return print_pages(pages, fonts, title=of.title, author=of.author, practice=of.practice, day=today)


def _sheet(form: Form, heading: str, below: tuple[str, ...]) -> RuledSheet:
    boxes = tuple(
        Box(f.row, f.column, f.rows, f.columns, str(f.value), f.head or isinstance(f.value, int)) for f in form.fields
    )
    return RuledSheet((heading, form.title), boxes, form.shares, below)
