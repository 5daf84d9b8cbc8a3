"""Commands of an office's own letter templates: what there is, given to another office in one file, taken from one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deskapp.cli import DayType, OutPath, Run, before_commands, common, pad
from deskapp.paths import was_meant_as_folder

if TYPE_CHECKING:
    from deskapp.desk.office.wording_lines import WordingLine


@click.group()
@before_commands
def wordings() -> None:
    """文书模板：本单位改过哪些写法，给别的单位一份，收别的单位给的。"""


@wordings.command(name="list")
@common
def list_(run: Run) -> None:
    """每一种文书用谁的写法、从哪天起、从哪里来。"""
    from deskapp.desk.office.wordings import THEIRS

    with run.desk() as desk:
        found = desk.wordings.kinds()
        files = {each.file: each for each in desk.wording_sets.offered()}
    document = [
        {"kind": each.kind, "name": each.name, "whose": "ours" if each.whose == THEIRS else "shipped", "since": each.since.isoformat(),
         "came_from": list(each.came_from), "notes": list(each.notes)}
        for each in found
    ]  # fmt: skip
    lines = [f"{pad(each.kind, 32)}{pad(each.name, 40)}{each.whose}　{each.since}起" for each in found]
    given = "、".join(f"{file}（{each.name}）" for file, each in files.items())
    run.say(document, "\n".join([*lines, f"可以给别的单位的：{given}。" if given else "没有可以给别的单位的。"]))


@wordings.command()
@click.argument("files", metavar="[模板文件…]", nargs=-1)
@click.option("-o", "output", required=True, metavar="文件", type=OutPath(), help="写到哪个文件或者文件夹。")
@common
def give(run: Run, files: tuple[str, ...], output: Path) -> None:
    """本单位的文书模板写成一个签名的文件，给别的单位；不写哪几份就是全部。"""
    with run.desk() as desk:
        known = {each.file for each in desk.wording_sets.offered()}
        for name in files:
            if name not in known:
                raise click.UsageError(f"没有可以给的 {name}，有哪些用 deskapp wordings list 看。")
        given = desk.wording_sets.give(output, files or None)
    document = {
        "file": str(given.path), "count": given.count, "fingerprint": given.fingerprint, "signed": given.signed, "left": list(given.left),
    }  # fmt: skip
    run.say(document, given.sentence + was_meant_as_folder(given.path))


@wordings.command()
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只看里面有什么、哪里不一样，不收。")
@click.option("--only", "chosen", multiple=True, metavar="第几种", help="只收这一种（列出的号），可以写几次。")
@click.option("--from", "day", type=DayType(), metavar="日期", help="从哪天起用，不写就是今天。")
@common
def take(run: Run, file: Path, dry_run: bool, chosen: tuple[str, ...], day: date | None) -> None:
    """收别的单位给的文书模板：先看清楚，再收全部或者几种；有一种不能收，就一种也不收。"""
    since = day.isoformat() if day else ""
    with run.desk() as desk:
        look = desk.wording_sets.look(file, since)
        for key in chosen:
            if key not in {line.key for line in look.lines}:
                raise click.UsageError(f"里面没有第{key}种。")
        said = [] if dry_run else desk.wording_sets.take(file, chosen or None, since, look.mark)
    document = {
        "office": look.office, "made_on": look.made_on, "fingerprint": look.fingerprint, "trust": look.trust, "doubts": list(look.doubts),
        "items": [_document(line) for line in look.lines], "taken": not dry_run, "lines": said,
    }  # fmt: skip
    run.say(document, "\n".join([look.head, *(said or (_line(line) for line in look.lines))]))


def _document(line: WordingLine) -> dict[str, Any]:
    return {
        "key": line.key, "kind": line.kind, "name": line.name, "state": line.state, "from": line.serves_from.isoformat(),
        "fault": line.fault, "notes": list(line.notes), "differing": [list(pair) for pair in line.differing],
    }  # fmt: skip


def _line(line: WordingLine) -> str:
    """One template and where it differs."""
    told = [f"{line.key}　{pad(line.name, 40)}{line.state_name}{'：' if line.fault else ''}{line.fault}", *line.notes]
    for here, there in line.differing:
        told += [f"　这里：{here or '（没有）'}", f"　对方：{there or '（去掉了）'}"]
    return "\n".join(told)
