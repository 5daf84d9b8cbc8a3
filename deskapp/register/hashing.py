"""Seals: SHA-256 over values, so that a single changed bit in a row is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from json.encoder import encode_basestring

ENCODE = json.JSONEncoder(ensure_ascii=False).encode  # made once: making it costs more than using it


def seal(values: Iterable[object]) -> str:
    """The hash of values that JSON knows, in their order, as a JSON list."""
    parts = [
        encode_basestring(value) if isinstance(value, str) else str(value) if type(value) is int else ENCODE(value)
        for value in values
    ]
    return hashlib.sha256(f"[{', '.join(parts)}]".encode("utf-8", "surrogatepass")).hexdigest()


def digest(content: bytes) -> str:
    """The hash of bytes."""
    return hashlib.sha256(content).hexdigest()
