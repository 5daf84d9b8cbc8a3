"""The icon of Windows from the drawing of the menu: ``python -m scripts.kit.icon DRAWING.svg ICON.ico``; needs rsvg-convert."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from PIL import Image

SIZES = (16, 24, 32, 48, 64, 256)


def main(drawing: Path, icon: Path) -> None:
    """Draw it at every size that Windows asks for. Raises OSError without rsvg-convert."""
    pictures = [Image.open(io.BytesIO(_drawn(drawing, size))) for size in SIZES]
    pictures[-1].save(icon, sizes=[(size, size) for size in SIZES], append_images=pictures[:-1])


def _drawn(drawing: Path, size: int) -> bytes:
    command = ["rsvg-convert", "--width", str(size), "--height", str(size), str(drawing)]
    return subprocess.run(command, check=True, capture_output=True).stdout


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
