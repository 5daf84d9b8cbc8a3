"""Identifiers in the manner of UUID version 7: time first, then chance, so that registers can be united later."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime


def new_id(now: datetime) -> str:
    """A fresh identifier that sorts by the moment it was made (48 bits of milliseconds, 74 bits of chance)."""
    value = (int(now.timestamp() * 1000) & (2**48 - 1)) << 80
    value |= 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))
