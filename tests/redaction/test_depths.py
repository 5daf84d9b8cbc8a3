"""A scan of any depth comes out as it was: the same greys, by pixels, as its picture of eight bits."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from deskapp.redaction.reading import _frames, _grey

GREYS = (0, 40, 90, 128, 200, 255)


def _steps() -> Image.Image:
    """Six stripes of grey, 60 by 10."""
    picture = Image.new("L", (60, 10))
    for n, grey in enumerate(GREYS):
        picture.paste(grey, (n * 10, 0, n * 10 + 10, 10))
    return picture


def _as(kind: str) -> tuple[Image.Image, str]:
    """The stripes in another depth, and the ending of a file that holds it."""
    grey = _steps()
    values = [float(value) for value in grey.tobytes()]
    if kind == "16":
        wide = b"".join(int(value * 257).to_bytes(2, "little") for value in values)
        return Image.frombytes("I;16", grey.size, wide), "png"
    if kind == "float":
        wide_picture = Image.new("F", grey.size)
        wide_picture.putdata([value / 255 for value in values])
        return wide_picture, "tif"
    if kind == "palette":
        picture = grey.convert("P")
        picture.info["transparency"] = 255
        return picture, "png"
    return grey.convert("RGB").convert(kind), "tif"


@pytest.mark.parametrize("kind", ["16", "float", "palette", "CMYK"])
def test_every_depth_has_the_greys_of_eight_bits(tmp_path: Path, kind: str) -> None:
    picture, ending = _as(kind)
    picture.save(tmp_path / f"a.{ending}", dpi=(200, 200))
    (frame,) = (_grey(frame, 0, 200) for frame in _frames(tmp_path / f"a.{ending}"))
    middle = frame.height // 2 * frame.width
    step = frame.width / len(GREYS)
    seen = [frame.pixels()[middle + round(step * (n + 0.5))] for n in range(len(GREYS))]
    assert all(abs(there - wanted) <= 3 for there, wanted in zip(seen, GREYS, strict=True)), seen
