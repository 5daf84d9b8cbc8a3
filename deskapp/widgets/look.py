"""How something is written and painted, by what it means: the one way from the name of a use to a style of the theme that is chosen.

Code names uses (``late``, ``quiet``) and never colours. Where a style is a text (of a row, of a part of a text), the name alone does:
the app's console knows it. Where a cell is painted, :func:`style` gives the style itself.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rich.style import Style
from rich.theme import Theme as NamedStyles
from textual._border import BORDER_CHARS, BORDER_LOCATIONS  # not exported; the library has no painted edge
from textual.app import App
from textual.color import Color
from textual.css.constants import VALID_BORDER
from textual.theme import Theme

from deskapp.widgets.scroll_bar import paint_bars
from deskapp.widgets.themes import LIGHT, PLAIN, THEMES, TOKENS

REVERSED = ".reversed"
PAINTED = ("ground", "field", "bar", "mark", "edge", "walked")
"""Uses that lie behind words; the others are the words' own."""
FEW_COLOURS = ("standard", "windows", None)  # how the library calls a console of sixteen colours or none
WAYS = {"bar": "bar-way", "edge": "thumb-way", "mark": "mark-way", "warn": "warn-way", "good": "good-way"}


def _add_edges() -> None:
    """Teach the library two kinds of border: ``painted``, a cell of the colour, and ``bracket``, for terminals without colours."""
    kinds: dict[Any, tuple[str, int]] = {"painted": ("   ", 2), "bracket": ("[ ]", 0)}
    for kind, (signs, where) in kinds.items():
        BORDER_CHARS[kind] = ((" ", " ", " "), (signs[0], signs[1], signs[2]), (" ", " ", " "))
        BORDER_LOCATIONS[kind] = ((where,) * 3,) * 3
        VALID_BORDER.add(kind)


_add_edges()  # before any sheet of styles is read


def dress(app: App[Any]) -> None:
    """Make an app know our themes, and paint what the library draws with signs of uncertain width."""
    paint_bars()
    for theme in THEMES.values():
        app.register_theme(theme)


def follow(app: App[Any]) -> None:
    """From now on the console of an app knows the names of uses, as the theme that is chosen writes them."""
    known = [False]

    def named(theme: str) -> None:
        if known[0]:
            app.console.pop_theme()
        app.console.push_theme(named_styles(theme))
        known[0] = True

    app.watch(app, "theme", named)


def choose(app: App[Any], name: str) -> None:
    """Put on the theme of that name, the light one where there is none, or the plain one where the console shows too few colours for any
    other."""
    plain = app.no_color or app.console.color_system in FEW_COLOURS
    app.theme = PLAIN.name if plain else name if name in THEMES else LIGHT.name


def style(app: App[Any], name: str, *, reverse: bool = False) -> Style:
    """How the theme that is chosen writes a use, or paints it; ``reverse`` is as a badge. Raises KeyError for a name that is no use."""
    return named_styles(app.theme).styles[name + REVERSED if reverse else name]


@lru_cache(maxsize=len(THEMES) + 1)
def named_styles(theme: str) -> NamedStyles:
    """All uses of a theme by their names, for a console."""
    found = THEMES.get(theme, PLAIN)
    plain = {name: _style(found, name) for name in TOKENS}
    return NamedStyles(plain | {name + REVERSED: _reversed(found, one) for name, one in plain.items()})


def _style(theme: Theme, name: str) -> Style:
    """One use; in a theme without colours a painted one is reversed or underlined."""
    known = theme.variables
    colour = Color.parse(known[name]).rich_color
    way = Style.parse(known[WAYS[name]]) if name in WAYS else Style.null()
    if name == "late":
        ground = Color.parse(known["late-ground"])
        return Style(color=colour, bgcolor=None if ground.is_transparent else ground.rich_color, bold=True)
    if name == "accent" and theme.ansi:
        return Style(bold=True)
    return (Style(bgcolor=colour) if name in PAINTED else Style(color=colour)) + way


def _reversed(theme: Theme, one: Style) -> Style:
    """The same as a badge."""
    if theme.ansi:
        return one if one.bgcolor else one + Style(reverse=True, bold=True)
    ground = Color.parse(theme.variables["ground"]).rich_color
    return Style(color=ground, bgcolor=one.color or one.bgcolor, bold=True)
