"""Lines that a merged cell makes one record: an application of several people, each in a line of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from deskapp.exchange.columns import Columns
from deskapp.exchange.table_record import Number, TableRecord
from deskapp.register.people import BAR
from deskapp.telling import names_nobody

BETWEEN = "；"
ONE_WITH = "和第{}行是一件，申请人收作一起申请的人"
ONLY_A_PERSON = "这一行没有编号，日期、内容也空着，只有申请人：和上面一件一起申请的，请写进那一行的【{}】，删去这一行；另是一件的，请填全"


def joined(
    records: Iterator[TableRecord], columns: Columns, taken: Callable[[TableRecord, TableRecord], None]
) -> Iterator[TableRecord]:
    """The records, those that belong to the one before as its further people; ``taken`` is told of each with the one it went into."""
    if columns.together is None:
        yield from records
        return
    kept: TableRecord | None = None
    for record in records:
        if kept is not None and _belongs(record, kept, columns):
            kept = _with(kept, record, columns)
            taken(record, kept)
            continue
        if kept is not None:
            yield kept
        kept = record
    if kept is not None:
        yield kept


def _belongs(record: TableRecord, kept: TableRecord, columns: Columns) -> bool:
    """Whether a line is of the record before: a merged cell of the number says so, somebody else stands in it, and nothing else differs."""
    together = columns.together
    assert together is not None
    person = (together.first, *together.each)
    if record.lost or kept.lost or record.number is not Number.ABOVE:
        return False
    name = record.cells[together.first]
    if not name or name in _names(kept, together.first, together.others):
        return False
    if any(sign in record.cells[column] for column in person for sign in (BAR, BETWEEN)):
        return False
    rest = [column for column in columns.names if column not in (*person, *together.alone)]
    return all(record.cells[column] in ("", kept.cells[column]) for column in rest if column != together.others)


def _names(kept: TableRecord, first: str, others: str) -> set[str]:
    return {kept.cells[first], *(part.partition(BAR)[0] for part in kept.cells[others].split(BETWEEN))}


def _with(kept: TableRecord, record: TableRecord, columns: Columns) -> TableRecord:
    together = columns.together
    assert together is not None
    person = BAR.join(record.cells[column] for column in (together.first, *together.each)).rstrip(BAR)
    before = kept.cells[together.others]
    others = f"{before}{BETWEEN}{person}" if before else person
    return replace(kept, cells={**kept.cells, together.others: others})


def maybe_one(record: TableRecord, columns: Columns) -> bool:
    """Whether a line shares by merged cells what makes an application, but not its number: it may be one with the line above."""
    together = columns.together
    return (
        together is not None
        and record.number is not Number.ABOVE
        and set(together.same) <= record.from_above
        and together.first not in record.from_above
    )


def only_a_person(cells: Mapping[str, str], number: Number, columns: Columns) -> bool:
    """Whether a line that has no number, where lines have them, tells of a person, but nothing of what all of an application share: it is
    somebody of the one above. What else a record must have may stand in it."""
    together = columns.together
    if together is None or number is not Number.NONE or names_nobody(cells[together.first]):
        return False
    may_stand = {together.first, *together.each, *together.alone, *columns.required} - {*together.same}
    return bool(cells[together.first]) and not any(cell for column, cell in cells.items() if column not in may_stand)
