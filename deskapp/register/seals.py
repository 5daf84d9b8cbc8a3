"""Seals: SHA-256 over values, so that a single changed bit in a row is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable


def seal(values: Iterable[object]) -> str:
    """The hash of values that JSON knows, in their order."""
    return hashlib.sha256(json.dumps(list(values), ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def digest(content: bytes) -> str:
    """The hash of bytes."""
    return hashlib.sha256(content).hexdigest()
