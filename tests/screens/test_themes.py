"""Colours: every use lands where it should in every console, can be read, and is named by its use alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.color import ANSI_COLOR_NAMES, ColorSystem
from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

import deskapp
from deskapp.desk import Desk
from deskapp.desk.office import machine
from deskapp.widgets import look
from deskapp.widgets.rows import Rows
from deskapp.widgets.themes import CONTRAST, DARK, LIGHT, PLAIN, STRONG, THEMES, TOKENS
from tests.conftest import register
from tests.screens.conftest import app_of, running, until

OF_256 = {
    LIGHT.name: (254, 231, 253, 251, 244, 235, 239, 24, 188, 124, 58, 23),
    DARK.name: (234, 235, 236, 238, 244, 253, 248, 110, 23, 203, 179, 114),
    STRONG.name: (231, 231, 252, 250, 16, 16, 236, 17, 251, 88, 16, 16),
    CONTRAST.name: (16, 16, 236, 239, 231, 231, 252, 226, 237, 210, 231, 120),
}
PINKS = {217, 218, 224, 225}
WORDS = ("text", "quiet", "accent", "late", "warn", "good")
CODE = Path(deskapp.__file__).parent
ATTRIBUTES = {"bold", "italic", "underline", "reverse", "not", "on", "none"}
COLOURED = pytest.mark.parametrize("theme", [LIGHT, DARK, STRONG, CONTRAST], ids=lambda theme: theme.name)


def light_of(colour: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    parts = [part / 255 for part in Color.parse(colour).rgb]
    r, g, b = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    high, low = sorted((light_of(one), light_of(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@COLOURED
def test_every_use_lands_on_its_place_of_the_256(theme: Theme) -> None:
    places = tuple(RichColor.parse(theme.variables[use]).downgrade(ColorSystem.EIGHT_BIT).number for use in TOKENS)
    assert places == OF_256[theme.name]
    assert PINKS.isdisjoint(places)


@COLOURED
def test_words_can_be_read_and_edges_seen(theme: Theme) -> None:
    known = theme.variables
    for behind in ("ground", "field", "bar"):
        for use in WORDS:
            assert contrast(known[use], known[behind]) >= 4.5, (use, behind)
    assert contrast(known["text"], known["mark"]) >= 4.5
    assert contrast(known["text"], known["walked"]) >= 4.5
    assert contrast(known["edge"], known["ground"]) >= 3
    assert contrast(known["accent"], known["ground"]) >= 3
    assert contrast(known["text-disabled"], known["field"]) >= 4.5  # what stands in an empty field


def test_without_colours_nothing_but_the_overdue_has_one() -> None:
    for use in TOKENS:
        written = look.named_styles(PLAIN.name).styles[use]
        colours = {colour for colour in (written.color, written.bgcolor) if colour and not colour.is_default}
        assert bool(colours) == (use == "late"), use
    late = look.named_styles(PLAIN.name).styles["late"]
    assert late == Style.parse("bold color(7) on color(1)")
    for use in ("bar", "edge", "warn", "accent.reversed", "text.reversed"):
        assert look.named_styles(PLAIN.name).styles[use].reverse, use


def test_a_machine_can_be_set_to_every_theme_but_the_one_that_the_console_asks_for() -> None:
    assert {f"counter-{name}" for name in machine.THEMES} == set(THEMES) - {PLAIN.name}


@pytest.mark.parametrize(
    ("system", "no_colour", "theme"),
    [
        ("truecolor", False, LIGHT), ("256", False, LIGHT), ("standard", False, PLAIN), ("windows", False, PLAIN),
        ("truecolor", True, PLAIN),
    ],
)  # fmt: skip
async def test_the_console_chooses(
    system: str, no_colour: bool, theme: Theme, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", system)
    if no_colour:
        monkeypatch.setenv("NO_COLOR", "1")
    async with running(desk.home, desk) as pilot:
        assert pilot.app.theme == theme.name
        app_of(pilot).choose_theme("dark")
        assert pilot.app.theme == (PLAIN.name if theme is PLAIN else DARK.name)


async def test_what_is_overdue_has_the_red_of_the_theme(desk: Desk) -> None:
    register(desk, received_on="2026-09-01")
    async with running(desk.home, desk) as pilot:
        await until(pilot, lambda: pilot.app.screen.query("#cases"))
        heading = pilot.app.screen.query_one("#cases", Rows)
        for theme, red in ((LIGHT, "#a01818"), (DARK, "#ff6b5e")):
            pilot.app.theme = theme.name
            await pilot.pause()
            segment = next(one for one in heading.render_line(0) if "逾期" in one.text)
            assert segment.style is not None
            assert segment.style.color is not None
            assert segment.style.color.name == red
            assert look.style(pilot.app, "late").color == segment.style.color


def strings(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def names_a_colour(text: str) -> bool:
    """Whether a text is a style that names a colour, or one that cannot be read in sixteen colours."""
    words = text.lower().split()
    coloured = [
        word for word in words if word in ANSI_COLOR_NAMES or re.fullmatch(r"#[0-9a-f]{6}|(rgb|color)\(.*\)", word)
    ]
    known = ATTRIBUTES | {"dim"}
    return (
        bool(words) and all(word in known or word in coloured for word in words) and bool(coloured or "dim" in words)
    )


def test_code_names_no_colour() -> None:
    assert names_a_colour("bold red")
    assert names_a_colour("not bold dim")
    assert not names_a_colour("bold late")
    assert not names_a_colour("#cases")
    found = [
        f"{path.relative_to(CODE)}:{line}: {text}"
        for folder in ("screens", "widgets", "forms")
        for path in sorted((CODE / folder).rglob("*.py"))
        if path.name != "themes.py"
        for line, text in strings(path)
        if names_a_colour(text)
    ]
    assert found == []
