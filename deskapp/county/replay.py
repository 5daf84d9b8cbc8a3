"""The database made anew: every kept bundle once more, in the order in which it counted, with the decisions between them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from deskapp.county.database import Database
from deskapp.county.epochs import EPOCH, Epochs
from deskapp.county.home import BUNDLES, CARDS, DECISIONS, CountyHome, CountyKeys, document_in, files_in
from deskapp.county.retiring import RETIRED, RETURNED, Retiring
from deskapp.county.taking import Taking
from deskapp.errors import DeskError
from deskapp.exchange.bundle.packing import Manifest
from deskapp.exchange.bundle.remains import read_kept

Kept = dict[str, tuple[Path, Manifest]]  # bundles by their hashes


def replay(taking: Taking, epochs: Epochs, retiring: Retiring, source: CountyHome, bundles: Kept) -> int:
    """Take all of a folder again, which are these ``bundles``; how many were taken. Raises DeskError."""
    kept, taken, taking.rebuilding = dict(bundles), 0, source
    for decision in _decisions(source):
        for digest in decision["taken"]:
            if path := kept.pop(digest, (None, None))[0]:
                taken += _again(taking, path)
        for digest in decision.get("rejected", ()):
            if path := kept.pop(digest, (None, None))[0]:
                _again(taking, path)
        if decision.get("rejected"):
            taking.reject(str(decision["point"]))
        (retiring if decision["what"] in (RETIRED, RETURNED) else epochs).redo(decision)
    for path, _ in sorted(kept.values(), key=lambda each: (each[1].point, each[1].after, each[1].made_at)):
        taken += _again(taking, path)
    return taken


def _again(taking: Taking, path: Path) -> int:
    return sum(1 for each in taking.take_bytes(path.read_bytes(), path.name) if each.verdict == "taken")


def check_whole(db: Database, source: CountyHome, kept: Kept, points: set[str]) -> None:
    """That nothing would be lost: every kept bundle has the card of its point, every point its card, every bundle that was taken its
    file. Raises DeskError."""
    known = {*(said.point for _, said in kept.values()), *(row[0] for row in db.rows("SELECT point FROM points"))}
    if lost := sorted(known - points):
        raise DeskError(
            f"{source.path / CARDS} 里少了{len(lost)}个登记点的名片：{'、'.join(each[:12] for each in lost[:3])}。",
            "没有重建，数据库没有变：没有名片，它们的包都不算。", "请用备份找回，或者请登记点重新写一份名片放进去。", code="lost",
        )  # fmt: skip
    rows = db.rows(
        "SELECT digest, file_name FROM bundles WHERE verdict IN ('taken', 'again', 'early', 'held', 'fork')"
    )
    if gone := [name for digest, name in rows if digest not in kept]:
        raise DeskError(
            f"{source.path / BUNDLES} 里少了{len(gone)}个收过的报送包：{'、'.join(gone[:3])}。", "没有重建，数据库没有变。",
            "请用备份找回；找不回的，加上 --missing-ok 重建，再请登记点补报缺的那一段。", code="lost",
        )  # fmt: skip


def kept_bundles(source: CountyHome, keys: CountyKeys) -> Kept:
    """The kept bundles of a folder, opened with the county's keys. Raises DeskError for a file that is none any more."""
    found: Kept = {}
    for path in files_in(source.path, BUNDLES):
        try:
            bundle = read_kept(path.read_bytes(), keys.identity, keys.card.public_key)
        except (DeskError, OSError) as error:
            raise DeskError(
                f"{path} 不是收下的报送包，或者打不开。",
                "没有重建，数据库没有变。",
                "别的文件请移走；坏了的请用备份找回。",
                code="foreign",
            ) from error
        if bundle.digest != path.name:
            raise DeskError(f"收下的报送包 {path} 内容变了。", "没有重建。", "请用备份找回这个文件。", code="changed")
        found[bundle.digest] = path, bundle.manifest
    return found


def _decisions(source: CountyHome) -> list[dict[str, Any]]:
    """What people decided, the first first."""
    if not (source.path / DECISIONS).is_dir():
        return []
    return [_decision(path) for path in files_in(source.path, DECISIONS)]


def _decision(path: Path) -> dict[str, Any]:
    """A decision as it was written down. Raises DeskError for a file that is none."""
    found = document_in(path, _is_decision, "的决定", "没有重建")
    return {"what": EPOCH, **found}


def _is_decision(found: dict[str, Any]) -> bool:
    texts = all(isinstance(found[name], str) for name in ("point", "why", "at"))
    return texts and isinstance(found["from"], int) and all(isinstance(digest, str) for digest in found["taken"])
