"""The words of a scan, where this computer has tesseract with simplified Chinese: a picture, or the first pages of a PDF without text.

What a program reads off a picture may be wrong: it is only looked for in, and said to be so. Nothing of it is needed: without tesseract (for
a PDF also pdftoppm) a scan stays one whose words are not known.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

LANGUAGE = "chi_sim"
PAGES, DOTS = 5, 200  # of a PDF that are read, and how finely
PATIENCE_S = 60  # for one page
ONE_THREAD = {
    "OMP_THREAD_LIMIT": "1"
}  # with more, the threads of tesseract wait for each other: minutes a page on a busy machine


@cache
def can_read() -> bool:
    """Whether this computer can read scans."""
    tool = shutil.which("tesseract")
    if not tool:
        return False
    listed = subprocess.run([tool, "--list-langs"], capture_output=True, text=True, check=False)
    return LANGUAGE in listed.stdout.split()


def words_of(path: Path) -> str:
    """What stands on a scan, as far as it is read; empty where it cannot be. Never raises for what is on it."""
    if not can_read():
        return ""
    try:
        with tempfile.TemporaryDirectory() as folder:
            pages = _pages(path, Path(folder)) if path.suffix.lower() == ".pdf" else [path]
            return "\n".join(filter(None, map(_page, pages)))
    except (OSError, subprocess.SubprocessError):
        return ""


def _pages(path: Path, folder: Path) -> list[Path]:
    """The first pages of a PDF as pictures."""
    tool = shutil.which("pdftoppm")
    if not tool:
        return []
    command = [tool, "-r", str(DOTS), "-l", str(PAGES), "-gray", "-png", str(path), str(folder / "page")]
    subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=True)
    return sorted(folder.glob("page*.png"))


def _page(picture: Path) -> str:
    command = ["tesseract", str(picture), "stdout", "-l", LANGUAGE]
    alone = {**os.environ, **ONE_THREAD}
    read = subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=False, env=alone)
    lines = read.stdout.decode("utf-8", "replace").splitlines()
    return "\n".join(_joined(line) for line in lines if line.strip())


def _joined(line: str) -> str:
    """A line without the blanks that are set between Chinese characters."""
    out = ""
    for piece in line.split():
        apart = out and out[-1].isascii() and piece[0].isascii()
        out += (" " if apart else "") + piece
    return out
