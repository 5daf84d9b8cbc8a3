"""Commands about papers on file: lay one to a case, list them, make the folder of a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from deskapp.cli import NOBODY_SAID, DayType, NamedChoice, Run, common, fail, pad, progress_bar
from deskapp.desk.cases.papers import PaperDraft
from deskapp.desk.office.year_lists import LIST_NAMES, ListKind, document_of
from deskapp.files import write_bytes
from deskapp.law.case_file import filed_name, filed_papers
from deskapp.register.case import Case
from deskapp.register.events import Attached

LIST_HELP = "哪一种清单：" + "、".join(f"{key} {name}" for key, name in LIST_NAMES.items()) + "。"
KINDS = {key: kind.name for key, kind in filed_papers().items()}
KIND_HELP = "哪一种材料：" + "、".join(f"{key} {name}" for key, name in KINDS.items()) + "。"


@click.command()
@click.argument("case_no", metavar="登记号")
@click.argument("files", metavar="[文件…]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--as", "--kind", "kind", type=NamedChoice(KINDS), default="application", help=KIND_HELP)
@click.option("--name", default="", help="名称；不填就是这种材料的名称。")
@click.option("--on", "day", type=DayType(), help="材料的日期；不填就是今天。")
@click.option("--pages", type=click.IntRange(min=1, max=2000), help="页数；程序数不出来的、只有纸质的要写。")
@click.option("--where", default="", help="没有文件、只有纸质的：在纸质案卷的哪几页，例如 第12—15页。")
@click.option("--by", default="", help=f"谁入卷的；{NOBODY_SAID}")
@common
def attach(
    run: Run, case_no: str, files: tuple[Path, ...], kind: str, day: Any, pages: int | None, **rest: str
) -> None:
    """把扫描件、照片、文件归进一件申请的案卷；没有文件的只记纸质。"""
    by = rest.pop("by")
    draft = PaperDraft(kind=kind, on=day.isoformat() if day else "", pages=str(pages or ""), **rest)
    with run.desk() as desk:
        case = desk.lookup.case_by_no(case_no)
        if not files:
            case = desk.papers.note(case.case_id, draft, by)
        taken = [desk.papers.look(file) for file in files]  # all of them or none
        for file, _ in zip(files, taken, strict=True):
            case = desk.papers.attach(case.case_id, file, draft, by)
        new = case.papers[-max(1, len(files)) :]
        missing = desk.papers.wanted(case)
    said = [f"{case_no}：{filed_name(paper.kind)}“{paper.name}”{paper.pages}页，已入卷。" for paper in new]
    document = {"case_no": case_no, "papers": [_paper(paper) for paper in new], "missing": missing}
    run.say(document, "\n".join([*said, *_lacking(missing)]))


@click.command()
@click.argument("case_no", metavar="登记号")
@click.option("--export", "out", is_flag=True, help="把有文件的都存到“导出”文件夹。")
@common
def papers(run: Run, case_no: str, out: bool) -> None:
    """一件申请的案卷材料，和还缺的。"""
    with run.desk() as desk:
        case = desk.lookup.case_by_no(case_no)
        listed, missing = desk.papers.of(case), desk.papers.wanted(case)
        made = desk.papers.export(case.case_id) if out else []
    document = {"case_no": case_no, "papers": [_paper(paper) for paper in listed], "missing": missing}
    text = [*_lines(case, listed), *_lacking(missing), *(f"已存：{path}" for path in made)]
    run.say({**document, "exported": [str(path) for path in made]} if out else document, "\n".join(text))


@click.command()
@click.argument("case_no", metavar="登记号")
@click.option(
    "-o", "output", type=click.Path(path_type=Path), help="写到哪里：文件夹、.zip，或者只要 .pdf；不填放进“导出”。"
)
@common
def folder(run: Run, case_no: str, output: Path | None) -> None:
    """一件办结的申请的案卷：封面、目录、材料按顺序合成一份PDF，各件，目录的 xlsx 和 JSON。"""
    with run.desk() as desk:
        case = desk.lookup.case_by_no(case_no)
        made, place = desk.folders.write(case.case_id, output)
    run.say({**made.document(), "written": str(place)}, f"{made.sentence}\n已存：{place}")


@click.command()
@click.argument("words", metavar="[词…]", nargs=-1)
@click.option("--read", "reading", is_flag=True, help="先把没有读过的扫描件读一遍，一页要一两秒。")
@common
def scans(run: Run, words: tuple[str, ...], reading: bool) -> None:
    """在扫描件里找词：哪一件的哪份材料里有。读出来的字可能有错，以原件为准。"""
    with run.desk() as desk:
        search = desk.paper_search
        with progress_bar(run.as_json) as tell:
            number = search.read(lambda n, total: tell("扫描件", n, total)) if reading else 0
        hits, unread = search.find(" ".join(words)), len(search.unread())
    lines = [*([f"读了{number}份。"] if reading else []), *(hit.text for hit in hits)]
    if words and not hits:
        lines.append("没有找到。")
    if unread:
        lines.append(f"还有{unread}份没有读过，加上 --read 先读。")
    document = {
        "hits": [{"case_no": hit.case_no, "name": hit.name, "around": hit.around} for hit in hits],
        "unread": unread,
    }
    run.say({**document, "read": number}, "\n".join(lines) or "扫描件都读过了。")


@click.command()
@click.argument("year", metavar="年", type=click.IntRange(2008, 2048))
@click.option("--list", "kind", type=NamedChoice(LIST_NAMES), default="handover", help=LIST_HELP)
@click.option("-o", "output", type=click.Path(path_type=Path), help="把清单写成这个文件：.xlsx 或者 .pdf。")
@click.option("--folders", type=click.Path(path_type=Path), help="把这一年办结的案卷都做出来，放进这个新文件夹。")
@click.option("--fonds", help="全宗号，记住以后编档号用。")
@common
def archive(
    run: Run, year: int, kind: ListKind, output: Path | None, folders: Path | None, fonds: str | None
) -> None:
    """一年的归档：发文登记簿、归档移交目录、保管期满清单，和全部案卷。"""
    with run.desk() as desk:
        if fonds is not None:
            desk.year_lists.set_fonds(fonds)
        if folders:
            with progress_bar(run.as_json) as tell:
                made = desk.year_lists.folders(year, folders, lambda n, total: tell("案卷", n, total))
            document = {"place": str(made.place), "written": list(made.written), "refused": dict(made.refused)}
            if made.refused:
                if run.as_json:
                    run.say(document, "")
                fail(made.sentence)
            run.say(document, made.sentence)
            return
        table = desk.year_lists.make(kind, year)
        written = [f"已存：{desk.year_lists.save(kind, year, output)}"] if output else []
    lines = ["　".join(str(cell) for cell in line) for line in (table.heads, *table.lines)]
    run.say(document_of(table, kind), "\n".join([table.title, *lines, *table.said, *written]))


def _lines(case: Case, listed: list[Attached]) -> list[str]:
    rows = [
        f"{pad(filed_name(paper.kind), 16)}{pad(paper.name, 28)}{paper.on}　{paper.pages}页　"
        + (paper.by if paper.sha256 else f"只有纸质{paper.where}　{paper.by}")
        for paper in listed
    ]
    return rows or [f"{case.case_no}还没有入卷的材料。"]


def _lacking(missing: list[str]) -> list[str]:
    return [f"还缺：{'、'.join(missing)}。"] if missing else []


def _paper(paper: Attached) -> dict[str, object]:
    """A paper as a record."""
    return {
        "kind": paper.kind, "name": paper.name, "pages": paper.pages, "on": paper.on.isoformat(), "by": paper.by,
        "sha256": paper.sha256, "bytes": paper.size, "where": paper.where,
    }  # fmt: skip


@click.command()
@click.argument("case_nos", metavar="[登记号…]", nargs=-1)
@click.option("--second", required=True, help="监督删除的另一个人。")
@click.option("--why", required=True, help="理由：批准的文件，或者鉴定的意见。")
@click.option("--by", default="", help="谁删除的；不填就是坐在这里的人。")
@click.option("--books", is_flag=True, help="连同到期的来访、收件、问卷登记里的姓名、电话和文字，不管是谁的。")
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="删除证明写到这个 PDF 文件。")
@common
def erase(
    run: Run, case_nos: tuple[str, ...], second: str, why: str, by: str, books: bool, output: Path | None
) -> None:
    """保管期满的申请，删去姓名、号码、内容；登记号、日期、答复种类和统计数保留。不能恢复。"""
    if output is not None and output.exists():
        fail(f"{output} 已经存在。没有删除任何内容。请换一个文件名。")
    with run.desk() as desk:
        done = desk.erasing.erase(case_nos, second, why, by, books)
        if output is not None:
            write_bytes(output, desk.erasing.certificate(done).pdf)
    cases = [
        {"case_no": one.case_no, "entries": one.entries, "letters": one.letters, "papers": len(one.files), "notes": one.notes}
        for one in done.cases
    ]  # fmt: skip
    document = {
        "cases": cases, "by": done.by, "second": done.second, "notes": done.notes, "forms": done.forms, "files": done.files,
        "elsewhere": list(done.elsewhere), "named": list(done.named), "still": list(done.still.places),
        "unread": done.still.unread, "clean": not done.unclean,
    }  # fmt: skip
    run.say(document, done.sentence)
    if done.unclean:
        fail(f"旧内容的痕迹还没有清掉：{done.unclean}")
