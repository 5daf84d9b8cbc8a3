"""A year of the reading point out of the house: a file, or paper; the same question on every screen that has one."""

from __future__ import annotations

from deskapp.desk.reading.year_files import NAMES, What
from deskapp.screens.frame.base import DeskScreen
from deskapp.screens.frame.pick import PickModal

PRINT = "print"
WAYS = ((".xlsx", "电子表格（xlsx），能画图的带图"), (".pdf", "照样印的（pdf）"), (PRINT, "打印"))


def export_year(screen: DeskScreen, what: What, year: int) -> None:
    """Ask how, and do it."""

    def chosen(way: str | None) -> None:
        if way == PRINT:
            screen.to_printer(lambda: screen.desk.reading_files.sheet(what, year))
        elif way:
            path = screen.attempt(lambda: screen.desk.reading_files.save_here(what, year, way))
            if path:
                screen.say(f"已存成：{path}")

    screen.app.push_screen(PickModal(f"{year}年{NAMES[what]}，怎样出？", WAYS), chosen)
