"""What the county keeps outside of its database: its keys, the cards of its points, every bundle it took and what its file was called, what
people decided, what it asked of its points, the law data it sent down.

All are files in one private folder that are never changed, but for the persons of cases that a point erased, which are taken out of
them (:mod:`deskapp.county.forgetting`), and for what the county itself says anew of a task. The database is made of them and can be made of them again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deskapp.clock import Clock
from deskapp.errors import DeskError, os_reason
from deskapp.exchange.bundle.cards import COUNTY, CountyCard
from deskapp.exchange.bundle.packing import new_identity, public_of
from deskapp.exchange.bundle.signing import SigningKey
from deskapp.files import write_bytes
from deskapp.paths import make_private
from deskapp.register.ids import new_id

FOLDER, KEYS_FILE, BUNDLES, CARDS, DECISIONS, LAW = "county", "keys.json", "bundles", "points", "decisions", "law"
TASKS, ARRIVALS = "tasks", "arrivals"


@dataclass(frozen=True)
class CountyKeys:
    """The county's secrets: what opens bundles, what signs what is sent down; its public card."""

    identity: str
    signing: SigningKey
    card: CountyCard


class CountyHome:
    """The folder of a county in a data directory."""

    def __init__(self, home: Path) -> None:
        self.path = home / FOLDER

    @property
    def has_keys(self) -> bool:
        """Whether the county's keys are here."""
        return (self.path / KEYS_FILE).exists()

    def begin(self, name: str, clock: Clock) -> CountyCard:
        """Make the county's keys. Raises DeskError where there are some."""
        if self.has_keys:
            raise DeskError(
                "这里已经有县里的钥匙。", "没有再做：换了钥匙，已经发出去的就打不开了。", "请直接用它。", code="made"
            )
        (identity, age), signing = new_identity(), SigningKey.fresh()
        card = CountyCard(
            id=new_id(clock.now()).replace("-", ""), name=name, public_key=signing.public, age=age,
        ).signed(COUNTY, signing)  # fmt: skip
        make_private(self.path)
        self._keep_keys(identity, signing, card)
        return card  # type: ignore[no-any-return]  # signed gives back the same kind of card

    def keys(self) -> CountyKeys:
        """The county's keys. Raises DeskError where there are none."""
        try:
            document = json.loads((self.path / KEYS_FILE).read_bytes())
            card = CountyCard.model_validate(document["card"])
            keys = CountyKeys(document["identity"], SigningKey.of_text(document["signing"]), card)
            if (public_of(keys.identity), keys.signing.public) != (card.age, card.public_key):
                raise ValueError("keys and card are not of one county")
            return keys
        except FileNotFoundError as error:
            raise DeskError(
                f"{self.path} 里没有县里的钥匙。",
                "没有它打不开登记点的报送包。",
                "新的县里请先运行 deskapp county init；用过的，请用 --at 写明数据文件夹，或者用备份找回 keys.json。",
                code="not_made",
            ) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DeskError(
                f"县里的钥匙文件 {self.path / KEYS_FILE} 读不出来。",
                "没有做。",
                "请用备份找回这个文件。",
                code="keys",
            ) from error

    def change_card(self, card: CountyCard) -> None:
        """Keep another card of the same county. Raises DeskError."""
        keys = self.keys()
        self._keep_keys(keys.identity, keys.signing, card)

    def _keep_keys(self, identity: str, signing: SigningKey, card: CountyCard) -> None:
        """Write the file of the keys, in the place of the one that is there."""
        document = {"identity": identity, "signing": signing.text, "card": card.model_dump()}
        path = self.path / KEYS_FILE
        self._write(path, json.dumps(document, ensure_ascii=False, indent=1).encode(), replace=path.exists())

    # -- files that are kept -------------------------------------------------------------------------------------

    def keep_bundle(self, digest: str, content: bytes) -> Path:
        """Keep a bundle under the hash of the file as it came; the same again changes nothing. Raises DeskError."""
        return self._keep(make_private(self.path / BUNDLES / digest[:2]) / digest, content)

    def has_bundle(self, digest: str) -> bool:
        """Whether a bundle is kept."""
        return (self.path / BUNDLES / digest[:2] / digest).is_file()

    def bundle(self, digest: str) -> bytes:
        """A bundle that was kept. Raises DeskError."""
        path = self.path / BUNDLES / digest[:2] / digest
        try:
            return path.read_bytes()
        except OSError as error:
            raise DeskError(
                f"收下的报送包 {path} 读不出来：{os_reason(error)}。", "没有做。", "请用备份找回。"
            ) from error

    def keep_card(self, point: str, text: str) -> None:
        """Keep the card of a point. Raises DeskError."""
        self._keep(make_private(self.path / CARDS) / f"{point}.json", text.encode())

    def keep_decision(self, number: int, document: dict[str, Any]) -> None:
        """Keep what somebody decided. Raises DeskError."""
        text = json.dumps(document, ensure_ascii=False, indent=1)
        self._keep(make_private(self.path / DECISIONS) / f"{number:08d}.json", text.encode())

    def change_decision(self, number: int, values: dict[str, str]) -> None:
        """Put other values into a decision that is kept; nothing where it is not here. Raises DeskError."""
        path = self.path / DECISIONS / f"{number:08d}.json"
        try:
            document = json.loads(path.read_bytes())
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            raise DeskError(
                f"县里的决定 {path} 读不出来。", "没有收：登记点删了的，县里也要删。", "请用备份找回。"
            ) from error
        self.keep_decision(number, {**document, **values})

    def keep_task(self, task: str, document: dict[str, Any]) -> None:
        """Keep what the county asked of a point, or an application of its own, in the place of what it said before. Raises DeskError."""
        text = json.dumps(document, ensure_ascii=False, indent=1)
        self._keep(make_private(self.path / TASKS) / f"{task}.json", text.encode())

    def tasks(self, names: Sequence[str]) -> list[dict[str, str]]:
        """What is kept of tasks, each with texts of these names. Raises DeskError for a file that is none."""
        return [_texts(path, names) for path in files_in(self.path, TASKS)]

    def keep_arrival(self, digest: str, file: str, at: str) -> None:
        """Keep what the file of a bundle was called and when it was offered. Raises DeskError."""
        text = json.dumps({"file": file, "at": at}, ensure_ascii=False)
        self._keep(make_private(self.path / ARRIVALS / digest[:2]) / f"{digest}.json", text.encode())

    def arrival(self, digest: str) -> tuple[str, str] | None:
        """What the file of a bundle was called and when it was offered; None for one of an older program. Raises DeskError."""
        path = self.path / ARRIVALS / digest[:2] / f"{digest}.json"
        if not path.is_file():
            return None
        found = _texts(path, ("file", "at"))
        return found["file"], found["at"]

    def keep_law(self, version: str, text: str) -> None:
        """Keep law data that were sent down. Raises DeskError."""
        self._keep(make_private(self.path / LAW) / f"{version}.json", text.encode())

    def _keep(self, path: Path, content: bytes) -> Path:
        make_private(path.parent.parent)
        try:
            if not path.exists() or path.read_bytes() != content:
                write_bytes(path, content, replace=path.exists())
        except OSError as error:
            raise DeskError(f"{path} 写不进去：{os_reason(error)}。", "没有收。", "请检查磁盘。") from error
        return path

    def _write(self, path: Path, content: bytes, replace: bool = False) -> None:
        try:
            write_bytes(path, content, replace)
        except OSError as error:
            raise DeskError(f"{path} 写不进去：{os_reason(error)}。", "没有做。", "请检查磁盘。") from error


def folder_of(folder: Path) -> CountyHome:
    """The county's folder that a person names: itself, or the data directory that it lies in. Raises DeskError for neither."""
    for home, inside in ((folder, folder / FOLDER), (folder.parent, folder)):
        if (inside / BUNDLES).is_dir() or (inside / CARDS).is_dir():
            found = CountyHome(home)
            found.path = inside
            return found
    raise DeskError(
        f"{folder} 里没有收下的报送包。",
        "没有做。",
        "请写明县里的文件夹，里面有 bundles 和 points。",
        code="no_folder",
    )


def _texts(path: Path, names: Sequence[str]) -> dict[str, str]:
    """A kept file of texts under these names. Raises DeskError for one that is none any more."""
    return document_in(path, lambda found: all(isinstance(found[name], str) for name in names), "留着的", "没有做")


def document_in(path: Path, is_sound: Callable[[dict[str, Any]], bool], called: str, undone: str) -> dict[str, Any]:
    """The document of a kept file. Raises DeskError for one that is not ``is_sound``: what such files are called, and what was not done."""
    try:
        found = json.loads(path.read_bytes())
        if not is_sound(found):
            raise ValueError("not sound")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise DeskError(
            f"{path} 不是县里{called}，或者已经损坏。",
            f"{undone}，数据库没有变。",
            "别的文件请移走；坏了的请用备份找回。",
            code="foreign",
        ) from error
    return dict(found)


def files_in(folder: Path, kind: str) -> Iterator[Path]:
    """The files of one kind in a county's folder, by name."""
    yield from sorted(path for path in (folder / kind).rglob("*") if path.is_file() and not path.name.startswith("."))
