"""Mutation testing: one thing of the code is changed at a time, and a test must notice.

``make mutants ROOM=law`` copies the tree to ``.mutants/``, lets mutmut change every function of the room and run the tests that
reach it, and prints the share that was noticed and what was not. What need not be noticed stands in
``tests/mutants.toml`` with its reason, by function or by what was changed; a Chinese sentence that was changed never
counts, for no behaviour hangs on one (tests/house/test_sentences.py).

A whole room takes hours, and the tool begins with the mutants whose tests are quick: a run that is broken off has tried the easy
ones. ``--only '*[37]'`` tries those alone whose number ends so, each fifth of every function, quick or slow;
``'*[_2468]7'`` one of fourteen.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, rmtree

ROOT = Path(__file__).parent.parent
WORK = ROOT / ".mutants"
JUDGED = ROOT / "tests/mutants.toml"
COPIED = ("deskapp", "letters", "scripts", "docs", "tests", "benchmarks")
FILES = ("pyproject.toml", "README.md", "README.zh-CN.md", "Makefile", "requirements.lock")
TESTS = {
    "law": ("tests/law", "tests/desk", "tests/house/test_change_of_law.py", "tests/house/test_press_and_law.py",
            "tests/house/test_law_version.py", "tests/register/test_order.py", "tests/exchange/test_reports.py",
            "tests/exchange/test_published_reports.py", "tests/reading/test_daybook.py", "tests/county/test_law_sent.py"),
    "register": ("tests/register", "tests/desk", "tests/exchange", "tests/faults/test_locked.py", "tests/faults/test_rolled_back.py",
                 "tests/county/test_facts.py", "tests/county/test_content.py"),
    "letters": ("tests/letters", "tests/house/test_press_and_law.py", "tests/reading", "tests/exchange/test_reports.py",
                "tests/desk/test_periods.py", "tests/desk/test_wordings.py", "tests/desk/test_wording_sets.py", "tests/county/test_paper.py"),
    "exchange": ("tests/exchange", "tests/desk", "tests/reading", "tests/catalogue", "tests/papers", "tests/county"),
}  # fmt: skip
SLOW = ("tests/register/test_crash.py", "tests/letters/test_linebreak.py::test_any_paragraph")
KILLED, SURVIVED, UNTESTED, TIMEOUT = 1, 0, 33, -24
CONFIG = """

[tool.mutmut]
source_paths = ["{source}"]
also_copy = {also}
pytest_add_cli_args = ["-o", "addopts=", "-m", "not long", "-p", "no:xdist", "-q", "-x"{slow}]
pytest_add_cli_args_test_selection = {tests}
mutate_only_covered_lines = false
"""
STRING = re.compile(r'[fr]?"(?:[^"\\]|\\.)*"|[fr]?\'(?:[^\'\\]|\\.)*\'')


@dataclass(frozen=True)
class Judged:
    """A kind of change that no test needs to notice, and why: in functions whose name matches, of lines that match."""

    function: re.Pattern[str]
    change: re.Pattern[str]
    why: str


def judged() -> list[Judged]:
    """The list of tests/mutants.toml."""
    listed = tomllib.loads(JUDGED.read_text(encoding="utf-8"))["judged"]
    return [Judged(re.compile(item["function"]), re.compile(item["change"]), item["why"]) for item in listed]


def only_a_sentence(diff: str) -> bool:
    """Whether a change touches nothing but the words of a Chinese sentence."""

    def without_words(sign: str) -> str:
        lines = [line[1:] for line in changed(diff).splitlines() if line.startswith(sign)]
        return STRING.sub(
            lambda found: '"字"' if re.search("[\u4e00-\u9fff]", found[0]) else found[0], "\n".join(lines)
        )

    return without_words("-") == without_words("+")


def changed(diff: str) -> str:
    """The lines of a diff that go and come, without those around them."""
    lines = [line for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    return "\n".join(lines)


def prepare(room: str) -> str:
    """A copy of the tree with mutmut's settings for a room; the folder that is mutated."""
    source = "letters" if room == "letters" else f"deskapp/{room}"
    rmtree(WORK, ignore_errors=True)
    for name in COPIED:
        copytree(ROOT / name, WORK / name)
    for name in FILES:
        (WORK / name).write_bytes((ROOT / name).read_bytes())
    slow = "".join(f', "--deselect", "{test}"' for test in SLOW)
    also = json.dumps([*COPIED, *FILES])
    config = CONFIG.format(source=source, also=also, slow=slow, tests=json.dumps(TESTS[room]))
    with (WORK / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(config)
    return source


def outcomes(source: str) -> dict[str, int | None]:
    """What became of every mutant, by its name."""
    found: dict[str, int | None] = {}
    for file in (WORK / "mutants" / source).rglob("*.meta"):
        found |= json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def diffs(names: list[str]) -> dict[str, str]:
    """What was changed, by the name of the mutant; the tool reads its settings from the current folder."""
    code = (
        "import json, sys; names = json.load(sys.stdin); sys.argv = ['mutmut'];"
        "from mutmut.mutation.diff_apply import get_diff_for_mutant as diff;"
        "print(json.dumps({name: diff(name) for name in names}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=WORK, input=json.dumps(names), capture_output=True, text=True, check=True
    )
    read: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return read


def report(source: str) -> str:
    """The figures of a run and its survivors, each with its change or the reason why it may survive."""
    found = outcomes(source)
    lived = [name for name, code in found.items() if code in (SURVIVED, UNTESTED)]
    changes, reasons = diffs(lived), judged()
    sentences = [name for name in lived if only_a_sentence(changes[name])]
    excused: dict[str, int] = {}
    left = []
    for name in lived:
        if name in sentences:
            continue
        why = next(
            (j.why for j in reasons if j.function.search(name) and j.change.search(changed(changes[name]))), ""
        )
        if why:
            excused[why] = excused.get(why, 0) + 1
        else:
            left.append(name)
    tried = sum(code is not None for code in found.values())
    noticed = tried - len(lived)
    counted = noticed + len(left)
    lines = [f"{name} {'no test reaches it' if found[name] == UNTESTED else ''}\n{changes[name]}" for name in left]
    lines += [f"{times:4} judged: {why}" for why, times in sorted(excused.items())]
    lines.append(
        f"{source}: {len(found)} mutants, {tried} tried, {noticed} noticed, {len(sentences)} sentences, {sum(excused.values())} judged, "
        f"{len(left)} survive: {100 * noticed / max(counted, 1):.1f} % noticed"
    )
    return "\n".join(lines)


def main() -> None:
    """Run for the rooms that are named, all by default."""
    parser = argparse.ArgumentParser(prog="python -m scripts.mutants", description=__doc__)
    parser.add_argument("rooms", nargs="*", metavar="room", help=", ".join(TESTS))
    parser.add_argument("--only", nargs="*", default=[], metavar="PATTERN", help="names of mutants, as in a shell")
    asked = parser.parse_args()
    for room in asked.rooms or list(TESTS):
        source = prepare(room)
        (WORK / "tmp").mkdir(exist_ok=True)  # of its own: other runs put their rights on a common one
        environment = {**os.environ, "TMPDIR": str(WORK / "tmp")}
        command = [sys.executable, "-m", "mutmut", "run", "--max-children", "2", *asked.only]
        subprocess.run(command, cwd=WORK, env=environment, check=True)
        print(report(source))


if __name__ == "__main__":
    main()
