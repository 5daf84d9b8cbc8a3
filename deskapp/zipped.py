"""What the reader of zip files raises on a damaged one: it does not check what it reads."""

from __future__ import annotations

import zipfile
import zlib

ZIP_FAULTS = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, IndexError, EOFError, NotImplementedError, RuntimeError, OverflowError, OSError,
)  # fmt: skip
