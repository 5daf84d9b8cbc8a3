"""What the law refuses; apart, so that who only has to name the refusal need not read the law."""

from __future__ import annotations


class LawError(Exception):
    """Something the law's own data or a caller's facts do not allow; the message is a Chinese sentence."""
