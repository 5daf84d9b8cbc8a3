"""The version of the law data, kept in step with them: a change of the data without a later version does not pass the tests.

A set of data that a county sent down is in force as long as its version is later than that of the program. Data that changed under their
old version would never take the place of it, and nobody would see why. So ``version.toml`` keeps a digest of each data file beside the
version; ``python -m scripts.law_version`` (make law-version) writes both anew when a value changed. Calendars are no part of it: they are
sent apart, and another year of them must not end a county's set.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from datetime import date
from pathlib import Path

from deskapp.law.dated import DATA, read_toml
from deskapp.law.packs import FILES

FILE = "version.toml"
TODO = (
    "Read the article, then run `make law-version`: it raises the version in deskapp/law/data/version.toml and writes the digests; "
    "commit both with the change (docs/how-to.md, A period, or a change of the law)."
)


def digests(data: Path) -> dict[str, str]:
    """A digest of the values of each data file that a county may replace, by its name; comments and the order of keys are no part of it."""
    found = {}
    for file in FILES:
        values = json.dumps(read_toml(data / file), sort_keys=True, default=str, ensure_ascii=False)
        found[file] = hashlib.sha256(values.encode()).hexdigest()[:16]
    return found


def changed(data: Path = DATA) -> list[str]:
    """The data files whose values are others than those that the version was given to."""
    kept, now = read_toml(data / FILE).get("digests", {}), digests(data)
    return sorted(file for file in kept.keys() | now.keys() if kept.get(file) != now.get(file))


def fault(data: Path = DATA) -> str:
    """What is wrong, and what to do; empty where the version is that of the data."""
    files = changed(data)
    return f"The law data changed and their version did not: {', '.join(files)}. {TODO}" if files else ""


def raise_version(data: Path, today: date) -> date:
    """Give changed data the version of ``today`` and keep their digests; data that did not change stay as they are. The version. A second
    change on one day has the same: no set of a county of that day is in force beside it. Raises ValueError where the version is of a later
    day than today: it would have to be lowered."""
    text = (data / FILE).read_text(encoding="utf-8")
    version: date = read_toml(data / FILE)["version"]
    if not changed(data):
        return version
    if version > today:
        raise ValueError(
            f"the version is {version}, which is later than today, {today}: look at the clock of this machine"
        )
    head = re.sub(r"(?m)^version = .*$", f"version = {today}", text.split("\n[digests]")[0].rstrip())
    lines = "".join(f'"{file}" = "{digest}"\n' for file, digest in digests(data).items())
    (data / FILE).write_text(f"{head}\n\n[digests]\n{lines}", encoding="utf-8")
    return today


def main() -> None:
    """Raise the version of the data of this tree to the day that is named, or today, and say which files are why."""
    files = changed()
    version = raise_version(DATA, date.fromisoformat(sys.argv[1]) if len(sys.argv) > 1 else date.today())
    print(f"version {version}: {', '.join(files) or 'nothing changed'}")


if __name__ == "__main__":
    main()
