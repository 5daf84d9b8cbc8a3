"""The headless commands: parse, call the desk, print. Exit 0 done, 1 refused, 2 wrong usage.

Every command takes ``--at DIR``, ``--json`` and ``--today YYYY-MM-DD``. Reasons for a refusal go to stderr in Chinese.
"""

from __future__ import annotations

import functools
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from deskapp.clock import Clock, FixedClock, SystemClock
from deskapp.desk import Desk
from deskapp.errors import DeskError, os_reason, readable, shortened
from deskapp.parsing import safe_to_show
from deskapp.paths import Where, data_home
from deskapp.unlocking import opened_desk

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


class NamedChoice(click.ParamType[str]):
    """One of some values, written as it is or as it is called in Chinese; what is neither is told which there are."""

    name = "choice"

    def __init__(self, names: Mapping[Any, str]) -> None:
        self._names = {str(key): name for key, name in names.items()}

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The values, as the help shows them."""
        return f"[{'|'.join(self._names)}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The value; a usage error when it is none."""
        found = [key for key, name in self._names.items() if value in (key, name)]
        found = found or [key for key, name in self._names.items() if value and name.startswith(value)]
        if len(found) != 1:
            listed = "、".join(key if key == name else f"{key}（{name}）" for key, name in self._names.items())
            self.fail(f"没有“{value}”这一种，可以写：{listed}。", param, ctx)
        return found[0]


class DayType(click.ParamType[date]):
    """A day written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; a usage error when it is none."""
        from deskapp.law.workdays import FIRST, LAST

        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) else None
        except ValueError:
            day = None
        if day is None or not FIRST.year < day.year < LAST.year:
            self.fail(f"“{shortened(value)}”不是可用的日期，请写成 2026-11-21（2007年至2048年）。", param, ctx)
        return day


class OutPath(click.Path):
    """A file to be written, or a folder that it goes into; one that is written as a folder must be there."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. Raises DeskError for a folder that is not there: the separator at the end would be lost, and a file be written."""
        text = os.fspath(value)
        if text.endswith((os.sep, os.altsep or os.sep)) and not os.path.isdir(text):
            raise DeskError(
                f"没有 {shortened(text)} 这个文件夹。", "没有写文件。", "请插好U盘、建好文件夹再做。", code="no_place"
            )
        return super().convert(value, param, ctx)


@dataclass(frozen=True)
class Run:
    """What the common options say: where the data is, whose clock, and whether to speak JSON."""

    at: Path | None
    as_json: bool
    today: date | None

    @property
    def home(self) -> Path:
        """The data directory. Raises DeskError when a file stands there."""
        return data_home(self.at)

    @property
    def clock(self) -> Clock:
        """The clock of this run."""
        return FixedClock(self.today) if self.today else SystemClock()

    @property
    def day(self) -> date:
        """Today, as this run sees it."""
        return self.clock.today()

    def desk(self, doubting: bool = True) -> Desk:
        """The desk of the data directory. What was seen before and is not there any more is said first. Raises DeskError when there is
        none."""
        desk = opened_desk(self.home, self.clock)
        if desk.startup.upgraded:
            click.echo(desk.startup.upgraded, err=True)
        if desk.startup.only_read:
            click.echo(f"※ {desk.startup.only_read}", err=True)
        for doubt in desk.heads.doubts() if doubting else ():
            click.echo(f"※ {doubt.sentence}请运行 deskapp check。", err=True)
        return desk

    def say(self, document: Any, text: str) -> None:
        """Print the JSON document or the text, whichever was asked for."""
        try:
            shown = json.dumps(_readable(document), ensure_ascii=False, indent=1) if self.as_json else readable(text)
            click.echo(safe_to_show(shown))
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            os.dup2(
                os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
            )  # or the interpreter tries once more at its end
            fail(f"结果显示不出来（{os_reason(error)}），但是这一步已经做完，不要重复做。")


def _readable(document: Any) -> Any:
    """A JSON document whose texts name files as people read them."""
    if isinstance(document, dict):
        return {key: _readable(value) for key, value in document.items()}
    if isinstance(document, list | tuple):
        return [_readable(value) for value in document]
    return readable(document) if isinstance(document, str) else document


def _whole(value: Any) -> Any:
    """What an option or argument says: a path as it is, a text without bytes that are no UTF-8."""
    if isinstance(value, tuple):
        return tuple(_whole(part) for part in value)
    return os.fsencode(value).decode("utf-8", errors="replace") if isinstance(value, str) else value


def common(command: F) -> F:
    """Give a command the options that every command has, handed over as a :class:`Run`."""

    @click.option("--at", type=click.Path(file_okay=False, path_type=Path), help="数据文件夹。")
    @click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
    @click.option("--today", type=DayType(), help="把这一天当作今天。")
    @functools.wraps(command)
    def wrapped(at: Path | None, as_json: bool, today: date | None, **rest: Any) -> Any:
        context = click.get_current_context()
        before = context.find_root().params  # options given before the command count as well
        run = Run(at or before.get("at"), as_json, today or before.get("day"))
        context.ensure_object(Where).at = run.at
        return command(run=run, **{name: _whole(value) for name, value in rest.items()})

    return wrapped  # type: ignore[return-value]  # the wrapper takes other arguments than the command it wraps


def before_commands(group: F) -> F:
    """Give a group of commands the options ``--at`` and ``--today``, kept where its commands look for them."""

    @click.option("--at", type=click.Path(file_okay=False, path_type=Path), help="数据文件夹。")
    @click.option("--today", "day", type=DayType(), help="把这一天当作今天。")
    @functools.wraps(group)
    def wrapped(*rest: Any, at: Path | None, day: date | None, **more: Any) -> Any:
        root = click.get_current_context().find_root().params
        root |= {"at": at or root.get("at"), "day": day or root.get("day")}
        return group(*rest, **more)

    return wrapped  # type: ignore[return-value]  # the wrapper takes other arguments than the group it wraps


def fail(reason: str) -> None:
    """Leave with exit code 1 and a reason on stderr."""
    click.echo(reason, err=True)
    sys.exit(1)


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Callable[[str, int, int | None], None]]:
    """A line on the terminal that tells how far a long command is; nothing when the output is read by a program."""
    shown = not quiet and sys.stderr.isatty()

    def tell(what: str, done: int, total: int | None) -> None:
        if shown:
            bar = f" [{'█' * (20 * done // total):<20}] {100 * done // total}%" if total else ""
            click.echo(f"\r{what} {done}行{bar}", err=True, nl=False)

    yield tell
    if shown:
        click.echo("\r\033[K", err=True, nl=False)


NOBODY_SAID = "不填就是今天坐在这台电脑前的人；人员里有几个人、今天没有选过的，不写名字；没有填人员的是单位的联系人。"
"""What an option for a name says of nothing."""


def shown_width(text: str) -> int:
    """The columns a text takes in a terminal."""
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, width: int) -> str:
    """``text`` filled to ``width`` columns; a longer one is cut, with two dots and a space at its end: an ellipsis is one column wide on some
    consoles and two on others."""
    if shown_width(text) >= width:
        while shown_width(text) > width - 3:
            text = text[:-1]
        text += ".."
    return text + " " * (width - shown_width(text))


def shown(found: list[T], limit: int) -> tuple[list[T], bool]:
    """What is shown of hits that were looked for with one more than the limit, and whether there are more."""
    return found[:limit], len(found) > limit


def say_more(more: bool, limit: int) -> None:
    """A word beside the answer where there is more than it shows: on stderr, so that a JSON document stays one."""
    if more:
        click.echo(f"只列出前{limit}条，还有更多；用 --limit 多列一些，或者多写一个词。", err=True)
