"""Whether the disk under a folder is encrypted, as far as an ordinary user can see; and who may look into a folder."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

Sealed = Literal["yes", "no", "unknown"]
BLOCKS = Path("/sys/dev/block")
OTHERS = stat.S_IRWXG | stat.S_IRWXO
TIMEOUT_S = 5.0


def encrypted(folder: Path, blocks: Path = BLOCKS) -> Sealed:
    """Whether the volume of a folder is encrypted: LUKS on Linux, FileVault on macOS; on Windows nobody is told without being
    administrator."""
    if sys.platform == "darwin":
        return _filevault()
    if not sys.platform.startswith("linux"):
        return "unknown"
    device = os.stat(folder).st_dev
    found = list(_below(blocks / f"{os.major(device)}:{os.minor(device)}"))
    if not found:
        return "unknown"  # a file system without a disk of its own: in memory, over others, of another machine
    return "yes" if any(_is_crypt(block) for block in found) else "no"


def _below(block: Path) -> Iterator[Path]:
    """A block device and those that it stands on."""
    if block.exists():
        real = block.resolve()
        yield real
        for slave in sorted((real / "slaves").glob("*")):
            yield from _below(slave)


def _is_crypt(block: Path) -> bool:
    with suppress(OSError):
        return (block / "dm/uuid").read_text(encoding="utf-8").startswith("CRYPT-")
    return False


def _filevault() -> Sealed:
    try:
        done = subprocess.run(
            ["/usr/bin/fdesetup", "status"], capture_output=True, text=True, timeout=TIMEOUT_S, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return "yes" if "FileVault is On" in done.stdout else "no" if "FileVault is Off" in done.stdout else "unknown"


def open_to_others(home: Path) -> list[Path]:
    """The data folder and what lies in it by itself, as far as other users of the machine may look into it."""
    if sys.platform == "win32":
        return []
    found = []
    for path in (home, *sorted(home.iterdir())):
        with suppress(OSError):
            if not path.is_symlink() and path.stat().st_mode & OTHERS:
                found.append(path)
    return found


def close_to_others(home: Path) -> int:
    """Take from other users what they may on those; how many were closed. Raises OSError."""
    found = open_to_others(home)
    for path in found:
        path.chmod(stat.S_IMODE(path.stat().st_mode) & ~OTHERS)
    return len(found)
