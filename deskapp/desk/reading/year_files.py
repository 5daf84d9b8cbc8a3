"""A year of the reading point for others: the month table, the slips, the log, each on paper and as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from deskapp.clock import Clock
from deskapp.desk.reading.daybook import ALL_KINDS, DayBook, YearBook
from deskapp.desk.reading.point_log import POINT_KINDS, PointLog
from deskapp.desk.reading.satisfaction import CHANNELS, MARKS, Opinion, Satisfaction, Share
from deskapp.desk.sheets.loose import LooseSheet, Sheets
from deskapp.desk.sheets.paging import ROWS, height_of, parts
from deskapp.exchange.new_file import write_new
from deskapp.exchange.reading_files import YearTable, boxes_of, write_year
from deskapp.paths import REPORTS, free_path, make_private
from deskapp.register.journal import Journal

if TYPE_CHECKING:
    from letters.typeset.ruled import RuledSheet

What = Literal["visits", "satisfaction", "point_log"]
NAMES: dict[str, str] = {"visits": "查阅点月表", "satisfaction": "查阅点满意度", "point_log": "查阅点工作记事"}
WHOLE_YEAR = "全年"
LOG_SHARES = (1.5, 1.5, 2.6, 1.5, 1.9, 2.2)  # the widths of the columns of the log
PLOT_ROWS = 14  # that a plot takes
PRINTED = "自助打印（份）"


class YearFiles:
    """The moment somebody wants a year of the point in his hands."""

    def __init__(
        self, journal: Journal, clock: Clock, home: Path, daybook: DayBook, slips: Satisfaction, log: PointLog, loose: Sheets
    ) -> None:  # fmt: skip
        self._journal, self._clock, self._home, self._sheets = journal, clock, home, loose
        self._makers: dict[str, Callable[[int], YearTable]] = {
            "visits": lambda year: _month_table(daybook.year(year)),
            "satisfaction": lambda year: _slip_table(slips.year(year)),
            "point_log": lambda year: _log_table(log, year),
        }

    def table(self, what: What, year: int) -> YearTable:
        """One of the tables of a year."""
        return self._makers[what](year)

    def sheet(self, what: What, year: int) -> LooseSheet:
        """It on paper, with a plot of its months."""
        table = self.table(what, year)
        return self._sheets.ruled(f"{year}年{NAMES[what]}", _pages(table, self._unit))

    def save_here(self, what: What, year: int, ending: str) -> Path:
        """Write it into the folder 年报 of the data directory, under a name that is free; the file. Raises DeskError."""
        path = free_path(make_private(self._home / REPORTS), f"{year}年{NAMES[what]}", ending)
        self.save(what, year, path)
        return path

    def save(self, what: What, year: int, path: Path) -> None:
        """Write it as xlsx or pdf, by the ending of the name. Raises DeskError for any other kind, a file that is there, or when it cannot
        be written."""
        writers: dict[str, Callable[[YearTable, Path], None]] = {
            ".xlsx": lambda table, part: write_year(table, part),
            ".pdf": lambda _, part: self._write_pdf(what, year, part),
        }
        write_new(path, NAMES[what], writers, lambda: self.table(what, year))

    def _write_pdf(self, what: What, year: int, part: Path) -> None:
        part.write_bytes(self.sheet(what, year).pdf)

    @property
    def _unit(self) -> str:
        return self._journal.unit(self._clock.today()).name


def _month_table(book: YearBook) -> YearTable:
    lines: list[tuple[str | int, ...]] = []
    for n, month in enumerate(book.months, 1):
        people = [month[kind].people for kind in ALL_KINDS]
        lines.append((f"{n}月", *people, sum(people), book.copies[n - 1]))
    totals = [book.total(kind).people for kind in ALL_KINDS]
    lines.append((WHOLE_YEAR, *totals, book.total().people, sum(book.copies)))
    heads = ("人次", *ALL_KINDS.values(), "合计", PRINTED)
    return YearTable(
        f"{book.year}年查阅点月表", "月表", heads, tuple(lines), (book.sentence,), 12, (len(ALL_KINDS) + 1,)
    )


def _slip_table(opinion: Opinion) -> YearTable:
    lines = [_share_line(f"{n}月", share) for n, share in enumerate(opinion.months, 1)]
    lines.append(_share_line(WHOLE_YEAR, opinion.all))
    lines += [_share_line(CHANNELS[key], share) for key, share in opinion.channels.items()]
    lines += [_share_line(f"办的是{ALL_KINDS[key]}", share) for key, share in opinion.services.items()]
    marks = "、".join(f"{name}{opinion.marks[key]}份" for key, name in MARKS.items())
    said = (opinion.sentence, f"全年：{marks}。", *(f"意见：{remark}" for remark in opinion.remarks))
    heads = ("", "问卷份数", "满意份数", "满意率")
    return YearTable(f"{opinion.year}年查阅点满意度", "满意度", heads, tuple(lines), said, 12, (1, 2))


def _share_line(name: str, share: Share) -> tuple[str | int, ...]:
    return name, share.slips, share.satisfied, share.percent


def _log_table(log: PointLog, year: int) -> YearTable:
    lines = tuple(
        (note.on, POINT_KINDS[note.kind], note.title, note.who, log.numbers_of(note), log.state_of(note))
        for note in log.year(year)
    )
    heads = ("日期", "种类", "内容", "参加的人", "数字", "要改的")
    return YearTable(f"{year}年查阅点工作记事", "工作记事", heads, lines, log.sentences(year))


def _pages(table: YearTable, unit: str) -> list[RuledSheet]:
    """The table on as many pages as it needs; what is said and the plot below its last line, or on a page of their own."""
    from letters.typeset.ruled import Box, RuledSheet

    heads, *lines = boxes_of(table)
    shares = _shares(table)
    title = (unit, table.title)
    sheets = []
    for part in parts(lines, lambda line: height_of(line, shares)) or [[]]:
        boxes = [
            Box(row, column, text=text, centred=bool(table.charted) or not row)
            for row, line in enumerate([heads, *part])
            for column, text in enumerate(line)
        ]
        sheets.append(RuledSheet(title, tuple(boxes), shares))
    own = (Box(0, 0, text="说明"),)
    first, *others = parts(list(table.said), lambda said: height_of([said], (1.0,))) or [[]]
    room = ROWS - sum(height_of(line, shares) for line in lines) if len(sheets) == 1 else 0
    wanted = sum(height_of([said], (1.0,)) for said in first) + (PLOT_ROWS if table.charted else 0)
    if wanted > room:
        sheets.append(RuledSheet(title, own, (1.0,)))
    plot, labels = (table.series, table.labels) if table.charted else ((), ())
    if table.charted and sum(height_of([said], (1.0,)) for said in first) + PLOT_ROWS > ROWS:
        others, first = [first, *others], []
    sheets[-1] = replace(sheets[-1], below=tuple(first), plot=plot, plot_labels=labels)
    return [*sheets, *(RuledSheet(title, own, (1.0,), tuple(part)) for part in others)]


def _shares(table: YearTable) -> tuple[float, ...]:
    """The widths of the columns: of numbers all but the first alike."""
    if table.charted:
        return (1.4, *(1.0 for _ in table.heads[1:]))
    return LOG_SHARES
