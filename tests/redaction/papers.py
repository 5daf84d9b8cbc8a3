"""Papers to be looked at: a list of payments as text, as a scan, with comments, on its side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfWriter
from pypdf.generic import RectangleObject
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from deskapp.law.identity import ID_CHECKS, ID_WEIGHTS
from letters.pdf.fonts import SHIPPED

TODAY = date(2026, 11, 26)
A4 = (595.0, 842.0)
FACE = SHIPPED / "kai.ttf"


def identity(first: str) -> str:
    """An identity number of these seventeen digits with its check digit."""
    return first + ID_CHECKS[sum(w * int(d) for w, d in zip(ID_WEIGHTS, first, strict=True)) % 11]


def card(first: str) -> str:
    """A card number of these digits with its check digit."""
    from deskapp.redaction.numbers import luhn

    return next(first + digit for digit in "0123456789" if luhn(first + digit))


ZHANG, LI, WANG = identity("33072219800101123"), identity("33072219791102002"), identity("33072219551231001")
ROWS = (
    "桥头村征地补偿款发放表",
    "序号 姓名 身份证号 电话 银行卡号 金额",
    f"1 张三 {ZHANG} 13905550123 {card('622202120201234567')} 12000元",
    f"2 李四 {LI} 139 0555 0456 6228 4800 1234 5678 901 8000元",
    f"3 王五 {WANG} 0579-5550100 6217001234567890 9500元",
    "文号：柳政〔2026〕12号 登记号 LH-2026-0012 邮编321000",
    f"联系人 赵六，身份证（{WANG[:6]} {WANG[6:14]} {WANG[14:]}）",
    "编号 202611200001234567 不是身份证",
)


def text_pdf(path: Path, pages: Sequence[Sequence[str]], size: int = 12, title: str = "", field: str = "") -> Path:
    """A PDF of lines of text, one under the other; ``field`` is what a field of its form is filled with."""
    pdfmetrics.registerFont(TTFont("kai", str(FACE)))
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setTitle(title)
    for rows in pages:
        canvas.setFont("kai", size)
        for n, row in enumerate(rows):
            canvas.drawString(40, 780 - n * 28, row)
        if field:
            canvas.acroForm.textfield(value=field, x=40, y=300, width=400, height=30, fontSize=14)
        canvas.showPage()
    canvas.save()
    return path


def turned(path: Path, degrees: int, cut: float = 0.0) -> Path:
    """The same paper with its pages turned, and cut by some pt on each side."""
    writer = PdfWriter(clone_from=str(path))
    for page in writer.pages:
        page.rotate(degrees)
        page.cropbox = RectangleObject((cut, cut, A4[0] - cut, A4[1] - cut))
    other = path.with_name(f"turned-{degrees}-{path.name}")
    writer.write(other)
    return other


def scan(path: Path, rows: Sequence[str], dots: int = 200) -> Path:
    """A picture of lines of text, as a scanner makes it."""
    picture = Image.new("L", (round(8.27 * dots), round(11.69 * dots)), 250)
    pen, face = ImageDraw.Draw(picture), ImageFont.truetype(str(FACE), round(16 / 72 * dots))
    for n, row in enumerate(rows):
        pen.text((0.8 * dots, (1 + 0.45 * n) * dots), row, font=face, fill=20)
    picture.save(path, dpi=(dots, dots))
    return path
