"""Two programs at once: one restore into a folder at a time, and no ledger twice."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from deskapp.claims import CLAIM, claimed
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.office import ledger_in
from deskapp.desk.office.bringing import Bringing
from deskapp.desk.office.restoring import restore_backup
from deskapp.errors import DeskError
from deskapp.exchange.ledger_process import LedgerApart
from deskapp.files import begun_name
from deskapp.paths import LETTERS
from deskapp.register.opening import create_store
from tests.conftest import DAY, register

CLOCK = FixedClock(DAY)
HOLDS = """
import sys, time
from pathlib import Path
from deskapp.claims import claimed
with claimed(Path(sys.argv[1])) as ours:
    print(ours, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def source(desk: Desk, tmp_path: Path) -> Path:
    """A backup with a file beside it."""
    register(desk)
    (desk.home / LETTERS).mkdir(exist_ok=True)
    (desk.home / LETTERS / "回执.pdf").write_bytes(b"%PDF-1.7 words")
    return desk.upkeep.backup(tmp_path / "a.db").path


def _seen(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_of_two_restores_into_one_folder_the_second_is_refused_and_touches_nothing(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, usual, refused = tmp_path / "two", Bringing.bring, []

    def bring(self: Bringing, beside: str, files: Sequence[str]) -> None:
        usual(self, beside, files)
        monkeypatch.setattr(Bringing, "bring", usual)
        before = _seen(home)
        with pytest.raises(DeskError, match="另一个窗口正在往") as caught:
            restore_backup(source, home, CLOCK)
        assert _seen(home) == before
        refused.append(caught.value.meaning)

    monkeypatch.setattr(Bringing, "bring", bring)
    done = restore_backup(source, home, CLOCK)
    assert refused == ["这一次没有恢复，那里的文件没有动。"]
    assert done.restored.cases == 1
    assert (home / LETTERS / "回执.pdf").read_bytes() == b"%PDF-1.7 words"
    assert not (home / CLAIM).exists()
    with pytest.raises(DeskError, match="不是空的"):
        restore_backup(source, home, CLOCK)
    assert (home / LETTERS / "回执.pdf").exists()


def test_no_register_is_begun_where_one_is_being_restored(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, usual, refused = tmp_path / "two", Bringing.bring, []

    def bring(self: Bringing, beside: str, files: Sequence[str]) -> None:
        usual(self, beside, files)
        before = _seen(home)
        (home / "register.db").unlink(missing_ok=True)
        with pytest.raises(DeskError, match="另一个窗口正在") as caught:
            create_store(home / "register.db")
        assert _seen(home) == before
        refused.append(caught.value.meaning)

    monkeypatch.setattr(Bringing, "bring", bring)
    assert restore_backup(source, home, CLOCK).restored.cases == 1
    assert refused == ["这一次没有建立，那里的文件没有动。"]


def test_a_restore_that_fails_takes_away_only_what_it_made(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, usual = tmp_path / "two", Bringing.bring

    def bring(self: Bringing, beside: str, files: Sequence[str]) -> None:
        (home / LETTERS).mkdir()
        (home / LETTERS / "回执.pdf").write_bytes(b"somebody else's")
        usual(self, beside, files)

    monkeypatch.setattr(Bringing, "bring", bring)
    with pytest.raises(DeskError, match="恢复没有完成"):
        restore_backup(source, home, CLOCK)
    assert _seen(home) == {f"{LETTERS}/回执.pdf": b"somebody else's"}


def test_a_claim_ends_with_its_program(source: Path, tmp_path: Path) -> None:
    home = tmp_path / "two"
    home.mkdir()
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(home)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        with claimed(home) as ours:
            assert not ours
        with pytest.raises(DeskError, match="另一个窗口正在往"):
            restore_backup(source, home, CLOCK)
        other.kill()
    assert (home / CLAIM).exists()
    assert restore_backup(source, home, CLOCK).restored.cases == 1
    assert not (home / CLAIM).exists()


def test_half_a_register_in_the_clear_goes_with_the_next_restore(source: Path, tmp_path: Path) -> None:
    home = tmp_path / "two"
    home.mkdir()
    half = home / begun_name()
    for tail in ("", "-wal", "-shm"):
        half.with_name(half.name + tail).write_bytes(source.read_bytes())
    restore_backup(source, home, CLOCK)
    assert sorted(path.name for path in home.iterdir() if path.is_file()) == ["register.db"]


def test_an_import_looks_again_when_it_has_the_register_for_itself(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = tmp_path / "ledger.csv"
    rows = "".join(f"2026-03-0{day},当面,张三{day},自然人,第{day}件\n" for day in range(2, 6))
    ledger.write_text("收到日期,收到方式,申请人,类别,申请内容\n" + rows, encoding="utf-8")

    class Late(LedgerApart):
        """Between the look at the file and the first line another desk takes all of it."""

        def __init__(self, *what: object) -> None:
            super().__init__(*what)  # type: ignore[arg-type]
            monkeypatch.setattr(ledger_in, "LedgerApart", LedgerApart)
            with Desk.open(desk.home, CLOCK) as other:
                assert other.ledgers.take(ledger).taken == 4

    monkeypatch.setattr(ledger_in, "LedgerApart", Late)
    done = desk.ledgers.take(ledger)
    assert (done.taken, done.bad_lines) == (0, 4)
    assert done.bad[0].right.startswith("登记簿里已经有一件")
    assert len(desk.lookup.search("", 100)) == 4
