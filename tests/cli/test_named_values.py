"""Values of commands: as they are, or as they are called; what is neither is told which there are."""

from __future__ import annotations

import click
import pytest

from deskapp.cli import NamedChoice
from deskapp.cli.exchange import export
from deskapp.cli.papers import KINDS, attach

SORTS = NamedChoice({"taker": "收包的", "reader": "看全县的", "region": "看全市的"})


@pytest.mark.parametrize(
    ("written", "value"), [("taker", "taker"), ("收包的", "taker"), ("收包", "taker"), ("看全市", "region")]
)
def test_a_value_or_its_name(written: str, value: str) -> None:
    assert SORTS.convert(written, None, None) == value


@pytest.mark.parametrize("written", ["", "看", "别的"])
def test_what_is_neither_is_told_which_there_are(written: str) -> None:
    with pytest.raises(click.BadParameter, match="taker（收包的）、reader（看全县的）"):
        SORTS.convert(written, None, None)


def test_every_kind_of_paper_can_be_named_in_chinese() -> None:
    (kind,) = (param for param in attach.params if param.name == "kind")
    for key, name in KINDS.items():
        assert kind.type.convert(name, None, None) == key
    assert kind.type.convert("其他", None, None) == "other"


def test_no_command_has_a_list_that_takes_no_chinese() -> None:
    assert not [
        param.name for command in (attach, export) for param in command.params if isinstance(param.type, click.Choice)
    ]
