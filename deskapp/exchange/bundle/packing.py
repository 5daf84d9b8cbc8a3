"""A bundle as a file: a manifest and its signature, then the lines, compressed; the whole under the county's age key.

Nothing of it is unpacked before the signature of the manifest has been looked at, and then no further than the manifest says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from deskapp.errors import DeskError
from deskapp.exchange.bundle.cards import Level
from deskapp.exchange.bundle.envelope import closed, compressed, is_later, is_later_head, opened, unpacked
from deskapp.exchange.bundle.signing import SigningKey, canonical, is_signed

MAGIC = b"deskapp-bundle/1\n"
AGE_MAGIC = b"age-encryption.org/v1\n"
ENDING = ".bundle"  # of the name of the file
SIGNED = "deskapp bundle"
LARGEST_HEAD = 20_000  # bytes of the manifest
LARGEST_LINES = 512 << 20  # bytes of the lines of one bundle, unpacked
LARGEST_FILE = 256 << 20
LARGEST_PLACE = 1 << 53  # no journal gets there, and every database can write it
Line = list[Any]


class WentOn(BaseModel):
    """A point went on from a backup: from which entry, when; ``id`` names what follows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    seq: int = Field(ge=0)
    at: str


class Sealed(BaseModel):
    """What a signed head says of the lines under it: the hashes of the lines and of the compressed lines, and their bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sha256: str = Field("", max_length=64)
    packed: str = Field("", max_length=64)
    size: int = Field(0, ge=0)
    packed_size: int = Field(0, ge=0)


class Manifest(Sealed):
    """What a bundle says of itself. ``after`` is the place of the last entry before it, ``end`` that of its last; ``before_link`` and
    ``end_link`` are their keyed links, ``before_link`` empty at the beginning. ``restored`` are the times it went on from a backup, the last one last."""

    v: Literal[1] = 1
    point: str = Field(pattern="^[0-9a-f]{32}$")
    name: str = Field(max_length=120)
    site_code: str = Field(max_length=8)
    kind: str = Field(max_length=40)
    practice: bool = False
    level: Level
    program: str = Field(max_length=40)
    made_at: str = Field(max_length=40)
    after: int = Field(ge=0, le=LARGEST_PLACE)
    before_link: str = Field(max_length=64)
    end: int = Field(ge=0, le=LARGEST_PLACE)
    end_link: str = Field(max_length=64)
    events: int = Field(ge=0, le=LARGEST_PLACE)
    restored: tuple[WentOn, ...] = ()


@dataclass(frozen=True)
class Bundle:
    """A bundle whose manifest could be read; nothing else of it is believed yet. ``digest`` is the hash of the file as it came;
    ``left`` is what its county vouches for in the place of the lines, where it took the persons out of them."""

    manifest: Manifest
    signature: str
    packed: bytes
    digest: str
    left: Sealed | None = None

    @property
    def sealed(self) -> Sealed:
        """What was said of the lines by whoever wrote them last."""
        return self.left or self.manifest

    def is_signed_by(self, public: str) -> bool:
        """Whether the point of that key signed the manifest."""
        return is_signed(public, SIGNED, canonical(self.manifest.model_dump()), self.signature)

    @property
    def repacked(self) -> bool:
        """Whether the compressed bytes are others than those that were signed for."""
        return hashlib.sha256(self.packed).hexdigest() != self.sealed.packed

    def lines(self) -> Iterator[Line]:
        """The lines. Raises DeskError when they are not those that were signed for, or unpack to more than was said."""
        content = self._unpacked()
        if content is None or hashlib.sha256(content).hexdigest() != self.sealed.sha256:
            raise DeskError("包里的内容和签名对不上。", "没有收。", "请登记点重新报一份。", code="changed")
        for text in content.splitlines():
            yield from_json(text)

    def _unpacked(self) -> bytes | None:
        """The bytes of the lines; None for what is damaged or too large."""
        return unpacked(self.packed, self.sealed.size) if self.sealed.size <= LARGEST_LINES else None


def pack(manifest: Manifest, lines: Iterable[Line], key: SigningKey, recipient: str = "") -> bytes:
    """The bytes of a bundle; under an age key where ``recipient`` is one. Raises DeskError without the extra."""
    packed, of_lines = sealed_lines(lines)
    said = manifest.model_copy(update=of_lines)
    whole = closed(MAGIC, said.model_dump(), SIGNED, packed, key)
    return wrapped(whole, recipient) if recipient else whole


def sealed_lines(lines: Iterable[Line]) -> tuple[bytes, dict[str, str | int]]:
    """Lines as compressed bytes, and the values of :class:`Sealed` for them."""
    content = b"".join(canonical(line) + b"\n" for line in lines)
    packed = compressed(content)
    hashes = {"sha256": hashlib.sha256(content).hexdigest(), "packed": hashlib.sha256(packed).hexdigest()}
    return packed, {**hashes, "size": len(content), "packed_size": len(packed)}


def read_bundle(content: bytes, identity: str = "") -> Bundle:
    """The bundle in the bytes of a file, opened with the age identity of a county where it is under its key. Raises DeskError with the
    code ``no_bundle`` for anything else, ``wrong_key`` for one that is under another key, ``newer_form`` for one that a later program made."""
    return bundle_in(plain_of(content, identity), hashlib.sha256(content).hexdigest())


def plain_of(content: bytes, identity: str) -> bytes:
    """The bytes of a file without the county's age key around them. Raises DeskError."""
    return unwrapped(content, identity) if content.startswith(AGE_MAGIC) else content


def bundle_in(plain: bytes, digest: str) -> Bundle:
    """The bundle in opened bytes of a file of that hash. Raises DeskError as :func:`read_bundle`."""
    found = opened(plain, MAGIC, LARGEST_HEAD)
    if found is None:
        raise _newer() if is_later(plain, MAGIC) else _no_bundle()
    document, signature, packed = found
    try:
        manifest = Manifest.model_validate(document)
    except ValidationError as error:
        raise (_newer() if is_later_head(document, error) else _no_bundle()) from error
    except RecursionError as error:
        raise _no_bundle() from error
    return Bundle(manifest, signature, packed, digest)


def wrapped(content: bytes, recipient: str) -> bytes:
    """The bytes under an age key. Raises DeskError for what is no such key, or without the extra."""
    age = _age()
    try:
        to = age.x25519.Recipient.from_str(recipient)
    except Exception as error:  # the library has no one kind of its own for what is no key and what it does not open
        raise DeskError("县里的钥匙不对。", "没有打包。", "请向县里重新要一份钥匙文件。", code="no_card") from error
    return bytes(age.encrypt(content, [to]))


def unwrapped(content: bytes, identity: str) -> bytes:
    """The bytes that are under the key of that age identity. Raises DeskError."""
    age = _age()
    try:
        return bytes(age.decrypt(content, [age.x25519.Identity.from_str(identity)]))
    except Exception as error:  # the library has no one kind of its own for what is no key and what it does not open
        raise DeskError(
            "这个包不是用本县的钥匙封的，打不开。",
            "没有收。",
            "请登记点用本县的钥匙文件重新报一份。",
            code="wrong_key",
        ) from error


def new_identity() -> tuple[str, str]:
    """A fresh age identity: the secret, and the key that others send under. Raises DeskError without the extra."""
    made = _age().x25519.Identity.generate()
    return str(made), str(made.to_public())


def public_of(identity: str) -> str:
    """The key that others send under to an age identity. Raises ValueError for what is none, DeskError without the extra."""
    age = _age()
    try:
        return str(age.x25519.Identity.from_str(identity).to_public())
    except Exception as error:  # the library has no one kind of its own for what is no key and what it does not open
        raise ValueError("no age identity") from error


def seems_bundle(path: Path) -> bool:
    """Whether a file among others is to be offered: by its ending, or by how it begins."""
    if path.suffix.lower() == ENDING:
        return True
    try:
        with path.open("rb") as stream:
            return stream.read(len(AGE_MAGIC)).startswith((AGE_MAGIC, MAGIC))
    except OSError:
        return False


def _no_bundle() -> DeskError:
    return DeskError("这不是报送包，或者已经损坏。", "没有收。", "请换一个文件。", code="no_bundle")


def _newer() -> DeskError:
    return DeskError(
        "这个报送包是更新的版本打的，这里读不懂。", "没有收。", "请更新程序，再收一次。", code="newer_form"
    )


def _age() -> Any:
    """The library of the extra. Raises DeskError when it is not installed."""
    try:
        import pyrage
    except ImportError as error:
        raise DeskError(
            "这台机器没有装加密的组件。", "报送包要加密，没有做。", "请安装 deskapp[bundle]。", code="no_signing"
        ) from error
    return pyrage
