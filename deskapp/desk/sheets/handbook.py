"""The handbook: one Markdown text, read on the screen chapter by chapter and printed by the press."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.clock import Clock
from deskapp.desk.sheets.loose import LooseSheet, Sheets
from deskapp.law.dated import remembered
from deskapp.law.periods import spelled
from deskapp.register.matches import fits

if TYPE_CHECKING:
    from letters.document import Document

SOURCE = Path(__file__).parents[2] / "handbook.md"
_CHAPTER = re.compile(r"^## (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Chapter:
    """A chapter: its heading, and its paragraphs; an item of a list begins with ``- ``."""

    title: str
    paragraphs: tuple[str, ...]

    def holds(self, typed: str) -> bool:
        """Whether the heading or the text fits what was typed (words, or initials of the heading)."""
        return fits(typed, self.title, *self.paragraphs)


@remembered
def text_on(on: date) -> str:
    """The whole book as Markdown, with the law's periods as they are on that day."""
    return spelled(SOURCE.read_text(encoding="utf-8"), on)


@remembered
def chapters(on: date) -> tuple[str, tuple[Chapter, ...]]:
    """The title of the book, and its chapters, as they read on that day."""
    head, *rest = _CHAPTER.split(text_on(on))
    found = [
        Chapter(title.strip(), tuple(line.strip() for line in body.splitlines() if line.strip()))
        for title, body in zip(rest[::2], rest[1::2], strict=True)
    ]
    return head.strip().removeprefix("# "), tuple(found)


class Handbook:
    """The moment somebody looks into the book."""

    def __init__(self, loose: Sheets, clock: Clock, unit: Callable[[], str]) -> None:
        self._sheets, self._clock, self._unit = loose, clock, unit

    def chapters(self, typed: str = "") -> list[Chapter]:
        """The chapters that hold what was typed, those whose heading does first."""
        found = [chapter for chapter in chapters(self._clock.today())[1] if chapter.holds(typed)]
        return sorted(found, key=lambda chapter: not fits(typed, chapter.title))

    def sheet(self) -> LooseSheet:
        """The whole book on paper."""
        return self._sheets.document(booklet(self._unit(), self._clock.today()))


def booklet(unit: str, on: date) -> Document:
    """The book as the press lays it out."""
    from letters.document import Document, Paragraph

    title, found = chapters(on)
    body = []
    for chapter in found:
        body.append(Paragraph(chapter.title, style="heading"))
        body += [Paragraph(text.removeprefix("- ")) for text in chapter.paragraphs]
    return Document(
        kind="handbook", version="1", paper="plain", head="", title=title, number="", addressee="", body=tuple(body),
        signature=unit,
    )  # fmt: skip
