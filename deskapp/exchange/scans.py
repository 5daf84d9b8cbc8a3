"""The words of a scan, where this computer has tesseract with simplified Chinese: a picture, or the first pages of a PDF without text.

What a program reads off a picture may be wrong: it is only looked for in, and said to be so. Nothing of it is needed: without tesseract (for
a PDF also pdftoppm) a scan stays one whose words are not known. The pages go through pipes, so that nothing of them touches a disk.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

LANGUAGE = "chi_sim"
PAGES, DOTS = 5, 200  # of a PDF that are read, and how finely
PATIENCE_S = 60  # for one page
ONE_THREAD = {
    "OMP_THREAD_LIMIT": "1"
}  # more of tesseract's threads wait for each other: minutes a page on a busy machine


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
    try:
        return words_in(path.read_bytes(), path.suffix.lower()) if can_read() else ""
    except OSError:
        return ""


def words_in(content: bytes, ending: str, most: int = PAGES) -> str:
    """The same of the bytes of a picture, or of the first ``most`` pages of a PDF."""
    if not can_read():
        return ""
    try:
        pages = _pages(content, most) if ending == ".pdf" else iter([content])
        return "\n".join(filter(None, map(_page, pages)))
    except (OSError, subprocess.SubprocessError):
        return ""


def _pages(content: bytes, most: int) -> Iterator[bytes]:
    """The first pages of a PDF as pictures."""
    tool = shutil.which("pdftoppm")
    for n in range(1, most + 1) if tool else ():
        command = [str(tool), "-r", str(DOTS), "-f", str(n), "-l", str(n), "-gray", "-png", "-"]
        done = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE_S, check=False)
        if done.returncode or not done.stdout:
            return  # behind the last page
        yield done.stdout


def _page(picture: bytes) -> str:
    lines = read_off(picture, patience_s=PATIENCE_S).stdout.decode("utf-8", "replace").splitlines()
    return "\n".join(_joined(line) for line in lines if line.strip())


def read_off(picture: bytes, *options: str, patience_s: float) -> subprocess.CompletedProcess[bytes]:
    """What tesseract writes of a picture. Raises OSError where it cannot be started, SubprocessError where it takes longer."""
    command = ["tesseract", "stdin", "stdout", "-l", LANGUAGE, *options]
    alone = {**os.environ, **ONE_THREAD}
    return subprocess.run(command, input=picture, capture_output=True, timeout=patience_s, check=False, env=alone)


def _joined(line: str) -> str:
    """A line without the blanks that are set between Chinese characters."""
    out = ""
    for piece in line.split():
        apart = out and out[-1].isascii() and piece[0].isascii()
        out += (" " if apart else "") + piece
    return out
