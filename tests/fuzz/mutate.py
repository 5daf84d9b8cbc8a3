"""Bytes changed at random, from a seed: what stands in for a fuzzer where time is short."""

from __future__ import annotations

import random

from tests.fuzz.trees import SHARE, changed_tree

ODD = (b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"\n", b"[" * 200, b"99999999999999999999", b"-1", b"<", b"&#x110000;", b"\xed\xa0\x80",
       b"1e400", b"\xc2\x85", b"{{", b"nan", b"=")  # fmt: skip


def changed(seed: bytes, chance: random.Random) -> bytes:
    """The bytes with one to eight changes; every second time, where they are a tree, they stay one."""
    if chance.random() < SHARE and (tree := changed_tree(seed, chance)) is not None:
        return tree
    data = bytearray(seed)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0 if at < len(data):
                data[at] ^= 1 << chance.randrange(8)
            case 1:
                del data[at : at + chance.randint(1, 40)]
            case 2:
                data[at:at] = chance.choice(ODD)
            case 3:
                data[at : at + 1] = chance.randbytes(chance.randint(1, 4))
            case _:
                start = chance.randrange(len(data) + 1)
                data[at:at] = data[start : start + chance.randint(1, 60)]
    return bytes(data)
