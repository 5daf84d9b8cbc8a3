"""Commands that need no register: due, fee, letters, letter."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from deskapp.cli import Run, common, fail, pad
from deskapp.desk.cases.reckoning import deadline_lines
from deskapp.desk.training.specimen import Specimen
from deskapp.errors import DeskError, os_reason
from deskapp.files import read_json, write_bytes
from deskapp.law.clock_events import ClockEvent, act_text, parse_events
from deskapp.law.deadline import Deadline, evaluate
from deskapp.law.fees import Fee, fee_by_items, fee_by_pages
from deskapp.parsing import WEEKDAYS
from letters.word_back import WordChange

PDF, DOCX, OFD = "pdf", "docx", "ofd"
FILE = click.Path(dir_okay=False, path_type=Path)
MARKS = {"work": "  ", "rest": "休", "holiday": "节", "makeup": "班", "paused": "停"}


@click.command()
@click.argument("events", metavar="事件表.json", type=click.Path(path_type=Path))
@click.option("--working", is_flag=True, help="逐日列出计算过程。")
@common
def due(run: Run, events: Path, working: bool) -> None:
    """按事件表计算答复的最后一日。"""
    raw = read_json(events)
    listed = parse_events(raw.get("events") if isinstance(raw, dict) else raw)
    deadline = evaluate(listed, run.day)
    run.say(deadline.as_contract(), _due_text(deadline, listed if working else []))


def _due_text(deadline: Deadline, listed: list[ClockEvent]) -> str:
    lines = deadline_lines(deadline)
    if listed:
        lines += ["", *_working_text(deadline, listed)]
    return "\n".join(lines)


def _working_text(deadline: Deadline, listed: list[ClockEvent]) -> list[str]:
    """The table of days, one a line: day, weekday, mark, number, what happened and its article."""
    happened: dict[Any, list[str]] = {}
    for event in listed:
        text = act_text(event.act)
        happened.setdefault(event.on, []).append(f"{text.name}（{text.cite}）" if text.cite else text.name)
    lines = ["日期        星期 记号 第几日  事项"]
    for day in deadline.days:
        n = "" if day.n is None else str(day.n)
        what = "；".join(happened.get(day.date, []))
        if day.date == deadline.due_on:
            what = "；".join(part for part in (what, "最后一日") if part)
        lines.append(f"{day.date}  {WEEKDAYS[day.date.weekday()]}   {MARKS[day.kind]}   {n:>4}    {what}".rstrip())
    return lines


@click.command()
@click.option("--items", type=click.IntRange(min=0, max=100_000), help="同一申请人一个自然月内的件数。")
@click.option("--pages", type=click.IntRange(min=0, max=1_000_000), help="一件申请的页数（A4单面）。")
@common
def fee(run: Run, items: int | None, pages: int | None) -> None:
    """计算信息处理费。"""
    if (items is None) == (pages is None):
        raise click.UsageError("请用 --items 或者 --pages 之一；两种标准不能一起用。")
    result = fee_by_items(items) if items is not None else fee_by_pages(pages or 0)
    unit = "件" if items is not None else "页"
    working = _fee_working(result, unit)
    text = "\n".join([*working, f"合计 {result.fen // 100} 元（{result.article}）"])
    run.say({"fee_yuan": result.fen // 100, "working": working}, text)


def _fee_working(result: Fee, unit: str) -> list[str]:
    return [
        f"第{line.first}—{line.last}{unit}：{line.each_fen // 100}元/{unit} × {line.last - line.first + 1} = {line.fen // 100}元"
        for line in result.lines
    ]


@click.command()
@common
def letters(run: Run) -> None:
    """列出现有的文书种类。"""
    listed = Specimen(run.home, run.day).kinds()
    lines = [f"{pad(item['kind'], 32)}{pad(item['title'], 30)}{'、'.join(item['articles'])}" for item in listed]
    run.say(listed, "\n".join(lines))


@click.command()
@click.argument("kind", metavar="种类")
@click.argument("facts_file", required=False, type=click.Path(path_type=Path), metavar="[事实.json]")
@click.option("--example", "use_example", is_flag=True, help="用样例的事实。")
@click.option("--facts", "show_facts", is_flag=True, help="输出样例的事实（JSON）。")
@click.option("--check", "only_check", is_flag=True, help="只检查，不写文件。")
@click.option(
    "-o",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写到这个文件：PDF；.docx 是征求意见的草稿，.ofd 是 OFD。",
)
@click.option("--draft", type=FILE, help="再写一份征求意见的草稿（docx），它不是文书。")
@click.option("--ofd", type=FILE, help="再写一份 OFD，原件仍是 PDF。")
@click.option("--proposals", type=FILE, metavar="草稿.docx", help="改过的草稿和这份文书比：能改写的段落改了什么。")
@common
def letter(
    run: Run,
    kind: str,
    facts_file: Path | None,
    use_example: bool,
    show_facts: bool,
    only_check: bool,
    output: Path | None,
    draft: Path | None,
    ofd: Path | None,
    proposals: Path | None,
) -> None:
    """由事实生成一份文书，不需要登记簿。"""
    if show_facts:
        import json

        press = Specimen(run.home, run.day)
        click.echo(json.dumps(press.example(kind), ensure_ascii=False, indent=1))
        click.echo("\n".join(press.described(kind)), err=True)
        return
    if use_example == (facts_file is not None):
        raise click.UsageError("请给出 FACTS.json，或者用 --example，二者选一。")
    outputs = _outputs(output, draft, ofd)
    if not only_check and not outputs and proposals is None:
        raise click.UsageError("请用 -o 写明 PDF 文件名，或者用 --check 只作检查。")
    press = Specimen(run.home, run.day)
    facts = press.example(kind) if facts_file is None else _read_facts(press, kind, facts_file)
    if proposals is not None:
        _compare(run, press.proposals(kind, facts, proposals))
        return
    day = max(run.day, _day(facts)) if use_example else run.day
    findings = press.check(kind, facts, day)
    blocking = [f for f in findings if f.blocking]
    listed = [f"{'必须改正' if f.blocking else '建议'}：{f.where}：{f.what}{f.todo}" for f in findings]
    document: dict[str, Any] = {"kind": kind, "ok": not blocking, "findings": [asdict(f) for f in findings]}
    if blocking:
        if run.as_json:
            run.say(document, "")
        fail("\n".join(listed))
    for path, form in [] if only_check else outputs:
        written = _write(press, kind, facts, path, form)
        document |= {key: value for key, value in written.items() if key not in document}
        listed.append(f"已写好 {path}{_said(written, form)}。")
    run.say(document, "\n".join(listed) or "检查没有发现问题。")


def _read_facts(press: Specimen, kind: str, path: Path) -> dict[str, Any]:
    raw = read_json(path)
    if not isinstance(raw, dict):
        raise DeskError(f"文件 {path.name} 应当是一个 JSON 对象。", "", f"请看样例：deskapp letter {kind} --facts")
    return press.complete(kind, raw)


def _day(facts: dict[str, Any]) -> Any:
    from datetime import date

    return date.fromisoformat(facts["issued_on"])


def _outputs(output: Path | None, draft: Path | None, ofd: Path | None) -> list[tuple[Path, str]]:
    """The files to write and what each is: pdf, docx or ofd, what ``-o`` names by its ending."""
    first = (output.suffix.lower().removeprefix(".") or PDF) if output else PDF
    listed = ((output, first if first in (DOCX, OFD) else PDF), (draft, DOCX), (ofd, OFD))
    return [(path, form) for path, form in listed if path is not None]


def _write(press: Specimen, kind: str, facts: dict[str, Any], output: Path, form: str) -> dict[str, Any]:
    """Write one file; what is said of it as JSON."""
    if form == PDF:
        made = press.make(kind, facts)
        content, said = made.pdf, {"title": made.title, "pages": made.pages}
    else:
        content, said = press.draft(kind, facts) if form == DOCX else press.ofd(kind, facts), {}
    try:
        write_bytes(output, content, replace=True)
    except OSError as error:
        raise DeskError(f"不能写 {output}：{os_reason(error)}。", "文书没有生成。", "请换一个位置。") from error
    return {**said, "sha256": hashlib.sha256(content).hexdigest(), "file": str(output)}


def _said(written: dict[str, Any], form: str) -> str:
    """What is said of a file besides its name."""
    if form == PDF:
        return f"（{written['pages']}页）"
    return "（征求意见稿，不是文书）" if form == DOCX else "（OFD，原件仍是 PDF；还没有在各家的阅读软件里试过）"


def _compare(run: Run, found: list[WordChange]) -> None:
    """Print what somebody changed in a draft: what may be taken, and what may not."""
    lines = []
    for change in found:
        head = f"可以取用（{change.passage}）" if change.passage else "固定的文字或者填写的事实，不能这样改"
        lines += [f"{head}：", f"  原来：{change.before or '（没有）'}", f"  改成：{change.after or '（删去）'}"]
    run.say({"proposals": [asdict(change) for change in found]}, "\n".join(lines) or "草稿没有改动。")
