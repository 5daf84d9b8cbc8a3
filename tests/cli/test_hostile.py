"""What somebody who tries to break it does: each ends in a sentence, an exit code, and no trace."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import TODAY, Shell, toml

UNFORESEEN = "没有料到"


def test_options_before_the_command_count(shell: Shell) -> None:
    (shell.folder / "UNIT.toml").write_text(toml(), encoding="utf-8")
    shell("--at", "other", "init", "UNIT.toml")
    assert (shell.folder / "other/register.db").exists()
    assert not shell.home.exists()
    (shell.folder / "e.json").write_text('[{"on": "2022-09-30", "act": "received"}]')
    done = shell("--today", "2022-11-01", "due", "e.json", "--json")
    assert json.loads(done.stdout)["working_days_left"] == 1


@pytest.mark.parametrize("day", ["2008-06-02", "2048-06-01"])
def test_a_demo_of_any_day_is_made_or_leaves_no_trace(shell: Shell, day: str) -> None:
    env = {**os.environ, "DESKAPP_HOME": str(shell.home)}
    command = [sys.executable, "-m", "deskapp", "demo", "--at", "p", "--no-open", "--today", day]
    done = subprocess.run(command, cwd=shell.folder, env=env, capture_output=True, text=True, check=False)
    assert UNFORESEEN not in done.stderr
    assert (shell.folder / "p").exists() is (done.returncode == 0)


@pytest.mark.parametrize("words", ["0001-01-01", "20221101", "2022-W44-2", "9999-01-01", "2022-13-01"])
def test_days_of_the_clock_are_strict(shell: Shell, words: str) -> None:
    assert "不是可用的日期" in shell("today", "--today", words, expect=2).stderr


def test_a_file_in_the_place_of_the_home(shell: Shell) -> None:
    shell.home.write_text("mine")
    for words in (("today",), ("init", "UNIT.toml"), ("demo", "--no-open")):
        (shell.folder / "UNIT.toml").write_text(toml(), encoding="utf-8")
        assert "是一个文件" in shell(*words, expect=1).stderr
    assert shell.home.read_text() == "mine"
    assert sorted(p.name for p in shell.folder.iterdir()) == ["UNIT.toml", "home"]


def test_a_fifo_in_the_place_of_the_register(shell: Shell) -> None:
    shell.home.mkdir()
    os.mkfifo(shell.home / "register.db")
    assert "不是一个文件" in shell("check", expect=1).stderr


def test_a_home_that_cannot_be_found(shell: Shell) -> None:
    env = {**os.environ, "DESKAPP_HOME": "~nosuchuser/x"}
    command = [sys.executable, "-m", "deskapp", "today"]
    done = subprocess.run(command, cwd=shell.folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "主文件夹" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"LC_ALL": "C.UTF-8"}]
)
def test_chinese_words_in_any_locale(unit: Shell, locale: dict[str, str]) -> None:
    (unit.folder / "l.csv").write_text(
        "收到日期,收到方式,申请人,申请人类别,申请内容\n2026-10-12,当面,张三,自然人,预算\n"
    )
    unit("import", "l.csv", *TODAY)
    env = {**os.environ, **locale, "DESKAPP_HOME": str(unit.home)}
    command = [sys.executable.encode(), b"-m", b"deskapp", b"search", "张三".encode(), b"--json"]
    done = subprocess.run(command, cwd=unit.folder, env=env, capture_output=True, check=True)
    assert json.loads(done.stdout.decode())[0]["applicant"] == "张三"
    odd = subprocess.run([*command[:4], b"\xff\xfe"], cwd=unit.folder, env=env, capture_output=True, check=False)
    assert odd.returncode == 0


@pytest.mark.parametrize("name", ["青山县\x00", "青山县\x1b[31m", "青山\u202e县", "青山\n县"])
def test_control_characters_in_the_units_name(shell: Shell, name: str) -> None:
    (shell.folder / "UNIT.toml").write_text(toml(name=name), encoding="utf-8")
    assert "name" in shell("init", "UNIT.toml", expect=1).stderr
    assert not shell.home.exists()


@pytest.mark.parametrize("text", ["[" * 100_000, '{"unit":' * 20_000, "1" * 5000, '"' + "x" * 100_000 + '"'])
def test_deep_and_huge_files_of_facts(shell: Shell, text: str) -> None:
    (shell.folder / "f.json").write_text(text)
    for words in (("letter", "granted", "f.json", "--check"), ("due", "f.json")):
        done = shell(*words, expect=1)
        assert UNFORESEEN not in done.stderr
        assert len(done.stderr) < 400


@pytest.mark.parametrize("items", [[None], [{"a": 1}], [[1]], 5, {"a": 1}])
def test_lists_of_facts_hold_texts_only(shell: Shell, items: object) -> None:
    facts = {**json.loads(shell("letter", "granted", "--facts").stdout), "attachments": items}
    (shell.folder / "f.json").write_text(json.dumps(facts), encoding="utf-8")
    assert "应当是一列文字" in shell("letter", "granted", "f.json", "-o", "a.pdf", *TODAY, expect=1).stderr
    assert not (shell.folder / "a.pdf").exists()


HEAD = "收到日期,收到方式,申请人,申请人类别,申请内容"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"{HEAD},申请人\n2026-10-12,当面,张三,自然人,预算,李四\n", "重复的列"),
        (f"{HEAD}\n2026-10-12,当面,{'长' * 300},自然人,预算\n", "太长"),
        (f"{HEAD}\n2026-10-12,当面,{'长' * 200_000},自然人,预算\n", "太长"),
        (f"{HEAD},文号\n2026-10-12,当面,张三,自然人,预算,1号\n", "填了文号就要填答复日期"),
        (f"{HEAD}\n202611,当面,张三,自然人,预算\n", "应当是日期"),
    ],
)
def test_hostile_ledgers(unit: Shell, text: str, says: str) -> None:
    (unit.folder / "l.csv").write_text(text, encoding="utf-8")
    done = unit("import", "l.csv", *TODAY, expect=1)
    assert says in done.stderr
    assert unit.json("search", "预算") == []


def test_damaged_workbooks(unit: Shell, tmp_path: Path) -> None:
    """One flipped byte anywhere in a workbook is a sentence, or does no harm."""
    from deskapp.errors import DeskError
    from deskapp.exchange.ledger import Ledger

    book = openpyxl.Workbook()
    book.worksheets[0].append(HEAD.split(","))
    book.worksheets[0].append([date(2026, 10, 12), "当面", "张三", "自然人", "预算"])
    book.save(tmp_path / "good.xlsx")
    assert [line.bad for line in Ledger(tmp_path / "good.xlsx", date(2026, 11, 20))] == [()]
    data = (tmp_path / "good.xlsx").read_bytes()
    refused = 0
    for place in range(0, len(data), 41):
        broken = bytearray(data)
        broken[place] ^= 0xFF
        (tmp_path / "bad.xlsx").write_bytes(broken)
        try:
            list(Ledger(tmp_path / "bad.xlsx", date(2026, 11, 20)))
        except DeskError:
            refused += 1
    assert refused > 20


def test_a_workbook_with_a_chart_sheet_is_refused_in_words(unit: Shell) -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet("台账", 0)
    book.save(unit.folder / "c.xlsx")
    assert "图表页" in unit("import", "c.xlsx", *TODAY, expect=1).stderr


def test_rejects_arm_no_spreadsheet_and_read_back_the_same(unit: Shell) -> None:
    (unit.folder / "l.csv").write_text(f"{HEAD}\n2026-10-12,飞鸽,=cmd|' /C calc'!A0,自然人,预算\n", encoding="utf-8")
    unit("import", "l.csv", "--rejects", "r.csv", *TODAY)
    text = (unit.folder / "r.csv").read_text(encoding="utf-8-sig")
    assert ",'=cmd" in text
    (unit.folder / "r2.csv").write_text(text.replace("飞鸽", "当面").replace(",原因", ""), encoding="utf-8")
    assert unit.json("import", "r2.csv", *TODAY)["taken"] == 1
    assert unit.json("search", "=cmd")[0]["applicant"].startswith("=cmd")


def test_a_backup_takes_nobodys_file_away(unit: Shell) -> None:
    for name in ("b.db.part", "b.db.part-mine"):
        (unit.folder / name).write_text("precious")
    unit("backup", "b.db")
    assert (unit.folder / "b.db.part").read_text() == (unit.folder / "b.db.part-mine").read_text() == "precious"
    (unit.folder / "link.db").symlink_to(unit.folder / "nowhere")
    unit("backup", "link.db", expect=1)
    assert (unit.folder / "link.db").is_symlink()
    assert not [p for p in unit.folder.iterdir() if p.name.startswith(".")]


@pytest.mark.parametrize("words", [("report", "0"), ("report", "2050"), ("report", "2026", "-o", "no/such/r.xlsx")])
def test_odd_reports(unit: Shell, words: tuple[str, ...]) -> None:
    done = unit(*words, expect=1)
    assert UNFORESEEN not in done.stderr


def test_a_result_that_cannot_be_shown_says_that_it_was_done(unit: Shell) -> None:
    (unit.folder / "l.csv").write_text(f"{HEAD}\n2026-10-12,当面,张三,自然人,预算\n", encoding="utf-8")
    env = {**os.environ, "DESKAPP_HOME": str(unit.home)}
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "deskapp", "import", "l.csv", *TODAY]
        done = subprocess.run(
            command, cwd=unit.folder, env=env, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert "已经做完，不要重复做" in done.stderr
    assert len(unit.json("search", "张三")) == 1


def test_the_log_holds_places_and_no_names(unit: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    from deskapp.__main__ import log_unforeseen

    monkeypatch.setenv("DESKAPP_HOME", str(unit.home))
    try:
        secret = "机密的名字"
        raise RuntimeError(secret)
    except RuntimeError as error:
        path = log_unforeseen(error)
    assert path
    text = path.read_text(encoding="utf-8")
    assert "RuntimeError test_hostile.py:" in text
    assert "机密" not in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_log_lies_in_the_folder_that_at_names(unit: Shell) -> None:
    """Whatever ends a command is logged beside the data it worked on, not in another desk's folder."""
    other = unit.folder / "other"
    shutil.copytree(unit.home, other)
    broken = "import deskapp.desk.cases.work as m; m.Work.board = lambda self: 1 / 0; import deskapp.__main__ as p; p.main()"
    for words in (["today", "--at", str(other)], ["--at", str(other), "today"]):
        env = {**os.environ, "DESKAPP_HOME": str(unit.home)}
        done = subprocess.run(
            [sys.executable, "-c", broken, *words], env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1
        assert str(other / "deskapp.log") in done.stderr
    assert (other / "deskapp.log").read_text(encoding="utf-8").count("ZeroDivisionError") == 2
    assert not (unit.home / "deskapp.log").exists()
