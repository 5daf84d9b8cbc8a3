"""Neighbours: the registers that one machine of a hall keeps side by side, each of an office of its own.

Which they are is written down outside of every register, for this machine and this user.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from deskapp.clock import Clock
from deskapp.errors import DeskError, os_reason
from deskapp.files import write_bytes
from deskapp.parsing import one_line
from deskapp.paths import make_private, register_file, state_folder, typed_folder
from deskapp.register.meta import unit_name
from deskapp.register.opening import open_store

LIST = "neighbours.json"
MOST = 20


@dataclass(frozen=True)
class Neighbour:
    """A register of the hall: its folder, and whose it is (the folder's name where it cannot be looked at without a password)."""

    folder: str
    name: str


class Neighbours:
    """The moment somebody chooses for which office he works now. ``home`` is the register that is open."""

    def __init__(self, clock: Clock, home: Path) -> None:
        self._clock, self._home = clock, home

    def all(self) -> list[Neighbour]:
        """All that were written down, in their order; none where nothing was, or where the list is damaged."""
        try:
            raw = json.loads((state_folder() / LIST).read_text(encoding="utf-8"))
            return [Neighbour(str(one["folder"]), str(one["name"])) for one in raw][:MOST]
        except (OSError, ValueError, TypeError, KeyError):
            return []

    def others(self) -> list[Neighbour]:
        """Those that are not open here."""
        here = self._home.resolve()
        return [one for one in self.all() if Path(one.folder).resolve() != here]

    def choose(self, folders: Iterable[str]) -> list[Neighbour]:
        """Keep these from now on, one a line as typed. Raises DeskError for a folder without a register, or too many."""
        typed = list(dict.fromkeys(text for line in folders if (text := one_line(line))))
        if len(typed) > MOST:
            raise DeskError(f"最多{MOST}本登记簿。", "没有改。", "请去掉几个。", "hall")
        found = [self._looked_at(typed_folder(text)) for text in typed]
        try:
            content = json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1).encode()
            write_bytes(make_private(state_folder()) / LIST, content, replace=True)
        except OSError as error:
            raise DeskError(f"没有存上：{os_reason(error)}。", "没有改。", "请检查磁盘。") from error
        return found

    def _looked_at(self, folder: Path) -> Neighbour:
        file = register_file(folder)
        if not file.is_file():
            raise DeskError(f"{folder} 里没有登记簿。", "没有改。", "请写登记簿所在的文件夹，一行一个。", "hall")
        try:
            store = open_store(file)
        except DeskError:
            return Neighbour(str(folder), folder.name)
        try:
            return Neighbour(str(folder), unit_name(store, self._clock.today()) or folder.name)
        finally:
            store.close()
