"""Our application form as applicants bring it back: the blank one of the press, filled in a hand-like type, signed off by a scanner that lies a
little aslant and makes specks."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from letters.pdf.fonts import SHIPPED, FontBook
from tests.letters.conftest import printed

PLACES = {
    "applicant": (0.275, 0.211),
    "id_number": (0.275, 0.314),
    "legal_representative": (0.275, 0.349),
    "phone": (0.275, 0.383),
    "postcode": (0.645, 0.383),
    "address": (0.275, 0.418),
    "email": (0.275, 0.452),
    "content": (0.275, 0.521),
    "content_2": (0.275, 0.552),
}  # where somebody writes: share of the width from the left, of the height to the middle of the line
BOXES = {
    "自然人": (0.2853, 0.2470),
    "商业企业": (0.4180, 0.2470),
    "社会公益组织": (0.2853, 0.2811),
    "纸面": (0.2853, 0.5910),
    "光盘": (0.5507, 0.5910),
    "邮寄": (0.2853, 0.6253),
    "自行领取": (0.3915, 0.6253),
    "当场阅读、抄录": (0.2853, 0.6600),
}  # the middles of boxes to be ticked
LETTER = 0.0215  # the height of what is written, as a share of the page's


def blank(dots: int = 200) -> Image.Image:
    """The blank form as the press prints it, in grey."""
    pdf = pypdfium2.PdfDocument(printed("application_form", FontBook(system=False), blank="是", id_kind="", id_number="",
                                        postcode="", carrier="", delivery="").pdf)  # fmt: skip
    page: Image.Image = pdf[0].render(scale=dots / 72, grayscale=True).to_pil().convert("L")
    pdf.close()
    return page


def filled(
    values: Mapping[str, str], ticks: Sequence[str] = (), dots: int = 200, slant: float = 0.0, specks: int = 0
) -> Image.Image:
    """The form with something written in it and boxes ticked by hand, as it comes off a scanner."""
    page, chance = blank(dots), random.Random(7)
    pen = ImageDraw.Draw(page)
    wide, high = page.size
    font = ImageFont.truetype(str(SHIPPED / "kai.ttf"), round(LETTER * high))
    for name, text in values.items():
        x, y = PLACES[name]
        at = x * wide
        for sign in text:
            shake = chance.uniform(-0.0009, 0.0009) * high
            pen.text((at, y * high + shake), sign, font=font, fill=40, anchor="lm")
            at += pen.textlength(sign, font=font) * chance.uniform(1.0, 1.05)
    for name in ticks:
        x, y, size = BOXES[name][0] * wide, BOXES[name][1] * high, 0.011 * high
        pen.line(
            [(x - size * 0.6, y), (x - size * 0.1, y + size * 0.6), (x + size * 0.7, y - size * 0.7)],
            30,
            max(3, dots // 50),
        )
    if slant:
        page = page.rotate(slant, Image.Resampling.BICUBIC, fillcolor=255)
    for _ in range(specks):
        x, y = chance.randrange(wide), chance.randrange(high)
        pen = ImageDraw.Draw(page)
        pen.ellipse((x, y, x + chance.randrange(1, 3), y + chance.randrange(1, 3)), fill=chance.randrange(60, 180))
    return page.filter(ImageFilter.GaussianBlur(0.6)) if specks else page


def saved(page: Image.Image, path: Path, dots: int = 200) -> Path:
    """A page as a file that knows its dots to the inch."""
    page.save(path, dpi=(dots, dots)) if path.suffix != ".pdf" else page.save(path, resolution=dots)
    return path
