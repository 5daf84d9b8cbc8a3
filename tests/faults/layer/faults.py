"""One call of an act fails, once or from then on; then the program is killed, or the act is tried again."""

from __future__ import annotations

import errno
import json
import os
import shutil
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path

from deskapp.errors import DeskError
from deskapp.register.store import UNCERTAIN
from letters.errors import PressError
from tests.faults.layer.acts import ACTS, Act
from tests.faults.layer.disk import ANY, SHORT_WRITE, SYNC_ONLY, Layer
from tests.faults.layer.look import TABLES, Seen, look

KINDS = ((errno.EIO, ANY), (errno.ENOSPC, ANY), (errno.ENOSPC, SHORT_WRITE), (errno.EIO, SYNC_ONLY))


@dataclass(frozen=True)
class Fault:
    """Which call of which act fails with what: ``on`` every later one as well, ``again`` the act is tried a second time."""

    act: int
    at: int
    kind: int = 0
    on: bool = False
    again: bool = False


@dataclass
class Told:
    """What the program said: ``raw`` an error that is none of its own, ``second`` what the second try raised."""

    calls: int = 0
    failed: int = 0
    said: str = ""
    code: str = ""
    raw: str = ""
    second: str = ""


class Runner:
    """Acts on copies of one prepared folder. ``work`` is a folder of its own."""

    def __init__(self, template: Path, work: Path, layer: Layer) -> None:
        self._template, self.run, self._layer = template, work / "run", layer
        self._ends: dict[tuple[str, bool], Seen] = {}
        self._calls: dict[tuple[int, int], int] = {}

    def every(self, act: int) -> list[Fault]:
        """Every fault that an act can meet: each of its calls of a kind that fails, once or for good, the process going on or ending."""
        for kind in range(len(KINDS)):
            if (act, kind) not in self._calls:
                self._calls[act, kind] = self.once(Fault(act, 0, kind)).calls
        return [
            Fault(act, at, kind, *ways)
            for kind in range(len(KINDS))
            for at in range(1, self._calls[act, kind] + 1)
            for ways in product((True, False), repeat=2)
        ]

    def fresh(self) -> Path:
        """A new copy of the folder."""
        shutil.rmtree(self.run, ignore_errors=True)
        shutil.copytree(self._template, self.run)
        return self.run

    def once(self, fault: Fault) -> Told:
        """The act in a process of its own, which ends without closing anything."""
        self.fresh()
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.close(read)
                os.write(write, json.dumps(asdict(self._do(fault))).encode())
            finally:
                os._exit(0)
        os.close(write)
        text = b""
        while part := os.read(read, 65536):
            text += part
        os.close(read)
        os.waitpid(child, 0)
        return Told(**json.loads(text)) if text else Told(raw="no answer")

    def _do(self, fault: Fault) -> Told:
        act, told = ACTS[fault.act], Told()
        number, kind = KINDS[fault.kind]
        state = act.ready(self.run)
        self._layer.watch(self.run)
        self._layer.fail(fault.at, number, kind, fault.on)
        told.said, told.code, told.raw = tried(act, state)
        told.calls, told.failed = self._layer.count, self._layer.failed
        self._layer.fail(0)
        if fault.again and told.said:
            said, _, raw = tried(act, state)
            told.second = said or raw
        return told

    def recorded(self, fault: Fault, log: Path) -> None:
        """The act in this process, on the copy that is there, everything written down."""
        act = ACTS[fault.act]
        self._layer.watch(self.run)
        self._layer.record(log)
        state = act.ready(self.run)
        self._layer.mark("begin")
        act.do(state)
        self._layer.mark("done")

    def ends(self, act: Act) -> tuple[Seen, Seen]:
        """What is there before an act, and after it."""
        if (act.name, False) not in self._ends:
            number = ACTS.index(act)
            self._ready(act)
            self._ends[act.name, False] = look(self.run, act)
            told = self.once(Fault(number, 0))
            assert not f"{told.said}{told.raw}", f"{act.name}: {told}"
            self._ends[act.name, True] = look(self.run, act)
        return self._ends[act.name, False], self._ends[act.name, True]

    def _ready(self, act: Act) -> None:
        """A copy in which all is ready for an act."""
        self.fresh()
        child = os.fork()
        if child == 0:
            try:
                act.ready(self.run)
            finally:
                os._exit(0)
        os.waitpid(child, 0)

    def judge(self, fault: Fault) -> list[str]:
        """What is wrong about how the program stood a fault."""
        act = ACTS[fault.act]
        before, after = self.ends(act)
        told = self.once(fault)
        seen = look(self.run, act)
        wrong = [*seen.wrong, *([f"raw: {told.raw}"] if told.raw else [])]
        if told.second and not _may_be_there(told):
            wrong.append(f"blocks: {told.said} / {told.second}")
        if seen.made not in (before.made, after.made) or (
            told.said and not fault.again and not fault.on and seen.made != before.made
        ):
            wrong.append(f"a file of {seen.made} bytes, said: {told.said}")
        there, full = kept(seen), kept(after)
        if not told.said or (fault.again and not told.second):
            if there != full and not (fault.again and told.said):
                wrong.append(f"lost: {there}, should be {full}")
        elif there != kept(before):
            true = _may_be_there(told) and there in (full, _without_note(full, kept(before)))
            wrong += [] if true else [f"untrue or half: {there}, said: {told.said}"]
        return wrong


def kept(seen: Seen) -> tuple[object, ...]:
    """What people would miss."""
    return seen.rows, seen.locked


def _without_note(full: tuple[object, ...], before: tuple[object, ...]) -> tuple[object, ...]:
    """The whole of a list, but for the note in the register that it came in: the two lie in two files, the note is written after, and a disk
    that fails for good at the list's own commit takes none. What is said then, that nobody can be sure, is true of both."""
    rows, locked = full
    noted = before[0]
    assert isinstance(rows, tuple)
    assert isinstance(noted, tuple)
    place = TABLES.index("records")
    if len(noted) <= place or len(rows) <= place:  # there was no register before
        return full
    return (*rows[:place], noted[place], *rows[place + 1 :]), locked


def _may_be_there(told: Told) -> bool:
    """Whether what was said leaves open, or says, that it is there."""
    return told.code == UNCERTAIN or "不能确定" in told.said or "已经" in told.said


def tried(act: Act, state: object) -> tuple[str, str, str]:
    """The sentence of a refusal and its code; or what was raised that is no refusal."""
    try:
        act.do(state)
    except DeskError as error:
        return str(error), error.code, ""
    except PressError as error:
        return str(error), "", ""
    except BaseException as error:  # noqa: BLE001  # this is what is looked for
        return "", "", f"{type(error).__name__}: {error}"
    return "", "", ""
