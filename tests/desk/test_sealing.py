"""Seals signed with a key on a stick: what they find when everything on the computer was rewritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.exchange.bundle.signing import SigningKey
from tests.conftest import register


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder / "校验钥匙.json"


def wrong(desk: Desk, stick: Path) -> list[bool]:
    return [each.fault for each in desk.sealing.check(stick)]


def test_a_key_is_made_once_and_signs_each_time(desk: Desk, stick: Path) -> None:
    register(desk)
    first, fresh = desk.sealing.sign(stick)
    assert fresh
    register(desk, applicant="李四")
    second, again = desk.sealing.sign(stick)
    assert not again
    assert (first.seq, second.seq, first.public) == (1, 2, second.public)
    assert wrong(desk, stick) == [False, False]
    assert stick.stat().st_mode & 0o777 == 0o600


def test_a_rewritten_entry_is_found(desk: Desk, stick: Path) -> None:
    register(desk)
    desk.sealing.sign(stick)
    with desk._store.write():
        desk._store.execute("DROP TRIGGER events_no_update")
        desk._store.execute("UPDATE events SET hash = ?", ["0" * 64])
    assert wrong(desk, stick) == [True]


def test_a_register_that_was_cut_is_found(desk: Desk, stick: Path) -> None:
    register(desk)
    register(desk, applicant="李四")
    desk.sealing.sign(stick)
    with desk._store.write():
        desk._store.execute("DROP TRIGGER events_no_delete")
        desk._store.execute("DELETE FROM events WHERE seq = 2")
    found = desk.sealing.check(stick)
    assert [each.fault for each in found] == [True]
    assert "没有这一条" in found[0].message


@pytest.mark.parametrize("name", ["seq", "head", "at", "public", "signature"])
def test_a_line_that_was_changed_is_found(desk: Desk, stick: Path, name: str) -> None:
    register(desk)
    desk.sealing.sign(stick)
    lines = stick.with_name(stick.name + ".seals")
    document = json.loads(lines.read_text())
    other = {"seq": 2, "head": "1" * 64, "at": "2020-01-01", "public": SigningKey.fresh().public, "signature": "AAAA"}
    lines.write_text(json.dumps({**document, name: other[name]}) + "\n")
    assert wrong(desk, stick) == [True]


def test_a_line_of_another_key_is_found(desk: Desk, stick: Path) -> None:
    register(desk)
    desk.sealing.sign(stick)
    key = SigningKey.fresh()
    stick.write_text(json.dumps({"secret": key.text, "public": key.public}))
    assert wrong(desk, stick) == [True]


def test_what_cannot_be_signed_or_checked(desk: Desk, stick: Path) -> None:
    with pytest.raises(DeskError, match="还没有记录"):
        desk.sealing.sign(stick)
    assert not stick.exists()
    with pytest.raises(DeskError, match="读不出来"):
        desk.sealing.check(stick)
    register(desk)
    for content in ("", "x", "{}", '{"secret": "AA=="}', "[1]"):
        stick.write_text(content)
        with pytest.raises(DeskError, match="不是签校验的钥匙"):
            desk.sealing.sign(stick)
    key = SigningKey.fresh()
    stick.write_text(json.dumps({"secret": key.text}))
    with pytest.raises(DeskError, match="没有签过"):
        desk.sealing.check(stick)
    stick.with_name(stick.name + ".seals").write_text("nonsense\n")
    with pytest.raises(DeskError, match="不是校验"):
        desk.sealing.sign(stick)
