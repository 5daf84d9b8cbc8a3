"""Upkeep: the unit's particulars, the doctor, backup and restore."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol

from deskapp.catalogue.keeping import KIND, CatalogueState
from deskapp.clock import Clock
from deskapp.desk.office.carrying import NOTHING, Carried, Carrier, rotate_catalogues
from deskapp.desk.office.exposure import exposure
from deskapp.desk.office.filed import paper_findings
from deskapp.desk.office.finding import REPAIR, DoctorFinding
from deskapp.desk.office.law_data import law_findings
from deskapp.desk.office.leftovers import clear_leftovers, leftover_findings
from deskapp.desk.office.locking import Locking
from deskapp.desk.office.published import catalogue_findings
from deskapp.errors import DeskError
from deskapp.papers.keeping import Shelf
from deskapp.printing.port import PrinterPort
from deskapp.register import backup
from deskapp.register.backup import Counts
from deskapp.register.backups_noted import REMINDER_DAYS, last_outside, places_elsewhere
from deskapp.register.heads import Heads, last_entry, sign
from deskapp.register.integrity import Damage, verify
from deskapp.register.journal import CLOCK_BACK, Journal
from deskapp.register.made_by import stretches
from deskapp.register.meta import PRACTICE
from deskapp.register.on_file import files_on_file
from deskapp.register.opening import open_store
from deskapp.register.projection import rebuild
from deskapp.typed import Typed
from deskapp.unit import UnitProfile
from deskapp.volumes import close_to_others

ACCEPT = "在【检查】里按 F6 记下（或者运行 deskapp check --accept）。"
DOUBT_TODO = {
    "rolled_back": f"先不要登记和发文：找回新的那一份，或者核对纸面上已经发出的号。确实是恢复的备份，核对以后{ACCEPT}",
    "other": f"停止使用，报告负责人，和备份、纸面上的校验核对。核对清楚以后{ACCEPT}",
    "records": f"请和纸面、备份核对收件、日志和问卷，报告负责人。核对以后{ACCEPT}",
    "settings": f"请核对单位资料、放假安排和本机设置，报告负责人。核对以后{ACCEPT}",
}
IN_BACKUP = ("journal", "tail", "letter", "letter_missing")  # damage that a backup may make good
DAMAGE_NAMES = {
    "sqlite": ("数据库文件有损坏", "请停止使用，用最近的备份恢复。"),
    "journal": ("登记记录被改动或者损坏", "请停止使用，用最近的备份恢复，并报告负责人。"),
    "letter": ("已发出的文书内容损坏", "请用备份找回这一份，不要使用现在的。"),
    "tail": ("登记记录的末尾被截去", "请停止使用，用最近的备份恢复，并报告负责人。"),
    "letter_missing": ("已发出的文书不见了", "请用备份找回。"),
    "orphan": ("有一份文书没有登记记录", "请用备份核对，并报告负责人。"),
    "kept": ("登记簿里的资料被改动或者损坏", "请用最近的备份核对；单位资料可以在【单位】里重新填写。"),
    "projection": ("列表与登记记录不一致", REPAIR),
    "index": ("查询索引损坏", REPAIR),
    "counter": ("编号的计数低于已经用过的号", "请停止使用，用最近的备份恢复。"),
    "gap": ("编号有空缺，没有登记，也没有作废记录", "可能有记录被删去，请用备份核对，并报告负责人。"),
    "ledger_gap": ("导入的台账里没有这些号", "不影响使用；号在别的登记簿里就不用管。"),
    "double": ("一个文号用在两件上", "并案答复的不用管；不是的，请核对台账或者更正。"),
    "shape": ("登记簿的表、索引或者防改装置不对", "缺少的，运行 deskapp check --repair 补上；多出的，请报告负责人。"),
    "erased": ("有内容被清空，没有对应的删除记录", "请停止使用，用最近的备份核对，并报告负责人。"),
    "clock": ("电脑时钟曾经倒退", "请核对这一条前后各件的日期，并校正电脑的时间。"),
}


class BackedUp(NamedTuple):
    """A backup: where it lies, what it holds, what went along."""

    path: Path
    counts: Counts
    carried: Carried

    @property
    def sentence(self) -> str:
        """All of it in words."""
        of = self.counts
        said = f"已备份到 {self.path}，重新打开核对过：申请{of.cases}件，记录{of.events}条，文书{of.letters}份，校验 {of.head}。"
        return said + self.carried.sentence


class Library(Protocol):
    """What the doctor asks of the catalogue."""

    def state(self) -> CatalogueState:
        """How it lies there. Raises DeskError when it cannot be read."""


class PressNotes(Protocol):
    """What the doctor asks of the press: the fonts in use, those it passed over, faults of the office's templates."""

    def font_notes(self) -> list[str]:
        """Which font file prints which part of a letter."""

    def font_faults(self) -> list[str]:
        """The font files that could not be used, and the faces of the standard that are wanting."""

    def template_faults(self) -> list[str]:
        """What is wrong with the office's own templates."""

    def outdated_templates(self) -> list[str]:
        """Which of them rest on an older text of ours."""

    def has_kind(self, kind: str) -> bool:
        """Whether there is a letter of that kind."""


class Upkeep:
    """The moment the house is kept in order."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        home: Path,
        printer: PrinterPort,
        press: Callable[[], PressNotes],
        library: Callable[[], Library],
        heads: Heads,
        locking: Locking,
    ) -> None:
        self._heads, self._locking = heads, locking
        self._journal, self._clock, self._home = journal, clock, home
        self._printer, self._press, self._library = printer, press, library

    def save_unit(self, profile: UnitProfile, valid_from: date | None = None) -> None:
        """Keep a new version of the unit's particulars, from today on unless a day is given."""
        self._journal.records.save_unit(profile, valid_from or self._clock.today())

    def first_day_of(self, typed: str) -> date:
        """From when a version of the particulars holds, as it was typed; today for nothing. Raises DeskError for what is no
        day."""
        today = self._clock.today()
        return Typed({"valid_from": typed}, today).day_if_any("valid_from", "从哪天起用", "near") or today

    def unit_versions(self) -> list[str]:
        """The versions of the particulars, one line each, newest first."""
        days = self._journal.queries.unit_days()
        return [f"现在用的从{days[0]}起", *(f"以前的从{day}起" for day in days[1:4])]

    def mark_practice(self) -> None:
        """Make this a practice desk for good: 练习 stands on every screen and page."""
        self._journal.records.set_note(PRACTICE, "1")

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """Make everything inside one transaction: all of it or nothing."""
        with self._journal.write():
            yield

    def check(self) -> list[DoctorFinding]:
        """The doctor: integrity, calendar, unit, fonts, printers, last backup. Faults first."""
        notes = [
            *self._damage(),
            *self._seen_before(),
            *self._clock_now(),
            *self._calendar(),
            *law_findings(self._journal),
            *self._unit(),
            *self._fonts_in_use(),
            *self._printers(),
        ]
        notes += [
            *self._catalogue(),
            *self._backup(),
            *self._papers(),
            *exposure(self._home, self._locking, self._practice()),
            *self._leftovers(),
        ]
        return sorted(notes, key=lambda note: not note.fault)

    def repair(self) -> int:
        """Rebuild the lists from the journal, close the data folder to other users, and take away what was left half-written; the number
        of cases. The journal itself is never touched."""
        with suppress(OSError):  # what belongs to another user stays as it is, and the doctor goes on naming it
            close_to_others(self._home)
        clear_leftovers(self._home, self._elsewhere())
        return rebuild(self._journal.store)

    def _damage(self) -> Iterator[DoctorFinding]:
        for damage in verify(self._journal):
            message, todo = DAMAGE_NAMES[damage.code]
            where = "" if damage.code == "sqlite" else f"：{damage.where}"
            yield DoctorFinding(damage.code, f"{message}{where}。", self._whole_in(damage) or todo, damage.fault)

    def _seen_before(self) -> Iterator[DoctorFinding]:
        """What was seen outside of the register and is not in it, and the signs of where it stands now."""
        for doubt in self._heads.doubts():
            yield DoctorFinding(doubt.code, doubt.sentence, DOUBT_TODO[doubt.code])
        with suppress(DeskError):  # a register that cannot be read has been named already
            head = self._heads.now()
            if head is None:
                return
            message = f"登记簿现在到第{head.seq}条，校验 {sign(self._journal.store)}。"
            yield DoctorFinding(
                "head", message, "回执、移交清单和备份时写的校验，应当都能在登记簿里找到。", fault=False
            )

    def _clock_now(self) -> Iterator[DoctorFinding]:
        """Why nothing is noted under the clock as it stands."""
        with suppress(DeskError):  # a register that cannot be read has been named already
            if refused := self._journal.clock_refused():
                yield DoctorFinding(refused.code, refused.what, refused.todo)

    def to_accept(self) -> list[str]:
        """What somebody may find in order after he has looked at it, a sentence each: what was seen before and is not here, a clock that stands
        years before the register."""
        refused = self._journal.clock_refused()
        clock = [refused.what] if refused and refused.code == CLOCK_BACK else []
        return [*(doubt.sentence for doubt in self._heads.doubts()), *clock]

    def against(self, text: str) -> list[DoctorFinding]:
        """Whether the register holds what signs on paper say. Raises DeskError for a text without signs."""
        found = self._heads.against(text)
        if not found:
            raise DeskError("没有认出校验。", "没有核对。", "请照纸上抄，例如 192-1a2b3c4d。")
        return [
            DoctorFinding("against", f"校验 {signs}：登记簿里有这一条。", "", fault=False)
            if there
            else DoctorFinding("against", f"校验 {signs}：登记簿里没有这一条，或者内容不同。", DOUBT_TODO["other"])
            for signs, there in found
        ]

    def seal(self) -> tuple[int, str]:
        """Where the journal stands: place and hash of its last entry; 0 and nothing without entries."""
        return last_entry(self._journal.store)

    def made_by(self) -> str:
        """Which version of the program made the entries from which on, in words; empty without entries."""
        return "，".join(f"第{each.first}条起由 {each.told} 记下" for each in stretches(self._journal.store))

    def accept_heads(self) -> None:
        """Write down that somebody has looked at what was seen before and is not here, and at the clock, and found it in order."""
        self._heads.accept()
        self._journal.trust_clock()

    def _whole_in(self, damage: Damage) -> str:
        """Which backup holds what is damaged, and what to do with it."""
        path = backup.whole_in(self._journal.store, damage) if damage.code in IN_BACKUP else None
        return (
            f"这一处在备份 {path} 里是完好的：停止使用，用【恢复备份】（或者 deskapp restore）恢复，并报告负责人。"
            if path
            else ""
        )

    def _calendar(self) -> Iterator[DoctorFinding]:
        today = self._clock.today()
        for year in (today.year, today.year + 1):
            if year not in self._journal.calendar().years:
                fault = year == today.year or today.month == 12
                message = f"没有{year}年的放假安排，跨到这一年的日期都是暂定的。"
                yield DoctorFinding(
                    "calendar", message, "国务院办公厅公布后，请在【放假安排】里导入，或者更新程序。", fault
                )

    def _unit(self) -> Iterator[DoctorFinding]:
        try:
            unit = self._journal.unit(self._clock.today())
        except DeskError as error:
            yield DoctorFinding("unit", str(error), "请在【单位】里填写。")
            return
        for note in unit.notes:
            yield DoctorFinding("unit_remedies", note, "请在【单位】里核对。", fault=False)
        for kind in unit.sign_off_kinds:
            if not self._press().has_kind(kind):
                what = f"单位资料里要签发的【{kind}】不是文书的种类。"
                yield DoctorFinding("unit_sign_off", what, "请在 UNIT.toml 里改正，用 deskapp letters 看有哪些。")
        if not unit.contact:
            yield DoctorFinding(
                "unit_contact", "单位资料里没有联系人。", "请在【单位】里补上，文书末尾要写。", fault=False
            )

    def _fonts_in_use(self) -> Iterator[DoctorFinding]:
        yield DoctorFinding(
            "fonts", "文书使用的字体：" + "；".join(self._press().font_notes()) + "。", "", fault=False
        )
        for fault in self._press().font_faults():
            todo = "单位有授权的，可以把 .ttf 文件放进数据文件夹的 fonts 文件夹。"
            yield DoctorFinding("fonts", fault, todo, fault=False)
        for fault in self._press().template_faults():
            yield DoctorFinding("templates", fault, "改好以前不能发文书；急用时先把它移出 templates 文件夹。")
        for old in self._press().outdated_templates():
            yield DoctorFinding("templates_old", old, "条文没有变的，照旧保存一次就不再提示。", fault=False)

    def _printers(self) -> Iterator[DoctorFinding]:
        try:
            printers = self._printer.printers()
        except DeskError as error:
            yield DoctorFinding("printers", error.what, error.todo, fault=False)
            return
        if not printers:
            yield DoctorFinding("printers", "没有找到打印机。", "可以先存成PDF。", fault=False)
        for printer in printers:
            if printer.state == "stopped":
                yield DoctorFinding(
                    "printers", f"打印机【{printer.name}】停着{printer.reason}。", "请检查打印机。", fault=False
                )

    def _catalogue(self) -> Iterator[DoctorFinding]:
        try:
            yield from catalogue_findings(self._library().state(), self._journal.records.of_kind(KIND))
        except DeskError as error:
            yield DoctorFinding("catalogue", f"{error.what}{error.meaning}", error.todo)

    def _papers(self) -> Iterator[DoctorFinding]:
        store = self._journal.store
        try:
            yield from paper_findings(Shelf(self._home, store.key), files_on_file(store))
        except DeskError as error:  # a register that cannot be read has been named already
            yield DoctorFinding("papers", f"案卷材料没有核对：{error.what}", error.todo)

    def _backup(self) -> Iterator[DoctorFinding]:
        last = last_outside(self._journal.store)
        if not last:
            yield DoctorFinding(
                "backup",
                "还没有备份到别处。",
                "请插上U盘，在【检查】里按 F7，或者运行 deskapp backup 文件名。",
                fault=False,
            )
        elif (self._clock.today() - last).days > REMINDER_DAYS:
            yield DoctorFinding("backup", f"上次备份是{last}。", "请再备份一次。", fault=False)

    def _leftovers(self) -> Iterator[DoctorFinding]:
        with suppress(DeskError):  # a register that cannot be read has been named already
            yield from leftover_findings(self._home, self._elsewhere())

    def _elsewhere(self) -> list[Path]:
        return [Path(place).parent for place in places_elsewhere(self._journal.store)]

    def _practice(self) -> bool:
        try:
            return self._journal.records.practice
        except DeskError:  # what cannot be read has been named already
            return False

    def backup(self, target: Path, password: str = "") -> BackedUp:
        """Write a backup, open it again, count it; what else belongs to the desk goes along, beside it, or it is said why not. Raises
        DeskError and leaves nothing when the backup itself fails."""
        store = self._journal.store
        with backup.on_a_medium():
            backup.not_beside(store, target)
            file, form = backup.place(store, target, self._clock, password)
            carried = self._carrier.into(file, form, password, shared=target.is_dir())
        return self._with(carried, lambda beside: backup.back_up(store, file, self._clock, password, beside))

    @staticmethod
    def _with(carried: Carried, back_up: Callable[[str], tuple[Path, Counts]]) -> BackedUp:
        """A backup for which something was written already. Where it fails, that is taken away: it may have taken the room that the
        register needs, which is worth more, so that is tried alone."""
        try:
            return BackedUp(*back_up(carried.beside.text), carried)
        except DeskError as error:
            carried.take_away()
            if carried.made is None:
                raise
            alone = Carried(NOTHING, wrong=error.what)
            return BackedUp(*back_up(alone.beside.text), alone)
        except BaseException:
            carried.take_away()
            raise

    @property
    def _carrier(self) -> Carrier:
        store = self._journal.store
        return Carrier(self._home, store.key, files_on_file(store))

    def daily_backup(self) -> Path | None:
        """Today's backup beside the register, made with a connection of its own so that nobody has to wait; None when it
        was there. Raises DeskError."""
        store = open_store(self._journal.store.path, key=self._journal.store.key)
        try:
            target = backup.place_of_today(store, self._clock)
            if target is None:
                return None
            carried = self._carrier.of_today(target)
            self._with(carried, lambda beside: backup.back_up(store, target, self._clock, beside=beside))
            backup.rotate(target.parent)
            rotate_catalogues(target.parent)
        finally:
            store.close()
        return target
