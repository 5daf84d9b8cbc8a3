"""Reading pictures with tesseract and its data for simplified Chinese, where this computer has both: text, or words with their places."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from functools import cache

from deskapp.exchange.placed import PlacedText

LANGUAGE = "chi_sim"
WORD = "5"  # the level of a word in the table that tesseract writes
ONE_THREAD = {
    "OMP_THREAD_LIMIT": "1"
}  # more of tesseract's threads wait for each other: minutes a page on a busy machine


@cache
def is_there() -> bool:
    """Whether this computer has it."""
    tool = shutil.which("tesseract")
    if not tool:
        return False
    listed = subprocess.run([tool, "--list-langs"], capture_output=True, text=True, check=False)
    return LANGUAGE in listed.stdout.split()


def text_of(picture: bytes, patience_s: float) -> str:
    """The lines of a picture. Raises OSError where it cannot be started, SubprocessError where it takes longer."""
    lines = _run(picture, patience_s=patience_s).stdout.decode("utf-8", "replace").splitlines()
    return "\n".join(joined(line) for line in lines if line.strip())


def words_of(picture: bytes, dots: float, patience_s: float) -> list[PlacedText]:
    """The words of a picture of one column. Raises OSError, SubprocessError also where it gives up."""
    done = _run(picture, "--dpi", str(round(dots)), "--psm", "6", "tsv", patience_s=patience_s)
    done.check_returncode()
    table = csv.DictReader(
        io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    found = []
    for word in table:
        text = (word.get("text") or "").strip()
        if word.get("level") == WORD and text:
            left, top, wide, high = (int(word[key]) for key in ("left", "top", "width", "height"))
            found.append(PlacedText(text, left, top, left + wide, top + high))
    return found


def _run(picture: bytes, *options: str, patience_s: float) -> subprocess.CompletedProcess[bytes]:
    command = ["tesseract", "stdin", "stdout", "-l", LANGUAGE, *options]
    alone = {**os.environ, **ONE_THREAD}
    return subprocess.run(command, input=picture, capture_output=True, timeout=patience_s, check=False, env=alone)


def joined(line: str) -> str:
    """A line without the blanks that are set between Chinese characters."""
    out = ""
    for piece in line.split():
        apart = out and out[-1].isascii() and piece[0].isascii()
        out += (" " if apart else "") + piece
    return out
