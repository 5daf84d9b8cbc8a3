"""Each reader briefly: its seeds are read, and what becomes of them at random ends in a sentence at worst."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.mutate import changed
from tests.fuzz.targets import targets

TRIES = 60


@pytest.mark.parametrize("name", sorted(targets()))
def test_a_well_made_file_is_read(name: str) -> None:
    target = targets()[name]
    for seed in target.seeds():
        target(seed)


@pytest.mark.parametrize("name", sorted(targets()))
@pytest.mark.each(3)
def test_what_nobody_wrote_ends_in_a_sentence(name: str) -> None:
    target, chance = targets()[name], random.Random(20261126)
    seeds = target.seeds()
    for _ in range(TRIES):
        target(changed(chance.choice(seeds), chance)[: target.longest])
