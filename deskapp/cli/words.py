"""The help of the commands in Chinese: the words that the command library itself writes."""

from __future__ import annotations

from collections.abc import Iterable

import click

WORDS = {
    "Options": "选项",
    "Commands": "命令",
    "Show this message and exit.": "显示这段说明。",
    "[OPTIONS]": "[选项]",
    "[COMMAND]": "[命令]",
    "COMMAND": "命令",
    "[ARGS]...": "[参数]…",
    "[required]": "[必填]",
    "DIRECTORY": "文件夹",
    "FILE": "文件",
    "PATH": "路径",
    "TEXT": "文字",
    "INTEGER RANGE": "整数",
    "INTEGER": "整数",
}


def chinese(text: str) -> str:
    """A line of the library's help with its own words in Chinese."""
    for english, words in WORDS.items():
        text = text.replace(english, words)
    return text


class ChineseHelp(click.HelpFormatter):
    """The library's layout, our words."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """用法：deskapp …"""
        super().write_usage(prog, chinese(args), "用法：")

    def write_heading(self, heading: str) -> None:
        """A heading over options or commands."""
        super().write_heading(chinese(heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options or commands with what they are for."""
        super().write_dl([(chinese(name), chinese(what)) for name, what in rows], col_max, col_spacing)
