"""What the press cannot take."""

from __future__ import annotations


class PressError(Exception):
    """The press cannot take what it was given; the message is a Chinese sentence that says what to do."""
