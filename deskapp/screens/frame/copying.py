"""Copying out: what is selected, or what the cursor stands on, goes to the clipboard; and it is said what went, and where that is in doubt.

Terminals take a text by a sequence of their own (OSC 52) and never answer, so whether it arrived is not known. Where a program of this
computer hands out its clipboard, that is used as well; where the terminal is known to take nothing, it is said.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

from textual.app import App

from deskapp.screens.frame.base import DeskScreen
from deskapp.widgets.foot_lines import NOTE, FootLines

SHOWN = 30  # characters of what was copied that are said
WAIT_S = 2.0  # for a clipboard program
SURE, DEAF, UNKNOWN = "sure", "deaf", "unknown"
TAKE = {
    "iTerm.app",
    "WezTerm",
    "ghostty",
    "vscode",
    "rio",
    "contour",
}  # TERM_PROGRAM of terminals that take OSC 52 as they come


def terminal_takes(env: Mapping[str, str], platform: str) -> str:
    """Whether the terminal is known to take what is copied: SURE, DEAF (known not to), or UNKNOWN."""
    if env.get("WT_SESSION") or env.get("TMUX") or env.get("TERM_PROGRAM") in TAKE:
        return SURE
    if env.get("KITTY_WINDOW_ID") or env.get("TERM", "").startswith(("foot", "alacritty", "xterm-kitty")):
        return SURE
    if platform == "win32" or env.get("VTE_VERSION") or env.get("TERM", "").startswith("putty"):
        return DEAF  # the old console of Windows, the terminals built on VTE, PuTTY: none of them takes it
    return UNKNOWN


def clipboard_program(env: Mapping[str, str], platform: str) -> list[str]:
    """The program of this computer that takes a text into its clipboard; empty over a remote line and where there is none."""
    if env.get("SSH_CONNECTION") or env.get("SSH_TTY"):
        return []
    if platform == "win32":
        return ["clip"]
    wanted = [["wl-copy"]] if env.get("WAYLAND_DISPLAY") else []
    wanted += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]] if env.get("DISPLAY") else []
    wanted += [["pbcopy"]] if platform == "darwin" else []
    return next((command for command in wanted if shutil.which(command[0])), [])


def hand_over(text: str) -> bool:
    """Give a text to the clipboard program of this computer; whether it took it."""
    command = clipboard_program(os.environ, sys.platform)
    if not command:
        return False
    data = text.encode("utf-16-le" if sys.platform == "win32" else "utf-8")
    try:
        return subprocess.run(command, input=data, timeout=WAIT_S, check=False, capture_output=True).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def told(text: str, taken: bool, terminal: str) -> tuple[str, bool]:
    """What is said of a copy, and whether it is a refusal."""
    one = " ".join(text.split())
    short = one if len(one) <= SHOWN else f"{one[:SHOWN]}等（共{len(text)}个字）"
    if taken or terminal == SURE:
        return f"已复制：{short}", False
    how = "按住 Shift 用鼠标选中，再按终端自己的复制键（PuTTY 选中就是复制）"
    if terminal == DEAF:
        return f"这个终端不让程序复制，剪贴板没有变。要复制的是：{short}。请{how}。", True
    return f"已交给终端复制：{short}。粘贴不出来的，这个终端不支持，请{how}。", False


class Copying(App[bool]):
    """An app that copies."""

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text, and say so."""
        super().copy_to_clipboard(text)
        sentence, refused = told(text, hand_over(text), terminal_takes(os.environ, sys.platform))
        for line in self.screen.query(FootLines):
            line.say(sentence, refused)

    def action_copy(self) -> None:
        """Copy what the cursor stands on; whatever is selected was copied before it came here."""
        if isinstance(self.screen, DeskScreen) and self.screen.CLOSED:
            return  # in visitors' hands
        text = self.screen.copied() if isinstance(self.screen, DeskScreen) else ""
        if text:
            self.copy_to_clipboard(text)
        else:
            said = "这里没有选中什么，没有复制。用鼠标拖选，或者把光标放在一行上再按。要退出，请按 Ctrl+Q。"
            for line in self.screen.query(FootLines):
                line.say(said, False, NOTE)

    def action_help_quit(self) -> None:
        """Ctrl+C does not end the desk: it copies."""
        self.action_copy()
