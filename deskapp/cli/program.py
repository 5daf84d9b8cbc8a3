"""The program as a table of commands: which there are, in which module each is, what is said of one that is used wrongly."""

from __future__ import annotations

import sys
from datetime import date
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

import click

from deskapp import __version__
from deskapp.cli import DayType, Run
from deskapp.cli.words import ChineseHelp
from deskapp.errors import readable
from deskapp.paths import Where

MODULES = {  # where each command is, in the order of --help
    **dict.fromkeys(("due", "fee", "letters", "letter"), "law"),
    **dict.fromkeys(("init", "demo", "today", "search", "show", "alike"), "register"),
    **dict.fromkeys(("acts", "note", "register", "issue", "serve"), "cases"),
    **dict.fromkeys(("attach", "papers", "folder", "archive", "scans", "erase"), "papers"),
    "redact": "giving",
    **dict.fromkeys(("import", "entered", "export", "report"), "exchange"),
    **dict.fromkeys(("catalogue", "daybook", "questions", "satisfaction", "pointlog", "read"), "reading"),
    "handouts": "handouts",
    **dict.fromkeys(("check", "seal", "calendar", "backup", "restore"), "upkeep"),
    **dict.fromkeys(("encrypt", "decrypt", "keys", "recovery", "recover"), "locking"),
    **dict.fromkeys(("people", "transfer"), "people"),
    "wordings": "wordings",
    **dict.fromkeys(("bundle", "enroll", "receive", "tasks", "law"), "point"),
    "county": "county",
}
click.Context.formatter_class = ChineseHelp
HELP = {"help_option_names": ["-h", "--help"]}


class Commands(click.Group):
    """The commands by name; a module is read when one of its commands is asked for, so that the desk opens at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the table."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None when there is none."""
        if cmd_name not in MODULES:
            return None
        module = import_module(f"deskapp.cli.{MODULES[cmd_name]}")
        found: click.Command = getattr(module, f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name)
        return found


@click.group(cls=Commands, invoke_without_command=True, context_settings=HELP)
@click.option("--at", type=click.Path(file_okay=False, path_type=Path), help="数据文件夹。")
@click.option("--today", "day", type=DayType(), help="把这一天当作今天。")
@click.option("--diagnose", is_flag=True, help="这台电脑的情况，给电话里帮忙的人；没有个人信息。")
@click.version_option(__version__, message="deskapp %(version)s", help="显示版本。")
@click.pass_context
def deskapp(context: click.Context, at: Path | None, day: date | None, diagnose: bool) -> None:
    """政府信息依申请公开的登记、期限、答复和年报。不带命令时打开登记台。"""
    context.ensure_object(Where).at = at
    if diagnose:
        from deskapp.cli.diagnosing import diagnosis

        click.echo(diagnosis(at, Run(at, False, day).clock))
        context.exit()
    if context.invoked_subcommand is None:
        from deskapp.running import open_desk

        run = Run(at, False, day)
        open_desk(run.home, run.clock)


def run(where: Where) -> None:
    """The command that this process was started with; ``where`` gets the data directory that it names. Exits with 2 where it is used
    wrongly; raises what the command raises, KeyboardInterrupt where somebody stopped it at a question."""
    try:
        deskapp(standalone_mode=False, obj=where)
    except click.UsageError as error:
        click.echo(usage(error), err=True)
        sys.exit(2)
    except click.Abort as error:
        raise KeyboardInterrupt from error


def usage(error: click.UsageError) -> str:
    """A usage error in Chinese."""
    match error:
        case click.NoSuchOption():
            text = f"没有 {error.option_name} 这个选项。"
        case click.MissingParameter():
            text = f"缺少 {_name_of(error.param)}。"
        case click.BadParameter():
            text = f"{_name_of(error.param)} 的值不对：{'请看帮助。' if _of_library(error) else error.message}"
        case click.NoSuchCommand():
            text = f"没有 {error.command_name} 这个命令。"
        case _:
            text = "用法不对，参数多了或者少了。" if _of_library(error) else error.message
    path = error.ctx.command_path if error.ctx else "deskapp"
    return readable(f"{text}用 {path} --help 看用法。")


def _name_of(param: click.Parameter | None) -> str:
    """What a person wrote, or should have written: the option itself, the name of an argument."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.human_readable_name if param else ""


def _of_library(error: click.UsageError) -> bool:
    """Whether a sentence is the library's own, which begins in English whatever words of ours stand in it."""
    first = error.message[:1]
    return first == "'" or (first.isascii() and first.isalpha())
