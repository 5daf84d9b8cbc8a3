"""The terminal that the desk runs in: whether it can show Chinese, and what its keyboard may send."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from deskapp.errors import DeskError
from deskapp.keyboard import Keyboard

TERMINAL_GONE = 129  # the exit code of a program that the end of its terminal (SIGHUP) ends
_NOTHING = dict.fromkeys(range(0x80, 0xA0), "\ufffd")
_written_by: list[Callable[[Any, str], None]] = []  # the library's own


def prepare_terminal() -> None:
    """Make ready for a desk in this terminal. Raises DeskError where none can be shown."""
    check_terminal()
    take_any_bytes()
    take_whole_sequences()
    send_no_controls()


def check_terminal() -> None:
    """Raise DeskError where no desk can be shown."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise DeskError(
            "这里不是终端窗口，打不开登记台。", "", "请在终端里运行 deskapp；查看数据可以用 deskapp today。"
        )
    term = os.environ.get("TERM", "")
    if sys.platform != "win32" and term in ("", "linux", "dumb", "unknown"):
        raise DeskError(
            f"这个终端（TERM={term or '没有设置'}）显示不了中文界面。",
            "",
            "请在图形桌面的终端窗口里运行，或者通过远程终端连接。",
        )


def take_any_bytes() -> None:
    """Bytes of the keyboard that are no UTF-8 (a paste from a GBK program, a broken line) become U+FFFD and are seen.

    The library decodes them strictly in the thread that reads keys, and a stray byte ends the program. It looks the decoder's
    maker up in its own module, so that is where a lenient one is laid over.
    """
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver

    linux_driver.getincrementaldecoder = _lenient  # type: ignore[assignment, attr-defined]  # imported there, not exported


def take_whole_sequences() -> None:
    """What the keyboard sends and the library does not know types nothing. The library looks its reader up in its own module as well."""
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver

    linux_driver.XTermParser = Keyboard  # type: ignore[attr-defined]  # imported there, not exported


def send_no_controls() -> None:
    """What older registers hold of the second block of control characters (U+0080 to U+009F) would steer a terminal; the program
    itself sends none of it, so none goes out."""
    if sys.platform == "win32":
        return
    from textual.drivers.linux_driver import LinuxDriver

    if LinuxDriver.write is not _write_clean:
        _written_by.append(LinuxDriver.write)
        setattr(LinuxDriver, "write", _write_clean)  # noqa: B010  # laid over a method of the library


def _write_clean(driver: Any, data: str) -> None:
    writer = getattr(driver, "_writer_thread", None)
    if writer is not None and not writer.is_alive():  # what is put into its queue would wait for ever
        end_without_terminal()
    _written_by[0](driver, data if data.isascii() else data.translate(_NOTHING))


def end_without_terminal() -> None:
    """End at once when the terminal is gone and nobody said so (a window that was killed, a line that broke): there is nothing to read from
    and nothing to show. Steps that were acknowledged are in the register, and what is typed is kept a moment after each key."""
    try:
        os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (OSError, ValueError):
        os._exit(TERMINAL_GONE)


def _lenient(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")
