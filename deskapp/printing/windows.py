"""Printing on Windows: SumatraPDF when it is installed, else the program that opens PDF files prints it.

Neither tells what became of the job, so the clerk is asked to look at the printer.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

from deskapp.errors import DeskError
from deskapp.printing import Printer, PrintResult

DEFAULT = "默认打印机"


class WindowsPort:
    """The default printer of Windows."""

    def printers(self) -> list[Printer]:
        """The default printer, under that name."""
        return [Printer(DEFAULT, "ready", default=True)]

    def send(self, pdf: bytes, title: str, printer: str) -> PrintResult:
        """Hand the file to SumatraPDF or to the system's PDF program. Raises DeskError when neither takes it."""
        folder = Path(tempfile.gettempdir()) / "deskapp-print"
        shutil.rmtree(folder, ignore_errors=True)  # no letter lies about longer than until the next one
        path = folder / f"{secrets.token_hex(4)}.pdf"
        sumatra = shutil.which("SumatraPDF")
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            path.write_bytes(pdf)
            if sumatra:
                subprocess.run([sumatra, "-print-to-default", "-silent", str(path)], check=True, timeout=60)
            else:
                start = getattr(os, "startfile", None)
                if start is None:
                    raise OSError("no startfile")
                start(str(path), "print")
        except (OSError, subprocess.SubprocessError) as error:
            raise DeskError(
                "系统没有把文书送去打印。", "可能没有安装能打印PDF的程序。", "请存成PDF，打开以后再打印。"
            ) from error
        return PrintResult("waiting", path.stem, "已交给系统打印，请看打印机有没有出纸。")

    def may_still_print(self, printer: str, job: str) -> bool:
        """Windows does not tell; the clerk is asked."""
        return True
