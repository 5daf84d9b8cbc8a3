"""通报: what the county gave its points to do, what came back and after how many days, point by point, as a formal paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deskapp.county.tasking import GivenTask
from deskapp.exchange.bundle.tasks import TaskKind
from letters.compose import chinese_date
from letters.document import Block, Cell, Document, Paragraph, Table, TableRow

TITLE = "关于政务公开整改和抽查办理情况的通报"
WIDTHS = (6, 8, 3, 8, 3)  # of the 28 cells of a row
HEADS = ("登记点", "要办的事", "期限", "答复", "天数")
PARTS: tuple[tuple[TaskKind, str], ...] = (("mend", "一、整改"), ("spot_check", "二、抽查"))


@dataclass(frozen=True)
class Bulletin:
    """Who tells it, on which day, under which number (empty for a draft), and the tasks."""

    county: str
    day: date
    number: str
    tasks: tuple[GivenTask, ...]
    practice: bool = False


def bulletin_document(of: Bulletin) -> Document:
    """The paper: how many in all, then each kind with a table, points one after another, what is late first within each."""
    body: list[Block] = [Paragraph(_sum(of.tasks, of.day))]
    for kind, heading in PARTS:
        own = [task for task in of.tasks if task.task.kind == kind]
        if own:
            body += [Paragraph(heading, style="heading"), _table(own)]
    late = list(dict.fromkeys(task.name for task in of.tasks if task.late))
    if late:
        body.append(
            Paragraph(f"过期没有答复的{'、'.join(late)}，请在收到本通报后抓紧办理，把结果随下一次报送包报来。")
        )
    return Document(
        kind="county_bulletin", version="1", paper="letter", head=of.county, title=TITLE, number=of.number,
        addressee="各登记点", body=tuple(body), signature=of.county, date_text=chinese_date(of.day), practice=of.practice,
    )  # fmt: skip


def write_bulletin_pdf(of: Bulletin, path: Path, own_fonts: Path) -> None:
    """Write it as pdf; ``own_fonts`` is the folder of the office's own fonts. Raises OSError."""
    from letters.pdf.fonts import FontBook
    from letters.pdf.press import print_document
    from letters.typeset.layout import lay_out

    document, fonts = bulletin_document(of), FontBook(own_fonts)
    path.write_bytes(print_document(document, lay_out(document, fonts), fonts, of.day).pdf)


def _sum(tasks: Sequence[GivenTask], day: date) -> str:
    answered, late = sum(task.answer is not None for task in tasks), sum(task.late for task in tasks)
    points = len({task.task.point for task in tasks})
    return (
        f"截至{chinese_date(day)}，交给{points}个登记点办的事{len(tasks)}件：已经答复{answered}件，"
        f"没有到期的{len(tasks) - answered - late}件，过期没有答复的{late}件。现将情况通报如下。"
    )


def _table(tasks: Iterable[GivenTask]) -> Table:
    rows = [TableRow(tuple(Cell(text, width, label=True) for text, width in zip(HEADS, WIDTHS, strict=True)))]
    ordered = sorted(tasks, key=lambda each: (each.name, each.task.point, not each.late, each.task.until))
    for task in ordered:  # the name stands in every row: a table goes on over pages
        texts = (task.name, _asked(task), _short(task.task.until), _answer(task), days_of(task))
        rows.append(TableRow(tuple(Cell(text, width) for text, width in zip(texts, WIDTHS, strict=True))))
    return Table(tuple(rows), head=True)


def _asked(task: GivenTask) -> str:
    cases = f"（{'、'.join(task.task.cases)}）" if task.task.cases else ""
    return task.task.text + cases


def _answer(task: GivenTask) -> str:
    if task.answer is None:
        return "没有答复"
    found = "；".join(f"{case}：{words}" for case, words in task.answer.found.items())
    return f"{_short(task.answer.on)}：{'；'.join(filter(None, (task.answer.text, found)))}"


def days_of(task: GivenTask) -> str:
    """How many days a task took, is late, or has left, in words."""
    if task.answer is not None:
        return f"用了{(task.answer.on - task.task.given_on).days}天"
    return f"超{task.days}天" if task.days > 0 else "今天到期" if task.days == 0 else f"还有{-task.days}天"


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
