"""``--diagnose``: what a helper on the phone needs; nothing of a person; a broken computer is diagnosed as well."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from deskapp import __version__
from deskapp.cli import diagnosing
from deskapp.cli.program import deskapp
from deskapp.clock import FixedClock
from tests.conftest import DAY, make_desk, register

LINES = (
    "程序", "系统", "Python", "用到的部分", "附加的部分", "时间", "编码", "终端", "符号宽度", "数据文件夹", "登记簿", "打印机", "出错记录",
)  # fmt: skip


def told(home: Path) -> dict[str, str]:
    """What it says, by the name of each line."""
    run = CliRunner().invoke(deskapp, ["--at", str(home), "--today", str(DAY), "--diagnose"])
    assert run.exit_code == 0, run.output
    found = {name: line for line in run.output.splitlines() for name in LINES if line.startswith(name + " ")}
    assert tuple(found) == LINES
    return {name: line.removeprefix(name).strip() for name, line in found.items()} | {"all": run.output}


def test_nothing_of_a_person_is_in_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "home", FixedClock(DAY))
    case = register(desk, applicant="欧阳修远", phone="13905550123", content="桥头村2024年度财务收支公开表")
    desk.close()
    found = told(tmp_path / "home")
    assert "条记录，体检" in found["登记簿"]
    assert found["登记簿"].endswith(f"；第1条起由 {__version__} 记下")
    for secret in ("欧阳修远", "13905550123", "财务收支", case.case_no):
        assert secret not in found["all"]


def test_a_computer_without_a_register(tmp_path: Path) -> None:
    found = told(tmp_path / "nothing")
    assert found["登记簿"] == "还没有"
    assert "还没有建" in found["数据文件夹"]
    assert not (tmp_path / "nothing").exists()


def test_a_register_that_cannot_be_opened_is_one_line_of_many(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "register.db").write_bytes(b"no register at all" * 100)
    assert "没有打开" in told(home)["登记簿"]


def test_the_users_own_folder_is_not_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "zhangsan"))
    assert "zhangsan" not in told(tmp_path / "zhangsan" / "data")["all"]
    assert "~/data" in told(tmp_path / "zhangsan" / "data")["数据文件夹"]


@pytest.mark.parametrize(
    "place", ["/run/media/zhangsan/U盘", "/media/zhangsan/U盘", "/home/zhangsan/数据", r"C:\Users\zhangsan\数据"]
)
def test_nor_is_a_user_where_systems_put_the_name_into_a_path(place: str) -> None:
    shown = diagnosing._without_home(f"数据文件夹在 {place}。")
    assert "zhangsan" not in shown
    assert shown.endswith(("U盘。", "数据。"))


def test_what_follows_a_users_folder_stays() -> None:
    assert diagnosing._without_home("/home/zhangsan、/home/lisi：没有权限") == "/home/…、/home/…：没有权限"


def test_the_last_lines_of_the_log_are_told(tmp_path: Path) -> None:
    home = tmp_path / "home"
    make_desk(home, FixedClock(DAY)).close()
    (home / "deskapp.log").write_text("".join(f"第{n}次 KeyError a.py:1 b\n" for n in range(1, 6)), encoding="utf-8")
    output = told(home)["all"]
    assert "第5次 KeyError" in output
    assert "第2次" not in output
