"""Commands of the reading point: the catalogue of what is published, the day book, satisfaction."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from deskapp.cli import F, Run, common, fail, pad, progress_bar, say_more, shown
from deskapp.desk import Desk
from deskapp.desk.reading.daybook import ALL_KINDS
from deskapp.desk.reading.point_log import POINT_KINDS
from deskapp.desk.reading.satisfaction import CHANNELS
from deskapp.desk.reading.year_files import What
from deskapp.supervisor import ENDED, LEFT, guard
from deskapp.unlocking import handed_on


def of_a_table(command: F) -> F:
    """Give a command the options of a table of others: one sheet of it, and what its columns stand for."""
    mapping = click.option(
        "--mapping",
        metavar="文件",
        type=click.Path(path_type=Path),
        help="对应表：[columns] 里左边是这份表的列名，右边是这里的列名，空着的不导入。",
    )
    return click.option("--sheet", metavar="表名", default="", help="只读这一张表。")(mapping(command))


@click.group()
def catalogue() -> None:
    """主动公开目录：导入、查找、标准目录。"""


@catalogue.command(name="import")
@click.argument("file", metavar="目录文件", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option("--issuer", metavar="机关", default="", help="表里没有“发布机构”这一列的，是哪个机关的。")
@click.option("--rejects", metavar="文件", type=click.Path(path_type=Path), help="有错的行退回到这份表，其余的收。")
@of_a_table
@common
def import_(
    run: Run, file: Path, dry_run: bool, issuer: str, rejects: Path | None, sheet: str, mapping: Path | None
) -> None:
    """导入目录（xlsx、csv 等表格）：已有的更新，没有的添上，别的机关的不动；有一格不对，一行也不收，除非写了退回到哪里。"""
    from deskapp.catalogue.lists import COLUMNS, VALIDITY, ListOptions
    from deskapp.desk.reading.catalogue import sentences
    from deskapp.exchange.mapping import meant_by
    from deskapp.exchange.table_apart import TableChoice

    meant = meant_by(mapping, COLUMNS)
    words = meant.words.get(VALIDITY, {})
    options = ListOptions(TableChoice(meant.columns, sheet), words, issuer, rejects is not None)
    with run.desk() as desk, progress_bar(run.as_json) as tell:
        taken = desk.catalogue.take(file, dry_run, tell, options, rejects)
    document = {
        "rows": taken.rows, "new": taken.new, "changed": taken.changed, "same": taken.same, "left_out": taken.left_out,
        "bad": [{"row": b.line, "column": b.column, "value": b.value, "right": b.right} for b in taken.bad],
        "warnings": list(taken.warnings),
    }  # fmt: skip
    text = "\n".join(sentences(taken, dry_run))
    if taken.bad and not taken.kept and not (dry_run and options.good_part):
        if run.as_json:
            run.say(document, "")
        fail(text)
    run.say(document, text)


@catalogue.command(name="standard")
@click.argument("file", metavar="标准目录", type=click.Path(path_type=Path))
@click.option("--area", metavar="领域", default="", help="表名、标题里看不出是哪个领域的，写在这里。")
@click.option("--all-sheets", is_flag=True, help="每一张像标准目录的表都读。")
@of_a_table
@click.option("--good-part", is_flag=True, help="有错的行不收，其余的收。")
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@common
def standard(
    run: Run,
    file: Path,
    area: str,
    all_sheets: bool,
    sheet: str,
    mapping: Path | None,
    good_part: bool,
    dry_run: bool,
) -> None:
    """导入标准目录：应当公开什么、什么时限、谁公开；公开目录里的信息随即配到各项。"""
    from deskapp.catalogue.standards import COLUMNS
    from deskapp.exchange.mapping import meant_by
    from deskapp.exchange.table_apart import TableChoice

    meant = meant_by(mapping, COLUMNS)
    with run.desk() as desk:
        done = desk.duties.take(file, TableChoice(meant.columns, sheet, all_sheets), area, good_part, dry_run)
    document = {
        "rows": done.rows, "new": done.new, "changed": done.changed, "same": done.same, "left_out": done.left_out,
        "bad": [{"row": b.line, "column": b.column, "value": b.value, "right": b.right} for b in done.bad],
        "warnings": list(done.warnings),
    }  # fmt: skip
    text = "\n".join(done.said)
    if done.bad and not done.kept and not good_part:
        if run.as_json:
            run.say(document, "")
        fail(text)
    run.say(document, text)


@catalogue.command()
@common
def owed(run: Run) -> None:
    """标准目录里没有公开的、该再公开的，按谁该公开分开。"""
    with run.desk() as desk:
        found = desk.duties.owed()
    document = {
        who: [{"area": d.item.area, "item": d.item.name, "state": d.state, "newest": d.newest} for d in duties]
        for who, duties in found.items()
    }
    lines = [
        line
        for who, duties in found.items()
        for line in (f"{who}（{len(duties)}项）", *(f"  {d.item.area}　{d.item.name}：{d.said}" for d in duties))
    ]
    run.say(document, "\n".join(lines) or "没有缺的、该再公开的事项。")


@catalogue.command()
@click.argument("words", metavar="词…", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1, max=10_000), default=50, help="最多列出多少条。")
@common
def search(run: Run, words: tuple[str, ...], limit: int) -> None:
    """按名称、文号、索引号、发布机构、全文里的词、拼音查找，新的在前；没有全部对上的，列出相近的。"""
    with run.desk() as desk:
        typed = " ".join(words)
        ranked, more = shown(desk.catalogue.search(typed, limit + 1), limit)
        found = [entry for _, entry in ranked]
        near = [] if found else [hit.entry for hit in desk.catalogue.find(typed, limit).hits]
    lines = ["没有全部对上的，相近的有："] if near else []
    lines += [
        f"{entry.published_on or '日期不详':<11}{pad(entry.mark + entry.name, 50)} {pad(entry.doc_no, 22)} {entry.where()}".rstrip()
        for entry in found or near
    ]
    run.say([entry.as_contract() for entry in found or near], "\n".join(lines) or "公开目录里没有找到。")
    say_more(more, limit)


def of_a_year(command: F) -> F:
    """Give a command the options of what is told of a year: which one, and a file that it is written to besides."""
    out = click.option(
        "-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="另外存成这个文件（xlsx 或者 pdf）。"
    )
    return click.option("--year", type=click.IntRange(min=2008, max=2048), help="哪一年；不写就是今年。")(
        out(command)
    )


def _written(desk: Desk, what: What, year: int, out: Path | None) -> list[str]:
    """Write a year to a file where one is wanted, and say so."""
    if out is None:
        return []
    desk.reading_files.save(what, year, out)
    return ["", f"已存成：{out}"]


@click.command()
@of_a_year
@common
def daybook(run: Run, year: int | None, output: Path | None) -> None:
    """查阅点日志：一年里每月来了多少人、做什么，和年报里的一句话。"""
    with run.desk() as desk:
        book = desk.daybook.year(year or run.day.year)
        written = _written(desk, "visits", book.year, output)
    lines = [
        f"{pad(f'{n}月', 6)}"
        + "".join(pad(f"{ALL_KINDS[kind]}{count.people}", 14) for kind, count in month.items())
        + f"打印{book.copies[n - 1]}"
        for n, month in enumerate(book.months, 1)
    ]
    run.say(book.as_contract(), "\n".join([book.sentence, "", *(line.rstrip() for line in lines), *written]))


@click.command()
@of_a_year
@common
def satisfaction(run: Run, year: int | None, output: Path | None) -> None:
    """满意度：一年的问卷份数和满意率，按渠道、按事项、按月，和年报里的一句话。"""
    with run.desk() as desk:
        opinion = desk.satisfaction.year(year or run.day.year)
        written = _written(desk, "satisfaction", year or run.day.year, output)
    lines = [f"{pad(CHANNELS[key], 12)}{of.words}" for key, of in opinion.channels.items()]
    lines += [f"{pad(ALL_KINDS[key], 12)}{of.words}" for key, of in opinion.services.items()]
    lines += [f"{pad(f'{n}月', 12)}{of.words}" for n, of in enumerate(opinion.months, 1) if of.slips]
    run.say(opinion.as_contract(), "\n".join([opinion.sentence, "", *lines, *written]))


@click.command()
@of_a_year
@common
def pointlog(run: Run, year: int | None, output: Path | None) -> None:
    """工作记事：一年里的座谈会、问卷、检查、培训、宣传，还没有改好的，和年报里的句子。"""
    with run.desk() as desk:
        log, of = desk.point_log, year or run.day.year
        document, notes, mends = log.as_contract(of), log.year(of), log.open_mends()
        said = list(log.sentences(of)) or [f"{of}年还没有工作记事。"]
        written = _written(desk, "point_log", of, output)
    lines = [
        f"{note.on}  {pad(POINT_KINDS[note.kind], 12)}{pad(note.title, 30)} {log.numbers_of(note)}  {log.state_of(note)}"
        for note in notes
    ]
    still = [f"还没有改好的（{len(mends)}件）", *(f"  {mend.sentence}" for mend in mends), ""] if mends else []
    run.say(document, "\n".join([*said, "", *still, *(line.rstrip() for line in lines), *written]).rstrip())


@click.group()
def questions() -> None:
    """常见问题：和12345的清单对换。"""


@questions.command(name="import")
@click.argument("file", metavar="清单文件", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option("--good-only", is_flag=True, help="有不对的，只收好的部分；不写就一条也不收。")
@click.option("--update", is_flag=True, help="已经有的照清单更新；不写就不动。")
@of_a_table
@common
def import_questions(
    run: Run, file: Path, dry_run: bool, good_only: bool, update: bool, sheet: str, mapping: Path | None
) -> None:
    """收进一份问题清单（xlsx、csv 等）：清单没有写谁核对的，收进来都带“※”。"""
    from deskapp.desk.reading.question_lists import FIELDS, sentences
    from deskapp.exchange.mapping import meant_by
    from deskapp.exchange.table_apart import TableChoice

    choice = TableChoice(meant_by(mapping, tuple(FIELDS)).columns, sheet)
    with run.desk() as desk:
        taken = desk.question_lists.take(file, dry_run=dry_run, good_only=good_only, update=update, choice=choice)
    text = "\n".join(sentences(taken, dry_run))
    if taken.bad and not good_only:
        if run.as_json:
            run.say(taken.as_contract(), "")
        fail(text)
    run.say(taken.as_contract(), text)


@questions.command()
@click.argument("file", metavar="清单文件", type=click.Path(path_type=Path))
@common
def export(run: Run, file: Path) -> None:
    """把常见问题写成一份清单（xlsx 或 csv），交给12345等；停用的不写。"""
    with run.desk() as desk:
        count = desk.question_lists.give(file)
    run.say({"file": str(file), "count": count}, f"{count}条，已存成：{file}")


@click.command()
@common
@click.option("--alone", is_flag=True, hidden=True, help="不要看守进程。")
def read(run: Run, alone: bool) -> None:
    """在阅览区的电脑上打开查阅模式：只能查公开目录，离开要遮屏密码。"""
    from deskapp.running import desk_for_visitors, open_for_visitors

    if alone:
        sys.exit(LEFT if open_for_visitors(run.home, run.clock) else ENDED)
    with desk_for_visitors(run.home, run.clock) as desk:
        environment = handed_on(desk)
    reader = [sys.executable, "-P", "-m", "deskapp", "--at", str(run.home.resolve()), "read", "--alone"]
    guard([*reader, "--today", run.today.isoformat()] if run.today else reader, environment)
