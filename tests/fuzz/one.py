"""``python -m tests.fuzz.one READER CORPUS [options of libFuzzer]``: atheris on one reader, in this process."""

from __future__ import annotations

import logging
import random
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

from tests.fuzz.trees import changed_tree


def changed(data: bytes, longest: int, seed: int) -> bytes:
    """What the fuzzer tries next: every second time, where the bytes are a tree, one that is still in order."""
    chance = random.Random(seed)
    if chance.random() < 0.5 and (tree := changed_tree(data, chance)) is not None and len(tree) <= longest:
        return tree
    mutated: bytes = atheris.Mutate(data, longest)
    return mutated


def main() -> None:
    """Until the time is over, or a fault."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    target = targets()[sys.argv[1]]
    atheris.Setup([sys.argv[0], *sys.argv[2:]], target, custom_mutator=changed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
