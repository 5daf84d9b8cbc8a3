"""Commands that move files: import, export, report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from deskapp.cli import NamedChoice, Run, common, fail, pad, progress_bar
from deskapp.desk.office.import_words import counted, done_said, left_said, updated_said
from deskapp.desk.office.ledger_counts import Imported
from deskapp.desk.office.ledger_in import KnownLines
from deskapp.exchange.bad_cells import bad_said
from deskapp.exchange.ledger import LedgerOptions
from deskapp.exchange.ledger_columns import COLUMNS
from deskapp.exchange.mapping import meant_by
from deskapp.exchange.persons import LOOK_THROUGH, PERSONS, Persons
from deskapp.exchange.report_form import checked, said
from deskapp.exchange.report_in import verify_report
from deskapp.law.annual_report import columns, outcome_names
from deskapp.law.period_figures import COLUMNS as PERIOD_COLUMNS
from deskapp.law.report_checks import ROUTE_NAMES, Check, Report


@click.command(name="import")
@click.argument("ledger", metavar="台账文件", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option("--rejects", type=click.Path(dir_okay=False, path_type=Path), help="有错的行写到这个文件，其余照收。")
@click.option("--sheet", default="", metavar="表名", help="有几张表的，读哪一张。")
@click.option("--all-sheets", "every", is_flag=True, help="每一张有列名的表都读。")
@click.option(
    "--mapping", type=click.Path(dir_okay=False, path_type=Path), help="对应表：这份台账的列和词是什么意思。"
)
@click.option(
    "--propose-mapping",
    "propose",
    type=click.Path(dir_okay=False, path_type=Path),
    help="不导入，把程序认出来的对应表写到这个文件，改好再用 --mapping。",
)
@click.option("--again", is_flag=True, help="登记簿里已经有一样的（日期、申请人、内容），也再收一遍。")
@click.option("--update", is_flag=True, help="登记簿里已经有的，把新的内容补进去；两边不同的算有错。")
@click.option(
    "--differences",
    type=NamedChoice({"keep": "留登记簿的", "take": "用台账的"}),
    help="更新的时候两边不同的格：keep 留登记簿的，take 用台账的。",
)
@common
def import_(
    run: Run,
    ledger: Path,
    dry_run: bool,
    rejects: Path | None,
    sheet: str,
    every: bool,
    mapping: Path | None,
    propose: Path | None,
    again: bool,
    update: bool,
    differences: str | None,
) -> None:
    """导入台账（xlsx、csv，或者别的表格）：全部收下，或者一行也不收。"""
    if sheet and every:
        raise click.UsageError("--sheet 和 --all-sheets 一次只能用一个。")
    known = _known(again, update, differences)
    with run.desk() as desk, progress_bar(run.as_json) as tell:
        options = LedgerOptions(sheet, every, meant_by(mapping, COLUMNS))
        if propose is not None:
            columns, words = desk.ledgers.propose(ledger, propose, options)
            text = f"已写 {propose}：{columns}列，{words}个不认识的词。请核对、填好，再用 --mapping 导入。"
            run.say({"file": str(propose), "columns": columns, "words": words}, text)
            return
        result = desk.ledgers.take(ledger, dry_run, rejects, tell, options, known)
    _say_import(run, result, CHECKED_ONLY if dry_run else REFUSED, dry_run, rejects is not None)


def _known(again: bool, update: bool, differences: str | None) -> KnownLines:
    """What is done with lines whose case is here."""
    if again and update:
        raise click.UsageError("--again 和 --update 一次只能用一个。")
    if differences and not update:
        raise click.UsageError("--differences 要和 --update 一起用。")
    taken = None if differences is None else differences == "take"
    return KnownLines("again" if again else "update" if update else "refuse", taken)


HOW = "列和词用 --propose-mapping 核对，登记簿里已经有的行用 --update 更新、用 --again 照收，有错的行用 --rejects 退回。"
CHECKED_ONLY, REFUSED = "只检查，没有写入", "别的行有错，整份没有导入"


def _say_import(run: Run, result: Imported, why: str, dry_run: bool, returned: bool) -> None:
    """What became of an import; exit code 1 where nothing was kept for a bad cell."""
    bad = bad_said(result.bad)
    if result.bad and not returned:
        if run.as_json:
            run.say(imported_document(result, why), "")
        lines = [*result.warnings, *updated_said(result), *left_said(result), *bad]
        fail(
            "\n".join(
                [*lines, f"{counted(result)}。有{len(result.bad)}处错误，一行也没有导入。请改正后再导入。{HOW}"]
            )
        )
    wrong = result.bad_lines
    if dry_run:
        end = f"其中{wrong}行有错，会退回；没有写入。" if wrong else "检查通过，没有写入。"
    else:
        end = done_said(result) + (f"，{wrong}行退回。" if wrong else "。")
    lines = [*result.warnings, *updated_said(result), *left_said(result), *bad, f"{counted(result)}。{end}"]
    run.say(imported_document(result, why), "\n".join(lines))


def imported_document(result: Imported, why: str) -> dict[str, object]:
    """The keys of ``deskapp import --json``: ``read`` is always the sum of ``taken``, ``updated``, ``left_out`` and the lines with ``bad``
    cells. Good lines that were not kept are left out, and ``why`` says why."""
    good = () if result.taken or result.updated else result.good_lines
    return {
        "read": result.rows,
        "taken": result.taken,
        "updated": result.updated,
        "left_out": [
            *({"line": x.line, "why": x.why, **_of_sheet(x.sheet)} for x in result.left_out),
            *({"line": line, "why": why, **_of_sheet(sheet)} for sheet, line in good),
        ],
        "bad": [
            {"line": x.line, "column": x.column, "value": x.value, "message": x.right, **_of_sheet(x.sheet)}
            for x in result.bad
        ],
        "sheets": [{"name": x.name, "lines": x.lines, "taken": x.taken} for x in result.sheets],
        "warnings": list(result.warnings),
    }


def _of_sheet(name: str) -> dict[str, str]:
    return {"sheet": name} if name else {}


@click.command()
@click.argument("what", metavar="{ledger|platform}", type=NamedChoice({"ledger": "台账", "platform": "省平台"}))
@click.argument("out", metavar="文件", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--year", type=int, help="只导出这一年收到的。")
@click.option(
    "--persons",
    type=NamedChoice(dict(zip(PERSONS, ("照写", "遮住", "不写"), strict=True))),
    default="full",
    help="个人信息：full 照写，masked 遮住，none 不写。",
    metavar="full|masked|none",
)
@common
def export(run: Run, what: str, out: Path, year: int | None, persons: Persons) -> None:
    """导出台账，或者省平台的录入表。"""
    if what == "platform" and year is not None:
        raise click.UsageError("--year 只用于导出台账。")
    with run.desk() as desk:
        give, platform = desk.ledgers.give, desk.ledgers.give_platform
        cases = give(out, year, persons) if what == "ledger" else platform(out, persons)
        warnings = desk.ledgers.said_less() if what == "ledger" else []
        warnings += [LOOK_THROUGH] if persons != "full" else []
    document = {"file": str(out), "cases": cases, "warnings": warnings}
    run.say(document, "\n".join([*(f"※ {line}" for line in warnings), f"已写 {out}，共{cases}件。"]))


@click.command()
@click.argument("cases", nargs=-1, metavar="登记号…")
@click.option("--file", "filled", type=click.Path(path_type=Path), help="填好平台编号的导出表，一次记下全部。")
@click.option("--no", "platform_no", default="", help="平台编号（只记一件时）。")
@common
def entered(run: Run, cases: tuple[str, ...], filled: Path | None, platform_no: str) -> None:
    """记下哪些申请已经录入省平台，以后不再导出。"""
    from deskapp.desk.office.ledgers import PlatformTaken

    if bool(cases) == (filled is not None) or (platform_no and len(cases) != 1):
        raise click.UsageError("请写登记号，或者用 --file 给出填好的表；--no 只用于一件。")
    with run.desk() as desk:
        taken = (
            desk.ledgers.entered_all(filled)
            if filled
            else PlatformTaken(desk.ledgers.entered_each(cases, platform_no))
        )
    warned = {"warnings": list(taken.warnings)} if taken.warnings else {}
    run.say({"entered": taken.done, **warned}, taken.sentence)


@click.command()
@click.argument("year", metavar="年份", type=click.IntRange(min=0, max=9999), required=False)
@click.option(
    "-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="写到这个文件（xlsx、docx 或者 pdf）。"
)
@click.option(
    "--period",
    metavar="时段",
    help="月报：2026-10、2026Q3、2026，或者 2026-01-01..2026-06-30；可以用 -o 存成 xlsx、pdf。",
)
@click.option("--freeze", is_flag=True, help="年度结束后，把定稿的数字冻结下来，供以后核对。")
@click.option("--reason", default="", metavar="原因", help="已经冻结过、数字变了的年份，为什么再冻结一次。")
@click.option(
    "--cell", metavar="行[:列]", help="列出这一格里的申请，例如 granted、granted:自然人；表四的 review:结果纠正。"
)
@click.option(
    "--verify",
    type=click.Path(path_type=Path),
    metavar="年报文件",
    help="核对一份写好的年报（json、xlsx、docx、网页、pdf），不用登记簿。",
)
@common
def report(
    run: Run,
    year: int | None,
    output: Path | None,
    period: str | None,
    freeze: bool,
    reason: str,
    cell: str | None,
    verify: Path | None,
) -> None:
    """年度报告表三、表四，和勾稽关系的核对；或者一段时间的月报。"""
    if period is not None:
        if year is not None or freeze or cell or verify:
            raise click.UsageError("--period 只能和 -o 一起用，不写年份。")
        _period(run, period, output)
        return
    if year is None:
        raise click.UsageError("请写年份，或者用 --period。")
    if sum(bool(option) for option in (output, freeze, cell, verify)) > 1:
        raise click.UsageError("-o、--freeze、--cell、--verify 一次只能用一个。")
    if verify is not None:
        _verify(run, year, verify)
        return
    with run.desk() as desk:
        if cell is not None:
            row, _, column = cell.partition(":")
            numbers = desk.reporting.cell(year, row, column or "总计")
            run.say(
                {"row": row, "column": column or "总计", "cases": numbers},
                "\n".join([*numbers, f"共{len(numbers)}件。"]),
            )
            return
        made = desk.reporting.freeze(year, reason) if freeze else desk.reporting.report(year)
        freezings = [time.as_contract() for time in desk.reporting.freezings(year)]
        if output is not None:
            desk.reporting.save_report(year, output)
    run.say({**made.as_contract(), "freezings": freezings}, report_text(made))
    _fail_on(made.checks)


def _period(run: Run, asked: str, output: Path | None) -> None:
    """The monthly page."""
    with run.desk() as desk:
        found = desk.periods.report(asked)
        if output is not None:
            desk.periods.save(asked, output)
    rows = [("", *PERIOD_COLUMNS[1:]), *found.lines]
    lines = [pad(name, 36) + pad(now, 14) + pad(before, 14) + change for name, now, before, change in rows]
    late = ["", "超期、逾期的：", *found.late_lines] if found.late_lines else []
    saved = ["", f"已写 {output}。"] if output else []
    title = f"{found.now.span.name}　{found.now.span.first}至{found.now.span.last}"
    run.say(found.as_contract(), "\n".join([title, "", *lines, *late, *saved]))


def _verify(run: Run, year: int, path: Path) -> None:
    """Check a report that somebody wrote: in the shape of ``report --json``, or as it was published."""
    done = verify_report(path, year)
    notes = [*([] if path.suffix.lower() == ".json" else [done.found]), *done.notes]
    document = {"year": year, "checks": [check.as_contract() for check in done.checks], "notes": notes}
    run.say(document, "\n".join([*notes, *(_check_line(check) for check in done.checks)]))
    _fail_on(done.checks)


def _fail_on(checks: Sequence[Check]) -> None:
    wrong = [check for check in checks if not check.ok]
    if wrong:
        fail("\n".join(f"{check.name}不成立：{check.detail}" for check in wrong))


def _check_line(check: Check) -> str:
    return f"{check.verdict}  {check.name}"


def report_text(made: Report) -> str:
    """Table three and the sums of table four as lines of text."""
    lines = [f"{made.year}年收到和处理政府信息公开申请情况（{made.format}年格式）", ""]
    lines.append(pad("", 44) + "".join(f"{column.short:>7}" for column in columns()))
    lines += [pad(row.label, 44) + "".join(f"{value:>9}" for value in row.values) for row in made.table3]
    lines.append("")
    for route, block in made.table4.items():
        figures = "  ".join(f"{label}{block[key]}" for key, label in outcome_names().items())
        lines.append(f"{ROUTE_NAMES[route]}：{figures}")
    lines += ["", *said(made), "", *checked(made)]
    return "\n".join(lines)
