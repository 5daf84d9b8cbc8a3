"""Text in terminal cells: cut and padded to exact widths, whatever the characters."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size


def fit(text: str, width: int) -> str:
    """``text`` in exactly ``width`` cells: filled with spaces, or cut with an ellipsis."""
    flat = " ".join(text.split())
    if cell_len(flat) <= width:
        return set_cell_size(flat, width)
    return set_cell_size(set_cell_size(flat, max(width - 2, 0)).rstrip() + "…", width)


def wrap(text: str, width: int) -> list[str]:
    """``text`` broken into lines of at most ``width`` cells."""
    lines, line = [], ""
    for char in text:
        if char == "\n" or cell_len(line + char) > width:
            lines.append(line)
            line = "" if char == "\n" else char
        else:
            line += char
    return [*lines, line] if line or not lines else lines
