"""``python -m tests.fuzz.one READER CORPUS [options of libFuzzer]``: atheris on one reader, in this process."""

from __future__ import annotations

import logging
import sys
import warnings

import atheris

with atheris.instrument_imports(
    include=["deskapp", "letters", "openpyxl", "docx", "pypdf", "tomllib", "PIL"], enable_loader_override=False
):
    import docx  # noqa: F401  # read here, or what imports them later has no ways to be counted
    import openpyxl  # noqa: F401  # instrumented here, used by the readers
    import PIL.Image  # noqa: F401  # as above
    import pypdf  # noqa: F401  # as above

    from tests.fuzz.targets import targets


def main() -> None:
    """Until the time is over, or a fault."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    target = targets()[sys.argv[1]]
    atheris.Setup([sys.argv[0], *sys.argv[2:]], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
