"""Every act that writes a file, with a disk that refuses at the k-th call, once or from then on: a sentence, nothing half, nothing that
blocks the next try, and what was there before is whole. ``make faults`` tries every call."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.office.carrying import Carrier
from deskapp.desk.office.restoring import restore_backup
from deskapp.errors import DeskError
from deskapp.files import is_begun
from deskapp.register import cipher
from letters.errors import PressError
from tests.conftest import DAY, issue_granted, make_desk, register
from tests.faults import quick

CALLS = ("open", "fsync", "replace", "unlink", "mkdir", "chmod", "rmdir")
EVERY = int(os.environ.get("FAULTS_EVERY", "8"))
PASSWORD = "密码密码密码密码"
REFUSED = (DeskError, PressError)


class Disk:
    """The calls to the file system that Python's own code makes; the k-th fails, or all from the k-th on."""

    def __init__(self, below: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._below, self._patch = str(below), monkeypatch
        self.calls, self.at, self.sticky, self.number = 0, 0, False, errno.EIO

    @contextmanager
    def failing(self, at: int, sticky: bool, number: int) -> Iterator[None]:
        self.calls, self.at, self.sticky, self.number = 0, at, sticky, number
        with self._patch.context() as patch:
            for name in CALLS:
                patch.setattr(os, name, self._watched(getattr(os, name)))
            yield

    def _watched(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            descriptor = isinstance(args[0], int)
            if descriptor or str(args[0]).startswith(self._below):
                self.calls += 1
                if self.at and (self.calls == self.at or (self.sticky and self.calls > self.at)):
                    raise OSError(self.number, os.strerror(self.number))
            return real(*args, **options)

        return call


def backup(desk: Desk, out: Path) -> Path:
    return desk.upkeep.backup(out / "a.db")[0]


def locked(desk: Desk, out: Path) -> Path:
    return desk.upkeep.backup(out / "a.age", PASSWORD)[0]


def ledger(desk: Desk, out: Path) -> Path:
    desk.ledgers.give(out / "l.xlsx")
    return out / "l.xlsx"


def plain_ledger(desk: Desk, out: Path) -> Path:
    desk.ledgers.give(out / "l.csv")
    return out / "l.csv"


def report(desk: Desk, out: Path) -> Path:
    desk.reporting.save_report(2026, out / "r.pdf")
    return out / "r.pdf"


def letter(desk: Desk, out: Path) -> Path:
    return desk.paper.save_pdf(str(desk._store.value("SELECT id FROM letters")))


def catalogue(desk: Desk, out: Path) -> Path:
    """The catalogue with all else that goes along."""
    carried = Carrier(desk.home, desk.key).into(out / "a.db", "plain", "", shared=True)
    if carried.wrong:
        raise DeskError(carried.wrong, "", "")
    assert carried.made
    return carried.made


def restore(desk: Desk, out: Path) -> Path:
    restore_backup(desk.home.parent / "kept.db", out / "new", FixedClock(DAY))
    return out / "new/register.db"


def restore_locked(desk: Desk, out: Path) -> Path:
    restore_backup(desk.home.parent / "kept.age", out / "new", FixedClock(DAY), PASSWORD)
    return out / "new/register.db"


ACTS = (backup, locked, ledger, plain_ledger, report, letter, catalogue, restore, restore_locked)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with a letter, two backups and a catalogue."""
    folder = tmp_path_factory.mktemp("template")
    desk = make_desk(folder / "home", FixedClock(DAY))
    register(desk)
    issue_granted(desk)
    desk.upkeep.backup(folder / "kept.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cipher, "_library", quick.library)
        desk.upkeep.backup(folder / "kept.age", PASSWORD)
    (folder / "cat.csv").write_text("名称,文号,馆藏位置\n名称甲,〔2026〕1号,一柜\n", encoding="utf-8-sig")
    desk.catalogue.take(folder / "cat.csv")
    desk.close()
    return folder


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
@pytest.mark.each(3)
def test_a_disk_that_refuses_any_call(
    template: Path,
    tmp_path: Path,
    act: Callable[[Desk, Path], Path],
    monkeypatch: pytest.MonkeyPatch,
    quick_passwords: None,
) -> None:
    disk, run, n = Disk(tmp_path, monkeypatch), tmp_path / "run", 0

    def begin() -> tuple[Desk, Path]:
        shutil.rmtree(run, ignore_errors=True)
        shutil.copytree(template, run)
        (run / "out").mkdir()
        desk = Desk.open(run / "home", FixedClock(DAY))
        desk.reporting.report(2026)
        return desk, run / "out"

    desk, out = begin()
    with disk.failing(0, False, 0):
        whole = act(desk, out)
    content, calls = whole.read_bytes(), disk.calls
    desk.close()
    assert calls > 3
    for sticky in (False, True):
        for at in range(1, calls + 1, EVERY):
            for number in (errno.EIO, errno.ENOSPC):
                n += 1
                desk, out = begin()
                before = act(desk, out).read_bytes() if act is letter else b""  # it is written over another time
                with disk.failing(at, sticky, number):
                    try:
                        made = act(desk, out)
                    except REFUSED:
                        made = None
                left = [path for path in run.rglob("*") if is_begun(path)]
                assert sticky or not left, f"{at} {number}: {left}"
                if act is letter:
                    assert act(desk, out).read_bytes() == before == content
                elif made is None:
                    assert sticky or not whole.exists(), f"{at} {number}: a file is left after a refusal"
                    if whole.exists():  # nothing could be taken away any more: it is whole at least
                        assert whole.stat().st_size == len(content)
                        whole.unlink()
                    assert act(desk, out).exists(), f"{at} {sticky} {number}: not done again"
                desk.close()
    assert n >= 1
