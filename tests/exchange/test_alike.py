"""A ledger that is written many lines at a time makes the register that its lines make one by one, to the byte."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.exchange.ledger import Ledger, events_of
from deskapp.exchange.ledger_columns import OUTCOMES, SUITS, WAYS
from deskapp.register import ids, journal, projection
from deskapp.register.integrity import verify
from deskapp.register.numbers import serial_of
from tests.conftest import DAY, make_desk
from tests.exchange.test_ledger import write_csv

ROWS = 230  # more than are written at once, in no order of days
QUERIES = {
    "events": "SELECT * FROM events ORDER BY seq",
    "cases": "SELECT * FROM cases ORDER BY rank",
    "matters": "SELECT * FROM matters ORDER BY case_id, n",
    "words": "SELECT rowid, text FROM words ORDER BY rowid",
    "counters": "SELECT * FROM counters ORDER BY series, year",
    "meta": "SELECT * FROM meta ORDER BY key",
}


def rows(numbered: float) -> Iterator[dict[str, str]]:
    """Lines of every kind, so large a part of them with a number."""
    chance = random.Random(3)
    for n in range(ROWS):
        year, month, day = chance.choice((2024, 2025)), chance.randint(1, 9), chance.randint(1, 28)
        row = {
            "登记号": f"LH-{year}-{n + 1:04d}" if chance.random() < numbered else "",
            "收到日期": chance.choice((f"{year}-{month:02d}-{day:02d}", f"{year}年{month}月{day}日")),
            "收到方式": chance.choice(("当面", "挂号邮寄", "网络")),
            "申请人": chance.choice(("曾巩", "Ａbc公司", "单雄信")),
            "申请人类别": chance.choice(("自然人", "商业企业")),
            "申请内容": f"{chance.choice(('征地 补偿㍿', '低保名单', '😀𠮷'))}{n}",
            "联系电话": chance.choice(("", "１３９ 0555 0123", "13905550123.0")),
            "代理人": chance.choice(("", "", "赵律师｜310｜139｜上海")),
            "一起申请的人": chance.choice(("", "", "孙一；周二｜1｜2｜址")),
        }
        yield row | (_answer(chance, n, year, month, day) if chance.random() < 0.8 else {})


def _answer(chance: random.Random, n: int, year: int, month: int, day: int) -> dict[str, str]:
    row = {
        "答复类型": chance.choice(("予以公开", "部分公开", "3.属于国家秘密")),
        "答复日期": f"{year}-{month + 1:02d}-{day:02d}",
        "文号": chance.choice(("", f"柳政依复〔{year}〕{n}号", f"柳政依复[{year}]第{n}号")),
        "送达日期": f"{year}-{month + 2:02d}-{day:02d}",
        "送达方式": chance.choice(list(WAYS)),
    }
    if chance.random() < 0.2:
        row |= {"复议结果": chance.choice(list(OUTCOMES)), "诉讼类型": "复议后", "诉讼结果": "维持"}
        assert row["诉讼类型"] in SUITS
    if chance.random() < 0.2:
        row |= {"重作依据": "复议撤销", "重作文号": "复决1号", "重作收到日期": f"{year}-{month + 3:02d}-{day:02d}"}
    return row


def one_by_one(desk: Desk, path: Path) -> None:
    """Take the lines as they were taken once: each by itself, those without a number last."""
    kept = journal.Journal(desk._store, desk.clock)
    lines = [line.cells for line in Ledger(path, DAY)]
    with kept.write():
        for cells in (cells for cells in lines if cells["登记号"]):
            kept.register(events_of(cells, cells["登记号"]))
        for number in (number for cells in lines for number in (cells["登记号"], cells["文号"])):
            if found := serial_of(number):
                kept.numbers.used_elsewhere(*found)
        for cells in (cells for cells in lines if not cells["登记号"]):
            number = kept.numbers.next_case_no("LH", int(cells["收到日期"][:4]))
            kept.register(events_of(cells, number))


def content(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """All that an import writes."""
    return {name: desk._store.query(query) for name, query in QUERIES.items()}


@pytest.mark.parametrize("numbered", [1, 0.6, 0])
def test_many_lines_at_a_time_make_the_same_register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, numbered: float
) -> None:
    path = write_csv(tmp_path / "台账.csv", list(rows(numbered)))
    monkeypatch.setattr(projection, "MOST_SIGNS", 20_000)  # the words are written several times
    made = []
    for name in ("many", "one"):
        clock = FixedClock(DAY)
        with make_desk(tmp_path / name, clock) as desk:
            monkeypatch.setattr(ids, "urandom", random.Random(1).randbytes)
            clock.set(DAY)
            if name == "many":
                assert desk.ledgers.take(path).taken == ROWS
            else:
                one_by_one(desk, path)
            made.append(content(desk))
            assert not [found for found in verify(journal.Journal(desk._store, desk.clock)) if found.fault]
    many, one = made
    for name in QUERIES:
        assert many[name] == one[name], name
    assert (len(many["cases"]), bool(many["matters"])) == (ROWS, True)
