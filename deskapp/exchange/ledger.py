"""The ledger (台账): xlsx sheet 台账 or csv, its columns in any order, every bad cell named."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

from deskapp.errors import DeskError, os_reason, shortened
from deskapp.law.annual_report import ApplicantClass, Outcome, Route
from deskapp.law.categories import find_category
from deskapp.law.clock_events import ServedBy
from deskapp.law.periods import first_day_of_law
from deskapp.register import events as ev
from deskapp.typed import one_line, parse_day

SHEET = "台账"
COLUMNS = (
    "登记号", "收到日期", "收到方式", "申请人", "申请人类别", "证件类型", "证件号码", "联系电话", "通信地址", "申请内容",
    "获取方式", "答复类型", "答复日期", "文号", "送达方式", "送达日期", "凭证号", "复议结果", "诉讼类型", "诉讼结果", "备注",
)  # fmt: skip
REQUIRED = ("收到日期", "收到方式", "申请人", "申请人类别", "申请内容")
LONGEST_CELL, LONGEST_TEXT = 200, 5000  # characters
FORMULA_SIGNS = "=+-@"
# What the reader of workbooks raises on a damaged file, besides its own error: it does not check what it reads.
BROKEN_WORKBOOK = (
    zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError, AttributeError, IndexError,
    EOFError, NotImplementedError, OSError,
)  # fmt: skip
OUTCOMES: dict[str, Outcome] = {"维持": "upheld", "纠正": "corrected", "其他": "other", "未审结": "pending"}
SUITS: dict[str, Route] = {"未经复议": "suit_direct", "复议后": "suit_after_review"}
WAYS: dict[str, ServedBy] = {
    "当面": "in_person", "当面送达": "in_person", "委托": "entrusted", "委托送达": "entrusted", "挂号邮寄": "registered_mail",
    "邮寄": "registered_mail", "EMS": "registered_mail", "邮政挂号或EMS": "registered_mail", "网络": "online",
    "网上送达": "online", "电子邮件": "online", "快递": "courier", "其他快递企业": "courier",
}  # fmt: skip


@dataclass(frozen=True)
class BadCell:
    """A cell that cannot be taken: line of the file (the heading is 1), column, value, what would be right."""

    line: int
    column: str
    value: str
    right: str


@dataclass(frozen=True)
class LedgerRow:
    """One good line of a ledger."""

    line: int
    case_no: str
    received_on: date
    cells: dict[str, str]
    answered_on: date | None
    category: str
    served_on: date | None

    @property
    def serial(self) -> tuple[str, int, int] | None:
        """Site, year and serial of a number of our own form (LH-2026-0012), else None."""
        found = re.fullmatch(r"([A-Z]{1,8})-([0-9]{4})-([0-9]{1,9})", self.case_no)
        return (found.group(1), int(found.group(2)), int(found.group(3))) if found else None

    def events(self, case_no: str) -> list[ev.AnyEvent]:
        """The line as the events of a case under that number."""
        cells = self.cells
        received = {
            "on": self.received_on, "case_no": case_no, "channel": cells["收到方式"], "applicant": cells["申请人"],
            "applicant_class": cells["申请人类别"], "id_kind": cells["证件类型"], "id_number": cells["证件号码"],
            "phone": cells["联系电话"], "address": cells["通信地址"], "content": cells["申请内容"],
            "delivery_form": cells["获取方式"], "remark": cells["备注"], "by": "台账导入",
        }  # fmt: skip
        events: list[ev.AnyEvent] = [ev.Received.model_validate(received)]
        if self.answered_on and self.category == "withdrawn":
            events.append(ev.Withdrawn(on=self.answered_on, by="台账导入"))
        elif self.answered_on:
            events.append(
                ev.Answered(on=self.answered_on, category=self.category, number=cells["文号"], by="台账导入")
            )
        if self.served_on:
            way = WAYS[cells["送达方式"]]
            events.append(ev.Served(on=self.served_on, way=way, proof=cells["凭证号"], by="台账导入"))
        return events + self._disputes()

    def _disputes(self) -> list[ev.AnyEvent]:
        day = self.answered_on or self.received_on
        found: list[ev.AnyEvent] = []
        if self.cells["复议结果"]:
            found.append(ev.Disputed(on=day, route="review", outcome=OUTCOMES[self.cells["复议结果"]]))
        if self.cells["诉讼结果"]:
            route = SUITS[self.cells["诉讼类型"]]
            found.append(ev.Disputed(on=day, route=route, outcome=OUTCOMES[self.cells["诉讼结果"]]))
        return found


@dataclass(frozen=True)
class Ledger:
    """A ledger as read: good rows, bad cells, warnings, and the raw lines by number."""

    rows: tuple[LedgerRow, ...]
    bad: tuple[BadCell, ...]
    warnings: tuple[str, ...]
    total: int
    raw: dict[int, dict[str, str]] = field(default_factory=dict)


def read_ledger(path: Path, today: date) -> Ledger:
    """Read and check a ledger. Raises DeskError when the file itself cannot be read or lacks a required column."""
    lines = _lines(path)
    heading = next(lines, (1, []))[1]
    names = [str(cell).strip().lstrip("\ufeff").rstrip("*") for cell in heading]
    missing = [column for column in REQUIRED if column not in names]
    if missing:
        raise DeskError(
            f"{path.name} 缺少列：{'、'.join(missing)}。", "没有导入。", "第一行应当是列名，带星号的列必须有。"
        )
    doubled = sorted({name for name in names if name and names.count(name) > 1})
    if doubled:
        raise DeskError(
            f"{path.name} 有重复的列：{'、'.join(doubled)}。", "分不清用哪一列，没有导入。", "请删去多余的列。"
        )
    unknown = [name for name in names if name and name not in COLUMNS]
    warnings = (f"不认识的列没有导入：{'、'.join(unknown)}。",) if unknown else ()
    rows: list[LedgerRow] = []
    bad: list[BadCell] = []
    raw: dict[int, dict[str, str]] = {}
    seen: dict[str, int] = {}
    for line, cells in lines:
        record = dict.fromkeys(COLUMNS, "")
        record.update({n: _text(c) for n, c in zip(names, cells, strict=False) if n in COLUMNS})
        if not any(record.values()):
            continue
        raw[line] = record
        faults = list(_faults(line, record, today))
        number = record["登记号"]
        if number and number in seen:
            faults.append(BadCell(line, "登记号", number, f"与第{seen[number]}行重复"))
        seen.setdefault(number, line)
        bad += faults
        if not faults:
            rows.append(_row(line, record))
    return Ledger(tuple(rows), tuple(bad), warnings, len(raw), raw)


def _row(line: int, cells: dict[str, str]) -> LedgerRow:
    found = find_category(cells["答复类型"]) if cells["答复类型"] else None
    received = _day(cells["收到日期"])
    assert received is not None
    return LedgerRow(
        line,
        cells["登记号"],
        received,
        cells,
        _day(cells["答复日期"]),
        found.key if found else "",
        _day(cells["送达日期"]),
    )


def _faults(line: int, cells: dict[str, str], today: date) -> Iterator[BadCell]:
    """Every cell of a line that cannot be taken."""
    for column in REQUIRED:
        if not cells[column]:
            yield BadCell(line, column, "", "这一列必须填写")
    for column, value in cells.items():
        most = LONGEST_TEXT if column in ("申请内容", "备注") else LONGEST_CELL
        if len(value) > most:
            yield BadCell(line, column, shortened(value), f"太长，最多{most}个字")
    for column in ("收到日期", "答复日期", "送达日期"):
        if cells[column]:
            yield from _day_faults(line, column, cells, today)
    allowed: tuple[tuple[str, Sequence[str]], ...] = (
        ("收到方式", get_args(ev.Channel)),
        ("申请人类别", get_args(ApplicantClass)),
        ("送达方式", tuple(WAYS)),
        ("复议结果", tuple(OUTCOMES)),
        ("诉讼类型", tuple(SUITS)),
        ("诉讼结果", tuple(OUTCOMES)),
    )
    for column, values in allowed:
        if cells[column] and cells[column] not in values:
            yield BadCell(line, column, cells[column], "应当是：" + "、".join(values))
    yield from _answer_faults(line, cells)


def _day_faults(line: int, column: str, cells: dict[str, str], today: date) -> Iterator[BadCell]:
    day, received = _day(cells[column]), _day(cells["收到日期"])
    if day is None:
        yield BadCell(line, column, cells[column], "应当是日期，写成 2026-11-21")
    elif day > today:
        yield BadCell(line, column, cells[column], "日期还没有到")
    elif day < first_day_of_law():
        yield BadCell(line, column, cells[column], f"早于条例施行的{first_day_of_law()}")
    elif column != "收到日期" and received and day < received:
        yield BadCell(line, column, cells[column], f"早于收到日期{received}")
    elif column == "送达日期" and (answered := _day(cells["答复日期"])) and day < answered:
        yield BadCell(line, column, cells[column], f"早于答复日期{answered}")


def _answer_faults(line: int, cells: dict[str, str]) -> Iterator[BadCell]:
    """What does not fit together: an answer without a date, a delivery without an answer, a suit without its kind."""
    kind = cells["答复类型"]
    if kind and find_category(kind) is None:
        yield BadCell(
            line, "答复类型", kind, "应当是答复类型的名称，或者年报表三的行名，例如 予以公开、3.属于国家秘密"
        )
    pairs = (("答复类型", "答复日期"), ("答复日期", "答复类型"), ("送达日期", "送达方式"), ("送达方式", "送达日期"))
    more = (
        ("送达日期", "答复日期"),
        ("诉讼结果", "诉讼类型"),
        ("诉讼类型", "诉讼结果"),
        ("文号", "答复日期"),
        ("凭证号", "送达日期"),
    )
    for given, needed in (*pairs, *more):
        if cells[given] and not cells[needed]:
            yield BadCell(line, needed, "", f"填了{given}就要填{needed}")


def _day(text: str) -> date | None:
    """A day in a ledger, with its year: 2026-11-21, 2026/11/21, 2026.11.21, 20261121, 2026年11月21日; None otherwise."""
    if not re.match(r"\s*[0-9０-９]{4}", text):
        return None
    try:
        return parse_day(text, date.min)
    except DeskError:
        return None


def _text(cell: Any) -> str:
    """A cell as text on one line; dates as ISO, whole numbers without a decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = one_line(str(cell))
    return text[1:] if text.startswith("'") and text[1:2] in tuple(FORMULA_SIGNS) else text


def _lines(path: Path) -> Iterator[tuple[int, Sequence[Any]]]:
    """Numbered lines of cells of an xlsx or csv file. Raises DeskError when it is neither."""
    if not path.is_file():
        raise DeskError(f"没有找到文件 {path}。", "", "请核对文件名和位置。")
    readers: dict[str, Callable[[Path], Iterator[Sequence[Any]]]] = {".xlsx": _xlsx, ".csv": _csv}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise DeskError(f"{path.name} 不是 xlsx 或者 csv 文件。", "没有导入。", "请在表格软件里另存为 xlsx。")
    return enumerate(reader(path), 1)


def _xlsx(path: Path) -> Iterator[Sequence[Any]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=False)
    except (InvalidFileException, *BROKEN_WORKBOOK) as error:
        raise DeskError(
            f"{path.name} 打不开，可能已经损坏、加了密码，或者带有图表页。",
            "没有导入。",
            "请用表格软件打开，只留台账，另存一份。",
        ) from error
    named = [sheet for sheet in book.worksheets if sheet.title == SHEET]
    if not book.worksheets:
        raise DeskError(f"{path.name} 里没有工作表。", "没有导入。", "请把台账放在名为“台账”的工作表里。")
    try:
        yield from (named or book.worksheets)[0].iter_rows(values_only=True)
    except BROKEN_WORKBOOK as error:
        raise DeskError(
            f"{path.name} 读到一半读不下去，可能已经损坏。", "没有导入。", "请用表格软件打开后另存一份。"
        ) from error
    finally:
        book.close()


def _csv(path: Path) -> Iterator[Sequence[Any]]:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            yield from csv.reader(io.StringIO(text, newline=""))
        except csv.Error as error:
            raise DeskError(
                f"{path.name} 有一格太长或者写法有误。", "没有导入。", "请用表格软件打开后另存一份。"
            ) from error
        return
    raise DeskError(f"{path.name} 的文字编码不认识。", "没有导入。", "请另存为 UTF-8 或者 GB18030 编码的 csv。")


def _unarmed(text: str) -> str:
    """A cell that a spreadsheet would take for a formula gets an apostrophe; reading a ledger takes it off again."""
    return f"'{text}" if text[:1] in tuple(FORMULA_SIGNS) else text


def write_rejects(path: Path, ledger: Ledger, bad: Sequence[BadCell]) -> None:
    """Write the lines with bad cells and the reasons as csv (UTF-8 with BOM). Raises DeskError if it exists."""
    if path.exists():
        raise DeskError(f"{path} 已经存在。", "没有导入。", "请给退回的行换一个文件名。")
    reasons: dict[int, list[str]] = {}
    for cell in bad:
        reasons.setdefault(cell.line, []).append(f"{cell.column}“{cell.value}”：{cell.right}")
    try:
        stream = path.open("x", encoding="utf-8-sig", newline="")
    except OSError as error:
        raise DeskError(f"不能写 {path}：{os_reason(error)}。", "没有导入。", "请换一个位置放退回的行。") from error
    with stream:
        writer = csv.writer(stream)
        writer.writerow([*COLUMNS, "原因"])
        for line, why in reasons.items():
            writer.writerow([*(_unarmed(ledger.raw[line][column]) for column in COLUMNS), "；".join(why)])
