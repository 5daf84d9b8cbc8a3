"""What a terminal sends besides letters: key sequences, reports of the mouse, answers of its own. Only what the library knows goes on.

The library takes a sequence that it does not know (Alt+F4: ``ESC [ 1 ; 3 S``) for letters and types it into the field under the cursor,
together with the letters that come after it. Here a sequence is known by its form (ECMA-48) before the library sees it: it is handed over
whole, however the line has cut it, and what the library cannot use is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from textual import events
from textual._time import get_time
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.message import Message

ESC, CSI = "\x1b", "\x9b"
ALONE_S, REST_S = (
    0.1,
    0.5,
)  # after which Esc is the key of that name; for the rest of a sequence that has begun, on a slow line
WHOLE = re.compile(
    r"\x1b(?:\[\[[ -~]"  # function keys of a bare console
    r"|\[M[^\x1b]{3}"  # a report of the mouse in its oldest form
    r"|\[(?![\[M])[0-?]*[ -/]*[@-~]|\[[0-?]+[ -/]*\$"
    r"|O[0-9;]*[ -/@-~]"
    r"|[\]P_^X][^\x1b\x07]*(?:\x07|\x1b\\)"  # words of the terminal itself: colours, titles, its name
    r"|[^\[O\]P_^X\x1b])"
)
BEGUN = re.compile(r"\x1b(?:\[\[?|\[M[^\x1b]{0,2}|\[[0-?]*[ -/]*|O[0-9;]*|[\]P_^X][^\x1b\x07]*\x1b?)?\Z")
BROKEN = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O[0-9;]*|[\]P_^X][^\x1b\x07]*)")
TAIL = re.compile(r"\[(?:<[0-9;]*[Mm]|[0-9;]+[A-Za-z~^$@])|O[A-DFHP-S]")
"""What is left of a sequence whose first sign came so late that it was taken for Esc."""
OF_THE_TERMINAL = "]P_^X"  # the second sign of its own words
END_OF_PASTE = re.compile(re.escape(BRACKETED_PASTE_END))
IN_PASTE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~])?")


class Keyboard(XTermParser):
    """The library's reader of a terminal, which gets whole sequences and types none of them."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._rest, self._until = "", 0.0
        self._pasting = False
        self._esc_at = 0.0

    def feed(self, data: str) -> Iterable[Message]:
        """What came, as events."""
        if not data:
            yield from super().feed(data)
            return
        text, self._rest = self._rest + data.replace(CSI, f"{ESC}["), ""
        if get_time() - self._esc_at < REST_S and (tail := TAIL.match(text)):
            text = text[tail.end() :]
        self._esc_at = 0.0
        while text:
            piece, text = self._cut(text)
            yield from self._read(piece)
        if self._rest:
            self._until = get_time() + (ALONE_S if self._rest == ESC else REST_S)

    def tick(self) -> Iterable[Message]:
        """Called now and then: Esc alone is a key, a sequence that was never ended is nothing."""
        if self._rest and not self._pasting and get_time() >= self._until:
            rest, self._rest = self._rest, ""
            if rest == ESC:
                self._esc_at = get_time()
                yield events.Key("escape", ESC)

    def _cut(self, text: str) -> tuple[str, str]:
        """The first piece of a text (letters, or one whole sequence; nothing for what is dropped) and what comes after it."""
        if self._pasting:
            return self._cut_paste(text)
        at = text.find(ESC)
        if at:
            return (text, "") if at < 0 else (text[:at], text[at:])
        if whole := WHOLE.match(text):
            return whole[0], text[whole.end() :]
        if BEGUN.match(text):
            self._rest = text
            return "", ""
        if broken := BROKEN.match(text):
            return "", text[broken.end() :]
        return ESC, text[1:]  # the key, and another sequence behind it

    def _cut_paste(self, text: str) -> tuple[str, str]:
        """What is pasted is text up to its end: sequences in it are none."""
        if end := END_OF_PASTE.search(text):
            self._pasting = False
            return IN_PASTE.sub("", text[: end.start()]) + BRACKETED_PASTE_END, text[end.end() :]
        if begun := BEGUN.search(text):
            text, self._rest = text[: begun.start()], text[begun.start() :]
        return IN_PASTE.sub("", text), ""

    def _read(self, piece: str) -> Iterator[Message]:
        """The events of a piece; a sequence that the library would wait on is one that it does not know."""
        if piece == ESC:
            yield events.Key("escape", ESC)
        elif len(piece) == len(ESC) + 1 and piece[0] == ESC and piece[1].isprintable():
            yield from self._with_alt(piece[1])
        elif piece and not (piece[0] == ESC and piece[1] in OF_THE_TERMINAL):
            yield from super().feed(piece)
            if self._awaiting.timeout is not None:
                self._gen = self.parse(self._tokens.append)
                self._awaiting, self._timeout_time = next(self._gen), None
            self._pasting = self._pasting or piece == BRACKETED_PASTE_START

    def _with_alt(self, sign: str) -> Iterator[Message]:
        """Alt with a letter types nothing. What is no letter of a keyboard came after Esc."""
        if not sign.isascii():
            yield events.Key("escape", ESC)
            yield from super().feed(sign)
            return
        known = list(self._sequence_to_key_events(f"{ESC}{sign}"))
        for key in known or self._sequence_to_key_events(sign, alt=True):
            yield events.Key(key.key if key.character is None else f"alt+{key.key.removeprefix('alt+')}", None)
