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

from tests.fuzz.trees import SHARE, changed_tree

AGAIN = 0.25  # how often a seed is begun from again


def changed(seeds: list[bytes], data: bytes, longest: int, chance: random.Random) -> bytes:
    """What the fuzzer tries next. It keeps the shortest input for each way, and where one part of a file is tried the others make most ways:
    the seeds would soon be forgotten."""
    data = chance.choice(seeds) if chance.random() < AGAIN else data
    if chance.random() < SHARE and (tree := changed_tree(data, chance)) is not None and len(tree) <= longest:
        return tree
    mutated: bytes = atheris.Mutate(data, longest)
    return mutated


def main() -> None:
    """Until the time is over, or a fault."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    target = targets()[sys.argv[1]]
    seeds = target.seeds()

    def mutator(data: bytes, longest: int, seed: int) -> bytes:
        return changed(seeds, data, longest, random.Random(seed))

    atheris.Setup([sys.argv[0], *sys.argv[2:]], target, custom_mutator=mutator)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
