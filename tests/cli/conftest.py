"""The command in a process of its own, on an empty directory or on a fresh desk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from letters.example import UNIT

TODAY = ("--today", "2026-11-20")


def toml(**changes: str) -> str:
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in {**UNIT, **changes}.items())


class Shell:
    """Runs ``deskapp`` in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "home"

    def __call__(self, *words: str, expect: int = 0) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "DESKAPP_HOME": str(self.home), "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-m", "deskapp", *words]
        done = subprocess.run(
            command, cwd=self.folder, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
        )
        assert done.returncode == expect, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        if expect:
            assert any("\u4e00" <= c <= "\u9fff" for c in done.stderr), "the reason is said in Chinese"
        return done

    def json(self, *words: str) -> Any:
        return json.loads(self(*words, "--json").stdout)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def unit(shell: Shell) -> Shell:
    (shell.folder / "UNIT.toml").write_text(toml(), encoding="utf-8")
    shell("init", "UNIT.toml", *TODAY)
    return shell
