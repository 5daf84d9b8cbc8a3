"""``make audit``: what the project depends on, looked through without a network.

Every package of the lock has hashes; no version in the lock, and no floor in pyproject.toml, lies under a known advisory
(scripts/advisories.toml); what is installed with the program says under which licence it stands. Prints what is wrong and returns 1.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parent.parent
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(.*?)(?=^[A-Za-z0-9._-]+==|\Z)", re.MULTILINE | re.DOTALL)


def locked(text: str) -> dict[str, tuple[Version, bool]]:
    """The packages of a lock: version, and whether it has hashes."""
    return {
        _plain(name): (Version(version), "--hash=sha256:" in rest) for name, version, rest in LOCKED.findall(text)
    }


def floors(project: dict[str, Any]) -> dict[str, Version]:
    """The lowest version of each package that pyproject.toml lets in; of one that it does not bound, none."""
    groups = [
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ]
    found: dict[str, Version] = {}
    for written in (Requirement(text) for group in groups for text in group):
        lowest = [Version(spec.version) for spec in written.specifier if spec.operator in (">=", "==", "~=")]
        found[_plain(written.name)] = max(lowest, default=Version("0"))
    return found


def faults(lock: str, project: dict[str, Any], advisories: dict[str, Any]) -> Iterator[str]:
    """What is wrong, a sentence each."""
    versions = locked(lock)
    for name, (_, hashed) in versions.items():
        if not hashed:
            yield f"{name}: no hash in the lock"
    lowest = floors(project)
    for item in advisories["advisory"]:
        name, fixed = item["package"], Version(item["fixed"])
        if name in versions and versions[name][0] < fixed:
            yield f"{name} {versions[name][0]} in the lock: {item['id']} ({item['about']}), fixed in {fixed}"
        if name in lowest and lowest[name] < fixed:
            yield f"{name} from {lowest[name]} in pyproject.toml: {item['id']}, fixed in {fixed}"


def licences(project: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What each package that the program needs says of its licence; empty for one that says nothing."""
    for name in sorted(_plain(Requirement(text).name) for text in project["project"]["dependencies"]):
        told = metadata.metadata(name)
        named = [line for key in ("License-Expression", "Classifier", "License") for line in told.get_all(key) or []]
        said = [line.rpartition(" :: ")[2] for line in named if line.startswith("License ::") or " :: " not in line]
        yield name, next(iter(said), "").partition("\n")[0][:60]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> int:
    """Print licences and faults; 1 when there is one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    advisories = tomllib.loads((ROOT / "scripts/advisories.toml").read_text(encoding="utf-8"))
    said = list(licences(project))
    for name, licence in said:
        print(f"{name:16} {licence}")
    wrong = list(faults((ROOT / "requirements.lock").read_text(encoding="utf-8"), project, advisories))
    wrong += [f"{name}: says nothing of its licence" for name, licence in said if not licence]
    print(f"advisories reviewed on {advisories['reviewed_on']}: {len(advisories['advisory'])}", *wrong, sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
