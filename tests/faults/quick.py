"""The library of the extra without the stretching of a password: where hundreds of tries would take two seconds each."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pyrage

from deskapp.register import cipher


class DecryptError(Exception):
    """Another password."""


def _encrypt(content: bytes, password: str) -> bytes:
    return cipher.MAGIC + password.encode() + b"\0" + bytes(byte ^ 0x55 for byte in content)


def _decrypt(content: bytes, password: str) -> bytes:
    head = cipher.MAGIC + password.encode() + b"\0"
    if not content.startswith(head):
        raise DecryptError
    return bytes(byte ^ 0x55 for byte in content[len(head) :])


def library() -> Any:
    return SimpleNamespace(
        passphrase=SimpleNamespace(encrypt=_encrypt, decrypt=_decrypt),
        DecryptError=(DecryptError, pyrage.DecryptError),
        x25519=pyrage.x25519, encrypt=pyrage.encrypt, decrypt=pyrage.decrypt,
    )  # fmt: skip
