"""A ledger is read by a second process: the same lines, the same refusals, nothing left running."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.exchange.ledger import Ledger, LedgerOptions
from deskapp.exchange.ledger_process import LedgerApart
from tests.conftest import DAY
from tests.exchange.test_ledger import GOOD, write_csv

pytestmark = pytest.mark.apart


def test_the_same_lines_as_read_at_once(tmp_path: Path) -> None:
    rows = [{**GOOD, "申请人": f"张{n}", "收到日期": "昨天" if n % 7 == 0 else "2026-10-12"} for n in range(1203)]
    path = write_csv(tmp_path / "a.csv", rows)
    read = LedgerApart(path, DAY, LedgerOptions())
    here = Ledger(path, DAY)
    assert list(read) == list(here)
    assert read.tally == here.tally
    assert read._reader._reader.returncode is not None


@pytest.mark.parametrize(
    ("content", "says"),
    [("收到日期,申请人\n2026-10-12,张三\n", "缺少列"), ("", "没有找到列名"), ("收到日期,收到日期\n", "缺少列")],
)
def test_the_same_refusals(desk: Desk, tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "a.csv").write_text(content or " ", encoding="utf-8")
    with pytest.raises(DeskError, match=says):
        desk.ledgers.take(tmp_path / "a.csv")
    assert desk.lookup.search("") == []


def test_taken_and_refused_as_a_whole(desk: Desk, tmp_path: Path) -> None:
    rows = [{**GOOD, "登记号": "" if n % 2 else f"LH-2026-{n:04d}"} for n in range(1, 1201)]
    result = desk.ledgers.take(write_csv(tmp_path / "a.csv", rows))
    assert (result.taken, result.bad) == (1200, ())
    assert desk.lookup.case_by_no("LH-2026-1800").category == "granted"
    bad = desk.ledgers.take(write_csv(tmp_path / "b.csv", [*rows[1::2][:1], {**GOOD, "收到方式": "飞鸽"}]))
    assert bad.taken == 0
    assert len(desk.lookup.search("张三", 5000)) == 1200
    assert not [note for note in desk.upkeep.check() if note.fault]


def test_a_reader_that_dies_is_told_and_nothing_is_taken(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_csv(tmp_path / "a.csv", [GOOD] * 1200)
    monkeypatch.setattr("sys.executable", "/bin/true")
    with pytest.raises(DeskError, match="已经停下"):
        desk.ledgers.take(path)
    assert desk.lookup.search("") == []


@pytest.mark.long
def test_a_large_ledger_by_command(tmp_path: Path) -> None:
    from tests.cli.conftest import TODAY, Shell, toml

    shell = Shell(tmp_path)
    (tmp_path / "UNIT.toml").write_text(toml(), encoding="utf-8")
    shell("init", "UNIT.toml", *TODAY)
    rows = [{**GOOD, "备注": "一二三四五六七八九十" * 20} for _ in range(3500)]
    path = write_csv(tmp_path / "large.csv", rows)
    assert path.stat().st_size > 2_000_000
    assert shell.json("import", "large.csv", *TODAY)["taken"] == 3500
    assert str(path).encode() not in b"".join(running_commands())


def running_commands() -> list[bytes]:
    """The command lines of all processes; by the system's own list of them, for a minimal system has no ps."""
    lines = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it ended meanwhile
            lines.append(file.read_bytes())
    assert lines, "this system lists no processes in /proc"
    return lines


def test_code_that_lies_where_one_stands_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_csv(tmp_path / "a.csv", [GOOD])
    for name in ("csv.py", "json.py", "pickle.py", "openpyxl.py", "sitecustomize.py", "deskapp.py"):
        (tmp_path / name).write_text(
            f"open({str(tmp_path / 'ran')!r}, 'a').write({name!r})\nraise SystemExit", encoding="utf-8"
        )
    monkeypatch.chdir(tmp_path)
    assert list(LedgerApart(path, DAY, LedgerOptions())) == list(Ledger(path, DAY))
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(("begins", "ran"), [("import pydantic", True), ("import deskapp, pydantic", False)])
def test_what_else_is_installed_does_not_run_within_our_models(tmp_path: Path, begins: str, ran: bool) -> None:
    runs = f"open({str(tmp_path / 'ran')!r}, 'a')\ndef new_schema_validator(*_, **__):\n    return None, None, None\n"
    (tmp_path / "other.py").write_text(runs, encoding="utf-8")
    info = tmp_path / "other-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[pydantic]\nother = other\n", encoding="utf-8")
    command = [sys.executable, "-c", f"{begins}; pydantic.create_model('One', a=(int, 1))()"]
    known = {name: value for name, value in os.environ.items() if name != "PYDANTIC_DISABLE_PLUGINS"}
    subprocess.run(command, env={**known, "PYTHONPATH": str(tmp_path)}, check=True, capture_output=True)
    assert (tmp_path / "ran").exists() is ran
