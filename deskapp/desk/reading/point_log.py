"""What was done at the point besides serving people: meetings, own questionnaires, inspections and what was mended, training, publicity.

One kind of record with a ``kind``; which numbers a kind has stands in ``NUMBERS``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict

from deskapp.clock import Clock
from deskapp.desk.reading.record_book import BookRecord, Correctable, RecordBook, reason
from deskapp.law.periods import first_day_of_law
from deskapp.parsing import LONGEST_TEXT
from deskapp.register.records import POINT_LOG
from deskapp.register.register import Register
from deskapp.typed import Since, Typed

INSPECTION, MEETING, SURVEY, TRAINING, PUBLICITY, OPEN_DAY = (
    "inspection", "meeting", "survey", "training", "publicity", "open_day",
)  # fmt: skip
POINT_KINDS = {
    MEETING: "座谈会", SURVEY: "问卷调查", INSPECTION: "监督员检查", TRAINING: "业务培训", PUBLICITY: "宣传活动",
    OPEN_DAY: "政务公开日",
}  # fmt: skip
NUMBERS: dict[str, tuple[tuple[str, str, str], ...]] = {
    MEETING: (("people", "到会", "人"), ("opinions", "意见", "条")),
    SURVEY: (("copies_out", "发出", "份"), ("copies_back", "收回", "份"), ("satisfied", "满意", "份")),
    INSPECTION: (("people", "来了", "人"), ("opinions", "指出", "条")),
    TRAINING: (("people", "参加", "人"),),
    PUBLICITY: (("people", "参加", "人"), ("copies_out", "发出", "份")),
    OPEN_DAY: (("people", "到场", "人"), ("opinions", "意见", "条")),
}
"""Which numbers a kind has: the field, the word before it, the unit behind it."""
NUMBER_NAMES = {
    "people": "人数", "opinions": "几条意见、问题", "copies_out": "发出份数", "copies_back": "收回份数", "satisfied": "满意份数",
}  # fmt: skip
"""What a number is called where it is asked for."""
MOST = 100_000


class PointNote(BookRecord):
    """One thing that was done. ``mend`` is what is to be mended, by whom, until when (ISO), and when it was (ISO)."""

    kind: str
    title: str
    who: str = ""
    role: str = ""
    people: int = 0
    opinions: int = 0
    copies_out: int = 0
    copies_back: int = 0
    satisfied: int = 0
    found: str = ""
    mend: str = ""
    mend_by: str = ""
    mend_until: str = ""
    mended_on: str = ""

    @property
    def open(self) -> bool:
        """Whether something is still to be mended."""
        return bool(self.mend) and not self.mended_on


class PointDraft(BaseModel):
    """The form as it is typed."""

    model_config = ConfigDict(extra="ignore")

    kind: str = MEETING
    on: str = ""
    title: str = ""
    who: str = ""
    role: str = ""
    people: str = ""
    opinions: str = ""
    copies_out: str = ""
    copies_back: str = ""
    satisfied: str = ""
    found: str = ""
    mend: str = ""
    mend_by: str = ""
    mend_until: str = ""
    mended_on: str = ""
    why: str = ""


@dataclass(frozen=True)
class Mend:
    """Something that is still to be mended."""

    key: str
    note: PointNote
    today: date

    @property
    def late(self) -> bool:
        """Whether the day until which it was to be mended has passed."""
        return bool(self.note.mend_until) and self.note.mend_until < self.today.isoformat()

    @property
    def sentence(self) -> str:
        """What, by whom, until when."""
        until = f"，限{self.note.mend_until}" if self.note.mend_until else ""
        late = "，已经过了" if self.late else ""
        return (
            f"{self.note.on}{POINT_KINDS[self.note.kind]}要改的：{self.note.mend}（{self.note.mend_by}{until}{late}）"
        )


class PointLog(Correctable[PointNote]):
    """The moment something was done at the point."""

    def __init__(self, register: Register, clock: Clock) -> None:
        self._clock = clock
        self._book = RecordBook(register, clock, POINT_LOG, PointNote)

    def _told(self, note: PointNote) -> str:
        parts = (POINT_KINDS[note.kind], note.title, self.numbers_of(note), note.who, self.state_of(note))
        return "　".join(part for part in parts if part)

    def enter(self, draft: PointDraft, key: str = "") -> PointNote:
        """Write one down, or put one right. Raises DeskError for what is missing or cannot be."""
        if key:
            self._book.get(key)
        typed = Typed(draft, self._clock.today())
        kind = typed.choice("kind", POINT_KINDS, "请选择是哪一种。")
        on = typed.day("on", "日期", Since(first_day_of_law(), "政府信息公开条例的施行日期"))
        title = typed.needed("title", "内容", "请用一句话写做了什么。")
        lines = {name: typed.text(name, label) for name, label in (("who", "参加的人"), ("role", "身份"))}
        found = typed.text("found", "发现了什么", LONGEST_TEXT)
        numbers = {name: typed.whole(name, NUMBER_NAMES[name], 0, MOST, nothing=0) for name, _, _ in NUMBERS[kind]}
        self._agree(typed, numbers)
        why = reason(draft.why) if key else ""
        note = PointNote(
            kind=kind,
            on=on.isoformat(),
            title=title,
            found=found,
            why=why,
            **lines,
            **numbers,
            **self._mend(typed, on),
        )
        self._book.put(note, key)
        return note

    @staticmethod
    def _agree(typed: Typed, numbers: dict[str, int]) -> None:
        """No more copies come back than went out, no more people satisfied than answered."""
        if numbers.get("copies_back", 0) > numbers.get("copies_out", 0):
            raise typed.refuse("收回的比发出的多。", "请核对份数。", "copies_back")
        if numbers.get("satisfied", 0) > numbers.get("copies_back", numbers.get("satisfied", 0)):
            raise typed.refuse("满意的比收回的多。", "请核对份数。", "satisfied")

    @staticmethod
    def _mend(typed: Typed, on: date) -> dict[str, str]:
        mend, by = typed.text("mend", "要改什么"), typed.text("mend_by", "谁改")
        until, done = typed.day_if_any("mend_until", "限期", "ahead", on), typed.day_if_any("mended_on", "改好的日期")
        if not mend and (by or until or done):
            raise typed.refuse("没有写要改什么。", "请写明要改什么；没有要改的，后面几项都不填。", "mend")
        if mend and not by:
            raise typed.refuse("没有写谁改。", "请写科室或者人名。", "mend_by")
        if until and until < on:
            raise typed.refuse(f"限期{until}早于发现的那天{on}。", "请核对日期。", "mend_until")
        if done:
            typed.checked(done, "mended_on", "改好的日期", Since(on, "发现的那天"))
        days = {name: day.isoformat() for name, day in (("mend_until", until), ("mended_on", done)) if day}
        return {"mend": mend, "mend_by": by, **days}

    def draft_of(self, key: str) -> PointDraft:
        """One as a form, to put it right or to say that it was mended."""
        return self._as_form(self._book.get(key))

    @staticmethod
    def _as_form(note: PointNote) -> PointDraft:
        texts = {name: str(value or "") for name, value in note.model_dump().items() if name not in ("gone", "why")}
        return PointDraft(**texts)

    def mended(self, key: str) -> PointNote:
        """What was to be mended is mended, today. Raises DeskError where nothing is open."""
        draft = self.draft_of(key)
        today = self._clock.today().isoformat()
        return self.enter(draft.model_copy(update={"mended_on": today, "why": "改好了"}), key)

    def year(self, year: int) -> list[PointNote]:
        """What was done in a year, the first first."""
        return sorted(self._book.all(year).values(), key=lambda note: note.on)

    def open_mends(self) -> list[Mend]:
        """What is still to be mended, what is longest overdue first."""
        today = self._clock.today()
        found = [Mend(key, note, today) for key, note in self._book.all().items() if note.open]
        return sorted(found, key=lambda mend: mend.note.mend_until or "9999")

    def as_contract(self, year: int) -> dict[str, object]:
        """The document of ``deskapp pointlog --json``: what was done in a year with the numbers of its kind, what is still to be mended."""
        notes = [
            {
                **note.model_dump(
                    include={
                        "on",
                        "kind",
                        "title",
                        "who",
                        "role",
                        "found",
                        "mend",
                        "mend_by",
                        "mend_until",
                        "mended_on",
                    }
                ),
                "numbers": {name: getattr(note, name) for name, _, _ in NUMBERS[note.kind]},
            }
            for note in self.year(year)
        ]
        mends = [{"on": m.note.on, "mend": m.note.mend, "mend_by": m.note.mend_by, "mend_until": m.note.mend_until, "late": m.late}
                 for m in self.open_mends()]  # fmt: skip
        return {"year": year, "notes": notes, "open": mends, "sentences": list(self.sentences(year))}

    def overdue(self) -> list[str]:
        """What should be mended by now, a sentence each, for the board."""
        return [f"{mend.sentence}。改好了在【工作记事】里记下。" for mend in self.open_mends() if mend.late]

    @staticmethod
    def numbers_of(note: PointNote) -> str:
        """The numbers of one in words."""
        parts = ((label, getattr(note, name), unit) for name, label, unit in NUMBERS[note.kind])
        return "，".join(f"{label}{value}{unit}" for label, value, unit in parts if value)

    @staticmethod
    def state_of(note: PointNote) -> str:
        """How far the mending is."""
        if not note.mend:
            return ""
        if note.mended_on:
            return f"{note.mend}：{note.mended_on}改好"
        return f"{note.mend}：{note.mend_by}在改" + (f"，限{note.mend_until}" if note.mend_until else "")

    def sentences(self, year: int) -> tuple[str, ...]:
        """What the annual report says of it, a sentence for each kind that there was."""
        notes = self.year(year)
        made = (_sentence(kind, [note for note in notes if note.kind == kind]) for kind in POINT_KINDS)
        return tuple(sentence for sentence in made if sentence)


def _sentence(kind: str, notes: Sequence[PointNote]) -> str:
    if not notes:
        return ""
    sums = {name: sum(getattr(note, name) for note in notes) for name, _, _ in NUMBERS[kind]}
    first = (
        f"全年组织{POINT_KINDS[kind]}{len(notes)}次" if kind != INSPECTION else f"全年接受监督员检查{len(notes)}次"
    )
    parts = [
        f"{label}{sums[name]}{'人次' if unit == '人' else unit}" for name, label, unit in NUMBERS[kind] if sums[name]
    ]
    if kind == SURVEY and sums["copies_back"]:
        parts.append(f"满意率{100 * sums['satisfied'] / sums['copies_back']:.2f}%")
    mends = [note for note in notes if note.mend]
    if mends:
        parts.append(f"要改的{len(mends)}件，已改好{sum(not note.open for note in mends)}件")
    return "，".join([first, *parts]) + "。"
