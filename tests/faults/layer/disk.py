"""The layer, built and loaded: what fails, what was written down."""

from __future__ import annotations

import ctypes
import os
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("disk.c")
ANY, SHORT_WRITE, SYNC_ONLY = range(3)
_HEAD = struct.Struct("<5q")


def build(folder: Path) -> Path:
    """The layer as a library. Raises CalledProcessError, FileNotFoundError without a compiler."""
    made = folder / "disk.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-o", str(made), str(SOURCE), "-ldl"], check=True)
    return made


@dataclass(frozen=True)
class Change:
    """One change of the disk: C a new file, W bytes at a place, L a length, S a sync (also of a folder), R another name, N a second name, U gone,
    D a new folder, X a folder gone, H rights, M a mark."""

    what: str
    name: str
    other: str
    place: int
    content: bytes


def changes(log: Path) -> Iterator[Change]:
    """What the layer wrote down, in order."""
    raw, at = log.read_bytes(), 0
    while at < len(raw):
        what, *lengths = _HEAD.unpack_from(raw, at)
        name, other, place, size = lengths
        at += _HEAD.size
        names = raw[at : at + name].decode(), raw[at + name : at + name + other].decode()
        at += name + other
        content = raw[at : at + size] if what == ord("W") else b""
        at += len(content)
        yield Change(chr(what), *names, place, content)


class Layer:
    """The layer of this process, which was started under it."""

    def __init__(self) -> None:
        self._of = ctypes.CDLL(os.environ["LD_PRELOAD"])
        for name in ("disk_count", "disk_failed"):
            getattr(self._of, name).restype = ctypes.c_long
        self._of.disk_fail.argtypes = [ctypes.c_long, ctypes.c_int, ctypes.c_int, ctypes.c_int]

    def watch(self, folder: Path) -> None:
        self._of.disk_watch(str(folder).encode())

    def fail(self, at: int, number: int = 0, kind: int = ANY, on: bool = False) -> None:
        """The ``at``-th call from now on fails, or all from there on; 0 for none. The count begins anew."""
        self._of.disk_fail(at, number, kind, on)

    def record(self, log: Path) -> None:
        self._of.disk_record(str(log).encode())

    def mark(self, text: str) -> None:
        self._of.disk_mark(text.encode())

    @property
    def count(self) -> int:
        return int(self._of.disk_count())

    @property
    def failed(self) -> int:
        return int(self._of.disk_failed())
