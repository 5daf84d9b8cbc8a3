"""The colours of the desk, each by its use: light, dark, two of the greatest contrast, and one for terminals of sixteen colours or none.

Every hex value lands on a named place of the 256 colours by the library's own conversion: its greys are so pale (saturation below 0.15) that
they go to the ramp of greys and never to a pink.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

TOKENS: Final = (
    "ground", "field", "bar", "mark", "edge", "text", "quiet", "accent", "walked", "late", "warn", "good",
)  # fmt: skip
"""The page; the inside of a field; key line, cards and pane columns; days that do not count; the edges of a field; words; what is said
quietly; the header, the pane with the keys, the row under the cursor; days behind us; the law's day has passed; not done, must be
changed; done, in time."""
LIGHT_COLOURS: Final = (
    "#eeeeea", "#ffffff", "#e0e0dc", "#d2d2ce", "#84847f", "#20262b", "#50555a", "#12557f", "#c4d6e2", "#a01818", "#6e4a00", "#20603a",
)  # fmt: skip
DARK_COLOURS: Final = (
    "#171b1e", "#262a2d", "#2f3336", "#3e4448", "#82888c", "#dfe3e6", "#a8adb0", "#87b7d7", "#24445a", "#ff6b5e", "#dfaf5f", "#8fc79a",
)  # fmt: skip
STRONG_COLOURS: Final = (
    "#ffffff", "#ffffff", "#dadada", "#c6c6c6", "#000000", "#000000", "#303030", "#00005f", "#d0d0d0", "#870000", "#000000", "#000000",
)  # fmt: skip
BLACK_COLOURS: Final = (
    "#000000", "#000000", "#303030", "#4e4e4e", "#ffffff", "#ffffff", "#dadada", "#ffff00", "#3a3a3a", "#ff8787", "#ffffff", "#87ff87",
)  # fmt: skip
OWN: Final = "ansi_default"  # the terminal's own colour, of its letters and of what is behind them
PLAIN_COLOURS: Final = dict.fromkeys(TOKENS, OWN) | {"late": "ansi_white"}


def _theme(name: str, colours: dict[str, str], *, dark: bool, strong: bool = False, plain: bool = False) -> Theme:
    """A theme in which the library's own widgets wear our colours. In a ``strong`` one what was not done is reversed; in a ``plain`` one
    nothing is known of the terminal's colours, and the way of writing says what colour says elsewhere."""
    by = colours
    ways = {
        "late-ground": "ansi_red" if plain else "transparent",
        "accent-way": "bold reverse" if plain else "bold",
        "other-way": "bold underline" if plain else "bold",
        "bar-way": "reverse" if plain else "none",
        "mark-way": "underline" if plain else "none",
        "thumb-way": "reverse" if plain else "none",
        "warn-way": "bold reverse" if plain or strong else "bold",
        "good-way": "bold" if plain or strong else "none",
        "edge-kind": "ascii" if plain else "painted",
        "focus-kind": "bracket" if plain else "painted",
        "card-kind": "ascii" if plain else "none",
        "shade": "transparent" if plain else "black 30%",
    }
    library = {
        "text-muted": by["quiet"], "text-disabled": by["quiet"], "border": by["accent"], "border-blurred": by["edge"],
        "block-cursor-foreground": by["ground"], "block-cursor-background": by["accent"],
        "block-cursor-text-style": ways["accent-way"], "block-cursor-blurred-foreground": by["text"],
        "block-cursor-blurred-background": by["bar"], "block-cursor-blurred-text-style": ways["other-way"],
        "block-hover-background": by["bar"], "input-selection-background": "ansi_white" if plain else by["mark"],
        "input-selection-foreground": "ansi_black" if plain else by["text"], "button-color-foreground": by["ground"],
        "input-cursor-background": by["text"], "input-cursor-foreground": by["ground"],
        "scrollbar": by["edge"], "scrollbar-hover": by["edge"], "scrollbar-active": by["accent"],
        "scrollbar-background": by["bar"], "scrollbar-background-hover": by["bar"], "scrollbar-background-active": by["bar"],
        "scrollbar-corner-color": by["bar"], "ansi-background": OWN, "ansi-foreground": OWN,
    }  # fmt: skip
    return Theme(
        name=name,
        primary=by["accent"],
        secondary=by["accent"],
        accent=by["accent"],
        warning=by["warn"],
        error=by["late"],
        success=by["good"],
        foreground=by["text"],
        background=by["ground"],
        surface=by["field"],
        panel=by["bar"],
        dark=dark,
        ansi=plain,
        variables=by | ways | library,
    )


LIGHT: Final = _theme("counter-light", dict(zip(TOKENS, LIGHT_COLOURS, strict=True)), dark=False)
DARK: Final = _theme("counter-dark", dict(zip(TOKENS, DARK_COLOURS, strict=True)), dark=True)
STRONG: Final = _theme("counter-strong", dict(zip(TOKENS, STRONG_COLOURS, strict=True)), dark=False, strong=True)
CONTRAST: Final = _theme("counter-contrast", dict(zip(TOKENS, BLACK_COLOURS, strict=True)), dark=True, strong=True)
PLAIN: Final = _theme("counter-ansi", PLAIN_COLOURS, dark=True, plain=True)
THEMES: Final = {theme.name: theme for theme in (LIGHT, DARK, STRONG, CONTRAST, PLAIN)}
