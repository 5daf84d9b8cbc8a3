"""Lists of questions: to the 12345 and others as a table, and from them; what comes in is unchecked unless the list says who checked it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from deskapp.clock import Clock
from deskapp.desk.reading.questions import CommonQuestion, QuestionDraft, Questions
from deskapp.errors import DeskError, shortened
from deskapp.exchange.bad_cells import lines_of
from deskapp.exchange.columns import Columns
from deskapp.exchange.days import day_of
from deskapp.exchange.heading import BadCell
from deskapp.exchange.sheets import Cells, write_lines
from deskapp.exchange.table_apart import TableApart, TableChoice
from deskapp.exchange.table_record import TableRecord
from deskapp.parsing import LONGEST_CELL, LONGEST_TEXT, one_line
from deskapp.paths import EXPORTS, free_path, make_private
from deskapp.register.journal import Journal
from deskapp.register.tokens import fold_text

SHEET = "常见问题"
FIELDS = {
    "编号": "number", "问题": "question", "回答": "answer", "依据": "basis", "部门": "department", "核对人": "checked_by",
    "核对日期": "checked_on",
}  # fmt: skip
WIDTHS = (12, 40, 80, 30, 16, 12, 12)  # characters
CALLED = {
    "咨询问题": "问题", "知识标题": "问题", "标题": "问题", "问题描述": "问题", "问题名称": "问题", "问": "问题", "咨询内容": "问题",
    "答案": "回答", "答复口径": "回答", "标准答案": "回答", "答复内容": "回答", "解答": "回答", "知识内容": "回答", "答": "回答",
    "政策依据": "依据", "法律依据": "依据", "文件依据": "依据", "责任部门": "部门", "承办单位": "部门", "主管部门": "部门",
    "归口部门": "部门", "提供部门": "部门", "审核人": "核对人", "核定人": "核对人", "日期": "核对日期", "审核日期": "核对日期",
    "审核时间": "核对日期", "更新日期": "核对日期", "更新时间": "核对日期", "知识编号": "编号", "问题编号": "编号",
}  # fmt: skip
REQUIRED = ("问题", "回答")
COLUMNS = Columns(SHEET, tuple(FIELDS), REQUIRED, CALLED, days=("核对日期",))
NOT_TAKEN = "没有导入。"


@dataclass(frozen=True)
class QuestionsTaken:
    """What became of a list: its lines, the new ones, those here already that were brought up to date, left as they are or are the
    same, those that are withdrawn here, the bad cells, what is to be said besides. ``kept`` says whether anything was written, ``replaced``
    which answers another one takes the place of: question, answer here, answer there."""

    rows: int
    new: int = 0
    changed: int = 0
    left: int = 0
    same: int = 0
    withdrawn: int = 0
    bad: tuple[BadCell, ...] = ()
    warnings: tuple[str, ...] = ()
    kept: bool = True
    replaced: tuple[tuple[str, str, str], ...] = ()

    @property
    def bad_rows(self) -> int:
        """How many lines have a bad cell."""
        return lines_of(self.bad)

    def as_contract(self) -> dict[str, Any]:
        """The document of ``deskapp questions import --json``."""
        names = ("rows", "new", "changed", "left", "same", "withdrawn", "kept")
        bad = [{"row": b.line, "column": b.column, "value": b.value, "right": b.right} for b in self.bad]
        return {**{name: getattr(self, name) for name in names}, "bad": bad, "warnings": list(self.warnings)}


class QuestionLists:
    """The moment a list of questions comes or goes."""

    def __init__(self, journal: Journal, clock: Clock, home: Path, questions: Questions) -> None:
        self._journal, self._clock, self._home, self._questions = journal, clock, home, questions

    # -- out ---------------------------------------------------------------------------------------------------

    def give_here(self) -> tuple[Path, int]:
        """The list into the folder 导出 of the data directory, under a name that is free; the file and how many. Raises DeskError."""
        path = free_path(make_private(self._home / EXPORTS), SHEET, ".xlsx")
        return path, self.give(path)

    def give(self, path: Path) -> int:
        """The questions in use as xlsx or csv; how many. Raises DeskError when it is there already or cannot be written."""
        lines: list[Cells] = [
            [str(getattr(one.of, field)) for field in FIELDS.values()] for one in self._questions.all()
        ]
        return write_lines(path, SHEET, [list(FIELDS), *lines], WIDTHS) - 1

    # -- in ----------------------------------------------------------------------------------------------------

    def take(
        self,
        path: Path,
        *,
        dry_run: bool = False,
        good_only: bool = False,
        update: bool = False,
        choice: TableChoice | None = None,
    ) -> QuestionsTaken:
        """Take a list in: all of it, or with ``good_only`` the lines without a fault; those that are here already are brought up to date
        with ``update`` only; ``choice`` says which sheet, and what its columns stand for. Raises DeskError when the file is no such list."""
        table = TableApart(path, COLUMNS, NOT_TAKEN, choice)
        drafts, bad, no_day = [], [], 0
        seen: dict[str, int] = {}
        for record in table:
            draft, faults = self._read(record, seen)
            no_day += bool(record.cells["核对人"]) and not record.cells["核对日期"]
            bad += faults
            if not faults:
                drafts.append(draft)
        warnings = [*table.tally.warnings, *_left_out(table)]
        if no_day:
            warnings.append(f"有{no_day}条写了谁核对、没有写哪天，照没有核对收，带【未核】。")
        rows = len(drafts) + lines_of(bad)
        if bad and not good_only:
            return QuestionsTaken(rows, bad=tuple(bad), warnings=tuple(warnings), kept=False)
        counts, replaced = self._keep(drafts, update, dry_run)
        return QuestionsTaken(
            rows, **counts, bad=tuple(bad), warnings=tuple(warnings), kept=not dry_run, replaced=tuple(replaced)
        )

    def _read(self, record: TableRecord, seen: dict[str, int]) -> tuple[QuestionDraft, list[BadCell]]:
        cells = {column: one_line(text) for column, text in record.cells.items()}
        today = self._clock.today()
        own = () if record.refused else _faults(cells, today)
        wrong = {**record.lost, **{column: why for column, why in own if column not in record.lost}}
        folded = fold_text(cells["问题"])
        if folded in seen and "问题" not in wrong and not record.refused:
            wrong["问题"] = f"和第{seen[folded]}行是同一个问题"
        seen.setdefault(folded, record.line)
        faults = [BadCell(record.line, column, shortened(cells[column]), why) for column, why in wrong.items()]
        day = day_of(cells["核对日期"])
        checked = {"核对人": cells["核对人"], "核对日期": day.isoformat()} if cells["核对人"] and day else {}
        told = {**cells, "核对人": "", "核对日期": "", **checked}
        return QuestionDraft(**{field: told[column] for column, field in FIELDS.items()}), faults

    def _keep(
        self, drafts: list[QuestionDraft], update: bool, dry_run: bool
    ) -> tuple[dict[str, int], list[tuple[str, str, str]]]:
        counts: Counter[str] = Counter(dict.fromkeys(("new", "changed", "left", "same", "withdrawn"), 0))
        replaced = []
        with self._journal.write():  # what is here is asked inside of it: another import may just have ended
            known = {fold_text(one.of.question): (one.key, one.of) for one in self._questions.all()}
            gone = {fold_text(of.question) for _, of in self._questions.withdrawn()}
            for draft in drafts:
                folded = fold_text(draft.question)
                key, before = known.get(folded, ("", None))
                state = _state(draft, before, folded in gone, update)
                counts[state] += 1
                if before and state == "changed" and draft.answer != before.answer:
                    replaced.append((before.question, before.answer, draft.answer))
                if not dry_run and state in ("new", "changed"):
                    self._questions.enter(_over(draft, before), key)
        return dict(counts), replaced


def _state(draft: QuestionDraft, before: CommonQuestion | None, gone: bool, update: bool) -> str:
    """What a line is to what is here."""
    if before is None:
        return "withdrawn" if gone else "new"
    over = _over(draft, before)
    if all(getattr(over, field) == getattr(before, field) for field in FIELDS.values()):
        return "same"
    return "changed" if update else "left"


def _over(draft: QuestionDraft, before: CommonQuestion | None) -> QuestionDraft:
    """A line laid over what is here: what the list does not say stays, and the question as it is worded here."""
    if before is None:
        return draft
    said = {field: text for field, text in draft.model_dump().items() if text and field != "question"}
    return QuestionDraft(**{**before.model_dump(), **said})


def _faults(cells: dict[str, str], today: date) -> Iterator[tuple[str, str]]:
    """The columns of a line that cannot be taken, and what would be right."""
    for column in REQUIRED:
        if not cells[column]:
            yield column, "必须填写"
    for column, text in cells.items():
        most = LONGEST_TEXT if column == "回答" else LONGEST_CELL
        if len(text) > most:
            yield column, f"太长，最多{most}个字"
    if cells["核对日期"]:
        day = day_of(cells["核对日期"])
        if day is None:
            yield "核对日期", f"应当是日期，写成 {today}"
        elif day > today:
            yield "核对日期", f"还没有到（今天是{today}）"


def _left_out(table: TableApart) -> Iterator[str]:
    for why, count in Counter(line.why for line in table.tally.left_out).items():
        yield f"{count}行没有导入：{why}。"


def sentences(taken: QuestionsTaken, dry_run: bool = False) -> Iterable[str]:
    """What an import did, in words; the last sentence is the sum."""
    yield from taken.warnings
    for cell in taken.bad:
        yield f"第{cell.line}行【{cell.column}】是【{cell.value}】：{cell.right}。"
    if taken.bad and not (taken.kept or dry_run):
        yield f"共{taken.rows}条，有{taken.bad_rows}条不对，一条也没有导入。请改正后再导入，或者选只收好的部分。"
        return
    done = "检查过，没有写入" if dry_run else "已导入"
    left = f"，已经有的{taken.left}条没有动" if taken.left else ""
    gone = f"，这里停用的{taken.withdrawn}条没有动" if taken.withdrawn else ""
    bad = f"，不对的{taken.bad_rows}条没有收" if taken.bad else ""
    yield (
        f"{done}：共{taken.rows}条，新添{taken.new}条，更新{taken.changed}条，没有变的{taken.same}条{left}{gone}{bad}。"
    )


def take_whole(lists: QuestionLists, path: Path) -> str:
    """A list as a whole, with what is here brought up to date; what was done. Raises DeskError for one with a bad cell."""
    taken = lists.take(path, update=True)
    if taken.bad:
        first = taken.bad[0]
        what = f"第{first.line}行【{first.column}】是【{first.value}】：{first.right}。"
        more = f"还有{len(taken.bad) - 1}处。" if len(taken.bad) > 1 else ""
        raise DeskError(what + more, NOT_TAKEN, "请改正后再导入；只收好的部分，请在【常见问题】里导入。")
    return list(sentences(taken))[-1]
