"""How much of people goes out with a table."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from deskapp.desk import Desk
from deskapp.exchange.ledger_columns import COLUMNS
from deskapp.exchange.persons import OF_PERSONS, Persons, cells_for, masked_name
from tests.conftest import register

SAID = "请把欧阳修远（身份证330102199001011237，电话13905550123）的批复给我，文号柳政〔2025〕12号"


def exported(desk: Desk, folder: Path, persons: Persons) -> tuple[list[str], dict[str, str], bytes]:
    path = folder / f"{persons}.xlsx"
    desk.ledgers.give(path, persons=persons)
    sheet = openpyxl.load_workbook(path)["台账"]
    head, line = ([str(cell.value or "") for cell in row] for row in (sheet[1], sheet[2]))
    assert {cell.number_format for cell in sheet[2] if cell.value} == {"@"}
    return head, dict(zip(head, line, strict=False)), "".join(line).encode()


@pytest.mark.parametrize("persons", ["masked", "none"])
def test_nobody_can_be_told_from_what_goes_out(desk: Desk, tmp_path: Path, persons: Persons) -> None:
    people = {
        "applicant": "欧阳修远", "id_number": "330102199001011237", "phone": "13905550123", "address": "柳河镇桥头村12号",
        "email": "ouyang@example.cn", "content": SAID,
    }  # fmt: skip
    register(desk, **people)
    full_head, full, _ = exported(desk, tmp_path, "full")
    assert full_head == list(COLUMNS)
    assert full["申请内容"] == SAID
    head, line, whole = exported(desk, tmp_path, persons)
    for secret in ("欧阳修远", "330102199001011237", "13905550123", "桥头村12号", "ouyang"):
        assert secret.encode() not in whole
    assert "柳政〔2025〕12号" in line["申请内容"], "a number of a document is nobody"
    assert (line["登记号"], line["申请人类别"]) == (full["登记号"], "自然人")
    assert not set(OF_PERSONS) & set(head) if persons == "none" else head == full_head
    if persons == "masked":
        assert (line["申请人"], line["证件号码"], line["联系电话"]) == ("欧***", "3301**********1237", "139****0123")


def test_a_body_is_nobody_to_hide(desk: Desk, tmp_path: Path) -> None:
    register(desk, applicant="青山县宏远建筑有限公司", applicant_class="enterprise")
    assert exported(desk, tmp_path, "masked")[1]["申请人"] == "青山县宏远建筑有限公司"


@pytest.mark.parametrize(("name", "shown"), [("张三", "张*"), ("欧阳修远", "欧***"), ("", ""), ("张", "张")])
def test_names(name: str, shown: str) -> None:
    assert masked_name(name) == shown


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("0535-8123456", "053****3456"), ("8123456", "81*****"), ("电话：13105310001 地址：青石镇南街8号", "131****0001"),
        ("13905550123、0579-5550100", "139****0123、057****0100"), ("没有", ""), ("(0531) 82345678", "053****5678"),
    ],
)  # fmt: skip
def test_of_a_cell_of_telephones_nothing_else_goes_out(cell: str, shown: str) -> None:
    record = dict.fromkeys(COLUMNS, "") | {"申请人类别": "自然人", "联系电话": cell}
    out = dict(zip(COLUMNS, cells_for(record, "masked"), strict=True))
    assert out["联系电话"].replace("*****", "****").replace("****", "****") == shown.replace("*****", "****")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("座机5550123", "座机55*****"), ("打81234567", "打81******"), ("0579-5550123转3", "057*****0123转3"),
        ("0579—85550123", "057******0123"), ("邮箱wang.xm@qq.com，急", "邮箱w***@qq.com，急"), ("139 0555 0123", "139******0123"),
        ("身份证33010219900101123X", "身份证330***********123X"), ("柳政〔2025〕12号第123456项", "柳政〔2025〕12号第123456项"),
    ],
)  # fmt: skip
def test_what_is_hidden_of_free_words(text: str, shown: str) -> None:
    cells = cells_for({"申请人": "王小明", "申请人类别": "自然人", "申请内容": text, "备注": text}, "masked")
    assert cells[2:4] == [shown, shown]
