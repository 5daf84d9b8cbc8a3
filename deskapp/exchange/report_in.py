"""An annual report that somebody has written or published: tables two to four found in it by their labels, and its text; what is wrong in
it, for the command line and the screen alike.

What is blank stays blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deskapp.errors import DeskError
from deskapp.exchange.apart import Apart, size_of
from deskapp.exchange.report_pages import NOTHING, Pages, PagesRead, pages_of
from deskapp.exchange.report_tables import doubled_rows, has_table_two, table_four, table_three, table_two
from deskapp.files import read_json
from deskapp.law.annual_report import report_file
from deskapp.law.report_checks import Check
from deskapp.law.report_published import Published, check_published, read_published, year_of

FILE, YEAR = "file", "year"  # the fields of a refusal
Tell = Callable[[PagesRead], None]


def read_report(path: Path, tell: Tell = lambda read: None) -> dict[str, Any]:
    """A report in the shape of ``report --json``, with what was found. ``tell`` is told how far it is; what it raises stops the reading.
    Raises DeskError."""
    if not path.is_file():
        raise DeskError(f"没有找到文件 {path}。", NOTHING, "U盘插好了吗？请核对文件名和位置。", FILE)
    if path.suffix.lower() == ".json":
        found = read_json(path)
        return found if isinstance(found, dict) else {"table3": None}
    reader = Apart("deskapp.exchange.report_in:things_of", path, size=size_of(path), nothing=NOTHING, part=1)
    made: dict[str, Any] = {}
    try:
        for thing in reader:
            if isinstance(thing, PagesRead):
                tell(thing)
            else:
                made = thing
    finally:
        reader.close()
    return made


def things_of(path: Path) -> Iterator[PagesRead | dict[str, Any]]:
    """What the other process sends: how far it is, then the report. Raises DeskError where table three is not in the file."""
    pages = Pages(())
    for thing in pages_of(path):
        if isinstance(thing, PagesRead):
            yield thing
        else:
            pages = thing
    table3, several = table_three(pages.grids)
    if not table3:
        raise DeskError(
            f"{path.name} 里没有找到表三（收到和处理政府信息公开申请情况）。",
            NOTHING,
            "请核对是不是年报，表格有没有变成图片。",
        )
    said = f"文件里有{several}个表三，核对的是第一个。" if several > 1 else ""
    labels = {row.key: row.label for row in report_file().row}
    for key in doubled_rows(pages.grids):
        said += f"表三的【{labels.get(key, '总计')}】有不止一行，核对的是第一行，请删去重复的。"
    yield {
        "table2": table_two(pages.grids), "table3": table3, "table4": table_four(pages.grids), "text": pages.text,
        "blank2": has_table_two(pages.grids), "unread": said + pages.unread,
    }  # fmt: skip


def read_from(raw: dict[str, Any]) -> str:
    """What was found in a file, in a sentence."""
    two = f"表二{len(raw['table2'])}行" if raw.get("table2") else "表二（没有填数）" if raw.get("blank2") else ""
    four = "表四" if raw.get("table4") else ""
    found = [name for name in (two, f"表三{len(raw['table3'])}行", four) if name]
    missing = [name for name, there in (("表二", two), ("表四", four), ("文字", raw.get("text"))) if not there]
    lacks = f"；没有找到{'、'.join(missing)}" if missing else ""
    return f"找到{'、'.join(found)}{lacks}。{raw.get('unread', '')}"


@dataclass(frozen=True)
class VerifiedReport:
    """A written report that was looked at: the year it was taken for, what was found in the file in a sentence, table two as it stands
    there, the rest as it was read, every check."""

    year: int
    found: str
    two: tuple[tuple[str, tuple[str, ...]], ...]
    published: Published
    checks: tuple[Check, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said besides the checks: blanks, what is missing, what was taken for it, what nothing could be compared with."""
        return (*self.published.notes, *(aside for check in self.checks for aside in check.asides))


def verify_report(path: Path, year: int | None = None, tell: Tell = lambda read: None) -> VerifiedReport:
    """Read a report and check it as that of ``year``; without one, of the year that the file says it is about. ``tell`` is told how far the
    reading is. Raises DeskError, with the field ``year`` where the file does not say it, and LawError for what is no report."""
    raw = read_report(path, tell)
    about = year if year is not None else year_of(raw) or _year_of_name(path)
    if about is None:
        raise DeskError(f"{path.name} 里没有写是哪一年的年报。", NOTHING, "请写上年份，例如 2025。", YEAR)
    published = read_published(raw, about)
    two = tuple((str(row["name"]), tuple(map(str, row["values"]))) for row in raw.get("table2") or ())
    return VerifiedReport(about, read_from(raw), two, published, tuple(check_published(published)))


def _year_of_name(path: Path) -> int | None:
    """The one year in the name of a file."""
    years = set(re.findall(r"(?<![0-9])20[0-9]{2}(?![0-9])", path.stem))
    return int(years.pop()) if len(years) == 1 else None
