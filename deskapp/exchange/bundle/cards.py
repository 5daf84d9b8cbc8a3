"""Cards: how a point and its county tell each other who they are. Public, a file of JSON each, made to be carried by hand.

A point's card is signed by the point itself: that proves that whoever made the card has the key. A county's card says under which key
bundles are to be sent, whose signature what is sent down has, and whether the county asks for more than facts, and why.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from deskapp.errors import DeskError, os_reason
from deskapp.exchange.bundle.envelope import is_later_head
from deskapp.exchange.bundle.signing import SigningKey, canonical, is_public_key, is_signed

Level = Literal["facts", "full"]
LARGEST_CARD = 20_000  # bytes
POINT, COUNTY = "deskapp point", "deskapp county"
AGE_KEY = "age1"  # how a key of the age format begins


class Card(BaseModel):
    """What both cards have: a random identity, a name, the public key of the signatures, the signature over all the rest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1] = 1
    id: str = Field(pattern="^[0-9a-f]{32}$")
    name: str = Field(min_length=1, max_length=120)
    public_key: str
    signature: str = ""

    def signed(self, what: str, key: SigningKey) -> Any:
        """The card with the signature of its own key."""
        return self.model_copy(update={"signature": key.sign(what, self._content())})

    def holds(self, what: str) -> bool:
        """Whether it is signed by the key that it names."""
        return is_public_key(self.public_key) and is_signed(self.public_key, what, self._content(), self.signature)

    def _content(self) -> bytes:
        return canonical(self.model_dump(exclude={"signature"}))

    @property
    def text(self) -> str:
        """The card as a file."""
        return json.dumps(self.model_dump(), ensure_ascii=False, indent=1) + "\n"


class PointCard(Card):
    """A point: ``site_code`` is only a label, since two points may choose the same; ``kind`` is that of its unit."""

    site_code: str = Field(pattern="^[A-Z]{1,8}$")
    kind: str = Field(max_length=40)
    practice: bool = False


class CountyCard(Card):
    """A county: ``age`` is the key under which bundles are sent to it, ``level`` what it asks for, ``why`` the reason for more than
    facts, ``points`` of whom it asks it (empty: of nobody)."""

    age: str = Field(pattern="^age1[0-9a-z]{20,}$")
    level: Level = "facts"
    why: str = Field("", max_length=500)
    points: tuple[str, ...] = ()

    def asks_all_of(self, point: str) -> bool:
        """Whether it asks that point by name for whole entries, and says why."""
        return self.level == "full" and bool(self.why) and point in self.points


C = TypeVar("C", bound=Card)


def read_card(path: Path, kind: type[C], what: str) -> C:
    """The card in a file. Raises DeskError for a file that is none, or is not signed by its own key."""
    name = "县里的钥匙文件" if kind is CountyCard else "登记点的名片"
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_CARD + 1)
    except OSError as error:
        raise DeskError(f"{path.name} 读不出来：{os_reason(error)}。", "没有做。", "请核对文件名和位置。") from error
    try:
        document = json.loads(content.decode("utf-8-sig")) if len(content) <= LARGEST_CARD else None
    except (ValueError, RecursionError) as error:
        raise DeskError(f"{path.name} 不是{name}。", "没有做。", "请换一个文件。", code="no_card") from error
    try:
        card = kind.model_validate(document)
    except ValidationError as error:
        if is_later_head(document, error):
            raise DeskError(
                f"{path.name} 是更新的版本写的，这里读不懂。", "没有做。", "请更新程序，再做一次。", code="no_card"
            ) from error
        raise DeskError(f"{path.name} 不是{name}。", "没有做。", "请换一个文件。", code="no_card") from error
    if not card.holds(what):
        raise DeskError(
            f"{path.name} 的签名不对。", "内容被改动过，没有用。", "请向对方重新要一份。", code="card_changed"
        )
    return card
