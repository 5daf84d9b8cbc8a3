"""The ``deskapp`` command: opens the desk, or runs one headless command.

Errors become one Chinese sentence each; what nobody foresaw is written to the log without any values of variables.
"""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

import click

from deskapp import __version__
from deskapp.cli import DayType, Run, Where
from deskapp.cli.words import ChineseHelp
from deskapp.errors import DeskError, os_reason, readable
from deskapp.law.errors import LawError
from deskapp.paths import LOG, default_home
from letters.errors import PressError

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


def log_unforeseen(error: BaseException, at: Path | None = None) -> Path | None:
    """Write where an unforeseen error happened, without values; the log file, or None when it cannot be written.

    It lies in the data directory that was being worked in: ``at`` where that is one, else the one of this user.
    """
    import traceback  # slow to read, and hardly ever wanted

    frames = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    try:
        path = (at if at and at.is_dir() else default_home()) / LOG
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as log:
            log.write(
                f"{datetime.now():%Y-%m-%d %H:%M:%S} {type(error).__name__} " + " < ".join(reversed(frames)) + "\n"
            )
    except (OSError, DeskError):
        return None
    return path


def open_closed_streams() -> None:
    """Where a caller has closed one of the three streams, open it on nothing: else the next file takes its place, and what is printed
    goes there."""
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            setattr(sys, name, open(number, mode, encoding="utf-8", errors="replace", closefd=False))  # noqa: SIM115  # it is the stream from now on


def main() -> None:
    """Run a command; 0 done, 1 refused or a check failed, 2 wrong usage."""
    open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    where = Where()
    try:
        deskapp(standalone_mode=False, obj=where)
    except click.UsageError as error:
        click.echo(usage(error), err=True)
        sys.exit(2)
    except (DeskError, LawError, PressError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已停止。", err=True)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        reason = os_reason(error)
        click.echo(f"文件读写出错：{reason}。这一步没有做完。请检查文件名、文件夹和磁盘，再试一次。", err=True)
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - the last net: one sentence instead of a traceback
        path = log_unforeseen(error, where.at)
        click.echo(
            f"程序出了没有料到的错误。每一步都是整步存的：存上的都在，没存上的不留痕迹。请把 {path or '出错的经过'} 交给维护人员。",
            err=True,
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
