"""The list of what an office has published (主动公开目录): its columns in any order, every bad cell named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deskapp.catalogue.entries import Entry
from deskapp.catalogue.full_text import KINDS, LARGEST
from deskapp.errors import shortened
from deskapp.exchange.days import day_of
from deskapp.exchange.heading import BadCell, Columns
from deskapp.exchange.table_apart import TableApart
from deskapp.parsing import LONGEST_CELL

SHEET = "主动公开目录"
COLUMNS = ("索引号", "名称", "文号", "发布机构", "公开日期", "主题分类", "有效性", "网址", "馆藏位置", "全文文件")
REQUIRED = ("名称",)
FIELDS = {  # of an entry, by column; what names an entry is not among them
    "公开日期": "published_on", "主题分类": "topic", "有效性": "validity", "网址": "url", "馆藏位置": "shelf", "全文文件": "file",
    "文号": "doc_no", "发布机构": "issuer",
}  # fmt: skip
CALLED = {
    "信息索引号": "索引号", "信息名称": "名称", "标题": "名称", "文件名称": "名称", "发文字号": "文号", "发文机关": "发布机构",
    "发布单位": "发布机构", "公开时间": "公开日期", "发布日期": "公开日期", "分类": "主题分类", "主题": "主题分类",
    "效力状态": "有效性", "是否有效": "有效性", "链接": "网址", "网页地址": "网址", "存放位置": "馆藏位置", "附件": "全文文件",
}  # fmt: skip
VALIDITY = ("有效", "失效", "废止", "部分有效")
LONGEST_NAME = 500  # characters of a name or an address
FIRST_DAY = date(1949, 10, 1)
_ADDRESS = re.compile(r"https?://[^\s<>\"']+\Z")


@dataclass(frozen=True)
class CatalogueLine:
    """One line of a list: its entry, the file of its full text, what is wrong with it, and the fields of which the list has no
    column."""

    line: int
    entry: Entry
    text_file: Path | None
    bad: tuple[BadCell, ...]
    silent: tuple[str, ...] = ()


class CatalogueFile:
    """A list, opened: ``warnings`` about its columns, then its lines one after another."""

    def __init__(self, path: Path, today: date) -> None:
        """Read the heading. Raises DeskError when the file cannot be read or has no column 名称."""
        self._folder, self._today = path.parent, today
        self._table = TableApart(path, Columns(SHEET, COLUMNS, REQUIRED, CALLED))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is to be said of the columns and the lines that are no entries, as far as the lines were read."""
        left = self._table.tally.left_out
        counts = Counter(line.why for line in left)
        said = tuple(f"{count}行没有导入：{why}。" for why, count in counts.items())
        return (*self._table.tally.warnings, *said)

    def __iter__(self) -> Iterator[CatalogueLine]:
        """The lines that are not empty, each checked by itself and for an entry that was there before."""
        seen: dict[str, int] = {}
        silent = tuple(field for column, field in FIELDS.items() if column not in self._table.tally.names)
        for found in self._table:
            line, cells = found.line, found.cells
            wrong = [*found.lost.items(), *(x for x in self._faults(cells) if x[0] not in found.lost)]
            faults = [BadCell(line, column, shortened(cells[column]), right) for column, right in wrong]
            day = day_of(cells["公开日期"])
            entry = Entry(
                index_no=cells["索引号"], name=cells["名称"], doc_no=cells["文号"], issuer=cells["发布机构"],
                published_on=day.isoformat() if day else "", topic=cells["主题分类"], validity=cells["有效性"],
                url=cells["网址"], shelf=cells["馆藏位置"], file=cells["全文文件"],
            )  # fmt: skip
            if entry.key in seen and not faults:
                column = "索引号" if entry.index_no else "名称"
                faults.append(BadCell(line, column, shortened(cells[column]), f"与第{seen[entry.key]}行重复"))
            seen.setdefault(entry.key, line)
            yield CatalogueLine(line, entry, self._text_file(cells["全文文件"]), tuple(faults), silent)

    def _text_file(self, name: str) -> Path | None:
        return self._folder / name.replace("\\", "/") if name else None

    def _faults(self, cells: dict[str, str]) -> Iterator[tuple[str, str]]:
        """The columns of a line that cannot be taken, and what would be right."""
        if not cells["名称"]:
            yield "名称", "必须填写"
        for column, text in cells.items():
            most = LONGEST_NAME if column in ("名称", "网址") else LONGEST_CELL
            if len(text) > most:
                yield column, f"太长，最多{most}个字"
        if cells["公开日期"]:
            day = day_of(cells["公开日期"])
            if day is None:
                yield "公开日期", f"应当是日期，写成 {self._today}"
            elif not FIRST_DAY <= day <= self._today:
                yield "公开日期", "早于1949年10月1日，或者还没有到"
        if cells["有效性"] and cells["有效性"] not in VALIDITY:
            yield "有效性", "可以写：" + "、".join(VALIDITY)
        if cells["网址"] and not _ADDRESS.match(cells["网址"]):
            yield "网址", "应当以 http:// 或者 https:// 开头，中间没有空格"
        if cells["全文文件"]:
            yield from self._file_faults(cells["全文文件"])

    def _file_faults(self, name: str) -> Iterator[tuple[str, str]]:
        path = self._text_file(name)
        assert path is not None
        if path.suffix.lower() not in KINDS:
            yield "全文文件", "应当是 " + "、".join(kind[1:] for kind in KINDS) + " 文件"
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
