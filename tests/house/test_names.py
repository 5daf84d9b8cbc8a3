"""One word, one meaning: a class has a name of its own, but for the pairs that mean the same on both sides of a wall."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ACTS_OF_THE_CLOCK = "deskapp.law.clock_events"  # the bases of the register's events of the same name
PAIRS = {
    "Field": "what is asked for a fact of a letter, or of an act",
    "Remedies": "the press stands alone: its copy of the law's, compared in test_press_and_law.py",
}


def classes() -> dict[str, set[str]]:
    """The modules that have a class of a name."""
    found: dict[str, set[str]] = defaultdict(set)
    for room in ("deskapp", "letters", "scripts"):
        for path in (ROOT / room).rglob("*.py"):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef):
                    found[node.name].add(module)
    return found


def test_no_two_classes_have_one_name() -> None:
    doubles = {name: modules for name, modules in classes().items() if len(modules) > 1}
    of_the_clock = {
        name for name, modules in doubles.items() if modules == {ACTS_OF_THE_CLOCK, "deskapp.register.events"}
    }
    assert {name: sorted(doubles[name]) for name in doubles.keys() - of_the_clock - PAIRS.keys()} == {}


def test_the_pairs_are_pairs() -> None:
    assert {name for name in PAIRS if len(classes()[name]) == 2} == set(PAIRS)


def test_a_form_is_made_in_forms() -> None:
    made = [path for path in (ROOT / "deskapp").rglob("*.py") if "FormField(" in path.read_text(encoding="utf-8")]
    assert {path.parent.name for path in made} == {"forms"}
