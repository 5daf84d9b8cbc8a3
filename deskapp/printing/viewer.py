"""The system's own program for a file: what a PDF, a picture or a Word file is opened with on this computer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from deskapp.errors import DeskError, os_reason

SETTLE_S = 0.5  # in which a program that cannot begin says so


def open_file(path: Path) -> None:
    """Hand a file to the system's program for its kind. Raises DeskError where there is none."""
    todo = f"文件在 {path}，请用别的程序打开。"
    try:
        start = getattr(os, "startfile", None)
        if start is not None:
            start(str(path))
            return
        opener = "open" if sys.platform == "darwin" else "xdg-open"
        if shutil.which(opener) is None or not _has_display():
            raise DeskError("这台电脑没有能打开它的窗口。", "", todo)
        quiet = subprocess.DEVNULL
        begun = subprocess.Popen([opener, str(path)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
        if begun.wait(SETTLE_S):
            raise DeskError("没有能打开这种文件的程序。", "", todo)
    except subprocess.TimeoutExpired:
        return  # it is at work
    except OSError as error:
        raise DeskError(f"系统没有打开它：{os_reason(error)}。", "", todo) from error


def _has_display() -> bool:
    """Whether there is a desktop that a window could appear on."""
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
