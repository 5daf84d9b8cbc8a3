"""Commands that move files: import, export, report."""

from __future__ import annotations

from pathlib import Path

import click

from deskapp.cli import Run, common, fail, pad
from deskapp.errors import DeskError
from deskapp.law.annual_report import Report, outcome_names


@click.command(name="import")
@click.argument("ledger", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option("--rejects", type=click.Path(dir_okay=False, path_type=Path), help="有错的行写到这个文件，其余照收。")
@common
def import_(run: Run, ledger: Path, dry_run: bool, rejects: Path | None) -> None:
    """导入台账（xlsx 或 csv）：全部收下，或者一行也不收。"""
    desk = run.desk()
    try:
        result = desk.reporting.import_ledger(ledger, dry_run, rejects)
    finally:
        desk.close()
    document = {
        "rows": result.rows,
        "taken": result.taken,
        "bad": [{"row": b.line, "column": b.column, "value": b.value, "right": b.right} for b in result.bad],
        "warnings": list(result.warnings),
    }
    bad = [f"第{b.line}行“{b.column}”是“{b.value}”：{b.right}。" for b in result.bad]
    if result.bad and rejects is None:
        if run.as_json:
            run.say(document, "")
        fail(
            "\n".join(
                [*result.warnings, *bad, f"共{result.rows}行，有{len(bad)}处错误，一行也没有导入。请改正后再导入。"]
            )
        )
    done = f"检查通过，共{result.rows}行，没有写入。" if dry_run else f"已导入{result.taken}件。"
    run.say(document, "\n".join([*result.warnings, *bad, done]))


@click.command()
@click.argument("what", type=click.Choice(["ledger", "platform"]))
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--year", type=int, help="只导出这一年收到的。")
@common
def export(run: Run, what: str, out: Path, year: int | None) -> None:
    """导出台账，或者省平台的录入表。"""
    raise DeskError(
        "导出还没有做好，要等后续版本。",
        f"没有写 {out}。",
        "目前可以用 deskapp today --json 和 search --json 取数据。",
    )


@click.command()
@click.argument("year", type=click.IntRange(min=0, max=9999))
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="写到这个文件（xlsx）。")
@common
def report(run: Run, year: int, output: Path | None) -> None:
    """年度报告表三、表四，和勾稽关系的核对。"""
    desk = run.desk()
    try:
        made = desk.reporting.report(year)
        if output is not None:
            desk.reporting.save_report(year, output)
    finally:
        desk.close()
    run.say(made.model_dump(mode="json"), report_text(made))
    wrong = [check for check in made.checks if not check.ok]
    if wrong:
        fail("\n".join(f"{check.name}不成立：{check.detail}" for check in wrong))


def report_text(made: Report) -> str:
    """Table three and the sums of table four as lines of text."""
    lines = [f"{made.year}年收到和处理政府信息公开申请情况（{made.format}年格式）", ""]
    lines.append(pad("", 44) + "".join(f"{_short(name):>7}" for name in made.columns))
    lines += [pad(row.label, 44) + "".join(f"{value:>9}" for value in row.values) for row in made.table3]
    names = {"review": "行政复议", "suit_direct": "未经复议直接起诉", "suit_after_review": "复议后起诉"}
    lines.append("")
    for route, block in made.table4.items():
        figures = "  ".join(f"{label}{block[key]}" for key, label in outcome_names().items())
        lines.append(f"{names[route]}：{figures}")
    lines += ["", *(f"{'相符' if check.ok else '不符'}  {check.name}" for check in made.checks)]
    return "\n".join(lines)


def _short(name: str) -> str:
    """A column's name in two characters' width, so that the table stays whole at 120 columns."""
    return {
        "自然人": "自然",
        "商业企业": "企业",
        "科研机构": "科研",
        "社会公益组织": "公益",
        "法律服务机构": "法律",
    }.get(name, name)
