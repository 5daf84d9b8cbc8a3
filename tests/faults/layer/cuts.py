"""The power goes after any call: the disk as it may be then, built from what was written down.

Three ways: everything that was called is there; only what a sync covered is (a name is, once its folder or, for a new file, the file
itself was synced); of the rest a random part, torn at 512 bytes. A file that was renamed is on the disk under the one name or the other.
"""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.faults.layer.acts import ACTS
from tests.faults.layer.disk import Change, changes
from tests.faults.layer.faults import Fault, Runner, kept, tried
from tests.faults.layer.look import Seen, look

ALL, SYNCED, TORN = "all", "synced", "torn"
SECTOR = 512


@dataclass(frozen=True)
class Cut:
    """After which call of which act the power goes, and how."""

    act: int
    after: int
    how: str


class Files:
    """Files by their names: what is in the machine's memory, what is on the disk."""

    def __init__(self, folder: Path, how: str, chance: random.Random) -> None:
        self._how, self._chance = how, chance
        self.now = {
            str(p): bytearray(p.read_bytes())
            for p in folder.rglob("*")
            if p.is_file() and not p.name.endswith("-shm")
        }
        self.disk = {name: bytearray(content) for name, content in self.now.items()}
        self._unsynced: dict[int, list[Change]] = {}  # by the content object
        self._names: list[Change] = []
        self._gone: list[bytearray | None] = []  # kept, so that no other content takes their identity

    def take(self, change: Change) -> None:
        """One change."""
        if change.what in "WL":
            content = self.now.setdefault(change.name, bytearray())
            _write(content, change)
            self._unsynced.setdefault(id(content), []).append(change)
        elif change.what == "C":
            self.now[change.name] = bytearray()
            self._names.append(change)
        elif change.what == "R":
            self._gone.append(self.now.get(change.other))
            self.now[change.other] = self.now.pop(change.name, bytearray())
            self._names.append(change)
        elif change.what == "N":
            self.now[change.other] = self.now[change.name]
            self._names.append(change)
        elif change.what == "U":
            self._gone.append(self.now.pop(change.name, None))
            self._names.append(change)
        elif change.what == "S":
            self._synced(change.name)

    def _synced(self, name: str) -> None:
        if name in self.now:
            content = self.now[name]
            self._unsynced.pop(id(content), None)
            mine = [change for change in self._names if change.what == "C" and change.name == name]
            self._settle(mine)
            if name in self.disk:
                self.disk[name] = bytearray(content)
            else:  # it is on the disk under the name that it had before
                for change in self._names:
                    if change.what == "R" and change.other == name:
                        self.disk[change.name] = bytearray(content)
            return
        self._settle([change for change in self._names if str(Path(change.other or change.name).parent) == name])

    def _settle(self, names: list[Change]) -> None:
        for change in names:
            self._names.remove(change)
            if change.what == "C":
                self.disk.setdefault(change.name, bytearray())
            elif change.what == "N":
                self.disk[change.other] = bytearray(self.disk.get(change.name, b""))
            elif change.what == "R":
                self.disk[change.other] = self.disk.pop(change.name, bytearray())
            else:
                self.disk.pop(change.name, None)

    def left(self) -> dict[str, bytearray]:
        """What a start after the power cut finds."""
        if self._how == ALL:
            return self.now
        if self._how == TORN:
            self._some()
        return self.disk

    def _some(self) -> None:
        """A random part of what was not synced."""
        self._settle([change for change in list(self._names) if self._chance.random() < 0.5])
        for name, content in self.now.items():
            if name not in self.disk:
                continue
            for change in self._unsynced.get(id(content), []):
                if change.what == "L":
                    if self._chance.random() < 0.5:
                        _write(self.disk[name], change)
                    continue
                for at in range(0, len(change.content), SECTOR):
                    if self._chance.random() < 0.5:
                        part = change.content[at : at + SECTOR]
                        _write(self.disk[name], Change("W", name, "", change.place + at, part))


def _write(content: bytearray, change: Change) -> None:
    if change.what == "L":
        del content[change.place :]
        content.extend(bytes(change.place - len(content)))
        return
    content.extend(bytes(max(0, change.place - len(content))))
    content[change.place : change.place + len(change.content)] = change.content


def _one_or_other(seen: Seen, before: Seen, after: Seen) -> bool:
    """Whether what is there is the one or the other: the register, the catalogue, which is a file of its own, and what was made."""
    parts = [(x.rows[:-1], x.rows[-1:], x.locked, x.made) for x in (seen, before, after)]
    return all(now in (old, new) for now, old, new in zip(*parts, strict=True))


class Cutter:
    """Power cuts of acts. ``work`` is a folder of its own."""

    def __init__(self, runner: Runner, work: Path) -> None:
        self._runner, self._work = runner, work
        self._logs: dict[int, tuple[Path, list[Change]]] = {}

    def every(self, act: int) -> list[Cut]:
        """Every cut of an act: after each change, with all, only what was synced, or torn."""
        log = self._log(act)[1]
        begin = next(n for n, change in enumerate(log) if change.what == "M")
        return [Cut(act, after, how) for after in range(begin + 1, len(log) + 1) for how in (ALL, SYNCED, TORN)]

    def _log(self, number: int) -> tuple[Path, list[Change]]:
        """What an act wrote, and the folder as it was before anything was written."""
        if number not in self._logs:
            start, log = self._work / f"start{number}", self._work / f"log{number}"
            run = self._runner.fresh()
            shutil.copytree(run, start)
            child = os.fork()
            if child == 0:
                try:
                    self._runner.recorded(Fault(number, 0), log)
                finally:
                    os._exit(0)
            os.waitpid(child, 0)
            self._logs[number] = start, list(changes(log))
        return self._logs[number]

    def judge(self, cut: Cut) -> list[str]:
        """What is wrong about how the program stood a power cut."""
        act = ACTS[cut.act]
        before, after = self._runner.ends(act)
        start, log = self._log(cut.act)
        done = any(change.what == "M" and change.name == "done" for change in log[: cut.after])
        run = self._runner.run
        self._build(start, log[: cut.after], cut)
        seen = look(run, act)
        wrong = [*seen.wrong]
        if done and (kept(seen) != kept(after) or seen.made != after.made):
            wrong.append(f"lost: {kept(seen)} {seen.made}, should be {kept(after)} {after.made}")
        elif not _one_or_other(seen, before, after):
            wrong.append(f"half: {kept(seen)} {seen.made}")
        if not wrong and not done and kept(seen) == kept(before) and act.home in ("new", "fresh"):
            said, _, raw = tried(act, act.ready(run))  # what was left of it does not block the next try
            wrong += [f"blocks: {said or raw}"] if said or raw else []
        return wrong

    def _build(self, start: Path, log: list[Change], cut: Cut) -> None:
        run = self._runner.run
        shutil.rmtree(run, ignore_errors=True)
        shutil.copytree(start, run)
        files = Files(run, cut.how, random.Random(repr(cut)))
        for change in log:
            if change.what == "D":
                Path(change.name).mkdir(parents=True, exist_ok=True)
            files.take(change)
        for path in [path for path in run.rglob("*") if path.is_file()]:
            path.unlink()
        for name, content in files.left().items():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(content)
