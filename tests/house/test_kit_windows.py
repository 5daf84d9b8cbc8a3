"""What the installer for Windows is made of: without its Python a clear sentence, nothing of the data, files that Windows can read."""

from __future__ import annotations

import os
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from scripts.kit import unpack
from scripts.kit.unpack import place

ROOT = Path(__file__).parents[2]
FILES = ROOT / "scripts/kit/files/windows"
EMBEDDED = "python-3.11.9-embed-amd64.zip"


def _built(tmp_path: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "VENDOR": str(tmp_path / "vendor"), "OUT": str(tmp_path / "out")}
    return subprocess.run(
        [str(ROOT / "scripts/kit/windows")], env=env, capture_output=True, text=True, check=False, timeout=60
    )


def test_without_the_python_for_windows_it_is_said_what_to_load_and_nothing_is_built(tmp_path: Path) -> None:
    done = _built(tmp_path)
    assert done.returncode == 1
    assert f"There is no {tmp_path}/vendor/{EMBEDDED}" in done.stderr
    assert f"https://www.python.org/ftp/python/3.11.9/{EMBEDDED}" in done.stderr
    assert done.stderr.endswith("Nothing was built.\n")
    assert not (tmp_path / "out").exists()


def test_another_file_under_its_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / EMBEDDED).write_bytes(b"PK")
    done = _built(tmp_path)
    assert done.returncode == 1
    assert "is not the file that was looked at" in done.stderr
    assert not (tmp_path / "out").exists()


def test_the_installer_takes_away_only_what_it_brings_and_never_the_data() -> None:
    text = (FILES / "deskapp.nsi").read_text(encoding="utf-8")
    taken = set(re.findall(r'(?:Delete|RMDir(?: /r)?) "([^"]+)"', text))
    assert {r"$INSTDIR\python", r"$INSTDIR\lib", r"$INSTDIR"} < taken
    assert not [path for path in taken if "LOCALAPPDATA" in path]
    assert r'RMDir /r "$INSTDIR"' not in text
    assert r'InstallDir "$LOCALAPPDATA\Programs\deskapp"' in text
    brought = {path.name for path in FILES.glob("*.cmd")}
    assert {f"$INSTDIR\\{name}" for name in brought} <= taken


@pytest.mark.parametrize("script", sorted(FILES.glob("*.cmd")), ids=lambda path: path.name)
def test_a_script_of_windows_reads_the_same_under_every_code_page(script: Path) -> None:
    content = script.read_bytes()
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n") > 1


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("deskapp/__init__.py", "deskapp/__init__.py"),
        ("sqlcipher3-0.6.4.data/platlib/sqlcipher3/_sqlite3.pyd", "sqlcipher3/_sqlite3.pyd"),
        ("reportlab-5.data/scripts/tool.py", ""),
        ("pdfminer/cmap/UniGB-UTF16-H.pickle.gz", "pdfminer/cmap/UniGB-UTF16-H.pickle.gz"),
        ("pdfminer/cmap/UniJIS-UTF16-H.pickle.gz", ""),
        ("pygments/lexers/python.py", "pygments/lexers/python.py"),
        ("pygments/lexers/perl.py", ""),
        ("docx/templates/default-docx-template/word/styles.xml", ""),
        ("docx/templates/default.docx", "docx/templates/default.docx"),
        ("pyrage-1.4.0.dist-info/sboms/pyrage.cyclonedx.json", ""),
        ("pyrage-1.4.0.dist-info/METADATA", "pyrage-1.4.0.dist-info/METADATA"),
        ("folder/", ""),
    ],
)
def test_a_file_of_a_wheel_is_laid_where_python_finds_it(name: str, where: str) -> None:
    assert place(name) == where


def test_an_unknown_part_of_a_wheel_is_no_guess() -> None:
    with pytest.raises(ValueError, match="unknown part"):
        place("x-1.data/other/file")


def test_the_tools_that_make_the_kit_are_not_unpacked(tmp_path: Path) -> None:
    for name in ("pyinstaller-6-none-any.whl", "click-8-none-any.whl"):
        with zipfile.ZipFile(tmp_path / name, "w") as wheel:
            wheel.writestr(f"{name.partition('-')[0]}/__init__.py", "")
    unpack.main(tmp_path / "lib", tmp_path.glob("*.whl"))
    assert [path.name for path in (tmp_path / "lib").iterdir()] == ["click"]
