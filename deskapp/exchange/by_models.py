"""Reading pictures with rapidocr (PaddleOCR's models of Chinese in the wheel itself, run by onnxruntime), where the extra ``seeing`` is
installed: whole lines with their places.

It takes most of a gigabyte and holds it, so it runs in a process of its own that ends with its picture: ``python -m
deskapp.exchange.by_models`` reads a picture and writes JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from importlib.util import find_spec

from deskapp.exchange.apart import NOT_FROM_HERE
from deskapp.exchange.placed import PlacedText, in_lines

PACKAGE = "rapidocr_onnxruntime"
LOADING_S = 30  # before it begins to read, on a slow machine


@cache
def is_there() -> bool:
    """Whether this program has it."""
    return find_spec(PACKAGE) is not None


def lines_of(picture: bytes, patience_s: float) -> list[PlacedText]:
    """The lines of a picture. Raises OSError where it cannot be started, SubprocessError where it takes longer or gives up."""
    command = [sys.executable, *NOT_FROM_HERE, "-m", "deskapp.exchange.by_models"]
    done = subprocess.run(command, input=picture, capture_output=True, timeout=patience_s + LOADING_S, check=True)
    try:
        return [PlacedText(*line) for line in json.loads(done.stdout)]
    except (ValueError, TypeError) as error:
        raise subprocess.SubprocessError(PACKAGE) from error


def text_of(picture: bytes, patience_s: float) -> str:
    """The same as text, line by line. Raises as :func:`lines_of`."""
    return "\n".join(" ".join(piece.text for piece in line) for line in in_lines(lines_of(picture, patience_s)))


def main() -> None:
    """Read a picture from stdin, write its lines to stdout."""
    import logging

    from rapidocr_onnxruntime import RapidOCR

    logging.disable(logging.CRITICAL)
    picture = sys.stdin.buffer.read()
    found, _ = RapidOCR()(picture)
    lines = []
    for corners, text, _sure in found or ():
        across, down = [x for x, _ in corners], [y for _, y in corners]
        lines.append([str(text), int(min(across)), int(min(down)), int(max(across)), int(max(down))])
    sys.stdout.write(json.dumps(lines))


if __name__ == "__main__":
    main()
