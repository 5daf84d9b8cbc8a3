"""The reading computer's guard: one process that starts the reader again and again, so that no end of it leads to a shell.

The reader runs as a process of its own in the same terminal. Only its exit code :data:`LEFT`, which nothing but the PIN gives, ends the
guard. Signals of the keyboard (Ctrl+C, Ctrl+\\, Ctrl+Z) reach neither of the two. Between two readers the terminal is put in order.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

LEFT, ENDED = 0, 3  # the exit codes of a reader that was left with the PIN, and of one that stood and ended otherwise
AGAIN_S, SOON_S = (
    0.5,
    3.0,
)  # the wait before the next reader; one that never stood, or lived shorter than SOON_S, waits longer
SLOW_S = 5.0
IN_ORDER = (
    "\x1b[?1049l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?25h\x1b[0m\x1b[2J\x1b[H"
)
WAITING = "查阅暂时打不开，正在重试，请找工作人员。\r\n"
KEYBOARD = ("SIGINT", "SIGQUIT", "SIGTSTP", "SIGTTIN", "SIGTTOU")


def guard(reader: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run ``reader``, a command, in its environment until it is left with the PIN or the terminal is gone. Raises OSError when it cannot be started at
    all."""
    for name in KEYBOARD:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)  # the reader inherits it
    settings = _terminal()
    while True:
        began = time.monotonic()
        code = subprocess.call(reader, env=environment)
        if code == LEFT or not sys.stdin.isatty():
            _set(settings)
            return
        _set(settings, quiet=True)
        never_stood = code > 0 and code != ENDED  # an old machine takes longer than SOON_S to find that out
        soon = never_stood or time.monotonic() - began < SOON_S
        if soon:
            sys.stdout.write(WAITING)
            sys.stdout.flush()
        time.sleep(SLOW_S if soon else AGAIN_S)


def _terminal() -> list[object] | None:
    """How the terminal is set; None where there is none to ask."""
    try:
        import termios

        settings: list[object] = termios.tcgetattr(sys.stdin.fileno())
        return settings
    except (ImportError, OSError, ValueError):
        return None


def _set(settings: list[object] | None, quiet: bool = False) -> None:
    """The terminal as it was. ``quiet``: between two readers, without what the visitor read, without keys typed ahead, and with no
    echo of those to come."""
    try:
        if settings is not None:
            import termios

            wanted = [*settings]
            wanted[3] = int(str(wanted[3])) & ~termios.ECHO if quiet else wanted[3]
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSAFLUSH, wanted)  # type: ignore[arg-type]  # as tcgetattr gave them
        if quiet:
            os.write(sys.stdout.fileno(), IN_ORDER.encode())
    except OSError:
        return  # the terminal is gone; the next look at it ends the guard
