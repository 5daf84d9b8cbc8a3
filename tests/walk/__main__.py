"""Adds up what walks touched: ``python -m tests.walk FOLDER`` with the notes that WALK_NOTES left there."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path


def main() -> None:
    """Print steps, screens and keys of all walks in a folder."""
    steps, keys, rooms = 0, Counter[str](), Counter[str]()
    files = list(Path(sys.argv[1]).glob("*.json"))
    for file in files:
        kept = json.loads(file.read_text(encoding="utf-8"))
        steps += kept["steps"]
        keys.update(kept["keys"])
        rooms.update(kept["rooms"])
    sys.stdout.write(f"{len(files)} walks, {steps} steps, {sum(keys.values())} keys of {len(keys)} kinds\n")
    for room, times in rooms.most_common():
        sys.stdout.write(f"{times:7} {room}\n")


if __name__ == "__main__":
    main()
