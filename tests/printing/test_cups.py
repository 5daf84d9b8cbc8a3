"""The real CUPS: a letter printed byte for byte, and a different true sentence for everything that can go wrong."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.printing.cups import CupsPort
from tests.conftest import DAY, issue_granted, make_desk
from tests.printing.private_cups import PrivateCups, why_not

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "runs"),
    pytest.mark.xdist_group("cups"),
]


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateCups]:
    server = PrivateCups(tmp_path / "cups")
    monkeypatch.setenv("CUPS_SERVER", server.address)
    yield server
    server.stop()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "home", FixedClock(DAY), CupsPort(settle_s=8))
    yield made
    made.close()


def test_a_printed_letter_has_the_frozen_bytes(cups: PrivateCups, desk: Desk) -> None:
    letter = issue_granted(desk)
    result = desk.paper.print(letter.id, "tray")
    assert result.state == "printed"
    assert result.message == "已交给打印机【tray】。"
    assert cups.printed() == [letter.pdf]


def test_a_reprint_sends_the_same_bytes_again(cups: PrivateCups, desk: Desk) -> None:
    letter = issue_granted(desk)
    desk.paper.print(letter.id, "tray")
    desk.paper.print(letter.id, "tray", why="印坏了一张")
    assert cups.printed() == [letter.pdf, letter.pdf]


def test_printers_are_listed_with_their_state(cups: PrivateCups, desk: Desk) -> None:
    assert [(p.name, p.state) for p in desk.paper.printers()] == [("tray", "ready")]


def test_no_such_printer(cups: PrivateCups, desk: Desk) -> None:
    letter = issue_granted(desk)
    with pytest.raises(DeskError, match="没有叫【nowhere】的打印机"):
        desk.paper.print(letter.id, "nowhere")
    assert not desk.lookup.case(letter.case_id).prints


def test_a_paused_printer_keeps_the_job_and_is_not_sent_it_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    server = PrivateCups(tmp_path / "cups", stopped=True)
    monkeypatch.setenv("CUPS_SERVER", server.address)
    try:
        letter = issue_granted(desk)
        result = desk.paper.print(letter.id, "tray")
        assert result.state == "waiting"
        assert "已暂停" in result.message
        assert "不要重复打印" in result.message
        with pytest.raises(DeskError, match="还在队列里"):
            desk.paper.print(letter.id, "tray")
        assert server.printed() == []
    finally:
        server.stop()


def test_a_jam_is_told_and_prints_once_when_mended(cups: PrivateCups, desk: Desk) -> None:
    cups.jam()
    letter = issue_granted(desk)
    result = desk.paper.print(letter.id, "tray")
    assert result.state == "waiting"
    assert "卡纸" in result.message
    with pytest.raises(DeskError, match="还在队列里"):
        desk.paper.print(letter.id, "tray")
    cups.clear()
    assert cups.printed(wait_s=15) == [letter.pdf]


def test_a_job_that_came_out_after_a_jam_is_noted_as_printed(cups: PrivateCups, desk: Desk) -> None:
    cups.jam()
    letter = issue_granted(desk)
    desk.paper.print(letter.id, "tray")
    desk.paper.look_after(letter.id)
    assert desk.paper.waits(letter.id)
    cups.clear()
    cups.printed(wait_s=15)
    wait_for_the_end(desk, letter.id)
    ends = desk.lookup.case(letter.case_id).print_ends
    assert [(end.printer, end.outcome, end.by) for end in ends] == [("tray", "printed", "程序")]
    assert "已经印出（tray）" in desk.paper.log(letter.id)[-1]
    desk.paper.look_after(letter.id)
    assert len(desk.lookup.case(letter.case_id).print_ends) == 1


def test_a_job_that_was_cancelled_at_the_queue_is_noted_and_may_be_printed_without_a_reason(
    cups: PrivateCups, desk: Desk
) -> None:
    cups.jam()
    letter = issue_granted(desk)
    job = desk.paper.print(letter.id, "tray").job
    subprocess.run(["cancel", job], check=True)
    wait_for_the_end(desk, letter.id)
    assert [end.outcome for end in desk.lookup.case(letter.case_id).print_ends] == ["cancelled"]
    assert "取消了" in desk.paper.log(letter.id)[-1]
    cups.clear()
    desk.paper.print(letter.id, "tray")
    assert cups.printed() == [letter.pdf]


def wait_for_the_end(desk: Desk, letter_id: str) -> None:
    deadline = time.monotonic() + 15
    while desk.paper.waits(letter_id) and time.monotonic() < deadline:
        desk.paper.look_after(letter_id)
        time.sleep(0.2)


def test_sent_again_only_when_asked(cups: PrivateCups, desk: Desk) -> None:
    cups.jam()
    letter = issue_granted(desk)
    desk.paper.print(letter.id, "tray")
    assert desk.paper.print(letter.id, "tray", again=True, why="没有出纸").state == "waiting"
    outcomes = [p.outcome for p in desk.lookup.case(letter.case_id).prints]
    assert outcomes == ["waiting", "waiting"]


def test_the_print_service_is_down(cups: PrivateCups, desk: Desk) -> None:
    letter = issue_granted(desk)
    cups.stop()
    with pytest.raises(DeskError, match="打印服务没有运行"):
        desk.paper.print(letter.id, "tray")
    with pytest.raises(DeskError, match="打印服务没有运行"):
        desk.paper.printers()
    assert not desk.lookup.case(letter.case_id).prints


def test_the_five_sentences_differ(cups: PrivateCups, desk: Desk) -> None:
    """No two situations are told in the same words."""
    letter = issue_granted(desk)
    said = [desk.paper.print(letter.id, "tray").message]
    with pytest.raises(DeskError) as unknown:
        desk.paper.print(letter.id, "nowhere")
    said.append(str(unknown.value))
    cups.jam()
    said.append(desk.paper.print(letter.id, "tray", why="再印").message)
    said.append(desk.paper.print(letter.id, "tray", again=True, why="再印").message)
    cups.stop()
    with pytest.raises(DeskError) as down:
        desk.paper.print(letter.id, "tray", again=True, why="再印")
    said.append(str(down.value))
    assert len(set(said)) == 5
