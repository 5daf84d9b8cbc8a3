"""What must lie out at the point: each thing ticked with the day and by whom, what is missing or was not looked at for long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from deskapp.clock import Clock
from deskapp.desk.reading.record_book import BookRecord, RecordBook
from deskapp.errors import DeskError
from deskapp.register.journal import Journal
from deskapp.typed import Typed

if TYPE_CHECKING:
    from deskapp.desk.sheets.loose import LooseSheet, Sheets

AGAIN = timedelta(days=92)  # after that a thing has to be looked at anew; a choice of ours, not of the law
ITEMS: dict[str, tuple[str, str]] = {
    "guide": ("政府信息公开指南", "第十二条"),
    "catalogue": ("政府信息公开目录", "第十二条"),
    "published": ("主动公开的文件（纸质本，按目录放）", "第二十条、第二十五条"),
    "township": ("涉农、土地、宅基地、救助等重点内容", "第二十一条"),
    "gazette": ("政府公报", "第二十三条"),
    "form": ("政府信息公开申请表（空白，若干份）", "第二十九条"),
    "sample": ("申请表填写样例", "第二十九条"),
    "card": ("明白卡（正常字、大字）", "第四十三条"),
    "fees": ("收费的说明（不收费，什么时候收信息处理费）", "第四十二条"),
    "complaints": ("投诉、举报、复议、诉讼向谁提出", "第五十一条"),
    "questions": ("常见问题解答", "第二十五条"),
    "sign": ("标识牌、开放时间、工作职责", "第二十五条"),
    "computer": ("查阅用的电脑、打印机，能用", "第二十五条"),
    "aids": ("老花镜、放大镜等帮助阅读的用具", "第四十三条"),
    "slips": ("满意度问卷和意见箱", "第五十一条"),
}
"""What must lie out, by key: its name, the articles of the 条例 it serves."""
COLUMNS, SHARES = ("序号", "材料", "条例", "有没有", "核对日期", "谁核对的", "备注"), (4, 26, 14, 8, 12, 10, 16)
STATES = {"yes": "有", "no": "缺"}


class Tick(BookRecord):
    """A thing was looked for on a day: it was there, or not."""

    there: bool
    by: str
    remark: str = ""


class TickDraft(BaseModel):
    """The form as it is typed."""

    model_config = ConfigDict(extra="ignore")

    there: str = "yes"
    by: str = ""
    on: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Material:
    """One thing and how it was found last."""

    key: str
    tick: Tick | None
    today: date

    @property
    def name(self) -> str:
        """What it is called."""
        return ITEMS[self.key][0]

    @property
    def articles(self) -> str:
        """The articles it serves."""
        return ITEMS[self.key][1]

    @property
    def old(self) -> bool:
        """Whether it was not looked at for long."""
        return bool(self.tick) and self.today - date.fromisoformat(self.tick.on if self.tick else "") > AGAIN

    @property
    def missing(self) -> bool:
        """Whether it is not there, as far as anybody looked."""
        return self.tick is None or not self.tick.there

    @property
    def state(self) -> str:
        """How it stands, in words."""
        if self.tick is None:
            return "没有核对过"
        return ("有" if self.tick.there else "缺") + ("，过了三个月，请再看" if self.old else "")


class Materials:
    """The moment somebody goes round the point with the list."""

    def __init__(self, journal: Journal, clock: Clock, loose: Sheets) -> None:
        self._clock, self._sheets = clock, loose
        self._book = RecordBook(journal, clock, "material", Tick)

    def all(self) -> list[Material]:
        """The list, what is missing first."""
        ticks, today = self._book.all(), self._clock.today()
        found = [Material(key, ticks.get(key), today) for key in ITEMS]
        return sorted(found, key=lambda item: (not item.missing, not item.old))

    def tick(self, key: str, draft: TickDraft) -> Tick:
        """A thing was looked for. Raises DeskError when something is missing or cannot be."""
        if key not in ITEMS:
            raise DeskError("清单里没有这一样。", "没有记下。", "请从列出的里面选。")
        typed = Typed(draft, self._clock.today())
        there = typed.choice("there", STATES, "请选有没有。") == "yes"
        by, on = typed.needed("by", "谁核对的", "请写核对人的姓名。"), typed.day("on", "核对日期")
        tick = Tick(on=on.isoformat(), there=there, by=by, remark=typed.text("remark", "备注"))
        self._book.put(tick, key)
        return tick

    def last_by(self) -> str:
        """Who looked last: most often the same person looks again."""
        ticks = sorted(self._book.all().values(), key=lambda tick: tick.on)
        return ticks[-1].by if ticks else ""

    def sheet(self) -> LooseSheet:
        """The list on paper, with what was found."""
        from deskapp.desk.sheets.loose import blank_rows

        by_key = {item.key: item for item in self.all()}
        rows = []
        for n, key in enumerate(ITEMS, 1):
            item = by_key[key]
            tick = item.tick
            found = (
                (STATES["yes" if tick.there else "no"], tick.on, tick.by, tick.remark) if tick else ("", "", "", "")
            )
            rows.append((str(n), item.name, item.articles, *found))
        below = ("说明：条例指政府信息公开条例。有的打勾写“有”，没有的写“缺”，缺的补上以后再核对一次。",)
        sheet = blank_rows(COLUMNS, rows, len(rows), SHARES, ("政府信息查阅点应当备有的材料清单",), below)
        return self._sheets.ruled("应当备有的材料清单", [sheet])
