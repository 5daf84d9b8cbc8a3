"""What the kit holds of others and under which licences, as one text: every wheel, CPython, SQLite and the libraries of the system.

Run inside the room by the environment that the program was frozen from: ``licences.py FOLDER OF THE PROGRAM, FILE``. For Windows, where
nothing is frozen, by any Python: ``licences.py FOLDER OF THE PROGRAM, FILE, FOLDER OF THE UNPACKED WHEELS``.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

TOOLS = {"pip", "setuptools", "pyinstaller-hooks-contrib", "altgraph"}  # make the kit and are not in it
OWN_PYTHON = Path("/opt/py")
RULE = "=" * 100
BESIDE = Path(__file__).parent / "files/licences"
NAMED = ("LICEN", "COPYING", "NOTICE", "OFL")


def main(program: Path, out: Path, wheels: Path | None = None) -> None:
    """Write the list for a program's folder to ``out``: first one line for each part, then every text."""
    others = [*_python(), *_libraries(program)] if wheels is None else [*_python_of_windows(program)]
    parts = sorted([*_wheels(wheels), *_compiled_in(), *others], key=lambda part: part[0].lower())
    lines = [f"{name}    {licence}" for name, licence, _ in parts]
    texts = [f"{RULE}\n{name}\n{RULE}\n{text}" for name, _, text in parts if text]
    out.write_text("\n".join([*lines, "", *texts]) + "\n", encoding="utf-8")


def _wheels(unpacked: Path | None) -> Iterator[tuple[str, str, str]]:
    """Name with version, licence in a word, and the texts of each wheel of this environment, or of those that were unpacked."""
    for wheel in distributions(path=[str(unpacked)]) if unpacked else distributions():
        if (name := wheel.metadata["Name"]).lower() not in TOOLS:
            yield f"{name} {wheel.version}", _in_a_word(wheel), "\n".join(_texts(wheel))


def _in_a_word(wheel: Distribution) -> str:
    said = wheel.metadata
    classed = [each.split(" :: ")[-1] for each in said.get_all("Classifier") or [] if each.startswith("License")]
    [expression], [free] = (said.get_all(name) or [""] for name in ("License-Expression", "License"))
    first = (expression or "; ".join(classed) or free).strip()
    return first.splitlines()[0] if first else "see the text"


def _texts(wheel: Distribution) -> Iterator[str]:
    for file in sorted(wheel.files or (), key=str):
        among_them = any(part.endswith(".dist-info") for part in file.parts) and "licenses" in file.parts
        if (among_them or file.name.upper().startswith(NAMED)) and file.suffix not in (".py", ".pyc"):
            yield Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")


def _compiled_in() -> Iterator[tuple[str, str, str]]:
    """What lies compiled in a wheel that does not bring its licence."""
    yield "SQLCipher", "BSD-3-Clause", (BESIDE / "sqlcipher.txt").read_text(encoding="utf-8")


def _python() -> Iterator[tuple[str, str, str]]:
    """CPython and SQLite as compiled here, by Debian's account of their sources."""
    for account, licence in (("python3.11", "PSF-2.0 and others"), ("sqlite3", "public domain")):
        version = (OWN_PYTHON / "versions" / account).read_text().strip()
        text = (OWN_PYTHON / "versions" / f"{account}.copyright").read_text(encoding="utf-8")
        yield f"{account} {version}", licence, text


def _python_of_windows(program: Path) -> Iterator[tuple[str, str, str]]:
    """CPython with what it brings (SQLite, OpenSSL, the C library of the compiler), by the account that lies in it."""
    text = (program / "python/LICENSE.txt").read_text(encoding="utf-8", errors="replace")
    yield "CPython for Windows", "PSF-2.0 and others", text


def _libraries(program: Path) -> Iterator[tuple[str, str, str]]:
    """The libraries of the room's own system that lie in the program's folder, by their packages."""
    packages = set()
    for library in program.rglob("*.so*"):
        for owned in (f"*/x86_64-linux-gnu/{library.name}", f"*/aarch64-linux-gnu/{library.name}"):
            found = subprocess.run(["dpkg", "-S", owned], capture_output=True, text=True, check=False).stdout
            packages |= {line.partition(":")[0] for line in found.splitlines()}
    for package in sorted(packages):
        asked = ["dpkg-query", "-W", "-f", "${Version}", package]
        version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        text = Path("/usr/share/doc", package, "copyright").read_text(encoding="utf-8", errors="replace")
        yield f"{package} {version}", "see the text", text


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
