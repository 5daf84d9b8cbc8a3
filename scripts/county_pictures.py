"""Make the pictures of the county: its screen at three widths, its page in a real Chromium. ``make county-pictures`` runs it."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"  # whatever terminal this runs in

from PIL import Image

from deskapp.clock import FixedClock
from deskapp.county.database import open_database
from deskapp.county.hall import County
from deskapp.county_app import CountyApp
from scripts.pictures import draw_screen
from scripts.postgres import private_server
from tests.county.demo import LAST, play

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
SIZES = ((80, 24), (120, 30), (160, 40))
PAGE = (1280, 1400)


async def screens(hall: County, home: Path) -> None:
    """The county as a whole, and one of its points."""
    for size in SIZES:
        app = CountyApp(home, FixedClock(LAST), hall)
        async with app.run_test(size=size) as pilot:
            await pilot.pause(0.3)
            _save(draw_screen(app.screen._compositor.render_strips(), size), f"county-{size[0]}x{size[1]}.png")
            if size == SIZES[1]:
                await pilot.press("down", "enter")
                await pilot.pause(0.3)
                _save(draw_screen(app.screen._compositor.render_strips(), size), "county-point.png")


def _save(picture: Image.Image, name: str) -> None:
    picture.quantize(32).save(FOLDER / name, optimize=True)


def page(hall: County, folder: Path) -> None:
    """The beginning of the page of the year, as a browser shows it; it wants a Chinese font on this machine."""
    from playwright.sync_api import sync_playwright

    hall.write_report(LAST.year, folder / "page.html")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        sheet = browser.new_page(viewport={"width": PAGE[0], "height": PAGE[1]})
        sheet.goto(f"file://{folder / 'page.html'}")
        sheet.screenshot(path=str(folder / "page.png"))
        browser.close()
    _save(Image.open(folder / "page.png").convert("RGB"), "county-page.png")


def main() -> int:
    """Play the practice county and draw it."""
    with (
        tempfile.TemporaryDirectory() as name,
        private_server() as server,
        open_database(server.create("demo")) as db,
    ):
        folder = Path(name)
        hall = County(db, folder / "home", FixedClock(LAST))
        hall.begin("青山县政务公开办公室", practice=True)
        play(folder, hall, folder / "stick")
        hall.take_all(folder / "stick")
        page(hall, folder)
        asyncio.run(screens(hall, folder / "home"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
