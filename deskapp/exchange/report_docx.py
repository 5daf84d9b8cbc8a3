"""The whole annual report as docx, drafted in its six parts, for those who go on writing in a word processor; needs the extra ``word``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from deskapp.errors import DeskError
from deskapp.exchange.new_book import BORN
from deskapp.exchange.report_draft import ReportContent, disputes_said, opening, others, overall, problems
from deskapp.exchange.report_form import Form, checked, said, table_four, table_three, table_two

TEXT_WIDTH_MM, SMALL = 156, 8  # type area of the official format; pt


def write_docx(content: ReportContent, path: Path) -> None:
    """Write the whole report, six parts, to ``path``. Raises DeskError without the extra, OSError when it cannot be written."""
    report = content.report
    book = new_document(content.title, content.unit.name)
    _paragraphs(book, opening(content))
    book.add_heading("一、总体情况", level=1)
    for heading, lines in overall(content):
        book.add_heading(heading, level=2)
        _paragraphs(book, lines)
    _add_forms(book, (table_two(report.year, content.two), table_three(report), table_four(report)))
    _paragraphs(book, filter(None, [disputes_said(content)]))
    book.add_heading("五、存在的主要问题及改进情况", level=1)
    _paragraphs(book, problems())
    book.add_heading("六、其他需要报告的事项", level=1)
    _paragraphs(book, others(content))
    book.add_page_break()
    book.add_heading("附：核对用，公布以前删去", level=2)
    _paragraphs(book, ["文字部分引用的数：", *said(report), "勾稽关系：", *checked(report)])
    book.save(str(path))


def write_tables_docx(title: str, author: str, forms: Iterable[Form], below: Iterable[str], path: Path) -> None:
    """Write official tables below a title, and lines below them. Raises DeskError without the extra, OSError."""
    book = new_document(title, author)
    _add_forms(book, forms)
    _paragraphs(book, below)
    book.save(str(path))


def new_document(title: str, author: str) -> Any:
    """An empty document on A4 with the margins of the official format, its title as the first line. Raises DeskError without the extra."""
    try:
        import docx
        from docx.shared import Mm
    except ImportError as error:
        raise DeskError(
            "这台机器没有装写 docx 的组件。", "没有写文件。", "请安装 deskapp[word]，或者改用 .xlsx、.pdf。"
        ) from error
    book: Any = docx.Document()
    book.core_properties.title = title
    book.core_properties.author, book.core_properties.comments = author, ""
    book.core_properties.created = book.core_properties.modified = BORN
    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    _plain(book)
    book.add_heading(title, level=1)
    return book


def _add_forms(book: Any, forms: Iterable[Form]) -> None:
    for form in forms:
        book.add_heading(form.title, level=1)
        _add_form(book, form)


def _paragraphs(book: Any, lines: Iterable[str]) -> None:
    for line in lines:
        book.add_paragraph(line)


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
