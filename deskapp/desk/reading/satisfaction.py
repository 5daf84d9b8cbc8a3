"""Satisfaction: slips are entered in seconds; shares stand beside their counts, and small counts are called small."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict

from deskapp.clock import Clock
from deskapp.desk.reading.daybook import ALL_KINDS
from deskapp.desk.reading.record_book import BookRecord, Correctable, RecordBook, reason
from deskapp.law.periods import first_day_of_law
from deskapp.parsing import LONGEST_TEXT
from deskapp.register.journal import Journal
from deskapp.typed import Since, Typed

MARKS = {"yes": "满意", "fair": "基本满意", "no": "不满意"}
CHANNELS = {"offline": "线下", "online": "线上"}
CONTENT = ("yes", "fair")  # the marks that count as satisfied
SMALL = 30  # slips: below that a share says little


class Slip(BookRecord):
    """One answer of somebody who was served."""

    channel: str
    service: str
    mark: str
    remark: str = ""


class SlipDraft(BaseModel):
    """The form as it is typed."""

    model_config = ConfigDict(extra="ignore")

    mark: str = "yes"
    service: str = "application"
    channel: str = "offline"
    remark: str = ""
    on: str = ""
    why: str = ""


@dataclass(frozen=True)
class Share:
    """How many slips, and how many of them satisfied."""

    slips: int
    satisfied: int

    @property
    def percent(self) -> str:
        """The share with two decimals; a dash without slips."""
        return f"{100 * self.satisfied / self.slips:.2f}%" if self.slips else "—"

    @property
    def words(self) -> str:
        """The share with its count beside it, and a word where the count is small."""
        if not self.slips:
            return "没有问卷"
        small = "，份数少，只供参考" if self.slips < SMALL else ""
        return f"{self.percent}（{self.slips}份中{self.satisfied}份{small}）"

    def as_contract(self) -> dict[str, object]:
        """Count, satisfied, percent with two decimals or None."""
        percent = round(100 * self.satisfied / self.slips, 2) if self.slips else None
        return {"slips": self.slips, "satisfied": self.satisfied, "percent": percent}


@dataclass(frozen=True)
class Opinion:
    """A year of slips: all, by mark, by channel, by service, by month; the remarks, the newest first."""

    year: int
    all: Share
    marks: dict[str, int]
    channels: dict[str, Share]
    services: dict[str, Share]
    months: tuple[Share, ...]
    remarks: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What the annual report says."""
        if not self.all.slips:
            return f"{self.year}年没有收到满意度问卷。"
        parts = "，".join(
            f"{CHANNELS[key]}{of.slips}份、满意率{of.percent}" for key, of in self.channels.items() if of.slips
        )
        small = "（份数少，只供参考）" if self.all.slips < SMALL else ""
        marks = "、".join(f"{name}{self.marks[key]}份" for key, name in MARKS.items())
        whole = f"{self.year}年收到满意度问卷{self.all.slips}份：{marks}"
        return f"{whole}；满意率（含基本满意）{self.all.percent}{small}，其中{parts}。"

    def as_contract(self) -> dict[str, object]:
        """The document of ``deskapp satisfaction --json``."""
        return {
            "year": self.year,
            "all": self.all.as_contract(),
            "marks": self.marks,
            "channels": {key: of.as_contract() for key, of in self.channels.items()},
            "services": {key: of.as_contract() for key, of in self.services.items()},
            "months": [of.as_contract() for of in self.months],
            "small": 0 < self.all.slips < SMALL,
            "sentence": self.sentence,
        }


LISTED = "请从列出的里面选。"


class Satisfaction(Correctable[Slip]):
    """The moment somebody says how it went."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._clock = clock
        self._book = RecordBook(journal, clock, "slip", Slip)

    def _told(self, note: Slip) -> str:
        parts = (MARKS[note.mark], ALL_KINDS[note.service], CHANNELS[note.channel], note.remark)
        return "　".join(part for part in parts if part)

    def enter(self, draft: SlipDraft, key: str = "") -> Slip:
        """Write a slip down, or put one right. Raises DeskError for an unknown mark, service or channel, a day that cannot be, or when
        one is put right without a reason."""
        if key:
            self._book.get(key)
        typed = Typed(draft, self._clock.today())
        of = {name: typed.choice(name, known, LISTED) for name, known in (("mark", MARKS), ("service", ALL_KINDS))}
        channel = typed.choice("channel", CHANNELS, LISTED)
        on = typed.day("on", "日期", Since(first_day_of_law(), "政府信息公开条例的施行日期")).isoformat()
        remark, why = typed.text("remark", "意见", LONGEST_TEXT), reason(draft.why) if key else ""
        slip = Slip(on=on, channel=channel, remark=remark, why=why, **of)
        self._book.put(slip, key)
        return slip

    def draft_of(self, key: str) -> SlipDraft:
        """A slip as a form, to put it right."""
        return SlipDraft(**{**self._book.get(key).model_dump(), "why": ""})

    def between(self, first: date, last: date) -> tuple[int, int]:
        """How many slips are of a span, and how many of them satisfied."""
        found = _share(s for s in self._book.all().values() if first.isoformat() <= s.on <= last.isoformat())
        return found.slips, found.satisfied

    def year(self, year: int) -> Opinion:
        """The figures of a year."""
        slips = list(self._book.all(year).values())
        return Opinion(
            year,
            _share(slips),
            {key: sum(s.mark == key for s in slips) for key in MARKS},
            {key: _share(s for s in slips if s.channel == key) for key in CHANNELS},
            {key: _share(s for s in slips if s.service == key) for key in ALL_KINDS},
            tuple(_share(s for s in slips if int(s.on[5:7]) == month) for month in range(1, 13)),
            tuple(f"{s.on} {s.remark}" for s in reversed(slips) if s.remark),
        )


def _share(slips: Iterable[Slip]) -> Share:
    marks = [slip.mark for slip in slips]
    return Share(len(marks), sum(mark in CONTENT for mark in marks))
