"""法律数据: which law the desk counts with, what another would change, how it is taken and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from deskapp.clock import Clock
from deskapp.desk.office.finding import DoctorFinding
from deskapp.errors import DeskError
from deskapp.law.dated import SHIPPED, LawTexts, law_in_use, trying_law
from deskapp.law.deadline import evaluate
from deskapp.law.errors import LawError
from deskapp.law.packs import FILES, LawPack, changes, check_pack, read_pack, shipped_version
from deskapp.register.journal import Journal
from deskapp.register.law_kept import LAW, TAKEN_BACK, kept_texts, newest_whole, put_in_force
from deskapp.register.projection import rebuild

NOT_TAKEN = "没有收，还按现在的法律数据计算。"
SHOWN = 12  # changes that a sentence names
IN_THE_LISTS = ("categories.toml", "annual_report.toml")  # what the lists keep of a case is made with these


@dataclass(frozen=True)
class NotInForce:
    """A kept pack that is not counted with: why, and whether this program cannot read it."""

    said: str
    unreadable: bool = False


@dataclass(frozen=True)
class LawState:
    """The law data in force: version, title, whether they came from the county, which files; ``waiting`` are others that are kept and not
    counted with, each with the reason."""

    version: date
    title: str
    from_set: bool
    files: tuple[str, ...]
    waiting: tuple[NotInForce, ...]

    @property
    def sentence(self) -> str:
        """All of it in words."""
        about = "、".join(FILES[file][0] for file in self.files)
        where = f"县里下发的【{self.title}】，换了{about}" if self.from_set else "随程序的"
        return f"现在用的法律数据：{self.version}版，{where}。{''.join(found.said for found in self.waiting)}"

    def as_contract(self) -> dict[str, Any]:
        """The document of ``deskapp law --json``."""
        return {
            "version": str(self.version), "title": self.title, "from_set": self.from_set, "files": list(self.files),
            "waiting": [found.said for found in self.waiting],
        }  # fmt: skip


@dataclass(frozen=True)
class LawPlan:
    """A pack that was looked at: what it would change, how many open cases get another last day, whether it is in force already."""

    pack: LawPack
    lines: tuple[str, ...]
    moves: int
    again: bool

    @property
    def sentence(self) -> str:
        """All of it in words."""
        head = f"{self.pack.version}版【{self.pack.title}】"
        if self.again:
            return f"{head}，和现在用的一样"
        more = f"；等{len(self.lines)}处" if len(self.lines) > SHOWN else ""
        said = "；".join(self.lines[:SHOWN]) + more if self.lines else "没有改什么"
        return f"{head}：{said}。{self.moves}件没有办结的申请最后一日会变"


class LawData:
    """The moment the law changes."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock

    def state(self) -> LawState:
        """What is in force, what is kept besides."""
        return law_state(self._journal)

    def read(self, content: bytes) -> LawPlan:
        """What taking a pack would do; nothing is kept. Raises DeskError for one that is broken or older than what is in force."""
        try:
            pack = read_pack(content)
            check_pack(pack)
        except LawError as error:
            raise DeskError(str(error), NOT_TAKEN, "请县里改好再发；程序旧的请更新。", code="law_fault") from error
        state, again = self.state(), dict(law_in_use().files) == pack.files
        if state.version == pack.version and again:
            return LawPlan(pack, (), 0, True)
        if pack.version <= state.version:
            raise DeskError(
                f"这份法律数据是{pack.version}版，现在用的是{state.version}版，不比它新。",
                NOT_TAKEN,
                "请县里用更晚的版本再发。",
                code="law_older",
            )
        return LawPlan(pack, tuple(changes(pack, law_in_use())), self._moves(pack.texts), False)

    def take(self, plan: LawPlan) -> None:
        """Keep a pack; :meth:`put_in_force` counts with it. Inside the transaction of the caller."""
        if plan.again:
            return
        self._journal.records.save_record(LAW, str(plan.pack.version), plan.pack.model_dump_json())
        self._lists_anew(plan.pack, plan.pack.texts)

    def put_in_force(self) -> None:
        """Count with what is kept now."""
        put_in_force(self._journal.store)

    def back(self) -> LawState:
        """Take the pack in force back; what is in force then: the one before it, or what came with the program. Raises DeskError where
        nothing of the county is in force."""
        pack = newest_whole(kept_texts(self._journal.store))
        if pack is None:
            raise DeskError("现在用的法律数据就是随程序的。", "没有改。", "")
        with self._journal.write():
            self._journal.records.save_record(LAW, str(pack.version), TAKEN_BACK)
            before = newest_whole(kept_texts(self._journal.store))
            self._lists_anew(pack, before.texts if before else SHIPPED)
        self.put_in_force()
        return self.state()

    def _lists_anew(self, pack: LawPack, texts: LawTexts) -> None:
        """Write the lists anew where a pack touches what they are made with."""
        if set(pack.files) & set(IN_THE_LISTS):
            with trying_law(texts):
                rebuild(self._journal.store)

    def _moves(self, texts: LawTexts) -> int:
        """How many open cases get another last day."""
        before = self._last_days()
        with trying_law(texts):
            after = self._last_days()
        return sum(before[case] != after[case] for case in before)

    def _last_days(self) -> dict[str, tuple[date | None, date | None]]:
        today = self._clock.today()
        first_day, calendar = self._journal.unit(today).first_day, self._journal.calendar()
        found = {}
        for case in self._journal.queries.not_answered():
            deadline = evaluate(case.clock_events, today, calendar, first_day)
            found[case.case_id] = (deadline.due_on, deadline.wait_until)
        return found


def law_state(journal: Journal) -> LawState:
    """What is in force for a register, what is kept besides."""
    texts, ours = kept_texts(journal.store), shipped_version()
    pack = newest_whole(texts)
    waiting = tuple(found for text in texts if (found := _waits(text, ours)))
    if pack is None:
        return LawState(ours, "随程序", False, (), waiting)
    return LawState(pack.version, pack.title, True, tuple(pack.files), waiting)


def _waits(text: str, ours: date) -> NotInForce | None:
    """Why a kept pack is not counted with; None for the one that is, and for those that a newer one of the county took the place of."""
    try:
        pack = read_pack(text)
        if pack.version <= ours:
            return NotInForce(f"县里下发的{pack.version}版不用了：程序自带的更新。")
        check_pack(pack)
    except LawError as error:
        return NotInForce(f"县里下发的一份用不上：{error}", unreadable=True)
    return None


def law_findings(journal: Journal) -> Iterator[DoctorFinding]:
    """What the doctor says of the law data."""
    state = law_state(journal)
    yield DoctorFinding("law", state.sentence, "", fault=False)
    if any(found.unreadable for found in state.waiting):
        yield DoctorFinding("law", "县里下发的法律数据有一份这个程序读不懂。", "请更新程序，或者请县里重新发。")
