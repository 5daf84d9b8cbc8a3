"""What a terminal sends besides letters types nothing, wherever the line cuts it."""

from __future__ import annotations

import time

import pytest
from textual import events
from textual.message import Message

from deskapp import keyboard
from deskapp.keyboard import Keyboard

UNKNOWN = (
    "\x1b[1;3S", "\x1b[1;3P", "\x1b[1;4R", "\x1b[15;3~", "\x1b[15;10~", "\x1b[1;8Q", "\x1b[1;13D", "\x1b[57399u", "\x1b[97;5u",
    "\x1b[27;5;13~", "\x1bO3P", "\x1b[34h", "\x1b[?1;2c", "\x1b[>41;330;0c", "\x1b]11;rgb:ffff/ffff/ffff\x07", "\x1b]0;x\x1b\\",
    "\x1bP1+r544e\x1b\\", "\x9b1;3S", "\x1b[<0;12;5M\x1b[<0;12;5m", "\x1b[<35;100;20M", "\x1b[32;10;5M", "\x1bx", "\x1b1", "\x1b[O", "\x1b[I",
    "\x1b[Z", "\x1b[200~\x1b[201~",
)  # fmt: skip


def typed(events_: list[Message]) -> str:
    """What stands in a field after these events."""
    keys = (event.character or "" for event in events_ if isinstance(event, events.Key) and event.is_printable)
    return "".join(keys) + "".join(event.text for event in events_ if isinstance(event, events.Paste))


@pytest.mark.parametrize("sequence", UNKNOWN)
def test_no_sequence_types_anything_wherever_it_is_cut(sequence: str) -> None:
    for cut in range(len(sequence) + 1):
        reader = Keyboard()
        seen = [
            *reader.feed("甲"),
            *reader.feed("a" + sequence[:cut]),
            *reader.tick(),
            *reader.feed(sequence[cut:] + "b"),
        ]
        seen += [*reader.tick(), *reader.feed("乙")]
        assert typed(seen) == "甲ab乙", (sequence, cut)
        assert not [event for event in seen if isinstance(event, events.Key) and event.key == "escape"]


@pytest.mark.parametrize("sequence", ["\x1b[1;3S", "\x1b[<0;12;5M", "\x1b[15;3~", "\x1bOQ"])
def test_a_sequence_whose_rest_never_comes_or_comes_late_types_nothing(
    sequence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for cut in range(1, len(sequence)):
        now = time.monotonic()
        monkeypatch.setattr(keyboard, "get_time", lambda: now)  # noqa: B023  # called within the turn
        reader = Keyboard()
        seen = list(reader.feed(sequence[:cut]))
        now += keyboard.ALONE_S if cut == 1 else keyboard.REST_S
        seen += [*reader.tick()]
        assert typed(seen) == ""
        if cut == 1:  # it was taken for Esc
            seen += [*reader.feed(sequence[cut:] + "b")]
            assert [event.key for event in seen if isinstance(event, events.Key)] == ["escape", "b"]


def keys_of(*texts: str) -> list[str]:
    """The keys that these texts are."""
    reader = Keyboard()
    seen = [event for text in texts for event in reader.feed(text)]
    return [event.key for event in seen if isinstance(event, events.Key)]


def test_what_is_known_acts_as_before() -> None:
    assert keys_of("\x1bOQ\x1b[20~\x1b[A\x1b[1;5S\x1b[Z\r\t\x11") == [
        "f2", "f9", "up", "ctrl+f4", "shift+tab", "enter", "tab", "ctrl+q",
    ]  # fmt: skip
    assert keys_of("\x1b", "[2", "0~") == ["f9"]
    assert keys_of("\x1b\x1b[A") == ["escape", "up"]
    assert keys_of("\x1b好") == ["escape", "好"]
    assert keys_of("\x1b[1;3张") == ["张"]


def test_a_paste_is_text_whatever_stands_in_it() -> None:
    for cut in range(1, 20):
        reader = Keyboard()
        text = "\x1b[200~红\x1b[31m色\x1b[1;3S\x1bOP\x1b[201~\x1bOQ"
        seen = [*reader.feed(text[:cut]), *reader.tick(), *reader.feed(text[cut:])]
        pasted = [event.text for event in seen if isinstance(event, events.Paste)]
        assert pasted == ["红色OP"], cut
        assert [event.key for event in seen if isinstance(event, events.Key)] == ["f2"]
