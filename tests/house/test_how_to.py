"""The recipes of docs/how-to.md, carried out on a copy of the tree: all steps pass their check, without any one it fails."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

ROOT = Path(__file__).parent.parent.parent
FENCE = r"```\w+\n(?P<{name}>.*?)```\n"
STEP = re.compile(
    r"^Step: (?:run `python -m (?P<command>[^`]+)`\n"
    r"|(?:new file `(?P<new>[^`]+)`|in `(?P<file>[^`]+)`, "
    r"(?:at the end|(?P<where>after|before) the first `(?P<anchor>[^`]+)`))\n\n" + FENCE.format(name="block") + ")",
    re.MULTILINE | re.DOTALL,
)
CHECK = re.compile(r"^Check:\n\n" + FENCE.format(name="block"), re.MULTILINE | re.DOTALL)
# What a check finds made: a desk in an empty folder, and what shows a screen as text.
BEFORE = """\
import asyncio, sys
from datetime import date
from pathlib import Path
import deskapp
assert Path(deskapp.__file__).is_relative_to(Path.cwd()), "not the copy"
from deskapp.clock import FixedClock
from deskapp.desk.cases.acts import act_draft
from deskapp.law.guide import walk_to
from tests.conftest import DAY, give_opinions, issue_granted, make_desk, register
home = Path(sys.argv[1])
clock = FixedClock(DAY)
desk = make_desk(home / "desk", clock)

async def shown(desk, screen):
    from deskapp.app import DeskApp
    from tests.screens.conftest import dump
    app = DeskApp(home, desk.clock, desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(screen)
        await pilot.pause()
        return dump(app)

"""


@dataclass(frozen=True)
class Step:
    """What goes into a file, and where: ``anchor`` is empty at the end of it and in a new one. Or a module that is run, with its words."""

    file: str
    block: str
    new: bool = False
    where: str = ""
    anchor: str = ""
    command: str = ""

    def carry_out(self, tree: Path) -> None:
        """Do it. Raises AssertionError where the file has no such place."""
        if self.command:
            run_in(tree, "-m", *self.command.split()).check_returncode()
            return
        path = tree / self.file
        if self.new:
            assert not path.exists(), f"{self.file} is there already"
            path.write_text(self.block, encoding="utf-8")
            return
        text = path.read_text(encoding="utf-8")
        if not self.anchor:
            path.write_text(f"{text}\n{self.block}", encoding="utf-8")
            return
        assert self.anchor in text, f"{self.file} has no {self.anchor!r}"
        at = text.index(self.anchor)
        if self.where == "after":
            at = text.index("\n", at) + 1
        path.write_text(text[:at] + self.block + text[at:], encoding="utf-8")


@dataclass(frozen=True)
class Recipe:
    """One kind of change: its steps, and the code that shows that it is done."""

    title: str
    steps: tuple[Step, ...]
    check: str


def recipes() -> list[Recipe]:
    """Those of the page."""
    found = []
    for part in (ROOT / "docs/how-to.md").read_text(encoding="utf-8").split("\n## ")[1:]:
        title, body = part.split("\n", 1)
        steps = tuple(
            Step(
                m["new"] or m["file"] or "",
                m["block"] or "",
                bool(m["new"]),
                m["where"] or "",
                m["anchor"] or "",
                m["command"] or "",
            )
            for m in STEP.finditer(body)
        )
        assert len(steps) == body.count("\nStep:"), f"{title}: a step is not written as steps are"
        check = CHECK.search(body)
        assert check, f"{title}: it has no check"
        found.append(Recipe(title, steps, check["block"]))
    return found


RECIPES = recipes()


def copied(tree: Path) -> Path:
    """What the program consists of, without the fonts, which are shared; with what is compiled of it, which holds for files that are as
    old and as long as they were."""
    begun = "*.pyc.*"  # another test may be writing it
    copytree(ROOT / "deskapp", tree / "deskapp", ignore=ignore_patterns(begun))
    copytree(ROOT / "letters", tree / "letters", ignore=ignore_patterns(begun, "fonts"))
    (tree / "letters/fonts").symlink_to(ROOT / "letters/fonts")
    (tree / "tests").symlink_to(ROOT / "tests")
    (tree / "scripts").symlink_to(ROOT / "scripts")
    return tree


def checked(tree: Path, recipe: Recipe) -> subprocess.CompletedProcess[str]:
    """Its check, run on the copy."""
    home = tree / "home"
    home.mkdir()
    return run_in(tree, "-c", BEFORE + recipe.check, str(home))


def run_in(tree: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Python on the copy."""
    settings = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *words], cwd=tree, env=settings, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_page_has_the_seven() -> None:
    assert [recipe.title for recipe in RECIPES] == [
        "A letter",
        "A letter that moves the clock",
        "A period, or a change of the law",
        "An outcome",
        "An act",
        "A screen",
        "A kind of file",
    ]
    assert all(recipe.steps for recipe in RECIPES)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.title)
@pytest.mark.each(7)
def test_with_all_its_steps_it_is_done(recipe: Recipe, tmp_path: Path) -> None:
    tree = copied(tmp_path)
    for step in recipe.steps:
        step.carry_out(tree)
    done = checked(tree, recipe)
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize(
    ("recipe", "left_out"),
    [(recipe, n) for recipe in RECIPES for n in range(len(recipe.steps))],
    ids=lambda value: value.title if isinstance(value, Recipe) else str(value + 1),
)
@pytest.mark.each(19)
def test_without_one_of_them_it_is_not(recipe: Recipe, left_out: int, tmp_path: Path) -> None:
    tree = copied(tmp_path)
    needed = recipe.steps[left_out].file
    for n, step in enumerate(recipe.steps):
        made_by_the_missing = recipe.steps[left_out].new and step.file == needed
        if n != left_out and not made_by_the_missing:
            step.carry_out(tree)
    assert checked(tree, recipe).returncode != 0
