"""The last part of docs/commands.md, written by the program: every command with its arguments and options, as its help says them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from deskapp.cli.program import deskapp
from deskapp.cli.words import chinese

PAGE = Path(__file__).parent.parent / "docs/commands.md"
MARK = "## 每条命令的选项\n"
EVERYWHERE = ("--at", "--json", "--today", "--help")
ABOVE = """
这一段由程序写成（`python -m scripts.commands_page`），和 `deskapp 命令 --help` 说的一样。多数命令还有 `--at 文件夹`（数据文件夹）、`--json`（输出 JSON）、
`--today YYYY-MM-DD`（把这一天当作今天）、`--help`，下面不再列。

| 命令 | 选项 | 说明 |
|---|---|---|
"""


def commands(
    command: click.Command = deskapp, path: tuple[str, ...] = ("deskapp",)
) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with its whole name; the program itself first."""
    if path == ("deskapp",) or not isinstance(command, click.Group):
        yield " ".join(path), command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found and not found.hidden:
                yield from commands(found, (*path, name))


def _options(command: click.Command) -> Iterator[tuple[str, str]]:
    """Its options as they are typed, each with its help; those that nearly every command has stand with the program alone."""
    context = click.Context(command)
    for option in command.params:
        record = option.get_help_record(context) if isinstance(option, click.Option) else None
        if record and (command is deskapp or not set(option.opts) & set(EVERYWHERE)):
            yield chinese(record[0]), chinese(record[1])


def page() -> str:
    """The whole page, the last part as the program is now."""
    before = PAGE.read_text(encoding="utf-8").split(MARK)[0].rstrip()
    lines = []
    for name, command in commands():
        arguments = [
            one.make_metavar(click.Context(command)) for one in command.params if isinstance(one, click.Argument)
        ]
        shown = f"`{' '.join([name, *arguments])}`".replace("|", "\\|")
        given = list(_options(command)) or [("", command.get_short_help_str(200))]
        for n, (option, said) in enumerate(given):
            typed = f"`{option}`".replace("|", "\\|") if option else ""
            lines.append(f"| {'' if n else shown} | {typed} | {said} |".replace("\n", " "))
    return f"{before}\n\n{MARK}{ABOVE}" + "\n".join(lines) + "\n"


def main() -> None:
    """Write it."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
