"""Commands that keep the house in order: check, seal, calendar, backup, restore."""

from __future__ import annotations

import functools
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from deskapp.cli import F, Run, common, fail, pad
from deskapp.desk import Desk
from deskapp.desk.office.belongings import FIGURES
from deskapp.desk.office.calendars import CalendarPreview
from deskapp.desk.office.finding import DoctorFinding
from deskapp.desk.office.restoring import restore_backup
from deskapp.law.workdays import LocalHolidays
from deskapp.unlocking import password_in, text_of_sheet


@click.command()
@click.option("--repair", is_flag=True, help="按登记记录重建列表。")
@click.option(
    "--against", metavar="校验", help="只核对纸上写的校验，例如 192-1a2b3c4d 或者 192:1a2b3c4d；可以有几个。"
)
@click.option(
    "--sealed",
    metavar="钥匙文件",
    type=click.Path(path_type=Path),
    help="只核对用这个钥匙签过的校验（seal --sign）。",
)
@click.option("--accept", is_flag=True, help="以前见过、现在没有的，已经核对清楚，以后不再提示。")
@common
def check(run: Run, repair: bool, against: str | None, sealed: Path | None, accept: bool) -> None:
    """体检：数据库、登记记录、文书、日历、单位资料、字体、打印机、备份。"""
    with run.desk(doubting=False) as desk:
        if repair:
            desk.upkeep.repair()
        if accept:
            desk.upkeep.accept_heads()
        notes = _findings(desk, against, sealed)
    faults = [note for note in notes if note.fault]
    document = {"ok": not faults, "findings": [note.as_contract() for note in notes]}
    lines = [f"{'※' if note.fault else '　'}{note.message}{note.what_to_do}" for note in notes]
    run.say(document, "\n".join([*lines, "体检没有发现故障。" if not faults else f"发现{len(faults)}处故障。"]))
    if faults:
        fail(f"体检发现{len(faults)}处故障：{faults[0].message}{faults[0].what_to_do}")


def _findings(desk: Desk, against: str | None, sealed: Path | None) -> list[DoctorFinding]:
    """What the doctor finds, or the signs on paper, or the seals of a key, whichever was asked for."""
    if sealed is not None:
        return desk.sealing.check(sealed)
    return desk.upkeep.check() if against is None else desk.upkeep.against(against)


@click.command()
@click.option(
    "--sign",
    "key",
    metavar="钥匙文件",
    type=click.Path(path_type=Path),
    help="用U盘上的钥匙签名，没有就做一个；签的一行放在钥匙旁边。",
)
@common
def seal(run: Run, key: Path | None) -> None:
    """登记簿现在的校验：到第几条，和最后一条的哈希；以后用 check --against 核对。"""
    with run.desk() as desk:
        if key is not None:
            signed, fresh = desk.sealing.sign(key)
            new = f"新做的钥匙 {key}，请和登记簿分开存放。" if fresh else ""
            run.say(
                {**signed.as_contract(), "new_key": fresh}, f"{signed.seq}:{signed.head} 已签名（Ed25519）。{new}"
            )
            return
        seq, head = desk.upkeep.seal()
    run.say({"seq": seq, "head": head}, f"{seq}:{head}" if seq else "登记簿里还没有记录。")


@click.command()
@click.argument("file", metavar="[文件]", required=False, type=click.Path(path_type=Path))
@click.option("--local", "place", default="", metavar="地方", help="csv 里是这个地方的假日，不是全国的安排。")
@click.option("--title", default="", help="csv 依据的通知名称。")
@click.option("--number", default="", help="csv 依据的通知文号。")
@click.option("--dry-run", is_flag=True, help="只看哪些案件的日期会变、会少哪几天，不写入。")
@click.option("--fewer", is_flag=True, help="比现在用的少了几天，也照新的；地方假日不是添上，是照文件换掉。")
@common
def calendar(run: Run, file: Path | None, place: str, title: str, number: str, dry_run: bool, fewer: bool) -> None:
    """列出放假安排；给出文件（toml 或 csv）时导入一年的安排或者地方假日。"""
    with run.desk() as desk:
        if file is None:
            _known(run, desk)
            return
        plan = desk.calendars.read(file, title, number, place)
        plan = plan.instead if fewer and plan.instead else plan
        if not dry_run:
            desk.calendars.take(plan, fewer)
    moves = [{"case_no": m.case_no, "before": _iso(m.before), "after": _iso(m.after)} for m in plan.moves]
    document = {
        "name": plan.name,
        "taken": not dry_run,
        "advice": list(plan.advice),
        "moves": moves,
        "lost": list(plan.lost),
        "added": list(plan.news.added),
        "changed": list(plan.news.changed),
    }
    done = "没有写入。" if dry_run else f"已导入，今后都按它计算。{_instead_of(plan)}"
    lines = [f"※ {line}" for line in (*plan.advice, *filter(None, [plan.less]))]
    lines += plan.told if plan.replaces else []
    lines += [f"{m.case_no}  {m.applicant}  {_iso(m.before) or '—'} → {_iso(m.after) or '—'}" for m in plan.moves]
    run.say(document, "\n".join([*lines, f"{plan.name}：{len(moves)}件未办结的申请日期有变。{done}"]))


def _instead_of(plan: CalendarPreview) -> str:
    """What became of the arrangement that was there."""
    if not plan.replaces:
        return ""
    return (
        "添在原有的里面，原有的都在。"
        if isinstance(plan.arrangement, LocalHolidays) and not plan.lost
        else "代替了原有的安排。"
    )


def _known(run: Run, desk: Desk) -> None:
    """The years and the local holidays that the desk counts with."""
    years, local = desk.calendars.known()
    document = {
        "years": [{"year": y.year, "title": y.title, "number": y.number} for y in years],
        "local": [{"place": p.place, "title": p.title, "number": p.number} for p in local],
    }
    lines = [f"{y.year}  {y.title}  {y.number}" for y in years]
    run.say(document, "\n".join([*lines, *(f"{p.place}  {p.title}  {p.number}" for p in local)]))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


COUNT_NAMES = {
    "cases": "申请",
    "events": "记录",
    "letters": "文书",
    "units": "单位资料",
    "calendars": "放假安排",
    "records": "收件等登记",
    "years": "冻结的年报",
}


def with_password(command: F) -> F:
    """Give a command the two ways to say a password, handed over as one ``password``."""

    @click.option("--password", "ask", is_flag=True, help="备份加密码：运行后输入。")
    @click.option(
        "--password-file", type=click.Path(dir_okay=False, path_type=Path), help="密码写在这个文件的第一行。"
    )
    @functools.wraps(command)
    def wrapped(ask: bool, password_file: Path | None, **rest: Any) -> Any:
        password = ""
        if password_file is not None:
            password = password_in(password_file)
        elif ask:
            password = click.prompt("密码", hide_input=True, err=True)
        return command(password=password, **rest)

    return wrapped  # type: ignore[return-value]  # the wrapper takes other arguments than the command it wraps


@click.command()
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@with_password
@common
def backup(run: Run, file: Path, password: str) -> None:
    """备份到一个文件（给出文件夹就自己取名），并重新打开核对。"""
    with run.desk() as desk:
        made = desk.upkeep.backup(file, password)
        locked = bool(password or desk.key)
        sent = desk.bundles.beside(made.path)
    along = {"beside": made.carried.beside.figures, "beside_file": made.carried.beside.file}
    document = {"file": str(made.path), "locked": locked, **asdict(made.counts), **along}
    run.say(
        {**document, "left_out": list(made.carried.left), "wrong": made.carried.wrong, "bundle": sent},
        made.sentence + sent,
    )
    if made.carried.wrong:
        fail(f"登记簿备份好了，旁边的没有：{made.carried.wrong}")


@click.command()
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--to", "to", required=True, type=click.Path(path_type=Path), help="新的文件夹。")
@click.option(
    "--sheet",
    "sheets",
    type=click.Path(dir_okay=False, path_type=Path),
    nargs=2,
    metavar="甲 乙",
    help="加密的登记簿，用抄了两张恢复单的两个文件打开。",
)
@with_password
@common
def restore(run: Run, file: Path, to: Path, sheets: tuple[Path, Path] | None, password: str) -> None:
    """把备份恢复到一个新的文件夹，并核对件数；加密的登记簿用登记簿密码。"""
    texts = (text_of_sheet(sheets[0]), text_of_sheet(sheets[1])) if sheets else None
    result = restore_backup(file, to, run.clock, password, texts)
    before, after = asdict(result.backup), asdict(result.restored)
    lines = [pad("", 12) + f"{'备份':>6}{'恢复后':>7}"]
    lines += [pad(name, 12) + f"{before[key]:>8}{after[key]:>10}" for key, name in COUNT_NAMES.items()]
    back = result.back
    had = back.had or {}
    lines += [
        pad(name, 12) + f"{had.get(key, '—'):>8}{back.here[key]:>10}"
        for key, (name, _) in FIGURES.items()
        if had.get(key) or back.here[key]
    ]
    document = {"home": str(to), **after, "backup": before, "restored": after, "later": result.later}
    beside = {"backup": back.had, "restored": back.here, "wrong": list(back.wrong)}
    lines += [f"已恢复到 {to}，登记簿和备份一致。{back.sentence}", *filter(None, [result.later])]
    run.say({**document, "beside": beside}, "\n".join(lines))
    if back.wrong:
        fail(f"登记簿恢复了，旁边的没有全部回来：{back.wrong[0]}")
