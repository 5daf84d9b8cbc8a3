"""Commands over one register: init, demo, today, search, show."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deskapp.cli import NamedChoice, Run, common, pad, say_more, shown
from deskapp.desk import Desk, exists
from deskapp.desk.cases.applicants import described
from deskapp.desk.cases.board import STATUS_NAMES, Board
from deskapp.desk.cases.narrowing import LEFTS, Sought
from deskapp.desk.cases.similar import outcome
from deskapp.errors import DeskError, os_reason
from deskapp.files import write_bytes
from deskapp.paths import LETTERS, make_private
from deskapp.unit import load_unit_toml

LEFT_KEYS = {name: key for key, name in LEFTS.items()}


@click.command()
@click.argument("unit", metavar="单位资料.toml", type=click.Path(path_type=Path))
@common
def init(run: Run, unit: Path) -> None:
    """为一个单位建立数据文件夹。"""
    profile = load_unit_toml(unit)
    Desk.create(run.home, profile, run.clock).close()
    run.say({"home": str(run.home), "unit": profile.name}, f"已为“{profile.name}”建立数据文件夹：{run.home}")


@click.command()
@click.option("--no-open", is_flag=True, help="只准备，不打开。")
@common
def demo(run: Run, no_open: bool) -> None:
    """准备练习桌（虚构的乡镇，约60件申请）并打开。"""
    home = run.at or run.home.with_name(run.home.name + "-practice")
    made = _prepare_practice(home, run)
    if no_open or run.as_json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        with Desk.open(home, run.clock) as desk:
            specimen = _specimen_letter(desk, home)
            board = desk.work.board()
        document = {"home": str(home), "made": made, "specimen": str(specimen), "board": board.as_contract()}
        run.say(document, f"练习桌在 {home}\n\n{board_text(board)}\n\n样张：{specimen}")
        return
    from deskapp.running import open_desk

    open_desk(home, run.clock)


def _prepare_practice(home: Path, run: Run) -> int:
    """Make the practice desk unless it is there; the number of cases made. Refuses a real register."""
    from deskapp.desk.training.practice import make_practice_desk

    if not exists(home):
        return make_practice_desk(home, run.day)
    with Desk.open(home, run.clock) as desk:
        if not desk.startup.practice:
            raise DeskError(
                f"{home} 里是正式的登记簿。", "练习不能在正式的登记簿里做。", "请用 --at 另选一个文件夹。"
            )
    return 0


def _specimen_letter(desk: Desk, home: Path) -> Path:
    """A reply letter of the practice desk as PDF."""
    from deskapp.desk.training.specimen import Specimen

    press = Specimen(home, desk.clock.today())
    letter = press.make("granted", {**press.example("granted"), "practice": True})
    path = make_private(home / LETTERS) / "样张.pdf"
    write_bytes(path, letter.pdf, replace=True)
    return path


@click.command()
@common
def today(run: Run) -> None:
    """今日：逾期的、到期的、等待的、待送达的、待归档的。"""
    with run.desk() as desk:
        board = desk.work.board()
    run.say(board.as_contract(), board_text(board))


def board_text(board: Board) -> str:
    """The board as lines of text, 78 columns."""
    lines = [f"今日 {board.today}", *(f"※ {banner}" for banner in board.banners)]
    for _, name, rows in board.filled():
        lines += ["", f"{name}（{len(rows)}件）"]
        lines += [
            f"  {pad(row.case_no, 14)}{pad(row.applicant, 12)}{pad(row.content, 26)}"
            f"{pad(str(row.due_on or '—'), 12)}{row.next_act}"
            for row in rows
        ]
    return "\n".join(lines)


@click.command()
@click.argument("words", metavar="[词…]", nargs=-1)
@click.option("--who", "handler", default="", metavar="姓名", help="只列这个人办的：最后在这一件里记事的人。")
@click.option("--left", type=NamedChoice({name: name for name in LEFT_KEYS}), help="只列还有这么久的；日是工作日。")
@click.option("--limit", type=click.IntRange(min=1, max=10_000), default=50, help="最多列出多少件。")
@common
def search(run: Run, words: tuple[str, ...], handler: str, left: str | None, limit: int) -> None:
    """按姓名、号码、电话、拼音首字母、内容查找；可以只列谁办的、还有几日的。"""
    if not (words or handler or left):
        raise click.UsageError("写要找的词，或者写 --who、--left。")
    with run.desk() as desk:
        sought = Sought(handler=handler, left=LEFT_KEYS[left] if left else "")
        found, more = shown(desk.lookup.search(" ".join(words), limit + 1, sought), limit)
    lines = [
        f"{pad(f.case_no, 14)}{pad(f.applicant, 14)}{pad(f.content, 26)}{f.received_on} {pad(f.status_name, 10)}{f.left}".rstrip()
        for f in found
    ]
    run.say([f.as_contract() for f in found], "\n".join(lines) or "没有找到。")
    say_more(more, limit)


@click.command()
@click.argument("case_no", metavar="登记号")
@common
def alike(run: Run, case_no: str) -> None:
    """同一申请人以前的申请、相近的申请和它们的结果。"""
    with run.desk() as desk:
        found = desk.similar.of_case(desk.lookup.case_by_no(case_no))
    lines = [
        f"同一申请人本月第{found.in_month}件，今年第{found.in_year}件。",
        *(f"※ {line}" for line in found.advice),
    ]
    for heading, likes in (("同一申请人", found.person), ("相近的内容", found.content)):
        lines += ["", f"{heading}（{len(likes)}件）"]
        lines += [
            f"  {pad(like.case.case_no, 14)}{pad(like.case.applicant, 12)}{pad(like.case.content, 30)}"
            f"{like.case.received_on} {outcome(like)}（{like.why}）"
            for like in likes
        ]
    run.say(found.as_document(), "\n".join(lines))


@click.command()
@click.argument("case_no", metavar="登记号")
@click.option(
    "--sheet",
    "sheet",
    type=click.Path(dir_okay=False, path_type=Path),
    help="再把办理期限计算表写成 PDF，放到这个文件。",
)
@common
def show(run: Run, case_no: str, sheet: Path | None) -> None:
    """一件申请：事实、经过、期限的计算、文书。"""
    with run.desk() as desk:
        if sheet:
            _write_sheet(desk, case_no, sheet)
        case = desk.lookup.case_by_no(case_no)
        deadline = desk.lookup.deadline(case)
        entries = desk.lookup.entries(case.case_id)
        matters = [matter for matter in desk.work.matters() if matter.case_no == case.case_no]
    document = {
        "case_no": case.case_no,
        "facts": case.received.model_dump(mode="json"),
        "category": case.category,
        "number": case.number,
        "journal": [event.model_dump(mode="json") for event in case.history],
        "clock": deadline.as_contract(),
        "letters": [letter.model_dump(mode="json") for letter in case.letters],
    }
    lines = [
        case.case_no,
        *described(case),
        f"申请内容：{case.content}",
        *([f"补正以前写的是：{case.first_content}"] if case.first_content else []),
    ]
    due = f"最后一日：{deadline.due_on}" if deadline.due_on else STATUS_NAMES[deadline.status]
    lines += [due, *(matter.sentence for matter in matters)]
    lines += [*(f"  {day} {name} {detail}".rstrip() for day, name, detail in entries)]
    run.say(document, "\n".join(lines))


def _write_sheet(desk: Desk, case_no: str, path: Path) -> None:
    """办理期限计算表 as a PDF. Raises DeskError where it cannot be written."""
    made = desk.clock_sheets.of_case(desk.lookup.case_by_no(case_no).case_id)
    try:
        write_bytes(path, made.pdf, replace=True)
    except OSError as error:
        raise DeskError(f"不能写 {path}：{os_reason(error)}。", "计算表没有写出来。", "请换一个位置再试。") from error
