"""The printer port: what the desk asks of a printer, whatever the system. Its ports: cups, windows, file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True)
class Printer:
    """A queue: its name, whether it is ready, and what it says of itself when it is not."""

    name: str
    state: Literal["ready", "stopped"]
    reason: str = ""
    default: bool = False


@dataclass(frozen=True)
class PrintResult:
    """What became of a job. ``waiting``: it is in the queue and may still print by itself."""

    state: Literal["printed", "waiting", "saved", "cancelled"]
    job: str
    message: str


JobEnd = Literal["", "printed", "cancelled", "gone"]  # empty: it may still print; gone: the queue knows it no more


class PrinterPort(Protocol):
    """A way to paper. ``send`` raises DeskError when the job was not taken at all."""

    def printers(self) -> list[Printer]:
        """The printers there are; raises DeskError when the print service does not answer."""

    def send(self, pdf: bytes, title: str, printer: str) -> PrintResult:
        """Hand over a letter's bytes as they are."""

    def may_still_print(self, printer: str, job: str) -> bool:
        """Whether an earlier job is still in the queue."""

    def end_of(self, printer: str, job: str) -> JobEnd:
        """How an earlier job came to its end, if it did."""
