"""Whole acts of the desk, on copies of one prepared folder: what is made ready before the disk fails, and what is done then."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.office import locking
from deskapp.desk.office.restoring import restore_backup
from deskapp.errors import DeskError
from deskapp.files import gone
from deskapp.paths import LETTERS
from deskapp.printing.file import NoPrinterPort
from deskapp.printing.port import PrintResult
from deskapp.register.driver import IN_THE_CLEAR
from deskapp.register.keyring import Keyring
from deskapp.register.opening import LOCKED
from tests.conftest import DATA, DAY, GRANTED, give_opinions, issue, make_desk, profile, register

CLOCK = FixedClock(DAY)
PASSWORD, PERSON = "密码密码密码密码", "张三"
LINES = 40


class Printing(NoPrinterPort):
    """A printer that takes everything."""

    def send(self, pdf: bytes, title: str, printer: str) -> PrintResult:
        return PrintResult("printed", "1", "打印好了。")


@dataclass(frozen=True)
class Act:
    """``ready`` makes what the act needs, ``do`` is the act. ``home`` is the data directory that is looked at afterwards, ``made`` the file
    that it makes outside of the register, below the folder."""

    name: str
    ready: Callable[[Path], Any]
    do: Callable[[Any], object]
    home: str = "home"
    made: str = ""


def prepare(folder: Path) -> None:
    """A desk, an encrypted one, one of the first version, two backups, a ledger and a catalogue with full texts."""
    desk = make_desk(folder / "home", CLOCK)
    issue(desk, register(desk).case_id, "granted", GRANTED)
    desk.upkeep.backup(folder / "kept.db")
    desk.upkeep.backup(folder / "kept.age", PASSWORD)
    desk.upkeep.daily_backup()
    desk.close()
    shutil.copytree(folder / "home", folder / "locked")
    locking.encrypt(folder / "locked", CLOCK, PERSON, PASSWORD)
    with _desk(folder, "locked") as desk:
        desk.upkeep.backup(folder / "kept.zip")
    (folder / "old").mkdir()
    shutil.copyfile(DATA / "registers/0001.db", folder / "old/register.db")
    (folder / "out").mkdir()
    head, rows = "登记号,收到日期,收到方式,申请人,申请人类别,申请内容", range(LINES)
    ledger = "\n".join([head, *(f"L-{n},2026-03-0{1 + n % 9},当面,李四{n},自然人,内容{n}" for n in rows)])
    (folder / "ledger.csv").write_text(ledger, encoding="utf-8-sig")
    (folder / "a.txt").write_text("全文" * 300, encoding="utf-8")
    names = "\n".join(
        [
            "名称,文号,馆藏位置,全文文件",
            "名称甲,〔2026〕1号,一柜,a.txt",
            *(f"名称{n},〔2025〕{n}号,柜," for n in rows),
        ]
    )
    (folder / "cat.csv").write_text(names, encoding="utf-8-sig")
    _prepare_full(folder)


def _prepare_full(folder: Path) -> None:
    """A desk with a catalogue, a full text and papers, and two backups of it with all that goes along."""
    shutil.copytree(folder / "home", folder / "full")
    (folder / "full" / LETTERS).mkdir(exist_ok=True)
    (folder / "full" / LETTERS / "扫描.jpg").write_bytes(b"paper" * 1000)
    (folder / "alone").mkdir()
    with _desk(folder, "full") as desk:
        desk.catalogue.take(folder / "cat.csv")
        desk.upkeep.backup(folder / "alone/all.db")
        desk.upkeep.backup(folder / "alone/all.age", PASSWORD)
    gone(folder / "full/backups" / f"{DAY}.db")


def _desk(folder: Path, home: str = "home") -> Desk:
    ring = Keyring(folder / home)
    key = ring.open(PASSWORD) if ring.names() else IN_THE_CLEAR
    return Desk.open(folder / home, CLOCK, Printing(), key)


def _opened(home: str = "home") -> Callable[[Path], tuple[Desk, Path]]:
    def ready(folder: Path) -> tuple[Desk, Path]:
        desk = _desk(folder, home)
        desk.intake, desk.upkeep, desk.ledgers, desk.drafts  # noqa: B018  # a moment is made, and its module read, when it is asked for
        desk.reporting.report(2026)
        return desk, folder

    return ready


def _case(home: str = "home") -> Callable[[Path], tuple[Desk, str]]:
    def ready(folder: Path) -> tuple[Desk, str]:
        desk = _desk(folder, home)
        case = register(desk)
        give_opinions(desk, case.case_id, "granted")
        desk.reply.draft(case.case_id, "granted")
        return desk, case.case_id

    return ready


def _letter(folder: Path) -> tuple[Desk, str]:
    desk = _desk(folder)
    letter = str(desk._store.value("SELECT id FROM letters"))
    desk.paper.letter(letter)
    return desk, letter


def _open_work_close(folder: Path) -> None:
    desk = _desk(folder)
    register(desk)
    desk.close()


def _new(folder: Path) -> None:
    desk = Desk.create(folder / "fresh", profile(), CLOCK, NoPrinterPort())  # the making itself, call by call
    desk.close()


def _encrypt(folder: Path) -> None:
    """As somebody does it who was told to do it once more."""
    home = folder / "home"
    try:
        locking.encrypt(home, CLOCK, PERSON, PASSWORD)
    except DeskError as error:
        if error.code != LOCKED:
            raise
        locking.encrypt_the_rest(home, CLOCK, Keyring(home).open(PASSWORD))


def _as_it_is(folder: Path) -> Path:
    return folder


ACTS = (
    Act("register", _opened(), lambda s: register(s[0])),
    Act("register, encrypted", _opened("locked"), lambda s: register(s[0]), "locked"),
    Act("open, register, close", _as_it_is, _open_work_close),
    Act("draft", _opened(), lambda s: s[0].drafts.keep("note:x", {"act": "corrected", "content": "y"})),
    Act("issue", _case(), lambda s: s[0].reply.issue(s[1], "granted", GRANTED)),
    Act("issue, encrypted", _case("locked"), lambda s: s[0].reply.issue(s[1], "granted", GRANTED), "locked"),
    Act("print", _letter, lambda s: s[0].paper.print(s[1], "P")),
    Act("save as PDF", _letter, lambda s: s[0].paper.save_pdf(s[1])),
    Act("import a ledger", _opened(), lambda s: s[0].ledgers.take(s[1] / "ledger.csv")),
    Act("export xlsx", _opened(), lambda s: s[0].ledgers.give(s[1] / "out/l.xlsx"), made="out/l.xlsx"),
    Act("export csv", _opened(), lambda s: s[0].ledgers.give(s[1] / "out/l.csv"), made="out/l.csv"),
    Act("report", _opened(), lambda s: s[0].reporting.save_report(2026, s[1] / "out/r.pdf"), made="out/r.pdf"),
    Act("backup", _opened(), lambda s: s[0].upkeep.backup(s[1] / "out/b.db"), made="out/b.db"),
    Act("backup, password", _opened(), lambda s: s[0].upkeep.backup(s[1] / "out/b.age", PASSWORD), made="out/b.age"),
    Act(
        "backup, encrypted",
        _opened("locked"),
        lambda s: s[0].upkeep.backup(s[1] / "out/b.zip"),
        "locked",
        "out/b.zip",
    ),
    Act("restore", _as_it_is, lambda s: restore_backup(s / "kept.db", s / "new", CLOCK), "new"),
    Act("restore, password", _as_it_is, lambda s: restore_backup(s / "kept.age", s / "new", CLOCK, PASSWORD), "new"),
    Act("restore, encrypted", _as_it_is, lambda s: restore_backup(s / "kept.zip", s / "new", CLOCK, PASSWORD), "new"),
    Act("backup of all", _opened("full"), lambda s: s[0].upkeep.backup(s[1] / "out/b.db"), "full", "out/b.db"),
    Act(
        "backup of all, password",
        _opened("full"),
        lambda s: s[0].upkeep.backup(s[1] / "out/b.age", PASSWORD),
        "full",
        "out/b.age",
    ),
    Act(
        "daily backup",
        _opened("full"),
        lambda s: s[0].upkeep.daily_backup(),
        "full",
        f"full/backups/{DAY}.db",
    ),
    Act("restore of all", _as_it_is, lambda s: restore_backup(s / "alone/all.db", s / "new", CLOCK), "new"),
    Act(
        "restore of all, password",
        _as_it_is,
        lambda s: restore_backup(s / "alone/all.age", s / "new", CLOCK, PASSWORD),
        "new",
    ),
    Act("upgrade", _as_it_is, lambda s: _desk(s, "old").close(), "old"),
    Act("set up", _as_it_is, _new, "fresh"),
    Act("import a catalogue", _opened(), lambda s: s[0].catalogue.take(s[1] / "cat.csv")),
    Act("encrypt", _as_it_is, _encrypt),
    Act(
        "lay open",
        _as_it_is,
        lambda s: locking.decrypt(s / "locked", CLOCK, Keyring(s / "locked").open(PASSWORD)),
        "locked",
    ),
)
