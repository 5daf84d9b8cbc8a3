"""A backup is tried in another folder, as the page for the computer's keeper says: the register in use stays above doubt, and what has to be
taken along is named."""

from __future__ import annotations

import shutil

from tests.cli.conftest import FACTS, TODAY, Shell, file
from tests.papers import scans


def registered(unit: Shell) -> str:
    file(unit, "a.json", FACTS)
    return str(unit.json("register", "a.json", *TODAY)["case_no"])


def test_a_backup_that_was_tried_elsewhere_is_no_doubt_about_the_register(unit: Shell) -> None:
    registered(unit)
    unit("backup", "b.db", *TODAY)
    unit("restore", "b.db", "--to", "tried", *TODAY)
    unit("check", "--at", "tried", *TODAY)
    assert "不是用本程序改的" not in unit("check", *TODAY).stdout
    registered(unit)
    unit("check", *TODAY)
    assert "体检" not in unit("today", *TODAY).stdout


def test_all_that_a_backup_to_a_folder_consists_of_is_named_and_brings_everything_back(unit: Shell) -> None:
    case_no = registered(unit)
    scans.pdf(unit.folder / "申请书.pdf", 2)
    unit("attach", case_no, "申请书.pdf", *TODAY)
    (unit.folder / "stick").mkdir()
    said = "".join(unit("backup", "stick", *TODAY).stdout.split())
    assert "案卷材料1份，在旁边的【案卷材料】文件夹里" in said
    assert "旁边的也要一起拷" in said
    shutil.copytree(unit.folder / "stick", unit.folder / "copied")
    (made,) = (unit.folder / "copied").glob("*.db")
    unit("restore", str(made), "--to", "new", *TODAY)
    assert "没有回来" not in unit("check", "--at", "new", *TODAY).stdout
