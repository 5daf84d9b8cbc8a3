"""Commands that keep the house in order: check, calendar, backup, restore."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from deskapp.cli import Run, common, fail
from deskapp.desk.upkeep import restore_backup


@click.command()
@click.option("--repair", is_flag=True, help="按登记记录重建列表。")
@common
def check(run: Run, repair: bool) -> None:
    """体检：数据库、登记记录、文书、日历、单位资料、字体、打印机、备份。"""
    desk = run.desk()
    try:
        if repair:
            desk.upkeep.repair()
        notes = desk.upkeep.check()
    finally:
        desk.close()
    faults = [note for note in notes if note.fault]
    document = {"ok": not faults, "findings": [note.as_contract() for note in notes]}
    lines = [f"{'※' if note.fault else '　'}{note.message}{note.what_to_do}" for note in notes]
    run.say(document, "\n".join([*lines, "体检没有发现故障。" if not faults else f"发现{len(faults)}处故障。"]))
    if faults:
        fail(f"体检发现{len(faults)}处故障：{faults[0].message}{faults[0].what_to_do}")


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--local", "place", default="", metavar="地方", help="csv 里是这个地方的假日，不是全国的安排。")
@click.option("--title", default="", help="csv 依据的通知名称。")
@click.option("--number", default="", help="csv 依据的通知文号。")
@click.option("--dry-run", is_flag=True, help="只看哪些案件的日期会变，不写入。")
@common
def calendar(run: Run, file: Path | None, place: str, title: str, number: str, dry_run: bool) -> None:
    """列出放假安排；给出文件（toml 或 csv）时导入一年的安排或者地方假日。"""
    desk = run.desk()
    try:
        if file is None:
            years, local = desk.calendars.known()
            document = {
                "years": [{"year": y.year, "title": y.title, "number": y.number} for y in years],
                "local": [{"place": p.place, "title": p.title, "number": p.number} for p in local],
            }
            lines = [f"{y.year}  {y.title}  {y.number}" for y in years]
            run.say(document, "\n".join([*lines, *(f"{p.place}  {p.title}  {p.number}" for p in local)]))
            return
        plan = desk.calendars.read(file, title, number, place)
        if not dry_run:
            desk.calendars.take(plan)
    finally:
        desk.close()
    moves = [{"case_no": m.case_no, "before": _iso(m.before), "after": _iso(m.after)} for m in plan.moves]
    document = {"name": plan.name, "taken": not dry_run, "advice": list(plan.advice), "moves": moves}
    done = "没有写入。" if dry_run else "已导入，今后都按它计算。" + ("代替了原有的安排。" if plan.replaces else "")
    lines = [f"※ {line}" for line in plan.advice]
    lines += [f"{m.case_no}  {m.applicant}  {_iso(m.before) or '—'} → {_iso(m.after) or '—'}" for m in plan.moves]
    run.say(document, "\n".join([*lines, f"{plan.name}：{len(moves)}件未办结的申请日期有变。{done}"]))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@common
def backup(run: Run, file: Path) -> None:
    """备份到一个文件，并重新打开核对。"""
    desk = run.desk()
    try:
        counts = desk.upkeep.backup(file)
    finally:
        desk.close()
    text = f"已备份到 {file}，重新打开核对过：申请{counts.cases}件，记录{counts.events}条，文书{counts.letters}份。"
    run.say({"file": str(file), **asdict(counts)}, text)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "to", required=True, type=click.Path(file_okay=False, path_type=Path), help="新的文件夹。")
@common
def restore(run: Run, file: Path, to: Path) -> None:
    """把备份恢复到一个新的文件夹，并核对件数。"""
    counts = restore_backup(file, to, run.clock)
    text = (
        f"已恢复到 {to}：申请{counts['cases']}件，记录{counts['events']}条，文书{counts['letters']}份，和备份一致。"
    )
    run.say({"home": str(to), **counts}, text)
