"""A file goes to the system's own program, or it is said why not and where it lies."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from deskapp.errors import DeskError
from deskapp.printing.viewer import open_file


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desktop with a program that opens files: what it was told stands in ``told``, how it ends in ``ends``."""
    program = tmp_path / "bin/xdg-open"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf %s "$1" > "{tmp_path}/told"\nexec /bin/sh "{tmp_path}/ends"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "ends").write_text("exit 0")
    monkeypatch.setattr("deskapp.printing.viewer.sys.platform", "linux")
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setenv("DISPLAY", ":9")
    return tmp_path


def test_it_is_handed_over_whole(opener: Path) -> None:
    open_file(opener / "张三的 申请书.pdf")
    assert (opener / "told").read_text(encoding="utf-8") == str(opener / "张三的 申请书.pdf")


def test_a_program_that_stays_is_not_waited_for(opener: Path) -> None:
    (opener / "ends").write_text("/bin/sleep 3")
    begun = time.monotonic()
    open_file(opener / "a.pdf")
    assert time.monotonic() - begun < 2


def test_no_program_for_this_kind(opener: Path) -> None:
    (opener / "ends").write_text("exit 3")
    with pytest.raises(DeskError, match="没有能打开这种文件的程序") as refused:
        open_file(opener / "a.tif")
    assert str(opener / "a.tif") in refused.value.todo


def test_no_desktop_and_no_opener(opener: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(DeskError, match="没有能打开它的窗口"):
        open_file(opener / "a.pdf")
    monkeypatch.setenv("DISPLAY", ":9")
    (opener / "bin/xdg-open").unlink()
    with pytest.raises(DeskError, match="没有能打开它的窗口"):
        open_file(opener / "a.pdf")


def test_windows_opens_it_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(os, "startfile", told.append, raising=False)
    open_file(tmp_path / "a.pdf")
    assert told == [str(tmp_path / "a.pdf")]

    def refuse(path: str) -> None:
        raise OSError(5, "no")

    monkeypatch.setattr(os, "startfile", refuse, raising=False)
    with pytest.raises(DeskError, match="系统没有打开它"):
        open_file(tmp_path / "a.pdf")
