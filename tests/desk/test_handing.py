"""Files go out to others and come back: what went out can come in again, what is wrong keeps all of it out."""

from __future__ import annotations

import stat
from pathlib import Path

import openpyxl
import pytest

from deskapp.desk import Desk
from deskapp.desk.office.ledger_in import KnownLines
from deskapp.desk.reading.questions import QuestionDraft
from deskapp.desk.reporting.handing import GIVEN, OF_CASES
from deskapp.errors import DeskError
from deskapp.exchange.ledger_columns import COLUMNS, REQUIRED
from deskapp.forms.office import UNIT, changed_particulars
from deskapp.unit import LABELS, UnitProfile
from letters.catalogue import TEMPLATES
from tests.conftest import issue_granted, register
from tests.exchange.test_tables import book


def test_everything_goes_out_into_a_private_folder(desk: Desk) -> None:
    issue_granted(desk)
    for kind in GIVEN:
        given = desk.handing.give_here(kind)
        assert given.path.parent == desk.home / "导出"
        assert given.path.exists()
        if given.path.is_file():
            assert stat.S_IMODE(given.path.stat().st_mode) == 0o600, kind
    assert stat.S_IMODE((desk.home / "导出").stat().st_mode) == 0o700
    assert desk.handing.give_here("ledger").path.name == "台账（2）.xlsx"


def test_people_are_masked_where_that_was_chosen(desk: Desk) -> None:
    register(desk, applicant="欧阳修远", phone="13905550123")
    for kind in OF_CASES:
        path = desk.handing.give_here(kind, "masked").path
        cells = {str(cell.value) for row in openpyxl.load_workbook(path).worksheets[0] for cell in row}
        assert "欧阳修远" not in cells
        assert "13905550123" not in cells


def test_the_empty_ledger_is_filled_in_and_taken(desk: Desk, tmp_path: Path) -> None:
    path = desk.handing.give_here("template").path
    filled = openpyxl.load_workbook(path)
    sheet = filled["台账"]
    assert [cell.value for cell in sheet[1]] == [f"{name}*" if name in REQUIRED else name for name in COLUMNS]
    assert [row[0].value for row in filled["填表说明"].iter_rows(min_row=2)] == list(COLUMNS)
    lists = {str(rule.sqref).split(":")[0][:1] for rule in sheet.data_validations.dataValidation}
    assert {"C", "E"} <= lists, "收到方式 and 申请人类别 are chosen from a list"
    for column, text in {
        "收到日期": "2026-11-02",
        "收到方式": "当面",
        "申请人": "张三",
        "申请人类别": "自然人",
        "证件号码": "330722198001011234",
        "申请内容": "预算",
    }.items():
        sheet.cell(2, COLUMNS.index(column) + 1, text)
    filled.save(tmp_path / "填好.xlsx")
    done = desk.ledgers.take(tmp_path / "填好.xlsx")
    assert (done.taken, done.bad) == (1, ())
    assert desk.lookup.case_by_no("LH-2026-0001").received.id_number == "330722198001011234"


def test_the_platform_list_comes_back(desk: Desk, tmp_path: Path) -> None:
    case = register(desk)
    path = desk.handing.give_here("platform").path
    made = openpyxl.load_workbook(path)
    sheet = made.worksheets[0]
    sheet.cell(2, sheet.max_column, "20261124000123400017")
    made.save(tmp_path / "回来.xlsx")
    assert desk.handing.take("platform", tmp_path / "回来.xlsx") == "已记下1件录入省平台。"
    noted = desk.lookup.case(case.case_id).platform
    assert noted is not None
    assert noted.platform_no == "20261124000123400017"


def test_questions_go_out_and_come_in_anew(desk: Desk, tmp_path: Path) -> None:
    desk.questions.enter(
        QuestionDraft(question="怎么申请", answer="填申请表", checked_by="王建国", checked_on="2026-11-01")
    )
    desk.questions.enter(QuestionDraft(question="多久答复", answer="20个工作日"))
    path = desk.handing.give_here("questions").path
    assert desk.handing.take("questions", path) == "已导入：共2条，新添0条，更新0条，没有变的2条。"
    lines = [
        ["问题", "回答", "依据", "核对人", "核对日期"],
        ["多久答复", "二十个工作日", "条例33", "", ""],
        ["收费吗", "一般不收", "", "", ""],
    ]
    assert (
        desk.handing.take("questions", book(tmp_path / "b.xlsx", {"常见问题": lines}))
        == "已导入：共2条，新添1条，更新1条，没有变的0条。"
    )
    assert {one.of.question: one.of.answer for one in desk.questions.all()} == {
        "怎么申请": "填申请表", "多久答复": "二十个工作日", "收费吗": "一般不收",
    }  # fmt: skip
    bad = [*lines[:1], ["新的问题", "回答", "", "", ""], ["另一个", "", "", "", ""]]
    with pytest.raises(DeskError, match="第3行【回答】"):
        desk.handing.take("questions", book(tmp_path / "c.xlsx", {"常见问题": bad}))
    assert len(desk.questions.all()) == 3, "all or nothing"


def test_the_unit_goes_to_another_machine(desk: Desk, tmp_path: Path) -> None:
    path = desk.handing.give_here("unit").path
    other = path.read_text(encoding="utf-8").replace("0579-5550100", "0579-5550199")
    (tmp_path / "unit.toml").write_text(other, encoding="utf-8")
    assert "青山县柳河镇人民政府" in desk.handing.take("unit", tmp_path / "unit.toml")
    assert desk.lookup.unit().phone == "0579-5550199"
    assert desk.handing.take("unit", tmp_path / "unit.toml") == "和现在的单位资料一样，没有换。"
    changed = desk.lookup.unit().model_copy(
        update={"email": "a@b.cn", "reviews": ("head", "legal"), "paper": "plain"}
    )
    assert changed_particulars(desk.lookup.unit(), changed)[-2:] == [
        "用纸：【信函格式（红线）】换成【白纸】", "一律要的意见：【不另加】换成【审核和法律顾问】",
    ]  # fmt: skip
    assert set(LABELS) == set(UnitProfile.model_fields)
    assert {field.key: field.label for field in UNIT}.items() <= LABELS.items()
    (tmp_path / "bad.toml").write_text(other + 'colour = "red"\n', encoding="utf-8")
    with pytest.raises(DeskError, match="colour"):
        desk.handing.take("unit", tmp_path / "bad.toml")


def test_a_letter_template_is_changed_and_the_one_before_stays(desk: Desk, tmp_path: Path) -> None:
    folder = desk.handing.give_here("letters").path
    assert {path.name for path in folder.iterdir()} == {path.name for path in TEMPLATES.glob("*.md")}
    text = (folder / "granted.md").read_text(encoding="utf-8")
    with pytest.raises(DeskError, match="和程序自带的一样"):
        desk.handing.take("letters", folder / "granted.md")
    changed = tmp_path / "granted.md"
    for word in ("特此答复。甲", "特此答复。乙"):
        changed.write_text(text.rstrip("\n") + f"\n\n{word}\n", encoding="utf-8")
        said = desk.handing.take("letters", changed)
    assert "原来的留在" in said
    assert "特此答复。乙" in (desk.home / "templates" / "granted.md").read_text(encoding="utf-8")
    assert "特此答复。甲" in (desk.home / "templates" / "granted（原来的）.txt").read_text(encoding="utf-8")
    assert desk.reply.template_faults() == []
    changed.write_text(text + "\n{{ nonsense }}\n", encoding="utf-8")
    with pytest.raises(DeskError, match="nonsense"):
        desk.handing.take("letters", changed)
    with pytest.raises(DeskError, match="没有找到文件"):
        desk.handing.take("letters", tmp_path / "none.md")


@pytest.mark.parametrize("kind", ["ledger", "template", "questions", "catalogue"])
def test_a_file_that_is_there_is_not_written_over(desk: Desk, tmp_path: Path, kind: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"mine")
    with pytest.raises(DeskError, match="已经存在"):
        desk.handing.give(kind, tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == b"mine"


def test_a_large_table_can_be_stopped_and_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    for n in range(205):
        register(desk, applicant=f"张{n}")

    def stop(what: str, done: int, total: int | None) -> None:
        raise DeskError("已经停下。", "", "")

    with pytest.raises(DeskError, match="已经停下"):
        desk.handing.give("ledger", tmp_path / "a.xlsx", progress=stop)
    assert list(tmp_path.glob("*.xlsx")) == []


def test_what_went_out_brings_nothing_new(desk: Desk) -> None:
    issue_granted(desk)
    path = desk.handing.give_here("ledger").path
    done = desk.ledgers.take(path, known=KnownLines("update"))
    assert (done.updated, [left.why for left in done.left_out]) == (0, ["登记簿里已经有，没有新内容"])
