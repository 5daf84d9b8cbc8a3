"""Commands of the sheets to take home and to hang up: printed to a file, also with another language below the Chinese."""

from __future__ import annotations

from pathlib import Path

import click

from deskapp.cli import OutPath, Run, before_commands, common, fail, pad
from deskapp.exchange.new_file import write_new
from deskapp.paths import file_in, was_meant_as_folder


@click.group()
@before_commands
def handouts() -> None:
    """明白卡、申请表、标识牌这些给群众的单子：印成文件，也可以中文下面加一种文字。"""


@handouts.command(name="list")
@common
def list_(run: Run) -> None:
    """有哪些单子，有哪几种译文、译了多少。"""
    with run.desk() as desk:
        kinds = desk.handouts.kinds()
        states = {name: desk.handouts.translations.state(name) for name in desk.handouts.translations.languages()}
    document = {
        "kinds": [{"kind": key, "name": name} for key, name in kinds],
        "languages": [{"language": name, "done": each.done, "of": each.of} for name, each in states.items()],
    }
    lines = [f"{pad(key, 20)}{name}" for key, name in kinds]
    said = [each.sentence(name) for name, each in states.items()] or ["还没有译文。"]
    run.say(document, "\n".join([*lines, *said]))


@handouts.command(name="print")
@click.argument("kind", metavar="单子")
@click.option("-o", "output", required=True, metavar="文件", type=OutPath(), help="写到哪个文件（pdf）或者文件夹。")
@click.option("--with", "language", default="", metavar="语言", help="中文下面加这一种的译文，例如 英文。")
@common
def print_(run: Run, kind: str, output: Path, language: str) -> None:
    """把一张单子印成PDF；没有译文的句子只印中文，说明有几句。"""
    with run.desk() as desk:
        made = desk.handouts.handout(kind, language)
    path = file_in(output, made.sheet.title, ".pdf")
    write_new(path, "单子", {".pdf": _write}, lambda: made.sheet.pdf)
    state = made.state
    document = {"file": str(path), "done": state.done if state else None, "of": state.of if state else None}
    run.say(document, f"已存成 {path}。{state.sentence(language) if state else ''}{was_meant_as_folder(path)}")


def _write(content: bytes, part: Path) -> None:
    part.write_bytes(content)


@handouts.command()
@click.argument("language", metavar="语言")
@click.option("-o", "output", required=True, metavar="文件", type=OutPath(), help="写到哪个文件（xlsx）或者文件夹。")
@common
def table(run: Run, language: str, output: Path) -> None:
    """做一张翻译的表：左边是各张单子上的中文，右边空着给懂这种语言的人填。"""
    with run.desk() as desk:
        path, state = desk.handouts.translations.give(language, output)
    document = {"file": str(path), "done": state.done, "of": state.of}
    run.say(document, f"写到 {path}。{state.sentence(language)}{was_meant_as_folder(path)}")


@handouts.command()
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查，不收。")
@common
def take(run: Run, file: Path, dry_run: bool) -> None:
    """收填好的翻译表：有一行不对，整张不收；空着的只印中文。"""
    with run.desk() as desk:
        taken = desk.handouts.translations.take(file, dry_run)
    document = {
        "language": taken.language, "changed": taken.changed, "removed": taken.removed, "unknown": taken.unknown, "done": taken.now.done,
        "of": taken.now.of, "kept": taken.kept,
        "bad": [{"row": cell.line, "value": cell.value, "right": cell.right} for cell in taken.bad],
    }  # fmt: skip
    if taken.bad:
        told = [f"第{cell.line}行【{cell.value}】：{cell.right}。" for cell in taken.bad]
        run.say(document, "")
        fail("\n".join([*told, f"{len(taken.bad)}行不对，整张没有收，原来的译文没有动。请改正后再收。"]))
    run.say(document, taken.sentence)
