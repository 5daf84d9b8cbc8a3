"""One line above the keys where the program says what it did or why it did not."""

from __future__ import annotations

from rich.text import Text
from textual.timer import Timer
from textual.widgets import Static

SHOWN_S = 12.0


class MessageLine(Static):
    """Empty and out of the way until something is said; texts are plain, never markup."""

    DEFAULT_CSS = """
    MessageLine { height: auto; max-height: 3; padding: 0 1; background: $success; color: $background; display: none; }
    MessageLine.-error { background: $error; text-style: bold; }
    """

    _timer: Timer | None = None

    def say(self, text: str, error: bool) -> None:
        """Show a sentence for a while; a refusal stays until the next one. Saying nothing changes nothing."""
        if not text:
            return
        if self._timer:  # of the sentence before: it would take this one away too early
            self._timer.stop()
        sign = "※" if error else "✓"
        self.update(Text(sign + text))
        self.set_class(error, "-error")
        self.display = True
        self._timer = None if error else self.set_timer(SHOWN_S, self.clear_line)

    def add(self, text: str) -> None:
        """Another sentence behind the one that stands there."""
        before = str(self.content)[1:] if self.display else ""
        self.say(f"{before}　{text}" if before and text not in before else before or text, self.has_class("-error"))

    def clear_line(self) -> None:
        """Take the sentence away."""
        self.display = False
