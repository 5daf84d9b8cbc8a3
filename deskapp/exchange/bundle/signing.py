"""Signatures in Ed25519 (RFC 8032), through the extra ``bundle``.

A signature is over a word that says what it is for and the bytes themselves, so that none that was given for one kind of paper holds
for another.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

from deskapp.errors import DeskError

LINK_SIGNS = 32  # of a keyed link: 128 bits


def canonical(document: Any) -> bytes:
    """A JSON document as the bytes that are signed: keys in order, no blanks."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True)
class SigningKey:
    """A private key, 32 bytes; :attr:`public` is what others know of it, as text."""

    secret: bytes

    @classmethod
    def fresh(cls) -> SigningKey:
        """A new one. Raises DeskError without the extra."""
        made = _library().Ed25519PrivateKey.generate()
        return cls(made.private_bytes_raw())

    @classmethod
    def of_text(cls, text: str) -> SigningKey:
        """The key that :attr:`text` wrote. Raises ValueError."""
        return cls(base64.b64decode(text, validate=True))

    @property
    def text(self) -> str:
        """The key as text, to be kept where nobody reads it."""
        return base64.b64encode(self.secret).decode()

    @property
    def public(self) -> str:
        """The public key as text. Raises DeskError without the extra."""
        key = _library().Ed25519PrivateKey.from_private_bytes(self.secret)
        return base64.b64encode(key.public_key().public_bytes_raw()).decode()

    def sign(self, what: str, content: bytes) -> str:
        """The signature over ``content`` for one kind of paper, as text. Raises DeskError without the extra."""
        key = _library().Ed25519PrivateKey.from_private_bytes(self.secret)
        return base64.b64encode(key.sign(_framed(what, content))).decode()

    def link(self, digest: str) -> str:
        """What stands for a hash of the register outside of it: nobody without the key can try whether a guess has that hash."""
        return hmac.new(self._link_key, digest.encode(), hashlib.sha256).hexdigest()[:LINK_SIGNS]

    def name_of(self, text: str) -> str:
        """A short keyed name for a text that is not to be read, eight signs."""
        return hmac.new(self._link_key, b"name\0" + text.encode(), hashlib.sha256).hexdigest()[:8]

    @property
    def _link_key(self) -> bytes:
        return hashlib.sha256(b"deskapp link\0" + self.secret).digest()


def is_signed(public: str, what: str, content: bytes, signature: str) -> bool:
    """Whether the signature is of that key over ``content``. Raises DeskError without the extra."""
    library = _library()
    from cryptography.exceptions import InvalidSignature

    try:
        key = library.Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(base64.b64decode(signature, validate=True), _framed(what, content))
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def is_public_key(text: str) -> bool:
    """Whether a text is a public key. Raises DeskError without the extra."""
    try:
        _library().Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
    except (ValueError, TypeError):
        return False
    return True


def _framed(what: str, content: bytes) -> bytes:
    return what.encode() + b"\0" + content


def _library() -> Any:
    """The library of the extra. Raises DeskError when it is not installed."""
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError as error:
        raise DeskError(
            "这台机器没有装签名的组件。", "报送包要签名，没有做。", "请安装 deskapp[bundle]。", code="no_signing"
        ) from error
    return ed25519
