"""The command in a process of its own, on an empty directory or on a fresh desk.

The process is forked from one that has read the program, see :mod:`tests.cli.warm`; test_begun begins each command as a user does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from letters.example import UNIT
from tests.cli.warm import Order, Warm

TODAY = ("--today", "2026-11-20")


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
