"""What a written file holds and how it looks, as lines of text: enough of it that nothing moves unseen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl


def xlsx_dump(path: Path) -> str:
    """Every sheet: widths, frozen panes, merged cells, lists to choose from, charts, cells with their form."""
    return "\n".join(line for page in openpyxl.load_workbook(path).worksheets for line in _sheet(page))


def _sheet(page: Any) -> Iterator[str]:
    yield f"== {page.title}, frozen at {page.freeze_panes}"
    yield f"widths {[(name, one.min, one.max, round(one.width, 1)) for name, one in page.column_dimensions.items()]}"
    yield f"merged {sorted(str(each) for each in page.merged_cells.ranges)}"
    for rule in page.data_validations.dataValidation:
        yield f"choice {rule.sqref} {rule.formula1} {rule.errorStyle}"
    for chart in page._charts:
        drawn = [(one.val.numRef.f, one.cat.strRef.f if one.cat.strRef else one.cat.numRef.f) for one in chart.series]
        yield f"chart {type(chart).__name__} at {chart.anchor._from.row},{chart.anchor._from.col}: {drawn}"
    for row in page.iter_rows():
        for cell in row:
            if cell.value is not None:
                yield f"{cell.coordinate} {cell.value!r} {_form(cell)}"


def _form(cell: Any) -> str:
    set_, font = cell.alignment, cell.font
    marks = [font.b and "bold", set_.wrap_text and "wrapped", cell.border.left.style, set_.horizontal, set_.vertical]
    return " ".join(str(mark) for mark in [*marks, font.sz, cell.number_format] if mark)


def docx_dump(path: Path) -> str:
    """Every paragraph and table in order, with styles, sizes and widths."""
    import docx
    from docx.table import Table

    book: Any = docx.Document(str(path))
    page, about = book.sections[0], book.core_properties
    lines = [
        f"page {[round(each.mm, 1) for each in (page.page_width, page.page_height, page.left_margin, page.right_margin)]}",
        f"margins {[round(each.mm, 1) for each in (page.top_margin, page.bottom_margin)]}",
        f"about {about.title} / {about.author} / {about.comments!r} / {about.created}",
    ]
    for each in book.iter_inner_content():
        if isinstance(each, Table):
            lines.extend(_table(each))
        else:
            breaks = " ".join(
                one.get(f"{{{one.nsmap['w']}}}type", "") for one in each._p.iterfind(".//w:br", each._p.nsmap)
            )
            lines.append(f"[{each.style.name}] {each.text.strip()}{breaks and ' break: ' + breaks}")
    return "\n".join(lines)


def _table(table: Any) -> Iterator[str]:
    yield f"table {table.style.name}, {table.alignment}, columns {[round(each.width.mm, 1) for each in table.columns]}"
    seen: set[Any] = set()
    for row, line in enumerate(table.rows):
        for column, cell in enumerate(line.cells):
            if cell._tc not in seen:
                seen.add(cell._tc)
                first = cell.paragraphs[0]
                size = first.runs[0].font.size.pt if first.runs else None
                yield f"{row},{column} {cell.text!r} {first.alignment} {size} {cell._tc.grid_span} {round(cell.width.mm, 1)}"
