"""What a county keeps of a bundle from which it took the persons of cases that their point erased.

The point signed lines that are not there any more. So the file has two signatures: that of the point over the manifest, with the hash of
the lines as they came, and that of the county over what it left and why. Its name is still the hash of the file as it came.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from deskapp.errors import DeskError
from deskapp.exchange.bundle.envelope import closed, opened
from deskapp.exchange.bundle.packing import (
    Bundle,
    Line,
    Manifest,
    Sealed,
    bundle_in,
    plain_of,
    sealed_lines,
    wrapped,
)
from deskapp.exchange.bundle.signing import SigningKey, canonical, is_signed

MAGIC, SIGNED = b"deskapp-bundle-remains/1\n", "deskapp bundle remains"
LARGEST_HEAD = 16 << 20  # bytes: a name for each case that was erased


class ErasedCase(BaseModel):
    """A case whose persons were taken out of its first ``entries`` entries."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: str = Field(max_length=40)
    entries: int = Field(ge=1)


class Remains(Sealed):
    """What a county says of a bundle that it rewrote: the hash of the file as it came, its manifest and the signature of the point, the
    cases without persons, when that was done."""

    v: Literal[1] = 1
    digest: str = Field(pattern="^[0-9a-f]{64}$")
    manifest: Manifest
    signature: str
    cases: tuple[ErasedCase, ...]
    answers: tuple[str, ...] = ()
    at: str = Field(max_length=40)

    @property
    def erased(self) -> dict[str, int]:
        """The cases without persons, with how many of their entries."""
        return {each.case: each.entries for each in self.cases}


def pack_remains(
    bundle: Bundle, lines: Iterable[Line], erased: Mapping[str, int], answers: Iterable[str], at: str, key: SigningKey,
    recipient: str,
) -> bytes:  # fmt: skip
    """The bytes of a file that keeps ``lines`` of a bundle, without the persons of ``erased``, the words of ``answers`` to tasks and what was
    erased in it before, signed by the county and under its age key. Raises DeskError without the extra."""
    left = bundle.left if isinstance(bundle.left, Remains) else None
    before, silent = (left.erased, left.answers) if left else ({}, ())
    cases = {**before, **{case: max(entries, before.get(case, 0)) for case, entries in erased.items()}}
    packed, of_lines = sealed_lines(lines)
    said = Remains(
        digest=bundle.digest, manifest=bundle.manifest, signature=bundle.signature, at=at,
        cases=tuple(ErasedCase(case=case, entries=entries) for case, entries in sorted(cases.items())),
        answers=tuple(sorted({*silent, *answers})),
        **of_lines,
    )  # fmt: skip
    return wrapped(closed(MAGIC, said.model_dump(), SIGNED, packed, key), recipient)


def read_kept(content: bytes, identity: str, public: str) -> Bundle:
    """The bundle in the bytes of a file, as it came or as the county of the key ``public`` left it. Raises DeskError as
    :func:`~deskapp.exchange.bundle.packing.read_bundle`, and for what another county left."""
    plain = plain_of(content, identity)
    if not plain.startswith(MAGIC):
        return bundle_in(plain, hashlib.sha256(content).hexdigest())
    found = opened(plain, MAGIC, LARGEST_HEAD)
    if found is None:
        raise _foreign()
    document, signature, packed = found
    try:
        said = Remains.model_validate(document)
    except (ValidationError, RecursionError) as error:
        raise _foreign() from error
    bundle = Bundle(said.manifest, said.signature, packed, said.digest, said)
    if bundle.repacked or not is_signed(public, SIGNED, canonical(document), signature):
        raise _foreign()  # it would be taken for the file of that hash, whose verdict is known
    return bundle


def _foreign() -> DeskError:
    return DeskError("这不是本县删过个人信息的报送包，或者已经损坏。", "没有收。", "请用备份找回。", code="no_bundle")
