"""The annual report as docx, for those who go on writing in a word processor; needs the extra ``word``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from deskapp.errors import DeskError
from deskapp.exchange.report_form import Form, checked, said, table_four, table_three
from deskapp.exchange.sheets import BORN
from deskapp.law.report_checks import Report

TEXT_WIDTH_MM, SMALL = 156, 8  # type area of the official format; pt


def write_docx(report: Report, unit: str, path: Path) -> None:
    """Write the report of ``unit`` to ``path``. Raises DeskError without the extra, OSError when it cannot be written."""
    try:
        import docx
        from docx.shared import Mm
    except ImportError as error:
        raise DeskError(
            "这台机器没有装写 docx 的组件。", "没有写文件。", "请安装 deskapp[word]，或者改用 .xlsx、.pdf。"
        ) from error
    book = docx.Document()
    book.core_properties.title = f"{unit}{report.year}年政府信息公开工作年度报告（表三、表四）"
    book.core_properties.author, book.core_properties.comments = unit, ""
    book.core_properties.created = book.core_properties.modified = BORN
    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    _plain(book)
    for form in (table_three(report), table_four(report)):
        book.add_heading(f"{unit}{report.year}年　{form.title}", level=1)
        _add_form(book, form)
    book.add_heading("文字部分引用的数", level=2)
    for line in said(report):
        book.add_paragraph(line)
    book.add_heading("勾稽关系", level=2)
    for line in checked(report):
        book.add_paragraph(line)
    book.save(str(path))


def _plain(book: Any) -> None:
    """Chinese text in 宋体, headings in black: the library's own template is made for English."""
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    for name in ("Normal", "Heading 1", "Heading 2"):
        style = book.styles[name]
        style.font.name = "宋体"
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        fonts.set(qn("w:eastAsia"), "宋体")


def _add_form(book: Any, form: Form) -> None:
    """One table, boxes merged as in the form."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    height = max(field.row + field.rows for field in form.fields)
    table = book.add_table(rows=height, cols=len(form.shares), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    cells = [list(row.cells) for row in table.rows]
    for column, share in enumerate(form.shares):
        width = Mm(share * TEXT_WIDTH_MM / sum(form.shares))
        table.columns[column].width = width  # word processors differ in which of the two they obey
        for row in cells:
            row[column].width = width
    for field in form.fields:
        cell = cells[field.row][field.column]
        if field.rows * field.columns > 1:
            cell = cell.merge(cells[field.row + field.rows - 1][field.column + field.columns - 1])
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(str(field.value))
        run.font.size = Pt(SMALL)
        if field.head or isinstance(field.value, int):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
