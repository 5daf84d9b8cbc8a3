"""The documents say what the code does, and the project speaks of itself alone."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LANGUAGES = ("README.md", "README.zh-CN.md")


def commands(name: str) -> list[str]:
    """The lines of the first two shell blocks of a README that begin with make."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.S)
    return [line.split("#")[0].strip() for block in blocks for line in block.splitlines() if line.startswith("make ")]


def test_both_readmes_give_the_same_two_commands() -> None:
    english, chinese = (commands(name) for name in LANGUAGES)
    assert english[:2] == chinese[:2] == ["make demo", "make test"]


@pytest.mark.parametrize("name", LANGUAGES)
def test_everything_a_readme_links_to_exists(name: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_architecture_begins_with_the_tree_as_it_is() -> None:
    tree = (ROOT / "docs/architecture.md").read_text(encoding="utf-8").split("```")[1]
    named: list[str] = []
    for line in tree.strip().splitlines():
        name = re.match(r"[│├└─ ]*([\w.]+/?)", line)
        assert name, line
        depth = (len(line) - len(line.lstrip("│├└─ "))) // 4
        named[depth:] = [name[1].rstrip("/")]
        assert (ROOT.joinpath(*named)).exists(), line
    packages = {path.parent for top in ("deskapp", "letters") for path in (ROOT / top).rglob("__init__.py")}
    lines = {line.lstrip("│├└─ ").split()[0] for line in tree.strip().splitlines()}
    assert {f"{package.name}/" for package in packages} <= lines


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "docs").glob("*.md")))
def test_every_file_that_a_page_names_is_there(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    made = set(re.findall(r"new file `([^`]+)`", text))
    paths = set(re.findall(r"`([a-z_]+/[\w/]+\.(?:py|toml|md))`", text)) - made
    places = (ROOT, ROOT / "deskapp", ROOT / "deskapp/law")
    assert [path for path in sorted(paths) if not any((place / path).exists() for place in places)] == []


def test_no_term_of_the_glossary_stands_twice() -> None:
    rows = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()[4:]
    terms = [term for row in rows for term in re.split(", | / ", row.split("|")[1].strip())]
    assert len(terms) > 60
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


def test_every_name_of_the_glossary_is_in_the_code() -> None:
    names = set(re.findall(r"`(\w+)`", (ROOT / "docs/glossary.md").read_text(encoding="utf-8")))
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for top in ("deskapp", "letters")
        for path in (ROOT / top).rglob("*")
        if path.suffix in (".py", ".md", ".toml")
    )
    assert sorted(name for name in names if not re.search(rf"\b{name}\b", code)) == []


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    listed = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    for dependency in listed:
        line = next(line for line in text.splitlines() if f'"{dependency}"' in line)
        assert "#" in line, dependency


def test_the_lock_has_hashes_and_no_addresses() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "http" not in lock
    assert lock.count("--hash=sha256:") > 50
    for dependency in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]:
        name = re.split(r"[=<>]", dependency)[0]
        assert re.search(rf"^{re.escape(name)}==", lock, re.M), name


def test_fonts_come_with_licences_and_provenance() -> None:
    folder = ROOT / "letters/fonts"
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for font in folder.glob("*.ttf"):
        assert f"`{font.name}`" in readme
    for licence in re.findall(r"`(LICENSE-[^`]+)`", readme):
        assert (folder / licence).stat().st_size > 1000


def test_files_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in ("deskapp", "letters", "tests", "scripts")
        for path in (ROOT / folder).rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_there_is_one_version() -> None:
    import deskapp

    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    done = subprocess.run([sys.executable, "-m", "deskapp", "--version"], capture_output=True, text=True, check=True)
    assert deskapp.__version__ == version
    assert done.stdout.strip() == f"deskapp {version}"


def test_the_law_page_is_in_step_with_the_data() -> None:
    from scripts.law_page import PAGE, page

    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m scripts.law_page"


def test_the_page_of_commands_names_every_command_and_every_finding() -> None:
    from deskapp.cli.program import MODULES
    from deskapp.desk.office.upkeep import DAMAGE_NAMES

    page = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    assert [name for name in MODULES if f"deskapp {name}" not in page and f"`{name} " not in page] == []
    assert [code for code in DAMAGE_NAMES if f"`{code}`" not in page] == []


def test_the_page_of_commands_shows_a_unit_and_every_key_of_a_registration(tmp_path: Path) -> None:
    from deskapp.desk.cases.intake import IntakeDraft
    from deskapp.forms.cases import INTAKE
    from deskapp.unit import load_unit_toml

    page = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    example = tmp_path / "unit.toml"
    example.write_text(page.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    assert load_unit_toml(example).site_code == "LH"
    rows = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    assert IntakeDraft.model_fields.keys() - rows.keys() == set()
    for field in INTAKE:
        assert field.label in rows[field.key]
        assert not [key for key, _ in field.choices if key and f"`{key}`" not in rows[field.key]]
