"""Commands of the reading point: the catalogue of what is published, the day book, satisfaction."""

from __future__ import annotations

from pathlib import Path

import click

from deskapp.cli import Run, common, fail, pad, progress_bar


@click.group()
def catalogue() -> None:
    """主动公开目录：导入、查找。"""


@catalogue.command(name="import")
@click.argument("file", metavar="目录文件", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@common
def import_(run: Run, file: Path, dry_run: bool) -> None:
    """导入目录（xlsx 或 csv）：已有的更新，没有的添上；有一格不对，一行也不收。"""
    from deskapp.desk.catalogue import sentences

    desk = run.desk()
    try:
        with progress_bar(run.as_json) as tell:
            taken = desk.catalogue.take(file, dry_run, tell)
    finally:
        desk.close()
    document = {
        "rows": taken.rows, "new": taken.new, "changed": taken.changed, "same": taken.same,
        "bad": [{"row": b.line, "column": b.column, "value": b.value, "right": b.right} for b in taken.bad],
        "warnings": list(taken.warnings),
    }  # fmt: skip
    text = "\n".join(sentences(taken, dry_run))
    if taken.bad:
        if run.as_json:
            run.say(document, "")
        fail(text)
    run.say(document, text)


@catalogue.command()
@click.argument("words", metavar="词…", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1, max=10_000), default=50, help="最多列出多少条。")
@common
def search(run: Run, words: tuple[str, ...], limit: int) -> None:
    """按名称、文号、索引号、发布机构、全文里的词查找，新的在前。"""
    desk = run.desk()
    try:
        found = [entry for _, entry in desk.catalogue.search(" ".join(words), limit)]
    finally:
        desk.close()
    lines = [
        f"{entry.published_on or '日期不详':<11}{pad(entry.name, 50)} {pad(entry.doc_no, 22)} {entry.where}".rstrip()
        for entry in found
    ]
    run.say([entry.as_contract() for entry in found], "\n".join(lines) or "公开目录里没有找到。")
