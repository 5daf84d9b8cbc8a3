"""What a county sends down to its points in one signed file: calendars, letter templates, questions, the standard catalogue, tasks,
law data.

Nothing in it is secret, so it is not encrypted; it is signed with the key that the county's card names, so that a point takes nothing
from anybody else. It may be for all points or for some, by identity.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from deskapp.errors import DeskError
from deskapp.exchange.bundle.envelope import closed, compressed, is_later, is_later_head, opened, unpacked
from deskapp.exchange.bundle.signing import SigningKey, canonical, is_signed

SetKind = Literal["calendar", "template", "questions", "standard", "tasks", "law"]
KIND_NAMES: dict[SetKind, str] = {
    "calendar": "放假安排", "template": "文书模板", "questions": "常见问题", "standard": "标准目录", "tasks": "要办的事",
    "law": "法律数据",
}  # fmt: skip
MAGIC, SIGNED = b"deskapp-county-set/1\n", "deskapp county set"
LARGEST, LARGEST_HEAD = 64 << 20, 200_000  # bytes of all items, unpacked; of the manifest


class SetItem(BaseModel):
    """One file of a set: what it is, its name, its hash and size."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: SetKind
    name: str = Field(min_length=1, max_length=120)
    sha256: str
    size: int = Field(ge=0)


class SetManifest(BaseModel):
    """What a set says of itself: whose it is, when it was made, for which points (empty: all), what is in it, in what order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1] = 1
    county: str = Field(pattern="^[0-9a-f]{32}$")
    name: str = Field(max_length=120)
    made_at: str = Field(max_length=40)
    to: tuple[str, ...] = ()
    items: tuple[SetItem, ...]


@dataclass(frozen=True)
class CountySet:
    """A set whose manifest could be read; nothing of it is believed before :meth:`is_signed_by`."""

    manifest: SetManifest
    signature: str
    packed: bytes

    @property
    def mark(self) -> str:
        """What tells this set from every other."""
        return hashlib.sha256(canonical(self.manifest.model_dump(mode="json"))).hexdigest()

    def is_signed_by(self, public: str) -> bool:
        """Whether the county of that key signed it."""
        return is_signed(public, SIGNED, canonical(self.manifest.model_dump(mode="json")), self.signature)

    def contents(self) -> list[bytes]:
        """The bytes of the items in their order. Raises DeskError where they are not those that were signed for."""
        sizes = [item.size for item in self.manifest.items]
        if sum(sizes) > LARGEST:
            raise _damaged()
        whole = unpacked(self.packed, sum(sizes))
        if whole is None:
            raise _damaged()
        found, start = [], 0
        for item in self.manifest.items:
            found.append(whole[start : start + item.size])
            start += item.size
        hashes = [hashlib.sha256(content).hexdigest() for content in found]
        if hashes != [item.sha256 for item in self.manifest.items]:
            raise _damaged()
        return found


def pack_set(manifest: SetManifest, contents: list[tuple[SetKind, str, bytes]], key: SigningKey) -> bytes:
    """The bytes of a set: the items of ``manifest`` are made of ``contents``. Raises DeskError for more than a set may hold, or
    without the extra."""
    if sum(len(content) for _, _, content in contents) > LARGEST:
        raise DeskError("要下发的文件太大。", "没有打包。", "请分几次下发。", code="huge")
    items = tuple(
        SetItem(kind=kind, name=name, sha256=hashlib.sha256(content).hexdigest(), size=len(content))
        for kind, name, content in contents
    )
    said = manifest.model_copy(update={"items": items})
    packed = compressed(b"".join(content for _, _, content in contents))
    return closed(MAGIC, said.model_dump(mode="json"), SIGNED, packed, key)


def read_set(content: bytes) -> CountySet:
    """The set in the bytes of a file. Raises DeskError with the code ``no_set`` for anything else, ``newer_form`` for one that a later
    program made."""
    found = opened(content, MAGIC, LARGEST_HEAD)
    if found is None:
        raise _newer_set() if is_later(content, MAGIC) else _no_set()
    document, signature, packed = found
    try:
        manifest = SetManifest.model_validate(document)
    except ValidationError as error:
        raise (_newer_set() if is_later_head(document, error) else _no_set()) from error
    except RecursionError as error:
        raise _no_set() from error
    return CountySet(manifest, signature, packed)


def _no_set() -> DeskError:
    return DeskError("这不是县里下发的文件，或者已经损坏。", "没有收。", "请换一个文件。", code="no_set")


def _newer_set() -> DeskError:
    return DeskError(
        "县里下发的文件是更新的版本做的，这里读不懂。", "没有收。", "请更新程序，再收一次。", code="newer_form"
    )


def _damaged() -> DeskError:
    return DeskError("县里下发的文件内容和签名对不上。", "没有收。", "请县里重新发一份。", code="changed")
