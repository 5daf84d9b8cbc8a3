"""Make the pictures of the documents: the desk as it stands in a terminal, and the letters as they print.

``make pictures`` runs it. Everything is drawn from the program itself, on a fixed day, with the practice data.
"""

from __future__ import annotations

import asyncio
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"  # whatever terminal this runs in

import pdfplumber
from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len
from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style

from deskapp.app import DeskApp
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.training.practice import make_practice_desk
from deskapp.desk.training.specimen import Specimen
from deskapp.printing.file import NoPrinterPort
from deskapp.widgets.large_type import QUADRANTS
from deskapp.widgets.themes import PLAIN
from letters.pdf.fonts import SHIPPED

DAY = date(2026, 11, 20)
SHOWN = ("receipt", "correction_notice", "granted", "not_held", "not_our_agency")
DISPUTED = ("review_defence", "court_defence", "evidence_list", "revocation_decision")
PRESSED = {"board": (), "case": ("enter",), "guide": ("f4", "enter"), "report": ("ctrl+t",), "reading": ("f12",),
           "catalogue": ("f3", *"预算")}  # fmt: skip
CELL_W, CELL_H, TYPE = 11, 24, 21
WINDOWS = ((80, 24), (120, 40), (160, 50))  # in which the desk is shown
COLOURS = {
    "light": ("light", None),
    "dark": ("dark", None),
    "256": ("light", ColorSystem.EIGHT_BIT),
    "16": ("", ColorSystem.STANDARD),
}
"""Names of pictures: the theme (the one for few colours for nothing), and to what the terminal brings its colours down."""
ROOMS = {"today": (), "case": ("enter",), "register": ("escape", "f2", "tab", "tab", *"王芳")}
SIZES, THEMES = ((40, 15), (80, 24), (120, 40)), ("light", "dark", "contrast")
VISITED = {"begin": (), "hits": (*"低保怎么领",), "letters": ("f4",), "large": (*"低保怎么领", "f2", "f2")}
Triplet = tuple[int, int, int]


def rgb(colour: Color | None, default: Triplet) -> Triplet:
    """A terminal colour as three numbers."""
    return default if colour is None or colour.is_default else tuple(colour.get_truecolor())  # type: ignore[return-value]  # a named tuple of three


def draw_screen(
    lines: Iterable[Iterable[Segment]],
    size: tuple[int, int],
    ink: Triplet = (32, 38, 43),
    ground: Triplet = (246, 245, 241),
) -> Image.Image:
    """A terminal screen as a picture, one cell after the other; ``ink`` and ``ground`` are the terminal's own colours."""
    picture = Image.new("RGB", (size[0] * CELL_W, size[1] * CELL_H), ground)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(SHIPPED / "kai.ttf"), TYPE)
    signs = ImageFont.truetype(str(SHIPPED / "fangsong.ttf"), TYPE)
    for row, segments in enumerate(lines):
        column = 0
        for segment in segments:
            style = segment.style
            fore, back = (
                rgb(style.color if style else None, ink),
                rgb(style.bgcolor if style else None, ground),
            )
            if style and style.reverse:
                fore, back = back, fore
            for char in segment.text:
                width = cell_len(char)
                x, y = column * CELL_W, row * CELL_H
                draw.rectangle((x, y, x + width * CELL_W - 1, y + CELL_H - 1), fill=back)
                draw_char(draw, char, x, y, width, fore, signs if char in "※✓" else font)
                column += width
    return picture


def draw_char(draw: ImageDraw.ImageDraw, char: str, x: int, y: int, width: int, fore: Triplet, font: Any) -> None:
    """One character in its cell; lines and blocks are drawn as shapes, so that they meet."""
    middle_x, middle_y = x + width * CELL_W // 2, y + CELL_H // 2
    if char in "│┃":
        draw.line((middle_x, y, middle_x, y + CELL_H), fill=fore)
    elif char in "─━":
        draw.line((x, middle_y, x + CELL_W, middle_y), fill=fore)
    elif "▁" <= char <= "█":
        height = (ord(char) - 0x2580) * CELL_H // 8
        draw.rectangle((x, y + CELL_H - height, x + CELL_W - 1, y + CELL_H - 1), fill=fore)
    elif char in QUADRANTS[1:]:
        half, bits = (CELL_W // 2, CELL_H // 2), QUADRANTS.index(char)
        for n in range(4):
            left, top = x + n % 2 * half[0], y + n // 2 * half[1]
            if bits >> n & 1:
                draw.rectangle((left, top, x + (half[0] - 1, CELL_W - 1)[n % 2], top + half[1] - 1), fill=fore)
    elif char.strip():
        draw.text((middle_x, middle_y), char, fill=fore, font=font, anchor="mm")


async def desk_pictures(folder: Path) -> None:
    """The board, a case, the guide and the year of the practice desk."""
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary) / "practice"
        make_practice_desk(home, DAY)
        clock = FixedClock(DAY)
        app = DeskApp(home, clock, Desk.open(home, clock, NoPrinterPort()))
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            for name, keys in PRESSED.items():
                for key in keys:
                    await pilot.press(key)
                    await pilot.pause(0.3)
                strips = app.screen._compositor.render_strips()
                draw_screen(strips, (100, 30)).quantize(64).save(folder / f"desk-{name}.png", optimize=True)


async def width_pictures(folder: Path) -> None:
    """今日 in three windows, light and dark, in the middle one also as terminals of 256 and of 16 colours show it; a case and 登记 in
    three windows."""
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary) / "practice"
        make_practice_desk(home, DAY)
        for colours, (theme, system) in COLOURS.items():
            for size in WINDOWS if system is None else WINDOWS[1:2]:
                fresh = Path(temporary) / f"{size[0]}-{colours}"  # what is typed is kept: each picture begins anew
                shutil.copytree(home, fresh)
                desk = Desk.open(fresh, FixedClock(DAY), NoPrinterPort())
                desk.machine.choose_theme(theme or "light")
                app = DeskApp(fresh, FixedClock(DAY), desk)
                async with app.run_test(size=size) as pilot:
                    if not theme:
                        app.theme = PLAIN.name
                    await pilot.pause(0.3)
                    for name, keys in ROOMS.items():
                        for key in keys:
                            await pilot.press(key)
                            await pilot.pause(0.3)
                        await pilot.pause(0.3)
                        lines = [
                            [in_colours(part, system) for part in strip]
                            for strip in app.screen._compositor.render_strips()
                        ]
                        picture = (
                            draw_screen(lines, size)
                            if theme
                            else draw_screen(lines, size, (229, 229, 229), (0, 0, 0))
                        )
                        if name != "today" and colours != "light":
                            continue
                        shown = f"width-{name}-{size[0]}x{size[1]}-{colours}.png"
                        picture.quantize(16).save(folder / shown, optimize=True)


def in_colours(part: Segment, system: ColorSystem | None) -> Segment:
    """A part of a line as a terminal of fewer colours shows it."""
    if system is None or part.style is None:
        return part
    fore, back = (colour and colour.downgrade(system) for colour in (part.style.color, part.style.bgcolor))
    return Segment(part.text, Style(color=fore, bgcolor=back, reverse=part.style.reverse))


async def visitors_pictures(folder: Path) -> None:
    """What a visitor sees: in three windows and all themes to begin with, then hits, letters and the largest type in the middle one."""
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary) / "practice"
        make_practice_desk(home, DAY)
        clock = FixedClock(DAY)
        for theme in THEMES:
            for size in SIZES:
                names = VISITED if size == SIZES[1] and theme == THEMES[0] else {"begin": ()}
                for name, keys in names.items():
                    desk = Desk.open(home, clock, NoPrinterPort())
                    desk.machine.choose_theme(theme)
                    app = DeskApp(home, clock, desk, visitors=True)
                    async with app.run_test(size=size) as pilot:
                        await pilot.pause()
                        for key in keys:
                            await pilot.press(key)
                        await pilot.pause(0.3)
                        picture = draw_screen(app.screen._compositor.render_strips(), size)
                    shown = f"visitors-{name}-{size[0]}x{size[1]}-{theme}.png"
                    picture.quantize(32).save(folder / shown, optimize=True)


def sheet_pictures(folder: Path) -> None:
    """What people take home: the card in both types, the form and its sample."""
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary) / "practice"
        make_practice_desk(home, DAY)
        desk = Desk.open(home, FixedClock(DAY), NoPrinterPort())
        pages = [first_of(desk.handouts.sheet(kind).pdf, 44) for kind, _ in desk.handouts.kinds()]
        desk.close()
    beside(pages, len(pages)).quantize(32).save(folder / "sheets.png", optimize=True)


def first_page(press: Specimen, kind: str, resolution: int) -> Image.Image:
    """Page one of the example letter of a kind."""
    return first_of(press.make(kind, press.example(kind)).pdf, resolution)


def first_of(content: bytes, resolution: int) -> Image.Image:
    """Page one of a PDF."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        picture: Image.Image = pdf.pages[0].to_image(resolution=resolution, antialias=True).original.convert("RGB")
    return picture


def letter_pictures(folder: Path) -> None:
    """Some letters by themselves, and the first pages of all kinds on one sheet."""
    with tempfile.TemporaryDirectory() as empty:
        press = Specimen(Path(empty), date(2026, 11, 20))
        for kind in SHOWN:
            first_page(press, kind, 72).quantize(32).save(folder / f"letter-{kind}.png", optimize=True)
        disputed = [first_page(press, kind, 60) for kind in DISPUTED]
        small = [first_page(press, kind, 38) for kind in press.catalogue.templates]
    beside(disputed, len(disputed)).quantize(32).save(folder / "letters-disputed.png", optimize=True)
    beside(small, 11).quantize(32).save(folder / "letters.png", optimize=True)


def beside(pages: list[Image.Image], across: int, gap: int = 6) -> Image.Image:
    """Pages side by side, so many in a row."""
    width, height = pages[0].width + gap, pages[0].height + gap
    sheet = Image.new("RGB", (across * width + gap, -(-len(pages) // across) * height + gap), "#888888")
    for n, picture in enumerate(pages):
        sheet.paste(picture, (n % across * width + gap, n // across * height + gap))
    return sheet


def main(folder: Path) -> None:
    """Write all pictures into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(desk_pictures(folder))
    asyncio.run(width_pictures(folder))
    asyncio.run(visitors_pictures(folder))
    letter_pictures(folder)
    sheet_pictures(folder)
    for path in sorted(folder.glob("*.png")):
        print(path.name, path.stat().st_size, "bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "docs/pictures")
