"""The standard catalogue (基层政务公开标准目录): what must be published, item by item, as offices have it; and when each is due.

An office's list has one sheet for each of 26 fields, headings in two lines, merged cells, boxes and ticks; :class:`StandardFile` reads it
through the one table reader.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from deskapp.catalogue.entry import plain
from deskapp.catalogue.words import word_file
from deskapp.errors import shortened
from deskapp.exchange.columns import Columns
from deskapp.exchange.heading import BadCell
from deskapp.exchange.table_apart import TableApart, TableChoice
from deskapp.exchange.table_record import TableRecord

SHEET = "标准目录"
COLUMNS = (
    "领域", "一级事项", "二级事项", "公开内容", "公开依据", "公开时限", "公开主体", "公开渠道", "公开对象", "全社会", "特定群体", "公开方式",
    "主动公开", "依申请公开", "公开层级", "县级", "乡级",
)  # fmt: skip
REQUIRED = ("一级事项",)
CALLED = {other: column for column, others in word_file()["items"].items() for other in others}
STANDARD = Columns(SHEET, COLUMNS, REQUIRED, CALLED)
LONGEST = 3000  # characters of a cell: contents and bases are long
TICKED, NOT_TICKED = "■☑√✓✔●▲☒", "□☐○"
_BOX = re.compile(f"([{TICKED}{NOT_TICKED}])([^{TICKED}{NOT_TICKED}]*)")
_FIELD = re.compile(
    r"(?:[一-龥]*?(?:省|市|县|区|镇|乡|街道))?(.{2,30}?)(?:领域)?(?:基层)?(?:政务)?(?:公开)?(?:标准)?(?:事项)?(?:标准)?目录"
)
_PERIOD = re.compile(r"([0-9]{1,3}|[一二三四五六七八九十]{1,3})个?(工作日|日|天)")
NO_FIELD = ("基层", "政务", "主动", "标准", "政务公开", "基层政务公开")
Every = Literal["", "year", "quarter", "month"]
EVERY: tuple[tuple[str, Every], ...] = (
    ("每月", "month"), ("按月", "month"), ("月度", "month"), ("每季", "quarter"), ("按季", "quarter"), ("季度", "quarter"), ("每年", "year"),
    ("按年", "year"), ("年度", "year"), ("一年一次", "year"),
)  # fmt: skip
EVERY_NAMES: dict[Every, str] = {"year": "每年", "quarter": "每季", "month": "每月"}


@dataclass(frozen=True)
class Due:
    """When an item is to be published, as far as its words say: within so many days of its making, and how often at least."""

    days: int = 0
    working: bool = True
    every: Every = ""


class Item(BaseModel):
    """One item: what must be published, on what basis, when, by whom, where, to whom. ``not_here`` says why it does not exist here."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    area: str = ""
    first: str
    second: str = ""
    content: str = ""
    basis: str = ""
    due: str = ""
    duty: str = ""
    channels: str = ""
    audience: str = ""
    way: str = ""
    tiers: str = ""
    not_here: str = ""

    @property
    def name(self) -> str:
        """What it is called: its second level, where it has one."""
        return self.second or self.first

    @property
    def key(self) -> str:
        """What makes two lines the same item."""
        return "|".join(map(plain, (self.area, self.first, self.second)))

    @property
    def when(self) -> Due:
        """When it is due."""
        return due_in(self.due)


def due_in(text: str) -> Due:
    """When something is due by its words: 信息形成之日起20个工作日内, 每季度."""
    from deskapp.parsing import in_digits

    found = _PERIOD.search(text)
    every: Every = next((every for words, every in EVERY if words in text), "")
    if not found:
        return Due(every=every)
    number = found[1] if found[1].isdigit() else in_digits(found[1])
    return Due(int(number), found[2] == "工作日", every)


def ticked(text: str) -> str:
    """What is ticked in a cell of boxes (■政府网站 □公报), its words with 、 between; a cell without boxes as it is."""
    boxes = _BOX.findall(text)
    if not boxes:
        return " ".join(text.split())
    named = [" ".join(words.split()).strip("：:；;、,，/") for sign, words in boxes if sign in TICKED]
    return "、".join(word for word in named if word)


@dataclass(frozen=True)
class StandardLine:
    """One line: its item, and what is wrong with it."""

    line: int
    item: Item
    bad: tuple[BadCell, ...]
    sheet: str = ""


@dataclass
class StandardFile:
    """A standard catalogue, opened: its lines one after another. ``area`` is the field where the file does not tell it."""

    path: Path
    choice: TableChoice = field(default_factory=TableChoice)
    area: str = ""

    def __post_init__(self) -> None:
        """Read the heading. Raises DeskError where there is no column 一级事项."""
        self._table = TableApart(self.path, STANDARD, choice=self.choice)
        self.twice = 0

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is to be said of it, as far as it was read."""
        counts = Counter(line.why for line in self._table.tally.left_out)
        said = [f"{count}行没有导入：{why}。" for why, count in counts.items()]
        if self.twice:
            said.append(f"有{self.twice}行的事项和前面的一样，内容并在了一起。")
        return (*self._table.tally.warnings, *said)

    @property
    def left_out(self) -> int:
        """How many lines are no items."""
        return self._table.tally.left_out_count

    def close(self) -> None:
        """Close the file."""
        self._table.close()

    def __iter__(self) -> Iterator[StandardLine]:
        """The lines that are items; an empty name of the first level is that of the line above, as in merged cells."""
        above: dict[str, str] = {}
        for found in self._table:
            cells = {column: "" if cell in ("/", "-", "—") else cell for column, cell in found.cells.items()}
            if not cells["一级事项"] and (cells["二级事项"] or cells["公开内容"]):
                cells["一级事项"] = above.get(found.sheet, "")
            above[found.sheet] = cells["一级事项"]
            yield StandardLine(found.line, self._item(cells, found), tuple(_faults(cells, found)), found.sheet)

    def _area(self, cells: Mapping[str, str], found: TableRecord) -> str:
        """The field of an item: as its line says, else the title over it, the name of its sheet, what was given, the name of the file."""
        told = (
            area_of(found.title) if "目录" in found.title else "",
            area_of(found.sheet),
            self.area,
            area_of(self.path.stem),
        )
        return cells["领域"] or next(filter(None, told), "")

    def _item(self, cells: Mapping[str, str], found: TableRecord) -> Item:
        ticks = {column: bool(cells[column]) and cells[column][0] not in NOT_TICKED for column in COLUMNS}
        some = (ticked(cells["特定群体"]) or "特定群体") if ticks["特定群体"] else ""
        groups = ("全社会" if ticks["全社会"] else "", some)
        ways = ("主动公开" if ticks["主动公开"] else "", "依申请公开" if ticks["依申请公开"] else "")
        tiers = ("县级" if ticks["县级"] else "", "乡级" if ticks["乡级"] else "")
        return Item(
            area=self._area(cells, found), first=_flat(cells["一级事项"]),
            second=_flat(cells["二级事项"]), content=cells["公开内容"], basis=cells["公开依据"], due=_flat(cells["公开时限"]),
            duty=_flat(cells["公开主体"]), channels=ticked(cells["公开渠道"]),
            audience=ticked(cells["公开对象"]) or "、".join(filter(None, groups)),
            way=ticked(cells["公开方式"]) or "、".join(filter(None, ways)),
            tiers=ticked(cells["公开层级"]) or "、".join(filter(None, tiers)),
        )  # fmt: skip


def _flat(text: str) -> str:
    return "".join(text.split()) if re.search("[一-龥]", text) else " ".join(text.split())


def area_of(name: str) -> str:
    """The field that the name of a sheet or a file tells: 社会救助 of 社会救助领域基层政务公开标准目录; empty for none."""
    bare = re.sub(r"^[（(]?[0-9一二三四五六七八九十]+[)）.、．\s]*", "", "".join(name.split()))
    if found := _FIELD.match(bare):
        return "" if found[1] in NO_FIELD else found[1].removesuffix("领域")
    return (
        bare.removesuffix("领域")
        if 2 <= len(bare) <= 12 and not re.match(r"(?:Sheet|工作表|表)[0-9]*$", bare)
        else ""
    )


def _faults(cells: Mapping[str, str], found: TableRecord) -> Iterator[BadCell]:
    if not cells["一级事项"] and not found.refused:
        yield BadCell(found.line, "一级事项", "", "必须填写", found.sheet)
    for column, text in cells.items():
        if column in found.lost:
            yield BadCell(found.line, column, shortened(text), found.lost[column], found.sheet)
        elif len(text) > LONGEST:
            yield BadCell(found.line, column, shortened(text), f"太长，最多{LONGEST}个字", found.sheet)
