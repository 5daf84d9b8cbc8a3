"""Printing on Windows: SumatraPDF when it is installed, else the program that opens PDF files prints it.

Neither tells what became of the job, so the clerk is asked to look at the printer.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from deskapp.errors import DeskError
from deskapp.printing.port import JobEnd, Printer, PrintResult

DEFAULT = "默认打印机"
SUMATRA = "SumatraPDF.exe"
TRUE_SIZE = "noscale,paper=A4"  # SumatraPDF shrinks to the printable area unless it is told
READ_S = 600.0  # by then the program that was asked to print a file has read it: it is asked and returns at once


class WindowsPort:
    """The default printer of Windows."""

    def printers(self) -> list[Printer]:
        """The default printer, under that name."""
        return [Printer(DEFAULT, "ready", default=True)]

    def send(self, pdf: bytes, title: str, printer: str) -> PrintResult:
        """Hand the file to SumatraPDF or to the system's PDF program. Raises DeskError when neither takes it."""
        folder = Path(tempfile.gettempdir()) / "deskapp-print"
        path = folder / f"{secrets.token_hex(4)}.pdf"
        sumatra = sumatra_pdf()
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            _clear(folder)
            path.write_bytes(pdf)
            if sumatra:
                command = [sumatra, "-print-to-default", "-print-settings", TRUE_SIZE, "-silent", str(path)]
                subprocess.run(command, check=True, timeout=60)
                path.unlink(missing_ok=True)  # it ends when the queue has the pages
            else:
                start = getattr(os, "startfile", None)
                if start is None:
                    raise OSError("no startfile")
                start(str(path), "print")
        except (OSError, subprocess.SubprocessError) as error:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise DeskError(
                "系统没有把文书送去打印。", "可能没有安装能打印PDF的程序。", "请存成PDF，打开以后再打印。"
            ) from error
        return PrintResult("waiting", path.stem, "已交给系统打印，请看打印机有没有出纸。")

    def may_still_print(self, printer: str, job: str) -> bool:
        """Windows does not tell; the clerk is asked."""
        return True

    def end_of(self, printer: str, job: str) -> JobEnd:
        """Windows does not tell; the clerk does."""
        return ""


def sumatra_pdf() -> str | None:
    """Where SumatraPDF is: on the path, beside the program's Python, or where its own installer puts it (for one user, for all)."""
    if found := shutil.which("SumatraPDF"):
        return found
    settled = [os.environ.get(name) for name in ("LOCALAPPDATA", "ProgramFiles")]
    places = [Path(sys.executable).parent.parent, *(Path(each, "SumatraPDF") for each in settled if each)]
    return next((str(place / SUMATRA) for place in places if (place / SUMATRA).is_file()), None)


def _clear(folder: Path) -> None:
    """Take away the files of earlier prints that have been read by now; one that is still open stays until the next time."""
    for file in folder.glob("*.pdf"):
        with suppress(OSError):
            if time.time() - file.stat().st_mtime > READ_S:
                file.unlink()
