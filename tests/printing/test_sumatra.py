"""SumatraPDF is found where people have it, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.printing.windows import SUMATRA, sumatra_pdf


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer with the kit in a folder of its own and no SumatraPDF."""
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("sys.executable", str(tmp_path / "kit/python/python.exe"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    monkeypatch.setenv("ProgramFiles", str(tmp_path / "all"))
    return tmp_path


def test_without_one_there_is_none(bare: Path) -> None:
    assert sumatra_pdf() is None


@pytest.mark.parametrize("place", ["kit", "local/SumatraPDF", "all/SumatraPDF"])
def test_it_is_found_beside_the_program_and_where_its_installer_puts_it(bare: Path, place: str) -> None:
    (bare / place).mkdir(parents=True)
    (bare / place / SUMATRA).touch()
    assert sumatra_pdf() == str(bare / place / SUMATRA)


def test_the_one_on_the_path_comes_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (bare / "kit").mkdir()
    (bare / "kit" / SUMATRA).touch()
    monkeypatch.setattr("shutil.which", lambda name: r"D:\tools\SumatraPDF.exe")
    assert sumatra_pdf() == r"D:\tools\SumatraPDF.exe"


def test_a_system_without_those_folders(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOCALAPPDATA")
    monkeypatch.delenv("ProgramFiles")
    assert sumatra_pdf() is None
