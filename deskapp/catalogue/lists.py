"""The list of what an office has published (主动公开目录): its columns in any order and by many names, every bad cell named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from deskapp.catalogue.entry import Entry, meaning_of, validity_words
from deskapp.catalogue.full_text import KEPT, KINDS, LARGEST
from deskapp.catalogue.words import word_file
from deskapp.errors import shortened
from deskapp.exchange.columns import Columns
from deskapp.exchange.days import day_of
from deskapp.exchange.heading import BadCell
from deskapp.exchange.table_apart import TableApart, TableChoice
from deskapp.parsing import LONGEST_CELL

SHEET = "主动公开目录"
FIELDS = {  # of an entry, by column
    "索引号": "index_no", "名称": "name", "文号": "doc_no", "发布机构": "issuer", "公开日期": "published_on", "成文日期": "made_on",
    "主题分类": "topic", "有效性": "validity", "网址": "url", "馆藏位置": "shelf", "全文文件": "file", "解读对象": "explains",
    "公报期号": "bulletin", "公开事项": "item",
}  # fmt: skip
COLUMNS = tuple(FIELDS)
VALIDITY = "有效性"  # the column that has words of its own
REQUIRED = ("名称",)
DAYS = ("公开日期", "成文日期")
CALLED = {other: column for column, others in word_file()["columns"].items() for other in others}
LIST = Columns(SHEET, COLUMNS, REQUIRED, CALLED, days=DAYS)
LONGEST_NAME = 500  # characters of a name or an address
FIRST_DAY = date(1949, 10, 1)
SAYS_NOTHING = ("/", "／", "-", "－", "—", "——", "无", "暂无", "\\")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+\Z")


@dataclass(frozen=True)
class ListOptions:
    """How a list is read: which sheet and columns (``choice``), what words under 有效性 stand for, whose list it is where it does not say
    (``issuer``), and whether the good lines are taken when others are bad."""

    choice: TableChoice = field(default_factory=TableChoice)
    words: Mapping[str, str] = field(default_factory=dict)
    issuer: str = ""
    good_part: bool = False


@dataclass(frozen=True)
class CatalogueLine:
    """One line of a list: its cells and its entry, the file of its full text, what is wrong with it, and the fields of which the list has
    no column."""

    line: int
    entry: Entry
    text_file: Path | None
    bad: tuple[BadCell, ...]
    silent: tuple[str, ...] = ()
    sheet: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)


class CatalogueFile:
    """A list, opened: ``warnings`` about its columns, then its lines one after another."""

    def __init__(self, path: Path, today: date, options: ListOptions | None = None) -> None:
        """Read the heading. Raises DeskError when the file cannot be read or has no column 名称."""
        self._folder, self._today, self._options = path.parent, today, options or ListOptions()
        self._table = TableApart(path, LIST, choice=self._options.choice)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is to be said of the columns and the lines that are no entries, as far as the lines were read."""
        counts = Counter(line.why for line in self._table.tally.left_out)
        said = tuple(f"{count}行没有导入：{why}。" for why, count in counts.items())
        return (*self._table.tally.warnings, *said)

    @property
    def left_out(self) -> int:
        """How many lines are no entries."""
        return self._table.tally.left_out_count

    def close(self) -> None:
        """Close the file."""
        self._table.close()

    def __iter__(self) -> Iterator[CatalogueLine]:
        """The lines that are not empty, each checked by itself and for an entry that was there before."""
        seen: dict[str, tuple[str, int]] = {}
        silent = tuple(field for column, field in FIELDS.items() if column not in self._table.tally.names)
        if self._options.issuer:
            silent = tuple(field for field in silent if field != "issuer")
        for found in self._table:
            line, cells = found.line, self._folded(found.cells)
            own = () if found.refused else self._faults(cells)
            wrong = [*found.lost.items(), *(x for x in own if x[0] not in found.lost)]
            faults = [BadCell(line, column, shortened(cells[column]), right, found.sheet) for column, right in wrong]
            entry = self._entry(cells)
            if entry.key in seen and not faults:
                column = "索引号" if entry.index_no else "名称"
                sheet, before = seen[entry.key]
                where = f"【{sheet}】" if sheet != found.sheet else ""
                faults.append(
                    BadCell(line, column, shortened(cells[column]), f"与{where}第{before}行重复", found.sheet)
                )
            seen.setdefault(entry.key, (found.sheet, line))
            text_file = self._text_file(cells["全文文件"])
            yield CatalogueLine(line, entry, text_file, tuple(faults), silent, found.sheet, found.cells)

    def _folded(self, cells: Mapping[str, str]) -> dict[str, str]:
        """The cells; what only says that there is nothing is nothing, and a word that somebody explained is that word."""
        found = {column: "" if cell in SAYS_NOTHING and column != "名称" else cell for column, cell in cells.items()}
        found[VALIDITY] = self._options.words.get(found[VALIDITY], found[VALIDITY])
        found["发布机构"] = found["发布机构"] or self._options.issuer
        return found

    @staticmethod
    def _entry(cells: Mapping[str, str]) -> Entry:
        days = {column: day.isoformat() if (day := day_of(cells[column])) else "" for column in DAYS}
        return Entry(**{field: days.get(column, cells[column]) for column, field in FIELDS.items()})

    def _text_file(self, name: str) -> Path | None:
        return self._folder / name.replace("\\", "/") if name else None

    def _faults(self, cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """The columns of a line that cannot be taken, and what would be right."""
        if not cells["名称"]:
            yield "名称", "必须填写"
        for column, text in cells.items():
            most = LONGEST_NAME if column in ("名称", "网址", "解读对象") else LONGEST_CELL
            if len(text) > most:
                yield column, f"太长，最多{most}个字"
        for column in DAYS:
            yield from self._day_faults(column, cells[column])
        if cells[VALIDITY] and meaning_of(cells[VALIDITY]) is None:
            yield VALIDITY, "可以写：" + "、".join(usual_validity())
        if cells["网址"] and not _ADDRESS.match(cells["网址"]):
            yield "网址", "应当以 http:// 或者 https:// 开头，中间没有空格"
        if cells["全文文件"]:
            yield from self._file_faults(cells["全文文件"])

    def _day_faults(self, column: str, cell: str) -> Iterator[tuple[str, str]]:
        if not cell:
            return
        day = day_of(cell)
        if day is None:
            yield column, f"应当是日期，写成 {self._today}"
        elif not FIRST_DAY <= day <= self._today:
            yield column, "早于1949年10月1日，或者还没有到"

    def _file_faults(self, name: str) -> Iterator[tuple[str, str]]:
        path = self._text_file(name)
        assert path is not None
        if path.suffix.lower() not in KEPT:
            readable = "、".join(kind[1:] for kind in KINDS)
            yield "全文文件", f"应当是 {readable} 文件，或者 doc、wps、ofd、图片这些办公文件"
            return
        try:
            there = path.resolve().is_relative_to(self._folder.resolve()) and path.is_file()
            large = there and path.stat().st_size > LARGEST
        except (OSError, RuntimeError):  # a name that no file can have, a link to itself
            there = large = False
        if not there:
            yield "全文文件", "在表格所在的文件夹里没有找到"
        elif large:
            yield "全文文件", f"太大，最多{LARGEST >> 20}兆"


def usual_validity() -> tuple[str, ...]:
    """One word for each state of validity, the first that is usual."""
    first: dict[str, str] = {}
    for word, state in validity_words().items():
        first.setdefault(state, word)
    return tuple(first.values())
