"""What the project depends on: the audit finds nothing here, and does find what is wrong elsewhere."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import metadata
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from scripts import audit

ROOT = Path(__file__).parents[2]
LOCK = "jinja2==3.1.5 \\\n    --hash=sha256:00\npypdf==6.20.0\n"
PROJECT: dict[str, Any] = {
    "project": {"dependencies": ["jinja2>=3.1.6", "pypdf>=6,<7"], "optional-dependencies": {}},
    "dependency-groups": {},
}


def test_nothing_is_wrong_here() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    known = tomllib.loads((ROOT / "scripts/advisories.toml").read_text(encoding="utf-8"))
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert len(audit.locked(lock)) > 50
    assert list(audit.faults(lock, project, known)) == []
    assert all(licence for _, licence in audit.licences(project))


@pytest.mark.parametrize(
    ("package", "fixed", "says"),
    [
        ("jinja2", "3.1.6", ["pypdf: no hash in the lock", "jinja2 3.1.5 in the lock: X (y), fixed in 3.1.6"]),
        ("pypdf", "6.14", ["pypdf: no hash in the lock", "pypdf from 6 in pyproject.toml: X, fixed in 6.14"]),
    ],
)
def test_what_is_wrong_is_found(package: str, fixed: str, says: list[str]) -> None:
    known = {"advisory": [{"package": package, "fixed": fixed, "id": "X", "about": "y"}]}
    assert list(audit.faults(LOCK, PROJECT, known)) == says


def test_the_licences_of_all_that_is_shipped_stand_in_the_metadata() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    fonts = (ROOT / "letters/fonts/README.md").read_text(encoding="utf-8")
    assert ("GPL-3" in fonts, "OFL-1.1" in fonts) == (True, True)
    for name in ("MIT", "GPL-3.0-only WITH Font-exception-2.0", "OFL-1.1"):
        assert name in project["license"]
    for path in (ROOT / "letters/fonts").glob("*.ttf"):
        assert f"`{path.name}`" in fonts


def test_what_is_installed_names_its_licences_and_holds_them_and_the_script_that_changes_a_font() -> None:
    told = metadata("deskapp")
    texts = told.get_all("License-File") or []
    assert told["License-Expression"] == "MIT AND GPL-3.0-only WITH Font-exception-2.0 AND OFL-1.1"
    fonts = {f"letters/fonts/{path.name}" for path in (ROOT / "letters/fonts").glob("LICENSE-*.txt")}
    assert len(fonts) == 4
    assert set(texts) == {"LICENSE", *fonts}
    assert "GNU GENERAL PUBLIC LICENSE" in (ROOT / "letters/fonts/LICENSE-Fandol.txt").read_text(encoding="utf-8")
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    assert (ROOT / "letters/fonts/sources/FandolFang-Regular.otf").stat().st_size == 6_961_384
    assert wheel == {"packages": ["deskapp", "letters"]}, "nothing of letters is left out"
    assert (ROOT / "letters/fonts/build.py").stat().st_size > 1000


def test_the_wheel_holds_every_file_of_the_program(tmp_path: Path) -> None:
    """Templates, law, fonts with their licences and source: what git keeps of the program is in what is installed, and nothing else."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    kept = subprocess.run(["git", "ls-files", "-z", "deskapp", "letters"], cwd=ROOT, check=True, capture_output=True)
    with ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert held == {name.decode() for name in kept.stdout.split(b"\0") if name}
