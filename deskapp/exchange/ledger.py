"""The ledger (台账): its columns in any order, every bad cell named; lines to events, and cases to lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from deskapp.errors import shortened
from deskapp.exchange.heading import BadCell, Heading
from deskapp.exchange.sheets import Cells, day_of, read_lines
from deskapp.law.annual_report import Outcome, Route, class_names
from deskapp.law.categories import category, find_category
from deskapp.law.clock_events import ServedBy
from deskapp.law.periods import first_day_of_law
from deskapp.law.receipt import channel_names, channel_rule
from deskapp.parsing import LONGEST_CELL, LONGEST_TEXT, half_width
from deskapp.register import events as ev
from deskapp.register.case import Case, Matter

SHEET = "台账"
COLUMNS = (
    "登记号", "收到日期", "收到方式", "申请人", "申请人类别", "证件类型", "证件号码", "联系电话", "通信地址", "申请内容",
    "获取方式", "答复类型", "答复日期", "文号", "送达方式", "送达日期", "凭证号", "复议结果", "诉讼类型", "诉讼结果", "备注",
)  # fmt: skip
REQUIRED = ("收到日期", "收到方式", "申请人", "申请人类别", "申请内容")
OUTCOMES: dict[str, Outcome] = {"维持": "upheld", "纠正": "corrected", "其他": "other", "未审结": "pending"}
SUITS: dict[str, Route] = {"未经复议": "suit_direct", "复议后": "suit_after_review"}
WAYS: dict[str, ServedBy] = {
    "当面": "in_person", "当面送达": "in_person", "委托": "entrusted", "委托送达": "entrusted", "挂号邮寄": "registered_mail",
    "邮寄": "registered_mail", "EMS": "registered_mail", "邮政挂号或EMS": "registered_mail", "网络": "online",
    "网上送达": "online", "电子邮件": "online", "快递": "courier", "其他快递企业": "courier",
}  # fmt: skip
ALLOWED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("收到方式", tuple(channel_names().values())),
    ("申请人类别", tuple(class_names().values())),
    ("送达方式", tuple(WAYS)),
    ("复议结果", tuple(OUTCOMES)),
    ("诉讼类型", tuple(SUITS)),
    ("诉讼结果", tuple(OUTCOMES)),
)


@dataclass(frozen=True)
class LedgerLine:
    """One line of a ledger that is not empty: its cells by column, and what is wrong with it."""

    line: int
    cells: dict[str, str]
    bad: tuple[BadCell, ...]

    def events(self, case_no: str) -> list[ev.AnyEvent]:
        """A good line as the events of a case under that number."""
        return events_of(self.cells, case_no)


class Ledger:
    """A ledger, opened: ``warnings`` about its columns, then its lines one after another."""

    def __init__(self, path: Path, today: date) -> None:
        """Read the heading. Raises DeskError when the file cannot be read or lacks a required column."""
        self._today, self._lines = today, read_lines(path, SHEET)
        self._heading = Heading(path.name, next(self._lines, (1, []))[1], COLUMNS, REQUIRED)
        self.names = self._heading.names

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is to be said of the columns, as far as the lines were read."""
        return self._heading.warnings

    def __iter__(self) -> Iterator[LedgerLine]:
        """The lines that are not empty, each checked by itself and for a number that was there before."""
        seen: dict[str, int] = {}
        for line, record in self._heading.records(self._lines):
            record["登记号"] = half_width(record["登记号"])
            faults = list(_faults(line, record, self._today))
            number = record["登记号"]
            if number and number in seen:
                faults.append(BadCell(line, "登记号", number, f"与第{seen[number]}行重复"))
            if number:
                seen.setdefault(number, line)
            yield LedgerLine(line, record, tuple(faults))

    def close(self) -> None:
        """Nothing: a ledger that is read here closes its file by itself."""


def events_of(cells: dict[str, str], case_no: str) -> list[ev.AnyEvent]:
    """The cells of a good line as the events of a case under that number."""
    received_on, answered_on, served_on = (ledger_day(cells[name]) for name in ("收到日期", "答复日期", "送达日期"))
    assert received_on is not None
    received = {
        "on": received_on, "case_no": case_no, "channel": cells["收到方式"], "applicant": cells["申请人"],
        "applicant_class": cells["申请人类别"], "id_kind": cells["证件类型"], "id_number": half_width(cells["证件号码"]).upper(),
        "phone": cells["联系电话"], "address": cells["通信地址"], "content": cells["申请内容"],
        "delivery_form": cells["获取方式"], "remark": cells["备注"], "by": ev.BY_LEDGER,
    }  # fmt: skip
    events: list[ev.AnyEvent] = [ev.Received.model_validate(received)]
    found = find_category(cells["答复类型"]) if cells["答复类型"] else None
    if answered_on and found and not found.answers:
        events.append(ev.Withdrawn(on=answered_on, number=cells["文号"], by=ev.BY_LEDGER))
    elif answered_on and found:
        events.append(ev.Answered(on=answered_on, category=found.key, number=cells["文号"], by=ev.BY_LEDGER))
    if served_on:
        way = WAYS[cells["送达方式"]]
        events.append(ev.Served(on=served_on, way=way, proof=cells["凭证号"], by=ev.BY_LEDGER))
    return events + _disputes(cells, answered_on or received_on)


def _disputes(cells: dict[str, str], day: date) -> list[ev.AnyEvent]:
    found: list[ev.AnyEvent] = []
    if cells["复议结果"]:
        found.append(
            ev.Disputed(on=day, route="review", outcome=OUTCOMES[cells["复议结果"]], by=ev.BY_LEDGER, dated=False)
        )
    if cells["诉讼结果"]:
        route, outcome = SUITS[cells["诉讼类型"]], OUTCOMES[cells["诉讼结果"]]
        found.append(ev.Disputed(on=day, route=route, outcome=outcome, by=ev.BY_LEDGER, dated=False))
    return found


def cells_of(case: Case) -> Cells:
    """A case as a line of the ledger, in the order of the columns; taken in again it is the same case. Of several answers it has the
    one that the year counts, the first."""
    received, answer = case.received, case.first_answer
    served = answer.served
    review = next((m for m in reversed(case.disputes) if m.route == "review"), None)
    suit = next((m for m in reversed(case.disputes) if m.route != "review"), None)
    return [
        received.case_no, received.on.isoformat(), channel_rule(received.channel).name, received.applicant,
        class_names()[received.applicant_class],        received.id_kind, received.id_number, received.phone, received.address, received.content,
        received.delivery_form, category(answer.category).name if answer.category else "",
        answer.closed_on.isoformat() if answer.closed_on else "", answer.number,
        _named(WAYS, served.way) if served else "", served.on.isoformat() if served else "",
        served.proof if served else "", _outcome(review), _named(SUITS, suit.route) if suit else "", _outcome(suit),
        received.remark,
    ]  # fmt: skip


def _outcome(matter: Matter | None) -> str:
    return _named(OUTCOMES, matter.outcome) if matter else ""


def _named(names: Mapping[str, str], key: str) -> str:
    """The first word that a column has for a value."""
    return next(name for name, value in names.items() if value == key)


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
    for column, values in ALLOWED:
        if cells[column] and cells[column] not in values:
            yield BadCell(line, column, cells[column], "应当是：" + "、".join(values))
    yield from _answer_faults(line, cells)


def _day_faults(line: int, column: str, cells: dict[str, str], today: date) -> Iterator[BadCell]:
    day, received = ledger_day(cells[column]), ledger_day(cells["收到日期"])
    if day is None:
        yield BadCell(line, column, cells[column], "应当是日期，写成 2026-11-21")
    elif day > today:
        yield BadCell(line, column, cells[column], "日期还没有到")
    elif day < first_day_of_law():
        yield BadCell(line, column, cells[column], f"早于条例施行的{first_day_of_law()}")
    elif column != "收到日期" and received and day < received:
        yield BadCell(line, column, cells[column], f"早于收到日期{received}")
    elif column == "送达日期" and (answered := ledger_day(cells["答复日期"])) and day < answered:
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


@lru_cache(maxsize=8192)
def ledger_day(text: str) -> date | None:
    """A cell as a day, as :func:`deskapp.exchange.sheets.day_of` reads it: the same days come again and again."""
    return day_of(text)


def reject_cells(line: LedgerLine) -> Cells:
    """A bad line with its reasons in one more column."""
    reasons = "；".join(f"{cell.column}“{cell.value}”：{cell.right}" for cell in line.bad)
    return [*(line.cells[column] for column in COLUMNS), reasons]
