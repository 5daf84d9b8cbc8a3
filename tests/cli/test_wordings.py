"""``deskapp wordings``: templates of an office to another one in a file, and from it."""

from __future__ import annotations

import pytest

from tests.cli.conftest import TODAY, Shell

OWN = ("not_held", "本机关进行了检索", "本机关查找了")


@pytest.fixture
def giver(unit: Shell) -> Shell:
    """An office that has changed one sentence of ours, with an editor."""
    from letters.catalogue import TEMPLATES

    kind, old, new = OWN
    text = (TEMPLATES / f"{kind}.md").read_text(encoding="utf-8")
    assert old in text
    (unit.home / "templates").mkdir()
    (unit.home / "templates" / f"{kind}.md").write_text(text.replace(old, new), encoding="utf-8")
    return unit


def test_from_one_office_to_another(giver: Shell) -> None:
    given = giver.json("wordings", "give", "-o", "a.wordings", *TODAY)
    assert (given["count"], given["signed"], given["left"]) == (1, True, [])
    giver("init", "UNIT.toml", "--at", "other", *TODAY)
    there = ("--at", "other", *TODAY)
    seen = giver.json("wordings", "take", "a.wordings", "--dry-run", *there)
    assert seen["fingerprint"] == given["fingerprint"]
    assert [(item["kind"], item["state"]) for item in seen["items"]] == [("not_held", "differs")]
    assert "本机关查找了" in giver("wordings", "take", "a.wordings", "--dry-run", *there).stdout
    assert not (giver.folder / "other/templates").exists()
    taken = giver.json("wordings", "take", "a.wordings", "--only", "1", "--from", "2027-01-04", *there)
    assert taken["items"][0]["from"] == "2027-01-04"
    assert taken["taken"]
    kinds = {item["kind"]: item for item in giver.json("wordings", "list", "--at", "other", "--today", "2027-01-04")}
    assert kinds["not_held"]["whose"] == "ours"
    assert given["fingerprint"] in kinds["not_held"]["came_from"][0]


def test_what_is_no_such_file_leaves_nothing(giver: Shell) -> None:
    assert "不是别的单位给的" in giver("wordings", "take", "UNIT.toml", *TODAY, expect=1).stderr
    giver("wordings", "take", "none", *TODAY, expect=1)
    giver("wordings", "give", "none.md", "-o", "b.wordings", *TODAY, expect=2)
    giver("wordings", "give", "-o", "b.wordings", *TODAY)
    giver("wordings", "take", "b.wordings", "--only", "7", *TODAY, expect=2)
    assert not (giver.folder / "none").exists()
