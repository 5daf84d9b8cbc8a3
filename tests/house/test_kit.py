"""What the kit is made of fits the program: its lock, the parts that it starts as processes, what --diagnose tells, the terminal it opens in."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from deskapp.cli.diagnosing import EXTRAS
from deskapp.cli.diagnosing import PARTS as TOLD
from scripts.kit.entry import PARTS, part_asked

ROOT = Path(__file__).parents[2]
KIT = ROOT / "scripts/kit"
OPEN = KIT / "files/open"
OF_THE_COUNTY = {"psycopg"}  # the county's computer has a PostgreSQL, and somebody who installs from Python


@pytest.mark.parametrize(
    ("words", "at"),
    [
        (["deskapp", "-P", "-m", "deskapp.exchange.apart"], 3),
        (["deskapp", "-P", "-m", "deskapp", "--at", "x", "read", "--alone"], 3),
        (["deskapp", "-m", "deskapp"], 2),
        (["deskapp"], 0),
        (["deskapp", "today"], 0),
        (["deskapp", "-P"], 0),
        (["deskapp", "-m"], 0),
        (["deskapp", "-P", "-m", "http.server"], 0),
        (["deskapp", "search", "-m", "deskapp"], 0),
    ],
)
def test_the_program_of_the_kit_knows_when_a_part_of_itself_is_asked_for(words: list[str], at: int) -> None:
    assert part_asked(words) == at


def test_every_part_that_the_program_starts_as_a_process_is_known_to_the_kit() -> None:
    started = set()
    for source in (*(ROOT / "deskapp").rglob("*.py"), *(ROOT / "letters").rglob("*.py")):
        text = source.read_text(encoding="utf-8")
        if "sys.executable" in text:
            started |= set(re.findall(r'"-m", "([\w.]+)"', text))
    assert started == set(PARTS)


def test_only_the_county_which_the_kit_does_not_hold_shares_its_work_out_by_multiprocessing() -> None:
    sources = [*(ROOT / "deskapp").rglob("*.py"), *(ROOT / "letters").rglob("*.py")]
    sharing = {
        path for path in sources if re.search(r"multiprocessing|ProcessPool", path.read_text(encoding="utf-8"))
    }
    assert sharing == {ROOT / "deskapp/county/crew.py"}
    assert '"psycopg"' in (KIT / "deskapp.spec").read_text(encoding="utf-8")


def _locked(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", path.read_text(encoding="utf-8"), re.M))


def test_the_kit_holds_the_versions_that_are_tested() -> None:
    kit, tested = _locked(KIT / "kit.lock"), _locked(ROOT / "requirements.lock")
    both = kit.keys() & tested.keys()
    assert {"textual", "reportlab", "pydantic", "sqlcipher3", "pyrage"} <= both
    assert {name for name in both if kit[name] != tested[name]} == set()


def test_what_diagnose_tells_of_is_in_the_kit_with_its_version() -> None:
    named = re.search(r"^TOLD = \(([^)]*)\)", (KIT / "deskapp.spec").read_text(encoding="utf-8"), re.M)
    assert named
    assert {*TOLD, *EXTRAS} - OF_THE_COUNTY <= set(re.findall(r'"([^"]+)"', named[1]))


def _opened(folder: Path, *terminals: str) -> subprocess.CompletedProcess[str]:
    """What the opener does on a desk that has these terminals and no others."""
    for tool in ("sh", "dirname", "readlink"):
        (folder / tool).symlink_to(
            next(Path(place, tool) for place in ("/usr/bin", "/bin") if Path(place, tool).exists())
        )
    for terminal in terminals:
        (folder / terminal).write_text(f'#!/bin/sh\necho {terminal} "$@"\n')
        (folder / terminal).chmod(0o755)
    env = {**os.environ, "PATH": str(folder)}
    return subprocess.run(
        ["sh", str(OPEN)], env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("there", "taken"),
    [
        (("xterm", "mate-terminal", "deepin-terminal"), "deepin-terminal"),
        (("xterm", "gnome-terminal"), "gnome-terminal"),
        (("x-terminal-emulator", "xterm"), "xterm"),
        (("x-terminal-emulator",), "x-terminal-emulator"),
    ],
)
def test_the_kit_opens_in_the_terminal_that_is_there(tmp_path: Path, there: tuple[str, ...], taken: str) -> None:
    done = _opened(tmp_path, *there)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{taken} ")
    assert f'"{OPEN.parent}/deskapp"' in done.stdout


def test_without_a_terminal_the_kit_says_what_to_install(tmp_path: Path) -> None:
    done = _opened(tmp_path)
    assert done.returncode == 1
    assert "请安装一个终端" in done.stderr
