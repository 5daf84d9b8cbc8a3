"""Identifiers in the manner of UUID version 7: time first, then chance, so that registers can be united later."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from os import urandom


def new_id(now: datetime) -> str:
    """A fresh identifier that sorts by the moment it was made (48 bits of milliseconds, 74 bits of chance)."""
    time, chance = _milliseconds(now), urandom(10).hex()
    variant = "89ab"[int(chance[3], 16) & 3]
    return f"{time[:8]}-{time[8:]}-7{chance[:3]}-{variant}{chance[4:7]}-{chance[7:19]}"


@lru_cache(maxsize=1)  # what is noted together is noted at one moment
def _milliseconds(now: datetime) -> str:
    return f"{int(now.timestamp() * 1000) & (2**48 - 1):012x}"
