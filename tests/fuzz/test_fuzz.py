"""Each reader briefly: its seeds are read, and what becomes of them at random ends in a sentence at worst."""

from __future__ import annotations

import json
import random
from xml.etree import ElementTree

import pytest

from tests.fuzz import sent
from tests.fuzz.mutate import changed
from tests.fuzz.seeds import parts_of
from tests.fuzz.targets import targets
from tests.fuzz.trees import changed_tree

TRIES = 60
DEEP = 6000
NESTED = (  # what no input at random comes to: a thing in itself, in itself
    b"[" * DEEP + b"]" * DEEP,
    b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    b"a = " + b"[" * DEEP + b"]" * DEEP,
    b"a" + b".a" * DEEP + b" = 1",
    b"[" + b".".join([b"a"] * DEEP) + b"]\nb = 1",
    b"+++\na" + b".a" * DEEP + b" = 1\n+++\n",
    b"<div>" * DEEP + b"<table><tr><td>1</td></tr></table>" + b"</div>" * DEEP,
    b"<table><tr><td>" * DEEP + b"1" + b"</td></tr></table>" * DEEP,
    b"%PDF-1.4\n1 0 obj" + b"[" * DEEP + b"]" * DEEP + b" endobj trailer<</Root 1 0 R>>\n",
)


@pytest.mark.parametrize("name", sorted(targets()))
def test_a_well_made_file_is_read(name: str) -> None:
    target = targets()[name]
    for seed in target.seeds():
        assert len(seed) <= target.longest, "the fuzzer would cut it off, and try little of what it is"
        target(seed)


@pytest.mark.parametrize("name", sorted(targets()))
@pytest.mark.each(3)
def test_what_nobody_wrote_ends_in_a_sentence(name: str) -> None:
    target, chance = targets()[name], random.Random(20261126)
    seeds = target.seeds()
    for _ in range(TRIES):
        target(changed(chance.choice(seeds), chance)[: target.longest])


@pytest.mark.parametrize("name", sorted(targets()))
@pytest.mark.each(3)
def test_what_is_nested_without_end_ends_in_a_sentence(name: str) -> None:
    target = targets()[name]
    for data in NESTED:
        target(data)


@pytest.mark.parametrize("name", [name for name in sorted(targets()) if name.endswith(("_parts", "_docx"))])
def test_a_part_of_a_file_that_is_nested_without_end_ends_in_a_sentence(name: str) -> None:
    target = targets()[name]
    for seed in target.seeds():
        for tag in (b"w:r", b"w:p", b"w:comment", b"text:p", b"row"):
            body, end = seed.rsplit(b"</", 1) if b"</" in seed else (seed, b"")
            target(body + b"<%b>" % tag * 2000 + b"1" + b"</%b>" % tag * 2000 + b"</" + end)


@pytest.mark.parametrize(
    "seed", [json.dumps(sent.CASE, ensure_ascii=False).encode(), *parts_of(sent.draft()), b'[1]\n{"a": 2}\n']
)
def test_a_tree_is_changed_and_stays_one(seed: bytes) -> None:
    chance, made = random.Random(20261128), set()
    for _ in range(200):
        tree = changed_tree(seed, chance)
        assert tree is not None
        if seed[1:2] == b"<":
            assert tree[:1] == seed[:1], "another part"
            ElementTree.fromstring(tree[1:])
        else:
            for line in tree.splitlines():
                json.loads(line)
        made.add(tree)
    assert len(made) > 20


def test_what_is_no_tree_is_left_to_bytes() -> None:
    assert changed_tree(b"%PDF-1.4", random.Random(1)) is None
