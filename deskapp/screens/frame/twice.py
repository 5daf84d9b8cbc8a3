"""A key pressed twice: what was meant for the screen before does nothing on the one that has taken its place.

F9 ends a form and leads on from many a list; Enter answers a question and prints on the screen behind it. A slow hand, or one that saw
nothing happen while a list was taken in, presses once more just as the next screen comes up. The first such press is swallowed, and said;
after it the key means what it says.
"""

from __future__ import annotations

from textual import events
from textual.screen import Screen

BACK_S, ON_S = 2.0, 0.4  # after a screen has come back from behind one that has done its work; after a new one stands
HELD_S = 0.25  # between two presses of a key that is held, or tapped twice
ENTER = "enter"
DONE = "f9"  # the key that does what a screen is for


class Twice:
    """Knows the last key, and the screen that it was pressed on."""

    def __init__(self) -> None:
        self._key, self._screen, self._at = "", None, 0.0

    _screen: Screen[object] | None

    def swallows(self, event: events.Key, front: Screen[object]) -> bool:
        """Whether a key was meant for the screen before; else it is the last one now."""
        again = event.key == self._key and front is not self._screen
        if again and event.time < getattr(front, "stood_at", 0.0) + self._wait(event.key, front):
            if event.time - self._at >= HELD_S:
                self._screen = front  # whoever presses again, means it
            self._at = event.time
            return True
        self._key, self._screen, self._at = event.key, front, event.time
        return False

    def _wait(self, key: str, front: Screen[object]) -> float:
        """For how long after it stands a screen does not take a key that was pressed on another."""
        if key == DONE:
            return ON_S if self._screen is not None and self._screen.is_attached else BACK_S
        return ON_S if key == ENTER and getattr(front, "WARY", False) else 0.0
