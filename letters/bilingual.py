"""A form in two languages: what its boxes and paragraphs say in another language stands small below them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from letters.document import Block, Document, Paragraph


def with_translation(document: Document, into: Callable[[str], str]) -> Document:
    """The document with what ``into`` makes of its title and of each text; where that is nothing, the text stands alone."""
    title = into(document.title) if document.titled else ""
    head = (Paragraph("", under=title),) if title else ()
    return replace(document, body=(*head, *(_block(block, into) for block in document.body)))


def _block(block: Block, into: Callable[[str], str]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, under=into(block.text))
    rows = [
        replace(row, cells=tuple(replace(cell, under=into(cell.text)) for cell in row.cells)) for row in block.rows
    ]
    return replace(block, rows=tuple(rows))


def texts_of(document: Document) -> list[str]:
    """All that may be translated of a form: its title, its boxes, its paragraphs, in their order."""
    found = [document.title] if document.titled else []
    for block in document.body:
        if isinstance(block, Paragraph):
            found.append(block.text)
        else:
            found += [cell.text for row in block.rows for cell in row.cells]
    return [text for text in found if text]
