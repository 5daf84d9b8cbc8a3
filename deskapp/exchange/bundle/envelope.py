"""What a bundle and a set have in common as files: a first line that says what it is, a signed head, the rest compressed.

Nothing is unpacked further than the head says it is long.
"""

from __future__ import annotations

import base64
import json
import lzma
import re
from typing import Any

from pydantic import ValidationError

from deskapp.exchange.bundle.signing import SigningKey, canonical

MEMORY = 256 << 20  # bytes that unpacking may take


def closed(magic: bytes, document: Any, what: str, content: bytes, key: SigningKey | None) -> bytes:
    """The bytes of a file: ``document`` signed for one kind of paper (with an empty signature where there is no key), then ``content``,
    which is compressed already. Raises DeskError without the extra."""
    signature = key.sign(what, canonical(document)) if key else ""
    return magic + canonical([document, signature]) + b"\n" + content


def opened(content: bytes, magic: bytes, largest_head: int) -> tuple[Any, str, bytes] | None:
    """The document, its signature, and the compressed rest; None for a file that is none of that kind. Nothing is believed yet."""
    head, found, packed = content.removeprefix(magic).partition(b"\n")
    if not content.startswith(magic) or not found or len(head) > largest_head:
        return None
    try:
        document, signature = json.loads(head)
        base64.b64decode(signature, validate=True)
    except (ValueError, TypeError, RecursionError):
        return None
    return document, signature, packed


def is_later(content: bytes, magic: bytes) -> bool:
    """Whether a file says in its first line that it is of a later form than ``magic``."""
    name, _, form = magic.rstrip().rpartition(b"/")
    said = re.match(re.escape(name) + rb"/([0-9]{1,6})\n", content)
    return said is not None and int(said[1]) > int(form)


def is_later_head(document: Any, error: ValidationError) -> bool:
    """Whether a head that does not fit comes from a later program: it says so, or all that is wrong is that there is more than is known.
    Nobody has looked at its signature: it is a word for people and no more."""
    form = document.get("v") if isinstance(document, dict) else None
    if type(form) is int and form > 1:
        return True
    kinds = {(each["type"], each["loc"][-1] if each["type"] == "literal_error" else "") for each in error.errors()}
    return kinds <= {("extra_forbidden", ""), ("literal_error", "kind")}


def compressed(content: bytes) -> bytes:
    """The bytes compressed."""
    return lzma.compress(content, format=lzma.FORMAT_XZ, preset=6)


def unpacked(packed: bytes, size: int) -> bytes | None:
    """The bytes that were compressed; None for what is damaged, or is not just ``size`` bytes."""
    unpacker = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=MEMORY)
    try:
        content = unpacker.decompress(packed, max_length=size + 1)
    except lzma.LZMAError:
        return None
    return content if unpacker.eof and len(content) == size else None
