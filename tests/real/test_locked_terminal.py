"""An encrypted register in a real terminal: the password before the desk, and both sheets typed in where it was lost."""

from __future__ import annotations

import io
from pathlib import Path

import pdfplumber
import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.office import locking
from deskapp.register.keyring import Keyring
from deskapp.register.recovery import lines_in
from tests.conftest import DAY, make_desk, register
from tests.real.conftest import NEEDS_TMUX, Terminal, deskapp

pytestmark = NEEDS_TMUX
LOST, NEW = "a lost password", "one that is known"


@pytest.fixture
def sheets(tmp_path: Path) -> list[list[str]]:
    """An encrypted desk in ``home``; what stands on its two sheets."""
    desk = make_desk(tmp_path / "home", FixedClock(DAY))
    register(desk, applicant="欧阳不公开")
    desk.close()
    locking.encrypt(tmp_path / "home", FixedClock(DAY), "张三", LOST)
    desk = Desk.open(tmp_path / "home", FixedClock(DAY), key=Keyring(tmp_path / "home").open(LOST))
    found = []
    for name, sheet in zip("甲乙", desk.locking.recovery(), strict=True):
        with pdfplumber.open(io.BytesIO(sheet.pdf)) as pdf:
            text = pdf.pages[0].extract_text()
        found.append(lines_in(name, "\n".join(line.partition("行")[2] for line in text.splitlines())))
    desk.close()
    return found


@pytest.mark.long
def test_two_sheets_open_a_desk_whose_password_nobody_knows(
    terminal: Terminal, tmp_path: Path, sheets: list[list[str]]
) -> None:
    home = tmp_path / "home"
    terminal.start("sh", "-c", f"{' '.join(deskapp(home, 'recover'))}; {' '.join(deskapp(home))}; cat")
    for name, lines in zip("甲乙", sheets, strict=True):
        for number, line in enumerate(lines, 1):
            terminal.wait(f"恢复单{name}第{number}行")
            if (name, number) == ("甲", 2):
                terminal.type(line[:-1] + ("A" if line[-1] != "A" else "B"))
                terminal.keys("Enter")
                terminal.wait("恢复单甲的第2行不对")
            terminal.type(line)
            terminal.keys("Enter")
    terminal.wait("给谁设新密码")
    terminal.type("李四")
    terminal.keys("Enter")
    for asked in ("新的登记簿密码", "再输一遍"):
        terminal.wait(asked)
        terminal.type(NEW)
        terminal.keys("Enter")
    terminal.wait("已给“李四”设了新密码", "1 张三　2 李四")
    terminal.type("2")
    terminal.keys("Enter")
    terminal.wait("登记簿密码：")
    terminal.type("not this one")
    terminal.keys("Enter")
    terminal.wait("密码不对，还可以试2次")
    terminal.type(NEW)
    terminal.keys("Enter")
    shown = terminal.wait("今日", "欧阳不公开")
    assert NEW not in shown


@pytest.mark.long
def test_a_register_is_encrypted_from_the_desk_and_opened_again(terminal: Terminal, tmp_path: Path) -> None:
    """The desk closes for it, the command asks in the same terminal, the desk comes back behind its password."""
    desk = make_desk(tmp_path / "home", FixedClock(DAY))
    register(desk, applicant="欧阳不公开")
    desk.close()
    terminal.start(*deskapp(tmp_path / "home"))
    terminal.wait("今日", "欧阳不公开")
    terminal.keys("C-p")
    terminal.wait("打字或者拼音")
    terminal.type("加密")
    terminal.wait("登记簿加密")
    terminal.keys("Enter")
    terminal.wait("现在没有加密")
    terminal.keys("F4")
    terminal.wait("以后打开要密码")
    terminal.keys("Enter")
    terminal.wait("谁的密码（姓名）")
    for asked, typed in (("姓名", "张三"), ("新的登记簿密码", NEW), ("再输一遍", NEW)):
        terminal.wait(asked)
        terminal.type(typed)
        terminal.keys("Enter")
    terminal.wait("登记簿已经加密：申请1件", "按回车回到登记台")
    terminal.keys("Enter")
    terminal.wait("登记簿密码：")
    terminal.type(NEW)
    terminal.keys("Enter")
    terminal.wait("今日", "欧阳不公开")
