"""Files whose names are no UTF-8: opened, shown readably, and nothing of the bytes goes into the register or to the terminal."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.desk.office.ledger_in import KnownLines
from deskapp.errors import DeskError, readable
from deskapp.paths import free_path, typed_path
from tests.cli.conftest import Shell
from tests.exchange.test_tables import HEAD, book, row

NAMES = ["柳河台账（二）", "２０２５年预算", "王昊 a1", "镕镕𬭚", "表"]


def in_gbk(folder: Path, name: str, ending: str = ".xlsx") -> Path:
    return folder / os.fsdecode(name.encode("gb18030") + ending.encode())


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_gbk_is_read_in_a_sentence(name: str) -> None:
    raw = os.fsdecode(name.encode("gb18030"))
    assert readable(f"没有找到文件 {raw}.xlsx。请核对。") == f"没有找到文件 {name}.xlsx。请核对。"
    assert readable(f"台账《{raw}》第3行") == f"台账《{name}》第3行"
    assert readable(name) == name


def test_bytes_that_are_nothing_are_shown_as_lost() -> None:
    assert readable("甲\udcffb\udc80") == "甲\ufffdb\ufffd"


def test_the_command_line_opens_it_and_shows_its_name(unit: Shell) -> None:
    path = in_gbk(unit.folder, "柳河台账")
    book(unit.folder / "a.xlsx", {"台账": [HEAD, row(1)]}).rename(path)
    assert "已导入1件" in unit("import", path.name).stdout
    assert "没有找到文件 柳河台账.xls。" in unit("import", path.stem + ".xls", expect=1).stderr
    folder = in_gbk(unit.folder, "导出的", "")
    folder.mkdir()
    out = folder / in_gbk(folder, "登记", ".csv").name
    said = unit("export", "ledger", str(out.relative_to(unit.folder)), "--json").stdout
    assert out.exists()
    assert not any("\ud800" <= sign <= "\udfff" for sign in said)
    json.loads(said)


def test_who_types_what_is_seen_finds_it(tmp_path: Path) -> None:
    folder = in_gbk(tmp_path, "资料", "")
    folder.mkdir()
    (folder / in_gbk(folder, "台账").name).write_bytes(b"x")
    assert typed_path(str(tmp_path / "资料" / "台账.xlsx")).read_bytes() == b"x"
    assert typed_path(str(tmp_path / "资料" / "别的.xlsx")).name == "别的.xlsx"


def test_the_journal_and_new_files_have_the_name_as_it_is_read(desk: Desk, tmp_path: Path) -> None:
    path = in_gbk(tmp_path, "柳河台账")
    book(tmp_path / "a.xlsx", {"台账": [[*HEAD, "联系电话"], [*row(1), ""]]}).rename(path)
    assert desk.ledgers.take(path).taken == 1
    book(tmp_path / "a.xlsx", {"台账": [[*HEAD, "联系电话"], [*row(1), "13905550123"]]}).rename(path)
    assert desk.ledgers.take(path, known=KnownLines("update")).updated == 1
    case = desk.lookup.case_by_no("LH-2026-0001")
    assert "台账《柳河台账》第2行" in str([event.model_dump() for event in case.history])
    assert free_path(tmp_path, f"{path.stem}（退回）", ".xlsx").name == "柳河台账（退回）.xlsx"
    with pytest.raises(DeskError, match=r"柳河台账\.toml"):
        desk.handing.take("unit", path.with_suffix(".toml"))
