"""The command in a process of its own, on an empty directory or on a fresh desk.

The process is forked from one that has read the program, see :mod:`tests.cli.warm`; test_begun begins each command as a user does.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from letters.example import UNIT
from tests.cli.warm import Order, Warm

FIRST, SECOND = "the first password", "the second password"
TODAY = ("--today", "2026-11-20")

FACTS = {
    "channel": "当面", "received_on": "2026-10-12", "applicant": "张三", "applicant_class": "自然人",
    "content": "2025年预算", "phone": "13905550123",
}  # fmt: skip


def toml(**changes: str) -> str:
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in {**UNIT, **changes}.items())


class Shell:
    """Runs ``deskapp`` in a process of its own: forked from a warm one, or begun anew without one."""

    def __init__(self, folder: Path, warm: Warm | None = None) -> None:
        self.folder, self.home = folder, folder / "home"
        self._warm = warm

    def __call__(self, *words: str, expect: int = 0) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "DESKAPP_HOME": str(self.home), "PYTHONIOENCODING": "utf-8"}
        done = self._begun(words, env) if self._warm is None else self._forked(self._warm, words, env)
        assert done.returncode == expect, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        if expect:
            assert any("\u4e00" <= c <= "\u9fff" for c in done.stderr), "the reason is said in Chinese"
        return done

    def _begun(self, words: tuple[str, ...], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "deskapp", *words]
        return subprocess.run(
            command, cwd=self.folder, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
        )

    def _forked(self, warm: Warm, words: tuple[str, ...], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
        with TemporaryDirectory() as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            code = warm.run(Order(words, str(self.folder), env, str(out), str(err)))
            said = [path.read_text(encoding="utf-8") for path in (out, err)]
        return subprocess.CompletedProcess(words, code, *said)

    def json(self, *words: str) -> Any:
        return json.loads(self(*words, "--json").stdout)


def file(shell: Shell, name: str, facts: object) -> str:
    (shell.folder / name).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    return name


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm | None]:
    made = Warm() if hasattr(os, "fork") else None
    yield made
    if made is not None:
        made.close()


@pytest.fixture
def shell(tmp_path: Path, warm: Warm | None) -> Shell:
    return Shell(tmp_path, warm)


@pytest.fixture
def unit(shell: Shell) -> Shell:
    (shell.folder / "UNIT.toml").write_text(toml(), encoding="utf-8")
    shell("init", "UNIT.toml", *TODAY)
    return shell


@pytest.fixture(scope="session")
def encrypted(tmp_path_factory: pytest.TempPathFactory, warm: Warm | None) -> Path:
    """A folder with an encrypted register, a backup from before, and two passwords in files: stretching one takes two seconds."""
    made = Shell(tmp_path_factory.mktemp("encrypted"), warm)
    (made.folder / "UNIT.toml").write_text(toml(), encoding="utf-8")
    for name, password in (("first", FIRST), ("second", SECOND)):
        (made.folder / name).write_text(f"{password}\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(made.folder / "state"))
        patch.setenv("DESKAPP_NEW_PASSWORD_FILE", str(made.folder / "first"))
        made("init", "UNIT.toml", *TODAY)
        made("register", file(made, "a.json", FACTS), "--today", "2026-10-12")
        made("backup", "plain.db", *TODAY)
        done = made.json("encrypt", "--name", "张三", *TODAY)
    assert (done["encrypted"], done["cases"], done["catalogue"]) == (True, 1, False)
    assert done["clear_backups"] == [str(made.folder / "plain.db")]
    return made.folder


@pytest.fixture
def locked(encrypted: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    shutil.copytree(encrypted, shell.folder, dirs_exist_ok=True)
    monkeypatch.setenv("DESKAPP_NEW_PASSWORD_FILE", str(shell.folder / "first"))
    return shell
