"""Keys typed ahead: each acts on what the one before it has made of the screen.

The library hands every key to whatever has the cursor at that moment, while a form that the key before opens is still on its way: of
keys that come in one burst (a fast hand, a scanner, a paste) some would be lost and others would act twice. Here a key that comes
while another one is at work waits until that has done all of its work, a screen that it opened stands and has its cursor.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.widgets import Input

Typed = events.Key | events.Paste
PASSES = 8  # through the line of those that a key goes by, until none of them has anything left to do
LOOK_S = 0.05  # how often it is looked whether one that should do something is still there


class TypedAhead:
    """The keys of an app, one after the other."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._waiting: deque[Typed] = deque()
        self._released: Typed | None = None
        self._at_work: asyncio.Task[None] | None = None
        self._taker: MessagePump = app

    def may_pass(self, event: Typed) -> bool:
        """Whether a key may act now; one that may not is kept, and comes again when it may."""
        busy = self._at_work is not None and not self._at_work.done()
        if event is not self._released and (busy or self._waiting):
            self._waiting.append(event)
            if not busy:
                self._at_work = asyncio.create_task(self._follow())
            return False
        self._taker = self._app.focused or self._app.screen
        if event is self._released:
            self._released = None
        elif not self._only_writes(event):
            self._at_work = asyncio.create_task(self._follow())
        return True

    def _only_writes(self, event: Typed) -> bool:
        """Whether a key is a letter for a field: it opens nothing, and the field itself keeps the order of its keys."""
        from textual.widgets import TextArea  # the first picture waits for no editor

        return isinstance(self._taker, Input | TextArea) and (isinstance(event, events.Paste) or event.is_printable)

    async def _follow(self) -> None:
        """Let the keys that wait act, each when all is done that the one before began."""
        while self._app.is_running:
            await self._settle()
            if not self._waiting:
                return
            event = self._waiting.popleft()
            if self._comes_too_early(event):
                continue
            self._released = event
            self._app.post_message(event)

    def _comes_too_early(self, event: Typed) -> bool:
        """Whether a key was pressed before anybody could read the question that it would answer."""
        asked_at: float = getattr(self._app.screen, "asked_at", 0.0)
        return event.time < asked_at

    async def _settle(self) -> None:
        """Until nobody whom a key concerns has anything left to do, and the screen in front stands."""
        await _done_by(self._app)  # it has handed the key on
        for _ in range(PASSES):
            line = self._line()
            for one in line:
                await _done_by(one)
            if self._line() == line and not any(_busy(one) for one in line):
                return

    def _line(self) -> list[MessagePump]:
        """Whom a key goes by: from the field that took it, and from the cursor, up to the app."""
        ways = (self._taker, self._app.focused or self._app.screen)
        line: list[MessagePump] = []
        for way in ways:
            node: MessagePump | None = way
            while node is not None and node is not self._app:
                line.append(node)
                node = node._parent
        return [*dict.fromkeys(line), self._app]


def _busy(one: MessagePump) -> bool:
    return one.is_running and not one._message_queue.empty()


async def _done_by(one: MessagePump) -> None:
    """Until ``one`` has dealt with what it was sent up to now, or is gone. One that is still being made stands then."""
    done = asyncio.Event()
    if not one.call_later(done.set):
        return
    while not (done.is_set() or one._closed):
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), LOOK_S)
