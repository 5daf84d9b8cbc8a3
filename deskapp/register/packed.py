"""A backup of an encrypted register in one file: a zip, not compressed, with the register as it is on the disk and its keys.

Nothing in it can be read without one of the passwords or both recovery sheets. Any zip program takes it apart, any SQLCipher 4 opens
the register in it with the key that the age files hold.
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from deskapp.errors import DeskError
from deskapp.paths import KEYS, REGISTER
from deskapp.register.keyring import SUFFIX, Slots, slots_in

MAGIC, IN_CLEAR = b"PK\x03\x04", b"SQLite format 3\0"
DAMAGED_ZIP = (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, ValueError)
MOST_SLOTS, MOST_SLOT_BYTES = 1000, 10_000


def is_packed(path: Path) -> bool:
    """Whether a file is such a backup, by its first bytes. Raises OSError when it cannot be read."""
    with path.open("rb") as stream:
        return stream.read(len(MAGIC)) == MAGIC


def needs_key(path: Path) -> bool:
    """Whether a backup that is under no password of its own is one of an encrypted register. Raises OSError."""
    with path.open("rb") as stream:
        return stream.read(len(IN_CLEAR)) != IN_CLEAR


def pack(register: Path, slots: Slots, target: Path) -> None:
    """Write the file ``target``, which is there and private. Raises OSError."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as box:
        box.write(register, REGISTER)
        for name, content in slots.items():
            box.writestr(f"{KEYS}/{name}{SUFFIX}", content)


def unpack(source: Path, target: Path) -> None:
    """Write the register that is in ``source`` to ``target``, a private file. Raises DeskError for a damaged one, OSError."""
    try:
        with zipfile.ZipFile(source) as box, box.open(REGISTER) as register, target.open("wb") as out:
            shutil.copyfileobj(register, out)
    except DAMAGED_ZIP as error:
        raise _damaged(source) from error


def slots_for(source: Path) -> Slots:
    """The keys that belong to a backup: those in it, or those beside a daily one, which lies in a folder of the data directory. Raises
    DeskError for a damaged one, OSError."""
    if not is_packed(source):
        return slots_in(source.parent / KEYS) or slots_in(source.parent.parent / KEYS)
    try:
        with zipfile.ZipFile(source) as box:
            inside = [x for x in box.infolist() if x.filename.startswith(f"{KEYS}/") and x.filename.endswith(SUFFIX)]
            small = [x for x in inside[:MOST_SLOTS] if x.file_size <= MOST_SLOT_BYTES]
            return {Path(x.filename).stem: box.read(x) for x in small}
    except DAMAGED_ZIP as error:
        raise _damaged(source) from error


def _damaged(source: Path) -> DeskError:
    return DeskError(f"备份 {source.name} 不是登记簿的备份，或者已经损坏。", "没有恢复。", "请换一份备份。")
