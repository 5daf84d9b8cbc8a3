"""Restoring: a backup becomes a data directory again, with what belongs to it; what was seen of the register after it is said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from deskapp.clock import Clock
from deskapp.desk.office.bringing import Back, Bringing
from deskapp.errors import DeskError, os_reason
from deskapp.paths import register_file, state_folder
from deskapp.register import backup, packed
from deskapp.register.backup import Counts
from deskapp.register.driver import IN_THE_CLEAR, RegisterKey
from deskapp.register.heads import Heads
from deskapp.register.keyring import Slots, open_slots
from deskapp.register.opening import open_store
from deskapp.register.outgoing import note_restored
from deskapp.register.records import Records
from deskapp.register.recovery import key_of_sheets
from deskapp.register.restoring import restore


@dataclass(frozen=True)
class RestoredDesk:
    """What the backup and the new register hold, side by side; what came back beside it; a sentence about what was seen later."""

    backup: Counts
    restored: Counts
    back: Back
    later: str = ""


def restore_backup(
    source: Path, home: Path, clock: Clock, password: str = "", sheets: tuple[str, str] | None = None
) -> RestoredDesk:
    """Put a backup into a new directory, with what lies beside it; what both hold, and ``later``, what was seen of the register after the
    backup: its numbers could be given out twice. One of an encrypted register takes a register password or the text of both recovery sheets. Raises
    DeskError."""
    key, slots = _key_of(source, password, sheets)
    bringing = Bringing(source, home, password, key)
    done = restore(source, home, clock, bringing, password, key, slots)
    return RestoredDesk(done.backup, done.restored, bringing.back, _later(home, clock, key))


def _later(home: Path, clock: Clock, key: RegisterKey) -> str:
    """What was seen of a register after the backup that it was restored from; and written down that it is known. The restore is done by
    now: what fails here is told and undoes nothing."""
    try:
        store = open_store(register_file(home), key=key)
        try:
            heads = Heads(store, clock, state_folder())
            later = "".join(doubt.sentence for doubt in heads.doubts())
            heads.accept()  # whoever restores knows that it is an older one
            note_restored(store, Records(store, clock), clock.now())
        finally:
            store.close()
    except (DeskError, OSError) as error:
        reason = error.what if isinstance(error, DeskError) else f"{os_reason(error)}。"
        return f"没有核对备份以后还发过哪些号：{reason}请运行 deskapp check。"
    return later


def _key_of(source: Path, password: str, sheets: tuple[str, str] | None) -> tuple[RegisterKey, Slots]:
    """What opens a backup of an encrypted register, and the passwords that go on with it. Raises DeskError."""
    try:
        if not source.is_file() or backup.form_of(source) == "age" or not packed.needs_key(source):
            return IN_THE_CLEAR, {}
        slots = packed.slots_for(source)
    except OSError as error:
        raise DeskError(f"备份 {source.name} 读不出来：{os_reason(error)}。", "没有恢复。", "请检查U盘。") from error
    if sheets:
        return key_of_sheets(*sheets), slots
    if slots and not password:
        raise DeskError(
            f"备份 {source.name} 是加密的登记簿。",
            "没有登记簿密码打不开。",
            "请加上 --password，再输入登记簿密码；或者用 --sheet 写明两张恢复单。",
        )
    return (open_slots(slots, password), slots) if slots else (IN_THE_CLEAR, {})
