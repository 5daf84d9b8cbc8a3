"""The wheels of the kit for a system that is not this one, unpacked: ``python -m scripts.kit.unpack FOLDER WHEEL…``.

What the program never reaches is left out, as ``deskapp.spec`` and ``freeze`` leave it out of the frozen kit.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

TOOLS = ("pip-", "setuptools-", "pyinstaller", "altgraph-", "macholib-", "pefile-", "pywin32_ctypes-")  # make the kit
CHINESE = ("GB", "UniGB", "Identity")  # of the tables for characters of PDF
UNUSED = (
    "_avif.",
    "_webp.",
    "_imagingtk.",
    "lxml/objectify",
    "lxml/html/",
    "lxml/isoschematron/",
    "lxml/includes/",
    "pydantic/v1/",
    "/default-docx-template/",
    ".dist-info/sboms/",
    "/tests/",
)

LEXERS, NAMED = (
    "pygments/lexers/",
    ("__init__", "_mapping", "special", "python", "_builtins"),
)  # colours of program texts


def main(folder: Path, wheels: Iterable[Path]) -> None:
    """Unpack the wheels side by side. Raises ValueError for one with scripts or data that would have to be laid elsewhere."""
    for wheel in sorted(wheels):
        if wheel.name.lower().startswith(TOOLS):
            continue
        with zipfile.ZipFile(wheel) as packed:
            for name in sorted(packed.namelist()):
                if wanted := place(name):
                    target = folder / wanted
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(packed.read(name))


def place(name: str) -> str:
    """Where a file of a wheel belongs; empty for one that is not needed. Raises ValueError where nobody knows."""
    if name.endswith("/") or any(unused in name for unused in UNUSED):
        return ""
    top, _, rest = name.partition("/")
    if top.endswith(".data"):
        kind, _, inner = rest.partition("/")
        if kind in ("purelib", "platlib"):
            return inner
        if kind in ("scripts", "data", "headers"):
            return ""
        raise ValueError(f"unknown part of a wheel: {name}")
    if name.startswith(LEXERS) and not name.removeprefix(LEXERS).startswith(NAMED):
        return ""
    if "pdfminer/cmap/" in name:
        last = name.rpartition("/")[2]
        return name if last.startswith(CHINESE) or "Adobe-GB1" in last else ""
    return name


if __name__ == "__main__":
    main(Path(sys.argv[1]), map(Path, sys.argv[2:]))
