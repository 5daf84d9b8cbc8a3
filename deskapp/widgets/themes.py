"""The colours of the desk: light, dark, and of the greatest contrast."""

from __future__ import annotations

from textual.theme import Theme

LIGHT = Theme(
    name="counter-light",
    primary="#1f5f8b",
    secondary="#4a7a5c",
    accent="#8b3a3a",
    warning="#8a5a00",
    error="#a32020",
    success="#2f6b3a",
    foreground="#20262b",
    background="#f6f5f1",
    surface="#ecebe5",
    panel="#e2e0d8",
    dark=False,
)
DARK = Theme(
    name="counter-dark",
    primary="#8ab8d8",
    secondary="#8fbf9f",
    accent="#d89a9a",
    warning="#e0b060",
    error="#f08a8a",
    success="#90c898",
    foreground="#dfe3e6",
    background="#171b1e",
    surface="#20262a",
    panel="#2a3136",
    dark=True,
)
CONTRAST = Theme(
    name="counter-contrast",
    primary="#ffff00",
    secondary="#ffffff",
    accent="#00ffff",
    warning="#ffff00",
    error="#ff8080",
    success="#80ff80",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#303030",
    dark=True,
)
