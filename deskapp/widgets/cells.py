"""Text in terminal cells: cut and padded to exact widths, whatever the characters."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

PLAIN = str.maketrans(
    {
        "“": "【",
        "”": "】",
        "‘": "【",
        "’": "】",
        "…": ".",
        "—": "-",
        "–": "-",
        "·": "、",
        "※": "*",
        "×": "*",
        "→": "-",
    }
)
"""Signs that some consoles draw two cells wide, and what stands for them in the program's own words; what people typed stays as it is."""


def plain(text: str) -> str:
    """Words of ours that are written for paper as well (the handbook, the data of the law), for a screen: no sign of uncertain width."""
    return text.translate(PLAIN)


def fit(text: str, width: int) -> str:
    """``text`` in exactly ``width`` cells: filled with spaces, or cut, which two dots say."""
    return cut(" ".join(text.split()), width)


def cut(line: str, width: int) -> str:
    """The same for a line whose spaces are meant."""
    if cell_len(line) <= width:
        return set_cell_size(line, width)
    return set_cell_size(set_cell_size(line, max(width - 2, 0)).rstrip() + "..", width)
