"""A backup of an encrypted register in one file: a zip, not compressed, with the register as it is on the disk and its keys.

Nothing in it can be read without one of the passwords or both recovery sheets. Any zip program takes it apart, any SQLCipher 4 opens
the register in it with the key that the age files hold.
"""

from __future__ import annotations

import errno
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deskapp.errors import DeskError
from deskapp.paths import KEYS, REGISTER
from deskapp.register.keyring import SUFFIX, Slots, slots_in
from deskapp.zipped import ZIP_FAULTS

MAGIC, IN_CLEAR = b"PK\x03\x04", b"SQLite format 3\0"
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
    with _readable(source), zipfile.ZipFile(source) as box, box.open(REGISTER) as register, target.open("wb") as out:
        shutil.copyfileobj(register, out)


def slots_for(source: Path) -> Slots:
    """The keys that belong to a backup: those in it, or those beside a daily one, which lies in a folder of the data directory. Raises
    DeskError for a damaged one, OSError."""
    if not is_packed(source):
        return slots_in(source.parent / KEYS) or slots_in(source.parent.parent / KEYS)
    with _readable(source), zipfile.ZipFile(source) as box:
        inside = [x for x in box.infolist() if x.filename.startswith(f"{KEYS}/") and x.filename.endswith(SUFFIX)]
        small = [x for x in inside[:MOST_SLOTS] if x.file_size <= MOST_SLOT_BYTES]
        return {Path(x.filename).stem: box.read(x) for x in small}


@contextmanager
def _readable(source: Path) -> Iterator[None]:
    """A refusal in place of what the reader of zip files raises on a damaged one; what the disk says is let through."""
    try:
        yield
    except ZIP_FAULTS as error:
        if (
            isinstance(error, OSError) and error.errno != errno.EINVAL
        ):  # which is a place before the beginning of the file
            raise
        what = f"备份 {source.name} 不是登记簿的备份，或者已经损坏。"
        raise DeskError(what, "没有恢复。", "请换一份备份。") from error
