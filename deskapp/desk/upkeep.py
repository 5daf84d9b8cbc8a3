"""Upkeep: the unit's particulars, the doctor, backup and restore."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from deskapp.clock import Clock
from deskapp.errors import DeskError
from deskapp.law.remedies import route_notes
from deskapp.printing import PrinterPort
from deskapp.register.backup import REMINDER_DAYS, Counts, back_up, restore, valid_day
from deskapp.register.journal import Journal
from deskapp.unit import UnitProfile

DAMAGE_NAMES = {
    "sqlite": ("数据库文件有损坏", "请停止使用，用最近的备份恢复。"),
    "journal": ("登记记录被改动或者损坏", "请停止使用，用最近的备份恢复，并报告负责人。"),
    "letter": ("已发出的文书内容损坏", "请用备份找回这一份，不要使用现在的。"),
    "projection": ("列表与登记记录不一致", "运行 deskapp check --repair 重建列表，登记记录不受影响。"),
}


@dataclass(frozen=True)
class Note:
    """One finding of the doctor; a note that is no fault only informs."""

    code: str
    message: str
    what_to_do: str
    fault: bool = True

    def as_contract(self) -> dict[str, object]:
        """The keys of a finding of ``deskapp check --json``."""
        return {"code": self.code, "message": self.message, "what_to_do": self.what_to_do}


class PressNotes(Protocol):
    """What the doctor asks of the press: the fonts in use, those it passed over, faults of the office's templates."""

    def font_notes(self) -> list[str]:
        """Which font file prints which part of a letter."""

    def font_faults(self) -> list[str]:
        """The font files that could not be used, and the faces of the standard that are wanting."""

    def template_faults(self) -> list[str]:
        """What is wrong with the office's own templates."""


class Upkeep:
    """The moment the house is kept in order."""

    def __init__(self, journal: Journal, clock: Clock, home: Path, printer: PrinterPort, press: PressNotes) -> None:
        self._journal, self._clock, self._home = journal, clock, home
        self._printer, self._press = printer, press

    def save_unit(self, profile: UnitProfile, valid_from: date | None = None) -> None:
        """Keep a new version of the unit's particulars, from today on unless a day is given."""
        self._journal.save_unit(profile, valid_from or self._clock.today())

    @property
    def has_unit(self) -> bool:
        """Whether the unit's particulars are there; not so after a set-up that was cut off."""
        return bool(self._journal.store.query("SELECT 1 FROM units LIMIT 1"))

    @property
    def practice(self) -> bool:
        """Whether this is the practice desk."""
        return bool(self._meta("practice"))

    def mark_practice(self) -> None:
        """Make this a practice desk for good: 练习 stands on every screen and page."""
        self._set_meta("practice", "1")

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """Make everything inside one transaction: all of it or nothing."""
        with self._journal.store.write():
            yield

    def _meta(self, key: str) -> str:
        rows = self._journal.store.query("SELECT value FROM meta WHERE key = ?", [key])
        return str(rows[0]["value"]) if rows else ""

    def _set_meta(self, key: str, value: str) -> None:
        with self._journal.store.write() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, value])

    def check(self) -> list[Note]:
        """The doctor: integrity, calendar, unit, fonts, printers, last backup. Faults first."""
        notes = [*self._damage(), *self._calendar(), *self._unit(), *self._fonts_in_use(), *self._printers()]
        notes += self._backup()
        return sorted(notes, key=lambda note: not note.fault)

    def repair(self) -> int:
        """Rebuild the lists from the journal; the number of cases. The journal itself is never touched."""
        return self._journal.rebuild()

    def _damage(self) -> Iterator[Note]:
        for damage in self._journal.verify():
            message, todo = DAMAGE_NAMES[damage.code]
            where = "" if damage.code == "sqlite" else f"：{damage.where}"
            yield Note(damage.code, f"{message}{where}。", todo)

    def _calendar(self) -> Iterator[Note]:
        today = self._clock.today()
        for year in (today.year, today.year + 1):
            if year not in self._journal.calendar().years:
                fault = year == today.year or today.month == 12
                message = f"没有{year}年的放假安排，跨到这一年的日期都是暂定的。"
                yield Note(
                    "calendar", message, "国务院办公厅公布后请导入（deskapp calendar 文件），或者更新程序。", fault
                )

    def _unit(self) -> Iterator[Note]:
        try:
            unit = self._journal.unit(self._clock.today())
        except DeskError as error:
            yield Note("unit", str(error), "请在“单位”里填写。")
            return
        for note in route_notes(unit.bodies):
            yield Note("unit_remedies", note, "请在“单位”里核对。", fault=False)
        if not unit.contact:
            yield Note("unit_contact", "单位资料里没有联系人。", "请在“单位”里补上，文书末尾要写。", fault=False)

    def _fonts_in_use(self) -> Iterator[Note]:
        yield Note("fonts", "文书使用的字体：" + "；".join(self._press.font_notes()) + "。", "", fault=False)
        for fault in self._press.font_faults():
            todo = "单位有授权的，可以把 .ttf 文件放进数据文件夹的 fonts 文件夹。"
            yield Note("fonts", fault, todo, fault=False)
        for fault in self._press.template_faults():
            yield Note("templates", fault, "改好以前不能发文书；急用时先把它移出 templates 文件夹。")

    def _printers(self) -> Iterator[Note]:
        try:
            printers = self._printer.printers()
        except DeskError as error:
            yield Note("printers", error.what, error.todo, fault=False)
            return
        if not printers:
            yield Note("printers", "没有找到打印机。", "可以先存成PDF。", fault=False)
        for printer in printers:
            if printer.state == "stopped":
                yield Note("printers", f"打印机“{printer.name}”停着{printer.reason}。", "请检查打印机。", fault=False)

    def _backup(self) -> Iterator[Note]:
        last = valid_day(self._meta("last_backup"))
        if not last:
            yield Note("backup", "还没有做过备份。", "请运行 deskapp backup 文件名，存到U盘。", fault=False)
        elif (self._clock.today() - last).days > REMINDER_DAYS:
            yield Note("backup", f"上次备份是{last}。", "请再备份一次。", fault=False)

    def backup(self, target: Path) -> Counts:
        """Write a backup, open it again, count it. Raises DeskError and leaves nothing when it fails."""
        counts = back_up(self._journal.store, target, self._clock)
        with suppress(DeskError):  # a register that can only be read is backed up all the same
            self._set_meta("last_backup", self._clock.today().isoformat())
        return counts


def restore_backup(source: Path, home: Path, clock: Clock) -> dict[str, int]:
    """Put a backup into a new directory; what it holds, by kind. Raises DeskError."""
    return asdict(restore(source, home, clock))
