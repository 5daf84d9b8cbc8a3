"""The port of a machine without printers: it says so, and the letter is saved as PDF instead."""

from __future__ import annotations

from deskapp.errors import DeskError
from deskapp.printing.port import JobEnd, Printer, PrintResult


class NoPrinterPort:
    """No printer at all."""

    def printers(self) -> list[Printer]:
        """None."""
        return []

    def send(self, pdf: bytes, title: str, printer: str) -> PrintResult:
        """Always refuses."""
        raise DeskError("这台电脑没有可用的打印程序。", "文书没有送去打印。", "请存成PDF，拿到别的电脑上打印。")

    def may_still_print(self, printer: str, job: str) -> bool:
        """Nothing is ever in a queue."""
        return False

    def end_of(self, printer: str, job: str) -> JobEnd:
        """A job of a time when there was a printer: nobody can be asked about it."""
        return "gone"
