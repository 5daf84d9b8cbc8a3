"""The same one-page letter by several engines, with the same two font files. Each engine is a function that makes it once;
:func:`next_letter` turns to one for somebody else, since an engine may know what it has made before; :func:`available` leaves out those
that are not installed (``pip install -r benchmarks/engines.txt``)."""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

Make = Callable[[], bytes]
KIND = "extension_notice"
NAMES = "张王李赵刘陈杨黄周吴"
_turn = 0


@cache
def _fonts() -> dict[str, Path]:
    from letters.pdf.fonts import SHIPPED

    return {"Fang": SHIPPED / "fangsong.ttf", "Head": SHIPPED / "title.ttf"}


def next_letter() -> None:
    """From now on the engines make the letter of the next applicant; its texts are composed here, outside of what is timed."""
    global _turn
    _turn += 1
    _texts_of.cache_clear()
    _texts()


def _facts() -> dict[str, Any]:
    """The facts of the present letter."""
    from letters.catalogue import shipped
    from letters.example import example_facts

    facts = example_facts(shipped().template(KIND))
    name = f"{NAMES[_turn % 10]}{NAMES[_turn // 10 % 10]}{NAMES[_turn // 100 % 10]}"
    changed = {"name": name, "class": "自然人"}
    said = f"柳河镇{2000 + _turn % 27}年第{_turn}号项目招标文件"
    return {**facts, "applicant": changed, "content": said, "case_no": f"LH-2026-{_turn:04d}"}


def _texts() -> dict[str, Any]:
    """The present letter as plain texts: head, number, title, paragraphs, signature, date."""
    return _texts_of(_turn)


@cache
def _texts_of(turn: int) -> dict[str, Any]:
    from letters.catalogue import shipped
    from letters.compose import compose
    from letters.document import Paragraph
    from letters.facts import read_facts

    source = shipped().template(KIND)
    document = compose(source, read_facts(source, _facts()))
    body = [block.text for block in document.body if isinstance(block, Paragraph)]
    return {
        "head": document.head, "number": document.number, "title": document.title, "to": f"{document.addressee}：",
        "body": body, "sign": document.signature, "date": document.date_text, "note": document.note,
    }  # fmt: skip


def press() -> bytes:
    """Our press: compose, check nothing, lay out, print."""
    from letters.catalogue import shipped
    from letters.facts import read_facts
    from letters.pdf.press import print_letter

    source = shipped().template(KIND)
    return print_letter(source, read_facts(source, _facts()), _book()).pdf


@cache
def _book() -> Any:
    from letters.pdf.fonts import FontBook

    return FontBook(system=False)


TYPST = """#set page(width: 210mm, height: 297mm, margin: (left: 28mm, right: 26mm, top: 37mm, bottom: 35mm))
#set text(font: "{body}", size: 16pt, lang: "zh")
#set par(justify: true, leading: 13pt, first-line-indent: (amount: 2em, all: true))
#align(center, text(font: "{head}", size: 30pt, fill: red)[{mark}])
#line(length: 100%, stroke: red)
#align(right)[{number}]
#align(center, text(font: "{head}", size: 22pt)[{title}])
{paragraphs}

#align(right)[{sign} \\ {date}]
{note}
"""


@cache
def _typst() -> Any:
    import typst

    return typst.Compiler(font_paths=[str(_fonts()["Fang"].parent)])


def typst_engine() -> bytes:
    """Typst, its compiler kept between letters."""
    t = _texts()
    families = {"body": "FandolFang R", "head": "Noto Serif SC"}
    text = TYPST.format(
        **families, mark=t["head"], number=t["number"], title=t["title"], sign=t["sign"], date=t["date"],
        note=t["note"], paragraphs="\n\n".join([t["to"], *t["body"]]),
    )  # fmt: skip
    return bytes(_typst().compile(input=text.encode(), format="pdf"))


def fpdf_engine() -> bytes:
    """fpdf2."""
    from fpdf import FPDF

    t, pdf = _texts(), FPDF()
    for family, path in _fonts().items():
        pdf.add_font(family, "", str(path))
    pdf.set_margins(28, 37, 26)
    pdf.add_page()
    pdf.set_font("Head", size=22)
    pdf.cell(0, 12, t["title"], align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Fang", size=16)
    for text in (t["number"], t["to"], *t["body"], t["sign"], t["date"], t["note"]):
        pdf.multi_cell(0, 10.2, text, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def weasyprint_engine() -> bytes:
    """WeasyPrint."""
    from weasyprint import HTML

    t = _texts()
    faces = "".join(f"@font-face {{font-family: {n}; src: url({p.as_uri()})}}" for n, p in _fonts().items())
    style = f"{faces} @page {{size: A4; margin: 37mm 26mm 35mm 28mm}} body {{font: 16pt Fang}} h1 {{font: 22pt Head}}"
    body = "".join(f"<p>{text}</p>" for text in (t["to"], *t["body"], t["sign"], t["date"], t["note"]))
    html = f"<style>{style}</style><p>{t['number']}</p><h1>{t['title']}</h1>{body}"
    return bytes(HTML(string=html).write_pdf())


def libreoffice_engine() -> bytes:
    """docxtpl fills a Word template, LibreOffice turns it into PDF."""
    import subprocess

    from docx import Document
    from docxtpl import DocxTemplate

    t, blank = _texts(), Document()
    blank.add_paragraph("{%p for text in texts %}")
    blank.add_paragraph("{{ text }}")
    blank.add_paragraph("{%p endfor %}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "letter.docx"
        blank.save(str(path))
        filled = DocxTemplate(str(path))
        texts = [t["number"], t["title"], t["to"], *t["body"], t["sign"], t["date"], t["note"]]
        filled.render({"texts": texts})
        filled.save(str(path))
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(path)]
        subprocess.run(command, check=True, capture_output=True)
        return path.with_suffix(".pdf").read_bytes()


ENGINES: dict[str, tuple[Make, str]] = {
    "press": (press, "letters"),
    "typst": (typst_engine, "typst"),
    "fpdf2": (fpdf_engine, "fpdf"),
    "weasyprint": (weasyprint_engine, "weasyprint"),
    "docxtpl+libreoffice": (libreoffice_engine, "docxtpl"),
}


def available() -> list[str]:
    """The engines that are installed here."""
    found = [name for name, (_, module) in ENGINES.items() if importlib.util.find_spec(module)]
    return [name for name in found if name != "docxtpl+libreoffice" or shutil.which("soffice")]
