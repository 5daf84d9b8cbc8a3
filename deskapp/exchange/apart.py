"""Work on files of others in a process of its own: what hangs, swells or breaks there ends there, in a sentence here.

``Apart("package.module:function", …)`` yields what that function yields, one thing after another; a DeskError that it raises is raised
where its next thing is awaited. The process may use so much memory and so much time for a file of its size, sees no folder but the
package for code, and is stopped when nobody wants more.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Generic, TypeVar

from deskapp.errors import DeskError, os_reason

NOT_FROM_HERE = ("-P",)  # the folder one stands in, a stick for instance, is no place to look for code in
MEMORY = 400_000_000  # bytes
BASE_S, A_MEGABYTE_S = 4, 8  # seconds of the processor for a file, and for each megabyte of it
TallyT = TypeVar("TallyT")
ThingT = TypeVar("ThingT")
PART = 200  # things sent at a time
NOTHING = "没有导入。"
TOO_LONG = "文件读得太久，已经停下。"
TOO_LARGE = "文件解开以后太大，已经停下。"
GAVE_UP = "reader_gave_up"  # the code of these three
NOT_FORESEEN = "文件的写法没有料到，读不下去，多半已经损坏。"
SPLIT = "请用表格软件打开，只留要导入的内容，另存一份；或者分成几份。"


class Apart:
    """A function of another process, as an iterator. ``size`` is that of the file in bytes, ``nothing`` what a refusal means to
    whoever asked, ``advice`` what to do with a file that is no table, ``part`` how many things are sent at a time: few where each is
    large."""

    def __init__(
        self, source: str, *words: Any, size: int = 0, nothing: str = "", advice: str = "", part: int = PART
    ) -> None:
        self._nothing, self._advice = nothing, advice
        command = [sys.executable, *NOT_FROM_HERE, "-m", "deskapp.exchange.apart"]
        self._reader = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, close_fds=True
        )
        assert self._reader.stdin is not None
        seconds = BASE_S + size * A_MEGABYTE_S // 1_000_000
        try:
            pickle.dump((source, words, seconds, part), self._reader.stdin)
            self._reader.stdin.close()
        except BrokenPipeError:
            pass  # what became of it is told where its first thing is awaited

    def __iter__(self) -> Iterator[Any]:
        """What the function yields. Raises DeskError."""
        try:
            while (part := self._next()) is not None:
                yield from part
        finally:
            self.close()

    def _next(self) -> list[Any] | None:
        assert self._reader.stdout is not None
        try:
            sent = pickle.load(self._reader.stdout)
        except (EOFError, pickle.UnpicklingError) as error:
            what, todo = _ENDED.get(self._reader.wait(), (TOO_LARGE, SPLIT))
            raise DeskError(what, self._nothing or NOTHING, self._advice or todo, code=GAVE_UP) from error
        if isinstance(sent, DeskError):
            raise DeskError(sent.what, self._nothing or sent.meaning, sent.todo, sent.field, code=sent.code)
        return None if sent is None else list(sent)

    def close(self) -> None:
        """Stop the process."""
        self._reader.kill()
        if self._reader.stdout is not None:
            self._reader.stdout.close()
        self._reader.wait()


class Tallied(Generic[TallyT, ThingT]):
    """What a reader elsewhere sends that begins and ends with a tally of what it reads: ``tally`` is the last that came."""

    def __init__(self, reader: Apart) -> None:
        self._reader, self._things = reader, iter(reader)
        self.tally: TallyT = next(self._things)

    def __iter__(self) -> Iterator[ThingT]:
        """The things between, as they come over. Raises DeskError."""
        for thing in self._things:
            if isinstance(thing, type(self.tally)):
                self.tally = thing
            else:
                yield thing

    def close(self) -> None:
        """Stop the reader."""
        self._reader.close()


_XCPU = 24  # the signal of the system when the time of the processor is used up
_NO_MEMORY = 12
_ENDED = {
    -_XCPU: (TOO_LONG, SPLIT),
    _NO_MEMORY: (TOO_LARGE, SPLIT),
    1: (NOT_FORESEEN, "请用表格软件打开，另存一份再试；还是不行，请把文件交给维护人员。"),
}


def size_of(path: Path) -> int:
    """The size of a file; 0 for one that cannot be looked at, which its reader will name."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _limit(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the parts of a file are looked at before they are unpacked
        return
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """The other process: one call, its things to stdout in parts, None at the end."""
    source, words, seconds, most = pickle.load(sys.stdin.buffer)
    out, sys.stdout = (
        os.fdopen(os.dup(sys.stdout.fileno()), "wb"),
        sys.stderr,
    )  # what a library prints does not mix in
    module, _, name = source.partition(":")
    function = getattr(import_module(module), name)
    _limit(seconds)

    def send(thing: object) -> None:
        pickle.dump(thing, out, pickle.HIGHEST_PROTOCOL)
        out.flush()

    part: list[object] = []
    try:
        for thing in function(*words):
            part.append(thing)
            if len(part) == most:
                send(part)
                part = []
        send(part)
        send(None)
    except DeskError as error:
        if part:
            send(part)
        send(error)
    except OSError as error:
        send(DeskError(f"文件读不出来：{os_reason(error)}。", NOTHING, "请检查文件和权限。"))
    except RecursionError:
        send(DeskError("文件的写法套得太深，读不了。", NOTHING, SPLIT))


if __name__ == "__main__":
    try:
        main()
    except MemoryError:  # there is none left to say so
        os._exit(_NO_MEMORY)
