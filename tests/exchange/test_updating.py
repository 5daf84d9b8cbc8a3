"""A ledger's line about a case that is here: what is new comes in with its source, what differs is chosen, nothing gives way in silence."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.office.import_words import counted, done_said, updated_said
from deskapp.desk.office.ledger_counts import Imported
from deskapp.desk.office.ledger_in import KnownLines
from deskapp.exchange.ledger_columns import COLUMNS
from deskapp.exchange.updating import FACTS, NOT_OURS, line_of
from deskapp.law.categories import category
from deskapp.register import events as ev
from deskapp.register.case import Case
from tests.conftest import DAY, issue_granted, make_desk
from tests.exchange.test_ledger import GOOD, write_csv

UPDATE, KEEP, TAKE = KnownLines("update"), KnownLines("update", False), KnownLines("update", True)
NUMBER = "LH-2026-0001"
OPEN = {
    "登记号": NUMBER, "收到日期": "2026-10-12", "收到方式": "当面", "申请人": "张三", "申请人类别": "自然人", "申请内容": "预算",
}  # fmt: skip
ANSWERED = {**OPEN, "答复类型": "予以公开", "答复日期": "2026-10-20", "文号": "柳政依复〔2026〕3号"}
SERVED = {**ANSWERED, "送达方式": "邮政挂号或EMS", "送达日期": "2026-10-21", "凭证号": "XA1"}


def take(desk: Desk, folder: Path, *rows: dict[str, str], known: KnownLines = UPDATE, **more: Any) -> Imported:
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    return desk.ledgers.take(write_csv(folder / "回来的.csv", list(rows), columns=columns), known=known, **more)


@pytest.fixture
def started(desk: Desk, tmp_path: Path) -> Desk:
    assert take(desk, tmp_path, OPEN, known=KnownLines()).taken == 1
    return desk


def case(desk: Desk) -> Case:
    return desk.lookup.case_by_no(NUMBER)


def test_a_known_number_is_bad_without_update(started: Desk, tmp_path: Path) -> None:
    done = take(started, tmp_path, ANSWERED, known=KnownLines())
    assert (done.taken, done.updated, done.bad[0].column) == (0, 0, "登记号")
    assert "更新" in done.bad[0].right


def test_an_answer_and_its_delivery_come_in(started: Desk, tmp_path: Path) -> None:
    done = take(started, tmp_path, SERVED)
    assert (done.rows, done.taken, done.updated, done.bad) == (1, 0, 1, ())
    assert (counted(done), done_said(done)) == ("共1行 = 更新1行", "已更新1件")
    found = case(started)
    assert (found.category, str(found.closed_on), found.number) == ("granted", "2026-10-20", "柳政依复〔2026〕3号")
    assert found.served is not None
    assert (str(found.served.on), found.served.proof, found.served.by) == ("2026-10-21", "XA1", ev.BY_LEDGER)
    assert started.reply._next_number() == "柳政依复〔2026〕4号", "a number on paper is not given again"


def test_the_numbers_and_what_is_new_are_enough(started: Desk, tmp_path: Path) -> None:
    few = {"登记号": NUMBER, "答复类型": "予以公开", "答复日期": "2026-10-20"}
    assert take(started, tmp_path, few).updated == 1
    assert take(started, tmp_path, {"登记号": NUMBER, "送达方式": "当面", "送达日期": "2026-10-20"}).updated == 1
    assert case(started).served is not None


def test_a_number_that_nobody_knows_cannot_be_registered_from_so_little(started: Desk, tmp_path: Path) -> None:
    few = {"登记号": "LH-2026-0099", "答复类型": "予以公开", "答复日期": "2026-10-20"}
    done = take(started, tmp_path, few)
    assert (done.updated, done.bad[0].column, done.bad[0].right[:11]) == (0, "登记号", "登记簿里没有这个登记号")


def test_what_is_known_already_is_left_out_by_name(started: Desk, tmp_path: Path) -> None:
    new = {**OPEN, "登记号": "LH-2026-0002", "申请内容": "决算"}
    done = take(started, tmp_path, OPEN, new)
    assert (done.rows, done.taken, done.updated) == (2, 1, 0)
    assert [(left.line, left.why) for left in done.left_out] == [(2, "登记簿里已经有，没有新内容")]
    assert counted(done) == "共2行 = 收下1行 + 没有用上的1行"


def test_a_line_without_a_number_finds_its_case(started: Desk, tmp_path: Path) -> None:
    assert take(started, tmp_path, {**SERVED, "登记号": ""}).updated == 1
    assert case(started).served is not None


def test_what_differs_is_bad_until_somebody_chooses(started: Desk, tmp_path: Path) -> None:
    take(started, tmp_path, {**OPEN, "联系电话": "13905550123"})
    other = {**SERVED, "联系电话": "13905550199"}
    before = started.upkeep.seal()
    done = take(started, tmp_path, other)
    assert (done.updated, [(x.column, x.value, x.right) for x in done.bad]) == (
        0, [("联系电话", "13905550199", "登记簿里是【13905550123】，请定用哪一个")],
    )  # fmt: skip
    assert [(x.case_no, x.cell.here, x.cell.there) for x in done.differs] == [(NUMBER, "13905550123", "13905550199")]
    assert started.upkeep.seal() == before, "nothing is written"
    assert take(started, tmp_path, other, known=KEEP).updated == 1
    assert (case(started).phone, case(started).category) == ("13905550123", "granted")
    assert take(started, tmp_path, other, known=KEEP).left_out[0].why == "登记簿里已经有，不同的格留登记簿的"
    assert take(started, tmp_path, other, known=TAKE).columns == (("联系电话", 1),)
    assert case(started).phone == "13905550199"
    last = case(started).history[-1]
    assert isinstance(last, ev.Amended)
    assert last.why == "台账《回来的》第2行"


def test_cells_are_chosen_one_by_one(started: Desk, tmp_path: Path) -> None:
    take(started, tmp_path, {**OPEN, "联系电话": "1", "通信地址": "桥头村"})
    chosen = {(NUMBER, "联系电话"): True, (NUMBER, "通信地址"): False}
    done = take(
        started, tmp_path, {**OPEN, "联系电话": "2", "通信地址": "桥尾村"}, known=KnownLines("update", None, chosen)
    )
    assert (done.updated, case(started).phone, case(started).address) == (1, "2", "桥头村")


def test_an_answer_that_an_earlier_ledger_told_is_told_again(started: Desk, tmp_path: Path) -> None:
    take(started, tmp_path, {**SERVED, "复议结果": "未审结"})
    later = {**SERVED, "答复日期": "2026-10-21", "答复类型": "部分公开", "复议结果": "未审结"}
    assert {x.column for x in take(started, tmp_path, later).bad} == {"答复日期", "答复类型"}
    assert take(started, tmp_path, later, known=TAKE).updated == 1
    found = case(started)
    assert (found.category, str(found.closed_on)) == ("partial", "2026-10-21")
    assert line_of(found)["复议结果"] == "未审结"
    assert sum(isinstance(event, ev.Struck) for event in found.history) == 3
    assert started.upkeep.check() is not None


def test_an_answer_that_was_given_here_does_not_give_way(desk: Desk, tmp_path: Path) -> None:
    letter = issue_granted(desk)
    line = line_of(desk.lookup.case(letter.case_id))
    done = take(desk, tmp_path, {**line, "答复日期": line["收到日期"], "答复类型": "部分公开"}, known=TAKE)
    assert (done.updated, done.bad[0].right) == (0, "这一件已经答复，这类事只能在答复以前记")
    done = take(desk, tmp_path, {**line, "文号": "柳政依复〔2026〕88号"}, known=TAKE)
    assert done.updated == 0
    assert done.bad[0].right in (NOT_OURS, "这一件已经答复，这类事只能在答复以前记")


def test_a_review_that_was_pending_comes_to_something(started: Desk, tmp_path: Path) -> None:
    take(started, tmp_path, {**SERVED, "复议结果": "未审结"})
    done = take(started, tmp_path, {"登记号": NUMBER, "复议结果": "维持"})
    assert done.updated == 1
    assert any("算今天有了结果" in line for line in updated_said(done))
    assert [(m.route, m.outcome, m.decided_on) for m in case(started).disputes] == [("review", "upheld", DAY)]


def test_an_order_and_the_second_answer_come_in(started: Desk, tmp_path: Path) -> None:
    take(started, tmp_path, SERVED)
    again = {
        **SERVED, "复议结果": "纠正", "重作依据": "复议撤销", "重作文号": "青政复〔2026〕5号", "重作收到日期": "2026-11-02",
        "重新答复类型": "部分公开", "重新答复日期": "2026-11-10",
    }  # fmt: skip
    assert take(started, tmp_path, again).updated == 1
    found = case(started)
    assert (found.category, found.counted_as, len(found.earlier)) == ("partial", "granted", 1)


def test_the_number_of_another_case_updates_nothing(started: Desk, tmp_path: Path) -> None:
    done = take(started, tmp_path, {**SERVED, "申请人": "李四", "申请内容": "拆迁补偿"}, known=TAKE)
    assert (done.updated, done.bad[0].column) == (0, "登记号")
    assert "是另一件：张三，2026-10-12收到" in done.bad[0].right


def test_a_void_case_is_not_updated(started: Desk, tmp_path: Path) -> None:
    void = ev.Voided(on=DAY, number=NUMBER, why="重复")
    started.acts.record(case(started).case_id, void)
    done = take(started, tmp_path, SERVED)
    assert (done.updated, done.bad[0].right) == (0, f"{NUMBER}已经作废，不能再记")


def test_what_would_be_updated_is_said_without_writing(started: Desk, tmp_path: Path) -> None:
    before = started.upkeep.seal()
    done = take(started, tmp_path, SERVED, dry_run=True)
    assert (done.updated, done.updating, started.upkeep.seal()) == (0, 1, before)
    assert updated_said(done) == [
        "补进、改动的：答复类型1处、答复日期1处、文号1处、送达方式1处、送达日期1处、凭证号1处。"
    ]


def test_one_bad_line_keeps_all_updates_back_unless_it_is_returned(started: Desk, tmp_path: Path) -> None:
    bad = {**OPEN, "登记号": "LH-2026-0007", "收到日期": "昨天"}
    assert take(started, tmp_path, SERVED, bad).updated == 0
    assert case(started).category == ""
    assert take(started, tmp_path, SERVED, bad, rejects=tmp_path / "退回.csv").updated == 1


STEPS: tuple[dict[str, str], ...] = (
    {"联系电话": "13905550123", "通信地址": "桥头村12号", "备注": "来过"},
    {"代理人": "李四｜｜13905550100｜", "邮政编码": "321000", "法定代表人": "王五"},
    {"答复类型": category("third_party").name, "答复日期": "2026-10-20", "文号": "柳政依复〔2026〕3号"},
    {"送达方式": "当面", "送达日期": "2026-10-21"},
    {"复议结果": "未审结"}, {"复议结果": "纠正", "诉讼类型": "复议后", "诉讼结果": "未审结"}, {"诉讼结果": "维持"},
    {"重作依据": "判决撤销", "重作文号": "（2026）行初1号", "重作收到日期": "2026-11-02", "重作工作日数": "15"},
    {"重新答复类型": "予以公开", "重新答复日期": "2026-11-10"}, {"重新送达方式": "当面", "重新送达日期": "2026-11-11"},
)  # fmt: skip


@pytest.mark.long
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stops=st.lists(st.integers(0, len(STEPS)), min_size=1, max_size=4).map(sorted))
def test_a_ledger_that_grew_in_steps_is_the_one_that_came_at_once(stops: list[int]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk = make_desk(folder / "home", FixedClock(DAY))
        for at in (0, *stops):
            line = OPEN | {column: cell for step in STEPS[:at] for column, cell in step.items()}
            done = take(desk, folder, line)
            assert not done.bad, done.bad
        grown = line_of(case(desk))
        damage = [finding for finding in desk.upkeep.check() if finding.code in ("chain", "index", "numbers")]
        desk.close()
        shutil.rmtree(folder / "home")
        second = make_desk(folder / "home", FixedClock(DAY))
        take(second, folder, line)
        assert (grown, damage) == (line_of(case(second)), [])
        second.close()


def test_every_column_is_a_fact_or_what_became_of_it() -> None:
    others = set(COLUMNS) - set(FACTS)
    assert others == {
        "登记号", "答复类型", "答复日期", "文号", "送达方式", "送达日期", "凭证号", "复议结果", "诉讼类型", "诉讼结果", "收到确认", "重作依据",
        "重作文号", "重作收到日期", "重作工作日数", "重新答复类型", "重新答复日期", "重新答复文号", "重新送达方式", "重新送达日期", "重新凭证号",
    }  # fmt: skip


def lines_of_month(**changes: str) -> list[dict[str, str]]:
    return [
        {
            **GOOD,
            "登记号": "",
            "申请人": "张三",
            "申请内容": "征地批文及补偿方案",
            "收到日期": "2026-03-09",
            **changes,
        }
    ]


@pytest.mark.parametrize(
    "slip",
    [
        {"申请内容": "征地批文、补偿方案"},
        {"收到日期": "2026-03-10"},
        {"申请人": "张三（代理人周律师）"},
        {"申请内容": "征地批文、补偿方案", "收到日期": "2026-03-08"},
    ],
)
def test_a_line_that_is_written_a_little_otherwise_is_asked_about(
    desk: Desk, tmp_path: Path, slip: dict[str, str]
) -> None:
    """Taken, it would be a second case, and the first would stand there overdue."""
    update = KnownLines("update", differing=False)
    desk.ledgers.take(write_csv(tmp_path / "a.csv", lines_of_month()))
    path = write_csv(tmp_path / "b.csv", lines_of_month(**slip))
    found = desk.ledgers.take(path, known=update)
    assert found.taken == 0
    assert "像是登记簿里的" in found.bad[0].right
    other = write_csv(tmp_path / "c.csv", lines_of_month(申请内容="2025年部门预算", 收到日期="2026-03-09"))
    assert desk.ledgers.take(other, known=update).taken == 1


def test_a_line_under_the_number_of_somebody_else_is_another_case(desk: Desk, tmp_path: Path) -> None:
    desk.ledgers.take(write_csv(tmp_path / "a.csv", lines_of_month()))
    number = desk.lookup.search("张三")[0].case_no
    lines = lines_of_month(登记号=number, 申请人="李四", 答复类型="予以公开", 答复日期="2026-03-20")
    for differing in (None, True, False):
        found = desk.ledgers.take(
            write_csv(tmp_path / f"{differing}.csv", lines), known=KnownLines("update", differing=differing)
        )
        assert found.updated == 0
        assert "另一件" in found.bad[0].right


def test_cells_that_stay_as_they_are_here_are_counted(desk: Desk, tmp_path: Path) -> None:
    desk.ledgers.take(write_csv(tmp_path / "a.csv", lines_of_month()))
    number = desk.lookup.search("张三")[0].case_no
    lines = lines_of_month(登记号=number, 申请内容="别的写法的内容", 电子邮箱="a@example.com")
    found = desk.ledgers.take(write_csv(tmp_path / "b.csv", lines), known=KnownLines("update", differing=False))
    assert found.updated == 1
    assert "有1格和登记簿不一样，照登记簿留着" in "".join(found.warnings)


def test_masked_cells_bring_nothing_up_to_date_and_make_nobody(desk: Desk, tmp_path: Path) -> None:
    desk.ledgers.take(
        write_csv(tmp_path / "a.csv", lines_of_month(联系电话="13905550123", 通信地址="柳河镇桥头村12号"))
    )
    desk.ledgers.give(tmp_path / "masked.xlsx", None, "masked")
    found = desk.ledgers.take(tmp_path / "masked.xlsx", known=KnownLines("update", differing=True))
    assert found.updated == 0
    assert "打过码的没有用来更新" in "".join(found.warnings)
    case = desk.lookup.case_by_no(desk.lookup.search("张三")[0].case_no)
    assert (case.applicant, case.received.phone) == ("张三", "13905550123")
    fresh = desk.ledgers.take(write_csv(tmp_path / "c.csv", [{**GOOD, "申请人": "李**"}]))
    assert [(bad.column, bad.right) for bad in fresh.bad] == [("申请人", "姓名打过码，不是原来的，请照原件写")]


def test_the_year_of_reviews_is_said(desk: Desk, tmp_path: Path) -> None:
    line = {**GOOD, "答复类型": "予以公开", "答复日期": "2026-03-20", "复议结果": "结果维持"}
    found = desk.ledgers.take(write_csv(tmp_path / "a.csv", [line]), dry_run=True)
    assert "年报算在答复的那一年" in "".join(found.warnings)
