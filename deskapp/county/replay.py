"""The database made anew: every kept bundle once more, in the order in which it counted, with the decisions between them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from deskapp.county.epochs import Epochs
from deskapp.county.home import BUNDLES, DECISIONS, CountyHome, files_in
from deskapp.county.taking import Taking
from deskapp.errors import DeskError
from deskapp.exchange.bundle.packing import Manifest, read_bundle


def replay(taking: Taking, epochs: Epochs, source: CountyHome, identity: str) -> int:
    """Take all of a folder again, opened with an age identity; how many bundles were taken. Raises DeskError for a kept file that is none
    any more."""
    kept = _kept(source, identity)
    taken = 0
    for decision in _decisions(source):
        for digest in decision["taken"]:
            if path := kept.pop(digest, (None, None))[0]:
                taken += _again(taking, path)
        epochs.redo(decision)
    for path, _ in sorted(kept.values(), key=lambda each: (each[1].point, each[1].after, each[1].made_at)):
        taken += _again(taking, path)
    return taken


def _again(taking: Taking, path: Path) -> int:
    return sum(1 for each in taking.take_bytes(path.read_bytes(), path.name) if each.verdict == "taken")


def _kept(source: CountyHome, identity: str) -> dict[str, tuple[Path, Manifest]]:
    """The kept bundles by their hashes."""
    found: dict[str, tuple[Path, Manifest]] = {}
    for path in files_in(source.path, BUNDLES):
        bundle = read_bundle(path.read_bytes(), identity)
        if bundle.digest != path.name:
            raise DeskError(f"收下的报送包 {path} 内容变了。", "没有重建。", "请用备份找回这个文件。", code="changed")
        found[bundle.digest] = path, bundle.manifest
    return found


def _decisions(source: CountyHome) -> list[dict[str, Any]]:
    """What people decided, the first first."""
    if not (source.path / DECISIONS).is_dir():
        return []
    return [json.loads(path.read_bytes()) for path in files_in(source.path, DECISIONS)]
