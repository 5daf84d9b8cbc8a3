"""转主动公开: what was released and is fit for everybody becomes an entry of the catalogue; several who ask the same are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from pydantic import BaseModel, ConfigDict

from deskapp.catalogue.entry import Entry
from deskapp.clock import Clock
from deskapp.desk.reading.record_book import BookRecord, RecordBook
from deskapp.errors import DeskError
from deskapp.law.categories import categories, outcome
from deskapp.register.case import Case
from deskapp.register.journal import Journal
from deskapp.register.queries import CaseRow
from deskapp.register.similar import SEVERAL
from deskapp.register.tokens import fold_text, pairs
from deskapp.typed import Typed

SAME = 0.8  # of the pairs of characters
PERSONAL = re.compile(r"(?<![0-9])([0-9]{17}[0-9Xx]|1[3-9][0-9]{9})(?![0-9])")  # an identity or a mobile number
LOOKED_AT, BACK = 500, timedelta(days=365)  # cases and days that are looked through for a proposal


class Released(BookRecord):
    """A case's information became an entry of the catalogue under ``key``."""

    key: str


class EntryDraft(BaseModel):
    """The form of an entry as it is typed."""

    model_config = ConfigDict(extra="ignore")

    name: str = ""
    index_no: str = ""
    doc_no: str = ""
    topic: str = ""
    url: str = ""
    shelf: str = ""
    published_on: str = ""


@dataclass(frozen=True)
class Release:
    """A case that was judged fit for publication; ``key`` of its entry once it is in the catalogue."""

    case_id: str
    case_no: str
    content: str
    judged_on: str
    why: str
    key: str

    @property
    def state(self) -> str:
        """How far it is."""
        return "已编进目录" if self.key else "还没有编进目录"


@dataclass(frozen=True)
class Proposal:
    """Several applicants were given the same (条例 44 第一款): whether everybody should have it is to be judged."""

    case_id: str
    content: str
    case_nos: tuple[str, ...]
    applicants: int

    @property
    def sentence(self) -> str:
        """What the clerk should think of."""
        return f"{self.applicants}名申请人要过：{'、'.join(self.case_nos)}"


def released(key: str) -> bool:
    """Whether something was given out under that category."""
    found = outcome(key)
    return bool(found and found.releases)


class Publication:
    """The moment a release is thought of for everybody. ``publish`` takes an entry into the catalogue."""

    def __init__(self, journal: Journal, clock: Clock, publish: Callable[[Entry], Entry]) -> None:
        self._journal, self._clock, self._publish = journal, clock, publish
        self._done = RecordBook(journal, clock, "released", Released)

    def releases(self) -> list[Release]:
        """What was judged fit, what is not in the catalogue yet first, then the newest."""
        done = self._done.all()
        found = [
            Release(
                case.case_id, case.case_no, case.content, case.publication.on.isoformat(), case.publication.why,
                done[case.case_id].key if case.case_id in done else "",
            )
            for case in self._judged()
            if case.publication and case.publication.fit and released(case.category) and not case.void
        ]  # fmt: skip
        return sorted(sorted(found, key=lambda r: r.judged_on, reverse=True), key=lambda r: bool(r.key))

    def _judged(self) -> Iterator[Case]:
        return (self._journal.case(case_id) for case_id in self._journal.queries.ids_judged())

    def proposals(self) -> list[Proposal]:
        """What several applicants were given within a year and nobody has judged yet."""
        judged = set(self._journal.queries.ids_judged())
        given = self._journal.queries.of_categories(
            [item.key for item in categories() if item.releases], self._clock.today() - BACK, LOOKED_AT
        )
        groups: list[tuple[set[str], list[CaseRow]]] = []
        for row in given:
            asked = set(pairs(fold_text(row.content)))
            for first, group in groups:
                if asked and len(asked & first) / min(len(asked), len(first)) >= SAME:
                    group.append(row)
                    break
            else:
                groups.append((asked, [row])) if asked else None
        return [
            Proposal(group[0].case_id, group[0].content, tuple(r.case_no for r in group), applicants)
            for _, group in groups
            if (applicants := len({r.applicant for r in group})) >= SEVERAL
            and not any(r.case_id in judged for r in group)
        ]

    def draft_of(self, case_id: str) -> EntryDraft:
        """The entry as it begins: empty, since what an applicant wrote is not meant for everybody."""
        self._journal.case(case_id)
        return EntryDraft()

    def enter(self, case_id: str, draft: EntryDraft) -> Entry:
        """Make the entry of a case. Raises DeskError when a field cannot be, or the applicant is named."""
        case, today = self._journal.case(case_id), self._clock.today()
        typed = Typed(draft, today)
        if not (released(case.category) and case.publication and case.publication.fit):
            raise DeskError(
                f"{case.case_no}还没有判断为宜公开，或者答复的不是公开。",
                "没有审查过的，不能给所有人看（条例第十七条、第四十四条）。",
                "先在【记事】里记下判断和理由。",
            )
        texts = {"name": typed.needed("name", "名称", "请写给所有人看的名称。")}
        texts |= {name: typed.text(name) for name in ("index_no", "doc_no", "topic", "url", "shelf")}
        for name, text in texts.items():
            if case.applicant in text or PERSONAL.search(text):
                what, meaning = (
                    "里面有申请人的姓名，或者像证件号码、手机号码的数字。",
                    "目录是给所有人看的，没有记下。",
                )
                raise typed.refuse(what, "请去掉。", name, meaning)
        if texts["url"] and not texts["url"].startswith(("http://", "https://")):
            raise typed.refuse("网址要以 http:// 或者 https:// 开头。", "", "url")
        if not texts["url"] and not texts["shelf"]:
            raise typed.refuse("没有写在哪里能看到。", "请写网址，或者放在查阅点哪里。", "url")
        on = typed.day_if_any("published_on", "公开日期") or today
        issuer = self._journal.unit(today).name
        entry = Entry(**texts, issuer=issuer, published_on=on.isoformat(), validity="有效", origin=case.case_no)
        made = self._publish(entry)
        self._done.put(Released(on=today.isoformat(), key=made.key), case_id)
        return made
