"""Commands of an encrypted register: encrypt, decrypt, keys, recovery, recover."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from pathlib import Path

import click

from deskapp.cli import Run, common
from deskapp.desk.office import locking
from deskapp.desk.office.finding import some_of
from deskapp.errors import DeskError
from deskapp.register.driver import ready
from deskapp.register.opening import LOCKED
from deskapp.register.recovery import LINES, SHEETS, join, key_of_sheets, read_line
from deskapp.unlocking import asked_key, password_in, text_of_sheet

NEW_FILE = "DESKAPP_NEW_PASSWORD_FILE"  # in the environment: a file whose first line is the password to be set
CANNOT = "没有人在旁边输入。"


@click.command()
@click.option("--name", default="", help="谁的密码；不写就问。")
@common
def encrypt(run: Run, name: str) -> None:
    """给登记簿加密：一个人一个密码，忘了用两张恢复单。先关掉所有窗口。"""
    ready()
    try:
        locking.check_open(run.home)
        moved, first = locking.encrypt(run.home, run.clock, name or _ask("谁的密码（姓名）"), _new_password()), True
    except DeskError as error:
        if error.code != LOCKED:
            raise
        moved, first = locking.encrypt_the_rest(run.home, run.clock, asked_key(run.home, error)), False
    lines = [
        f"{'登记簿已经加密' if first else '登记簿早已加密'}：{_counts(moved)}；旁边的备份加密了{moved.copies}份、案卷材料{moved.papers}份"
        f"{'，公开目录也加密了' if moved.catalogue else ''}。",
        *_left_open(moved),
        "请马上运行 deskapp recovery -o 文件夹，打印两张恢复单，由两个人分开保管：密码都忘了又没有恢复单的，登记簿谁也打不开。",
    ]
    run.say({**_document(moved), "encrypted": True}, "\n".join(lines))


def _new_password() -> str:
    if named := os.environ.get(NEW_FILE):
        return password_in(Path(named))
    if not sys.stdin.isatty():
        raise DeskError(CANNOT, "没有做。", f"请在终端里运行，或者用环境变量 {NEW_FILE} 写明放新密码的文件。")
    return str(click.prompt("新的登记簿密码", hide_input=True, confirmation_prompt="再输一遍", err=True))


def _ask(what: str) -> str:
    if not sys.stdin.isatty():
        raise DeskError(CANNOT, "没有做。", "请在终端里运行，或者写明 --name 姓名。")
    return str(click.prompt(what, err=True))


def _counts(moved: locking.Moved) -> str:
    counts = moved.counts
    return (
        f"申请{counts.cases}件，记录{counts.events}条，文书{counts.letters}份，校验 {counts.head or '无'}，件数核对过"
    )


def _document(moved: locking.Moved) -> dict[str, object]:
    return {**asdict(moved.counts), "copies": moved.copies, "papers": moved.papers, "catalogue": moved.catalogue,
            "clear_files": moved.clear_files, "clear_backups": list(moved.clear_backups)}  # fmt: skip


def _left_open(moved: locking.Moved) -> list[str]:
    """What an encryption does not reach."""
    lines = []
    if moved.clear_files:
        lines.append(
            f"※ “文书”“年报”文件夹里还有{moved.clear_files}个文件没有加密；登记簿里都有的，可以删去，要用时再存。"
        )
    if moved.clear_backups:
        some = some_of(list(moved.clear_backups))
        lines.append(f"※ 以前备份到别处的{len(moved.clear_backups)}份谁都能读：{some}。请重新备份，再删去旧的。")
    return [*lines, "硬盘上删去的旧内容可能还能找回来；换下来的硬盘请按规定销毁。"]


@click.command()
@common
def decrypt(run: Run) -> None:
    """把加密的登记簿解开，以后打开不要密码。先关掉所有窗口。"""
    with run.desk() as desk:
        key = desk.key
    if not key:
        raise DeskError("这个登记簿没有加密。", "没有做。", "请核对数据文件夹。")
    moved = locking.decrypt(run.home, run.clock, key)
    text = f"登记簿已经解密：{_counts(moved)}；旁边的备份解密了{moved.copies}份、案卷材料{moved.papers}份。以后打开不要密码，恢复单作废，请销毁。"
    run.say({**_document(moved), "encrypted": False}, text)


@click.command()
@click.option("--add", default="", metavar="姓名", help="给一个人设密码；已经有的，换一个。")
@click.option("--remove", default="", metavar="姓名", help="去掉一个人的密码。")
@common
def keys(run: Run, add: str, remove: str) -> None:
    """加密的登记簿：谁有密码；给人设密码、换密码、去掉密码。"""
    done = ""
    with run.desk() as desk:
        if add:
            desk.locking.put(add, _new_password())
            done = f"已给“{add}”设了密码。"
        if remove:
            desk.locking.remove(remove)
            done += f"已去掉“{remove}”的密码。他手里有旧备份的，仍能用旧密码打开；要防住，请先 decrypt 再 encrypt。"
        names = desk.locking.names
    run.say({"names": names}, f"{done}有密码的：{'、'.join(names) or '没有人（登记簿没有加密）'}。")


@click.command()
@click.option(
    "-o", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="放两张单子的文件夹。"
)
@common
def recovery(run: Run, folder: Path) -> None:
    """印两张恢复单（甲、乙），由两个人分开保管：密码都忘了，两张一起能打开登记簿。"""
    with run.desk() as desk:
        made = [str(path) for path in desk.locking.write_recovery(folder)]
    text = f"已写好 {made[0]} 和 {made[1]}。请打印出来，由两个人分开保管，然后删去这两个文件。以前印的仍然有效。"
    run.say({"files": made}, text)


@click.command()
@click.option("--sheet", "sheets", type=click.Path(dir_okay=False, path_type=Path), nargs=2, metavar="甲 乙",
              help="抄了两张恢复单的两个文件；不写就在终端里输入。")  # fmt: skip
@click.option("--name", default="", help="给谁设新密码；不写就问。")
@common
def recover(run: Run, sheets: tuple[Path, Path] | None, name: str) -> None:
    """忘了登记簿密码：照两张恢复单输入，设一个新密码。"""
    ready()
    key = key_of_sheets(text_of_sheet(sheets[0]), text_of_sheet(sheets[1])) if sheets else join(*_typed_sheets())
    locking.check_key(run.home, key)
    person = name or _ask("给谁设新密码（姓名）")
    locking.recover(run.home, key, person, _new_password())
    text = (
        f"已给“{person}”设了新密码，登记簿没有动。请把用过的两张恢复单销毁，重新印一次：deskapp recovery -o 文件夹。"
    )
    run.say({"name": person}, text)


def _typed_sheets() -> tuple[list[str], list[str]]:
    """The lines of both sheets, asked for one by one; a wrong one at once again."""
    if not sys.stdin.isatty():
        raise DeskError(CANNOT, "没有做。", "请在终端里运行，或者用 --sheet 写明两个文件。")
    first, second = ([_typed_line(sheet, number) for number in range(1, LINES + 1)] for sheet in SHEETS)
    return first, second


def _typed_line(sheet: str, number: int) -> str:
    while True:
        text = str(click.prompt(f"恢复单{sheet}第{number}行", err=True))
        try:
            read_line(sheet, number, text)
            return text
        except DeskError as error:
            click.echo(f"{error.what}{error.todo}", err=True)
