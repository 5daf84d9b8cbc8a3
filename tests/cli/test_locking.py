"""An encrypted register by commands: the keys of --json, who is asked and who cannot be, what is said of what stays readable."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import TODAY, Shell


def codes(shell: Shell) -> set[str]:
    return {finding["code"] for finding in shell.json("check", *TODAY)["findings"]}


@pytest.mark.long
def test_from_the_password_to_the_sheets_and_back(locked: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = locked("today", *TODAY, expect=1).stderr
    assert "加了密码" in refused
    assert "DESKAPP_PASSWORD_FILE" in refused
    monkeypatch.setenv("DESKAPP_PASSWORD_FILE", "second")
    assert "登记簿密码不对" in locked("today", *TODAY, expect=1).stderr
    monkeypatch.setenv("DESKAPP_PASSWORD_FILE", "first")
    assert locked.json("search", "张三", *TODAY)[0]["case_no"] == "LH-2026-0001"
    assert {"encrypted", "no_recovery"} <= codes(locked)
    monkeypatch.setenv("DESKAPP_NEW_PASSWORD_FILE", "second")
    assert locked.json("keys", "--add", "李四", *TODAY) == {"names": ["张三", "李四"]}
    made = [Path(path) for path in locked.json("recovery", "-o", "sheets", *TODAY)["files"]]
    assert [(locked.folder / path).name for path in made] == ["登记簿恢复单（甲）.pdf", "登记簿恢复单（乙）.pdf"]
    assert "no_recovery" not in codes(locked)
    made_backup = locked.json("backup", "b.zip", *TODAY)
    assert (made_backup["locked"], made_backup["cases"]) == (True, 1)
    assert "加密的登记簿" in locked("restore", "b.zip", "--to", "new", expect=1).stderr
    assert locked.json("restore", "b.zip", "--to", "new", "--password-file", "second")["cases"] == 1
    assert "校验" in locked("encrypt", *TODAY).stdout, "encrypting again only looks for what is left"
    assert "带走" not in locked("keys", "--remove", "张三", *TODAY).stdout
    assert "密码不对" in locked("today", *TODAY, expect=1).stderr
    monkeypatch.setenv("DESKAPP_PASSWORD_FILE", "second")
    laid_open = locked.json("decrypt", *TODAY)
    assert (laid_open["encrypted"], laid_open["cases"]) == (False, 1)
    monkeypatch.delenv("DESKAPP_PASSWORD_FILE")
    assert locked.json("search", "张三", *TODAY)
    assert "没有加密" in locked("decrypt", *TODAY, expect=1).stderr
    assert "没有加密" in locked("recovery", "-o", "x", *TODAY, expect=1).stderr
    assert locked.json("keys", *TODAY) == {"names": []}


def test_where_nobody_can_be_asked_it_is_said_and_nothing_is_done(unit: Shell) -> None:
    assert "--name" in unit("encrypt", *TODAY, expect=1).stderr
    assert "DESKAPP_NEW_PASSWORD_FILE" in unit("encrypt", "--name", "张三", *TODAY, expect=1).stderr
    assert "--sheet" in unit("recover", *TODAY, expect=1).stderr
    assert not (unit.home / "钥匙").exists()
    unit("today", *TODAY)


@pytest.mark.parametrize("text", ["", "\xff", "AAAA BBBB CCCC DDDD\n" * 4])
def test_sheets_in_files_that_are_none(locked: Shell, text: str) -> None:
    (locked.folder / "s").write_text(text, encoding="latin-1")
    assert "恢复单" in locked("recover", "--sheet", "s", "s", "--name", "张三", *TODAY, expect=1).stderr
    assert "恢复单" in locked("restore", "plain.db", "--to", "n", "--sheet", "s", "none", expect=1).stderr
