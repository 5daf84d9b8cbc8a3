"""``python -m tests.fuzz [READER …] --minutes 60``: atheris on each reader, as many at once as there are cores; what ended one is kept.

Prints a JSON document: for each reader how many inputs, how many ways through the code, the minutes that a processor worked for it, after
how many inputs the last new way was found, the files that ended it. Exit code 1 where any did.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fuzz.targets import targets

# What is read as a file is written anew for each input: on a disk that took two thirds of the hour.
IN_MEMORY = {"TMPDIR": "/dev/shm"} if Path("/dev/shm").is_dir() else {}
SLOW_S, MOST_MB = 60, 2000  # an input that takes longer, or needs more, is a fault


def run(name: str, seconds: int, folder: Path) -> dict[str, Any]:
    """One reader for so long: inputs, ways, and what ended it. What only needed more memory or time than a fuzzer grants, and ends in a
    sentence where the program reads it, is ``bounded``, and the search goes on behind it."""
    corpus = folder / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(targets()[name].seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    inputs, ways, last, worked, code, bounded, until = 0, 0, 0, 0.0, 0, 0, time.monotonic() + seconds
    while (left := int(until - time.monotonic())) > 0:
        once = _once(name, left, folder)
        last = inputs + once.last if once.last else last
        inputs, ways, code, worked = inputs + once.inputs, once.ways, once.code, worked + once.worked
        faults = sorted(folder.glob(f"{name}-*-*"))
        for path in faults:
            if targets()[name].bounded(path.read_bytes()):
                path.rename(path.with_name(f"bounded-{path.name}"))
                bounded += 1
        if not code or any(path.exists() for path in faults):
            break
        code = 0
    left_over = sorted(path.name for path in folder.glob(f"{name}-*-*"))
    found = {"inputs": inputs, "ways": ways, "last_way_after": last, "processor_minutes": round(worked / 60, 1)}
    return found | {"code": code, "bounded": bounded, "faults": left_over}


@dataclass(frozen=True)
class Once:
    """One run of the fuzzer: inputs, ways, the input that found the last new way, seconds of a processor, exit code."""

    inputs: int
    ways: int
    last: int
    worked: float
    code: int


def _once(name: str, seconds: int, folder: Path) -> Once:
    """The fuzzer until the time is over or something ends it."""
    command = [
        sys.executable, "-m", "tests.fuzz.one", name, str(folder / name), f"-max_total_time={seconds}", f"-artifact_prefix={folder}/{name}-",
        f"-max_len={targets()[name].longest}", f"-timeout={SLOW_S}", f"-report_slow_units={SLOW_S}", f"-rss_limit_mb={MOST_MB}", "-print_final_stats=1",
    ]  # fmt: skip
    with (folder / f"{name}.log").open("wb") as log:
        running = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, **IN_MEMORY})
        _pid, status, used = os.wait4(running.pid, 0)
        running.returncode = code = os.waitstatus_to_exitcode(status)
    text = (folder / f"{name}.log").read_text(errors="replace")
    inputs = re.findall(r"stat::number_of_executed_units:\s+([0-9]+)", text) or re.findall(r"^#([0-9]+)", text, re.M)
    ways = re.findall(r"cov: ([0-9]+)", text)
    news = re.findall(r"^#([0-9]+)\s+NEW", text, re.M)
    done, last_ways, last = (int(found[-1]) if found else 0 for found in (inputs, ways, news))
    return Once(done, last_ways, last, used.ru_utime + used.ru_stime, code)


def main() -> int:
    """All readers asked for; 0 where nothing was found."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz")
    asked.add_argument("readers", nargs="*")
    asked.add_argument("--minutes", type=float, default=60)
    asked.add_argument("--folder", type=Path, default=Path(".fuzz"))
    asked.add_argument("--at-once", type=int, default=os.cpu_count() or 1)
    words = asked.parse_args()
    names = words.readers or list(targets())
    seconds = int(words.minutes * 60)
    with ThreadPoolExecutor(words.at_once) as pool:
        found = dict(zip(names, pool.map(lambda name: run(name, seconds, words.folder), names), strict=True))
    print(json.dumps(found, ensure_ascii=False, indent=1))
    return int(any(each["code"] or each["faults"] for each in found.values()))


if __name__ == "__main__":
    sys.exit(main())
