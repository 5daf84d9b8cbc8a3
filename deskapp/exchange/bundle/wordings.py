"""Letter templates that one office gives to another in one file, signed by the office that gives them or, where it cannot sign, with hashes
only.

A receiver knows no key of the giver beforehand: the signature says that the file is whole and which key made it. Who holds that key, and
for a file without a signature who made it at all, people ask each other, by the fingerprint that both screens show.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from deskapp.errors import DeskError
from deskapp.exchange.bundle.envelope import closed, compressed, is_later, is_later_head, opened, unpacked
from deskapp.exchange.bundle.signing import SigningKey, canonical, is_public_key, is_signed

MAGIC, SIGNED, ENDING = b"deskapp-wordings/1\n", "deskapp wordings", ".wordings"
LARGEST_ONE, MOST = 200_000, 200  # bytes of a template, templates of a file
LARGEST, LARGEST_HEAD = 8 << 20, 200_000  # bytes of all templates, of the manifest
NOT_TAKEN = "没有收，这里的文书模板没有动。"
DIGITS = 20  # of a fingerprint


class WordingItem(BaseModel):
    """One template: its kind, its title, the first day it serves at the giver's, hash and size of its file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str = Field(pattern="^[a-z_]{1,80}$")
    title: str = Field(min_length=1, max_length=120)
    valid_from: date
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    size: int = Field(ge=1, le=LARGEST_ONE)


class WordingManifest(BaseModel):
    """What a file says of itself: whose templates, when it was made, by which key (empty: by none), what is in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1] = 1
    office: str = Field(min_length=1, max_length=120)
    point: str = Field("", pattern="^([0-9a-f]{32})?$")
    public_key: str = Field("", max_length=200)
    made_at: str = Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}T.{1,40}$")
    practice: bool = False
    items: tuple[WordingItem, ...] = Field(max_length=MOST)

    @property
    def made_on(self) -> str:
        """The day it was made."""
        return self.made_at[:10]


def fingerprint(digest: str) -> str:
    """Twenty digits of a hash, in fours: digits alone, since people read them out on the telephone."""
    digits = f"{int(digest, 16) % 10**DIGITS:0{DIGITS}}"
    return "-".join(digits[n : n + 4] for n in range(0, DIGITS, 4))


@dataclass(frozen=True)
class WordingFile:
    """A file whose manifest could be read; nothing of it is believed before :meth:`contents` gave it."""

    manifest: WordingManifest
    signature: str
    packed: bytes

    @property
    def mark(self) -> str:
        """What tells this file from every other: a hash over all that it says and holds."""
        return hashlib.sha256(canonical(self.manifest.model_dump(mode="json"))).hexdigest()

    @property
    def signed(self) -> bool:
        """Whether it says that it is signed; :meth:`holds` looks."""
        return bool(self.manifest.public_key)

    def holds(self) -> bool:
        """Whether the key that it names signed it. Raises DeskError without the extra."""
        said = self.manifest
        content = canonical(said.model_dump(mode="json"))
        return is_public_key(said.public_key) and is_signed(said.public_key, SIGNED, content, self.signature)

    def contents(self) -> list[bytes]:
        """The bytes of the templates in their order. Raises DeskError where they are not those of the manifest."""
        sizes = [item.size for item in self.manifest.items]
        whole = unpacked(self.packed, sum(sizes)) if sum(sizes) <= LARGEST else None
        if whole is None:
            raise damaged()
        ends = [sum(sizes[: n + 1]) for n in range(len(sizes))]
        found = [whole[end - size : end] for end, size in zip(ends, sizes, strict=True)]
        if [hashlib.sha256(each).hexdigest() for each in found] != [item.sha256 for item in self.manifest.items]:
            raise damaged()
        return found


def item_of(kind: str, title: str, valid_from: date, content: bytes) -> WordingItem:
    """What the manifest says of a template. Raises DeskError for one that is too large to be given."""
    if not 0 < len(content) <= LARGEST_ONE:
        raise DeskError(f"【{title}】的文件太大。", "没有写文件。", "请不要选这一种。", code="huge")
    digest = hashlib.sha256(content).hexdigest()
    return WordingItem(kind=kind, title=title, valid_from=valid_from, sha256=digest, size=len(content))


def pack_wordings(manifest: WordingManifest, contents: list[bytes], key: SigningKey | None) -> bytes:
    """The bytes of a file, signed where there is a key. Raises DeskError for more than a file may hold, or without the extra."""
    if sum(map(len, contents)) > LARGEST:
        raise DeskError("选的文书模板太多，一份装不下。", "没有写文件。", "请分几次给。", code="huge")
    return closed(MAGIC, manifest.model_dump(mode="json"), SIGNED, compressed(b"".join(contents)), key)


def read_wordings(content: bytes) -> WordingFile:
    """The file in some bytes. Raises DeskError with the code ``no_wordings`` for anything else, ``newer_form`` for one that a later program
    made."""
    found = opened(content, MAGIC, LARGEST_HEAD)
    if found is None:
        raise _newer() if is_later(content, MAGIC) else _none()
    document, signature, packed = found
    try:
        manifest = WordingManifest.model_validate(document)
    except ValidationError as error:
        raise (_newer() if is_later_head(document, error) else _none()) from error
    except RecursionError as error:
        raise _none() from error
    return WordingFile(manifest, signature, packed)


def _none() -> DeskError:
    what = "这不是别的单位给的文书模板，或者已经损坏。"
    todo = "请核对文件。县里下发的，在【收县里的】收；单份的模板，在【导入导出】收。"
    return DeskError(what, NOT_TAKEN, todo, code="no_wordings")


def _newer() -> DeskError:
    what = "这份文书模板是更新的版本做的，这里读不懂。"
    return DeskError(what, NOT_TAKEN, "请更新程序，再收一次。", code="newer_form")


def damaged() -> DeskError:
    """What a file is told by that was changed after it was made."""
    what = "这份文书模板的内容和它自己写的校验、签名对不上：传的时候坏了，或者被人改过。"
    return DeskError(what, NOT_TAKEN, "请对方重新给一份。", code="changed")
