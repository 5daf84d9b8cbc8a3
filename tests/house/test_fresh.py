"""What the README says a machine needs is what the set-up asks for."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ALL = ["venv", "ensurepip", "sqlite3", "ssl"]


@pytest.mark.parametrize(
    ("version", "modules", "says"),
    [
        ((3, 10), ALL, "Python 3.11 or newer is needed"),
        ((3, 11), ["venv", "sqlite3", "ssl"], "lacks ensurepip"),
        ((3, 11), ["ssl"], "lacks venv, ensurepip, sqlite3"),
    ],
)
def test_what_is_lacking_is_one_sentence_with_the_command_that_installs_it(
    version: tuple[int, int], modules: list[str], says: str
) -> None:
    lacking = runpy.run_path(str(ROOT / "scripts/ready.py"))["lacking"]
    said = lacking(version, modules)
    assert says in said
    assert "sudo apt install python3-venv" in said
    assert "\n" not in said
    assert lacking((3, 11), ALL) == lacking((3, 14), ALL) == ""


def test_a_python_that_lacks_nothing_goes_on() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/ready.py")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_room_gets_what_the_readme_names_and_no_more() -> None:
    named = re.search(r"named=\(([^)]*)\)", (ROOT / "scripts/fresh").read_text(encoding="utf-8"))
    readme = re.search(r"Debian.*`sudo apt install ([^`]*)`", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert named
    assert readme
    assert named[1].split() == readme[1].split()
