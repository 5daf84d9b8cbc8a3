"""Several takers at once: the bundles of different points have nothing to do with each other, and folding their cases keeps a core busy.

The bundles of one point go to one taker, in the order of their entries. Each taker is a process with a connection of its own; the one that
was asked takes its share too, from the end, while the others are still starting.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread

from deskapp.clock import Clock
from deskapp.county.database import Database
from deskapp.county.home import CountyHome, CountyKeys
from deskapp.county.lawful import put_county_law_in_force
from deskapp.county.taking import Taking
from deskapp.county.verdicts import Offered, name_of
from deskapp.errors import DeskError
from deskapp.exchange.bundle.packing import LARGEST_FILE
from deskapp.exchange.bundle.remains import read_kept

WORTH_IT = 8  # bundles; a process takes as long to start as a few of them
SHARES = 5  # parts for each taker: few enough to be worth a connection, enough that all end together


@dataclass(frozen=True)
class Post:
    """What a taker needs to work on its own."""

    dsn: str
    home: Path
    clock: Clock
    practice: bool


def take_together(post: Post, paths: Sequence[Path], jobs: int) -> Iterator[Offered]:
    """Offer these files; what became of each, point by point. Raises DeskError where the database or the disk refuses."""
    groups = list(_by_point(paths, CountyHome(post.home).keys()))
    if jobs < 2 or len(paths) < WORTH_IT or len(groups) < 2:
        yield from _take(post, groups)
        return
    try:
        yield from chain.from_iterable(_shared(post, groups, min(jobs, len(groups))))
    except BrokenProcessPool as error:
        raise DeskError(
            "收包的时候有一个进程中断了。",
            "收下的都在，没有收完的没有留下一半。",
            "请再收一次；收过的不会重复。",
            code="crew",
        ) from error


def _shared(post: Post, groups: Sequence[list[Path]], jobs: int) -> Iterator[list[Offered]]:
    """The groups in parts of a few, which are worth one connection: the others begin at the first, this process at the last."""
    size = max(1, len(groups) // (jobs * SHARES))
    parts = [groups[start : start + size] for start in range(0, len(groups), size)]
    with ProcessPoolExecutor(jobs - 1, mp_context=get_context("spawn"), initializer=_end_with_parent) as crew:
        waiting = [crew.submit(_take, post, part) for part in parts]
        own: dict[int, list[Offered]] = {}
        try:
            for n in reversed(range(len(parts))):
                if waiting[n].cancel():  # nobody has begun it
                    own[n] = _take(post, parts[n])
            for n, each in enumerate(waiting):
                yield own[n] if n in own else each.result()
        finally:
            crew.shutdown(wait=True, cancel_futures=True)


def _end_with_parent() -> None:
    """A taker whose parent was killed ends: nobody would give it work, and it would hold what it inherited open for ever."""
    parent = parent_process()
    if parent is not None:
        Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()


def _by_point(paths: Sequence[Path], keys: CountyKeys) -> Iterator[list[Path]]:
    """The files by the point that they name, each point's in the order of their entries; what is no bundle is by itself."""
    groups: dict[str, list[tuple[int, Path]]] = {}
    for path in paths:
        point, after = _named(path, keys)
        groups.setdefault(point or str(path), []).append((after, path))
    for files in groups.values():
        yield [path for _, path in sorted(files, key=lambda each: each[0])]


def _named(path: Path, keys: CountyKeys) -> tuple[str, int]:
    """The point that a bundle names and where it begins; nothing for what is none."""
    try:
        with path.open("rb") as stream:
            said = read_kept(stream.read(LARGEST_FILE + 1), keys.identity, keys.card.public_key).manifest
    except (DeskError, OSError):
        return "", 0
    return said.point, said.after


def _take(post: Post, groups: Sequence[Sequence[Path]]) -> list[Offered]:
    """Take files in, with a connection of one's own."""
    with Database(post.dsn) as db:
        home = CountyHome(post.home)
        put_county_law_in_force(home)
        taking = Taking(db, home, post.clock, post.practice)
        return [offered for group in groups for path in group for offered in _taken(taking, path)]


def _taken(taking: Taking, path: Path) -> list[Offered]:
    """What became of one file; one that cannot be read stops none of the others."""
    try:
        return taking.take(path)
    except DeskError as error:
        if error.code != "unreadable":
            raise
        return [Offered(name_of(path), "", "", "refused", code="unreadable")]
