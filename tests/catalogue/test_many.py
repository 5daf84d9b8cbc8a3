"""Entries that are put many at a time make the catalogue that they make one by one, with the same index."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deskapp.catalogue import entries
from deskapp.catalogue.entries import Entries
from deskapp.catalogue.entry import Entry

INDEXES = ("words", "sounds")


def put_all(catalogue: Entries) -> list[str]:
    """Entries in no order of days; some come again, some with another day, name or text, one under another key."""
    chance, states = random.Random(4), list[str]()
    made = [
        Entry(f"LH{n}", f"柳河镇{chance.randint(2015, 2025)}年{chance.choice(('预算', '决算', '防汛预案'))}{n}",
              published_on=f"{chance.randint(2015, 2025)}-0{chance.randint(1, 9)}-11")
        for n in range(60)
    ]  # fmt: skip
    states += [catalogue.put(entry, chance.choice((None, f"全文{n} 拆迁"))) for n, entry in enumerate(made)]
    for entry in chance.sample(made, 25):
        change = chance.choice(
            ({}, {"published_on": "2019-01-02"}, {"name": f"{entry.name}（修订）"}, {"shelf": "3号柜"})
        )
        states.append(catalogue.put(replace(entry, **change), chance.choice((None, "另一份全文"))))
    catalogue.rename(made[0].key, replace(made[0], issuer="柳河镇人民政府"))
    return states


def content(catalogue: Entries) -> dict[str, list[dict[str, Any]]]:
    """The rows, and every word of both indexes with its place."""
    store = catalogue.store
    found = {name: store.query(f"SELECT * FROM {name} ORDER BY 1") for name in ("entries", "texts")}
    with store.write():
        for name in INDEXES:
            store.execute(f"CREATE VIRTUAL TABLE temp.{name}_told USING fts5vocab(main, {name}, instance)")
    for name in INDEXES:
        found[name] = sorted(store.query(f"SELECT * FROM {name}_told"), key=repr)
    return found


def test_many_at_a_time_make_the_same_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "MOST_SIGNS", 500)
    made = []
    for name, several in (("many", True), ("one", False)):
        catalogue = Entries.open(tmp_path / f"{name}.db")
        with catalogue.many() if several else catalogue.store.write():
            states = put_all(catalogue)
        made.append((states, content(catalogue)))
        catalogue.close()
    many, one = made
    assert many == one
    assert set(many[0]) == {"new", "changed", "same"}
    assert all(many[1].values())


def test_what_is_taken_back_leaves_no_words_waiting(tmp_path: Path) -> None:
    catalogue = Entries.open(tmp_path / "a.db")
    with pytest.raises(ValueError, match="enough"), catalogue.many():
        catalogue.put(Entry("LH1", "征地补偿安置方案"))
        raise ValueError("enough")
    with catalogue.store.write():
        catalogue.put(Entry("LH2", "防汛预案"))
    assert (catalogue.count(), catalogue.holding("征地", 5), len(catalogue.holding("防汛", 5))) == (1, [], 1)
    catalogue.close()
