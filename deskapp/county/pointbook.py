"""One point, or one case of it, as people read it: what is late, what is disputed, what it sent, what happened day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from deskapp.county.database import Database
from deskapp.county.figures import CountyFigures
from deskapp.county.forgetting import erased_counts
from deskapp.county.points import Point
from deskapp.county.questions import CountyQuestions, DueCase
from deskapp.county.states import CLOCKS, SOON, clock_doubts, same_numbers
from deskapp.county.verdicts import SENTENCES
from deskapp.errors import DeskError
from deskapp.law.annual_report import row_label
from deskapp.law.clock_events import act_text
from deskapp.law.errors import LawError
from deskapp.law.period_figures import lines_of
from deskapp.law.report_checks import ROUTE_NAMES
from deskapp.register.acts import ACTS
from deskapp.register.events import EVENT

BUNDLES_SHOWN, OWED_SHOWN = 8, 10


@dataclass(frozen=True)
class PointBook:
    """A point: its heading, its late cases, those due within days, everything else as lines."""

    heading: str
    overdue: tuple[DueCase, ...]
    soon: tuple[DueCase, ...]
    lines: tuple[str, ...]


def point_book(db: Database, asked: CountyQuestions, point: Point, figures: CountyFigures, today: date) -> PointBook:
    """What is known of a point, and what a span came to there."""
    heard = f"上次报来{point.heard_at[:16].replace('T', ' ')}，到第{point.seq}条" if point.heard_at else "还没有报过"
    epoch = f"，第{point.epoch + 1}段" if point.epoch else ""
    erased = erased_counts(db).get(point.point, 0)
    forgotten = f"　删过个人信息{erased}件" if erased else ""
    overdue, soon = asked.overdue(point.point), asked.due_by(today + timedelta(days=SOON), point.point)
    twice = same_numbers(db, point.point).get(point.point, [])
    lines = ["", f"两件申请用了一个登记号，请登记点核对：{'、'.join(twice)}"] if twice else []
    doubt = clock_doubts(db, point.point).get(point.point, "")
    lines += ["", f"登记点{CLOCKS[doubt]}：上次报来的时间是照它写的。"] if doubt else []
    lines += [*_figures(figures), *_disputes(asked, point), *_owed(asked, point), *_bundles(db, point)]
    return PointBook(
        f"{point.label or f'{point.name}（{point.site_code}）'}　{heard}{epoch}{forgotten}",
        tuple(overdue),
        tuple(soon),
        tuple(lines),
    )


def _figures(figures: CountyFigures) -> list[str]:
    lines = [f"{name}　{now}" for name, now, *_ in lines_of(figures.whole, None)]
    return [
        "",
        f"{figures.whole.span.name}（逾期只数第一次答复；上面列的，责令重新答复以后过了期的也在内）：",
        *lines,
    ]


def _disputes(asked: CountyQuestions, point: Point) -> list[str]:
    found = asked.open_disputes(point.point)
    lines = [
        f"{each.case_no}　{ROUTE_NAMES[each.route]}　从{each.opened_on}起{each.days}天　{'已提交答复' if each.answered else '还没有提交答复'}"
        for each in found
    ]
    return ["", f"没有办结的复议诉讼{len(found)}件：", *lines] if found else []


def _owed(asked: CountyQuestions, point: Point) -> list[str]:
    docs = asked.standings("published", point=point.point)
    if not docs:
        return []
    if not docs[0].body.get("items"):
        return ["", f"公开目录{docs[0].body.get('entries', 0)}条；那里没有标准目录，应当公开还没有公开的不知道。"]
    owed, every = docs[0].body.get("owed", []), int(docs[0].body.get("owed_all", 0))
    more = f"，列出前{OWED_SHOWN}项" if every > OWED_SHOWN else ""
    lines = [f"{each.get('duty') or '没有写主体'}　{each.get('item', '')}" for each in owed[:OWED_SHOWN]]
    return ["", f"公开目录{docs[0].body.get('entries', 0)}条；应当公开还没有公开的{every}项{more}：", *lines]


def _bundles(db: Database, point: Point) -> list[str]:
    rows = db.rows(
        "SELECT offered_at, file_name, why, after_seq, end_seq, events FROM bundles WHERE point = %s ORDER BY offered_at DESC LIMIT %s",
        [point.point, BUNDLES_SHOWN],
    )
    lines = [
        f"{at[:16].replace('T', ' ')}　{name}　第{(after or 0) + 1}至{end}条　{SENTENCES.get(why or '', '')}"
        for at, name, why, after, end, _ in rows
    ]
    return ["", "报来的包：", *lines] if rows else []


def case_story(db: Database, point: Point, case_no: str) -> list[str]:
    """A case as lines: what it is, its days, what happened; two cases of one number one after the other. Raises DeskError for an unknown
    number."""
    rows = db.rows(
        "SELECT case_id, received_on, due_on, closed_on, report_row, first_due_on, first_served_on, in_time FROM cases"
        " WHERE point = %s AND case_no = %s ORDER BY received_on, case_id",
        [point.point, case_no],
    )
    if not rows:
        raise DeskError(f"{point.called}没有{case_no}这一件。", "", "请核对登记号。", code="no_case")
    lines = [f"{point.called}　{case_no}"]
    for n, row in enumerate(rows, 1):
        lines += ["", f"这个登记号有{len(rows)}件，各算一件。第{n}件："] if len(rows) > 1 else []
        lines += [*_about(row), "", *_days(db, point, row[0])]
    return lines


def _about(row: tuple[Any, ...]) -> Sequence[str]:
    """When a case came, how long it may take, what became of it."""
    _, received, due, closed, report_row, first_due, served, in_time = row
    kept = {True: "按期", False: "超期", None: "没有判断"}[in_time]
    lines = [f"收到{received}　最后一日{due or '（停着）'}"]
    if closed:
        lines.append(f"办结{closed}　{row_label(report_row or '')}")
    if served:
        lines.append(f"答复{served}送出，最后一日{first_due}，{kept}")
    return lines


def _days(db: Database, point: Point, case_id: str) -> Sequence[str]:
    rows = db.rows(
        "SELECT body FROM events WHERE point = %s AND superseded = 0 AND case_id = %s ORDER BY n",
        [point.point, case_id],
    )
    return [f"{event.on}　{_name(event.act)}" for event in (EVENT.validate_json(body) for (body,) in rows)]


def _name(act: str) -> str:
    try:
        return ACTS[act].name
    except (KeyError, LawError):
        return act_text(act).name
